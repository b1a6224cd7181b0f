"""Kills conversions at random moments, and looks at what is left.

`python -m tests.converters.kill_conversion 20` kills twenty and prints what came of each. Under a
final name there is a whole file or none, beside it at most a part; the next run makes all files,
and leaves no part.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import inkglass_path
from tests.converters.random_models import write_random_model

LEVELS = ("Q8_0", "Q4_K_M", "IQ4_XS")


@dataclass(frozen=True, slots=True)
class Kill:
    """What was there after a kill so long after the start, and what is wrong with it."""

    after_s: float
    files: list[str]
    parts: list[str]
    faults: list[str]


def kill_conversions(folder: Path, kills: int, seed: int = 6) -> Iterator[Kill]:
    """Kill conversions of one model, each followed by a run that ends; all write into `folder`."""
    source = write_random_model(folder / "Quill.gguf", embedding=512, feed_forward=1024)
    output = folder / "out"
    command = [
        *(str(inkglass_path()), "convert", str(source), "--output", str(output)),
        *("--threads", "1", "--json", "--force"),
        *(word for level in LEVELS for word in ("--level", level)),
    ]

    def run_whole() -> float:
        """Let a conversion end; returns how long it took."""
        start = time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return time.monotonic() - start

    whole_s = run_whole()
    whole = {path.name: path.read_bytes() for path in output.iterdir()}
    if len(whole) != len(LEVELS):
        raise RuntimeError(f"the conversion wrote {sorted(whole)}")
    chance = random.Random(seed)
    for _ in range(kills):
        for path in output.iterdir():
            path.unlink()
        after_s = chance.uniform(0, whole_s)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as job:
            time.sleep(after_s)
            job.kill()
        left = {path.name: path.read_bytes() for path in output.iterdir()}
        parts = {name for name in left if name.endswith(".part")}
        faults = [
            f"{name} is not whole"
            for name in left.keys() - parts
            if left[name] != whole.get(name, b"")
        ]
        whole_s = run_whole()  # the machine may be busier than before, or less
        if {path.name: path.read_bytes() for path in output.iterdir()} != whole:
            faults.append(f"the next run left {sorted(path.name for path in output.iterdir())}")
        yield Kill(after_s, sorted(left.keys() - parts), sorted(parts), faults)


def main(kills: int) -> None:
    done = []
    with tempfile.TemporaryDirectory() as folder:
        for kill in kill_conversions(Path(folder), kills):
            done.append(kill)
            print(len(done), kill, flush=True)
    print(
        f"{len(done)} kills: {sum(bool(kill.faults) for kill in done)} with faults, "
        f"{sum(bool(kill.parts) for kill in done)} left parts, "
        f"{sum(bool(kill.files) for kill in done)} whole files"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
