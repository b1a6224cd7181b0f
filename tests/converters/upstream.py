"""Runs llama.cpp's own quantizer for the tests."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from models.ggml_types import LEVELS, TENSOR_TYPES

NUMBERS = {level: number for number, level in LEVELS.items()}


def quantize_upstream(
    source: Path,
    levels: Sequence[str],
    folder: Path,
    *,
    importance: Path | None = None,
    tensor_types: Sequence[tuple[str, str]] = (),
) -> dict[str, Path]:
    """Let llama.cpp quantize a GGUF file; return the file of each level."""
    targets = {level: folder / f"upstream-{level}.gguf" for level in levels}
    jobs = [
        {
            "target": str(target),
            "file_type": NUMBERS[level],
            "importance": str(importance) if importance else None,
            "tensor_types": [(name, TENSOR_TYPES[kind].number) for name, kind in tensor_types],
        }
        for level, target in targets.items()
    ]
    subprocess.run(
        [sys.executable, str(Path(__file__).with_name("upstream_quantizer.py"))],
        input=json.dumps({"source": str(source), "jobs": jobs}).encode(),
        check=True,
    )
    return targets
