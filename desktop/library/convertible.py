"""What could be converted: what a checkpoint or a GGUF is, and what each level would make of it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import InputError
from models.ggml_types import TENSOR_TYPES
from models.gguf_file import GgufSummary, summarize
from models.memory_plan import MemoryPlan, Verdict
from models.quantization_levels import WRITABLE_LEVELS

if TYPE_CHECKING:
    from converters.operations import PlannedFile

USUAL_LEVELS = ("BF16", "F16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K")
PREFERRED_LEVELS = ("Q4_K_M", "Q3_K_M", "Q2_K")  # the first that fits is proposed
SMALLER = 0.98  # of a GGUF: what is not smaller than this is not worth a file


@dataclass(frozen=True, slots=True)
class PlannedLevel:
    """The file that a level would make, and whether it would fit into the memory.

    `requantizes`: some weights of it are quantized in the source already, in another type.
    """

    level: str
    file_name: str
    size_bytes: int
    bits_per_weight: float
    memory: MemoryPlan
    requantizes: bool


@dataclass(frozen=True, slots=True)
class Convertible:
    """A source of a conversion.

    `stored` is the type that most bytes of it have. `summary` is that of the file it would become.
    """

    source: Path
    summary: GgufSummary
    size_bytes: int
    stored: str
    levels: tuple[PlannedLevel, ...]

    @property
    def proposed(self) -> str:
        """The level to begin with, "" where there is none."""
        fitting = [p for p in self.levels if p.memory.verdict is not Verdict.DOES_NOT_FIT]
        if any(plan.requantizes for plan in self.levels):
            fitting = [plan for plan in fitting if not plan.requantizes]
        names = [plan.level for plan in fitting]
        wanted = [level for level in PREFERRED_LEVELS if level in names] + names[::-1]
        return wanted[0] if wanted else ""


def read_convertible(source: Path, levels: Sequence[str] = USUAL_LEVELS) -> Convertible:
    """Plan the conversion of a Hugging Face folder or a GGUF file at each level.

    Of a GGUF only what makes it smaller is planned; of a checkpoint in F16 no BF16, and the other
    way round; of one that is quantized, as AWQ does, the level that keeps its numbers too.
    Raises InputError for what cannot be converted, saying why.
    """
    from converters import operations  # half a second, and only this page needs it
    from models.operations import find_devices

    if not source.exists():
        raise InputError(f"There is no {source}: choose a checkpoint's folder or a .gguf file.")

    def plan(levels: Sequence[str]) -> list[PlannedFile]:
        return operations.plan_conversion(source=source, levels=levels, output=source.parent)

    files = plan(levels)
    sizes: dict[str, int] = {}
    for tensor in files[0].plan.tensors:
        kind = TENSOR_TYPES[tensor.source.stored]
        size = tensor.source.rows * tensor.source.columns // kind.block * kind.block_bytes
        sizes[kind.name] = sizes.get(kind.name, 0) + size
    stored = max(sizes, key=lambda name: sizes[name])
    if source.is_dir() and stored in WRITABLE_LEVELS and stored not in levels:
        files += plan([stored])
    if source.is_file():
        files = [file for file in files if file.plan.file_bytes < SMALLER * source.stat().st_size]
        if not files:
            raise InputError(
                f"{source.name} is at {stored} already, and no level makes it smaller: choose a "
                "larger file, or the original checkpoint."
            )
    devices = find_devices()
    twin = {"BF16": "F16", "F16": "BF16"}.get(stored)
    return Convertible(
        source=source,
        summary=_summarize(files[0]),
        size_bytes=sum(sizes.values()),
        stored=stored,
        levels=tuple(
            PlannedLevel(
                file.plan.level,
                file.file.name,
                file.plan.file_bytes,
                file.plan.bits_per_weight,
                operations.advise(file, devices),
                bool(file.plan.requantized),
            )
            for file in sorted(files, key=lambda file: -file.plan.file_bytes)
            if file.plan.level != twin
        ),
    )


def _summarize(file: PlannedFile) -> GgufSummary:
    """Read what the file would say of itself out of its header, as `operations.advise` does."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / file.file.name
        with empty.open("wb") as opened:
            opened.write(file.plan.header)
            opened.truncate(file.plan.file_bytes)
        return summarize(empty)
