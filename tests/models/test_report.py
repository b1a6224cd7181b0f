"""A report is written whole or not at all, and takes nothing else with it."""

import os
from pathlib import Path

import pytest

from models.errors import InputError, JobError
from models.report import (
    check_export,
    escape_markdown,
    format_page,
    name_report,
    write_report,
)


def test_nothing_beside_the_report_is_touched(tmp_path: Path) -> None:
    (tmp_path / "r.md.part").write_text("somebody's")
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "r.md").symlink_to("real.md")
    write_report(tmp_path / "r.md", "new, with half a character \ud83d")
    assert (tmp_path / "r.md").is_symlink()
    assert (tmp_path / "real.md").read_text() == "new, with half a character ?"
    assert (tmp_path / "r.md.part").read_text() == "somebody's"
    assert len(list(tmp_path.iterdir())) == 3


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / f"{'long' * 80}.md", tmp_path / "none" / "r.md"):
        with pytest.raises(JobError, match="could not be written"):
            write_report(path, "text")
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(JobError, match="could not be written"):
        write_report(tmp_path / "folder.md", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.md"]


def test_an_interrupted_report_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_report(tmp_path / "r.md", "text")
    assert not list(tmp_path.iterdir())


def test_a_name_gets_the_suffix_that_was_chosen(tmp_path: Path) -> None:
    assert name_report(str(tmp_path / "a.HTML"), ".md").name == "a.HTML"
    assert name_report(str(tmp_path / "report v1.2"), ".md").name == "report v1.2.md"
    (tmp_path / "taken.md").touch()
    with pytest.raises(InputError, match="is there already"):
        name_report(str(tmp_path / "taken"), ".md")


def test_what_cannot_be_a_report_is_refused_before_the_work(tmp_path: Path) -> None:
    text = tmp_path / "text.md"
    text.write_text("mine")
    (tmp_path / "link.md").symlink_to(text)
    (tmp_path / "folder.md").mkdir()
    for path, words in (
        (tmp_path / "r.pdf", "names no format"),
        (tmp_path / "folder.md", "is a folder"),
        (tmp_path / "none" / "r.md", "There is no folder"),
        (tmp_path / f"{'long' * 80}.md", "cannot be written"),
        (tmp_path / "link.md", "is what is read"),
    ):
        with pytest.raises(InputError, match=words):
            check_export(path, [text])
    check_export(tmp_path / "r.md", [text, tmp_path / "none"])


def test_a_text_stays_a_text() -> None:
    assert escape_markdown("<b>*x*\n\n# |`") == "\\<b>\\*x\\*  # \\|\\`"
    assert escape_markdown("a\r# b &lt; Q4_K_M __x_") == "a # b \\&lt; Q4_K_M \\_\\_x\\_"
    assert "\x00" not in format_page("t", "a\x00b\x1b")
    assert "a␀b␛" in format_page("t", "a\x00b\x1b")


def test_what_stdin_comes_from_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "text.md"
    path.write_text("a person's own")
    check_export(path)
    status = path.stat()
    monkeypatch.setattr("models.report.os.fstat", lambda number: status)
    with pytest.raises(InputError, match="is what is read"):
        check_export(path)
    check_export(tmp_path / "other.md")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="a folder that takes no file")
def test_a_folder_that_takes_nothing_is_said_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Nothing can be written into /proc .*another folder"):
        check_export(Path("/proc/report.md"))
    (tmp_path / "link.md").symlink_to("/proc/report.md")
    with pytest.raises(InputError, match="Nothing can be written into /proc "):
        check_export(tmp_path / "link.md")
