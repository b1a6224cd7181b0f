"""Rotary position embedding: its base, its scaling, the factors of Llama 3."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from converters.json_file import Settings, shorten
from converters.key_list import KeyList
from models.errors import InputError


@dataclass(frozen=True, slots=True)
class Rope:
    """How a model encodes positions; `values` are the parameters of its scaling."""

    base: float
    base_local: float | None
    """Of the layers with a sliding window, where they have one of their own."""
    scaling: str
    """The name in transformers; empty for none."""
    values: Settings
    original_context: int


def read_rope(config: Settings, supported: tuple[str, ...]) -> Rope:
    """Read the rope from config.json in either of its spellings, rope_parameters or rope_scaling.

    Raises InputError for a scaling that is not among `supported`.
    """
    name = "rope_parameters" if "rope_parameters" in config.values else "rope_scaling"
    rope = config.section(name)
    local = config.optional_number("rope_local_base_freq")
    if "full_attention" in rope.values:
        local = rope.section("sliding_attention").optional_number("rope_theta")
        rope = rope.section("full_attention")
    scaling = rope.find(["rope_type", "type"])
    if scaling in (None, "default"):
        scaling = ""
    if scaling and (not isinstance(scaling, str) or scaling not in supported):
        raise InputError(
            f"config.json asks for rope scaling of the type {shorten(scaling)}, which cannot be "
            "converted for this architecture."
        )
    if "mrope_section" in rope.values:
        raise InputError("config.json asks for rope in sections (mrope_section): this model reads "
                         "images, and cannot be converted.")  # fmt: skip
    return Rope(
        base=rope.number("rope_theta", default=config.number("rope_theta", default=10000.0)),
        base_local=local,
        scaling=str(scaling),
        values=rope,
        original_context=rope.count(
            "original_max_position_embeddings",
            default=config.count(
                "original_max_position_embeddings",
                default=8192
                if scaling == "llama3"
                else config.count("max_position_embeddings", default=8192),
            ),
        ),
    )


def put_rope(keys: KeyList, prefix: str, rope: Rope) -> None:
    """Put the keys of the scaling and of the bases."""
    if rope.scaling in ("linear", "yarn"):
        keys.put_text(f"{prefix}.rope.scaling.type", rope.scaling)
        keys.put_number(f"{prefix}.rope.scaling.factor", rope.values.number("factor"))
    if rope.scaling == "yarn":
        keys.put_integer(f"{prefix}.rope.scaling.original_context_length", rope.original_context)
        for name, sources in (
            ("yarn_ext_factor", ["extrapolation_factor"]),
            ("yarn_attn_factor", ["attention_factor", "attn_factor"]),
            ("yarn_beta_fast", ["beta_fast"]),
            ("yarn_beta_slow", ["beta_slow"]),
        ):
            if (value := rope.values.optional_number(*sources)) is not None:
                keys.put_number(f"{prefix}.rope.scaling.{name}", value)
    keys.put_number(f"{prefix}.rope.freq_base", rope.base)
    if rope.base_local is not None:
        keys.put_number(f"{prefix}.rope.freq_base_swa", rope.base_local)


def compute_llama3_factors(rope: Rope, head_size: int) -> npt.NDArray[np.float32]:
    """What Llama 3.1 and later divide each frequency by: float32[head_size / 2].

    Source: `LlamaModel.generate_extra_tensors` of llama.cpp, after `_compute_llama3_parameters` of
    transformers; in float32, step by step as there.
    """
    factor = rope.values.number("factor", default=8.0)
    low = rope.values.number("low_freq_factor", default=1.0)
    high = rope.values.number("high_freq_factor", default=4.0)
    if min(factor, low, rope.base) <= 0 or high <= low:
        raise InputError(
            f"config.json scales rope by {factor} with low_freq_factor {low} and high_freq_factor "
            f"{high}, which is no scaling: check this file."
        )
    exponents = np.arange(0, head_size, 2, dtype=np.float32) / np.float32(head_size)
    frequencies = np.float32(1) / np.power(np.float32(rope.base), exponents)
    factors = np.empty(len(frequencies), np.float32)
    for index, frequency in enumerate(frequencies):
        wavelength = np.float32(2 * math.pi) / frequency
        if wavelength < rope.original_context / high:
            factors[index] = 1
        elif wavelength > rope.original_context / low:
            factors[index] = factor
        else:
            ratio = np.float32(rope.original_context) / wavelength
            smooth = (ratio - np.float32(low)) / np.float32(high - low)
            divided = (np.float32(1) - smooth) / np.float32(factor)
            factors[index] = np.float32(1) / (divided + smooth)
    return factors
