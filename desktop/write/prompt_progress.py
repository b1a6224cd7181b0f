"""How far the model has read a prompt, told when that takes so long that one would wonder."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from models.engine import protocol

SLOW_S = 1.0  # a prompt that is read for longer is shown on its way


class PromptProgress:
    """Hears of one prompt's blocks; calls `tell(done, total)`, in tokens, once it takes long."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._since_s = time.monotonic()

    def follow(self, events: Sequence[object]) -> None:
        """Hear what came together; of several blocks only the last one is told."""
        readings = [event for event in events if isinstance(event, protocol.Reading)]
        last = readings[-1] if readings else None
        if last and last.done < last.total and time.monotonic() - self._since_s >= SLOW_S:
            self._tell(last.done, last.total)
