"""A document on disk: plain UTF-8 text, read exactly and written whole or not at all."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import msgspec

from desktop.manuscript.line_ends import LineEnds, restore_line_ends, separate_line_ends
from models.errors import InputError
from models.size import format_size
from models.whole_file import Fingerprint, is_writable, save_file

LARGEST_BYTES = 50_000_000
_BOM = b"\xef\xbb\xbf"
_HALF = re.compile("[\ud800-\udfff]")


class Encoding(msgspec.Struct, frozen=True):
    """What a file has around its text: a byte order mark, and its line ends."""

    bom: bool = False
    line_ends: LineEnds = LineEnds()


class ReadDocument(msgspec.Struct, frozen=True):
    r"""A document as it was read; `text` has \n as its only line end."""

    text: str
    encoding: Encoding
    fingerprint: Fingerprint
    read_only: bool


def read_document(path: Path) -> ReadDocument:
    """Read a text file. Raises InputError for one that cannot be read, or edited as text."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(f"{path} is a folder: choose a file in it.")
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{path} is no file but a device or pipe: choose a text file.")
        if status.st_size > LARGEST_BYTES:
            raise InputError(
                f"{path} has {format_size(status.st_size)}, and a document has at most "
                f"{format_size(LARGEST_BYTES)}: split it into several files."
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"There is no file {path}: check the name.") from None
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror or error}): check its rights."
        ) from error
    if (at := data.find(b"\0")) >= 0:
        raise InputError(
            f"{path} is not plain text (it has a NUL byte at offset {at}): choose a text file, or "
            "save it as UTF-8 in the program that wrote it."
        )
    bom = data.startswith(_BOM)
    try:
        raw = data[len(_BOM) if bom else 0 :].decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start + (len(_BOM) if bom else 0)
        raise InputError(
            f"{path} is not UTF-8 text (byte {data[at]:#04x} at offset {at}): save it as UTF-8 in "
            "the program that wrote it, then open it again."
        ) from None
    text, line_ends = separate_line_ends(raw)
    fingerprint = Fingerprint.of(data, status)
    return ReadDocument(text, Encoding(bom, line_ends), fingerprint, not is_writable(path))


def save_document(path: Path, text: str, like: Encoding) -> Fingerprint:
    r"""Write `text` in place of the file at `path`, or leave that file as it was.

    As `models.whole_file.save_file`; raises InputError for text that no UTF-8 file can hold too.
    """
    return save_file(path, _encode(text, like))


def _encode(text: str, like: Encoding) -> bytes:
    if (at := text.find("\0")) >= 0:
        raise InputError(
            f"Line {text.count(chr(10), 0, at) + 1} has a NUL character, which no text file holds: "
            "delete it, then save again."
        )
    raw = restore_line_ends(text, like.line_ends)
    try:
        return (_BOM if like.bom else b"") + raw.encode("utf-8")
    except UnicodeEncodeError:
        line = _HALF.split(text, 1)[0].count("\n") + 1
        raise InputError(
            f"Line {line} has half a character, which no UTF-8 file holds: delete it, then save "
            "again."
        ) from None
