"""llama.cpp's own samplers, called through libllama, as the oracle for ours."""

import ctypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from models.engine.llama import L, Model
from models.sampling import (
    Candidates,
    Dry,
    DynamicTemperature,
    LogitBias,
    MinP,
    MirostatV2,
    Penalties,
    Stage,
    Temperature,
    TopK,
    TopNSigma,
    TopP,
    Typical,
    Xtc,
)
from models.sampling.candidates import FloatArray

_TOKEN_DATA = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])
PROBABILITY_TOLERANCE = 1e-5  # the agreement that DESIGN.md asks for


@dataclass(frozen=True)
class Survivors:
    """What llama.cpp leaves, less what it masked with -inf, by rising id."""

    ids: npt.NDArray[np.int32]
    probabilities: npt.NDArray[np.float64]


def make_sampler(stage: Stage, n_vocab: int, model: Model | None = None) -> Any:
    """llama.cpp's sampler of the same name and parameters; the caller frees it."""
    match stage:
        case TopK(k):
            return L.llama_sampler_init_top_k(k)
        case TopP(p, min_keep):
            return L.llama_sampler_init_top_p(p, min_keep)
        case MinP(p, min_keep):
            return L.llama_sampler_init_min_p(p, min_keep)
        case Typical(p, min_keep):
            return L.llama_sampler_init_typical(p, min_keep)
        case TopNSigma(n):
            return L.llama_sampler_init_top_n_sigma(n)
        case Xtc(probability, threshold, min_keep):
            return L.llama_sampler_init_xtc(probability, threshold, min_keep, 1)
        case Temperature(temperature):
            return L.llama_sampler_init_temp(temperature)
        case DynamicTemperature(temperature, delta, exponent):
            return L.llama_sampler_init_temp_ext(temperature, delta, exponent)
        case MirostatV2(tau, eta):
            return L.llama_sampler_init_mirostat_v2(1, tau, eta)
        case Penalties(last_n, repeat, frequency, presence):
            return L.llama_sampler_init_penalties(n_vocab, last_n, repeat, frequency, presence)
        case LogitBias(biases):
            array = (L.llama_logit_bias * len(biases))(*biases)
            return L.llama_sampler_init_logit_bias(n_vocab, len(biases), array)
        case Dry(multiplier, base, allowed_length, last_n, breakers):
            assert model is not None
            texts = (ctypes.c_char_p * len(breakers))(*(text.encode() for text in breakers))
            vocab = L.llama_model_get_vocab(model._model)
            return L.llama_sampler_init_dry(
                vocab, multiplier, base, allowed_length, last_n, texts, len(breakers)
            )
    raise AssertionError(f"llama.cpp has no sampler for {stage}")


def run_llama(
    stages: Iterable[Stage],
    logits: FloatArray,
    *,
    ordered: bool = False,
    tokens: Sequence[int] = (),
    model: Model | None = None,
) -> Survivors:
    """What llama.cpp's samplers leave of `logits`, having accepted `tokens` before."""
    data = np.zeros(len(logits), _TOKEN_DATA)
    order = np.argsort(-logits, kind="stable") if ordered else np.arange(len(logits))
    data["id"], data["logit"] = order, logits[order]
    array = L.llama_token_data_array(
        data.ctypes.data_as(ctypes.POINTER(L.llama_token_data)), len(data), -1, ordered
    )
    for stage in stages:
        sampler = make_sampler(stage, len(logits), model)
        for token in tokens:
            L.llama_sampler_accept(sampler, token)
        L.llama_sampler_apply(sampler, ctypes.byref(array))
        L.llama_sampler_free(sampler)
    address = ctypes.addressof(array.data.contents)  # XTC moves it
    left = np.frombuffer(
        (ctypes.c_char * (array.size * _TOKEN_DATA.itemsize)).from_address(address), _TOKEN_DATA
    ).copy()
    left = np.sort(left[left["logit"] > -np.inf], order="id")
    weights = np.exp(left["logit"].astype(np.float64) - left["logit"].max())
    return Survivors(left["id"], weights / weights.sum())


def assert_agrees(ours: Candidates, theirs: Survivors) -> None:
    """The same survivors, and the same probabilities to PROBABILITY_TOLERANCE."""
    ids = np.arange(len(ours)) if ours.ids is None else ours.ids
    order = np.argsort(ids)
    np.testing.assert_array_equal(ids[order], theirs.ids)
    np.testing.assert_allclose(
        ours.probabilities()[order], theirs.probabilities, rtol=0, atol=PROBABILITY_TOLERANCE
    )
