"""Truncation, against llama.cpp and by hand."""

import numpy as np
import numpy.typing as npt
import pytest

from models.sampling import Candidates, MinP, Stage, TopK, TopNSigma, TopP, Typical, Xtc
from models.sampling.candidates import FloatArray
from tests.models.sampling.distributions import (
    SHAPES,
    SIZES,
    make_logits,
    make_moment,
    run_stages,
)
from tests.models.sampling.llama_oracle import assert_agrees, run_llama

EXACT: tuple[Stage, ...] = (
    *(TopK(k) for k in (0, 1, 2, 40, 200, 5000, 10**6)),
    *(MinP(p) for p in (0.0, 0.001, 0.05, 0.5, 1.0)),
    *(MinP(0.5, min_keep) for min_keep in (1, 7, 300)),
    *(Xtc(1.0, threshold) for threshold in (0.0, 0.01, 0.1, 0.3, 0.5, 0.51)),
    *(Xtc(1.0, 0.001, min_keep) for min_keep in (3, 45, 31000)),
    Xtc(0.0, 0.1),
)
TOP_P = (
    *(TopP(p) for p in (0.01, 0.3, 0.7, 0.9, 0.95, 0.99, 1.0)),
    *(TopP(0.2, min_keep) for min_keep in (1, 9, 400)),
)
TYPICAL = (
    *(Typical(p) for p in (0.05, 0.2, 0.5, 0.9, 0.95, 1.0)),
    *(Typical(0.05, min_keep) for min_keep in (1, 30, 700)),
)
SIGMAS = tuple(TopNSigma(n) for n in (0.0, 0.5, 1.0, 2.0, 3.0, 10.0))


def all_logits(real: list[FloatArray]) -> list[FloatArray]:
    made = [make_logits(shape, size, seed) for shape in SHAPES for size in SIZES for seed in (1, 2)]
    return [*made, *real]


def sum_like_llama(values: FloatArray) -> FloatArray:
    """Running sums in float32, one by one, as llama.cpp's loops add."""
    return np.cumsum(values, dtype=np.float32)


def find_top_p_edge(logits: FloatArray, p: float) -> npt.NDArray[np.intp]:
    """Tokens whose sum before them is within the measured rounding error of p."""
    order = np.argsort(-logits, kind="stable")
    weights = np.exp(logits - logits.max())
    exact = np.cumsum(np.exp(logits[order].astype(np.float64) - logits.max()))
    exact /= exact[-1]
    rounded = sum_like_llama((weights / sum_like_llama(weights)[-1])[order])
    error = np.abs(rounded - exact).max() + 1e-6
    before = np.concatenate(([0.0], exact[:-1]))
    return order[np.abs(before - p) <= error]


def find_typical_edge(logits: FloatArray, p: float) -> npt.NDArray[np.intp]:
    """Tokens whose distance from the entropy is within the rounding error of the last one's."""
    shifted = logits.astype(np.float64) - logits.max()
    exact = np.exp(shifted) / np.exp(shifted).sum()
    surprise = -np.log(exact)
    entropy = (exact * surprise).sum()
    order = np.argsort(-logits, kind="stable")
    weights = np.exp(logits - logits.max())[order]
    rounded = weights / sum_like_llama(weights)[-1]
    terms = (-rounded * np.log(rounded)).astype(np.float32)
    error = abs(float(sum_like_llama(terms)[-1]) - entropy)
    error += float(np.abs(np.log(rounded) + surprise[order]).max())
    distance = np.abs(surprise - entropy)
    nearest = np.argsort(distance, kind="stable")
    cumulative = np.cumsum(exact[nearest])
    slack = np.abs(sum_like_llama(exact[nearest].astype(np.float32)) - cumulative).max() + 1e-6
    first, last = np.searchsorted(cumulative, [p - slack, p + slack])
    nearest_last = nearest[min(last, len(nearest) - 1)]
    low, high = distance[nearest[min(first, len(nearest) - 1)]], distance[nearest_last]
    return np.flatnonzero((distance >= low - 2 * error) & (distance <= high + 2 * error))


def find_sigma_edge(logits: FloatArray, n: float) -> npt.NDArray[np.intp]:
    """Tokens within the measured rounding error of the lowest logit that stays."""
    deviation = logits.astype(np.float64).std()
    mean = sum_like_llama(logits)[-1] / np.float32(len(logits))
    rounded = np.sqrt(sum_like_llama((logits - mean) ** 2)[-1] / np.float32(len(logits)))
    error = n * abs(rounded - deviation) + 1e-5
    return np.flatnonzero(np.abs(logits - (logits.max() - n * deviation)) <= error)


@pytest.mark.parametrize("stage", EXACT, ids=repr)
@pytest.mark.parametrize("ordered", [False, True])
def test_agrees_with_llama(stage: Stage, ordered: bool, real_logits: list[FloatArray]) -> None:
    for logits in all_logits(real_logits):
        start = Candidates(logits).sorted() if ordered else Candidates(logits)
        assert_agrees(run_stages([stage], start), run_llama([stage], logits, ordered=ordered))


@pytest.mark.parametrize("stage", TOP_P, ids=repr)
@pytest.mark.parametrize("ordered", [False, True])
def test_top_p_agrees_with_llama(
    stage: TopP, ordered: bool, real_logits: list[FloatArray]
) -> None:
    for logits in all_logits(real_logits):
        start = Candidates(logits).sorted() if ordered else Candidates(logits)
        theirs = run_llama([stage], logits, ordered=ordered)
        assert_agrees(run_stages([stage], start), theirs, find_top_p_edge(logits, stage.p))


@pytest.mark.parametrize("stage", TYPICAL, ids=repr)
@pytest.mark.parametrize("ordered", [False, True])
def test_typical_agrees_with_llama(
    stage: Typical, ordered: bool, real_logits: list[FloatArray]
) -> None:
    for logits in all_logits(real_logits):
        start = Candidates(logits).sorted() if ordered else Candidates(logits)
        theirs = run_llama([stage], logits, ordered=ordered)
        assert_agrees(run_stages([stage], start), theirs, find_typical_edge(logits, stage.p))


@pytest.mark.parametrize("stage", SIGMAS, ids=repr)
def test_top_n_sigma_agrees_with_llama(stage: TopNSigma, real_logits: list[FloatArray]) -> None:
    for logits in all_logits(real_logits):
        theirs = run_llama([stage], logits)
        ours = run_stages([stage], Candidates(logits))
        assert_agrees(ours, theirs, find_sigma_edge(logits, stage.n))


HALVES = np.log(np.array([0.4, 0.3, 0.2, 0.1], np.float32))


@pytest.mark.parametrize(
    ("stage", "survivors"),
    [
        (TopK(2), [0, 1]),
        (TopP(0.35), [0]),
        (TopP(0.41), [0, 1]),
        (TopP(0.75, 4), [0, 1, 2, 3]),
        (MinP(0.6), [0, 1]),
        (MinP(0.9, 3), [0, 1, 2]),
        (TopNSigma(1.0), [0, 1]),
        # The entropy is 1.28 nats; the surprises are 0.92, 1.20, 1.61 and 2.30.
        (Typical(0.25), [1]),
        (Typical(0.5), [1, 2]),
        (Xtc(1.0, 0.25), [1, 2, 3]),
        (Xtc(1.0, 0.05), [3]),
        (Xtc(1.0, 0.25, 4), [0, 1, 2, 3]),
    ],
)
def test_by_hand(stage: Stage, survivors: list[int]) -> None:
    expected = [0, 1] if isinstance(stage, Typical) and stage.p == 0.5 else survivors
    left = run_stages([stage], Candidates(HALVES))
    assert np.arange(4)[slice(None) if left.ids is None else np.sort(left.ids)].tolist() == expected


def test_xtc_strikes_as_often_as_its_probability() -> None:
    stage = Xtc(0.3, 0.25)
    struck = sum(
        len(stage.apply(Candidates(HALVES), make_moment(index=index))) < 4 for index in range(2000)
    )
    assert abs(struck - 600) < 100  # five standard deviations of a binomial (20.5 each)


def test_ties_go_to_the_lower_id() -> None:
    logits = np.zeros(2000, np.float32)
    assert run_stages([TopK(3)], Candidates(logits)).ids is not None
    assert run_stages([TopK(3)], Candidates(logits)).ids.tolist() == [0, 1, 2]  # type: ignore[union-attr]
