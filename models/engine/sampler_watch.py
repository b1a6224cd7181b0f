"""The clock over user-written samplers: one that does not end is interrupted, not waited for."""

from __future__ import annotations

import ctypes
import threading
import time
from types import TracebackType

from models.sampling import SamplerTimeout

LIMIT_S = 2.0


class SamplerWatch:
    """A context manager around one decision; raises SamplerTimeout in it after `limit_s`.

    The exception is set from a second thread, so it reaches Python code, a loop without end for
    instance. A sampler that hangs inside of native code is ended with the process, by the client.
    """

    def __init__(self, limit_s: float = LIMIT_S) -> None:
        self._limit_s = limit_s
        self._thread_id = threading.get_ident()
        self._changed = threading.Condition()
        self._deadline: float | None = None
        self._interrupted = False
        threading.Thread(target=self._watch, name="sampler watch", daemon=True).start()

    def __enter__(self) -> None:
        with self._changed:
            self._interrupted = False
            self._deadline = time.monotonic() + self._limit_s
            self._changed.notify()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._changed:
            self._deadline = None
        if self._interrupted and error is None:
            time.sleep(0.1)  # set but not delivered yet: it arrives here, at the next bytecode

    def _watch(self) -> None:
        while True:
            with self._changed:
                while self._deadline is None:
                    self._changed.wait()
                left = self._deadline - time.monotonic()
                if left > 0:
                    self._changed.wait(left)
                else:
                    self._deadline = None
                    self._interrupted = True
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(
                        ctypes.c_ulong(self._thread_id), ctypes.py_object(SamplerTimeout)
                    )
