"""`inkglass write`: continue a text, and show what each token was chosen from."""

from __future__ import annotations

import argparse
import secrets
import sys
from typing import TYPE_CHECKING

from models.cli.options import add_model_options, add_sampling_options, read_chain
from models.errors import InputError

if TYPE_CHECKING:
    from models.engine import protocol

JSON_CANDIDATES = 20
MOST_CANDIDATES = 100
MOST_TOKENS = 1_000_000
EXIT_CANCELLED = 130


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "write", help="continue a text", description="Continue a text with a local model."
    )
    parser.add_argument(
        "prompt", metavar="PROMPT", help="the text to continue; - reads it from stdin"
    )
    parser.add_argument("--tokens", type=int, default=128, metavar="N", help="at most N tokens")
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
    if not 1 <= args.tokens <= MOST_TOKENS:
        raise InputError(
            f"{args.tokens} tokens cannot be written: give --tokens 1 to {MOST_TOKENS}."
        )
    candidates = args.candidates if args.candidates is not None else JSON_CANDIDATES * args.json
    if not 0 <= candidates <= MOST_CANDIDATES:
        raise InputError(
            f"{candidates} candidates cannot be shown: choose 0 to {MOST_CANDIDATES} of them."
        )
    if "" in args.stop:
        raise InputError("A stop text is empty: give the text to stop at, or leave --stop out.")
    chain = read_chain(args)
    prompt = read_prompt(args.prompt)
    seed = secrets.randbits(32) if args.seed is None else args.seed
    if not 0 <= seed < 1 << 64:
        raise InputError(f"{seed} is not a seed: give a whole number from 0 to 2^64 - 1.")

    from models import operations
    from models.engine import protocol
    from models.engine.blocking import BlockingEngine
    from models.sampling import format_chain

    out = JsonOutput() if args.json else TextOutput(prompt, candidates, seed)
    with BlockingEngine() as engine:
        opened = operations.open_model(
            engine,
            model=args.model,
            context=args.context,
            threads=args.threads,
            gpu_layers=args.gpu_layers,
        )
        out.loaded(opened.loaded, seed, format_chain(chain))
        samplers = operations.open_samplers_folder() if args.sampler or args.chain else None
        events = engine.generate(
            prompt,
            [protocol.Branch(operations.describe_chain(chain), seed)],
            tokens=args.tokens,
            special=args.special,
            chat=args.chat,
            trim=args.trim,
            stop=tuple(args.stop),
            candidates=candidates,
            samplers=samplers,
        )
        outcome: protocol.Outcome | None = None
        try:
            for event in events:
                match event:
                    case protocol.Stepped():
                        out.step(event.step)
                    case protocol.Trimmed():
                        out.trimmed(event)
                    case protocol.Finished():
                        outcome = event.outcome
        finally:
            out.end(outcome)
    return EXIT_CANCELLED if outcome is not None and outcome.reason == "cancelled" else 0


def read_prompt(given: str) -> str:
    """Return the prompt of the command line, or of stdin for "-".

    Raises InputError for bytes that are no UTF-8.
    """
    data = sys.stdin.buffer.read() if given == "-" else given.encode("utf-8", "surrogateescape")
    if not data:
        raise InputError("The prompt is empty: give the text to be continued.")
    return decode_prompt(data)


def decode_prompt(data: bytes) -> str:
    """Return the text of a prompt. Raises InputError for bytes that are no UTF-8."""
    try:
        return data.decode("utf-8")
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

    def loaded(self, loaded: protocol.Loaded, seed: int, chain: str) -> None:
        line = self._to_builtins(loaded)
        del line["job"]
        self._write({**line, "seed": seed, "chain": chain})

    def step(self, step: protocol.Step) -> None:
        self._write(step)

    def trimmed(self, event: protocol.Trimmed) -> None:
        self._write({"event": "trimmed", "forgotten": event.forgotten, "kept": event.kept})

    def end(self, outcome: protocol.Outcome | None) -> None:
        if outcome is not None:
            self._write(outcome)

    def _write(self, line: object) -> None:
        sys.stdout.buffer.write(self._encode(line) + b"\n")
        sys.stdout.buffer.flush()


class TextOutput:
    """The text on stdout; colours, candidates and the closing line where stdout is a terminal."""

    def __init__(self, prompt: str, candidates: int, seed: int) -> None:
        from rich.console import Console

        self._console = Console(highlight=False)
        self._notes = Console(stderr=True, highlight=False)
        self._prompt = prompt
        self._candidates = candidates
        self._seed = seed

    def loaded(self, loaded: protocol.Loaded, seed: int, chain: str) -> None:
        if self._console.is_terminal:
            self._notes.print(f"{loaded.model}, context {loaded.context:,}, {chain}", style="dim")
            self._console.print(self._prompt, end="", style="dim", markup=False, soft_wrap=True)
        if self._candidates:
            self._console.print()

    def step(self, step: protocol.Step) -> None:
        from models.cli.terminal import show_step

        if self._console.is_terminal or self._candidates:
            show_step(self._console, step, self._candidates)
        else:
            sys.stdout.write(step.text)
            sys.stdout.flush()

    def trimmed(self, event: protocol.Trimmed) -> None:
        self._notes.print(
            f"The context was full: the model has forgotten the oldest {event.forgotten:,} tokens "
            f"and sees the last {event.kept:,}.",
            style="dim",
        )

    def end(self, outcome: protocol.Outcome | None) -> None:
        from models.cli.terminal import closing_line

        self._console.print()
        if outcome is not None and self._notes.is_terminal:
            self._notes.print(closing_line(outcome, self._seed), style="dim")
