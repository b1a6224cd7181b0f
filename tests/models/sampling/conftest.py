"""A real vocabulary and real logits, from the starter model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.engine.llama import Context, Model, Stop
from models.sampling.candidates import FloatArray

PROMPTS = (
    "The capital of Japan is",
    "Once upon a time there was a little girl who",
    "def fibonacci(n):\n    if n < 2:\n        return",
    "I",
)


@pytest.fixture(scope="session")
def starter_model(starter_path: Path) -> Iterator[Model]:
    model = Model(starter_path)
    yield model
    model.close()


@pytest.fixture(scope="session")
def real_logits(starter_model: Model) -> list[FloatArray]:
    """What the starter model gives after each of PROMPTS: read-only float32[n_vocab] each."""
    context = Context(starter_model, size=256, sequences=1, batch=64, threads=2, stop=Stop())
    found = []
    for prompt in PROMPTS:
        context.remove(0)
        context.decode(starter_model.tokenize(prompt), 0, 0, logits=True)
        found.append(context.logits(-1).copy())
        found[-1].flags.writeable = False
    context.close()
    return found
