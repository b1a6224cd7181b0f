"""The writing desk in a terminal: write a line, let the model go on, look at what it weighed."""

from __future__ import annotations

import argparse
import contextlib
import itertools
import math
import secrets
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from models import operations
from models.cli.options import open_chosen_model, read_chain
from models.cli.terminal import (
    Page,
    closing_line,
    describe_trim,
    heat_style,
    open_console,
    show_candidates,
    show_differences,
    unechoed_keys,
)
from models.cli.text_file import keep_text, read_file, write_text
from models.cli.write import EXIT_CANCELLED, decode_prompt
from models.engine import protocol
from models.engine.blocking import BlockingEngine, open_engine
from models.errors import Cancelled, InputError, JobError
from models.folder import expand
from models.sampling import PRESETS, Chain, format_chain, parse_chain
from models.whole_file import Fingerprint

OPENING = "The lighthouse keeper wound the clock every evening at six, because"
LEAD = 200  # characters of the text that are shown again before the model's
SHOWN = 10
SEEDS = 1 << 64

HELP = (
    ("Enter", "on an empty line: the model goes on; Ctrl+C stops it"),
    ("/again", "another version of what the model wrote last"),
    ("/undo", "take the last part away, yours or the model's"),
    ("/paragraph", "end the paragraph"),
    ("/look [N]", "what the last N tokens were chosen from (1)"),
    ("/try CHAIN", "what another preset or chain would have chosen, without running the model"),
    ("/preset [NAME]", f"how it writes: {', '.join(PRESETS)}"),
    ("/chain [TEXT]", "how it writes, stage by stage: top-k 40 > top-p 0.9 > temperature 0.7"),
    ("/model NAME", "load another model: a .gguf file or a name of the library"),
    ("/tokens N", "how many tokens it writes at once"),
    ("/text", "the whole text"),
    ("/save [FILE]", "write the text into its file, or into a new one"),
    ("/quit", "leave (Ctrl+D too)"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Words of the writer, or, with steps and the number of their job, of the model."""

    text: str
    steps: tuple[protocol.Step, ...] = ()
    job: int = 0


@dataclass(slots=True)
class Desk:
    """The text on the desk, part by part, and how the model continues it."""

    engine: BlockingEngine
    console: Console
    notes: Console
    chain: Chain
    tokens: int
    seeds: Iterator[int]
    args: argparse.Namespace  # what the model is opened with
    file: Path | None = None
    on_disk: Fingerprint | None = None  # what the file was when the writer last knew of it
    parts: list[Part] = field(default_factory=list)
    saved: str = ""

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def written(self) -> Part | None:
        """What the model wrote last, and is still there."""
        return next((part for part in reversed(self.parts) if part.steps), None)

    def open(self, name: str) -> None:
        """Take the text of a file; one that is not there is made by saving."""
        self.file = expand(name)
        data, self.on_disk = read_file(self.file)
        text = decode_prompt(data).removesuffix("\n")
        self.parts, self.saved = [Part(text)] if text else [], text

    def open_model(self, **choice: object) -> None:
        """Load the model of the options, or with `choice` in their place, and say what it is."""
        args = argparse.Namespace(**vars(self.args) | choice)
        page = Page(self.console, self.notes)
        try:
            opened = open_chosen_model(
                self.engine, args, lambda part: page.wait(f"Loading the model: {part:.0%}")
            )
        finally:
            page.end()
        if sys.stdin.isatty():
            name = Text(opened.loaded.model, style="bold")
            self.console.print(name.append(f", {opened.plan.sentence}.", style="not bold"))

    def change_model(self, name: str) -> None:
        """Load another model; a load that is stopped leaves none, for the first one had to go."""
        try:
            self.open_model(model=name, adapters=[])
        except (Cancelled, KeyboardInterrupt):
            if self.engine.loaded is not None:
                raise
            self.console.print("\nNo model is loaded: /model and a name loads one.", style="yellow")

    def write(self, line: str) -> None:
        """Add the writer's words, after a space where one belongs."""
        before = self.text[-1:]
        joins = not before or before.isspace() or line[0].isspace() or line[0] in ",.;:!?)]}’”…"
        wide = cell_len(before) == 2 or cell_len(line[0]) == 2
        self.parts.append(Part(line if joins or wide else f" {line}"))

    def go_on(self) -> protocol.Outcome | None:
        """Let the model continue; what it wrote until a stop or a failure is kept."""
        text, seed = self.text, next(self.seeds)
        if not text:
            raise InputError("There is no text yet: write a line first.")
        steps: list[protocol.Step] = []
        trims: list[protocol.Trimmed] = []
        job, outcome = 0, None
        page = Page(self.console, self.notes, lead=text[-LEAD:])
        if not self.console.is_terminal:
            page.add(text)
        try:
            with unechoed_keys():
                for event in operations.write(
                    self.engine,
                    text,
                    chain=self.chain,
                    seed=seed,
                    tokens=self.tokens,
                    trim=True,
                    candidates=SHOWN,
                    keep_logits=True,
                ):
                    job = event.job
                    match event:
                        case protocol.Reading():
                            page.wait(f"Reading: {event.done:,} of {event.total:,} tokens")
                        case protocol.Trimmed():
                            trims.append(event)
                        case protocol.Stepped():
                            steps.append(event.step)
                            page.add(event.step.text, heat_style(math.exp(event.step.logprob)))
                        case protocol.Finished():
                            outcome = event.outcome
        finally:
            page.end()
            if written := "".join(step.text for step in steps):
                self.parts.append(Part(written, tuple(steps), job))
        for event in trims[-1:]:
            page.note(describe_trim(event))
        if outcome is not None:
            self.console.print(closing_line(outcome, seed), style="dim")
        return outcome

    def again(self) -> None:
        """Replace what the model wrote last; it stays if nothing comes in its place."""
        if not self.parts or not self.parts[-1].steps:
            raise InputError("The last words are yours: press Enter to let the model go on.")
        before, left = self.parts.pop(), len(self.parts)
        try:
            self.go_on()
        finally:
            if len(self.parts) == left:
                self.parts.append(before)

    def undo(self) -> None:
        """Take the last part away."""
        if not self.parts:
            raise InputError("There is nothing to take away.")
        taken = self.parts.pop().text
        left = f"The text ends: {_end(self.text)}" if self.text else "The text is empty."
        self.console.print(f"Taken away: {_end(taken)}\n{left}", style="dim")

    def look(self, argument: str) -> None:
        """Show what was weighed for the last tokens."""
        if self.written is None:
            raise InputError("There is no token to look into: let the model go on first.")
        for step in self.written.steps[-_read_number(argument or "1", "/look 3") :]:
            show_candidates(self.console, step)

    def try_other(self, text: str) -> None:
        """Decide the last continuation again, token by token, and show where it would part."""
        if self.written is None:
            raise InputError("There is nothing to try it on: let the model go on first.")
        if not text:
            raise InputError("What shall be tried? Write /try and a preset or a chain: /try story.")
        chain, steps = _read_chain(text), self.written.steps
        stages = operations.describe_chain(chain)
        folder = operations.open_samplers_folder()
        again: list[protocol.Step] = []
        for step in reversed(steps):  # the oldest are the first whose logits are given up
            try:
                other = self.engine.decide(self.written.job, step.index, stages, samplers=folder)
            except InputError:
                if not again:
                    raise
                break
            again.insert(0, other)
        show_differences(self.console, steps, again)

    def choose(self, name: str) -> None:
        """Show the presets, or take one."""
        if name:
            if name not in PRESETS:
                raise InputError(f'There is no preset "{name}": choose {", ".join(PRESETS)}.')
            self.chain = PRESETS[name].settings.chain()
        table = Table.grid(padding=(0, 1))
        for preset in PRESETS.values():
            chain = preset.settings.chain()
            if not name or preset.id == name:
                shown = Text(preset.reason).append(f"\n{format_chain(chain)}", style="dim")
                table.add_row("*" if chain == self.chain else " ", preset.id, shown)
        self.console.print(table)

    def choose_chain(self, text: str) -> None:
        """Show the chain, or take another."""
        if text:
            chain = _read_chain(text)
            operations.check_writing(chain=chain, seed=0, tokens=self.tokens)
            self.chain = chain
        self.console.print(format_chain(self.chain) or "no stage", style="dim")

    def set_tokens(self, argument: str) -> None:
        """Take how many tokens the model writes at once."""
        tokens = _read_number(argument, "/tokens 64")
        operations.check_writing(chain=self.chain, seed=0, tokens=tokens)
        self.tokens = tokens

    def save(self, name: str) -> None:
        """Write the text into its file, or into a new one, which then is its file."""
        path = expand(name) if name else self.file
        if path is None:
            raise InputError("Where to? Write /save and the name of a file.")
        if path != self.file and path.exists():
            raise InputError(f"{path} is there already: choose another name.")
        _, found = read_file(path)
        if found and not (self.on_disk and found.sha256 == self.on_disk.sha256):
            self.on_disk = found
            raise InputError(
                f"{path} was changed by another program: /save again replaces it, /save and "
                "another name keeps both."
            )
        self.on_disk = write_text(path, self.text)
        self.file, self.saved = path, self.text
        self.console.print(f"Saved {len(self.text):,} characters in {path}.", style="dim")

    def keep(self) -> None:
        """Save what would be lost on leaving, in the documents folder."""
        if self.text and self.text != self.saved:
            path = keep_text(self.text)
            with contextlib.suppress(OSError):  # the terminal may be what has gone
                print(f"The text is kept in {path}")

    def obey(self, line: str) -> bool:
        """Carry out one line; returns False when the writer leaves."""
        command, _, argument = line.strip().partition(" ")
        match command:
            case "":
                self.go_on()
            case "/again":
                self.again()
            case "/undo":
                self.undo()
            case "/paragraph":
                self.parts.append(Part("\n\n"))
            case "/look":
                self.look(argument.strip())
            case "/try":
                self.try_other(argument.strip())
            case "/preset":
                self.choose(argument.strip())
            case "/chain":
                self.choose_chain(argument.strip())
            case "/model":
                if not argument.strip():
                    raise InputError("Which model? Write /model and a file or a name.")
                self.change_model(argument.strip())
            case "/tokens":
                self.set_tokens(argument.strip())
            case "/text":
                page = Page(self.console, self.notes)
                page.add(self.text)
                page.end()
            case "/save":
                self.save(argument.strip())
            case "/quit":
                return False
            case "/help":
                table = Table.grid(padding=(0, 2))
                for row in HELP:
                    table.add_row(*row)
                self.console.print("Write a line and press Enter; the text grows line by line.")
                self.console.print(table)
            case _ if command.startswith("/"):
                raise InputError(f"There is no {command}: /help lists what there is.")
            case _:
                self.write(line.rstrip())
        return True


def run(args: argparse.Namespace) -> int:
    """Open the desk; returns the exit code.

    Without a terminal to ask, it continues what stdin holds, or an opening of its own, and ends.
    """
    console, notes = open_console(), open_console(stderr=True)
    chain = read_chain(args)
    seed = secrets.randbits(32) if args.seed is None else args.seed
    operations.check_writing(chain=chain, seed=seed, tokens=args.tokens)
    seeds = (number % SEEDS for number in itertools.count(seed))
    with open_engine() as engine:
        desk = Desk(engine, console, notes, chain, args.tokens, seeds, args)
        if args.file is not None:
            desk.open(args.file)
        desk.open_model()
        if not sys.stdin.isatty():
            if given := decode_prompt(sys.stdin.buffer.read()).strip():
                desk.write(given)
            elif not desk.text:
                desk.write(OPENING)
            outcome = desk.go_on()
            return EXIT_CANCELLED if outcome and outcome.reason == "cancelled" else 0
        console.print("/help helps.", style="dim")
        if desk.text:
            console.print(f"The text ends: {_end(desk.text)}", style="dim")
        _leave_on_hangup()
        try:
            _sit(desk)
        finally:
            desk.keep()
    return 0


def _sit(desk: Desk) -> None:
    """Obey line by line, until the writer leaves."""
    with contextlib.suppress(ImportError):  # line editing, where there is readline
        import readline  # noqa: F401
    # What is between \1 and \2 has no width: readline counts the rest when it moves the cursor.
    prompt = "\001\033[1;34m\002›\001\033[0m\002 " if desk.console.color_system else "› "
    while True:
        try:
            line = input(prompt).encode("utf-8", "surrogateescape")
            if not desk.obey(decode_prompt(line)):
                return
        except EOFError:
            desk.console.print()
            return
        except (Cancelled, KeyboardInterrupt):
            desk.console.print()
        except (InputError, JobError) as error:
            desk.console.print(str(error), style="yellow")


def _leave_on_hangup() -> None:
    """End as on an error when the terminal is closed, so that the text is kept."""
    for name in ("SIGHUP", "SIGTERM"):
        if number := getattr(signal, name, None):
            signal.signal(number, lambda number, _: sys.exit(128 + number))


def _read_chain(text: str) -> Chain:
    return PRESETS[text].settings.chain() if text in PRESETS else parse_chain(text)


def _read_number(text: str, example: str) -> int:
    if not (text.isdecimal() and int(text)):
        raise InputError(f'"{text}" is no number of tokens: write {example}.')
    return int(text)


def _end(text: str) -> str:
    """Return the last words of a text, on one line."""
    shown = text.replace("\n", "⏎")
    return shown if len(shown) <= 60 else f"…{shown[-60:]}"
