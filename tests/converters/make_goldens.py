"""Writes tests/converters/goldens: what llama.cpp's own converter makes of the small checkpoints.

Not part of the test run. It needs an environment with torch, transformers and sentencepiece (and
mistral-common, for its tokenizer), and llama.cpp's source at the release of llama-cpp-python:

    PYTHONPATH=. python tests/converters/make_goldens.py LLAMA_CPP_FOLDER [NAME ...]

A golden holds the keys in their order and, for each tensor, its shape and the type and SHA-256 of
its data in the F32, F16 and BF16 files. One function of the converter is replaced: that which finds
the pre-tokenizer, by hashing what the real vocabulary makes of a text, which a small one cannot.
Names after the folder make these alone.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.converters.small_checkpoints import CHECKPOINTS, write_gpt2, write_mistral

GOLDENS = Path(__file__).parent / "goldens"
PRE_TOKENIZERS = {"gpt2": "gpt-2", "llama3": "llama-bpe", "smollm2": "smollm", "qwen2": "qwen2"}
LONG = 12  # a list of more items is in the golden by its length and hash
RUN = """
import runpy, sys
source, pre, *arguments = sys.argv[1:]
sys.path[:0] = [source, source + "/gguf-py"]
if pre:
    from conversion import base
    base.TextModel.get_vocab_base_pre = lambda self, tokenizer: pre
sys.argv = ["convert", *arguments]
runpy.run_path(source + "/convert_hf_to_gguf.py", run_name="__main__")
"""


def main() -> None:
    source = Path(sys.argv[1]).resolve()
    sys.path.insert(0, str(source / "gguf-py"))
    GOLDENS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        for name in sys.argv[2:] or CHECKPOINTS:
            write = CHECKPOINTS[name]
            folder = Path(temporary) / name
            folder.mkdir()
            if write is write_gpt2:
                write_gpt2(folder, masks=False)
            else:
                write(folder)
            write_golden(source, folder)
        if sys.argv[2:]:
            return
        folder = Path(temporary) / "mistral-vocabulary"
        folder.mkdir()
        write_mistral(folder, read_mistral_tokenizer())
        write_golden(source, folder)


def read_mistral_tokenizer() -> bytes:
    import mistral_common  # type: ignore[import-not-found, unused-ignore]

    return (Path(mistral_common.__file__).parent / "data" / "tokenizer.model.v1").read_bytes()


def write_golden(source: Path, folder: Path) -> None:
    keys: list[object] = []
    tensors: dict[str, dict[str, object]] = {}
    for level in ("f32", "f16", "bf16"):
        output = folder.parent / f"{folder.name}-{level}.gguf"
        pre = PRE_TOKENIZERS.get(folder.name, "")
        command = [str(source), pre, str(folder), "--outtype", level, "--outfile", str(output)]
        subprocess.run([sys.executable, "-c", RUN, *command], check=True)
        keys, found = read_gguf(output)
        for name, shape, kind, digest in found:
            entry = tensors.setdefault(name, {"shape": shape})
            entry[level.upper()] = [kind, digest]
    parts = [
        '"keys": [\n' + ",\n".join(json.dumps(key, ensure_ascii=False) for key in keys) + "\n]",
        '"tensors": {\n'
        + ",\n".join(f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in tensors.items())
        + "\n}",
    ]
    text = "{\n" + ",\n".join(parts) + "\n}\n"
    (GOLDENS / f"{folder.name}.json").write_text(text, encoding="utf-8")


def read_gguf(path: Path) -> tuple[list[object], list[tuple[str, list[int], str, str]]]:
    """The keys of a GGUF file, as `describe_key` writes them, and its tensors with their hashes."""
    import gguf

    reader = gguf.GGUFReader(path)
    keys: list[object] = []
    for field in reader.fields.values():
        if field.name.startswith("GGUF."):
            continue
        kinds = [kind.name for kind in field.types]
        value = field.contents()
        keys.append(describe_key(field.name, kinds, value))
    tensors = [
        (
            tensor.name,
            [int(n) for n in reversed(tensor.shape.tolist())],
            tensor.tensor_type.name,
            hashlib.sha256(tensor.data.tobytes()).hexdigest(),
        )
        for tensor in reader.tensors
    ]
    return keys, tensors


def describe_key(name: str, kinds: list[str], value: object) -> list[object]:
    """One key: its name, its type (and that of its items), its value or the hash of a long list."""
    if isinstance(value, list) and len(value) > LONG:
        text = json.dumps(value)
        value = {"items": len(value), "sha256": hashlib.sha256(text.encode()).hexdigest()}
    return [name, *kinds, value]


if __name__ == "__main__":
    main()
