"""A checkpoint to a level by `inkglass convert`, against upstream's two steps.

Upstream's are convert_hf_to_gguf.py to F16, then llama_model_quantize with as many threads: each a
process of its own, timed as a whole. Ours syncs its file to the disk, upstream's do not.
"""

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.conftest import inkglass_path
from tests.converters.upstream import NUMBERS

QUANTIZER = Path(__file__).parent.parent / "converters" / "upstream_quantizer.py"
LOOK_S = 0.02


@dataclass(frozen=True, slots=True)
class Upstream:
    """llama.cpp's own converter: a Python that has torch and transformers, and its source."""

    python: Path
    source: Path


@dataclass(slots=True)
class Conversion:
    """One level: seconds of each round, and the largest memory of our process, in bytes.

    The memory is all that is resident (RSS, looked at every 20 ms): no file is mapped, so nothing
    is taken off. `theirs` is empty without upstream's converter.
    """

    level: str
    meant: str
    ours: list[float]
    theirs: list[float]
    peak_bytes: int


def measure(
    checkpoint: Path,
    levels: Mapping[str, str],
    folder: Path,
    *,
    threads: int,
    rounds: int,
    upstream: Upstream | None = None,
) -> list[Conversion]:
    """Convert to each of `levels` (and what is meant), ours and upstream's by turns.

    What they write is deleted at once. Upstream's first step serves all levels of a round, and
    counts in each.
    """
    found = {level: Conversion(level, meant, [], [], 0) for level, meant in levels.items()}
    middle = folder / "middle.gguf"
    for _ in range(rounds):
        first_step = convert_upstream(checkpoint, middle, upstream) if upstream else 0.0
        for level, so_far in found.items():
            seconds, peak = convert_ours(checkpoint, level, folder, threads)
            so_far.ours.append(seconds)
            so_far.peak_bytes = max(peak, so_far.peak_bytes)
            if upstream:
                second_step = quantize_upstream(middle, level, folder, threads)
                so_far.theirs.append(first_step + second_step)
        middle.unlink(missing_ok=True)
    return list(found.values())


def convert_ours(checkpoint: Path, level: str, folder: Path, threads: int) -> tuple[float, int]:
    """Return the seconds that the command took, and the largest memory of its process."""
    output = folder / "ours"
    command = [
        *(str(inkglass_path()), "convert", str(checkpoint), "--level", level),
        *("--output", str(output), "--threads", str(threads), "--json"),
    ]
    start, peak = time.perf_counter(), 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as job:
        process = psutil.Process(job.pid)
        while job.poll() is None:
            peak = max(peak, process.memory_info().rss)
            time.sleep(LOOK_S)
        seconds = time.perf_counter() - start
    (file,) = output.iterdir()  # also if the command failed: then there is none
    file.unlink()
    return seconds, peak


def convert_upstream(checkpoint: Path, target: Path, upstream: Upstream) -> float:
    command = [
        *(str(upstream.python), str(upstream.source / "convert_hf_to_gguf.py"), str(checkpoint)),
        *("--outtype", "f16", "--outfile", str(target)),
    ]
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def quantize_upstream(source: Path, level: str, folder: Path, threads: int) -> float:
    target = folder / "theirs.gguf"
    job = {"target": str(target), "file_type": NUMBERS[level], "threads": threads}
    asked = json.dumps({"source": str(source), "jobs": [job]})
    start = time.perf_counter()
    subprocess.run([sys.executable, str(QUANTIZER)], input=asked.encode(), check=True)
    seconds = time.perf_counter() - start
    target.unlink()
    return seconds
