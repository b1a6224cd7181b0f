"""DRY, against llama.cpp over the starter's vocabulary, and its search against brute force."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.engine.llama import Model
from models.sampling import Candidates, Dry, TopK
from models.sampling.candidates import FloatArray
from models.sampling.dry import find_breakers, repeated_lengths
from tests.models.sampling.distributions import PlainVocabulary, make_moment, run_stages
from tests.models.sampling.llama_oracle import assert_agrees, run_llama

TEXTS = (
    "The cat sat on the mat. The cat sat on the rug. The cat sat on the",
    "one two three\none two three\none two",
    'She said: "Go home now." He said: "Go home now." They said: "Go home',
    "a a a a a a a a a a a a a a a a a a a a a a a",
    "no repeats here at all",
    "俳句を書く。俳句を書く。俳句を",
    "x",
)
STAGES = (
    Dry(),
    Dry(0.0),
    Dry(last_n=0),
    Dry(2.0, 1.0, 1),
    Dry(0.5, 3.0, 0, 10),
    Dry(1.0, 1.2, 3, 500, ()),
    Dry(0.8, 1.75, 2, 64, ("cat sat", ". The", "。", "", "o")),
    Dry(0.8, 1.75, 1, 64, ("cat sat",)),
    Dry(0.8, 1.75, 2, 64, ("an overlong sequence breaker of more than forty bytes",)),
    Dry(1e6, 1.5, 1, 64, ()),
)


@pytest.mark.parametrize("stage", STAGES, ids=repr)
def test_agrees_with_llama(stage: Dry, starter_model: Model, real_logits: list[FloatArray]) -> None:
    transform = stage.bind(starter_model, None)
    for text in TEXTS:
        tokens = starter_model.tokenize(text)
        moment = make_moment(tokens)
        logits = real_logits[0].copy()
        logits[tokens] = logits.max()  # as probable as any, so that each penalty shows
        theirs = run_llama([stage], logits, tokens=tokens, model=starter_model)
        assert_agrees(transform(Candidates(logits), moment), theirs)
        theirs = run_llama([TopK(50), stage], logits, tokens=tokens, model=starter_model)
        assert_agrees(transform(Candidates(logits).largest(50), moment), theirs)


def test_it_does_punish(starter_model: Model, real_logits: list[FloatArray]) -> None:
    tokens = starter_model.tokenize(TEXTS[0])
    left = run_stages([Dry()], Candidates(real_logits[0]), make_moment(tokens), starter_model)
    changed = np.flatnonzero(left.logits != real_logits[0])
    assert [starter_model.pieces[token] for token in changed] == [b" mat", b" rug"]
    # Before " mat" four tokens repeat (its "The" has no space before), before " rug" six (". The").
    penalties = (real_logits[0] - left.logits)[changed]
    assert penalties.tolist() == pytest.approx([0.8 * 1.75**2, 0.8 * 1.75**4], abs=1e-5)


def test_breakers_across_tokens() -> None:
    vocabulary = PlainVocabulary([b"a", b"b", b"c", b"xa", b"aab", b"abc", b"ca"])
    found = find_breakers(("ab",), vocabulary)
    assert found == {0: [(1,)], 3: [(1,)], 4: [()], 5: [()], 6: [(1,)]}


def test_breakers_that_end_inside_of_a_character() -> None:
    whole = "。".encode()
    vocabulary = PlainVocabulary([whole[:1], whole[1:2], whole[2:], whole, b"."])
    assert find_breakers(("。",), vocabulary) == {0: [(1, 2)], 3: [()]}


@given(st.lists(st.integers(0, 2), max_size=40), st.integers(0, 4))
def test_lengths_are_those_of_brute_force(recent: list[int], allowed: int) -> None:
    expected: dict[int, int] = {}
    if len(recent) > allowed:
        for start in range(1, len(recent)):
            length = 0
            while start + length < len(recent) and recent[length] == recent[start + length]:
                length += 1
            if length >= allowed:
                follower = recent[start - 1]
                expected[follower] = max(expected.get(follower, 0), length)
    assert repeated_lengths(recent, allowed, {}) == expected
