"""Random numbers that are looked up, against the published algorithm."""

import numpy as np

from models.sampling.randomness import _mix, uniform


def test_the_mix_is_splitmix64() -> None:
    """The first outputs of SplitMix64 from state 1234567, as Rosetta Code lists them."""
    state, found = 1234567, []
    for _ in range(5):
        state += 0x9E3779B97F4A7C15
        found.append(_mix(state))
    assert found == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_uniform_and_independent() -> None:
    draws = np.array([[[uniform(s, i, k) for i in range(100)] for k in (0, 1)] for s in range(50)])
    assert draws.min() >= 0
    assert draws.max() < 1
    # 5,000 numbers a stream: five standard errors of mean, and of correlation.
    assert abs(draws.mean() - 0.5) < 5 * np.sqrt(1 / 12 / draws.size)
    assert abs(np.corrcoef(draws[:, 0].ravel(), draws[:, 1].ravel())[0, 1]) < 5 / np.sqrt(5000)
    assert abs(np.corrcoef(draws[:-1].ravel(), draws[1:].ravel())[0, 1]) < 5 / np.sqrt(9800)
    assert len(np.unique(draws)) == draws.size


def test_seeds_use_all_64_bits() -> None:
    assert uniform(0, 0, 0) != uniform(2**63, 0, 0)
    assert 0 <= uniform(2**64 - 1, 10**9, 1) < 1
