"""Writes a GGUF file that is whole or not there."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from converters.gguf_source import SCALARS
from converters.part_file import PartFile
from converters.source import Key
from models.errors import JobError
from models.ggml_types import TENSOR_TYPES, ValueType

ALIGNMENT = 32  # ggml's GGUF_DEFAULT_ALIGNMENT
HASHED_BYTES = 1 << 20


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
    """A file being written, its tensors in any order. Leaving it without `finish` deletes it.

    It is hashed as it is written, and what comes before its turn is read again for that. `path` is
    its name; another one after `finish`, if something appeared there and was not to be replaced.
    """

    def __init__(self, path: Path, header: bytes, *, replaces: bool) -> None:
        """Raises InputError if another run is writing the same file, OSError for a full disk."""
        self.path = path
        self._replaces = replaces
        self._part = PartFile(path)
        self._hash = hashlib.sha256()
        self._position = self._tensor = self._hashed = 0
        self._early: dict[int, int] = {}  # tensors that are not hashed yet: from where to where
        try:
            self._put(header)
        except BaseException:
            self._part.discard()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._part.discard()

    def begin_tensor(self, offset: int) -> None:
        """Go on at the place of a tensor. Without it, the next one begins where the last ended."""
        if offset != self._position:
            self._part.file.seek(offset)
        self._position = self._tensor = offset

    def write(self, data: npt.NDArray[np.uint8]) -> None:
        """Append a part of a tensor."""
        self._put(data.data.cast("B"))

    def end_tensor(self) -> None:
        """Pad what was written to where the next tensor begins."""
        self._put(bytes(pad(self._position) - self._position))
        if self._hashed < self._position:
            self._early[self._tensor] = self._position

    def hash_early(self) -> bool:
        """Hash a megabyte of what came before its turn; false if nothing has its turn now."""
        end = self._early.pop(self._hashed, None)
        if end is None:
            return False
        self._part.file.seek(self._hashed)
        data = self._part.file.read(min(HASHED_BYTES, end - self._hashed))
        self._part.file.seek(self._position)
        if not data:
            raise JobError(f"{self._part.part} became shorter while it was read: start again.")
        self._hash.update(data)
        self._hashed += len(data)
        if self._hashed < end:
            self._early[self._hashed] = end
        return True

    def finish(self) -> str:
        """Put the file, safe on the disk, under its name; return its SHA-256 in hexadecimal."""
        while self.hash_early():
            pass
        self.path = self._part.publish(replaces=self._replaces)
        return self._hash.hexdigest()

    def _put(self, data: bytes | memoryview) -> None:
        self._part.file.write(data)
        if self._hashed == self._position:
            self._hash.update(data)
            self._hashed += len(data)
        self._position += len(data)


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
