"""Where files are written to: what is there already, whether there is room."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from converters.part_file import count_stale_bytes
from models.errors import InputError, JobError
from models.folder import can_be_folder
from models.size import format_size


def check_targets(originals: Sequence[Path], targets: Sequence[Path], force: bool) -> None:
    """Raise InputError for a file that is there, or that is an original by another name."""
    for target in targets:
        if any(
            target.exists() and original.exists() and target.samefile(original)
            for original in originals
        ):
            raise InputError(f"{target} is the source itself: choose another --output.")
        if target.is_dir():
            raise InputError(f"{target} is a folder: move it, or choose another --output.")
        if os.path.lexists(target) and not force:
            raise InputError(
                f"{target} is already there: give --force to replace it, or choose another "
                "--output."
            )


def check_folder(folder: Path) -> None:
    """Raise InputError for what neither is a folder nor can become one."""
    if not can_be_folder(folder):
        raise InputError(f"{folder} is not a folder: give one to write into.")


def make_folder(folder: Path) -> None:
    """Make a folder to write into, if it is not there. Raises InputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise InputError(f"{folder} is not a folder: give one to write into.") from None


def check_space(folder: Path, targets: Sequence[Path], needed: int) -> None:
    """Raise InputError if the disk has not room for so many bytes in `targets`.

    What killed runs left of these is deleted before they are written.
    """
    free = shutil.disk_usage(folder).free + sum(map(count_stale_bytes, targets))
    if needed > free:
        raise InputError(
            f"The conversion needs {format_size(needed)}, {format_size(free)} are free in "
            f"{folder}: make room, choose fewer or lower levels, or another folder."
        )


def check_names(targets: Sequence[Path], written: Sequence[Path]) -> None:
    """Raise InputError if files did not get the names that they were to have."""
    pairs = [pair for pair in zip(targets, written, strict=True) if pair[0] != pair[1]]
    if pairs:
        taken, kept = (", ".join(map(str, paths)) for paths in zip(*pairs, strict=True))
        raise InputError(
            f"Something else has meanwhile written {taken}, which was left alone: what was made "
            f"here is {kept}."
        )


@contextlib.contextmanager
def explain_full_disk(folder: Path) -> Iterator[None]:
    """Turn what a full disk raises into a JobError with a remedy."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise JobError(
                f"{folder} takes no more ({error.strerror}): make room there, or choose another "
                "folder."
            ) from None
        raise
