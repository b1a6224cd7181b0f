"""`inkglass strategies`: one prompt under several settings, decoded together."""

from __future__ import annotations

import argparse
import math
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from models.cli.options import add_model_options, find_model_files, open_chosen_model
from models.cli.write import EXIT_CANCELLED, JSON_CANDIDATES, read_prompt

if TYPE_CHECKING:
    from models.strategies import StrategiesResult


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "strategies",
        help="continue a text under several settings at once",
        description="Continue one text under up to eight settings, decoded together, and tell how "
        "the texts differ.",
    )
    parser.add_argument(
        "prompt", metavar="PROMPT", help="the text to continue; - reads it from stdin"
    )
    parser.add_argument(
        "--strategy",
        action="append",
        default=[],
        dest="strategies",
        metavar="S",
        help="greedy, a preset's name, stages in their order like temperature=1.4,top-p=0.9, a "
        "chain like 'top-k 40 > temperature 0.7', or a sampler's file; eight well-known ones if "
        "left out",
    )
    parser.add_argument("--tokens", type=int, default=64, metavar="N", help="at most N tokens (64)")
    parser.add_argument("--seed", type=int, metavar="N", help="of the first run of each strategy")
    parser.add_argument(
        "--seeds", type=int, default=1, metavar="N", help="run each strategy N times (1)"
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
        "--export", type=Path, metavar="FILE", help="write a report: .md, .html or .json"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object, for machines")
    add_model_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Carry out the command; returns the exit code. Raises InputError, JobError or SamplerError."""
    from models import operations
    from models.cli.terminal import Page, hear_all, open_console, unechoed_keys
    from models.engine import protocol
    from models.engine.blocking import open_engine
    from models.report import check_export
    from models.strategies import (
        STANDARD,
        RunStepped,
        StrategiesResult,
        Told,
        make_strategies,
        run_strategies,
    )

    seed = secrets.randbits(32) if args.seed is None else args.seed
    strategies = make_strategies(args.strategies or STANDARD, seed=seed, seeds=args.seeds)
    for strategy in strategies:
        operations.check_writing(chain=strategy.chain, seed=strategy.seed, tokens=args.tokens)
    if args.export is not None:
        check_export(args.export, find_model_files(args))
    prompt = read_prompt(args.prompt)
    page = Page(open_console(), open_console(stderr=True))
    result: StrategiesResult | None = None
    taken = 0

    def hear(event: Told) -> None:
        nonlocal result, taken
        match event:
            case protocol.Reading():
                page.wait(f"Reading the text: {event.done:,} of {event.total:,} tokens")
            case StrategiesResult():
                result = event
            case RunStepped():
                taken += 1
                page.wait(f"{taken:,} tokens of {len(strategies)} runs")

    with open_engine() as engine, unechoed_keys():
        open_chosen_model(engine, args, lambda part: page.wait(f"Loading the model: {part:.0%}"))
        events = run_strategies(
            engine,
            prompt,
            strategies,
            tokens=args.tokens,
            special=args.special,
            chat=args.chat,
            candidates=JSON_CANDIDATES,
        )
        try:
            hear_all(events, hear)
        finally:
            page.end()
            if result is not None:
                _print_result(result, as_json=args.json, export=args.export)
    return EXIT_CANCELLED if result is None or result.cancelled else 0


def _print_result(result: StrategiesResult, *, as_json: bool, export: Path | None) -> None:
    """Print what came of it, and write the report that is wanted."""
    from models.strategies_export import describe_result, export_strategies

    try:
        if export is not None and any(run.steps for run in result.runs):
            export_strategies(result, export)
    finally:  # neither a full disk nor a reader who has gone takes the other
        if as_json:
            import msgspec

            sys.stdout.buffer.write(msgspec.json.encode(describe_result(result)) + b"\n")
            sys.stdout.buffer.flush()
        else:
            _show(result)


def _show(result: StrategiesResult) -> None:
    """Print the texts one below another, the tokens where they part underlined, and figures."""
    from rich.text import Text

    from models.cli.terminal import heat_style, open_console, print_table, show_controls
    from models.strategies_export import describe_figures, describe_setting

    console = open_console()
    for number, (run, parting) in enumerate(zip(result.runs, result.partings, strict=True)):
        where = "" if parting is None else f"   parts from the first at token {parting + 1}"
        console.print(Text(run.strategy.name, style="bold") + Text(where, style="dim"))
        text = Text()
        marked = result.find_marked(number)
        for index, step in enumerate(run.steps):
            style = heat_style(math.exp(step.logprob))
            text.append(
                show_controls(step.text), f"{style} underline bold" if index in marked else style
            )
        console.print(text if console.is_terminal else run.text, soft_wrap=not console.is_terminal)
        console.print()
    names = ("strategy", "tokens", "distinct-2", "repeated", "log-probability", "entropy")
    print_table(names, [describe_figures(run) for run in result.runs])
    console.print(f"\n{describe_setting(result)}", soft_wrap=True)
