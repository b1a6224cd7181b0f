"""The commands about conversion: convert, importance, compare."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converters import cli_compare
from models.errors import InputError
from models.folder import expand
from models.quantization_levels import WRITABLE_LEVELS

if TYPE_CHECKING:
    from converters.operations import ImportanceWritten, Measuring, PlannedFile, Progress, Written
    from models.memory_plan import MemoryPlan
    from models.quantization_levels import Reason


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this room's commands to the program's."""
    parser = subparsers.add_parser(
        "convert",
        help="turn a checkpoint into GGUF files, quantized",
        description="Turn a Hugging Face folder or a GGUF file into NAME-LEVEL.gguf. A checkpoint "
        "that AWQ has packed to 4 bits keeps its numbers at level Q4_1; its embedding and its "
        "output follow the level, or --tensor-type. The folder of a LoRA adapter (PEFT) becomes an "
        "adapter for the model that --base names.",
    )
    parser.add_argument(
        "source", metavar="SOURCE", help="a checkpoint's or an adapter's folder, or a .gguf file"
    )
    parser.add_argument(
        "--level",
        action="append",
        default=[],
        dest="levels",
        metavar="L",
        help=f"one of {', '.join(WRITABLE_LEVELS)}; several make several files in one read of "
        "the source (for an "
        "adapter F32, F16 or BF16; F32 if left out)",
    )
    parser.add_argument(
        "--base",
        metavar="MODEL",
        help="the model that an adapter was made for: its folder, a .gguf file or a name of the "
        "library",
    )
    parser.add_argument(
        "--output", default=".", metavar="DIR", help="where the files go (this folder)"
    )
    parser.add_argument(
        "--plan", action="store_true", help="show what would be written and why, and write nothing"
    )
    parser.add_argument(
        "--tensor-type",
        action="append",
        default=[],
        dest="tensor_types",
        metavar="PATTERN=TYPE",
        help="give the tensors whose name has PATTERN in it another type, like attn_v=Q8_0",
    )
    parser.add_argument(
        "--importance", metavar="FILE", help="an importance matrix: what the model uses counts more"
    )
    parser.add_argument(
        "--requantize", action="store_true", help="take a source that is quantized already"
    )
    parser.add_argument("--force", action="store_true", help="replace files that are there")
    parser.add_argument("--threads", type=int, metavar="N", help="processor threads (one a core)")
    parser.add_argument("--json", action="store_true", help="JSON lines, for machines")
    parser.set_defaults(run=run)
    _register_importance(subparsers)
    cli_compare.register(subparsers)


def _register_importance(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "importance",
        help="measure which weights a model uses most, for better quantization",
        description="Let a model read a text like those it will write, and note how much each "
        "column of its weights is used. `inkglass convert --importance` spends its bits "
        "accordingly. Measure with the original, or the highest level that fits.",
    )
    parser.add_argument("model", metavar="MODEL", help="a .gguf file or a name of the library")
    parser.add_argument("--text", required=True, metavar="FILE", help="a text in UTF-8")
    parser.add_argument(
        "--output", metavar="FILE", help="where it goes (MODEL.imatrix.gguf in this folder)"
    )
    parser.add_argument("--chunks", type=int, metavar="N", help="read only the first N chunks")
    parser.add_argument(
        "--context",
        type=int,
        default=512,
        metavar="N",
        help="tokens in a chunk (512)",
    )
    parser.add_argument("--force", action="store_true", help="replace a file that is there")
    parser.add_argument("--threads", type=int, metavar="N", help="processor threads (one a core)")
    parser.add_argument("--json", action="store_true", help="JSON lines, for machines")
    parser.set_defaults(run=run_importance)


def run_importance(args: argparse.Namespace) -> int:
    """Carry out `importance`; returns the exit code. Raises InputError, JobError or Cancelled."""
    from converters import operations
    from models import library

    model = library.find_model(args.model)
    events = operations.collect_importance(
        model=model,
        text=expand(args.text),
        output=expand(f"{model.stem}.imatrix.gguf" if args.output is None else args.output),
        chunks=args.chunks,
        context=args.context,
        threads=args.threads,
        force=args.force,
    )
    with contextlib.closing(events):
        (_print_json_events if args.json else _print_measuring)(events)
    return 0


def run(args: argparse.Namespace) -> int:
    """Carry out the command; returns the exit code. Raises InputError, JobError or Cancelled."""
    from converters import operations
    from converters.lora import is_adapter

    source, output = expand(args.source), expand(args.output)
    importance = None if args.importance is None else expand(args.importance)
    if not source.exists():
        raise InputError(f"There is no {source}: give a checkpoint's folder or a .gguf file.")
    if is_adapter(source):
        _convert_adapter(args, source, output)
        return 0
    if args.base is not None:
        raise InputError(f"--base is for an adapter, and {source} is none: leave it out.")
    if args.plan:
        files = operations.plan_conversion(
            source=source,
            levels=args.levels,
            output=output,
            tensor_types=args.tensor_types,
            importance=importance,
        )
        from converters.operations import advise
        from models.operations import find_devices

        devices = find_devices()
        for file in files:
            (_print_json_plan if args.json else _print_plan)(file, advise(file, devices))
        return 0
    again = args.requantize and any(
        file.plan.requantized
        for file in operations.plan_conversion(
            source=source, levels=args.levels, output=output, tensor_types=args.tensor_types
        )
    )
    events = operations.convert(
        source=source,
        levels=args.levels,
        output=output,
        tensor_types=args.tensor_types,
        importance=importance,
        requantize=args.requantize,
        force=args.force,
        threads=args.threads,
    )
    (_print_json_events if args.json else _print_events)(_warn(events) if again else events)
    return 0


def _warn(events: Iterator[Progress | Written]) -> Iterator[Progress | Written]:
    """Say with the first event, when nothing is refused any more, what the work costs."""
    for number, event in enumerate(events):
        if not number:
            print(
                "Weights that are quantized again lose more than from the original.",
                file=sys.stderr,
            )
        yield event


def _convert_adapter(args: argparse.Namespace, source: Path, output: Path) -> None:
    from converters import operations
    from models import library

    for option, given in {
        "--plan": args.plan,
        "--tensor-type": args.tensor_types,
        "--importance": args.importance,
        "--requantize": args.requantize,
    }.items():
        if given:
            raise InputError(f"{option} is for models, and {source} is an adapter: leave it out.")
    if args.base is None:
        raise InputError(
            f"{source} is a LoRA adapter: give the model that it was made for with --base."
        )
    base = expand(args.base)
    if not base.is_dir():
        base = library.find_model(args.base)
    events = (
        operations.convert_adapter(
            source=source, base=base, output=output, level=level, force=args.force
        )
        for level in dict.fromkeys(args.levels or ["F32"])
    )
    (_print_json_events if args.json else _print_events)(events)


def _print_json_events(
    events: Iterator[Progress | Written] | Iterator[Measuring | ImportanceWritten],
) -> None:
    from dataclasses import asdict

    for event in events:
        values = asdict(event)
        is_written = "file" in values
        if is_written:
            values["file"] = str(values["file"])
        _print_json({"event": "written" if is_written else "progress"} | values)


def _print_measuring(events: Iterator[Measuring | ImportanceWritten]) -> None:
    from rich import progress

    from converters.operations import Measuring
    from models.size import format_size

    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, disable=not sys.stdout.isatty()) as bar:
        task = bar.add_task("loading", total=None, rate="")
        for event in events:
            if isinstance(event, Measuring):
                bar.update(
                    task,
                    description="chunks",
                    completed=event.done_chunks,
                    total=event.total_chunks,
                    rate=f"{event.rate:,.0f} tokens/s" if event.rate else "",
                )
            else:
                bar.console.print(
                    f"{event.file}  {format_size(event.bytes)}, {event.tensors:,} tensors "
                    f"measured on {event.tokens:,} tokens",
                    markup=False,
                    highlight=False,
                    soft_wrap=True,
                )


def _print_events(events: Iterator[Progress | Written]) -> None:
    from rich import progress

    from converters.operations import Progress
    from models.size import format_size

    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.DownloadColumn(),
        progress.TransferSpeedColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, disable=not sys.stdout.isatty()) as bar:
        task = bar.add_task("", total=None)
        for event in events:
            if isinstance(event, Progress):
                bar.update(
                    task,
                    description=event.tensor,
                    completed=event.done_bytes,
                    total=event.total_bytes,
                )
            else:
                bar.console.print(
                    f"{event.file}  {format_size(event.bytes)}, "
                    f"{event.bits_per_weight:.2f} bits a weight",
                    markup=False,
                    highlight=False,
                    soft_wrap=True,
                )


def _print_json_plan(file: PlannedFile, memory: MemoryPlan) -> None:
    _print_json(
        {
            "event": "plan",
            "file": str(file.file),
            "level": file.plan.level,
            "bytes": file.plan.file_bytes,
            "bits_per_weight": file.plan.bits_per_weight,
            "verdict": memory.verdict,
            "sentence": memory.sentence,
            "tensors": [
                {
                    "name": tensor.source.name,
                    "shape": tensor.source.shape,
                    "stored": tensor.source.stored,
                    "type": tensor.type,
                    "reason": tensor.reason,
                    "wanted": tensor.wanted,
                    "bytes": tensor.size_bytes,
                }
                for tensor in file.plan.tensors
            ],
        }
    )


def _print_plan(file: PlannedFile, memory: MemoryPlan) -> None:
    """Print the plan of a file, one line for the tensors of all layers that are treated alike."""
    from models.quantization_levels import order_tensor
    from models.size import format_size

    groups: dict[tuple[str, str, Reason, str], tuple[list[int], int]] = {}
    for tensor in file.plan.tensors:
        layer = order_tensor(tensor.source.name)[0]
        name = tensor.source.name
        name = name if layer < 0 else f"blk.*.{name.split('.', 2)[2]}"
        group = groups.setdefault((name, tensor.type, tensor.reason, tensor.wanted), ([], 0))
        group[0].append(layer)
        groups[name, tensor.type, tensor.reason, tensor.wanted] = (
            group[0],
            group[1] + tensor.size_bytes,
        )
    rows = [
        (name, _format_layers(layers), kind, format_size(size), _explain(reason, wanted))
        for (name, kind, reason, wanted), (layers, size) in groups.items()
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    print(
        f"{file.file}  {format_size(file.plan.file_bytes)}, "
        f"{file.plan.bits_per_weight:.2f} bits a weight: {memory.sentence}"
    )
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print(f"  {'  '.join(cells).rstrip()}")


def _explain(reason: Reason, wanted: str) -> str:
    return {
        "level": "the level's own type",
        "kept": "never quantized: small, and errors would spread",
        "output": "it makes the logits, so it gets more bits",
        "sensitive": "an error costs more here, so the level sets its own type",
        "asked": "asked for with --tensor-type",
        "row": f"its rows do not divide into the blocks of {wanted}",
    }[reason]


def _format_layers(layers: Sequence[int]) -> str:
    """Return layers as a person writes them: 0-3, 6, 28-31."""
    runs: list[list[int]] = []
    for layer in sorted(set(layers)):
        if runs and layer == runs[-1][1] + 1:
            runs[-1][1] = layer
        elif layer >= 0:
            runs.append([layer, layer])
    return ", ".join(f"{a}-{b}" if a < b else str(a) for a, b in runs)


def _print_json(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)
