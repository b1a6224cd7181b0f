"""The logits of finished steps, kept so that a step can be decided again without the model."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models.sampling import Moment

Key = tuple[int, int, int]
"""Job of the generation, branch, index of the step."""


class LogitStore:
    """A ring of logits, the newest steps of all generations, in a fixed amount of memory."""

    def __init__(self, n_vocab: int, *, capacity_bytes: int = 256 << 20) -> None:
        slots = max(1, capacity_bytes // (4 * n_vocab))
        self._rows = np.empty((slots, n_vocab), np.float32)  # pages are taken when first written
        self._keys: list[Key | None] = [None] * slots
        self._moments: dict[Key, tuple[int, Moment]] = {}
        self._next = 0

    def add(self, key: Key, logits: npt.NDArray[np.float32], moment: Moment) -> None:
        """Keep the logits of a step, float32[n_vocab], over those of the oldest one."""
        slot = self._next
        oldest = self._keys[slot]
        if oldest is not None:
            self._moments.pop(oldest, None)
        self._rows[slot] = logits
        self._keys[slot] = key
        self._moments[key] = (slot, moment)
        self._next = (slot + 1) % len(self._keys)

    def get(self, key: Key) -> tuple[npt.NDArray[np.float32], Moment] | None:
        """Return the logits and the moment of a step, or None when they were overwritten."""
        found = self._moments.get(key)
        return None if found is None else (self._rows[found[0]], found[1])
