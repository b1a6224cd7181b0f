"""Writes a GGUF file that is whole or not there: NAME.part, fsync, rename."""

from __future__ import annotations

import contextlib
import hashlib
import os
import struct
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np
import numpy.typing as npt

from converters.gguf_source import SCALARS
from converters.source import Key
from models.errors import InputError
from models.ggml_types import TENSOR_TYPES, ValueType

ALIGNMENT = 32  # ggml's GGUF_DEFAULT_ALIGNMENT


def build_header(
    keys: Sequence[Key], tensors: Iterable[tuple[str, Sequence[int], str, int]]
) -> bytes:
    """Return everything before the data of the first tensor, padding included.

    `tensors` gives of each the name, the shape in numpy's order, the type and the size in bytes;
    the data follows in this order, each padded to 32 bytes.
    """
    infos = []
    offset = 0
    for name, shape, type_name, size_bytes in tensors:
        lengths = list(reversed(shape)) or [1]
        while len(lengths) > 1 and lengths[-1] == 1:  # as ggml_n_dims counts
            lengths.pop()
        number = TENSOR_TYPES[type_name].number
        infos.append(
            _pack_text(name)
            + struct.pack(f"<I{len(lengths)}QIQ", len(lengths), *lengths, number, offset)
        )
        offset += pad(size_bytes)
    head = struct.pack("<4sIQQ", b"GGUF", 3, len(infos), len(keys))
    header = b"".join([head, *map(_pack_key, keys), *infos])
    return header.ljust(pad(len(header)), b"\0")


def pad(size_bytes: int) -> int:
    """Return a size rounded up to the alignment of the format."""
    return -(-size_bytes // ALIGNMENT) * ALIGNMENT


class GgufOutput:
    """A file being written, in order. Without `finish`, leaving it deletes what was written.

    Not even a kill leaves a half file under the final name: until `finish` it is NAME.part. What an
    earlier run left there is replaced; what another run is writing there is not.
    """

    def __init__(self, path: Path, header: bytes) -> None:
        """Raises InputError if another run is writing the same file, OSError for a full disk."""
        self.path = path
        self.part = path.with_name(path.name + ".part")
        self._file = _create_part(self.part)
        self._hash = hashlib.sha256()
        self._length = 0
        try:
            self._put(header)
        except BaseException:
            self.discard()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.discard()

    def write(self, data: npt.NDArray[np.uint8]) -> None:
        """Append a part of a tensor."""
        self._put(data.data.cast("B"))

    def end_tensor(self) -> None:
        """Pad what was written to where the next tensor begins."""
        self._put(bytes(pad(self._length) - self._length))

    def finish(self) -> str:
        """Put the file, safe on the disk, under its name; return its SHA-256 in hexadecimal."""
        self._file.flush()
        os.fsync(self._file.fileno())
        if sys.platform == "win32":  # an open file cannot be renamed there
            self._file.close()
        elif not _is_at(self._file, self.part):
            raise InputError(f"{self.part} was moved or replaced while it was written: run again.")
        self.part.replace(self.path)
        self._file.close()
        _sync_folder(self.path.parent)
        return self._hash.hexdigest()

    def discard(self) -> None:
        """Delete the partial file, if it is still there."""
        if self._file.closed:
            return
        is_ours = _is_at(self._file, self.part)
        with contextlib.suppress(OSError):  # a full disk refuses what is still in the buffer
            self._file.close()
        if is_ours:
            self.part.unlink(missing_ok=True)

    def _put(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._length += len(data)


def _create_part(part: Path) -> BinaryIO:
    """Create the partial file for this process alone. A lock ends with the process that holds it.

    An old one is deleted, never written into: it might be a link to something else.
    """
    while True:
        try:
            file = part.open("xb")
        except FileExistsError:
            _delete_stale(part)
            continue
        if _lock(file) and _is_at(file, part):
            return file
        file.close()


def _delete_stale(part: Path) -> None:
    """Delete what an earlier run left. Raises InputError if that run is still at it."""
    in_use = InputError(
        f"{part.with_suffix('').name} is being written by another Inkglass: wait for it, or "
        "choose another folder."
    )
    try:
        if part.is_symlink() or sys.platform == "win32":
            part.unlink(missing_ok=True)
            return
        with part.open("rb") as file:
            if not _lock(file):
                raise in_use
            if _is_at(file, part):
                part.unlink(missing_ok=True)
    except FileNotFoundError:
        return
    except PermissionError:
        if sys.platform == "win32":  # somebody has it open
            raise in_use from None
        raise


def _lock(file: BinaryIO) -> bool:
    """Take the file for this process; false if another one has it."""
    if sys.platform == "win32":
        return True  # an open file cannot be deleted there, which is as good
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_at(file: BinaryIO, path: Path) -> bool:
    """Return whether the open file is what the path names, not something put in its place."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.lstat())
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    """Make the new name safe on the disk."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _pack_key(key: Key) -> bytes:
    start = _pack_text(key.name) + struct.pack("<I", key.type)
    if key.type is not ValueType.ARRAY:
        return start + _pack_values(key.type, [key.value])
    assert key.items is not None
    assert isinstance(key.value, Sequence)
    start += struct.pack("<IQ", key.items, len(key.value))
    return start + _pack_values(key.items, key.value)


def _pack_values(kind: ValueType, values: Sequence[object]) -> bytes:
    if kind is ValueType.STRING:
        return b"".join(map(_pack_text, values))
    return struct.pack(f"<{len(values)}{SCALARS[kind]}", *values)


def _pack_text(text: object) -> bytes:
    assert isinstance(text, str | bytes)
    data = text.encode() if isinstance(text, str) else text
    return struct.pack("<Q", len(data)) + data
