"""The writing desk: piped, and in a terminal with real keys."""

import io
import itertools
import os
import re
import select
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from rich.console import Console

from models import operations
from models.catalogue import STARTER
from models.cli import desk
from models.cli.text_file import keep_text
from models.engine import protocol
from models.errors import Cancelled, InputError
from models.sampling import parse_chain
from tests.conftest import Inkglass, environment_without_display, inkglass_path
from tests.idleness import wait_until_idle
from tests.waiting import PATIENCE_S

BACKGROUND = re.compile(r"\x1b\[[0-9;]*48;[25];")
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
PROMPT = "›"

# A process that leads a session gets the first terminal it opens as its own: then Ctrl+C works.
IN_TERMINAL = """
import os, sys
terminal = os.open(sys.argv[1], os.O_RDWR)
for number in (0, 1, 2):
    os.dup2(terminal, number)
os.execv(sys.argv[2], sys.argv[2:])
"""


@pytest.mark.slow
def test_piped_text_is_continued(inkglass: Inkglass) -> None:
    done = inkglass(stdin=b"The capital of Japan is\n")
    assert done.returncode == 0
    assert done.stderr == b""
    shown = done.stdout.decode()
    assert shown.startswith("The capital of Japan is")
    assert len(shown) > 60
    assert "tokens/s" in shown
    assert "\x1b" not in shown


@pytest.mark.slow
def test_without_any_text_the_desk_has_an_opening(inkglass: Inkglass) -> None:
    done = inkglass()
    assert done.returncode == 0
    assert "lighthouse" in done.stdout.decode()


def test_piped_bytes_that_are_no_text_are_refused(inkglass: Inkglass) -> None:
    done = inkglass(stdin=b"\xff\xfe")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().startswith("The prompt is not UTF-8 (byte 1)")
    assert done.stderr.count(b"\n") == 1


class Terminal:
    """`inkglass` with a terminal of its own, as a person sits before it."""

    def __init__(self, folder: Path) -> None:
        import pty

        self.master, self.slave = pty.openpty()
        environment = environment_without_display() | {"TERM": "xterm-256color", "COLUMNS": "200"}
        environment.pop("NO_COLOR", None)
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-c", IN_TERMINAL, os.ttyname(self.slave)),
                *(inkglass_path(), "desk", "--seed", "1"),
            ],
            start_new_session=True,
            cwd=folder,
            env=environment,
        )
        self.unread = b""

    def read_raw(self, words: str) -> str:
        """Read until `words` have come; returns what came up to them, colours included."""
        deadline = time.monotonic() + PATIENCE_S
        while words.encode() not in self.unread:
            assert time.monotonic() < deadline, f"no {words!r} in {self.unread!r}"
            if select.select([self.master], [], [], 0.1)[0]:
                self.unread += os.read(self.master, 65536)
        before, _, self.unread = self.unread.partition(words.encode())
        return before.decode() + words

    def read_until(self, words: str) -> str:
        """The same without colours."""
        return ESCAPE.sub("", self.read_raw(words))

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def ask(self, line: str) -> str:
        """Type a line, and return what came until the desk asks again."""
        self.type(line + "\n")
        return self.read_until(PROMPT)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def terminal(home_with_starter: Path, tmp_path: Path) -> Iterator[Terminal]:
    if sys.platform == "win32":
        pytest.skip("terminals as POSIX has them")
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.close()


@pytest.mark.slow
def test_a_sitting_at_the_desk(terminal: Terminal, tmp_path: Path) -> None:
    assert "/help helps" in terminal.read_until(PROMPT)
    assert "There is no text yet" in terminal.ask("")
    assert "no token to look into" in terminal.ask("/look")
    assert "There is nothing to take away" in terminal.ask("/undo")
    terminal.ask("The capital of Japan is")
    written = terminal.ask("")
    assert "The capital of Japan is" in written
    assert "tokens/s" in written
    looked = terminal.ask("/look")
    assert "<others>" in looked
    assert "the model" in looked
    assert terminal.ask("/look 3").count("<others>") == 3
    assert "is no number" in terminal.ask("/look many")
    assert "tokens would be the same" in terminal.ask("/try greedy")
    again = terminal.ask("/again")
    assert "tokens/s" in again
    assert "* story" in terminal.ask("/preset story")
    assert 'There is no preset "none"' in terminal.ask("/preset none")
    assert "There is no /dance" in terminal.ask("/dance")
    assert "Which model?" in terminal.ask("/model")
    assert "none.gguf" in terminal.ask("/model none.gguf")
    assert re.search("Q4_1, (fits|tight)", terminal.ask(f"/model {STARTER.id}"))
    terminal.ask("/undo")
    text = terminal.ask("/text")
    assert text.splitlines()[1].strip() == "The capital of Japan is"
    assert "Where to?" in terminal.ask("/save")
    assert "Saved 23 characters" in terminal.ask("/save out.md")
    assert (tmp_path / "out.md").read_text() == "The capital of Japan is\n"
    assert "Saved 23 characters" in terminal.ask("/save")
    (tmp_path / "other.md").touch()
    assert "is there already" in terminal.ask("/save other.md")
    assert "there is no folder" in terminal.ask("/save no/such/folder/out.md")
    terminal.type("\x04")
    assert terminal.process.wait(PATIENCE_S) == 0


@pytest.mark.slow
def test_ctrl_c_stops_the_model_and_keeps_the_desk(terminal: Terminal) -> None:
    terminal.read_until(PROMPT)
    terminal.ask("/tokens 400")
    terminal.ask("The captain opened the map and said that")
    terminal.type("\n")
    terminal.read_until("that")  # the text again, which comes with the model's first word
    terminal.type("\x03")
    assert "stopped: " in terminal.read_until(PROMPT)
    text = terminal.ask("/text").splitlines()[1].strip()
    assert len(text) > len("The captain opened the map and said that")
    # the prompt is shown just before the wait that Ctrl+C can interrupt
    wait_until_idle([psutil.Process(terminal.process.pid)])
    terminal.type("\x03")  # at the prompt it is nothing
    terminal.read_until(PROMPT)
    terminal.type("/x\n")
    terminal.read_until("There is no /x")
    terminal.read_until(PROMPT)
    terminal.type("/quit\n")
    assert terminal.process.wait(PATIENCE_S) == 0


@pytest.mark.slow
def test_lines_are_edited_by_characters_and_unsaved_text_is_kept(
    terminal: Terminal, home_with_starter: Path
) -> None:
    """Backspace takes a whole kanji."""
    terminal.read_until(PROMPT)
    terminal.ask("東京は夜\x7f\x7fも")
    terminal.ask("/paragraph")
    terminal.ask("!")
    terminal.ask("/nothing")
    terminal.type("\x04")
    assert terminal.process.wait(PATIENCE_S) == 0
    (kept,) = (home_with_starter / "documents").iterdir()
    assert kept.read_text() == "東京も\n\n!\n"


def make_desk(tmp_path: Path) -> desk.Desk:
    """A desk that writes nothing: it has no engine."""
    quiet = Console(file=io.StringIO(), width=60)
    engine: Any = None
    return desk.Desk(
        engine, quiet, quiet, parse_chain("greedy"), 8, itertools.count(1), Namespace()
    )


def test_another_version_that_does_not_come_leaves_the_earlier(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_desk(tmp_path)
    step: Any = object()
    made.parts = [desk.Part("Once"), desk.Part(" upon", (step,), 1)]

    def fail(*_arguments: object, **_options: object) -> None:
        raise InputError("No: do that.")

    monkeypatch.setattr(operations, "write", fail)
    with pytest.raises(InputError):
        made.again()
    assert made.text == "Once upon"


def make_step(index: int, token: int) -> protocol.Step:
    return protocol.Step(index, token, f" {token}", f"20{token}", -0.1, 0, 1.0, 0.0, [], [])


class RingEngine:
    """Keeps the logits of the steps from `first` on, and decides on token 7 each time."""

    def __init__(self, first: int) -> None:
        self.first = first

    def decide(self, job: int, index: int, chain: object, **options: object) -> protocol.Step:
        if index < self.first:
            raise InputError("The logits of this step are no longer kept: continue again.")
        return make_step(index, 7)


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (0, "2 of 5 tokens would be the same.\n"),
        (3, "The first 3 tokens are too long ago to be decided again.\n1 of 2 tokens would be"),
    ],
)
def test_the_steps_that_are_kept_are_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int, said: str
) -> None:
    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path))
    made = make_desk(tmp_path)
    made.engine = RingEngine(first)  # type: ignore[assignment]
    steps = tuple(make_step(index, token) for index, token in enumerate((7, 5, 5, 5, 7)))
    made.parts = [desk.Part("Once"), desk.Part(" 7 5 5 5 7", steps, 1)]
    made.obey("/try greedy")
    shown = made.console.file.getvalue()  # type: ignore[attr-defined]
    assert shown.startswith(said)
    assert shown.count("100%") == 3 - max(0, first - 1)


def test_trying_says_so_when_no_step_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path))
    made = make_desk(tmp_path)
    made.engine = RingEngine(5)  # type: ignore[assignment]
    made.parts = [desk.Part(" 5", (make_step(0, 5),), 1)]
    with pytest.raises(InputError, match="no longer kept"):
        made.obey("/try greedy")


def test_a_load_that_is_stopped_says_that_there_is_no_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_desk(tmp_path)

    def stop(*_arguments: object, **_options: object) -> None:
        raise Cancelled

    monkeypatch.setattr(desk, "open_chosen_model", stop)
    loaded: Any = object()
    for model, said in (
        (loaded, ""),
        (None, "\nNo model is loaded: /model and a name loads one.\n"),
    ):
        made.engine = Namespace(loaded=model)  # type: ignore[assignment]
        if model is None:
            assert made.obey("/model other")
        else:
            with pytest.raises(Cancelled):  # before the load had begun: the model is still there
                made.obey("/model other")
        assert made.console.file.getvalue() == said  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["A man", "and a dog"], "A man and a dog"),
        (["A man", ", and"], "A man, and"),
        (["A man", "  stood"], "A man  stood"),
        (["Été", "été"], "Été été"),
        (["東京", "は"], "東京は"),
        (["A", "/paragraph", "B"], "A\n\nB"),
    ],
)
def test_lines_are_joined_as_they_are_read(tmp_path: Path, lines: list[str], text: str) -> None:
    made = make_desk(tmp_path)
    for line in lines:
        assert made.obey(line)
    assert made.text == text


def test_a_file_is_opened_and_saved_whole(tmp_path: Path) -> None:
    path = tmp_path / "chapter.txt"
    made = make_desk(tmp_path)
    made.open(str(path))
    made.obey("Über alles")
    made.obey("/save")
    assert path.read_text(encoding="utf-8") == "Über alles\n"
    again = make_desk(tmp_path)
    again.open(str(path))
    assert again.text == again.saved == "Über alles"
    assert [found.name for found in tmp_path.iterdir()] == ["chapter.txt"]


def test_a_file_that_another_program_changed_is_saved_only_when_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "chapter.txt"
    made = make_desk(tmp_path)
    made.open(str(path))
    made.obey("Mine")
    for theirs in ("Yours\n", "Yours again\n"):
        path.write_text(theirs, encoding="utf-8")
        with pytest.raises(InputError, match="was changed by another program"):
            made.obey("/save")
        assert path.read_text(encoding="utf-8") == theirs
    made.obey("/save")
    assert path.read_text(encoding="utf-8") == "Mine\n"
    path.write_bytes(b"\xff")  # no text, and not ours
    with pytest.raises(InputError, match="was changed by another program"):
        made.obey("/save")
    path.unlink()  # there is nothing to lose
    made.obey("/save")
    assert path.read_text(encoding="utf-8") == "Mine\n"


def test_somebody_elses_part_stays(tmp_path: Path) -> None:
    part = tmp_path / "chapter.txt.part"
    part.write_text("theirs", encoding="utf-8")
    made = make_desk(tmp_path)
    made.obey("Mine")
    made.obey(f"/save {tmp_path / 'chapter.txt'}")
    assert part.read_text(encoding="utf-8") == "theirs"


def test_texts_that_are_kept_in_one_second_are_all_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path))
    texts = [str(number) for number in range(5)]
    kept = [keep_text(text).read_text(encoding="utf-8") for text in texts]
    assert len(list((tmp_path / "documents").iterdir())) == len(texts)
    assert kept == [f"{text}\n" for text in texts]


@pytest.mark.slow
def test_what_the_model_was_not_sure_of_is_coloured(terminal: Terminal) -> None:
    terminal.read_until(PROMPT)
    terminal.ask("Zyx wvu qqq")
    terminal.type("\n")
    assert BACKGROUND.search(terminal.read_raw("tokens/s"))
    terminal.read_until(PROMPT)
    terminal.type("\x04")
    assert terminal.process.wait(PATIENCE_S) == 0
