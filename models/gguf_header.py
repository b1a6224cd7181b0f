"""Reads the header of a GGUF file: bounded, in pure Python, before native code sees the file.

The layout is that of ggml's `docs/gguf.md`; the rules are those of `ggml/src/gguf.cpp`
(`gguf_init_from_reader`), plus limits that a real model never reaches.
"""

import math
import os
import stat
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from models.errors import InputError
from models.ggml_types import TENSOR_TYPES_BY_NUMBER, ValueType
from models.size import format_size

MAX_HEADER_BYTES = 128 * 2**20
MAX_ENTRIES = 65_536
MAX_KEY_BYTES = 65_535
MAX_TENSOR_NAME_BYTES = 63
MAX_TEMPLATE_BYTES = 2**20
MAX_ALIGNMENT = 2**20
MAX_KEPT_VALUES = 512
MAX_TEXTS = 2**21  # in all lists together; the largest vocabularies, merges included, have half
MAX_DIMENSIONS = 4

_SCALARS = {
    ValueType.UINT8: "<B",
    ValueType.INT8: "<b",
    ValueType.UINT16: "<H",
    ValueType.INT16: "<h",
    ValueType.UINT32: "<I",
    ValueType.INT32: "<i",
    ValueType.FLOAT32: "<f",
    ValueType.BOOL: "<?",
    ValueType.UINT64: "<Q",
    ValueType.INT64: "<q",
    ValueType.FLOAT64: "<d",
}
SMALL_BYTES = 4096
AGAIN = "download or copy it again"


class ModelFileError(InputError):
    """A file that is not a usable model. The message names the file, the fault and a remedy."""


@dataclass(frozen=True, slots=True)
class GgufTensor:
    """One tensor as the header describes it; `offset` counts from the start of the file."""

    name: str
    shape: tuple[int, ...]  # ggml's order: the contiguous dimension (a row's length) first
    type: str
    offset: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Array:
    """An array of the metadata: its type and length, and its values where they are few numbers.

    `place` are the bytes of the file that hold an array of texts, each after its length.
    """

    type: ValueType
    length: int
    values: tuple[int | float | bool, ...] = ()
    place: range = range(0)


Value: TypeAlias = int | float | bool | str | Array


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """The header of a file whose lengths and offsets were all checked."""

    path: Path
    file_size_bytes: int
    metadata: Mapping[str, Value]
    tensors: tuple[GgufTensor, ...]


def format_value(value: Value) -> str:
    """Return a value of the metadata on one line of at most 200 characters."""
    if isinstance(value, Array):
        shown = ", ".join(map(str, value.values[:8]))
        more = ", …" if value.length > 8 else ""
        values = f" [{shown}{more}]" if value.values else ""
        return f"{value.length:,} × {value.type.name.lower()}{values}"
    if isinstance(value, float):
        return f"{value:g}"
    line = "".join(c if c.isprintable() else " " for c in str(value))
    return line if len(line) <= 200 else f"{line[:200]}…"


def read_header(path: str | os.PathLike[str]) -> GgufHeader:
    """Check the header of the GGUF file at `path` against the file's size, and return it.

    Never reads more than 128 MiB. Raises ModelFileError, and nothing else, for a
    file that is missing, unreadable, of another format, truncated or damaged.
    """
    file_path = Path(path)
    try:
        status = file_path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ModelFileError(
                f"{file_path} is a folder: give the path of one .gguf file, or convert a Hugging "
                "Face folder with `inkglass convert`."
            )
        if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
            raise ModelFileError(f"{file_path} is not a regular file: give a .gguf file.")
        with file_path.open("rb") as file:
            return _HeaderReader(file_path, file, status.st_size).read()
    except FileNotFoundError:
        raise ModelFileError(f"There is no file {file_path}: check the path.") from None
    except PermissionError:
        raise ModelFileError(
            f"{file_path} may not be read by this user: change its permissions, or copy it."
        ) from None
    except OSError as error:
        raise ModelFileError(
            f"{file_path} cannot be read ({error.strerror}): give another file."
        ) from None
    except ValueError as error:
        if isinstance(error, ModelFileError):
            raise
        raise ModelFileError(f"{str(path)!r} is not the path of a file.") from None


class _HeaderReader:
    """Reads the header front to back; every length is held against the file before it is used."""

    def __init__(self, path: Path, file: BinaryIO, size: int) -> None:
        self.path = path
        self.file = file
        self.size = size
        self.position = 0
        self.texts = 0

    def read(self) -> GgufHeader:
        self.check_format()
        tensor_count = self.count_entries("tensors", minimum_bytes=24)
        key_count = self.count_entries("metadata entries", minimum_bytes=13)
        metadata: dict[str, Value] = {}
        for _ in range(key_count):
            key = self.name_text("metadata key", MAX_KEY_BYTES)
            if not key or key in metadata:
                raise self.damaged(f"the metadata key {key!r} is empty or there twice")
            metadata[key] = self.value(key)
        tensors = self.tensors(tensor_count, self.alignment(metadata))
        return GgufHeader(self.path, self.size, metadata, tensors)

    def check_format(self) -> None:
        start = self.file.read(512)
        if not start:
            raise ModelFileError(f"{self.path.name} is empty: {AGAIN}.")
        if start[:4] != b"GGUF":
            raise ModelFileError(f"{self.path.name} {_name_format(start)}")
        self.file.seek(4)
        self.position = 4
        version = self.number("<I", "version")
        if version & 0xFFFF == 0:
            raise ModelFileError(
                f"{self.path.name} is a big-endian GGUF file, made for another kind of processor: "
                "get the little-endian file."
            )
        if version not in (2, 3):
            raise ModelFileError(
                f"{self.path.name} is GGUF version {version}, and versions 2 and 3 can be read: "
                "get a file of this version, or convert the model again."
            )

    def damaged(self, fault: str) -> ModelFileError:
        return ModelFileError(f"{self.path.name} is damaged: {fault}; {AGAIN}.")

    def take(self, count: int, what: str) -> bytes:
        self.claim(count, what)
        data = self.file.read(count)
        if len(data) < count:  # the file shrank while it was read
            raise self.cut_off(what)
        return data

    def skip(self, count: int, what: str) -> None:
        self.claim(count, what)
        self.file.seek(count, os.SEEK_CUR)

    def claim(self, count: int, what: str) -> None:
        if count > self.size - self.position:
            raise self.cut_off(what)
        self.position += count
        if self.position > MAX_HEADER_BYTES:
            raise self.damaged(f"its header claims more than {format_size(MAX_HEADER_BYTES)}")

    def cut_off(self, what: str) -> ModelFileError:
        return ModelFileError(
            f"{self.path.name} is damaged or cut off: its {what} at byte {self.position:,} would "
            f"reach past its end ({self.size:,} bytes); {AGAIN}."
        )

    def number(self, layout: str, what: str) -> int:
        value: int = struct.unpack(layout, self.take(struct.calcsize(layout), what))[0]
        return value

    def count_entries(self, what: str, *, minimum_bytes: int) -> int:
        count = self.number("<Q", f"number of {what}")
        if count > MAX_ENTRIES:
            raise self.damaged(f"it claims to hold {count:,} {what}")
        if count * minimum_bytes > self.size:
            raise self.cut_off(f"list of {count:,} {what}")
        return count

    def name_text(self, what: str, limit: int) -> str:
        length = self.number("<Q", f"{what} length")
        if length > limit:
            raise self.damaged(f"a {what} of {length:,} bytes (at byte {self.position:,})")
        name = self.take(length, what).decode(errors="replace")
        if not name.isprintable() or "\ufffd" in name:  # it would reach the terminal in a message
            raise self.damaged(f"a {what} that is not text (at byte {self.position:,})")
        return name

    def value(self, key: str) -> Value:
        value_type = self.value_type(key)
        if value_type is ValueType.ARRAY:
            return self.array(key)
        if value_type is ValueType.STRING:
            length = self.number("<Q", f"text of {key}")
            if key.startswith("tokenizer.chat_template") and length > MAX_TEMPLATE_BYTES:
                raise self.damaged(f"its chat template claims {length:,} bytes, over 1 MiB")
            if length > MAX_TEMPLATE_BYTES:  # a whole tokenizer.json, say: nothing asks for it
                self.skip(length, f"text of {key}")
                return ""
            return self.take(length, f"text of {key}").decode(errors="replace")
        layout = _SCALARS[value_type]
        number: int | float | bool = struct.unpack(
            layout, self.take(struct.calcsize(layout), f"value of {key}")
        )[0]
        return number

    def value_type(self, key: str) -> ValueType:
        number = self.number("<I", f"type of {key}")
        try:
            return ValueType(number)
        except ValueError:
            raise self.damaged(f"{key} is of the unknown type {number}") from None

    def array(self, key: str) -> Array:
        item_type = self.value_type(key)
        length = self.number("<Q", f"length of {key}")
        if item_type is ValueType.ARRAY:
            raise self.damaged(f"{key} is an array of arrays")
        if item_type is ValueType.STRING:
            if length > (self.size - self.position) // 8:
                raise self.damaged(f"{key} claims {length:,} texts, more than there is room for")
            start = self.position
            self.skip_texts(length, key)
            return Array(item_type, length, place=range(start, self.position))
        layout = _SCALARS[item_type]
        size = length * struct.calcsize(layout)
        if length > MAX_KEPT_VALUES:
            self.skip(size, key)
            return Array(item_type, length)
        return Array(
            item_type, length, struct.unpack(f"<{length}{layout[1]}", self.take(size, key))
        )

    def skip_texts(self, count: int, key: str) -> None:
        """Pass over texts with few calls for each: a vocabulary has 100,000s."""
        self.texts += count
        if self.texts > MAX_TEXTS:
            raise self.damaged(f"{key} claims {count:,} texts, and a header holds {MAX_TEXTS:,}")
        end = min(self.size, MAX_HEADER_BYTES)
        read, seek, length_of = self.file.read, self.file.seek, struct.Struct("<Q").unpack
        position = self.position
        for _ in range(count):
            position += 8
            start = read(8)
            if len(start) < 8:
                raise self.cut_off(key)
            (length,) = length_of(start)
            if length > end - position:
                self.position = position
                self.claim(length, key)  # says which end it is
            if length < SMALL_BYTES:
                read(length)  # faster than a seek
            else:
                seek(length, os.SEEK_CUR)
            position += length
        self.position = position
        self.claim(0, key)

    def alignment(self, metadata: Mapping[str, Value]) -> int:
        alignment = metadata.get("general.alignment", 32)
        if (
            not isinstance(alignment, int)
            or not 8 <= alignment <= MAX_ALIGNMENT
            or alignment & (alignment - 1)
        ):
            raise self.damaged(f"its alignment is {alignment}, not a power of two up to 1 MiB")
        return alignment

    def tensors(self, count: int, alignment: int) -> tuple[GgufTensor, ...]:
        """Read the tensor table. As in ggml, the data of a tensor begins where that before ends."""
        described: list[tuple[str, tuple[int, ...], str, int]] = []
        names: set[str] = set()
        end = 0
        for _ in range(count):
            name = self.name_text("tensor name", MAX_TENSOR_NAME_BYTES)
            if name in names:
                raise self.damaged(f"the tensor {name} is there twice")
            names.add(name)
            shape, type_name, size = self.tensor_shape(name)
            offset = self.number("<Q", f"offset of {name}")
            if offset != end:
                raise self.damaged(
                    f"the data of {name} is said to begin at {offset:,} instead of {end:,}"
                )
            described.append((name, shape, type_name, size))
            end += -(-size // alignment) * alignment
        start = -(-self.position // alignment) * alignment
        missing = start + end - self.size
        if described and missing > 0:
            raise ModelFileError(
                f"{self.path.name} is truncated: its last {missing:,} bytes "
                f"({format_size(missing)}) are missing; {AGAIN}."
            )
        tensors = []
        for name, shape, type_name, size in described:
            tensors.append(GgufTensor(name, shape, type_name, start, size))
            start += -(-size // alignment) * alignment
        return tuple(tensors)

    def tensor_shape(self, name: str) -> tuple[tuple[int, ...], str, int]:
        dimensions = self.number("<I", f"shape of {name}")
        if dimensions > MAX_DIMENSIONS:
            raise self.damaged(f"the tensor {name} has {dimensions:,} dimensions")
        shape = tuple(self.number("<Q", f"shape of {name}") for _ in range(dimensions)) or (1,)
        number = self.number("<I", f"type of {name}")
        tensor_type = TENSOR_TYPES_BY_NUMBER.get(number)
        if tensor_type is None:
            raise ModelFileError(
                f"{self.path.name} holds the tensor {name} in the type {number}, which is unknown "
                "here: get the model at another level, or a newer Inkglass."
            )
        block = tensor_type.block
        elements = math.prod(shape)
        size = elements // block * tensor_type.block_bytes
        if min(shape) < 1:
            raise self.damaged(f"the tensor {name} has the shape {shape}")
        if size > self.size:  # python's integers do not overflow
            raise self.cut_off(f"tensor {name} of shape {' x '.join(map(str, shape))}")
        if shape[0] % block:
            raise self.damaged(
                f"rows of {shape[0]:,} in {name} do not divide into {tensor_type.name} blocks"
            )
        return shape, tensor_type.name, size


def _name_format(start: bytes) -> str:
    """Say which format a file that is not GGUF begins like, and what to do."""
    if start.startswith(b"version https://git-lfs"):
        return "is a Git LFS pointer, not the model: fetch the file itself with `git lfs pull`."
    if start.lstrip()[:9].lower().startswith((b"<!doctype", b"<html")):
        return "is a web page, not a model: download the file itself, not the page about it."
    if start[:4] in {b"lmgg", b"fmgg", b"tjgg", b"algg"}:
        return "is an old GGML file, from before GGUF: get the model as GGUF."
    if start[8:9] == b"{" and len(start) > 8:
        return "is a safetensors file: convert its folder with `inkglass convert`."
    if start[:4] == b"PK\x03\x04" or (start[:1] == b"\x80" and start[1:2] in b"\x02\x03\x04\x05"):
        return (
            "is a PyTorch or zip archive, which can run code when it is opened: get the model as "
            "safetensors or GGUF."
        )
    text = start.decode(errors="ignore")  # drops a character that the end cuts in two
    if len(text.encode()) > len(start) - 4 and all(c.isprintable() or c.isspace() for c in text):
        return "is a text file, not a model: give a .gguf file."
    return "is not a GGUF file (its first bytes are not GGUF): give a .gguf file."
