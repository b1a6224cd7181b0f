"""`inkglass compare`: what each quantization level costs, on a text."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converters.comparison import Comparison


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "compare",
        help="measure what each quantization level costs, on a text",
        description="Read a text on the processor with a reference and with levels of the same "
        "model, and tell how far each level's predictions are from the reference's: KL in nats a "
        "token, how often the most probable token is the same, by how much the probability of the "
        "token that follows changes (Δp RMS). What was read once is remembered, speeds included.",
    )
    parser.add_argument("reference", metavar="REFERENCE", help="an F16, BF16 or Q8_0 .gguf file")
    parser.add_argument("levels", nargs="+", metavar="LEVEL", help="other files of the same model")
    parser.add_argument(
        "--text",
        default="english",
        metavar="FILE",
        help="a text in UTF-8, or one that ships: english (if left out), japanese",
    )
    parser.add_argument(
        "--context", type=int, default=512, metavar="N", help="tokens in a chunk (512)"
    )
    parser.add_argument("--chunks", type=int, metavar="N", help="read only the first N chunks")
    parser.add_argument(
        "--any-reference", action="store_true", help="take a reference of any level"
    )
    parser.add_argument("--again", action="store_true", help="read again what is remembered")
    parser.add_argument("--threads", type=int, metavar="N", help="processor threads (one a core)")
    parser.add_argument(
        "--export", type=Path, metavar="FILE", help="write a report: .md, .html or .json"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object, for machines")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Carry out the command; returns the exit code. Raises InputError, JobError or Cancelled."""
    from rich import progress

    from converters.comparison import Compared, Comparing, Comparison, compare
    from converters.comparison_export import describe, export_comparison
    from converters.comparison_memory import Hashing
    from converters.importance_collection import read_text
    from converters.samples import SAMPLES, read_sample
    from models import library
    from models.folder import expand
    from models.report import check_export

    file = None if args.text in SAMPLES else expand(args.text)
    text = read_sample(args.text) if file is None else read_text(file)
    reference, *levels = map(library.find_model, (args.reference, *args.levels))
    if args.export is not None:
        check_export(args.export, [reference, *levels, *([] if file is None else [file])])
    events = compare(
        reference,
        levels,
        text,
        context=args.context,
        chunks=args.chunks,
        threads=args.threads,
        any_reference=args.any_reference,
        again=args.again,
    )
    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeRemainingColumn(),
    )
    result: Comparison | None = None
    done = remembered = 0
    from models.cli.terminal import open_console

    console = open_console(stderr=True)
    with (
        contextlib.closing(events),
        progress.Progress(*columns, console=console, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task("loading", total=None)
        try:
            for event in events:
                match event:
                    case Hashing():
                        bar.update(
                            task,
                            description="checking the files, MB",
                            completed=event.done // 1_000_000,
                            total=event.total // 1_000_000,
                        )
                    case Comparing():
                        bar.update(
                            task, description=event.file, completed=event.done, total=event.total
                        )
                    case Compared():
                        done, remembered = done + 1, remembered + event.remembered
                    case Comparison():
                        result = event
        except KeyboardInterrupt:
            if done:
                files = "file is" if done == 1 else "files are"
                console.print(
                    f"{done} {files} done and remembered: the same command goes on from there.",
                    soft_wrap=True,
                )
            raise
    assert result is not None
    try:
        if args.export is not None:
            export_comparison(result, args.export)
    finally:  # neither a full disk nor a reader who has gone takes the other
        if args.json:
            import msgspec

            sys.stdout.buffer.write(msgspec.json.encode(describe(result)) + b"\n")
            sys.stdout.buffer.flush()
        else:
            _show(result, remembered)
    return 0


def _show(result: Comparison, remembered: int) -> None:
    from converters.comparison_export import HEADER, describe_rows
    from models.cli.terminal import open_console, print_table

    console = open_console()
    print_table(HEADER, describe_rows(result))
    if result.recommendation is not None:
        console.print(f"\n{result.recommendation.sentence}", soft_wrap=True)
    if remembered:
        console.print(
            f"\nRemembered from before: {remembered} of {1 + len(result.levels)} files; --again "
            "reads them anew.",
            soft_wrap=True,
        )
    if result.text.left_out:
        console.print(
            f"\n{result.text.left_out} chunks of the text were left out: the memory for them is "
            "not free.",
            soft_wrap=True,
        )
