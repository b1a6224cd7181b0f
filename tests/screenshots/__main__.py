"""`make screenshots`: the window in every state, as pictures that a person opens one by one.

The real window on the real starter model, without a screen. Each look (scheme, language, scale and
size) is photographed by a process of its own, for Qt takes its scale at the start. The pictures are
named NN-state-look.png; a look at 1440 x 900 and 100 % is named by its scheme alone.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from models.catalogue import STARTER
from models.library import find_model
from tests.converters.make_comparison_goldens import write_ladder
from tests.screenshots.photographer import Look

LOOKS = (
    Look("light"),
    Look("dark"),
    Look("light", language="ja"),
    Look("light", percent=150),
    Look("dark", percent=150),
    Look("light", language="ja", percent=150),
    Look("light", width=1024, height=700),
    Look("light", language="ja", width=1024, height=700),
)


def main() -> int:
    """Photograph what the command line names; returns how many looks failed."""
    parser = argparse.ArgumentParser(description="Photograph the window in every state.")
    parser.add_argument("--out", type=Path, default=Path("build/screenshots"))
    parser.add_argument("--look", choices=[look.name for look in LOOKS], help="this one alone")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    model = find_model(STARTER.id).absolute()
    looks = [look for look in LOOKS if args.look in (None, look.name)]
    with tempfile.TemporaryDirectory(prefix="inkglass-levels-") as name:
        levels = Path(name)
        write_ladder(levels)
        out = args.out.absolute()
        return sum(photograph(look, model, levels, out) != 0 for look in looks)


def photograph(look: Look, model: Path, levels: Path, out: Path) -> int:
    """Photograph one look in a home of its own; returns the exit code of its process."""
    for old in out.glob(f"??-*-{look.name}.png"):
        old.unlink()
    with tempfile.TemporaryDirectory(prefix="inkglass-") as home:
        environment = os.environ | {
            "INKGLASS_HOME": home,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": str(look.percent / 100),
        }
        photographer = [sys.executable, "-m", "tests.screenshots.photographer"]
        given = [msgspec.json.encode(look).decode(), *map(str, (model, levels, out))]
        command = [*photographer, *given]
        return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
