"""A PEFT adapter: a folder with adapter_config.json and the pairs of matrices of a LoRA.

Tensors are those of llama.cpp's convert_lora_to_gguf at the release of llama-cpp-python 0.3.36,
byte by byte (tests/converters/goldens), except where its file would not work:

- Rank-stabilized LoRA and a scale of a matrix of its own (use_rslora, alpha_pattern) go into B;
  there, they are ignored.
- The matrices of GPT-2 keep their direction, in which PEFT stores them as for any other model;
  there, they are turned, and the file cannot be loaded.
- A norm that the adapter replaces is refused; there it is written, and llama.cpp ignores it.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from converters.architectures import ARCHITECTURES
from converters.architectures.architecture import Architecture, Expected
from converters.architectures.tensor_edits import transpose
from converters.checkpoint import Checkpoint, read_architecture
from converters.json_file import Settings, read_object, shorten
from converters.key_list import KeyList
from converters.safetensors import VALUE_BYTES, StoredTensor, read_shard
from converters.source import Key
from models.adapter_file import ALPHA, EMBEDDING, check_fit
from models.errors import InputError
from models.gguf_file import GgufSummary, check_generates_text, summarize

CONFIG = "adapter_config.json"
WEIGHTS = "adapter_model.safetensors"
PREFIX = "base_model.model."
_PARTS = {
    ".lora_A.weight": ".lora_a",
    ".lora_B.weight": ".lora_b",
    ".lora_embedding_A": ".lora_a",
    ".lora_embedding_B": ".lora_b",
}
# What a GGUF adapter has no place for, and the values that leave it out.
_REFUSED: Mapping[str, tuple[object, ...]] = {
    "alora_invocation_tokens": (None, []),
    "bias": (None, "none"),
    "layer_replication": (None, []),
    "lora_bias": (None, False),
    "modules_to_save": (None, []),
    "target_parameters": (None, []),
    "trainable_token_indices": (None, [], {}),
    "use_dora": (None, False),
    "use_qalora": (None, False),
}
_CHANGES_BASE = ("pissa", "olora", "corda", "loftq")  # init_lora_weights that change the base model


@dataclass(frozen=True, slots=True)
class LoraAdapter:
    """An adapter to write: a name for its file, and float32[rows, columns] by GGUF name."""

    name: str
    keys: tuple[Key, ...]
    tensors: Mapping[str, npt.NDArray[np.float32]]


def is_adapter(folder: Path) -> bool:
    """Whether the folder holds a PEFT adapter, not a model."""
    return (folder / CONFIG).is_file() and not (folder / "config.json").is_file()


def read_adapter(folder: Path, base: Path) -> LoraAdapter:
    """Read the adapter in `folder` for the model `base`, a checkpoint's folder or a GGUF file.

    Of a folder only config.json is read. Raises InputError, and nothing else, for an adapter of
    another kind, a damaged one, or one that was made for another model.
    """
    config = Settings(read_object(folder / CONFIG), CONFIG)
    _check_kind(config)
    if not (folder / WEIGHTS).is_file():
        found = "only adapter_model.bin, a format that can run code when it is opened"
        has_bin = (folder / "adapter_model.bin").is_file()
        raise InputError(
            f"{folder} has {found if has_bin else f'no {WEIGHTS}'}: get the adapter as safetensors."
        )
    architecture = _open_base(base)
    expected = architecture.list_expected()
    alpha = config.number("lora_alpha")
    if alpha <= 0:
        raise InputError(f"lora_alpha is {alpha:g} in {CONFIG}, so the adapter changes nothing.")
    tensors = {}
    for name, stored in read_shard(folder / WEIGHTS).items():
        module, part = _take_apart(name, stored)
        wanted = _find(module, expected)
        if part == ".lora_a":
            tensors[wanted.name + part] = _read_first(stored, wanted)
        else:
            strength = _strength(config, module, alpha, rank=stored.shape[1])
            tensors[wanted.name + part] = _read_second(stored, wanted, strength)
    ordered = {name: tensors[name] for name in sorted(tensors)}
    check_fit(
        {name: values.shape for name, values in ordered.items()},
        {tensor.name: _gguf_shape(tensor) for tensor in expected.values()},
        adapter=folder.name,
        base=base.name,
    )
    keys = KeyList()
    keys.put_text("general.architecture", architecture.gguf_name)
    keys.put_text("general.type", "adapter")
    keys.put_text("general.name", folder.resolve().name)
    keys.put_text("adapter.type", "lora")
    keys.put_number(ALPHA, alpha)
    return LoraAdapter(folder.resolve().name, keys.items(), ordered)


def _check_kind(config: Settings) -> None:
    kind = config.values.get("peft_type", "LORA")
    if kind != "LORA":
        raise InputError(f"This is an adapter of the kind {shorten(kind)}: only LoRA is converted.")
    for name, allowed in _REFUSED.items():
        value = config.values.get(name)
        if value not in allowed:
            raise InputError(
                f"{CONFIG} gives {name} = {shorten(value)}, which an adapter in GGUF cannot hold: "
                "merge the adapter into its model with PEFT, and convert that."
            )
    start = config.values.get("init_lora_weights")
    if isinstance(start, str) and start.lower().startswith(_CHANGES_BASE):
        raise InputError(
            f"{CONFIG} gives init_lora_weights = {shorten(start)}, which changed the base model "
            "too: save it as a plain LoRA (PEFT: path_initial_model_for_weight_conversion)."
        )


def _open_base(base: Path) -> Architecture:
    """Return the base model's hyper-parameters and tensors, from its configuration alone."""
    if base.is_dir():
        if not (base / "config.json").is_file():
            raise InputError(f"{base} has no config.json: give the folder of the base model.")
        config = Settings(read_object(base / "config.json"), "config.json")
        name = read_architecture(config)
        kind = ARCHITECTURES.get(name)
    else:
        summary = summarize(base)
        check_generates_text(summary)
        name = summary.architecture
        kind = next((k for k in ARCHITECTURES.values() if k.gguf_name == name), None)
        config = Settings(_describe(summary), base.name)
    if kind is None:
        raise InputError(
            f"The base model is a {shorten(name)}, and adapters are converted for "
            f"{', '.join(sorted(ARCHITECTURES))}: look for the adapter as GGUF."
        )
    return kind(Checkpoint(base, config, name, {}))


def _describe(summary: GgufSummary) -> dict[str, object]:
    """Return what config.json says of the model, as far as it decides names and shapes."""
    names = {tensor.name for tensor in summary.tensors}
    return {
        "attention_bias": "blk.0.attn_q.bias" in names,
        "head_dim": summary.key_length,
        "hidden_size": summary.embedding_length,
        "intermediate_size": summary.feed_forward_length,
        "n_positions": summary.context_length,
        "num_attention_heads": summary.head_count,
        "num_hidden_layers": summary.block_count,
        "num_key_value_heads": max(summary.head_counts_kv, default=summary.head_count),
        "tie_word_embeddings": "output.weight" not in names,
        "vocab_size": summary.vocabulary_size,
    }


def _take_apart(name: str, stored: StoredTensor) -> tuple[str, str]:
    """Return the module that a tensor of the adapter belongs to, and the end of its GGUF name."""
    ending = next((ending for ending in _PARTS if name.endswith(ending)), None)
    if ending is None or not name.startswith(PREFIX):
        raise InputError(
            f"{WEIGHTS} holds {shorten(name)}, which is not a matrix of a LoRA and has no place in "
            "a GGUF adapter: merge the adapter into its model with PEFT, and convert that."
        )
    if stored.dtype not in VALUE_BYTES or len(stored.shape) != 2:
        raise InputError(
            f"{WEIGHTS} holds {shorten(name)} as {stored.dtype} {list(stored.shape)}, and matrices "
            "of F32, F16 or BF16 can be converted: get the adapter again."
        )
    return name.removeprefix(PREFIX).removesuffix(ending), _PARTS[ending]


def _find(module: str, expected: Mapping[str, Expected]) -> Expected:
    """Return the tensor of the base model that a module's weight is.

    The names of modules have a prefix more or less than those of a checkpoint's tensors: GPT-2's
    transformer, the language_model of one that reads images.
    """
    plain = module.replace("language_model.", "", 1)
    for name in (module, module.removeprefix("transformer."), plain, f"model.{plain}"):
        if (found := expected.get(f"{name}.weight")) is not None:
            return found
    raise InputError(
        f"The adapter changes {shorten(module)}, which the base model does not have: choose the "
        "model that it was made for."
    )


def _strength(config: Settings, module: str, alpha: float, *, rank: int) -> float:
    """Return by what B is multiplied, so that alpha / r is the scale that PEFT uses.

    That is alpha / r, or alpha / sqrt(r) where the LoRA is rank-stabilized (arXiv:2312.03732), with
    the alpha of the module if it has its own (PEFT: `LoraLayer.update_layer`).
    """
    own = alpha
    for pattern, value in config.section("alpha_pattern").values.items():
        if not re.fullmatch(r"[\w.]+", pattern) or not isinstance(value, int | float):
            raise InputError(
                f"alpha_pattern in {CONFIG} gives {shorten(value)} for {shorten(pattern)}, which "
                "is not the name of a module and a number: check this file."
            )
        if module == pattern or module.endswith(f".{pattern}"):
            own = float(value)
            break
    return own / alpha * (math.sqrt(rank) if config.flag("use_rslora", default=False) else 1.0)


def _read_first(stored: StoredTensor, wanted: Expected) -> npt.NDArray[np.float32]:
    """Return A as GGUF has it: of an embedding it is turned, for its rows to be looked up."""
    values = _require_finite(stored.decode(stored.read_rows(0, stored.rows)), stored)
    return np.ascontiguousarray(values.T) if wanted.name == EMBEDDING else values


def _read_second(
    stored: StoredTensor, wanted: Expected, strength: float
) -> npt.NDArray[np.float32]:
    """Return B times `strength`, its rows in the order that the tensor's rows have in GGUF."""
    if _is_turned(wanted) or stored.shape[0] != wanted.shape[0]:  # that is refused later
        values = stored.decode(stored.read_rows(0, stored.rows))
    else:
        source = wanted.edit(wanted.name, stored)
        values = source.read(0, source.rows)
    _require_finite(values, stored)
    return values if strength == 1.0 else values * np.float32(strength)


def _require_finite(
    values: npt.NDArray[np.float32], stored: StoredTensor
) -> npt.NDArray[np.float32]:
    if not np.isfinite(values).all():
        raise InputError(
            f"{WEIGHTS} holds values in {shorten(stored.name)} that are not finite numbers: get "
            "the adapter again."
        )
    return values


def _is_turned(tensor: Expected) -> bool:
    """Whether the checkpoint stores the matrix as (inputs, outputs)."""
    return isinstance(tensor.edit, functools.partial) and tensor.edit.func is transpose


def _gguf_shape(tensor: Expected) -> tuple[int, ...]:
    return tensor.shape[::-1] if _is_turned(tensor) else tensor.shape
