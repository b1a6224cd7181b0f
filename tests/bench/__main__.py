"""`make bench`: the figures of the design, as ratios within one run on the machine at hand.

Nothing is asserted: each row prints what was measured (a median) and what it is meant to reach.
`make bench ARGS=--large` adds the rows at the size of Mistral-7B, on random weights: 40 GB of disk
and some twenty minutes. `--upstream PYTHON LLAMA_CPP` compares conversion with llama.cpp's own: a
Python with torch, transformers and sentencepiece, and the source at llama-cpp-python's release;
`--perplexity TOOL` compares levels with its llama-perplexity.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import psutil

from models import operations
from models.catalogue import STARTER
from models.engine import protocol
from models.engine.blocking import BlockingEngine
from models.library import find_model
from models.machine import choose_threads
from models.sampling import PRESETS, Chain, Moment
from models.size import format_size
from tests.bench import conversion_speed, editor_speed, ladder_speed, strategies_speed, window_speed
from tests.bench.big_checkpoint import write_big_mistral
from tests.bench.conversion_speed import Upstream
from tests.idleness import wait_until_idle

HERE = Path(__file__).parent
CONTEXT = 4096
PROMPT = "The lighthouse keeper wound the clock every evening at six, because the lamp did. "
LONGER_PROMPT = f"{PROMPT}It was said in the harbour that he had never missed an evening, and that"
BALANCED = PRESETS["balanced"].settings.chain()


class BareLoop:
    """The process that only decodes."""

    def __init__(self, model: Path, threads: int, context: int = CONTEXT) -> None:
        command = [
            sys.executable,
            str(HERE / "bare_loop.py"),
            str(model),
            str(context),
            str(threads),
        ]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._answer()

    def seconds(self, prompt_tokens: int, steps: int) -> float:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{prompt_tokens} {steps}\n")
        self._process.stdin.flush()
        return float(self._answer())

    def close(self) -> None:
        self._process.communicate()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


class Vocabulary:
    """As many tokens as a benchmark wants, for chains that look at none of them."""

    def __init__(self, size: int) -> None:
        self.pieces = [b"x"] * size

    def tokenize(self, text: str) -> list[int]:
        return []


def show(what: str, figure: str, meant: str, rounds: list[float] | None = None) -> None:
    """Print one row."""
    spread = f"  ({min(rounds):.3f} to {max(rounds):.3f} in {len(rounds)} rounds)" if rounds else ""
    print(f"{what:62} {figure:>10}   meant: {meant}{spread}", flush=True)


def generate(
    engine: BlockingEngine, prompt: str, tokens: int, chain: Chain
) -> tuple[float, protocol.Outcome]:
    """Continue `prompt`; returns seconds from the request to the first token, and the outcome."""
    branch = protocol.Branch(operations.describe_chain(chain), 7)
    start = time.perf_counter()
    first = 0.0
    for event in engine.generate(prompt, [branch], tokens=tokens, candidates=20):
        if isinstance(event, protocol.Stepped):
            first = first or time.perf_counter() - start
        elif isinstance(event, protocol.Finished):
            return first, event.outcome
    raise RuntimeError("the generation did not finish")


def bench_trace(model: Path, threads: int, *, steps: int, rounds: int, meant: str) -> None:
    """Decoding with the full trace, sent to this process, against decoding alone."""
    bare = BareLoop(model, threads)
    with BlockingEngine() as engine:
        engine.load(model, context=CONTEXT, threads=threads)
        process = psutil.Process(engine.client.pid)
        ratios, plain, traced = [], [], []
        for round_ in range(rounds + 1):
            _, outcome = generate(engine, PROMPT, steps, BALANCED)
            taken = outcome.tokens - 1  # the last token of a text is not evaluated
            wait_until_idle([process])  # it reads ahead what it has written
            alone = bare.seconds(outcome.prompt_tokens, taken)
            if round_:  # the first warms up
                plain.append(taken / alone)
                traced.append(taken / outcome.seconds)
                ratios.append(alone / outcome.seconds)
    bare.close()
    rates = f"{statistics.median(traced):.1f} / bare {statistics.median(plain):.1f}"
    show(
        f"tokens/s with trace {rates}",
        f"{statistics.median(ratios):.3f}",
        meant,
        ratios,
    )


def bench_stock(model: Path, threads: int, *, tokens: int = 48) -> None:
    """Our traced generation against llama-cpp-python's own class with logprobs=10."""
    command = [
        sys.executable,
        str(HERE / "stock_logprobs.py"),
        str(model),
        str(threads),
        str(tokens),
    ]
    ratios = []
    with BlockingEngine() as engine:
        engine.load(model, context=2048, threads=threads)
        for _ in range(3):
            stock = float(subprocess.run(command, check=True, capture_output=True).stdout)
            _, outcome = generate(engine, PROMPT, tokens, BALANCED)
            ratios.append(outcome.tokens / outcome.seconds / stock)
    show(
        "tokens/s with trace / stock llama-cpp-python, logprobs=10",
        f"{statistics.median(ratios):.1f}",
        "at least 8",
        ratios,
    )


def bench_step() -> None:
    """One decision with its trace, on logits of the shape that a model gives."""
    for size, meant in ((32_000, "at most 0.25 ms"), (256_000, "at most 1.2 ms")):
        logits = [realistic_logits(size, seed) for seed in range(8)]
        moment = Moment(np.arange(500, dtype=np.int32), 7, 3)
        for order in ("llama.cpp", "temperature-first"):
            chain = PRESETS["balanced"].settings.chain(order).bind(Vocabulary(size))
            seconds = median_seconds([partial(chain.decide, row, moment) for row in logits], 50)
            what = f"a sampler step with trace, {size:,} tokens, {order}"
            show(what, f"{seconds * 1e3:.3f} ms", meant)


def realistic_logits(size: int, seed: int) -> npt.NDArray[np.float32]:
    """Return logits like a language model's: a normal bulk, and a few tokens far above it."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(0.0, 2.0, size)
    logits[rng.choice(size, 50, replace=False)] += np.linspace(4, 12, 50)
    return logits.astype(np.float32)


def median_seconds(functions: list[Callable[[], object]], rounds: int) -> float:
    """Return the median time of a call, over `rounds` of calling each function."""
    times = []
    for function in functions * rounds:
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def bench_edit(model: Path, threads: int) -> None:
    """Time to the first token after an edit near the end of a text of 2,000 tokens."""
    with BlockingEngine() as engine:
        engine.load(model, context=CONTEXT, threads=threads)
        ratios = []
        for round_ in range(3):
            text = f"Round {round_}. " + PROMPT * 120
            while len(engine.tokenize(text)) > 2000:
                text = text[: -len(PROMPT)]
            cold, _ = generate(engine, text, 1, BALANCED)
            edited, outcome = generate(engine, text[:-30] + "and so on", 1, BALANCED)
            ratios.append(edited / cold)
    show(
        f"first token after an edit, of {outcome.prompt_tokens:,} tokens, / cold",
        f"{statistics.median(ratios):.3f}",
        "at most 0.10",
        ratios,
    )


def bench_strategies(model: Path, threads: int) -> None:
    """Eight strategies of 64 tokens from one prompt of 500, against eight runs on their own."""
    ratios = strategies_speed.measure(
        model, threads, PROMPT * 40, prompt_tokens=500, tokens=64, rounds=3
    )
    show(
        "eight strategies together / one after another",
        f"{statistics.median(ratios):.3f}",
        "at most 0.35",
        ratios,
    )


def bench_ladder(model: Path, threads: int, tool: Path | None) -> None:
    """Six levels of the starter compared on a text, against upstream's tool level by level."""
    what = f"{len(ladder_speed.LEVELS)} levels compared / upstream's tool level by level"
    if tool is None:
        show(what, "left out", "give --perplexity TOOL to compare")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = ladder_speed.write_ladder(model, folder)
        ratios = ladder_speed.measure(files, tool, folder, threads=threads, rounds=3)
    show(what, f"{statistics.median(ratios):.3f}", "at most 1", ratios)


def bench_window(model: Path, threads: int) -> None:
    """The window: how soon it is there, and what it costs the model that it is watched."""
    speed = window_speed.measure(model, threads, LONGER_PROMPT, tokens=128, rounds=3)
    for what, seconds, meant in (
        ("window usable after start", speed.usable_s, "at most 1.5 s"),
        ("first token in the window after start", speed.first_token_s, "at most 3 s"),
    ):
        show(what, f"{statistics.median(seconds):.2f} s", meant, seconds)
    ratios = speed.ratios
    what = "tokens/s with the window open and its charts live / without"
    show(what, f"{statistics.median(ratios):.3f}", "at least 0.95", ratios)


def bench_editor() -> None:
    """Keys and repaints in a document of 100,000 tokens, at the 95th percentile."""
    for what, milliseconds in editor_speed.measure().items():
        meant = "at most 33 ms" if "append" in what else "at most 16 ms"
        show(f"100,000 tokens: {what}, 95th percentile", f"{milliseconds:.1f} ms", meant)


def bench_conversion(threads: int, upstream: Upstream | None, *, part: float, rounds: int) -> None:
    """A BF16 checkpoint of Mistral-7B's shape, or a part of it, to two levels."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        size = write_big_mistral(folder / "checkpoint", part=part)
        what = f"a checkpoint of {format_size(size)} to"
        for row in conversion_speed.measure(
            folder / "checkpoint",
            {"Q4_K_M": "at most 0.85", "Q8_0": "at most 0.5"},
            folder,
            threads=threads,
            rounds=rounds,
            upstream=upstream,
        ):
            rate = f"{size / statistics.median(row.ours) / 1e6:.0f} MB/s"
            show(
                f"{what} {row.level}: all memory of the process",
                format_size(row.peak_bytes),
                "at most 1.5 GB",
            )
            ratios = [ours / theirs for ours, theirs in zip(row.ours, row.theirs, strict=False)]
            show(
                f"{what} {row.level}, {rate} / upstream's two steps",
                f"{statistics.median(ratios):.3f}" if ratios else "left out",
                row.meant if ratios else "give --upstream PYTHON LLAMA_CPP to compare",
                ratios,
            )


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--large", action="store_true", help="add the rows at Mistral-7B's size")
    parser.add_argument(
        "--upstream",
        nargs=2,
        type=Path,
        metavar=("PYTHON", "LLAMA_CPP"),
        help="compare conversion with llama.cpp's converter",
    )
    parser.add_argument(
        "--perplexity", type=Path, metavar="TOOL", help="compare levels with llama-perplexity, too"
    )
    args = parser.parse_args()
    upstream = Upstream(*args.upstream) if args.upstream else None
    model = find_model(STARTER.id)
    threads = choose_threads()
    print(f"{model.name}, {threads} threads; medians of alternating rounds")
    bench_step()
    bench_edit(model, threads)
    bench_trace(model, threads, steps=128, rounds=15, meant="at least 0.97")
    bench_stock(model, threads)
    bench_strategies(model, threads)
    bench_ladder(model, threads, args.perplexity)
    bench_window(model, threads)
    bench_editor()
    bench_conversion(threads, upstream, part=0.1, rounds=2)
    if args.large:
        bench_conversion(threads, upstream, part=1, rounds=1)
        from tests.bench.random_mistral import write_random_mistral

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "random-7b.gguf"
            write_random_mistral(path)
            bench_trace(path, threads, steps=16, rounds=3, meant="at least 0.995")


if __name__ == "__main__":
    main()
