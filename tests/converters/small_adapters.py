"""Small LoRA adapters with random weights, as PEFT saves them. The same on every machine."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from converters.checkpoint import open_checkpoint
from tests.converters.small_checkpoints import (
    encode,
    make_values,
    pack_safetensors,
    write_json,
)

Matrices: TypeAlias = dict[str, tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]]

RANK, ALPHA = 4, 6.0
ATTENTION = ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj")
FEED_FORWARD = ("mlp.gate_proj", "mlp.up_proj", "mlp.down_proj")
GPT2 = ("attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj")


def find_modules(base: Path, *modules: str) -> dict[str, tuple[int, int]]:
    """Outputs and inputs of each module of the checkpoint `base` that has one of these names."""
    found = {}
    for name, tensor in open_checkpoint(base).tensors.items():
        module = name.removesuffix(".weight")
        if module != name and module.endswith(modules):
            rows, columns = tensor.shape
            found[module] = (columns, rows) if module.endswith(GPT2) else (rows, columns)
    return found


def write_adapter(
    folder: Path,
    modules: Mapping[str, tuple[int, int]],
    *,
    rank: int = RANK,
    dtype: str = "F32",
    prefix: str = "base_model.model.",
    **config: object,
) -> Matrices:
    """Write an adapter for modules of (outputs, inputs); gives A and B of each as float32."""
    folder.mkdir(exist_ok=True)
    tensors: dict[str, tuple[str, Sequence[int], bytes]] = {}
    made = {}
    for module, (outputs, inputs) in modules.items():
        pair = []
        is_embedding = module.endswith(("embed_tokens", "wte"))
        for letter, shape in (("A", (rank, inputs)), ("B", (outputs, rank))):
            if is_embedding:  # PEFT: A [r, tokens], B [width, r], of a weight [tokens, width]
                shape = (rank, outputs) if letter == "A" else (inputs, rank)
            ending = f"lora_embedding_{letter}" if is_embedding else f"lora_{letter}.weight"
            name = f"{prefix}{module}.{ending}"
            values = make_values(shape[0] * shape[1], seed=zlib.crc32(name.encode()))
            if dtype == "BF16":  # exactly what the file holds
                values = (values.view(np.uint32) & np.uint32(0xFFFF0000)).view(np.float32)
            tensors[name] = (dtype, shape, encode(values, dtype))
            pair.append(values.reshape(shape))
        made[module] = (pair[0], pair[1])
    (folder / "adapter_model.safetensors").write_bytes(pack_safetensors(tensors))
    write_json(
        folder / "adapter_config.json",
        {
            "peft_type": "LORA",
            "base_model_name_or_path": "inkwell/Quill-Base-1B-v0.2",
            "bias": "none",
            "lora_alpha": ALPHA,
            "r": rank,
            "target_modules": sorted({module.rsplit(".", 1)[-1] for module in modules}),
            "task_type": "CAUSAL_LM",
            "use_dora": False,
            "use_rslora": False,
            **config,
        },
    )
    return made


def write_mistral_adapter(base: Path, folder: Path) -> Matrices:
    """Every matrix of the layers, BF16."""
    return write_adapter(folder, find_modules(base, *ATTENTION, *FEED_FORWARD), dtype="BF16")


def write_llama2_adapter(base: Path, folder: Path) -> Matrices:
    """Queries and values, the embedding and the output, F32."""
    names = ("self_attn.q_proj", "self_attn.v_proj", "embed_tokens", "lm_head")
    return write_adapter(folder, find_modules(base, *names))


def write_qwen2_adapter(base: Path, folder: Path) -> Matrices:
    """The attention, F16, with a rank of 1."""
    return write_adapter(folder, find_modules(base, *ATTENTION), dtype="F16", rank=1)


def write_gemma3_adapter(base: Path, folder: Path) -> Matrices:
    return write_adapter(folder, find_modules(base, *ATTENTION, *FEED_FORWARD))


ADAPTERS: Mapping[str, Callable[[Path, Path], Matrices]] = {
    "gemma3": write_gemma3_adapter,
    "llama2": write_llama2_adapter,
    "mistral": write_mistral_adapter,
    "qwen2": write_qwen2_adapter,
}
