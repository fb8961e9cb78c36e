"""Archives are read within caps; nothing in them leads out or is followed."""

import gzip
import io
import os
import tarfile
import zipfile
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from autograder.collecting import archives, members
from autograder.collecting.archives import files
from autograder.collecting.members import ArchiveError, Caps


def zipped(some, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in some.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(*some, mode="w"):
    """A tar of (name, data) pairs and of ready-made members."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for one in some:
            info = one if isinstance(one, tarfile.TarInfo) else tarfile.TarInfo(one[0])
            data = b"" if info is one else one[1]
            info.size = len(data) or info.size
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


@pytest.fixture
def read(tmp_path):
    """What is found in an archive's bytes: path to data, or to the fault."""

    def found(data, name="in.zip", **options):
        (tmp_path / name).write_bytes(data)
        return {
            str(file.path): file.fault or file.read()
            for file in files(tmp_path / name, **options)
        }

    return found


SOME = {"ada/toy.ipynb": b"1", "bob/toy.ipynb": b"2"}


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_tars_and_zips_hold_the_same(read, mode):
    assert read(zipped(SOME)) == read(tarred(*SOME.items(), mode=mode)) == SOME


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/x.ipynb", "etc/x.ipynb"),
        ("/etc/x.ipynb", "etc/x.ipynb"),
        ("a\\..\\b.ipynb", "a/b.ipynb"),
        ("./a/./b.ipynb", "a/b.ipynb"),
        ("a/.ssh/b.ipynb", None),
        ("__MACOSX/a.ipynb", None),
        ("..", None),
    ],
)
def test_no_name_leads_out(read, name, path):
    for data in (zipped({name: b"x"}), tarred((name, b"x"))):
        assert list(read(data)) == ([path] if path else [])


def special(kind, name="ada/toy.ipynb", target="/etc/passwd"):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


@pytest.mark.parametrize(
    "kind",
    [
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.CHRTYPE,
        tarfile.BLKTYPE,
        tarfile.FIFOTYPE,
        tarfile.CONTTYPE,
    ],
)
def test_links_and_devices_are_named_and_not_read(read, kind):
    found = read(tarred(special(kind), ("bob/toy.ipynb", b"2")))
    assert "not a file" in found["ada/toy.ipynb"] and found["bob/toy.ipynb"] == b"2"


def test_links_in_zips_and_folders_are_not_followed(read, tmp_path):
    link = zipfile.ZipInfo("ada/toy.ipynb")
    link.external_attr = 0o120777 << 16
    assert "not a file" in read(zipped({link: "/etc/passwd"}))["ada/toy.ipynb"]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.ipynb").symlink_to("/etc/passwd")
    (tmp_path / "in" / "etc").symlink_to("/etc")
    os.mkfifo(tmp_path / "in" / "bob.ipynb")
    found = {str(file.path): file.fault for file in files(tmp_path / "in")}
    assert set(found) == {"ada.ipynb", "etc", "bob.ipynb"}
    assert all("not a file" in fault for fault in found.values())


def test_too_many_or_too_much_is_refused(read, monkeypatch):
    monkeypatch.setattr(archives, "WHOLE", Caps(2, 1000))
    many, much = {f"{i}.ipynb": b"x" for i in range(3)}, {"a.ipynb": b"x" * 1001}
    for some in (many, much):
        for data in (
            zipped(some),
            tarred(*some.items()),
            tarred(*some.items(), mode="w:gz"),
        ):
            with pytest.raises(ArchiveError, match="at most 2 files"):
                read(data)


def test_a_bomb_is_refused_before_it_is_unpacked(read, monkeypatch):
    zeros = bytes(11 << 20)
    found = read(zipped({"ada.ipynb": zeros, "bob.ipynb": b"2"}))
    assert "bomb" in found["ada.ipynb"] and found["bob.ipynb"] == b"2"
    with pytest.raises(ArchiveError, match="bomb"):
        read(gzip.compress(tarred(("ada.ipynb", zeros))))


def test_a_member_larger_than_it_says_stays_as_large_as_it_says(read):
    data = bytearray(zipped({"ada.ipynb": bytes(1 << 20)}))
    size = (1 << 20).to_bytes(4, "little")
    while (place := data.find(size)) >= 0:
        data[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(Exception, match="CRC"):
        read(bytes(data))


def test_what_unpacks_without_bounds_is_not_unpacked(read):
    found = read(zipped({"ada.ipynb": b"x" * 100}, zipfile.ZIP_LZMA))
    assert "ordinary way" in found["ada.ipynb"]


def test_a_huge_file_is_named(read, monkeypatch):
    monkeypatch.setattr(members, "MOST_FILE", 10)
    found = read(zipped({"ada.ipynb": b"x" * 11, "bob.ipynb": b"x" * 10}))
    assert "at most" in found["ada.ipynb"] and found["bob.ipynb"] == b"x" * 10


def test_archives_of_students_are_looked_into_once(read):
    inner = zipped({"toy.ipynb": b"1", "more.zip": zipped({"toy.ipynb": b"2"})})
    tar = tarred(("toy.ipynb", b"3"), mode="w:gz")
    found = read(zipped({"ada/work.zip": inner, "bob/work.tgz": tar}))
    assert found["ada/work.zip/toy.ipynb"] == b"1"
    assert found["bob/work.tgz/toy.ipynb"] == b"3"
    assert not any(path.startswith("ada/work.zip/more.zip/") for path in found)


def test_a_students_bomb_is_theirs_alone(read, monkeypatch):
    monkeypatch.setattr(archives, "INNER", Caps(2, 1000))
    many = zipped({f"{i}.ipynb": b"x" for i in range(3)})
    some = {
        "ada/work.zip": many,
        "bob/work.zip": b"no zip",
        "dan/work.zip": zipped({"toy.ipynb": b"x" * 2000}),
        "eve.ipynb": b"1",
    }
    found = read(zipped(some))
    assert "at most 2 files" in found["ada/work.zip"]
    assert "no whole archive" in found["bob/work.zip"]
    assert "at most" in found["dan/work.zip"] and found["eve.ipynb"] == b"1"


def test_times_that_a_student_packed_do_not_count(tmp_path):
    early = zipfile.ZipInfo("toy.ipynb", (1999, 1, 1, 0, 0, 0))
    outer = zipfile.ZipInfo("ada/work.zip", (2026, 7, 1, 12, 0, 0))
    (tmp_path / "in.zip").write_bytes(zipped({outer: zipped({early: b"1"})}))
    (file,) = files(tmp_path / "in.zip", ZoneInfo("Europe/Berlin"))
    assert file.inner and file.when == datetime(2026, 7, 1, 10, tzinfo=UTC)


def test_a_zips_time_in_utc_is_preferred(tmp_path):
    member = zipfile.ZipInfo("ada.ipynb", (2026, 7, 1, 12, 0, 0))
    member.extra = b"UT\x05\x00\x01" + (1_000_000_000).to_bytes(4, "little")
    (tmp_path / "in.zip").write_bytes(zipped({member: b"1"}))
    (file,) = files(tmp_path / "in.zip")
    assert file.when == datetime.fromtimestamp(1_000_000_000, UTC)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"no archive at all",
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: b"\x1f\x8b" + data,
    ],
)
def test_what_is_no_whole_archive_is_refused(read, damage):
    for data in (
        zipped(SOME),
        tarred(("ada.ipynb", b"x" * 5000), mode="w:gz"),
    ):
        with pytest.raises(ArchiveError, match="no whole archive"):
            read(damage(data))


def test_names_that_no_text_can_hold(read):
    (path,) = read(tarred(("ada\udcff.ipynb", b"1")))
    assert path.encode()
