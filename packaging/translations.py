"""The translations of the window: gathered from the sources, and compiled for Qt.

    python packaging/translations.py update     the .ts files get what the sources say now
    python packaging/translations.py compile    the .qm files are made of them, as set-up does

Qt's own lupdate and lrelease, which PySide6-Essentials carries, do the work.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
SOURCES = "desktop"
FOLDER = Path(SOURCES) / "translations"


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description="Gather or compile the window's translations.")
    parser.add_argument("task", choices=("update", "compile"))
    task = parser.parse_args().task
    if task == "compile":
        compile_all(ROOT, ENVIRONMENT)
        return
    for file in sorted((ROOT / FOLDER).glob("*.ts")):
        update(ROOT, ENVIRONMENT, file)


def update(root: Path, environment: Path, file: Path) -> None:
    """Bring a .ts file up to date with the sources of `root`; new strings are unfinished in it."""
    sources = sorted(str(path.relative_to(root)) for path in (root / SOURCES).rglob("*.py"))
    options = ["-silent", "-locations", "none", "-no-obsolete", "-source-language", "en"]
    run_tool(environment, "lupdate", [*options, *sources, "-ts", str(file)], root)


def compile_all(root: Path, environment: Path) -> None:
    """Make the .qm file of every .ts file that has none as new as itself."""
    for file in sorted((root / FOLDER).glob("*.ts")):
        compiled = file.with_suffix(".qm")
        if compiled.exists() and compiled.stat().st_mtime_ns >= file.stat().st_mtime_ns:
            continue
        run_tool(environment, "lrelease", ["-silent", str(file), "-qm", str(compiled)], root)


def run_tool(environment: Path, name: str, arguments: Sequence[str], folder: Path) -> None:
    """Run one of Qt's tools; leave with a sentence when it is missing or fails."""
    tool = next(environment.glob(f"lib/python3*/site-packages/PySide6/{name}"), None)
    if tool is None:
        sys.exit(f"The translations need Qt's {name}, which {environment} lacks: run `make clean`.")
    done = subprocess.run([tool, *arguments], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"The translations could not be made: {done.stderr.strip() or done.stdout}")


if __name__ == "__main__":
    main()
