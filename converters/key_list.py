"""Builds the metadata of a GGUF file: typed, checked, in order."""

from collections.abc import Sequence

from converters.json_file import fits_float, shorten
from converters.source import Key, Value
from models.errors import InputError
from models.ggml_types import ValueType

_RANGES = {
    ValueType.UINT32: (0, 2**32 - 1),
    ValueType.INT32: (-(2**31), 2**31 - 1),
}


class KeyList:
    """Metadata entries in the order in which their names were first put.

    As in the package gguf, empty texts and lists are left out, and a name that is put again keeps
    its place and takes the new value. Every method raises InputError for a value that its type
    cannot hold.
    """

    def __init__(self) -> None:
        self._keys: dict[str, Key] = {}
        self.file_type_index = 0
        self.quantization_version_index = 0

    def __len__(self) -> int:
        return len(self._keys)

    def items(self) -> tuple[Key, ...]:
        return tuple(self._keys.values())

    def put_integer(self, name: str, value: object) -> None:
        self.put(name, ValueType.UINT32, value)

    def put_number(self, name: str, value: object) -> None:
        self.put(name, ValueType.FLOAT32, value)

    def put_flag(self, name: str, value: object) -> None:
        self.put(name, ValueType.BOOL, value)

    def put_text(self, name: str, value: object) -> None:
        self.put(name, ValueType.STRING, value)

    def put_list(self, name: str, items: ValueType, values: Sequence[object]) -> None:
        if values:
            for value in values:
                _check(name, items, value)
            self._keys[name] = Key(name, ValueType.ARRAY, list(values), items)  # type: ignore[arg-type]  # checked above

    def put(self, name: str, kind: ValueType, value: object) -> None:
        checked = _check(name, kind, value)
        if checked != "":
            self._keys[name] = Key(name, kind, checked)


def _check(name: str, kind: ValueType, value: object) -> Value:
    """Give `value` back, as `kind` holds it. Raises InputError if `kind` cannot."""
    if kind is ValueType.STRING and isinstance(value, str):
        if _is_unicode(value):
            return value
    elif kind is ValueType.BOOL and isinstance(value, bool):
        return value
    elif isinstance(value, int) and not isinstance(value, bool) and kind in _RANGES:
        low, high = _RANGES[kind]
        if low <= value <= high:
            return int(value)
    elif (
        kind is ValueType.FLOAT32
        and isinstance(value, int | float)
        and not isinstance(value, bool)
        and fits_float(value)
    ):
        return float(value)
    raise InputError(
        f"The checkpoint gives {shorten(value)} for {name}, which is not a usable "
        f"{kind.name.lower()}: correct the file of the checkpoint that says so."
    )


def _is_unicode(text: str) -> bool:
    """Whether UTF-8 can hold `text`: JSON can spell half a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
