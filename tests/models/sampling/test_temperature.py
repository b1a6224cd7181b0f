"""Temperatures, against llama.cpp."""

import numpy as np
import pytest

from models.sampling import Candidates, DynamicTemperature, Stage, Temperature
from models.sampling.candidates import FloatArray
from tests.models.sampling.distributions import make_all_logits, run_stages
from tests.models.sampling.llama_oracle import assert_agrees, run_llama

STAGES: tuple[Stage, ...] = (
    *(Temperature(t) for t in (0.0, 0.01, 0.3, 0.7, 1.0, 1.4, 5.0)),
    *(DynamicTemperature(t, 0.0) for t in (0.0, 0.8, 1.0)),
    *(DynamicTemperature(0.8, delta) for delta in (0.2, 0.8, 2.0)),
    *(DynamicTemperature(1.0, 0.5, exponent) for exponent in (0.0, 0.5, 2.0)),
)


@pytest.mark.parametrize("stage", STAGES, ids=repr)
def test_agrees_with_llama(stage: Stage, real_logits: list[FloatArray]) -> None:
    for logits in (*make_all_logits(), *real_logits):
        whole = Candidates(logits)
        assert_agrees(run_stages([stage], whole), run_llama([stage], logits))
        ordered = run_stages([stage], whole.largest(len(whole)))
        assert_agrees(ordered, run_llama([stage], logits, ordered=True))


def test_a_temperature_too_small_for_float32_takes_the_most_probable() -> None:
    left = Temperature(1e-30).apply(Candidates(np.array([1, 3, 3], np.float32)), None)  # type: ignore[arg-type]
    assert left.ids is not None
    assert left.ids.tolist() == [1]
