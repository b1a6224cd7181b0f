"""A continuation in a terminal: text coloured by certainty, candidates, a closing line."""

from __future__ import annotations

import contextlib
import io
import itertools
import math
import os
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TypeVar

from rich.cells import cell_len
from rich.console import Console
from rich.status import Status
from rich.table import Table
from rich.text import Text

from models.controls import PICTURES
from models.engine import protocol

Event = TypeVar("Event")

# Below these probabilities of the model's own, a token is marked; above 70 % it is silent.
HEAT = (
    (0.10, "#22252b on #f29a6b"),
    (0.25, "#22252b on #fbc27a"),
    (0.45, "#22252b on #ffe0a8"),
    (0.70, "#22252b on #fff3d6"),
)
BAR_CELLS = 20
MOST_DIFFERENCES = 12
PATIENCE_S = 0.5  # what is done by then needs no line about waiting
WIDEST = 10_000  # columns of a table that is not for a terminal

_SHOWN = PICTURES | {0x7F: "␡"} | {code: f"\\x{code:02x}" for code in range(0x80, 0xA0)}
_OPENING = frozenset("「『（［｛〈《【〔“‘([{\u200d")  # no line ends with these
_CLOSING = frozenset(
    "、。，．・：；？！」』）］｝〉》】〕”’ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…,.;:?!)]}"
)


def show_controls(text: str) -> str:
    """Return a text with its control characters, but for tab and line end, made visible."""
    return text.translate(_SHOWN)


def print_table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table, the first column left and the others right.

    In a terminal too narrow for it, its columns come in blocks that each repeat the first; where
    nobody looks on, it is as wide as it is.
    """
    console = open_console()
    if not console.is_terminal:
        console.width = WIDEST
    widths = [max(map(cell_len, column)) for column in zip(names, *rows, strict=True)]
    blocks = [[0]]
    for number in range(1, len(names)):
        used = sum(widths[other] + 2 for other in blocks[-1])
        if len(blocks[-1]) > 1 and used + widths[number] > console.width:
            blocks.append([0])
        blocks[-1].append(number)
    for place, block in enumerate(blocks):
        if place:
            console.print()
        table = Table(box=None, pad_edge=False)
        for number in block:
            table.add_column(names[number], justify="right" if number else "left", no_wrap=True)
        for row in rows:
            table.add_row(*(row[number] for number in block))
        console.print(table)


def open_console(*, stderr: bool = False) -> Console:
    """Return a console that prints what it is given: no markup, no emoji codes, no guesses."""
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


class Page:
    """Text that comes in pieces, wrapped as it comes: at spaces, between wide characters anywhere.

    A word is held back until it is known whether it fits into the line. Where the console is no
    terminal, the text goes through as it is. `lead` stands before the first piece, dim.
    """

    def __init__(self, console: Console, notes: Console, lead: str = "") -> None:
        self._console, self._notes, self._lead = console, notes, lead
        self._column = 0
        self._gap: list[tuple[str, str]] = []  # spaces before the word, with their styles
        self._word: list[tuple[str, str]] = []
        self._written = False
        self._start = time.monotonic()
        self._status: Status | None = None

    def wait(self, text: str) -> None:
        """Say on stderr, in a terminal, what is waited for; nothing in the first half second."""
        if not self._notes.is_terminal or time.monotonic() - self._start < PATIENCE_S:
            return
        if self._status is None:
            self._status = self._notes.status(text)
            self._status.start()
        self._status.update(text)

    def note(self, text: str) -> None:
        """Say something on stderr, on a line of its own; a text that is piped goes on unbroken."""
        self._end_wait()
        if self._console.is_terminal:
            self.end()
        self._notes.print(text, style="dim")

    def add(self, text: str, style: str = "") -> None:
        """Take the next piece."""
        self._end_wait()
        if not self._console.is_terminal:
            self._written = self._written or bool(text)
            self._console.file.write(text)
            self._console.file.flush()
            return
        if lead := self._lead:
            self._lead = ""
            self.add(lead, "dim")
        for character in show_controls(text):
            self._take(character, style)

    def end(self) -> None:
        """Write what is held back, and end the line."""
        self._end_wait()
        self._place()
        if self._column or self._written:
            self._console.file.write("\n")
            self._console.file.flush()
        self._column, self._gap, self._written = 0, [], False

    def _end_wait(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None

    def _take(self, character: str, style: str) -> None:
        if character == "\n":
            self._place()
            self._console.print()
            self._column, self._gap = 0, []
        elif character.isspace() and character != "\N{NO-BREAK SPACE}":
            self._place()
            self._gap.append((" ", style))
        else:
            last = self._word[-1][0] if self._word else ""
            wide = cell_len(character) == 2 or cell_len(last) == 2
            if wide and last not in _OPENING and character not in _CLOSING:
                self._place()
            self._word.append((character, style))

    def _place(self) -> None:
        """Write the word that is held back: in this line if it fits, else in the next."""
        if not self._word:
            return
        width, pieces = self._console.width, []
        needed = sum(cell_len(character) for character, _ in self._gap + self._word)
        if self._column and self._column + needed > width:
            pieces.append(("\n", ""))
            self._column, self._gap = 0, []
        for character, style in self._gap + self._word:
            if self._column + cell_len(character) > width:  # a word longer than a line
                pieces.append(("\n", ""))
                self._column = 0
            pieces.append((character, style))
            self._column += cell_len(character)
        shown = Text()
        for style, run in itertools.groupby(pieces, key=lambda piece: piece[1]):
            shown.append("".join(character for character, _ in run), style)
        self._console.print(shown, end="", soft_wrap=True)
        self._gap, self._word = [], []


@contextlib.contextmanager
def unechoed_keys() -> Iterator[None]:
    """Keep the keys that are typed meanwhile out of the text; they count afterwards."""
    try:
        import termios
    except ImportError:  # Windows
        yield
        return
    # In the background, a process that touches the terminal would be stopped.
    if not (sys.stdin.isatty() and sys.stdout.isatty() and _is_in_foreground()):
        yield
        return
    before = termios.tcgetattr(0)
    # Not by lines either: a Ctrl+D among them would be lost when the next prompt takes over.
    silent = [*before[:3], before[3] & ~(termios.ECHO | termios.ICANON), *before[4:]]
    termios.tcsetattr(0, termios.TCSADRAIN, silent)
    try:
        yield
    finally:
        termios.tcsetattr(0, termios.TCSADRAIN, before)


def _is_in_foreground() -> bool:
    """Whether this process is what the terminal of stdin listens to; it may be another's."""
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False


def heat_style(probability: float) -> str:
    """Return the style of a token that the model gave `probability`."""
    return next((style for limit, style in HEAT if probability < limit), "")


def show_candidates(console: Console, step: protocol.Step) -> None:
    """Print what was weighed for a step, with the model's own probability and the chain's."""
    table = Table(box=None, pad_edge=False)
    table.add_column("  token")
    table.add_column("the model", justify="right")
    table.add_column("after the chain", justify="right")
    table.add_column("", min_width=BAR_CELLS)
    for row in step.candidates:
        chosen = row.token == step.token
        own = math.exp(row.logprob)
        removed = row.removed_by is not None
        table.add_row(
            Text(
                f"{'→' if chosen else ' '} {visible(row.text, row.bytes)}",
                style="strike dim" if removed else "bold" if chosen else "",
            ),
            f"{own:.1%}",
            f"out: {row.removed_by}" if removed else f"{row.probability:.1%}",
            _bar(own, row.probability),
        )
    shown = sum(math.exp(row.logprob) for row in step.candidates)
    table.add_row(Text("  <others>", style="dim"), f"{max(0.0, 1 - shown):.1%}", "", "")
    stages = (f"{stage.name}: {stage.survivors:,} left, {stage.mass:.1%}" for stage in step.stages)
    sure = f"as sure as a choice among {math.exp(step.entropy):,.1f}"
    parts = (
        Text(f"{visible(step.text, step.bytes)}   {sure}", style="bold"),
        table,
        Text(" > ".join(stages) + "\n", style="dim"),
    )
    if console.is_terminal:
        console.print(*parts, sep="\n")
        return
    wide = Console(file=io.StringIO(), width=WIDEST, markup=False, emoji=False, highlight=False)
    with wide.capture() as capture:
        wide.print(*parts, sep="\n")
    console.file.writelines(f"{line.rstrip()}\n" for line in capture.get().splitlines())
    console.file.flush()


def show_differences(
    console: Console, steps: Sequence[protocol.Step], again: Sequence[protocol.Step]
) -> None:
    """Print where the last steps, decided `again` under another chain, would have parted."""
    lost = len(steps) - len(again)
    if lost:
        console.print(f"The first {lost:,} tokens are too long ago to be decided again.")
    pairs = zip(steps[lost:], again, strict=True)
    others = [at for at, (step, other) in enumerate(pairs) if step.token != other.token]
    console.print(f"{len(again) - len(others)} of {len(again)} tokens would be the same.")
    if not others:
        return
    table = Table.grid(padding=(0, 1))
    for at in others[:MOST_DIFFERENCES]:
        place = lost + at
        before = "".join(step.text for step in steps[max(0, place - 4) : place])
        was, would = (visible(one.text, one.bytes) for one in (steps[place], again[at]))
        table.add_row(
            Text(f"…{before and visible(before, '').replace('␣', ' ')}", style="dim"),
            Text(was, style="strike"),
            Text(f"{would} {again[at].probability:.0%}"),
        )
    console.print(table)
    more = len(others) - MOST_DIFFERENCES
    console.print(
        (f"And {more} more. " if more > 0 else "")
        + "Each is chosen after the words that stand there; the figure is how probable this "
        "chain makes it.",
        style="dim",
    )


def describe_trim(event: protocol.Trimmed) -> str:
    """Return what the model has forgotten, as a sentence."""
    return (
        f"The context was full: the model has forgotten the oldest {event.forgotten:,} tokens "
        f"and sees the last {event.kept:,}."
    )


def closing_line(outcome: protocol.Outcome, seed: int) -> str:
    """Return how it ended, in a person's words."""
    ends = {
        "length": "reached its length",
        "end": "the model ended the text",
        "stop": "met a stop text",
        "cancelled": "stopped",
    }
    reused = (
        f", prompt reused {outcome.prompt_tokens_reused / outcome.prompt_tokens:.0%}"
        if outcome.prompt_tokens_reused
        else ""
    )
    count = "1 token" if outcome.tokens == 1 else f"{outcome.tokens:,} tokens"
    rate = f", {outcome.tokens_per_second:.1f} tokens/s" if outcome.tokens > 1 else ""
    return (
        f"{ends[outcome.reason]}: {count}{rate}, prompt {outcome.prompt_tokens:,}{reused}, "
        f"seed {seed}"
    )


def _bar(own: float, after: float) -> Text:
    solid, pale = round(after * BAR_CELLS), round(own * BAR_CELLS)
    return Text("█" * solid, style="#2c5aa0").append("░" * max(0, pale - solid), style="#8ab4f8")


def visible(text: str, data: str) -> str:
    """Return a token as it can be read: white space visible, part of a character as bytes."""
    if not text:
        return f"<{' '.join(data[i : i + 2].upper() for i in range(0, len(data), 2))}>"
    return (
        text.replace(" ", "␣").replace("\n", "⏎").replace("\t", "⇥").replace("\r", "␍")
    ).translate(_SHOWN)


def hear_all(events: Generator[Event, None, None], hear: Callable[[Event], object]) -> None:
    """Hear every event of a job. Ctrl+C, at whatever moment, ends the job in its own way."""
    try:
        for event in events:
            hear(event)
    except KeyboardInterrupt:
        with contextlib.suppress(StopIteration):
            hear(events.throw(KeyboardInterrupt))
