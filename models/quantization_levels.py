"""Which type each tensor of a model gets at a quantization level, and why.

The rules of llama.cpp (`src/llama-quant.cpp`: `tensor_allows_quantization`,
`llama_tensor_get_type_impl`, `tensor_type_fallback`), for the levels that can be written here; what
it does differently for Falcon and GLM-5 is left out.
"""

import enum
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from models.ggml_types import TENSOR_TYPES

FLOAT_TYPES = ("F32", "F16", "BF16")
WRITABLE_LEVELS = (
    "F32", "F16", "BF16", "Q8_0", "Q6_K", "Q5_K_M", "Q5_K_S", "Q5_0", "Q4_K_M", "Q4_K_S",
    "Q4_0", "Q4_1", "IQ4_XS", "Q3_K_L", "Q3_K_M", "Q3_K_S", "Q2_K",
)  # fmt: skip
WRITABLE_TYPES = (
    *FLOAT_TYPES, "Q8_0", "Q6_K", "Q5_K", "Q5_1", "Q5_0", "Q4_K", "Q4_1", "Q4_0", "IQ4_XS",
    "IQ4_NL", "Q3_K", "Q2_K",
)  # fmt: skip

# what a type becomes where a row does not divide into its blocks of 256
_FALLBACKS = {
    "Q2_K": "Q4_0", "Q3_K": "Q4_0", "Q4_K": "Q5_0", "Q5_K": "Q5_1", "Q6_K": "Q8_0",
    "IQ4_XS": "IQ4_NL",
}  # fmt: skip

# Weights that are never quantized, by a part of their name: norms, gates, small or sensitive ones.
_KEPT = (
    "_norm.weight", "ffn_gate_inp.weight", "ffn_gate_tid2eid.weight", "altup", "laurel",
    "per_layer_model_proj", "ssm_conv1d", "shortconv.conv.weight", "indexer.k_proj.weight",
    "indexer.q_proj.weight", "time_mix_first.weight", "time_mix_w0.weight", "time_mix_w1.weight",
    "time_mix_w2.weight", "time_mix_v0.weight", "time_mix_v1.weight", "time_mix_v2.weight",
    "time_mix_a0.weight", "time_mix_a1.weight", "time_mix_a2.weight", "time_mix_g1.weight",
    "time_mix_g2.weight", "time_mix_decay_w1.weight", "time_mix_decay_w2.weight",
    "time_mix_lerp_fused.weight", "attn_rel_b.weight", ".position_embd", "sam.pos_embd",
    "sam.neck.", "sam.net_", ".rel_pos", ".patch_embd", ".patch_merger", "a.rvq.codebook",
    "mm.a.code_embd",
)  # fmt: skip
_KEPT_WHOLE_NAMES = ("position_embd.weight", "token_types.weight")
# Of these, the ones that the converter writes as F32 (conversion/base.py); the rest stay as stored.
_KEPT_AS_F32 = ("_norm.weight", "ffn_gate_inp.weight", "ssm_conv1d", "shortconv.conv.weight")

_LARGE_LAYERS = {"llama": 80, "qwen2": 80, "deci": 80, "olmo": 80, "jais2": 68}  # "70B" models


class Reason(enum.StrEnum):
    """Why a tensor has its type."""

    LEVEL = "level"  # the type that the level is named after
    KEPT = "kept"  # never quantized
    OUTPUT = "output"  # the matrix that makes the logits
    SENSITIVE = "sensitive"  # more bits, as errors cost more here
    ASKED = "asked"  # the user named the type
    ROW = "row"  # the row does not divide into blocks of the wanted type


class Choice(NamedTuple):
    """The type of a tensor; `wanted` is what it would be if its row divided into the blocks."""

    type: str
    reason: Reason
    wanted: str


class ModelFacts(NamedTuple):
    """What the rules ask of a model. `heads` and `heads_kv` are those of the first layer."""

    architecture: str
    layers: int
    heads: int
    heads_kv: int
    experts: int

    @property
    def grouping(self) -> int:
        """How many heads share a key and a value; 0 without attention."""
        return self.heads // self.heads_kv if self.heads_kv else 0

    @property
    def is_large(self) -> bool:
        """Whether llama.cpp calls the model 70B."""
        layers = _LARGE_LAYERS.get(self.architecture)
        return layers == self.layers and (
            self.architecture != "llama" or self.heads != self.heads_kv
        )


def base_type(level: str) -> str:
    """Return the tensor type that a level is named after: Q4_K for Q4_K_M."""
    return re.sub("_[SML]$", "", level)


def order_tensor(name: str) -> tuple[int, bytes]:
    """Return the sort key of llama.cpp's quantizer: layer (-1 outside of the blocks), then name."""
    block = re.match(r"blk\.(\d+)\.", name)
    return int(block[1]) if block else -1, name.encode()


def can_quantize(name: str, shape: Sequence[int]) -> bool:
    """Return whether a tensor may be quantized; `shape` has the row length first."""
    return (
        max(shape[1:], default=1) > 1
        and name.endswith("weight")
        and name not in _KEPT_WHOLE_NAMES
        and not any(part in name for part in _KEPT)
    )


def choose_types(
    tensors: Iterable[tuple[str, Sequence[int], str]],
    *,
    level: str,
    facts: ModelFacts,
    asked: Sequence[tuple[re.Pattern[str], str]] = (),
    has_importance: bool = False,
) -> dict[str, Choice]:
    """Return the choice for each tensor, by its name.

    `tensors` are names, shapes (row length first) and the types they are stored in. The first
    pattern of `asked` that is found in a name decides its type.
    """
    ordered = sorted(tensors, key=lambda tensor: order_tensor(tensor[0]))
    rules = _Rules([name for name, *_ in ordered], level, facts, has_importance)
    choices: dict[str, Choice] = {}
    for name, shape, stored in ordered:
        if not can_quantize(name, shape):
            kept = "F32" if stored in FLOAT_TYPES and _is_always_f32(name, shape) else stored
            choices[name] = Choice(kept, Reason.KEPT, kept)
            continue
        named = next((kind for pattern, kind in asked if pattern.search(name)), None)
        if named:
            wanted, reason = named, Reason.ASKED
        elif level in FLOAT_TYPES:
            wanted, reason = level, Reason.LEVEL
        else:
            wanted, reason = rules.choose(name, shape[0])
        fitting = _fit(wanted, shape[0])
        choices[name] = Choice(fitting, reason if fitting == wanted else Reason.ROW, wanted)
    return choices


def _is_always_f32(name: str, shape: Sequence[int]) -> bool:
    return (
        max(shape[1:], default=1) == 1
        or name in _KEPT_WHOLE_NAMES
        or not name.endswith(".weight")
        or any(part in name for part in _KEPT_AS_F32)
    )


def _fit(wanted: str, row_length: int) -> str:
    for kind in (wanted, _FALLBACKS.get(wanted)):
        if kind and row_length % TENSOR_TYPES[kind].block == 0:
            return kind
    return "F16"


class _Rules:
    """The rules of a level. They count the tensors that they are asked about, as llama.cpp does."""

    def __init__(self, names: list[str], level: str, facts: ModelFacts, has_importance: bool):
        self.level = level
        self.base = base_type(level)
        self.facts = facts
        self.has_importance = has_importance
        self.is_tied = "output.weight" not in names
        self.values = sum(map(_is_value, names))
        self.values_seen = 0
        self.downs_seen = 0

    def choose(self, name: str, row_length: int) -> tuple[str, Reason]:
        if name == "output.weight" or (self.is_tied and name.endswith("token_embd.weight")):
            divides = row_length % TENSOR_TYPES[self.base].block == 0
            return ("Q6_K" if divides and self.base != "Q8_0" else "Q8_0"), Reason.OUTPUT
        if _is_value(name):
            wanted = self.for_value()
            self.values_seen += 1
        elif "attn_k.weight" in name:
            wanted = "Q8_0" if self.facts.experts == 8 else self.base
        elif "attn_output.weight" in name:
            wanted = self.for_output_projection()
        elif "ffn_down" in name:
            # of experts there are several in a layer, and not always in order
            layer = order_tensor(name)[0] if self.facts.experts > 1 else self.downs_seen
            wanted = self.for_down(layer)
            self.downs_seen += 1
        else:
            wanted = self.base
        return wanted, Reason.LEVEL if wanted == self.base else Reason.SENSITIVE

    def for_value(self) -> str:
        i, base = self.values_seen, self.base
        is_grouped = self.facts.grouping >= 4
        wanted = {
            "Q2_K": "Q4_K" if is_grouped else "Q3_K",
            "Q3_K_M": "Q5_K" if i < 2 else "Q4_K",
            "Q3_K_L": "Q5_K",
            "IQ4_XS": "Q5_K" if is_grouped else base,
            "Q4_K_S": "Q5_K" if i < 4 else base,
            "Q4_K_M": "Q6_K" if _gets_more(i, self.values) else base,
            "Q5_K_M": "Q6_K" if _gets_more(i, self.values) else base,
        }.get(self.level, base)
        if self.facts.is_large and wanted in {"Q3_K", "Q4_K"}:
            wanted = "Q5_K"
        return "Q8_0" if self.facts.experts == 8 else wanted

    def for_down(self, i: int) -> str:
        base, n = self.base, self.facts.layers
        is_early = i < n // 8
        return {
            "Q2_K": "Q3_K",
            "Q3_K_M": "Q5_K" if i < n // 16 else "Q4_K",
            "Q3_K_L": "Q5_K",
            "IQ4_XS": "Q5_K" if is_early and not self.has_importance else base,
            "Q4_K_S": "Q5_K" if is_early else base,
            "Q4_K_M": "Q6_K" if _gets_more(i, n) else base,
            "Q5_K_M": "Q6_K" if _gets_more(i, n) else base,
            "Q4_0": "Q4_1" if is_early and self.has_importance else base,
            "Q5_0": "Q5_1" if is_early and self.has_importance else base,
        }.get(self.level, base)

    def for_output_projection(self) -> str:
        if self.facts.experts == 8:
            few_bits = {"Q2_K", "Q3_K_S", "Q3_K_M", "Q4_K_S", "Q4_K_M", "IQ4_XS"}
            return "Q5_K" if self.level in few_bits else self.base
        wanted = {"Q2_K": "Q3_K", "Q3_K_M": "Q4_K", "Q3_K_L": "Q5_K"}
        return wanted.get(self.level, self.base)


def _is_value(name: str) -> bool:
    return any(part in name for part in ("attn_qkv.weight", "attn_kv_b.weight", "attn_v.weight"))


def _gets_more(i: int, n: int) -> bool:
    """Return whether layer `i` of `n` is in the first or last eighth, or each third between."""
    return i < n // 8 or i >= 7 * n // 8 or (i - n // 8) % 3 == 2
