"""Keeps the matrices that were read last, where blocks of rows are made of columns."""

from __future__ import annotations

import threading
from collections import OrderedDict

import numpy as np
import numpy.typing as npt

from converters.safetensors import StoredTensor


class RecentMatrices:
    """At most `kept` whole matrices, for any thread.

    A column of a matrix lies all over the file: to read the matrix once, and cut it in memory,
    takes a fraction of the time.
    """

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._matrices: OrderedDict[str, npt.NDArray[np.uint8]] = OrderedDict()

    def read(self, stored: StoredTensor) -> npt.NDArray[np.uint8]:
        """Return a matrix whole, as uint8[rows, bytes of a row]. Raises InputError."""
        with self._lock:
            if stored.name not in self._matrices:
                while len(self._matrices) >= self._kept:
                    self._matrices.popitem(last=False)
                self._matrices[stored.name] = stored.read_rows(0, stored.rows)
            return self._matrices[stored.name]
