"""`inkglass ask`: how often models are right, over temperatures."""

from __future__ import annotations

import argparse
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from models.cli.options import add_model_options
from models.cli.write import EXIT_CANCELLED

if TYPE_CHECKING:
    from models.questions.question_file import Question
    from models.questions.results import Report


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "ask",
        help="ask questions, and count the right answers",
        description="Ask models questions at several temperatures, and count the right answers. "
        "An answer is right when an accepted one stands in its first line as whole words; case, "
        "punctuation and full or half width do not count.",
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        help='JSON lines {"question": ..., "answers": [...], "choices": [4 or none]}, plain text '
        "with Q: and A: lines, a table with tabs, or one of the sets english and japanese",
    )
    parser.add_argument(
        "--temperature",
        action="extend",
        type=_read_temperatures,
        dest="temperatures",
        metavar="T",
        help="one or more with commas; may be given several times (0.2,0.7,1.4)",
    )
    parser.add_argument(
        "--repeats",
        type=int,
        default=5,
        metavar="N",
        help="answers to each question at each temperature, one at temperature 0 (5)",
    )
    parser.add_argument("--seed", type=int, metavar="N", help="the same seed gives the same result")
    parser.add_argument(
        "--tokens", type=int, default=32, metavar="N", help="an answer has at most N tokens (32)"
    )
    parser.add_argument(
        "--show-prompt", action="store_true", help="show how the first question is put, and end"
    )
    parser.add_argument(
        "--export", type=Path, metavar="FILE", help="write a report: .md, .html or .json"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object, for machines")
    add_model_options(parser, several=True)
    parser.set_defaults(run=run)


def _read_temperatures(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no temperature, like 0.7") from None


def run(args: argparse.Namespace) -> int:
    """Carry out the command; returns the exit code. Raises InputError or JobError."""
    from models.cli.terminal import Page, hear_all, open_console, unechoed_keys
    from models.engine.blocking import open_engine
    from models.folder import expand
    from models.questions.asking import (
        DEFAULT_TEMPERATURES,
        Answered,
        Asking,
        Opening,
        Told,
        ask,
        check_asking,
        name_models,
    )
    from models.questions.question_file import read_questions
    from models.questions.results import Report
    from models.report import check_export

    seed = secrets.randbits(32) if args.seed is None else args.seed
    temperatures = args.temperatures or DEFAULT_TEMPERATURES
    models = args.model or [None]
    questions = read_questions(args.file)
    check_asking(
        questions, temperatures=temperatures, repeats=args.repeats, seed=seed, tokens=args.tokens
    )
    if args.export is not None:
        check_export(args.export, [expand(args.file), *name_models(models)])
    if args.show_prompt:
        _show_prompts(questions[0], list(name_models(models)))
        return 0
    page = Page(open_console(), open_console(stderr=True))
    right = asked = 0
    report: Report | None = None

    def hear(event: Told) -> None:
        nonlocal asked, right, report
        match event:
            case Opening():
                page.wait(f"Loading {event.model}")
            case Answered():
                asked, right = asked + 1, right + event.answer.correct
            case Asking():
                page.wait(
                    f"{event.model}: {event.done / event.total:.0%}, "
                    f"{right} of {asked} answers right"
                )
            case Report():
                report = event

    with open_engine() as engine, unechoed_keys():
        events = ask(
            engine,
            questions,
            seed=seed,
            models=models,
            temperatures=temperatures,
            repeats=args.repeats,
            tokens=args.tokens,
            context=args.context,
            threads=args.threads,
            gpu_layers=args.gpu_layers,
        )
        try:
            hear_all(events, hear)
        finally:
            page.end()
            if report is not None:
                _print_report(report, as_json=args.json, export=args.export)
    return EXIT_CANCELLED if report is None or report.cancelled else 0


def _show_prompts(question: Question, models: list[Path]) -> None:
    """Print how a question is put to each model."""
    from models.cli.terminal import open_console, show_controls
    from models.gguf_file import summarize
    from models.questions.prompts import build_prompt

    console = open_console()
    for path in models:
        chat = summarize(path).has_chat_template
        prompt = build_prompt(question, chat=chat)
        how = "a message, through the chat template" if chat else "a text to be continued"
        console.print(f"{path.stem}: {how}\n", style="bold")
        console.print(show_controls(prompt.text), soft_wrap=True)
        if chat and question.choices:
            console.print("\nIts choices are weighed behind this text\n", style="bold")
            console.print(show_controls(build_prompt(question, chat=False).text), soft_wrap=True)


def _print_report(report: Report, *, as_json: bool, export: Path | None) -> None:
    """Print the figures, or the whole report as JSON, and write the report that is wanted."""
    from models.questions.export import describe_report, export_report

    try:
        if export is not None and (report.answers or report.weighings):
            export_report(report, export)
    finally:  # neither a full disk nor a reader who has gone takes the other
        if as_json:
            import msgspec

            sys.stdout.buffer.write(msgspec.json.encode(describe_report(report)) + b"\n")
            sys.stdout.buffer.flush()
        else:
            _print_tables(report)


def _print_tables(report: Report) -> None:
    from models.cli.terminal import open_console, print_table
    from models.questions.export import (
        CHOICE_NAMES,
        ROW_NAMES,
        describe_choice_rows,
        describe_rows,
        describe_setting,
    )

    console = open_console()
    console.print(describe_setting(report), soft_wrap=True)
    console.print()
    print_table(ROW_NAMES, describe_rows(report))
    if report.choice_rows:
        console.print("\nThe most probable of four choices")
        print_table(CHOICE_NAMES, describe_choice_rows(report))
