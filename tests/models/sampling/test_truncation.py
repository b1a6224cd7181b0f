"""Truncation, against llama.cpp and by hand."""

import numpy as np
import pytest

from models.sampling import Candidates, MinP, Stage, TopK, TopNSigma, TopP, Typical, Xtc
from models.sampling.candidates import FloatArray
from tests.models.sampling.distributions import make_all_logits, make_moment, run_stages
from tests.models.sampling.llama_oracle import assert_agrees, run_llama

STAGES: tuple[Stage, ...] = (
    *(TopK(k) for k in (0, 1, 2, 40, 200, 5000, 10**6)),
    *(TopP(p) for p in (0.01, 0.3, 0.7, 0.9, 0.95, 0.99, 1.0)),
    *(TopP(0.2, min_keep) for min_keep in (1, 9, 400)),
    *(MinP(p) for p in (0.0, 0.001, 0.05, 0.5, 1.0)),
    *(MinP(0.5, min_keep) for min_keep in (1, 7, 300)),
    *(Typical(p) for p in (0.05, 0.2, 0.5, 0.9, 0.95, 1.0)),
    *(Typical(0.05, min_keep) for min_keep in (1, 30, 700)),
    *(TopNSigma(n) for n in (0.0, 0.5, 1.0, 2.0, 3.0, 10.0)),
    *(Xtc(1.0, threshold) for threshold in (0.0, 0.01, 0.1, 0.3, 0.5, 0.51)),
    *(Xtc(1.0, 0.001, min_keep) for min_keep in (3, 45, 31000)),
    Xtc(0.0, 0.1),
)


@pytest.mark.parametrize("stage", STAGES, ids=repr)
def test_agrees_with_llama(stage: Stage, real_logits: list[FloatArray]) -> None:
    """The very same survivors, from tokens by id and from tokens sorted by logit."""
    for logits in (*make_all_logits(), *real_logits):
        whole = Candidates(logits)
        assert_agrees(run_stages([stage], whole), run_llama([stage], logits))
        ordered = run_stages([stage], whole.largest(len(whole)))
        assert_agrees(ordered, run_llama([stage], logits, ordered=True))


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
        (Typical(0.45), [1, 2]),
        (Xtc(1.0, 0.25), [1, 2, 3]),
        (Xtc(1.0, 0.05), [3]),
        (Xtc(1.0, 0.25, 4), [0, 1, 2, 3]),
    ],
)
def test_by_hand(stage: Stage, survivors: list[int]) -> None:
    left = run_stages([stage], Candidates(HALVES).largest(4))
    assert left.ids is not None
    assert left.ids.tolist() == survivors


def test_xtc_strikes_as_often_as_its_probability() -> None:
    stage = Xtc(0.3, 0.25)
    struck = sum(
        len(stage.apply(Candidates(HALVES), make_moment(index=index))) < 4 for index in range(2000)
    )
    assert abs(struck - 600) < 100  # five standard deviations of a binomial (20.5 each)


def test_ties_go_to_the_lower_id() -> None:
    left = run_stages([TopK(3)], Candidates(np.zeros(2000, np.float32)))
    assert left.ids is not None
    assert left.ids.tolist() == [0, 1, 2]
