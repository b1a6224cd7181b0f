"""The logits of finished steps, kept so that a step can be decided again without the model."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models.sampling import Moment

Key = tuple[int, int, int]
"""Job of the generation, branch, index of the step."""


class LogitStore:
    """A ring of logits, the newest steps of all generations, in a fixed amount of memory."""

    def __init__(self, n_vocab: int, *, capacity_bytes: int = 64 << 20) -> None:
        slots = max(1, capacity_bytes // (4 * n_vocab))
        self._rows = np.full((slots, n_vocab), 0, np.float32)  # written now: page faults cost later
        self._keys: list[Key | None] = [None] * slots
        self._kept: dict[Key, tuple[int, Moment, bytes]] = {}
        self._next = 0

    def add(
        self, key: Key, logits: npt.NDArray[np.float32], moment: Moment, pending: bytes
    ) -> None:
        """Keep the logits of a step, float32[n_vocab], over those of the oldest one.

        `pending` are the bytes of a character that had begun before it.
        """
        slot = self._next
        oldest = self._keys[slot]
        if oldest is not None:
            self._kept.pop(oldest, None)
        self._rows[slot] = logits
        self._keys[slot] = key
        self._kept[key] = (slot, moment, pending)
        self._next = (slot + 1) % len(self._keys)

    def get(self, key: Key) -> tuple[npt.NDArray[np.float32], Moment, bytes] | None:
        """Return logits, moment and pending bytes of a step, or None when they were overwritten."""
        if key not in self._kept:
            return None
        slot, moment, pending = self._kept[key]
        return self._rows[slot], moment, pending
