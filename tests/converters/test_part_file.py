import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from converters.part_file import PartFile, count_stale_bytes


def write_part(path: Path) -> PartFile:
    made = PartFile(path)
    made.file.write(b"new")
    return made


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def refuse(number: int) -> Any:
    def fail(*_given: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("has_links", [True, False])
def test_what_appeared_meanwhile_is_not_replaced_unless_that_is_wanted(
    has_links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system without links is not at hand."""
    if not has_links:
        monkeypatch.setattr(os, "link", refuse(errno.EPERM))
    path = tmp_path / "x.v1.gguf"
    expected = [path, tmp_path / "x.v1-2.gguf", tmp_path / "x.v1-3.gguf"]
    for kept in expected:
        made = write_part(path)
        assert made.publish(replaces=False) == kept
        assert kept.read_bytes() == b"new"
        kept.write_bytes(b"old")
    assert [name.read_bytes() for name in expected] == 3 * [b"old"]
    assert write_part(path).publish(replaces=True) == path
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == {name.name for name in expected}


def test_a_folder_or_a_link_to_nothing_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").symlink_to(tmp_path / "none")
    assert write_part(tmp_path / "a").publish(replaces=True) == tmp_path / "a-2"
    assert write_part(tmp_path / "b").publish(replaces=False) == tmp_path / "b-2"
    assert names(tmp_path) == {"a", "a-2", "b", "b-2"}


def test_a_folder_that_cannot_be_synced_is_no_loss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As some network mounts are, of which there is none here."""
    sync = os.fsync

    def refuse_folders(number: int) -> None:
        if stat.S_ISDIR(os.fstat(number).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        sync(number)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    assert write_part(tmp_path / "x").publish(replaces=False).read_bytes() == b"new"


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_part_that_cannot_take_its_name_is_deleted(
    is_closed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk cannot be made to fail on command. Windows closes the file before."""
    made = write_part(tmp_path / "x")
    monkeypatch.setattr(Path, "replace", refuse(errno.EIO))
    with pytest.raises(OSError, match="error"):
        made.publish(replaces=True)
    if is_closed:
        made.file.close()
    made.discard()
    assert names(tmp_path) == set()


def test_a_published_file_is_not_discarded(tmp_path: Path) -> None:
    made = write_part(tmp_path / "x")
    made.publish(replaces=False)
    other = PartFile(tmp_path / "x")
    made.discard()
    assert names(tmp_path) == {"x", "x.part"}
    other.discard()
    assert names(tmp_path) == {"x"}


@pytest.mark.skipif(os.name == "nt", reason="an open file is not told from others there")
def test_only_what_a_dead_run_left_is_stale(tmp_path: Path) -> None:
    path, part = tmp_path / "x", tmp_path / "x.part"
    assert count_stale_bytes(path) == 0
    part.write_bytes(os.urandom(100_000))  # zeros may take no room on a disk that compresses
    assert 100_000 <= count_stale_bytes(path) < 200_000
    (tmp_path / "other").hardlink_to(part)  # so that to delete the part frees nothing
    assert count_stale_bytes(path) == 0
    part.unlink()
    part.symlink_to(tmp_path / "other")
    assert count_stale_bytes(path) == 0
    made = PartFile(path)
    made.file.write(os.urandom(100_000))
    made.file.flush()
    assert count_stale_bytes(path) == 0
    made.discard()
