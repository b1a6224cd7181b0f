"""Reads the JSON files of a checkpoint: bounded, and with one kind of error."""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from models.errors import InputError
from models.size import format_size

MAX_JSON_BYTES = 256 * 2**20  # the largest tokenizer.json in use has 33 MB
MAX_COUNT = 2**31 - 1

JsonObject: TypeAlias = dict[str, object]
PairsHook: TypeAlias = Callable[[list[tuple[str, object]]], JsonObject]


def read_text(path: Path, limit: int = MAX_JSON_BYTES) -> str:
    """Read a text file of at most `limit` bytes. Raises InputError."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise InputError(f"{path.name} is larger than {format_size(limit)}: check the folder.")
        return data.decode()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror}): check the folder and its permissions."
        ) from None
    except UnicodeDecodeError:
        raise InputError(f"{path.name} is not text in UTF-8: download it again.") from None


def parse_object(text: str | bytes, what: str, pairs: PairsHook | None = None) -> JsonObject:
    """Parse `text`, which `what` names in messages, as one JSON object. Raises InputError."""
    try:
        value = json.loads(text, object_pairs_hook=pairs)
    except InputError:
        raise
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InputError(f"{what} is not valid JSON ({reason}): download it again.") from None
    if not isinstance(value, dict):
        raise InputError(f"{what} does not hold a JSON object: download it again.")
    return value


def read_object(path: Path) -> JsonObject:
    """Read the JSON object in the file `path`. Raises InputError."""
    return parse_object(read_text(path), path.name)


def read_optional_object(path: Path) -> JsonObject:
    """Read the JSON object in the file `path`, or an empty one if there is no such file."""
    return read_object(path) if path.is_file() else {}


class Settings:
    """The values of one JSON object, asked for by name and type.

    The first of several names that is there, and not null, counts. A value of another type, or a
    missing one that has no default, is an InputError that names the file and the value.
    """

    def __init__(self, values: Mapping[str, object], file: str) -> None:
        self.values = values
        self.file = file

    def find(self, names: Iterable[str]) -> object:
        return next((v for n in names if (v := self.values.get(n)) is not None), None)

    def count(self, *names: str, default: int | None = None) -> int:
        """A whole number from 1 to 2**31 - 1."""
        value = self.find(names)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_COUNT:
            raise self.unusable(names, value, "a whole number from 1")
        return value

    def optional_count(self, *names: str) -> int | None:
        return None if self.find(names) is None else self.count(*names)

    def number(self, *names: str, default: float | None = None) -> float:
        """A finite number of float32's range."""
        value = self.find(names)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not fits_float(value):
            raise self.unusable(names, value, "a number")
        return float(value)

    def optional_number(self, *names: str) -> float | None:
        return None if self.find(names) is None else self.number(*names)

    def flag(self, name: str, default: bool) -> bool:
        value = self.find([name])
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.unusable([name], value, "true or false")
        return value

    def section(self, *names: str) -> "Settings":
        """The object of that name; an empty one if there is none."""
        value = self.find(names)
        if value is None:
            return Settings({}, self.file)
        if not isinstance(value, dict):
            raise self.unusable(names, value, "an object")
        return Settings(value, self.file)

    def unusable(self, names: Iterable[str], value: object, wanted: str) -> InputError:
        name = next((n for n in names if self.values.get(n) is not None), " or ".join(names))
        found = "does not give it" if value is None else f"gives {shorten(value)}"
        return InputError(f"{name} must be {wanted}, and {self.file} {found}: check this file.")


def fits_float(value: float) -> bool:
    """Whether float32 can hold a number of this size."""
    try:
        return math.isfinite(value) and abs(value) < 3.4e38
    except OverflowError:  # an int beyond float64
        return False


def shorten(value: object) -> str:
    """A value of a file as a message shows it: on one line, and printable."""
    try:
        text = ascii(value)
    except (ValueError, RecursionError):  # an int of thousands of digits, a deep list
        return "something unreadable"
    return text if len(text) <= 60 else text[:57] + "..."
