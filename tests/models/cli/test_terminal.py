"""Text in a terminal: wrapped as it comes, and never a command to the terminal."""

import io
import os
import subprocess
import sys

import pytest
from rich.console import Console

from models.cli import terminal
from models.cli.terminal import Page, closing_line, visible
from models.engine.protocol import Outcome


def show(*pieces: str, width: int = 10) -> list[str]:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=True, color_system=None)
    page = Page(console, Console(file=io.StringIO()))
    for piece in pieces:
        page.add(piece)
    page.end()
    return out.getvalue().splitlines()


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        (("one two", " thr", "ee four"), ["one two", "three four"]),
        (("abcdefghijklm",), ["abcdefghij", "klm"]),
        (("東京は日本の首都",), ["東京は日本", "の首都"]),
        (("東京は日本。の",), ["東京は日", "本。の"]),
        (("a\n\nb",), ["a", "", "b"]),
        (("See [bold] :smile:",), ["See [bold]", ":smile:"]),
        (("\x1b[2J\x07",), ["␛[2J␇"]),
    ],
)
def test_text_is_wrapped_as_it_comes(pieces: tuple[str, ...], lines: list[str]) -> None:
    assert show(*pieces) == lines
    assert show(*"".join(pieces)) == lines


def test_a_token_never_commands_the_terminal() -> None:
    assert visible("\x1b[2J \x9b\x7f", "") == "␛[2J␣\\x9b␡"


def test_what_is_piped_goes_through_as_it_is() -> None:
    out = io.StringIO()
    page = Page(Console(file=out, width=5), Console(file=io.StringIO()))
    page.add("one two three\x1b")
    page.end()
    assert out.getvalue() == "one two three\x1b\n"


def test_a_note_breaks_no_text_that_is_piped() -> None:
    """But in a terminal it stands on a line of its own."""
    for is_terminal, shown in ((False, "one two\n"), (True, "one\ntwo\n")):
        out, notes = io.StringIO(), io.StringIO()
        page = Page(
            Console(file=out, width=40, force_terminal=is_terminal, color_system=None),
            Console(file=notes, width=40),
        )
        page.add("one ")
        page.note("The context was full.")
        page.add("two")
        page.end()
        assert out.getvalue() == shown
        assert notes.getvalue() == "The context was full.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="terminals as POSIX has them")
def test_a_terminal_that_is_anothers_is_left_alone() -> None:
    """The process leads a session without a terminal; its stdin is one all the same."""
    import pty

    master, slave = pty.openpty()
    code = (
        "from models.cli.terminal import unechoed_keys\n"
        "with unechoed_keys():\n"
        "    print('written')\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=slave,
        stdout=slave,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    errors = process.communicate(timeout=60)[1]
    assert (process.returncode, errors) == (0, b"")
    assert os.read(master, 100).strip() == b"written"
    os.close(master)
    os.close(slave)


def test_a_narrow_terminal_shows_every_column(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "24")
    console = Console(width=24, force_terminal=True, color_system=None)
    monkeypatch.setattr(terminal, "open_console", lambda: console)
    terminal.print_table(("level", "size", "perplexity"), [("Q4_K_M", "105 MB", "17.40 ± 2.67")])
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        "level     size",
        "Q4_K_M  105 MB",
        "",
        "level     perplexity",
        "Q4_K_M  17.40 ± 2.67",
    ]


def test_one_token_has_no_plural_and_no_rate() -> None:
    one = Outcome("length", 1, 0.0, 0.0, 5, 0)
    assert closing_line(one, 7) == "reached its length: 1 token, prompt 5, seed 7"
