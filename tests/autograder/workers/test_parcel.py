"""A hand-in's folder as one piece of data."""

import os

import pytest

from autograder.restore import Unreadable
from autograder.workers import parcel

IGNORED = [".ipynb_checkpoints", "*.pyc", "__pycache__"]


def write(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())


def sent(one):
    """What arrives of it at the other end of a socket."""
    return parcel.Parcel.from_frame(*one.to_frame())


def test_notebooks_and_files_come_back(tmp_path):
    write(tmp_path, "p1.ipynb", "data/x.csv", "größe.txt", "data/deep/y")
    back = sent(parcel.gathered(tmp_path, IGNORED))
    assert back.notebooks == {"p1": b"p1.ipynb"}
    files = ("data/x.csv", "größe.txt", "data/deep/y")
    assert back.files == {name: name.encode() for name in files}


def test_what_nbgrader_ignores_is_left_out(tmp_path):
    write(tmp_path, "a.pyc", ".ipynb_checkpoints/p1.ipynb", "sub/p2.ipynb", "kept")
    back = sent(parcel.gathered(tmp_path, IGNORED))
    assert (list(back.notebooks), list(back.files)) == ([], ["kept"])


def test_the_same_files_are_the_same_data(tmp_path):
    write(tmp_path / "one", "b", "a", "c/d")
    write(tmp_path / "two", "c/d", "a", "b")
    os.utime(tmp_path / "two" / "a", (0, 0))
    data = [parcel.gathered(tmp_path / name, IGNORED) for name in ("one", "two")]
    assert data[0] == data[1]


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_nothing_is_followed_out_of_a_hand_in(tmp_path, kind):
    secret = tmp_path / "solution.txt"
    secret.write_text("42")
    folder = tmp_path / "in"
    folder.mkdir()
    if kind == "link":
        (folder / "data.txt").symlink_to(secret)
    else:
        os.mkfifo(folder / "data.txt")
    with pytest.raises(Unreadable, match="data.txt is not a file"):
        parcel.gathered(folder, IGNORED)


def test_a_link_to_a_folder_is_not_followed(tmp_path):
    write(tmp_path / "secret", "solution.txt")
    write(tmp_path / "in", "own")
    (tmp_path / "in" / "data").symlink_to(tmp_path / "secret")
    back = sent(parcel.gathered(tmp_path / "in", IGNORED))
    assert list(back.files) == ["own"]


def test_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(parcel, "MOST_BYTES", 3)
    write(tmp_path, "large")
    with pytest.raises(Unreadable, match="are read"):
        parcel.gathered(tmp_path, IGNORED)
