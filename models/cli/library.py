"""`inkglass models`: list, get, inspect, remove and add models."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from models import library
from models.catalogue import KNOWN_MODELS
from models.controls import escape_controls
from models.folder import find_folders
from models.gguf_file import GgufSummary, check_generates_text
from models.gguf_header import Array, ModelFileError, Value, format_value, read_header
from models.size import format_size

if TYPE_CHECKING:
    from models.download import Progress


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `models` and its sub-commands; each sets `run`, a function of the arguments."""
    models = subparsers.add_parser("models", help="the library: list, get, inspect, remove, add")
    commands = models.add_subparsers(dest="models_command", required=True, metavar="COMMAND")

    def add(
        name: str, run: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
        parser.add_argument("--json", action="store_true", help="print JSON, for machines")
        parser.set_defaults(run=run)
        return parser

    add("list", run_list, "show the models that are here, and those that can be fetched")
    get = add("get", run_get, "fetch a model of the catalogue into the models folder")
    get.add_argument("model", metavar="MODEL", help="its id, such as mistral-7b-v0.1")
    get.add_argument("--level", metavar="LEVEL", help="its quantization level, such as Q4_K_M")
    inspect = add("inspect", run_inspect, "show what a model file holds and what it needs")
    inspect.add_argument("model", metavar="MODEL", help="a name of the list, or a path")
    inspect.add_argument(
        "--context", type=int, metavar="N", help="plan the memory for a context of N tokens"
    )
    remove = add("remove", run_remove, "delete a model, or forget one that was added by its path")
    remove.add_argument("model", metavar="MODEL", help="a name of the list, or a path")
    link = add("add", run_add, "add a model file that stays where it is")
    link.add_argument("path", metavar="PATH", help="the .gguf file")


def run_list(arguments: argparse.Namespace) -> int:
    """Show the library and the catalogue."""
    models = library.list_models()
    if arguments.json:
        _print_json(
            {
                "folder": str(find_folders().models),
                "models": [_describe_model(model) for model in models],
                "catalogue": [
                    {
                        "id": known.id,
                        "name": known.name,
                        "parameters": known.parameter_count,
                        "licence": known.licence,
                        "context_length": known.architecture.context,
                        "prompt_style": known.prompt_style,
                        "purpose": known.purpose,
                        "levels": {level: known.sizes()[level] for level in known.levels},
                    }
                    for known in KNOWN_MODELS
                ],
            }
        )
        return 0
    rows = []
    for model in models:
        file = f"{model.path} (linked)" if model.is_link else model.path.name
        if model.summary is None:
            rows.append((file, "", "", "", "", model.problem))
        else:
            summary = model.summary
            rows.append(
                (
                    file,
                    summary.level,
                    f"{summary.bits_per_weight:.2f}",
                    format_size(summary.file_size_bytes),
                    f"{summary.context_length:,}",
                    summary.name,
                )
            )
    _print_table(
        f"Models in {find_folders().models}",
        ("file", "level", "bits a\nweight", "size", "context", "name"),
        rows,
    )
    _print_table(
        "To fetch with `inkglass models get`",
        ("model", "size", "prompt", "licence", "for"),
        [
            (
                known.id,
                format_size(known.sizes()[known.default_level]),
                known.prompt_style,
                known.licence,
                known.purpose,
            )
            for known in KNOWN_MODELS
        ],
    )
    _print_title(f"Samplers of your own in {find_folders().samplers}")
    return 0


def run_get(arguments: argparse.Namespace) -> int:
    """Fetch a model, with a progress bar in a terminal."""
    if arguments.json:
        path = library.get_model(
            model_id=arguments.model,
            level=arguments.level,
            on_progress=lambda progress: _print_json(
                {
                    "event": "progress",
                    "received_bytes": progress.received_bytes,
                    "total_bytes": progress.total_bytes,
                    "bytes_per_second": progress.bytes_per_second,
                },
                indent=None,
            ),
        )
        written = {"event": "written", "file": str(path), "bytes": path.stat().st_size}
        _print_json(written, indent=None)
        return 0
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )
    from rich.progress import Progress as ProgressBar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with ProgressBar(*columns, disable=not sys.stdout.isatty()) as bar:
        task = bar.add_task(arguments.model, total=None)

        def show(progress: "Progress") -> None:
            bar.update(task, completed=progress.received_bytes, total=progress.total_bytes)

        path = library.get_model(model_id=arguments.model, level=arguments.level, on_progress=show)
    print(escape_controls(str(path)))
    return 0


def run_inspect(arguments: argparse.Namespace) -> int:
    """Show the summary of a model, its memory plan, and whether it generates text."""
    from models import operations  # the engine's client with it, which the others do without

    summary = library.inspect_model(name_or_path=arguments.model)
    try:
        check_generates_text(summary)
        problem = ""
    except ModelFileError as error:
        problem = str(error)
    plan = operations.plan_on_machine(summary, operations.find_devices(), arguments.context)
    keys = read_header(summary.path).metadata
    if arguments.json:
        _print_json(
            _describe_summary(summary)
            | {
                "problem": problem,
                "keys": {name: _describe_value(value) for name, value in keys.items()},
                "tensors": [
                    {
                        "name": tensor.name,
                        "shape": tensor.shape,
                        "type": tensor.type,
                        "offset": tensor.offset,
                        "bytes": tensor.size_bytes,
                    }
                    for tensor in summary.tensors
                ],
                "memory": {
                    "context": plan.context,
                    "weights_bytes": plan.weights_bytes,
                    "kv_cache_bytes": plan.kv_cache_bytes,
                    "compute_bytes": plan.compute_bytes,
                    "overhead_bytes": plan.overhead_bytes,
                    "needed_bytes": plan.needed_bytes,
                    "available_bytes": plan.available_bytes,
                    "verdict": plan.verdict,
                    "sentence": plan.sentence,
                },
            }
        )
        return 0
    types: dict[str, int] = {}
    for tensor in summary.tensors:
        types[tensor.type] = types.get(tensor.type, 0) + tensor.size_bytes
    held = sorted(types.items(), key=lambda item: -item[1])
    _print_table(
        str(summary.path),
        ("", ""),
        [
            ("name", summary.name),
            ("licence", summary.licence),
            ("architecture", f"{summary.architecture}, {summary.block_count} blocks"),
            ("parameters", f"{summary.parameter_count:,}"),
            ("level", f"{summary.level}, {summary.bits_per_weight:.2f} bits a weight"),
            ("tensors", ", ".join(f"{name} {format_size(size)}" for name, size in held)),
            ("file", format_size(summary.file_size_bytes)),
            ("trained context", f"{summary.context_length:,} tokens"),
            ("vocabulary", f"{summary.vocabulary_size:,} tokens ({summary.vocabulary_kind})"),
            ("prompt", "chat template" if summary.has_chat_template else "plain text (base)"),
            ("memory", f"{format_size(plan.needed_bytes)} at {plan.context:,} tokens of context"),
            ("", problem or plan.sentence),
        ],
    )
    _print_table("Keys", ("", ""), [(name, format_value(value)) for name, value in keys.items()])
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    """Delete or forget a model."""
    path, was_deleted = library.remove_model(name_or_path=arguments.model)
    if arguments.json:
        _print_json({"removed": str(path), "deleted": was_deleted})
    elif was_deleted:
        print(escape_controls(f"Deleted {path}"))
    else:
        print(escape_controls(f"Forgot the link to {path}; the file was not touched"))
    return 0


def run_add(arguments: argparse.Namespace) -> int:
    """Add a model by its path."""
    path = library.add_link(path=arguments.path)
    if arguments.json:
        _print_json({"added": str(path)})
    else:
        print(escape_controls(f"Added {path}"))
    return 0


def _describe_model(model: library.LibraryModel) -> dict[str, Any]:
    described: dict[str, Any] = {"file": str(model.path), "linked": model.is_link}
    if model.summary is None:
        return described | {"problem": model.problem}
    return described | _describe_summary(model.summary)


def _describe_summary(summary: GgufSummary) -> dict[str, Any]:
    return {
        "file": str(summary.path),
        "name": summary.name,
        "architecture": summary.architecture,
        "licence": summary.licence,
        "parameters": summary.parameter_count,
        "level": summary.level,
        "bits_per_weight": round(summary.bits_per_weight, 4),
        "bytes": summary.file_size_bytes,
        "context_length": summary.context_length,
        "block_count": summary.block_count,
        "embedding_length": summary.embedding_length,
        "feed_forward_length": summary.feed_forward_length,
        "head_count": summary.head_count,
        "head_count_kv": max(summary.head_counts_kv, default=0),
        "key_length": summary.key_length,
        "value_length": summary.value_length,
        "vocabulary_size": summary.vocabulary_size,
        "vocabulary_kind": summary.vocabulary_kind,
        "has_chat_template": summary.has_chat_template,
        "add_bos": summary.add_bos,
        "bos_token_id": summary.bos_token_id,
        "eos_token_id": summary.eos_token_id,
    }


def _describe_value(value: Value) -> object:
    if isinstance(value, Array):
        return {"type": value.type.name.lower(), "length": value.length, "values": value.values}
    return value


def _print_json(value: dict[str, Any], indent: int | None = 1) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=indent), flush=True)


def _print_title(title: str) -> None:
    """Print what the lines below it are; where they are piped, as a comment."""
    print(("" if sys.stdout.isatty() else "# ") + escape_controls(title))


def _print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table in a terminal, and lines of tab-separated fields where it is piped."""
    rows = [[escape_controls(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        if any(columns):
            _print_title(title)
        for row in rows:
            print("\t".join(row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=Text(escape_controls(title)),
        title_justify="left",
        box=box.SIMPLE,
        pad_edge=False,
        show_header=any(columns),
    )
    for column in columns:
        width = {"file": 20, "name": 16}.get(column)
        table.add_column(column, overflow="fold", no_wrap=column == "model", min_width=width)
    for row in rows:  # as Text: a name out of a file is never read as markup
        table.add_row(*map(Text, row))
    Console().print(table)
