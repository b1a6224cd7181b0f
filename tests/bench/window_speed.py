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
from tests.desktop.kill_window import make_home
from tests.idleness import wait_until_idle

HERE = Path(__file__).parent
CONTEXT = 4096
TURNS = 4  # of each window


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
            make_home(home)
            document = home / "document.md"
            document.write_text(text)
            command = [sys.executable, "-m", "tests.bench.window_process", str(document)]
            environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
            environment["INKGLASS_HOME"] = str(home)
            with subprocess.Popen(
                [*command, str(time.time())],
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
                processes = psutil.Process().children(recursive=True)  # the window, both engines
                wait_until_idle(processes)
                before = write_alone(engine, text, chain=chain, tokens=tokens)
                for _turn in range(TURNS):
                    wait_until_idle(processes)
                    window.stdin.write(f"{tokens}\n")
                    window.stdin.flush()
                    watched = float(window.stdout.readline())
                    wait_until_idle(processes)
                    after = write_alone(engine, text, chain=chain, tokens=tokens)
                    speed.ratios.append(2 * watched / (before + after))
                    before = after
                window.stdin.close()
    return speed


def write_alone(engine: BlockingEngine, text: str, *, chain: Chain, tokens: int) -> float:
    """Write as `inkglass write` does; returns tokens/s."""
    for event in operations.write(
        engine, text, chain=chain, seed=7, tokens=tokens, candidates=20, keep_logits=True, trim=True
    ):
        if isinstance(event, protocol.Finished):
            return event.outcome.tokens_per_second
    raise RuntimeError("the generation did not finish")
