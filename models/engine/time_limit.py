"""The clock over code that is not ours: samplers and templates that do not end are ended."""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import threading
import time
from collections.abc import Iterator
from types import TracebackType

from models.sampling import SamplerInterrupt, SamplerTimeout, describe_failure

INTERRUPT_S = 2.0
EXIT_S = 6.0
LATE = "it did not end in the two seconds that a sampler has"


@contextlib.contextmanager
def limit_time() -> Iterator[None]:
    """End the process if the body takes longer than EXIT_S.

    faulthandler's clock runs outside of the interpreter, so it also ends a body that holds the
    interpreter's lock, in a regular expression for instance. The client names what happened.
    """
    faulthandler.dump_traceback_later(EXIT_S, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


class SamplerWatch:
    """A context manager around one decision; raises SamplerInterrupt in it after INTERRUPT_S.

    The exception is set from a second thread, so it reaches Python code, a loop without end for
    instance. A sampler that swallows it, or hangs inside of native code, ends with the process.
    """

    def __init__(self) -> None:
        self._thread_id = threading.get_ident()
        self._changed = threading.Condition()
        self._deadline: float | None = None
        self._interrupted = False
        self.files: tuple[str, ...] = ()
        """The samplers of the chains that are decided under it; one of them is what is late"""
        threading.Thread(target=self._watch, name="sampler watch", daemon=True).start()

    def __enter__(self) -> None:
        faulthandler.dump_traceback_later(EXIT_S, exit=True)
        with self._changed:
            self._interrupted = False
            self._deadline = time.monotonic() + INTERRUPT_S
            self._changed.notify()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._changed:
            self._deadline = None
        faulthandler.cancel_dump_traceback_later()
        if self._interrupted and error is None:
            with contextlib.suppress(SamplerInterrupt):
                time.sleep(0.1)  # set but not delivered yet: it arrives here, at the next bytecode
            raise self._late()
        if kind is SamplerInterrupt:  # it arrived when the sampler had just ended
            raise self._late() from None

    def _late(self) -> SamplerTimeout:
        sentence = describe_failure(" or ".join(self.files), LATE)
        return SamplerTimeout(sentence, file=self.files[0] if len(self.files) == 1 else "")

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
                        ctypes.c_ulong(self._thread_id), ctypes.py_object(SamplerInterrupt)
                    )
