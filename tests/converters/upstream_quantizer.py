"""llama.cpp's own quantizer, in a process of its own.

`python upstream_quantizer.py` reads from stdin {"source", "jobs": [{"target", "file_type",
"tensor_types": [[pattern, number]], "importance": path or null, "threads"}]} and writes the files.
"""

import ctypes
import json
import sys
from pathlib import Path
from typing import Any

import gguf
import llama_cpp
import numpy as np

L: Any = llama_cpp  # its annotations are of no use to ctypes structures
INT, STRING = 0, 3  # llama.h: llama_model_kv_override_type


@L.llama_log_callback  # type: ignore[untyped-decorator]
def _drop(_level: int, _text: bytes, _data: object) -> None: ...


def main() -> None:
    L.llama_log_set(_drop, None)
    asked = json.load(sys.stdin)
    for job in asked["jobs"]:
        quantize(asked["source"], job)


def quantize(source: str, job: dict[str, Any]) -> None:
    params = L.llama_model_quantize_default_params()
    params.ftype = job["file_type"]
    params.nthread = job.get("threads", 1)
    params.allow_requantize = True
    kept: list[Any] = []  # what C has a pointer to
    if job.get("importance"):
        kept += set_importance(params, Path(job["importance"]))
    if types := job.get("tensor_types"):
        overrides = (L.llama_model_tensor_override * (len(types) + 1))(
            *((pattern.encode(), number) for pattern, number in types)
        )
        kept.append(overrides)
        params.tt_overrides = overrides
    status = L.llama_model_quantize(source.encode(), job["target"].encode(), ctypes.byref(params))
    assert status == 0


def set_importance(params: Any, path: Path) -> list[Any]:
    """Do what `llama-quantize --imatrix` does before it calls the library."""
    reader = gguf.GGUFReader(path)
    tensors = {tensor.name: tensor.data for tensor in reader.tensors}
    means = {}
    for name in tensors:
        if name.endswith(".in_sum2"):
            counts = tensors[name.replace(".in_sum2", ".counts")].reshape(-1, 1)
            sums = tensors[name].reshape(counts.size, -1)
            mean = np.where(counts > 0, sums / np.maximum(counts, 1), 1)
            means[name.removesuffix(".in_sum2")] = mean.astype(np.float32)
    data = (L.llama_model_imatrix_data * (len(means) + 1))(
        *(
            (name.encode(), mean.ctypes.data_as(ctypes.POINTER(ctypes.c_float)), mean.size)
            for name, mean in means.items()
        )
    )
    keys: Any = (L.llama_model_kv_override * 5)()
    values: tuple[tuple[int, bytes, str, Any], ...] = (
        (STRING, b"file", "val_str", path.name.encode()),
        (STRING, b"dataset", "val_str", bytes(reader.fields["imatrix.datasets"].parts[-1])),
        (INT, b"entries_count", "val_i64", len(means)),
        (INT, b"chunks_count", "val_i64", int(reader.fields["imatrix.chunk_count"].parts[-1][0])),
    )
    for key, (tag, key_name, field, value) in zip(keys, values, strict=False):
        key.tag, key.key = tag, b"quantize.imatrix." + key_name
        setattr(key.value, field, value)
    params.imatrix = data
    params.kv_overrides = keys
    return [means, data, keys]


if __name__ == "__main__":
    main()
