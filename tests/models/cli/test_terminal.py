"""Text in a terminal: wrapped as it comes, and never a command to the terminal."""

import io

import pytest
from rich.console import Console

from models.cli.terminal import Page, visible


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
