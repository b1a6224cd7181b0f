"""Greedy and mirostat, against llama.cpp and by formula."""

import math
from dataclasses import replace

import numpy as np
import pytest

from models.sampling import Candidates, Chain, Greedy, MirostatV2, Moment, Temperature, TopK
from models.sampling.candidates import FloatArray
from tests.models.sampling.distributions import (
    PlainVocabulary,
    make_all_logits,
    make_logits,
    make_moment,
    run_stages,
)
from tests.models.sampling.llama_oracle import assert_agrees, run_llama


@pytest.mark.parametrize("tau", [0.01, 0.5, 1.0, 2.0, 3.0, 5.0, 20.0])
def test_mirostat_agrees_with_llama(tau: float, real_logits: list[FloatArray]) -> None:
    """llama.cpp starts with mu = 2 tau, so tau sets mu in the range."""
    for logits in (*make_all_logits(), *real_logits):
        for stages in ([MirostatV2(tau)], [Temperature(0.8), TopK(30), MirostatV2(tau)]):
            assert_agrees(run_stages(stages, Candidates(logits)), run_llama(stages, logits))


def test_mu_follows_the_formula() -> None:
    chain = Chain([MirostatV2(3.0, 0.2)]).bind(PlainVocabulary(1000))
    logits = make_logits("wide", 1000, 3)
    moment, mu = make_moment(), 6.0
    for index in range(50):
        decision = chain.decide(logits, replace(moment, index=index, mu=mu if index else None))
        allowed = [c for c in decision.candidates if c.removed_by is None]
        total = sum(math.exp(c.logprob) for c in allowed)
        surprises = [-c.logprob / math.log(2) for c in decision.candidates]
        assert all(
            s <= mu + 1e-4
            for s, c in zip(surprises, decision.candidates, strict=True)
            if c.removed_by is None and c.probability < 1
        )
        assert decision.probability == pytest.approx(math.exp(decision.logprob) / total, abs=1e-5)
        mu -= 0.2 * (-math.log2(decision.probability) - 3.0)
        assert decision.mu == pytest.approx(mu, abs=1e-6)


def test_a_forced_token_from_outside_leaves_mu_alone() -> None:
    chain = Chain([MirostatV2(0.5)]).bind(PlainVocabulary(50))
    logits = make_logits("peaky", 50, 1)
    least = int(np.argmin(logits))
    decision = chain.decide(logits, Moment(np.empty(0, np.int32), 1, 4, mu=0.8), chosen=least)
    assert decision.token == least
    assert decision.probability == 0.0
    assert decision.mu == 0.8


def test_greedy_takes_the_lowest_id_of_equals() -> None:
    left = run_stages([Greedy()], Candidates(np.array([1, 3, 2, 3], np.float32)))
    assert left.ids is not None
    assert left.ids.tolist() == [1]
