"""Eight strategies decoded together, against eight runs that each read the prompt themselves."""

from __future__ import annotations

import time
from pathlib import Path

from models.engine.blocking import BlockingEngine
from models.strategies import STANDARD, Strategy, make_strategies, run_strategies

CONTEXT = 4096


def measure(
    model: Path, threads: int, text: str, *, prompt_tokens: int, tokens: int, rounds: int
) -> list[float]:
    """Return the time of one batch over the time of separate runs, round by round.

    `text` is cut to `prompt_tokens`; every prompt begins with other words, so that nothing of it
    is in the cache.
    """
    strategies = make_strategies(STANDARD, seed=7)
    ratios = []
    with BlockingEngine() as engine:
        engine.load(model, context=CONTEXT, threads=threads)
        for round_ in range(rounds):
            prompt = _cut(engine, text, prompt_tokens)
            together = _seconds(engine, f"{round_} {prompt}", strategies, tokens)
            alone = sum(
                _seconds(engine, f"{round_}.{number} {prompt}", [strategy], tokens)
                for number, strategy in enumerate(strategies)
            )
            ratios.append(together / alone)
    return ratios


def _seconds(engine: BlockingEngine, prompt: str, strategies: list[Strategy], tokens: int) -> float:
    start = time.perf_counter()
    for _ in run_strategies(engine, prompt, strategies, tokens=tokens):
        pass
    return time.perf_counter() - start


def _cut(engine: BlockingEngine, text: str, tokens: int) -> str:
    while len(engine.tokenize(text)) > tokens - 4:
        text = text[:-10]
    return text
