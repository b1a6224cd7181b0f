"""How long the window takes to start, and what it costs the model that it is watched.

What it costs is measured between two runs without it, so that a machine whose speed drifts weighs
on both sides.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from models import operations
from models.engine import protocol
from models.engine.blocking import BlockingEngine
from models.sampling import PRESETS, Chain

HERE = Path(__file__).parent
CONTEXT = 4096
TURNS = 4  # of each window
LOOK_S = 0.3
IDLE_S = 0.015  # of work in LOOK_S, by everything that takes part
LONGEST_S = 60.0


@dataclass(slots=True)
class WindowSpeed:
    """Seconds from the start of the process, and tokens/s with the window over those without."""

    usable_s: list[float] = field(default_factory=list)
    first_token_s: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)


def measure(model: Path, threads: int, text: str, *, tokens: int, rounds: int) -> WindowSpeed:
    """Start the window `rounds` times; each time let it and the command write by turns."""
    speed = WindowSpeed()
    chain = PRESETS["balanced"].settings.chain()
    with tempfile.TemporaryDirectory() as folder, BlockingEngine() as engine:
        engine.load(model, context=CONTEXT, threads=threads)
        for round_ in range(rounds):
            home = Path(folder) / str(round_)  # a fresh one: a window goes on with its last text
            document = make_home(home, model, text)
            command = [sys.executable, "-m", "tests.bench.window_process", str(document)]
            environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
            environment["INKGLASS_HOME"] = str(home)
            with subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env=environment,
            ) as window:
                assert window.stdin is not None
                assert window.stdout is not None
                usable, first = map(float, window.stdout.readline().split())
                speed.usable_s.append(usable)
                speed.first_token_s.append(first)
                wait_until_idle()
                before = write_alone(engine, text, chain=chain, tokens=tokens)
                for _turn in range(TURNS):
                    wait_until_idle()
                    window.stdin.write(f"{tokens}\n")
                    window.stdin.flush()
                    watched = float(window.stdout.readline())
                    wait_until_idle()
                    after = write_alone(engine, text, chain=chain, tokens=tokens)
                    speed.ratios.append(2 * watched / (before + after))
                    before = after
                window.stdin.close()
    return speed


def make_home(home: Path, model: Path, text: str) -> Path:
    """Make a home with `model` where the first run is over; returns its document."""
    (home / "models").mkdir(parents=True)
    (home / "models" / model.name).symlink_to(model)
    (home / "settings").mkdir()
    (home / "settings" / "settings.json").write_text('{"first_run_done": true}')
    document = home / "document.md"
    document.write_text(text)
    return document


def wait_until_idle() -> None:
    """Return when the window and both engines rest: they read ahead, and they paint."""
    processes = psutil.Process().children(recursive=True)
    before, end = -LONGEST_S, time.monotonic() + LONGEST_S
    while (now := sum(sum(process.cpu_times()[:2]) for process in processes)) - before > IDLE_S:
        if time.monotonic() > end:
            raise RuntimeError("something works on and on: nothing can be measured beside it")
        before = now
        time.sleep(LOOK_S)


def write_alone(engine: BlockingEngine, text: str, *, chain: Chain, tokens: int) -> float:
    """Write as `inkglass write` does; returns tokens/s."""
    for event in operations.write(
        engine, text, chain=chain, seed=7, tokens=tokens, candidates=20, keep_logits=True, trim=True
    ):
        if isinstance(event, protocol.Finished):
            return event.outcome.tokens_per_second
    raise RuntimeError("the generation did not finish")
