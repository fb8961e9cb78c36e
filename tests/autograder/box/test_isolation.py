"""The ladder: what holds here is found out by trying, and never taken for granted."""

import subprocess
import sys

import pytest

from autograder.box import isolation


@pytest.fixture
def tried(monkeypatch):
    """Makes some kinds fail to hold, and forgets what was found before."""

    def fail(*kinds):
        def run(command, **_):
            failed = command[-1] in kinds
            words = "Traceback ...\nPermissionError: unshare" if failed else ""
            return subprocess.CompletedProcess(command, int(failed), "", words)

        monkeypatch.setattr(isolation.subprocess, "run", run)

    caches = (isolation.best, isolation.failure)
    for one in caches:
        one.cache_clear()
    yield fail
    for one in caches:
        one.cache_clear()


@pytest.mark.parametrize(
    ("failing", "best"),
    [((), "full"), (("full",), "landlock"), (("full", "landlock"), "none")],
)
def test_the_strongest_that_holds_is_taken(tried, failing, best):
    tried(*failing)
    assert isolation.best() == best
    for kind in failing:
        assert not isolation.works(kind)
        assert isolation.failure(kind) == "PermissionError: unshare"


def test_elsewhere_there_is_none(tried, monkeypatch):
    monkeypatch.setattr(isolation.sys, "platform", "darwin")
    assert isolation.best() == "none" and not isolation.forks_safely()
    assert "darwin" in isolation.failure("full")


def test_a_proof_that_never_ends_counts_as_failed(tried, monkeypatch):
    def run(command, **options):
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(isolation.subprocess, "run", run)
    assert isolation.failure("full") == "it did not end"


def test_there_are_words_for_every_kind():
    assert set(isolation.TELLS) == set(isolation.KINDS)


def test_who_can_read_what(tmp_path):
    closed = tmp_path / "closed"
    (closed / "inside").mkdir(parents=True)
    assert isolation.everyone_can_read(["/usr"])
    closed.chmod(0o700)
    assert not isolation.everyone_can_read([str(closed / "inside")])


def test_a_course_where_students_can_read_is_refused(tmp_path):
    isolation.check_private([tmp_path])
    for path in (sys.prefix, f"{sys.prefix}/course", "/usr/share/course"):
        with pytest.raises(isolation.Exposed, match="Move it elsewhere"):
            isolation.check_private([path])
