"""How far the model has read a prompt, told when that takes so long that one would wonder."""

from __future__ import annotations

import time
from collections.abc import Callable

from models.engine import protocol

SLOW_S = 1.0  # a prompt that is read for longer is shown on its way


class PromptProgress:
    """Hears of one prompt's blocks; calls `tell(done, total)`, in tokens, once it takes long."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._since_s = time.monotonic()

    def follow(self, event: protocol.Reading) -> None:
        if event.done < event.total and time.monotonic() - self._since_s >= SLOW_S:
            self._tell(event.done, event.total)
