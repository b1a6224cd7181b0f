"""What the library has to show: the models that are here, and the known ones that are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models import library, operations
from models.catalogue import KNOWN_MODELS, HubSource, KnownModel
from models.engine.protocol import Device
from models.errors import InputError
from models.folder import find_folders
from models.gguf_file import GgufSummary, check_generates_text
from models.gguf_header import format_value, read_header
from models.machine import total_memory
from models.memory_plan import OVERHEAD_BYTES, MemoryPlan
from models.recommendation import BYTES_A_CELL, recommend


@dataclass(frozen=True, slots=True)
class ShelfModel:
    """A model that is here. `summary` and `plan` are None for a file that cannot be read.

    `problem` says why it cannot be loaded; `real` is the path without any link in it.
    """

    path: Path
    real: Path
    is_link: bool
    summary: GgufSummary | None
    plan: MemoryPlan | None
    problem: str

    @property
    def name(self) -> str:
        """The file's name without its level, as the status line has it."""
        level = self.summary.level if self.summary is not None else ""
        return self.path.stem.removesuffix(level).rstrip(".-_") or self.path.stem


@dataclass(frozen=True, slots=True)
class Offer:
    """A model of the catalogue, with the size in bytes of each level that is not here.

    `cache_bytes` is what it takes of the memory besides its file, with 4,096 tokens of context;
    `recommended` is the level to take on this machine, "" for the models that are not the one to.
    """

    known: KnownModel
    levels: dict[str, int]
    cache_bytes: int
    recommended: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that the page lists."""

    models: tuple[ShelfModel, ...]
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """One file in detail: tensors by type as (type, tensors, bytes), keys as (name, value)."""

    model: ShelfModel
    tensors: tuple[tuple[str, int, int], ...]
    keys: tuple[tuple[str, str], ...]


def read_shelf(*, context: int | None, link: Path | None = None) -> Shelf:
    """List the models of the library and the offers; `link` is added first.

    `context` is the length in tokens that a model would be loaded with, None what suits it.
    Raises InputError or JobError where the library cannot be read.
    """
    if link is not None:
        library.add_link(path=link)
    devices = operations.find_devices()
    models = tuple(_describe(model, context, devices) for model in library.list_models())
    return Shelf(models, _list_offers())


def inspect(model: ShelfModel) -> Inspection:
    """Read the whole header of a model. Raises InputError if the file is not usable any more."""
    header = read_header(model.path)
    types: dict[str, tuple[int, int]] = {}
    for tensor in header.tensors:
        count, size = types.get(tensor.type, (0, 0))
        types[tensor.type] = count + 1, size + tensor.size_bytes
    by_size = sorted(types.items(), key=lambda item: -item[1][1])
    return Inspection(
        model,
        tuple((name, count, size) for name, (count, size) in by_size),
        tuple((name, format_value(value)) for name, value in header.metadata.items()),
    )


def _describe(
    model: library.LibraryModel, context: int | None, devices: Sequence[Device]
) -> ShelfModel:
    problem, plan = model.problem, None
    if model.summary is not None:
        try:
            check_generates_text(model.summary)
            plan = operations.plan_on_machine(model.summary, devices, context)
        except InputError as error:  # of another kind, or with a shorter context than is set
            problem = str(error)
    return ShelfModel(model.path, model.path.resolve(), model.is_link, model.summary, plan, problem)


def _list_offers() -> tuple[Offer, ...]:
    folder = find_folders().models
    best = recommend(total_memory())
    offers = []
    for known in KNOWN_MODELS:
        source, sizes = known.source, known.sizes()
        levels = {
            level: sizes[level]
            for level in known.levels
            if not (
                folder
                / (source.file_name(level) if isinstance(source, HubSource) else source.file_name)
            ).is_file()
        }
        if levels:
            level = best.level if best is not None and best.model is known else ""
            offers.append(
                Offer(known, levels, _cache_bytes(known), level if level in levels else "")
            )
    return tuple(sorted(offers, key=lambda offer: not offer.recommended))


def _cache_bytes(known: KnownModel) -> int:
    shape = known.architecture
    width = shape.embedding // shape.heads * shape.heads_kv
    cells = min(operations.DEFAULT_CONTEXT, shape.context)
    return cells * shape.blocks * width * BYTES_A_CELL + OVERHEAD_BYTES
