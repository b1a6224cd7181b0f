"""The clock over user-written samplers: one that does not end is interrupted, not waited for."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from types import TracebackType

from models.sampling import SamplerTimeout

LIMIT_S = 2.0
MOST_INTERRUPTS = 3


class SamplerWatch:
    """A context manager around one decision; raises SamplerTimeout in it after LIMIT_S.

    The exception is set from a second thread, so it reaches Python code, a loop without end for
    instance. A sampler that swallows it, or hangs inside of native code, is interrupted again
    MOST_INTERRUPTS times; then `give_up` is called, which must not return.
    """

    def __init__(self, give_up: Callable[[], None]) -> None:
        self._give_up = give_up
        self._thread_id = threading.get_ident()
        self._changed = threading.Condition()
        self._deadline: float | None = None
        self._interrupts = 0
        threading.Thread(target=self._watch, name="sampler watch", daemon=True).start()

    def __enter__(self) -> None:
        with self._changed:
            self._interrupts = 0
            self._deadline = time.monotonic() + LIMIT_S
            self._changed.notify()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._changed:
            self._deadline = None
        if self._interrupts and error is None:
            time.sleep(0.1)  # set but not delivered yet: it arrives here, at the next bytecode

    def _watch(self) -> None:
        while True:
            with self._changed:
                while self._deadline is None:
                    self._changed.wait()
                left = self._deadline - time.monotonic()
                if left > 0:
                    self._changed.wait(left)
                elif self._interrupts == MOST_INTERRUPTS:
                    self._give_up()
                else:
                    self._interrupts += 1
                    self._deadline = time.monotonic() + LIMIT_S
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(
                        ctypes.c_ulong(self._thread_id), ctypes.py_object(SamplerTimeout)
                    )
