"""Writes goldens/importance.json: what llama.cpp's own program measures on two models.

Not part of the test run. It needs `llama-imatrix` of the release of llama-cpp-python, linked to the
library of the environment (target llama-imatrix of vendor/llama.cpp in its source archive), and the
starter model:

    PYTHONPATH=. python tests/converters/make_importance_goldens.py LLAMA_IMATRIX

The batch is one chunk: the program else packs several into one, and a chunk's logits, so the inputs
of all layers but the first, differ by how it is cut (by a few percent with the starter's Q4_1).
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from models import library
from models.catalogue import STARTER
from tests.converters.random_models import write_random_model

GOLDEN = Path(__file__).parent / "goldens" / "importance.json"
CONTEXT = 64
STEP = 16  # of the columns, each sixteenth is in the golden
TEXT = """The kiln had been cold for a week when Ines opened it.
Twelve bowls stood on the lower shelf; three of them had cracked.
「青い釉薬は難しい」と彼女は言った。
She wrote the numbers down: 1240 degrees, 9 hours, no wind. "Again," she said.
for bowl in bowls: print(bowl.glaze, bowl.cracks)
Then she swept the floor, as she did every evening, and thought about the river clay.
In spring the river brings a finer clay, grey and almost without sand, that shrinks a little less.
"""


def write_model(path: Path) -> Path:
    """Write the random model: F32, so that the processor's kernels make little difference."""
    return write_random_model(path, stored="F32", layers=2)


def summarize_matrix(path: Path) -> dict[str, dict[str, Any]]:
    """Return of each measured weight the rows that were counted, the total and some columns."""
    tensors = {tensor.name: tensor.data for tensor in gguf.GGUFReader(path).tensors}
    return {
        name.removesuffix(".in_sum2"): {
            "counts": tensors[name.replace(".in_sum2", ".counts")].ravel().tolist(),
            "total": shorten(sums.sum(dtype=np.float64)),
            "columns": [shorten(value) for value in sums.ravel()[::STEP]],
        }
        for name, sums in tensors.items()
        if name.endswith(".in_sum2")
    }


def read_header(path: Path) -> bytes:
    """Return all that comes before the data: metadata, names, shapes, types and places."""
    first = min(tensor.data_offset for tensor in gguf.GGUFReader(path).tensors)
    return path.read_bytes()[:first]


def shorten(value: np.floating[Any]) -> float:
    return float(f"{value:.7g}")


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "text.txt").write_text(TEXT, encoding="utf-8", newline="")
        golden: dict[str, Any] = {}
        models = {
            "random": write_model(folder / "random.gguf"),
            "starter": library.find_model(STARTER.id).absolute(),
        }
        for name, model in models.items():
            subprocess.run(
                [
                    sys.argv[1], "-m", model, "-f", "text.txt", "-o", "matrix.gguf", "--no-ppl",
                    "-c", str(CONTEXT), "-b", str(CONTEXT), "-t", "1", "-dev", "none",
                ],
                cwd=folder,
                check=True,
            )  # fmt: skip
            golden[name] = summarize_matrix(folder / "matrix.gguf")
            if name == "random":
                golden["header"] = read_header(folder / "matrix.gguf").hex()
        for weight in golden["starter"].values():
            del weight["columns"]  # 210 weights: their totals will do
        GOLDEN.write_text(json.dumps(golden, indent=0), encoding="utf-8")


if __name__ == "__main__":
    main()
