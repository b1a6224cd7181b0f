"""Regenerates the goldens of the comparison from upstream's own tool.

    python -m tests.converters.make_comparison_goldens --tool LLAMA_PERPLEXITY

The levels are made of the starter model by our converter, which other tests hold against upstream's
quantizer; the text is the English sample.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import tempfile
from pathlib import Path

from converters import operations
from converters.samples import read_sample
from models.catalogue import STARTER
from models.library import find_model

GOLDEN = Path(__file__).parent / "goldens" / "comparison.json"
CONTEXT, CHUNKS = 256, 3
LEVELS = ("Q8_0", "Q4_K_M", "Q2_K")
FIGURES = {
    "perplexity": r"Mean PPL\(Q\)\s*:\s*([\d.]+)",
    "perplexity_error": r"Mean PPL\(Q\)\s*:\s*[\d.]+ ±\s*([\d.]+)",
    "kl_mean": r"Mean\s+KLD:\s*([\d.]+)",
    "kl_median": r"Median\s+KLD:\s*([\d.]+)",
    "kl_p99": r"99\.0%\s+KLD:\s*([\d.]+)",
    "kl_max": r"Maximum KLD:\s*([\d.]+)",
    "delta_p_rms": r"RMS Δp\s*:\s*([\d.]+)",
    "top1_agreement": r"Same top p:\s*([\d.]+)",
}
PERCENT = {"delta_p_rms", "top1_agreement"}


def write_ladder(folder: Path) -> dict[str, Path]:
    """Write the levels of the starter; returns their files by level."""
    events = operations.convert(
        source=find_model(STARTER.id), levels=LEVELS, output=folder, requantize=True, threads=1
    )
    return {event.level: event.file for event in events if isinstance(event, operations.Written)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", required=True, help="upstream's llama-perplexity")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_ladder(folder)
        text = folder / "text.md"
        text.write_text(read_sample("english"), encoding="utf-8")
        common = ["-f", str(text), "-c", str(CONTEXT), "--chunks", str(CHUNKS), "-t", "1"]
        base = ["--kl-divergence-base", str(folder / "base.bin")]
        subprocess.run(
            [args.tool, "-m", str(files["Q8_0"]), *common, *base], check=True, capture_output=True
        )
        goldens = {}
        for level in LEVELS[1:]:
            done = subprocess.run(
                [args.tool, "-m", str(files[level]), *common, *base, "--kl-divergence"],
                check=True,
                capture_output=True,
            )
            said = done.stdout.decode() + done.stderr.decode()
            goldens[level] = {name: _find(name, pattern, said) for name, pattern in FIGURES.items()}
    GOLDEN.write_text(json.dumps(goldens, indent=1) + "\n", encoding="utf-8")


def _find(name: str, pattern: str, said: str) -> float:
    found = re.search(pattern, said)
    if found is None:
        raise SystemExit(f"upstream's tool did not say its {name}")
    return float(found[1]) / (100 if name in PERCENT else 1)


if __name__ == "__main__":
    main()
