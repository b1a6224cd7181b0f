"""The writing desk in a terminal: write a line, let the model go on, look at what it weighed."""

from __future__ import annotations

import secrets
import sys
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from models import operations
from models.cli.terminal import closing_line, show_step, visible
from models.cli.write import EXIT_CANCELLED, decode_prompt
from models.engine import protocol
from models.engine.blocking import BlockingEngine
from models.errors import InputError, JobError
from models.sampling import DEFAULT_PRESET, PRESETS, format_chain, parse_chain

OPENING = "The lighthouse keeper wound the clock every evening at six, because"
TOKENS = 64
SHOWN = 10

HELP = """\
Write a line and press Enter; press Enter on an empty line, and the model goes on from there.
  /again           another version of what the model wrote last
  /undo            take the last part away, yours or the model's
  /look [N]        the candidates of the last N tokens (1)
  /try CHAIN       what another preset or chain would have chosen, without running the model
  /preset [NAME]   how it writes: {presets}
  /text            the whole text
  /save FILE       write the text into a file
  /quit            leave (Ctrl+D too); Ctrl+C stops the model"""


@dataclass(slots=True)
class Desk:
    """The text on the desk, part by part, and how the model continues it."""

    engine: BlockingEngine
    console: Console
    parts: list[str] = field(default_factory=list)
    steps: list[protocol.Step] = field(default_factory=list)  # of the last continuation
    job: int = 0  # its number in the engine
    by_model: bool = False  # whether the last part is the model's
    preset: str = DEFAULT_PRESET

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def write(self, line: str) -> None:
        """Add the writer's words."""
        joined = self.text
        gap = "" if not joined or joined[-1].isspace() or not line[0].isascii() else " "
        self.parts.append(gap + line)
        self.by_model = False

    def go_on(self) -> protocol.Outcome | None:
        """Let the model continue; what it wrote until a stop or a failure is kept."""
        if not self.text:
            raise InputError("There is no text yet: write a line first.")
        chain = PRESETS[self.preset].settings.chain()
        branch = protocol.Branch(operations.describe_chain(chain), seed := secrets.randbits(32))
        self.steps, written = [], []
        outcome = None
        self.console.print(self.text[-200:], end="", style="dim", markup=False, soft_wrap=True)
        try:
            for event in self.engine.generate(
                self.text, [branch], tokens=TOKENS, trim=True, candidates=SHOWN, keep_logits=True
            ):
                self.job = event.job
                match event:
                    case protocol.Stepped():
                        self.steps.append(event.step)
                        written.append(event.step.text)
                        show_step(self.console, event.step, 0)
                    case protocol.Finished():
                        outcome = event.outcome
        finally:
            self.console.print()
            if written:
                self.parts.append("".join(written))
                self.by_model = True
        if outcome is not None:
            self.console.print(closing_line(outcome, seed), style="dim")
        return outcome

    def again(self) -> None:
        """Replace what the model wrote last."""
        if not self.by_model:
            raise InputError("The last words are yours: press Enter to let the model go on.")
        self.undo()
        self.go_on()

    def undo(self) -> None:
        """Take the last part away."""
        if not self.parts:
            raise InputError("There is nothing to take away.")
        self.parts.pop()
        self.steps, self.by_model = [], False

    def look(self, argument: str) -> None:
        """Show what was weighed for the last tokens."""
        if not self.steps:
            raise InputError("There is no token to look into: let the model go on first.")
        if argument and not argument.isdecimal():
            raise InputError(f'"{argument}" is no number of tokens: write /look 3.')
        for step in self.steps[-int(argument or 1) :]:
            show_step(self.console, step, SHOWN)

    def try_other(self, text: str) -> None:
        """Decide the last continuation again, token by token, and show where it would part."""
        if not self.steps or not text:
            raise InputError("Let the model go on first, then write /try and a preset or a chain.")
        chain = PRESETS[text].settings.chain() if text in PRESETS else parse_chain(text)
        stages = operations.describe_chain(chain)
        folder = operations.open_samplers_folder()
        again = [
            self.engine.decide(self.job, step.index, stages, samplers=folder) for step in self.steps
        ]
        pairs = zip(self.steps, again, strict=True)
        others = [(step, other) for step, other in pairs if step.token != other.token]
        same = len(self.steps) - len(others)
        self.console.print(f"{same} of {len(self.steps)} tokens would be the same.")
        for step, other in others:
            was, would = visible(step.text, step.bytes), visible(other.text, other.bytes)
            self.console.print(
                f"  {step.index + 1:3}  {was}  would be  {would}  ({other.probability:.0%})",
                markup=False,
            )

    def choose(self, name: str) -> None:
        """Show the presets, or take one."""
        if name and name not in PRESETS:
            raise InputError(f'There is no preset "{name}": choose {", ".join(PRESETS)}.')
        self.preset = name or self.preset
        for preset in PRESETS.values():
            if not name or preset.id == name:
                mark = "*" if preset.id == self.preset else " "
                chain = format_chain(preset.settings.chain())
                self.console.print(f"{mark} {preset.id:10} {preset.reason}")
                self.console.print(f"{'':13}{chain}", style="dim", markup=False)

    def save(self, name: str) -> None:
        """Write the text into a new file."""
        if not name:
            raise InputError("Where to? Write /save and the name of a file.")
        try:
            with Path(name).expanduser().open("x", encoding="utf-8") as file:
                file.write(self.text + "\n")
        except FileExistsError:
            raise InputError(f"{name} is there already: choose another name.") from None
        except OSError as error:
            raise InputError(f"{name} cannot be written ({error.strerror}).") from None
        self.console.print(f"Saved {len(self.text):,} characters in {name}.", style="dim")

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
            case "/look":
                self.look(argument.strip())
            case "/try":
                self.try_other(argument.strip())
            case "/preset":
                self.choose(argument.strip())
            case "/text":
                self.console.print(self.text, markup=False, soft_wrap=True)
            case "/save":
                self.save(argument.strip())
            case "/quit":
                return False
            case "/help":
                self.console.print(HELP.format(presets=", ".join(PRESETS)), markup=False)
            case _ if command.startswith("/"):
                raise InputError(f"There is no {command}: /help lists what there is.")
            case _:
                self.write(line.rstrip())
        return True


def run() -> int:
    """Open the desk on the starter model; returns the exit code.

    Without a terminal to ask, it continues what stdin holds, or an opening of its own, and ends.
    """
    console = Console(highlight=False)
    with BlockingEngine() as engine:
        opened = operations.open_model(engine)
        desk = Desk(engine, console)
        if not sys.stdin.isatty():
            desk.write(decode_prompt(sys.stdin.buffer.read()).strip() or OPENING)
            outcome = desk.go_on()
            return EXIT_CANCELLED if outcome and outcome.reason == "cancelled" else 0
        console.print(f"[bold]{opened.loaded.model}[/bold], {opened.plan.sentence}. /help helps.")
        while True:
            try:
                line = console.input("[bold blue]›[/bold blue] ")
                if not desk.obey(line):
                    return 0
            except EOFError:
                return 0
            except KeyboardInterrupt:
                console.print()
            except (InputError, JobError) as error:
                console.print(str(error), style="yellow", markup=False)
            except Exception:
                console.print(desk.text, markup=False, soft_wrap=True)  # it must not be lost
                raise
