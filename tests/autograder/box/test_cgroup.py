"""Control groups: used where they are to be had, and never left behind."""

import os

import pytest

from autograder.box import cgroup, deaths, isolation
from tests.autograder.shut_in import run_in

HOLD = "held = bytearray(b'x') * (200 << 20)\nsay('held')"


def usable():
    group = cgroup.Group.made(100)
    if group:
        group.remove()
    return group is not None


needs_group = pytest.mark.skipif(not usable(), reason="no control group to be had here")


CHILDREN = """
import os, time
children = []
for _ in range(4):
    children.append(os.fork())
    if children[-1] == 0:
        held = bytearray(b"x") * (60 << 20)
        time.sleep(1)
        os._exit(0)
say([os.waitpid(child, 0)[1] for child in children])
"""


@needs_group
@pytest.mark.parametrize("kind", ["full", "landlock"])
def test_the_kernel_stops_what_the_watchdog_does_not_see(kind):
    if not isolation.works(kind):
        pytest.skip(f"{kind} does not work on this machine")
    outcome = run_in(kind, CHILDREN, blind=True, memory_mb=100)
    assert 9 in eval(outcome.printed or "[9]") and outcome.code == deaths.MEMORY
    assert eval(run_in(kind, CHILDREN, blind=True, memory_mb=900).printed) == [0] * 4


@needs_group
@pytest.mark.parametrize("kind", ["full", "landlock", "none"])
def test_no_group_is_left(kind):
    if not isolation.works(kind):
        pytest.skip(f"{kind} does not work on this machine")
    groups = [group for _, group in cgroup.own_groups()]
    run_in(kind, HOLD)
    left = [p.name for group in groups for p in group.glob(f"{cgroup.PREFIX}[0-9]*")]
    assert f"{cgroup.PREFIX}{os.getpid()}" not in left and len(left) == 0


@needs_group
def test_what_a_killed_box_left_is_removed_by_the_next(tmp_path):
    (_, parent), *_ = cgroup.own_groups()
    stale = parent / f"{cgroup.PREFIX}99999999"
    stale.mkdir()
    cgroup.Group.made(100).remove()
    assert not stale.exists()


@pytest.fixture
def version_2(tmp_path, monkeypatch):
    """A tree as the kernel shows one; files take what is written to them."""
    own = tmp_path / "user" / "scope"
    own.mkdir(parents=True)
    (own / "cgroup.controllers").write_text("cpu memory pids")
    (own / "cgroup.subtree_control").write_text("")
    (own / "cgroup.procs").write_text("11\n12\n")
    facts = {
        "/proc/self/cgroup": ["0::/user/scope"],
        "/proc/self/mountinfo": [
            f"30 20 0:26 / {tmp_path} rw shared:4 - cgroup2 cgroup2 rw"
        ],
    }
    monkeypatch.setattr(cgroup, "_lines", facts.__getitem__)
    return own


def test_of_version_2_the_own_group_passes_limits_on(version_2):
    """It may hold no process then: they move to a group of their own."""
    leaf = version_2 / cgroup.LEAF
    leaf.mkdir()
    (leaf / "cgroup.procs").write_text("")
    assert cgroup.own_groups() == [(2, version_2)]
    assert (version_2 / "cgroup.subtree_control").read_text() == "+memory"
    assert (leaf / "cgroup.procs").read_text() == "12"  # the last that was written


def test_of_version_2_a_group_without_memory_is_none(version_2):
    (version_2 / "cgroup.controllers").write_text("cpu pids")
    assert cgroup.own_groups() == []
    assert cgroup.Group.made(100) is None


def test_from_the_group_of_supervisors_the_one_above_is_used(version_2, monkeypatch):
    (version_2 / "cgroup.subtree_control").write_text("memory")
    mounts = cgroup._lines("/proc/self/mountinfo")
    facts = {
        "/proc/self/cgroup": [f"0::/user/scope/{cgroup.LEAF}"],
        "/proc/self/mountinfo": mounts,
    }
    monkeypatch.setattr(cgroup, "_lines", facts.__getitem__)
    assert cgroup.own_groups() == [(2, version_2)]


def test_what_the_files_of_version_2_are_told(version_2):
    (version_2 / "cgroup.subtree_control").write_text("memory")
    name = f"{cgroup.PREFIX}{os.getpid()}"
    made = version_2 / name
    made.mkdir()
    for file in ("memory.max", "memory.swap.max", "cgroup.procs"):
        (made / file).write_text("")
    (made / "memory.events").write_text("low 0\noom 1\noom_kill 1\n")
    group = cgroup.Group.made(100)
    group.join()
    assert (made / "memory.max").read_text() == str(100 << 20)
    assert (made / "memory.swap.max").read_text() == "0"
    assert (made / "cgroup.procs").read_text() == "0"
    assert group.overfull()
