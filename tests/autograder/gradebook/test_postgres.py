"""A gradebook on a PostgreSQL server, by nbgrader's own setting, holds what SQLite's
does. The server is a real one, started for these tests as an ordinary user."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.course import Course, CourseError, init
from autograder.gradebook.extensions import extend
from autograder.returning import report
from tests.autograder.conftest import BACKEND, SOLUTIONS
from tests.autograder.gradebooks import contents
from tests.autograder.notebooks import WRONG, hand_in
from tests.autograder.recorded import put, record

DUE = datetime(2026, 1, 31, 22, 59, tzinfo=UTC)
SETTINGS = """\
c = get_config()
c.CourseDirectory.course_id = "ours"
c.LateSubmissionPlugin.penalty_method = "zero"
"""


def programs():
    """Where the server's programs lie; None where it is not installed."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


pytestmark = pytest.mark.skipif(
    programs() is None, reason="no PostgreSQL server is installed"
)


@pytest.fixture(scope="module")
def server():
    """The folder of a server's socket; a server never runs as root."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # short, as sockets are
    user = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    options = {
        "cwd": folder,
        "env": {"PATH": os.environ["PATH"], "LC_ALL": "C"},
        **user,
    }
    data = str(folder / "data")
    create = [programs() / "initdb", "-D", data, "-U", "grader", "-A", "trust"]
    made = subprocess.run(
        [*create, "--no-sync", "-E", "UTF8"], capture_output=True, text=True, **options
    )
    assert made.returncode == 0, made.stderr
    serve = [programs() / "postgres", "-D", data, "-k", str(folder), "-F"]
    with open(folder / "log", "w") as log:
        running = subprocess.Popen(
            [*serve, "-c", "listen_addresses="], stdout=log, stderr=log, **options
        )
    try:
        _wait(folder, running)
        yield folder
    finally:
        running.terminate()
        running.wait(30)
        shutil.rmtree(folder)


def _wait(folder, running):
    for _ in range(200):
        try:
            return psycopg.connect(host=str(folder), user="grader", dbname="postgres")
        except psycopg.OperationalError:
            assert running.poll() is None, (folder / "log").read_text()
            time.sleep(0.1)
    raise AssertionError((folder / "log").read_text())


@pytest.fixture(scope="module")
def course(server, tmp_path_factory):
    """A course whose settings name the server before it is made."""
    _database(server, "gradebook")
    return made(tmp_path_factory, _setting(server, "gradebook"))


def _database(server, name):
    options = {"user": "grader", "dbname": "postgres", "autocommit": True}
    with psycopg.connect(host=str(server), **options) as admin:
        admin.execute(f"CREATE DATABASE {name}")


def _setting(server, name):
    url = f"postgresql+psycopg://grader@/{name}?host={server}"
    return f"c.CourseDirectory.db_url = {url!r}\n"


def made(tmp_path_factory, more=""):
    root = tmp_path_factory.mktemp("course") / "course"
    root.mkdir()
    (root / "nbgrader_config.py").write_text(SETTINGS + more)
    course = init(root, [SOLUTIONS / "toy"])
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment("toy", duedate=DUE)
    return course


def a_term(course, toy):
    """What happens to a gradebook: marks, marks by hand, lateness, marks anew."""
    record(course, toy, "ada", DUE, mean=1 / 3, why_="Since.")
    record(course, toy, "bob", DUE + timedelta(days=1), double=0.0)
    record(course, toy, "z" * 100, DUE + timedelta(days=1))
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("written-why", "toy", "toy", "ada")
        grade.manual_score, grade.needs_manual_grade = 0.5, False
        gradebook.db.commit()
    extend(course, "toy", "bob", DUE + timedelta(days=2))
    record(course, toy, "ada", DUE, why_="Since.")
    report.write(course, "toy")
    lines = [line.split(",")[:10] for line in (course.root / "grades.csv").open()]
    return contents(course, "toy"), lines


def test_it_holds_what_sqlite_holds(course, tmp_path_factory, toy):
    other = made(tmp_path_factory)
    assert a_term(course, toy) == a_term(other, toy)
    assert (other.root / "gradebook.db").exists()
    assert not (course.root / "gradebook.db").exists()
    ada = contents(course, "toy")["ada"]
    assert ada["written-why"] == [None, 0.5, False] and ada["check-mean"][0] == 3


def test_from_collect_to_report(course, toy, tmp_path):
    for student, data in {"dan": hand_in(toy, double=WRONG), "eve": b"{"}.items():
        (tmp_path / f"{student}.ipynb").write_bytes(data)
    where = ["--course", str(course.root)]
    run = CliRunner().invoke
    assert run(main, ["collect", str(tmp_path), *where]).exit_code == 0
    students = ["--student", "dan", "--student", "eve"]
    options = ["--backend", BACKEND, "--jobs", "1", *students]
    done = run(main, ["grade", *where, *options])
    assert done.exit_code == 1 and "dan: 3 of 5" in done.output, done.output
    assert run(main, ["report", *where]).exit_code == 0
    found = contents(course, "toy")
    assert found["dan"]["check-double"][0] == 0
    assert found["eve"]["check-double"] == [None, None, True]


def test_a_course_moves_to_a_server(server, empty_course, toy, tmp_path):
    """As the README says: another line in its settings, and `init` once more."""
    _database(server, "second")
    shutil.copytree(empty_course.root, tmp_path / "course")
    moved = Course(tmp_path / "course")
    settings = moved.root / "nbgrader_config.py"
    settings.write_text(settings.read_text() + _setting(server, "second"))
    init(moved.root, [SOLUTIONS / "toy"])
    (moved.root / "gradebook.db").unlink()
    record(moved, toy, "ada")
    assert contents(moved, "toy")["ada"]["check-mean"][0] == 3
    assert not (moved.root / "gradebook.db").exists()


def test_new_cells_are_refused_once_marks_are_recorded(course, toy, tmp_path):
    put(course, "fay", hand_in(toy))
    record(course, toy, "fay")
    (tmp_path / "toy").mkdir()
    for path in toy.files:
        text = path.read_text().replace("double", "twice")
        (tmp_path / "toy" / path.name).write_text(text)
    with pytest.raises(CourseError, match="other cells"):
        init(course.root, [tmp_path / "toy"])


def test_a_server_that_is_gone_says_so(course, toy, tmp_path):
    put(course, "gia", hand_in(toy))
    shutil.copytree(course.root, tmp_path / "course", symlinks=True)
    settings = tmp_path / "course" / "nbgrader_config.py"
    settings.write_text(settings.read_text().replace("host=/tmp/pg-", "host=/tmp/no-"))
    lost = Course(tmp_path / "course")
    done = CliRunner().invoke(main, ["report", "--course", str(lost.root)])
    assert done.exit_code == 2 and "gradebook" in done.output


def test_no_password_is_shown(course, tmp_path):
    settings = tmp_path / "nbgrader_config.py"
    for url in ("postgresql+psycopg://a:secret@127.0.0.1:1/x", "nosuch://a:secret@b/x"):
        settings.write_text(f"c = get_config()\nc.CourseDirectory.db_url = {url!r}\n")
        with pytest.raises(CourseError, match="cannot be opened") as raised:
            Course(tmp_path).gradebook()
        assert "secret" not in str(raised.value)
