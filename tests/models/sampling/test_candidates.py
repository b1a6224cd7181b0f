"""The building blocks, against a full sort."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sampling.candidates import Candidates, largest, reach
from tests.models.sampling.distributions import make_logits


@given(
    st.integers(1, 6000),
    st.integers(0, 2500),
    st.sampled_from([1, 3, 50, 10**6]),
    st.floats(0, 1),
    st.integers(0, 2**32 - 1),
)
def test_largest_is_exact(size: int, count: int, values: int, banned: float, seed: int) -> None:
    """With few distinct values (ties), and any part of the logits at -inf."""
    generator = np.random.default_rng(seed)
    logits = generator.integers(-values, values, size).astype(np.float32)
    logits[generator.random(size) < banned] = -np.inf
    expected = np.argsort(-logits, kind="stable")[:count]
    np.testing.assert_array_equal(largest(logits, count), expected)


@given(st.sampled_from(["peaky", "wide", "flat"]), st.sampled_from([12, 3000]), st.floats(0, 1.1))
def test_reach_is_that_of_a_full_sort(shape: str, size: int, mass: float) -> None:
    logits = make_logits(shape, size, 5)
    probabilities = Candidates(logits).probabilities()
    order = np.argsort(-logits, kind="stable")
    cumulative = np.cumsum(probabilities[order], dtype=np.float64)
    expected = min(int(np.count_nonzero(cumulative < mass)) + 1, size)
    positions, count = reach(logits, probabilities, np.float64(mass))
    assert count == expected
    np.testing.assert_array_equal(positions[:count], order[:count])


@pytest.mark.parametrize("known", [0, 5, 400])
def test_a_known_head_changes_nothing(known: int) -> None:
    logits = make_logits("wide", 3000, 2)
    head = largest(logits, known) if known else None
    candidates = Candidates(logits, head=head)
    np.testing.assert_array_equal(candidates.largest(300).ids, largest(logits, 300))
    assert candidates.maximum == logits.max()


def test_changed_logits_keep_the_order_and_drop_what_is_banned() -> None:
    candidates = Candidates(np.array([4, 3, 2, 1], np.float32)).largest(4)
    changed = candidates.with_logits(np.array([1, 3, -np.inf, 3], np.float32))
    assert changed.ids is not None
    assert changed.ids.tolist() == [1, 3, 0]
    assert changed.logits.tolist() == [3, 3, 1]
