"""Writes goldens/adapters.json: what llama.cpp's converter makes of the small adapters.

Not part of the test run. It needs the environment that make_goldens names:

    PYTHONPATH=. python tests/converters/make_adapter_goldens.py LLAMA_CPP_FOLDER

A golden holds the keys that the loader reads and, for each tensor, its shape and the type and
SHA-256 of its data in the F32, F16 and BF16 files.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.converters.make_goldens import GOLDENS, read_gguf
from tests.converters.small_adapters import ADAPTERS
from tests.converters.small_checkpoints import CHECKPOINTS

READ_KEYS = ("general.architecture", "general.type", "adapter.type", "adapter.lora.alpha")
RUN = """
import runpy, sys
source, *arguments = sys.argv[1:]
sys.path[:0] = [source, source + "/gguf-py"]
sys.argv = ["convert", *arguments]
runpy.run_path(source + "/convert_lora_to_gguf.py", run_name="__main__")
"""


def main() -> None:
    source = Path(sys.argv[1]).resolve()
    sys.path.insert(0, str(source / "gguf-py"))
    with tempfile.TemporaryDirectory() as temporary:
        goldens = {name: make_golden(source, Path(temporary), name) for name in ADAPTERS}
    parts = []
    for name, golden in goldens.items():
        lines = (f"{json.dumps(key)}: {json.dumps(value)}" for key, value in golden.items())
        parts.append(f"{json.dumps(name)}: {{\n" + ",\n".join(lines) + "\n}")
    text = "{\n" + ",\n".join(parts) + "\n}\n"
    (GOLDENS / "adapters.json").write_text(text, encoding="utf-8")


def make_golden(source: Path, temporary: Path, name: str) -> dict[str, object]:
    base, adapter = temporary / f"{name}-base", temporary / name
    base.mkdir()
    CHECKPOINTS[name](base)
    ADAPTERS[name](base, adapter)
    keys: list[object] = []
    tensors: dict[str, dict[str, object]] = {}
    for level in ("f32", "f16", "bf16"):
        output = temporary / f"{name}-{level}.gguf"
        command = [str(source), str(adapter), "--base", str(base)]
        command += ["--outtype", level, "--outfile", str(output)]
        subprocess.run([sys.executable, "-c", RUN, *command], check=True)
        keys, found = read_gguf(output)
        for tensor, shape, kind, digest in sorted(found):
            entry = tensors.setdefault(tensor, {"shape": shape})
            entry[level.upper()] = [kind, digest]
    return {"keys": [key for key in keys if key[0] in READ_KEYS], **tensors}  # type: ignore[index]


if __name__ == "__main__":
    main()
