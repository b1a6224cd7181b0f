"""Documents on disk: read exactly, saved whole or not at all."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.manuscript.file import (
    LARGEST_BYTES,
    Encoding,
    read_document,
    save_document,
)
from desktop.manuscript.line_ends import LineEnds, restore_line_ends, separate_line_ends
from models.errors import InputError
from models.whole_file import changed_on_disk

LINES = st.lists(st.sampled_from(["a", "é漢", "", "\n", "\r\n", "\r", "\u2029", "😀"]), max_size=12)
posix_only = pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")

SAVE_AT_LEVELS = """
import os, resource, signal, sys
from pathlib import Path
from desktop.manuscript.file import Encoding, save_document
from models.errors import InputError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path, text = Path(sys.argv[1]), "neu " * 5000
for level in range(int(sys.argv[2])):
    limit = level * (len(text) + 200) // int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        save_document(path, text, Encoding())
        outcome = "saved"
    except InputError as error:
        outcome = "refused" if "was not saved" in str(error) else "unclear"
    found = path.read_text(encoding="utf-8")
    kind = "new" if found == text else "old" if found == "alt" else "broken"
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    path.write_text("alt", encoding="utf-8")
    left = [name for name in os.listdir(path.parent) if name != path.name]
    print(limit >= len(text), outcome, kind, left, flush=True)
"""


@given(st.booleans(), LINES)
def test_an_unedited_file_is_saved_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, bom: bool, parts: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "text.md"
    data = (b"\xef\xbb\xbf" if bom else b"") + "".join(parts).encode()
    path.write_bytes(data)
    read = read_document(path)
    assert not set("\r\u2029") & set(read.text)
    assert read.fingerprint.sha256 == hashlib.sha256(data).hexdigest()
    fingerprint = save_document(path, read.text, read.encoding)
    assert path.read_bytes() == data
    assert fingerprint.sha256 == read.fingerprint.sha256
    assert changed_on_disk(path, fingerprint) is None


def test_an_edited_file_keeps_its_line_ends() -> None:
    text, ends = separate_line_ends("one\r\ntwo\r\n")
    assert text == "one\ntwo\n"
    assert restore_line_ends("one\nnew\ntwo\nmore", ends) == "one\r\nnew\r\ntwo\r\nmore"


def test_untouched_lines_of_a_mixed_file_keep_theirs() -> None:
    text, ends = separate_line_ends("a\r\nb\nc\r\nd\ne\r\nf")
    assert text == "a\nb\nc\nd\ne\nf"
    edited = "a\nb2\nc\nnew\nd\ne\nf"
    assert restore_line_ends(edited, ends) == "a\r\nb2\r\nc\r\nnew\r\nd\ne\r\nf"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"abc \xff def", "not UTF-8 text (byte 0xff at offset 4)"),
        (b"\xef\xbb\xbfab\xc3", "not UTF-8 text (byte 0xc3 at offset 5)"),
        (b"ab\0c", "NUL byte at offset 2"),
        (b"\xff\xfea\0", "NUL byte at offset 3"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_document(path)
    assert said in str(caught.value)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        read_document(tmp_path)
    with pytest.raises(InputError, match="There is no file"):
        read_document(tmp_path / "missing.md")
    if os.name == "posix":
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(InputError, match="device or pipe"):
            read_document(tmp_path / "pipe")


def test_the_largest_document_opens_and_one_byte_more_does_not(tmp_path: Path) -> None:
    path = tmp_path / "large.md"
    path.write_bytes(b"x" * LARGEST_BYTES)
    read = read_document(path)
    assert len(read.text) == LARGEST_BYTES
    save_document(path, read.text, read.encoding)
    with path.open("ab") as file:
        file.write(b"x")
    with pytest.raises(InputError, match="at most 50 MB"):
        read_document(path)


@posix_only
def test_rights_and_links_are_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "real" / "a.md", tmp_path / "link.md"
    target.parent.mkdir()
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    save_document(link, "new", Encoding())
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert os.listdir(target.parent) == ["a.md"]


@posix_only
def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o444)
    assert read_document(path).read_only
    with pytest.raises(InputError, match="read-only"):
        save_document(path, "new", Encoding())
    assert path.read_text(encoding="utf-8") == "old"
    path.chmod(0o644)
    assert not read_document(path).read_only


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no folder"):
        save_document(tmp_path / "none" / "a.md", "text", Encoding())
    with pytest.raises(InputError, match="is a folder"):
        save_document(tmp_path, "text", Encoding())


def test_a_file_of_somebody_else_that_ends_in_part_is_not_touched(tmp_path: Path) -> None:
    path, part = tmp_path / "a.md", tmp_path / "a.md.part"
    part.write_text("mine", encoding="utf-8")
    save_document(path, "new", Encoding())
    assert part.read_text(encoding="utf-8") == "mine"
    assert sorted(os.listdir(tmp_path)) == ["a.md", "a.md.part"]


def test_a_long_name_is_saved(tmp_path: Path) -> None:
    path = tmp_path / ("漢" * 84 + ".md")
    save_document(path, "text", Encoding())
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\nb\ud83d", "Line 2 has half a character"),
        ("a\n\ud83d", "Line 2 has half a character"),
        ("a\u2028b\n\ud83d", "Line 2 has half a character"),
        ("a\n\nb\0", "Line 3 has a NUL character"),
    ],
)
def test_text_that_no_file_can_hold_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "a.md"
    path.write_text("old", encoding="utf-8")
    for line_ends in (LineEnds(), LineEnds("\r")):
        with pytest.raises(InputError, match=said):
            save_document(path, text, Encoding(line_ends=line_ends))
    assert path.read_text(encoding="utf-8") == "old"


def test_a_change_by_another_program_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    fingerprint = save_document(path, "text", Encoding())
    os.utime(path, ns=(0, 0))
    assert changed_on_disk(path, fingerprint) is None
    path.write_text("TEXT", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert changed_on_disk(path, fingerprint) == "changed"
    path.write_text("longer", encoding="utf-8")
    assert changed_on_disk(path, fingerprint) == "changed"
    path.unlink()
    assert changed_on_disk(path, fingerprint) == "deleted"


@posix_only
def test_a_disk_that_is_full_at_any_byte_leaves_the_old_file(tmp_path: Path) -> None:
    """200 levels at which writing stops: a file size limit, which needs no rights to be set."""
    path = tmp_path / "a.md"
    path.write_text("alt", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SAVE_AT_LEVELS, str(path), "200"], capture_output=True, check=True
    )
    lines = done.stdout.decode().splitlines()
    assert len(lines) == 200
    assert set(lines) == {"False refused old []", "True saved new []"}
