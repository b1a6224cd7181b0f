"""The one converter module that calls ggml: its quantizers, through the library of llama_cpp.

Only libggml-base is loaded, straight from the package's folder: no model code, no threads of its
own. ctypes lets other Python threads run during a call.
"""

import ctypes
import importlib.util
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.errors import JobError
from models.ggml_types import TENSOR_TYPES

_LIBRARIES = {"darwin": "libggml-base.dylib", "win32": "ggml-base.dll"}

# how wide a float is, and the bits of its exponent, which are all set in what is not finite
_FLOATS = {
    "F32": (np.uint32, 0x7F80_0000),
    "F16": (np.uint16, 0x7C00),
    "BF16": (np.uint16, 0x7F80),
}

_ToFloat = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)


class _TypeTraits(ctypes.Structure):
    """ggml.h: ggml_type_traits."""

    _fields_ = (
        ("type_name", ctypes.c_char_p),
        ("blck_size", ctypes.c_int64),
        ("blck_size_interleave", ctypes.c_int64),
        ("type_size", ctypes.c_size_t),
        ("is_quantized", ctypes.c_bool),
        ("to_float", _ToFloat),
        ("from_float_ref", ctypes.c_void_p),
    )


class Ggml:
    """ggml's quantizers. Types are the names of `models.ggml_types.TENSOR_TYPES`."""

    def __init__(self) -> None:
        """Load the library. Raises JobError if it is not there."""
        try:
            self._library = ctypes.CDLL(str(_find_library()))
        except OSError as error:
            raise JobError(
                f"llama.cpp's library cannot be loaded ({error}): run `make run` to set it up."
            ) from None
        self._library.ggml_quantize_chunk.restype = ctypes.c_size_t
        self._library.ggml_quantize_chunk.argtypes = [
            ctypes.c_int,
            ctypes.c_void_p,
            ctypes.c_void_p,
            *3 * [ctypes.c_int64],
            ctypes.c_void_p,
        ]
        self._library.ggml_validate_row_data.restype = ctypes.c_bool
        self._library.ggml_validate_row_data.argtypes = [
            ctypes.c_int,
            ctypes.c_void_p,
            ctypes.c_size_t,
        ]
        self._library.ggml_get_type_traits.restype = ctypes.POINTER(_TypeTraits)
        self._library.ggml_get_type_traits.argtypes = [ctypes.c_int]

    def quantize(
        self,
        type_name: str,
        values: npt.NDArray[np.float32],
        importance: npt.NDArray[np.float32] | None = None,
    ) -> npt.NDArray[np.uint8]:
        """Return float32[rows, columns] as uint8[rows, bytes of a row] of a type.

        `importance` is float32[columns]: how much an error in each column weighs. The columns have
        to divide into blocks of the type.
        """
        kind = TENSOR_TYPES[type_name]
        rows, columns = values.shape
        if columns % kind.block:
            raise ValueError(f"rows of {columns} do not divide into blocks of {type_name}")
        if importance is not None and importance.shape != (columns,):
            raise ValueError(f"{importance.shape} weights for rows of {columns}")
        values = np.ascontiguousarray(values, np.float32)
        result = np.empty((rows, columns // kind.block * kind.block_bytes), np.uint8)
        self._library.ggml_quantize_chunk(
            kind.number,
            values.ctypes.data,
            result.ctypes.data,
            0,
            rows,
            columns,
            None if importance is None else np.ascontiguousarray(importance).ctypes.data,
        )
        return result

    def is_valid(self, type_name: str, data: npt.NDArray[np.uint8]) -> bool:
        """Return whether blocks of a type hold finite numbers only."""
        if floats := _FLOATS.get(type_name):  # ggml would complain on stderr about these
            width, exponent = floats
            return not ((data.view(width) & exponent) == exponent).any()
        number = TENSOR_TYPES[type_name].number
        return bool(self._library.ggml_validate_row_data(number, data.ctypes.data, data.nbytes))

    def dequantize(self, type_name: str, data: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        """Return uint8[rows, bytes of a row] of a type as float32[rows, columns].

        Raises KeyError for a type that ggml cannot read back.
        """
        if type_name == "F32":
            return np.ascontiguousarray(data).view(np.float32)
        kind = TENSOR_TYPES[type_name]
        traits = self._library.ggml_get_type_traits(kind.number).contents
        if not traits.to_float:
            raise KeyError(type_name)
        rows, row_bytes = data.shape
        result = np.empty((rows, row_bytes // kind.block_bytes * kind.block), np.float32)
        traits.to_float(np.ascontiguousarray(data).ctypes.data, result.ctypes.data, result.size)
        return result


def _find_library() -> Path:
    """Return the file of libggml-base in the installed package, which is not imported."""
    name = _LIBRARIES.get(sys.platform, "libggml-base.so")
    found = importlib.util.find_spec("llama_cpp")
    folders = (found and found.submodule_search_locations) or ()
    for folder in folders:
        for place in ("lib", "bin"):
            if (Path(folder) / place / name).is_file():
                return Path(folder) / place / name
    raise JobError("llama-cpp-python is not installed: run `make run` to set it up.")
