"""What goes into the matrices of a model while it reads: sums of squares of each column.

This is what llama.cpp's `llama-imatrix` collects (`tools/imatrix/imatrix.cpp`, IMatrixCollector::
collect_imatrix): ggml asks of every operation whether its data is wanted, then shows it.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from models.engine.llama import L
from models.errors import InputError, JobError

FEWEST_ROWS = 16  # llama-imatrix leaves smaller batches out
BLOCKS = "blk."  # the matrices that count; of the output matrix an error is not weighed
OBJECT_BYTES = 32  # ggml.h: GGML_OBJECT_SIZE
F32 = 0


class _Tensor(ctypes.Structure):
    """ggml.h: ggml_tensor."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("buffer", ctypes.c_void_p),
        ("ne", ctypes.c_int64 * 4),
        ("nb", ctypes.c_size_t * 4),
        ("op", ctypes.c_int),
        ("op_params", ctypes.c_int32 * 16),
        ("flags", ctypes.c_int32),
        ("src", ctypes.c_void_p * 10),
        ("view_src", ctypes.c_void_p),
        ("view_offs", ctypes.c_size_t),
        ("data", ctypes.c_void_p),
        ("name", ctypes.c_char * 64),
        ("extra", ctypes.c_void_p),
        ("padding", ctypes.c_char * 8),
    )


@dataclass(slots=True)
class InputSums:
    """The inputs of one weight: a row for each of its matrices, which are several with experts.

    squares  float64[matrices, columns], the sum of the squares of each column
    counts   int64[matrices], or int64[1] where all matrices see the same inputs
    """

    squares: npt.NDArray[np.float64]
    counts: npt.NDArray[np.int64]


class InputObserver:
    """Sums up the inputs of the matrices of all blocks, for a Context that is made with it.

    Call `check` after each evaluation: an exception cannot pass through native code.
    """

    def __init__(self) -> None:
        """Raises JobError if this libllama lays its tensors out in another way."""
        self.sums: dict[str, InputSums] = {}
        self.callback = L.ggml_backend_sched_eval_callback(self._observe)
        self._error: BaseException | None = None
        # q, k and v have one input, as gate and up have: its squares are summed once
        self._last: tuple[int | None, npt.NDArray[np.float64]] = (None, np.empty(0))
        self._library = _declare_functions(L._lib)
        if self._library.ggml_tensor_overhead() != ctypes.sizeof(_Tensor) + OBJECT_BYTES:
            raise JobError(
                "This build of llama.cpp lays out its tensors in a way that is not known here: "
                "run `make run` to set up the one that is."
            )

    def check(self) -> None:
        """Raise what went wrong in the last evaluation, and forget its inputs.

        Raises InputError where the model computed what is not a finite number.
        """
        self._last = (None, np.empty(0))  # the next evaluation has other inputs in the same place
        error, self._error = self._error, None
        if error is not None:
            raise error

    def _observe(self, address: int, asks: bool, _user_data: object) -> bool:
        """Answer whether an operation is wanted; then take it, and answer whether to go on."""
        try:
            tensor = _Tensor.from_address(address)
            operation = self._library.ggml_op_name(tensor.op)
            if operation not in (b"MUL_MAT", b"MUL_MAT_ID"):
                return not asks
            weight, inputs = (_Tensor.from_address(tensor.src[i]) for i in (0, 1))
            name = _clean_name(weight.name)
            is_routed = operation == b"MUL_MAT_ID"
            wanted = is_routed or (name.startswith(BLOCKS) and inputs.ne[1] >= FEWEST_ROWS)
            if asks:
                return wanted and inputs.type == F32
            if is_routed:
                self._add_routed(name, weight, inputs, _Tensor.from_address(tensor.src[2]))
            else:
                self._add(name, weight, inputs, tensor.src[1])
            if not np.isfinite(self.sums[name].squares).all():
                raise InputError(
                    f"The model computes what is not a number before {name}: its file is damaged, "
                    "or the weights are too coarse; get it again, or at a higher level."
                )
            return True
        except BaseException as error:
            self._error = error
            return False

    def _add(self, name: str, weight: _Tensor, inputs: _Tensor, address: int | None) -> None:
        """Add the inputs of a weight. Each of its matrices, if it has several, has its own."""
        planes, matrices = weight.ne[2], weight.ne[2] * weight.ne[3]
        last, squares = self._last
        if address != last or squares.shape != (matrices, inputs.ne[0]):
            values = self._read(inputs, np.float32)
            squares = np.zeros((matrices, inputs.ne[0]))
            for i3, i2 in np.ndindex(values.shape[:2]):
                matrix = i3 % weight.ne[3] * planes + i2 % planes
                squares[matrix] += _sum_squares(values[i3, i2])
            self._last = (address, squares)
        sums = self._find(name, squares.shape, 1)
        sums.squares += squares
        sums.counts += inputs.ne[1] * inputs.ne[2] * inputs.ne[3] // matrices

    def _add_routed(self, name: str, weight: _Tensor, inputs: _Tensor, routes: _Tensor) -> None:
        """Add the inputs of experts. `routes` is int32[tokens, used]; an expert's input may be that
        of all (one row a token) or its own (one row a route).
        """
        values = self._read(inputs, np.float32)[0]  # [tokens, 1 or used, columns]
        experts = self._read(routes, np.int32)[0, 0]
        values = np.broadcast_to(values, (*experts.shape, values.shape[-1]))
        sums = self._find(name, (weight.ne[2], values.shape[-1]), weight.ne[2])
        for expert in np.unique(experts):
            rows = values[experts == expert]
            sums.squares[expert] += _sum_squares(rows)
            sums.counts[expert] += len(rows)

    def _find(self, name: str, shape: tuple[int, ...], counts: int) -> InputSums:
        if name not in self.sums:
            self.sums[name] = InputSums(np.zeros(shape), np.zeros(counts, np.int64))
        return self.sums[name]

    def _read(self, tensor: _Tensor, kind: type[np.generic]) -> npt.NDArray[Any]:
        """Return the values of a tensor, in numpy's order of its four dimensions."""
        size = self._library.ggml_nbytes(ctypes.byref(tensor))
        if self._library.ggml_backend_buffer_is_host(tensor.buffer):
            memory = (ctypes.c_char * size).from_address(tensor.data or 0)
        else:
            memory = (ctypes.c_char * size)()
            self._library.ggml_backend_tensor_get(ctypes.byref(tensor), memory, 0, size)
        return np.ndarray(tensor.ne[::-1], kind, memory, strides=tensor.nb[::-1])


def _sum_squares(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Return the sums over the rows: in float32 for these few, in float64 for all of a text."""
    sums: npt.NDArray[np.float32] = np.einsum("ij,ij->j", rows, rows)
    return sums.astype(np.float64)


def _clean_name(name: bytes) -> str:
    """Return a weight's name; a copy on a GPU is called CUDA0#blk.0.attn_k.weight#0."""
    parts = name.decode("utf-8", "replace").split("#")
    return parts[1] if len(parts) > 1 else parts[0]


def _declare_functions(library: Any) -> Any:
    """Give ggml's functions their types; they resolve through libllama, which links them."""
    library.ggml_tensor_overhead.restype = ctypes.c_size_t
    library.ggml_op_name.restype = ctypes.c_char_p
    library.ggml_op_name.argtypes = [ctypes.c_int]
    library.ggml_nbytes.restype = ctypes.c_size_t
    library.ggml_nbytes.argtypes = [ctypes.c_void_p]
    library.ggml_backend_buffer_is_host.restype = ctypes.c_bool
    library.ggml_backend_buffer_is_host.argtypes = [ctypes.c_void_p]
    library.ggml_backend_tensor_get.restype = None
    library.ggml_backend_tensor_get.argtypes = [
        *2 * [ctypes.c_void_p],
        *2 * [ctypes.c_size_t],
    ]
    return library
