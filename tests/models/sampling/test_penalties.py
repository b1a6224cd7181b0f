"""Penalties and biases, against llama.cpp."""

import numpy as np
import pytest

from models.errors import InputError
from models.sampling import Candidates, LogitBias, Penalties, TopK
from models.sampling.candidates import FloatArray
from tests.models.sampling.distributions import (
    PlainVocabulary,
    make_all_logits,
    make_moment,
    run_stages,
)
from tests.models.sampling.llama_oracle import assert_agrees, run_llama

PENALTIES = (
    Penalties(64, 1.0),
    Penalties(0, 1.3),
    Penalties(64, 1.1),
    Penalties(5, 1.5),
    Penalties(64, 0.8),
    Penalties(64, 1.0, 0.7, 0.0),
    Penalties(64, 1.0, 0.0, 1.2),
    Penalties(20, 1.2, 0.3, -0.4),
    Penalties(1000, 3.0, -0.5, 2.0),
)


@pytest.mark.parametrize("stage", PENALTIES, ids=repr)
def test_penalties_agree_with_llama(stage: Penalties, real_logits: list[FloatArray]) -> None:
    """Alone, and after and before top-k, where tokens are no longer found by their place."""
    for logits in (*make_all_logits(), *real_logits):
        generator = np.random.default_rng(len(logits))
        likely = np.argsort(-logits)[:30]
        tokens = [int(token) for token in generator.choice(likely, 100)]
        tokens += [int(token) for token in generator.integers(0, len(logits), 50)] + tokens[:20]
        for stages in ([stage], [TopK(20), stage], [stage, TopK(20)], [TopK(45), stage, TopK(9)]):
            ours = run_stages(stages, Candidates(logits), make_moment(tokens))
            assert_agrees(ours, run_llama(stages, logits, tokens=tokens))


def test_no_tokens_no_penalty() -> None:
    whole = Candidates(np.zeros(5, np.float32))
    assert Penalties(64, 2.0).apply(whole, make_moment()) is whole


def test_penalised_candidates_are_in_order_again() -> None:
    logits = np.array([5, 4, 3, 2], np.float32)
    left = run_stages([TopK(3), Penalties(4, 1.0, 0.0, 1.5)], Candidates(logits), make_moment([0]))
    assert left.ids is not None
    assert left.ids.tolist() == [1, 0, 2]
    assert left.logits.tolist() == [4, 3.5, 3]


@pytest.mark.parametrize(
    "biases",
    [((3, 2.5),), ((0, -4.0), (17, 3.0), (49, 0.5)), ((7, float("-inf")), (8, 9.0))],
)
def test_logit_bias_agrees_with_llama(
    biases: tuple[tuple[int, float], ...], real_logits: list[FloatArray]
) -> None:
    for logits in (*make_all_logits(), *real_logits):
        for stages in ([LogitBias(biases)], [TopK(20), LogitBias(biases)]):
            ours = run_stages(stages, Candidates(logits))
            assert_agrees(ours, run_llama(stages, logits))


def test_a_bias_beyond_the_vocabulary_is_refused() -> None:
    with pytest.raises(InputError, match="names token 5, but the vocabulary ends at 4"):
        LogitBias(((5, 1.0),)).bind(PlainVocabulary(5), None)


def test_a_token_biased_twice_is_refused() -> None:
    with pytest.raises(InputError, match="names token 5 twice"):
        LogitBias(((5, 1.0), (5, 2.0)))
