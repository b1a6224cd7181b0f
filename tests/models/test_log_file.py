"""A log is kept where it can be, and stops nobody where it cannot."""

import contextlib
from pathlib import Path

import pytest

from models.log_file import open_log


def test_a_log_goes_on_until_it_is_large(tmp_path: Path) -> None:
    path = tmp_path / "logs" / "a.log"
    for kept_bytes, expected in ((6, b"one\n"), (6, b"one\none\n"), (6, b"one\n"), (0, b"one\n")):
        with open_log(path, kept_bytes=kept_bytes) as file:
            file.write(b"one\n")
        assert path.read_bytes() == expected


def test_where_no_log_can_be_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    for path in (tmp_path / "logs" / "a.log", None):
        with open_log(path, kept_bytes=0) as file:
            file.write(b"one\n")
    assert (tmp_path / "logs").read_text() == "a file where the folder should be"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_full_disk_is_met_when_writing_and_not_again_when_closing() -> None:
    with open_log(Path("/dev/full"), kept_bytes=0) as file, contextlib.suppress(OSError):
        file.write(b"one\n")
