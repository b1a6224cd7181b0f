"""LoRA adapters in GGUF: what they are, and whether they fit a model, before native code looks.

An adapter holds for a matrix W [out, in] of its base model two small ones, B [out, r] and
A [r, in], and the model then computes with W + scale * alpha / r * B A (arXiv:2106.09685, section
4.1). With an alpha of 0 llama.cpp takes the scale alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.gguf_file import GgufSummary
from models.gguf_header import AGAIN, GgufHeader, GgufTensor, ModelFileError, read_header

EMBEDDING = "token_embd.weight"
ALPHA = "adapter.lora.alpha"
INVOCATION = "adapter.alora.invocation_tokens"
_FLOATS = frozenset({"F32", "F16", "BF16"})
_A, _B = ".lora_a", ".lora_b"

Shapes = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Adapter:
    """An adapter to load with a model, and how strongly it counts: 0 not at all, 1 as trained."""

    path: Path
    scale: float = 1.0


def check_adapter(path: Path, base: GgufSummary) -> int:
    """Check that the file is an adapter for the model `base`; return the bytes of its tensors.

    Raises ModelFileError, and nothing else, for a file that is damaged, is no LoRA adapter, or was
    made for another model: llama.cpp would refuse some of these without a reason, and end the
    process at others.
    """
    header = read_header(path)
    kind = header.metadata.get("general.type", "model")
    if kind == "model":
        raise ModelFileError(
            f"{path.name} is a model, not an adapter: open it as the model, and give a LoRA "
            "adapter in GGUF."
        )
    if kind != "adapter" or header.metadata.get("adapter.type") != "lora":
        raise ModelFileError(f"{path.name} is not a LoRA adapter: choose one in GGUF.")
    if INVOCATION in header.metadata:
        raise ModelFileError(
            f"{path.name} is an activated LoRA, which works only after certain tokens: this is not "
            "supported, choose a plain LoRA."
        )
    architecture = header.metadata.get("general.architecture")
    if architecture != base.architecture:
        shown = ascii(architecture)[:40]
        raise ModelFileError(
            f"{path.name} was made for a model of the architecture {shown}, and {base.path.name} "
            f"is {base.architecture!r}: choose the model that it was made for."
        )
    if not isinstance(header.metadata.get(ALPHA), float):
        raise ModelFileError(f"{path.name} is damaged: {ALPHA} is not a number; {AGAIN}.")
    tensors = _named(header)
    check_fit(
        {name: _matrix(tensor) for name, tensor in tensors.items()},
        {tensor.name: _matrix(tensor) for tensor in base.tensors},
        adapter=path.name,
        base=base.path.name,
    )
    return sum(tensor.size_bytes for tensor in tensors.values())


def check_fit(shapes: Shapes, base_shapes: Shapes, *, adapter: str, base: str) -> None:
    """Raise ModelFileError unless `shapes` are pairs of matrices for tensors of the base model.

    Shapes are in numpy's order, and a pair's names end with .lora_a and .lora_b.
    """
    pairs = {name.removesuffix(_A).removesuffix(_B): None for name in shapes}
    if not pairs:
        raise ModelFileError(f"{adapter} is an adapter that changes nothing: choose another.")
    for name in pairs:
        a, b = shapes.get(name + _A), shapes.get(name + _B)
        if a is None or b is None:
            raise ModelFileError(
                f"{adapter} is damaged: it has only one of the two matrices for {name}; {AGAIN}."
            )
        whole = base_shapes.get(name)
        if whole is None:
            raise ModelFileError(
                f"{adapter} changes {name}, which {base} does not have: choose the model that the "
                "adapter was made for."
            )
        if not _is_changed(name) or len(whole) != 2:
            raise ModelFileError(
                f"{adapter} changes {name}, which llama.cpp would leave as it is: choose another "
                "adapter."
            )
        rank = b[-1]
        wanted = {  # of an embedding A is written turned: its rows are looked up
            True: ((whole[0], rank), (whole[1], rank)),
            False: ((rank, whole[1]), (whole[0], rank)),
        }[name == EMBEDDING]
        if (a, b) != wanted:
            raise ModelFileError(
                f"{adapter} changes {name} by {_show(a)} and {_show(b)}, and in {base} it is "
                f"{_show(whole)}: choose the model that the adapter was made for."
            )
    if EMBEDDING in pairs and "output.weight" not in base_shapes:
        raise ModelFileError(
            f"{adapter} changes the embedding, and in {base} that is the output too, which "
            "llama.cpp cannot compute: choose another adapter."
        )


def _is_changed(name: str) -> bool:
    """Whether llama.cpp multiplies with the tensor, which is where it adds an adapter's share."""
    if name in {EMBEDDING, "output.weight"}:
        return True
    return name.startswith("blk.") and name.endswith(".weight") and "norm" not in name


def _named(header: GgufHeader) -> dict[str, GgufTensor]:
    """Return the matrices of the adapter by name; llama.cpp ignores changed norms, and so do we."""
    found = {}
    for tensor in header.tensors:
        if tensor.name.endswith("_norm.weight"):
            continue
        if not tensor.name.endswith((_A, _B)):
            raise ModelFileError(
                f"{header.path.name} holds {tensor.name}, which is not a part of a LoRA adapter: "
                "choose another file."
            )
        if tensor.type not in _FLOATS:
            raise ModelFileError(
                f"{header.path.name} holds {tensor.name} as {tensor.type}: get or make the adapter "
                "as F32, F16 or BF16."
            )
        found[tensor.name] = tensor
    return found


def _matrix(tensor: GgufTensor) -> tuple[int, ...]:
    """Return a shape in numpy's order; ggml leaves out a first dimension of 1."""
    shape = tensor.shape[::-1]
    return shape if len(shape) > 1 else (1, *shape)


def _show(shape: Iterable[int]) -> str:
    return " x ".join(map(str, shape))
