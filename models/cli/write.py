"""`inkglass write`: continue a text, and show what each token was chosen from."""

from __future__ import annotations

import argparse
import math
import secrets
import sys
from typing import TYPE_CHECKING

from models.cli.options import (
    add_model_options,
    add_sampling_options,
    open_chosen_model,
    read_chain,
)
from models.errors import Cancelled, InputError, SamplerError

if TYPE_CHECKING:
    from models.engine import protocol

JSON_CANDIDATES = 20
EXIT_CANCELLED = 130


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "write", help="continue a text", description="Continue a text with a local model."
    )
    parser.add_argument(
        "prompt", metavar="PROMPT", help="the text to continue; - reads it from stdin"
    )
    parser.add_argument(
        "--tokens", type=int, default=128, metavar="N", help="at most N tokens (128)"
    )
    parser.add_argument("--seed", type=int, metavar="N", help="the same seed gives the same text")
    parser.add_argument(
        "--stop", action="append", default=[], metavar="TEXT", help="end before TEXT"
    )
    parser.add_argument(
        "--special",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="BOS and the like, as the model's vocabulary asks",
    )
    parser.add_argument(
        "--chat", action="store_true", help="send the text as a message to a chat model"
    )
    parser.add_argument(
        "--trim",
        action="store_true",
        help="a prompt longer than the context loses its oldest part, a quarter context at a time",
    )
    parser.add_argument(
        "--candidates", type=int, metavar="N", help="show the N most probable tokens of each step"
    )
    parser.add_argument("--json", action="store_true", help="JSON lines, for machines")
    add_model_options(parser)
    add_sampling_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Carry out the command; returns the exit code. Raises InputError, JobError or SamplerError."""
    from models import operations
    from models.cli.terminal import unechoed_keys
    from models.engine import protocol
    from models.engine.blocking import open_engine
    from models.sampling import format_chain

    chain = read_chain(args)
    seed = secrets.randbits(32) if args.seed is None else args.seed
    candidates = args.candidates if args.candidates is not None else JSON_CANDIDATES * args.json
    stop = tuple(args.stop)
    operations.check_writing(
        chain=chain, seed=seed, tokens=args.tokens, stop=stop, candidates=candidates
    )
    prompt = read_prompt(args.prompt)
    out = JsonOutput() if args.json else TextOutput(prompt, candidates, seed)
    with open_engine() as engine, unechoed_keys():
        outcome: protocol.Outcome | None = None
        try:
            opened = open_chosen_model(engine, args, out.loading)
            out.loaded(opened.loaded, seed, format_chain(chain))
            for event in operations.write(
                engine,
                prompt,
                chain=chain,
                seed=seed,
                tokens=args.tokens,
                special=args.special,
                chat=args.chat,
                trim=args.trim,
                stop=stop,
                candidates=candidates,
            ):
                match event:
                    case protocol.Reading():
                        out.reading(event)
                    case protocol.Stepped():
                        out.step(event.step)
                    case protocol.Trimmed():
                        out.trimmed(event)
                    case protocol.Finished():
                        outcome = event.outcome
        except (Cancelled, KeyboardInterrupt):
            if outcome is None:
                out.cancelled()
            raise
        except SamplerError as error:
            what = str(error).partition(" Mend ")[0]
            raise SamplerError(
                f"{what} Mend the file and run it again: what was written by then stands above.",
                traceback=error.traceback,
            ) from None
        finally:
            out.end(outcome)
    return EXIT_CANCELLED if outcome is not None and outcome.reason == "cancelled" else 0


def read_prompt(given: str) -> str:
    """Return the prompt of the command line, or of stdin for "-".

    Raises InputError for bytes that are no UTF-8.
    """
    if given == "-" and sys.stdin.isatty():
        print("Write the text here; Ctrl+D on an empty line ends it.", file=sys.stderr)
    data = sys.stdin.buffer.read() if given == "-" else given.encode("utf-8", "surrogateescape")
    if not data:
        raise InputError("The prompt is empty: give the text to be continued.")
    return decode_prompt(data)


def decode_prompt(data: bytes) -> str:
    """Return the text of a prompt. Raises InputError for bytes that are no UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"The prompt is not UTF-8 (byte {error.start + 1}): save the text as UTF-8 and "
            "give it again."
        ) from None


class JsonOutput:
    """JSON lines on stdout: loaded, a step a token, finished."""

    def __init__(self) -> None:
        import msgspec

        self._encode = msgspec.json.encode
        self._to_builtins = msgspec.to_builtins

    def loading(self, part: float) -> None:
        pass

    def loaded(self, loaded: protocol.Loaded, seed: int, chain: str) -> None:
        line = self._to_builtins(loaded)
        del line["job"]
        self._write({**line, "seed": seed, "chain": chain})

    def reading(self, event: protocol.Reading) -> None:
        pass

    def step(self, step: protocol.Step) -> None:
        self._write(step)

    def trimmed(self, event: protocol.Trimmed) -> None:
        self._write({"event": "trimmed", "forgotten": event.forgotten, "kept": event.kept})

    def end(self, outcome: protocol.Outcome | None) -> None:
        if outcome is not None:
            self._write(outcome)

    def cancelled(self) -> None:
        """End before there was anything to continue."""
        from models.engine.protocol import Outcome

        self.end(Outcome("cancelled", 0, 0.0, 0.0, 0, 0))

    def _write(self, line: object) -> None:
        sys.stdout.buffer.write(self._encode(line) + b"\n")
        sys.stdout.buffer.flush()


class TextOutput:
    """The text on stdout; colours, candidates and the closing line where stdout is a terminal."""

    def __init__(self, prompt: str, candidates: int, seed: int) -> None:
        from models.cli.terminal import Page, open_console

        self._console, self._notes = open_console(), open_console(stderr=True)
        self._page = Page(self._console, self._notes, lead=prompt)
        self._candidates = candidates
        self._seed = seed

    def loading(self, part: float) -> None:
        self._page.wait(f"Loading the model: {part:.0%}")

    def loaded(self, loaded: protocol.Loaded, seed: int, chain: str) -> None:
        if self._console.is_terminal:
            self._page.note(f"{loaded.model}, context {loaded.context:,}, {chain}")

    def reading(self, event: protocol.Reading) -> None:
        self._page.wait(f"Reading the text: {event.done:,} of {event.total:,} tokens")

    def step(self, step: protocol.Step) -> None:
        from models.cli.terminal import heat_style, show_candidates

        if self._candidates:
            self._page.end()
            show_candidates(self._console, step)
        else:
            self._page.add(step.text, heat_style(math.exp(step.logprob)))

    def trimmed(self, event: protocol.Trimmed) -> None:
        from models.cli.terminal import describe_trim

        self._page.note(describe_trim(event))

    def cancelled(self) -> None:
        pass

    def end(self, outcome: protocol.Outcome | None) -> None:
        from models.cli.terminal import closing_line

        self._page.end()
        if outcome is not None and self._notes.is_terminal:
            self._notes.print(closing_line(outcome, self._seed), style="dim")
