"""Levels of a model compared by `inkglass compare`, against upstream's perplexity tool.

Upstream's writes a file of logits with the reference and reads it with each level; each of its runs
is a process of its own. Both are timed as a whole, with as many threads, on the same chunks.
"""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import converters
from converters import operations
from tests.conftest import inkglass_path

LEVELS = ("Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K")
SAMPLES = Path(converters.__file__).parent / "samples"
CHUNKS = 12  # of 512 tokens, half of them English and half Japanese


def write_ladder(model: Path, folder: Path) -> list[Path]:
    """Write each of LEVELS of `model` into `folder`; returns the files, the reference first."""
    events = operations.convert(source=model, levels=LEVELS, output=folder, requantize=True)
    return [event.file for event in events if isinstance(event, operations.Written)]


def measure(
    files: list[Path], tool: Path, folder: Path, *, threads: int, rounds: int
) -> list[float]:
    """Return the time of ours over that of upstream's `tool`, round by round.

    `files` are the reference and its levels.
    """
    text = folder / "text.md"
    text.write_bytes(
        b"".join((SAMPLES / name).read_bytes() for name in ("english.md", "japanese.md"))
    )
    ratios = []
    for _ in range(rounds):
        ours = compare_ours(files, text, threads)
        ratios.append(ours / compare_upstream(files, text, tool, folder / "logits.bin", threads))
    return ratios


def compare_ours(files: list[Path], text: Path, threads: int) -> float:
    """Return the seconds that the command takes when it remembers nothing."""
    command = [
        *(str(inkglass_path()), "compare", *map(str, files), "--again"),
        *("--text", str(text), "--chunks", str(CHUNKS), "--threads", str(threads), "--json"),
    ]
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def compare_upstream(
    files: list[Path], text: Path, tool: Path, logits: Path, threads: int
) -> float:
    """Return the seconds of all its runs together."""
    common = ["-f", str(text), "-c", "512", "--chunks", str(CHUNKS), "-t", str(threads)]
    common += ["--kl-divergence-base", str(logits)]
    start = time.perf_counter()
    for number, file in enumerate(files):
        command = [str(tool), "-m", str(file), *common, *(["--kl-divergence"] if number else [])]
        subprocess.run(command, check=True, capture_output=True)
    seconds = time.perf_counter() - start
    logits.unlink()
    return seconds
