"""The engine as the window sees it: jobs go in, their events and outcomes come back as calls.

One thread of the link waits for the engine, one job after another; the window's thread only puts
jobs in and is called back. Events are delivered together, at most thirty times a second, and less
often where showing them takes long, for the model needs the processor more; the last ones always.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from models.engine.blocking import BlockingEngine, EngineDiedError
from models.errors import Cancelled, InputError, JobError, SamplerError

DELIVER_MS = 33
LONGEST_MS = 500  # a text that grows more seldom seems to stand still
SHARE = 0.3  # of the time that the window's thread may work while events come
LEAST_SHARE = 0.015  # the same where it takes that time from the model

Report = Callable[[Any], None]
Work = Callable[[BlockingEngine, Report], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job ended; `sentence` says what is wrong and what to do, in a failure.

    sampler  a user-written sampler failed: `file` and `line` of it, `details` its traceback
    died     the engine process ended; a new one is being started
    defect   our own mistake; `details` is the traceback
    """

    kind: Literal["done", "cancelled", "input", "sampler", "job", "died", "defect"]
    sentence: str = ""
    details: str = ""
    file: str = ""
    line: int | None = None

    @property
    def failed(self) -> bool:
        return self.kind not in {"done", "cancelled"}


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work for the engine, and who hears of it."""

    work: Work
    on_events: Callable[[list[Any]], None]
    on_end: Callable[[Ended], None]
    key: str
    events: deque[Any] = field(default_factory=deque)
    ended: Ended | None = None
    cancelled: bool = False


class EngineLink(QObject):
    """One engine process and the queue before it.

    `died` follows the death of the process, and with it of what was loaded.
    """

    died = Signal()
    _arrived = Signal()

    def __init__(self, engine: BlockingEngine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        engine.tell_deaths(self.died.emit)
        self._lock = threading.Condition()
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None  # in the thread
        self._unheard: deque[Job] = deque()  # jobs with events or an end that were not delivered
        self._closing = False
        self._since_delivery = QElapsedTimer()
        self._since_delivery.start()
        self._worked_s = 0.0  # by this thread, when the last delivery began
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._deliver_in_time)
        self._arrived.connect(self._plan_delivery)
        self._thread = threading.Thread(target=self._work, name="engine link", daemon=True)
        self._thread.start()

    @property
    def idle(self) -> bool:
        """Whether nothing runs and nothing waits."""
        with self._lock:
            return self._running is None and not self._waiting

    @property
    def pid(self) -> int | None:
        """Process number of the engine, None when there is none."""
        return self._engine.client.pid

    @property
    def needs_every_core(self) -> bool:
        """Whether the model computes on all cores: what the window does takes its time."""
        return self._engine.needs_every_core

    def submit(
        self,
        work: Work,
        *,
        on_end: Callable[[Ended], None],
        on_events: Callable[[list[Any]], None] = lambda events: None,
        key: str = "",
    ) -> Job:
        """Do `work` after what waits already; it is given the engine, and `report` for events.

        `on_events` and `on_end` are called in this thread. A job that still waits under the same
        `key` is replaced and ends as cancelled: of many moves of a slider only the last one
        matters.
        """
        job = Job(work, on_events, on_end, key)
        with self._lock:
            if key:
                for old in [old for old in self._waiting if old.key == key]:
                    self._drop(old)
            self._waiting.append(job)
            self._lock.notify()
        return job

    def cancel(self, job: Job) -> None:
        """Stop a job; its end follows, with what was done so far."""
        with self._lock:
            if job.ended is not None or job.cancelled:
                return
            job.cancelled = True
            if job in self._waiting:
                self._drop(job)
            elif job is self._running:
                self._engine.cancel()

    def close(self) -> None:
        """End the engine and the thread; nothing is delivered any more."""
        with self._lock:
            self._closing = True
            self._waiting.clear()
            self._lock.notify()
        self._timer.stop()
        self._engine.close()
        self._thread.join()

    def _drop(self, job: Job) -> None:
        self._waiting.remove(job)
        job.ended = Ended("cancelled")
        self._unheard.append(job)
        self._arrived.emit()

    # ---- in the thread of the link ---------------------------------------------------------

    def _work(self) -> None:
        while True:
            with self._lock:
                self._lock.wait_for(lambda: bool(self._waiting) or self._closing)
                if self._closing:
                    return
                job = self._running = self._waiting.popleft()
                self._engine.clear_cancel()
            ended = self._run(job)
            with self._lock:
                self._running = None
                job.ended = ended
                self._note(job)

    def _run(self, job: Job) -> Ended:
        def report(event: Any) -> None:
            with self._lock:
                job.events.append(event)
                self._note(job)

        try:
            job.work(self._engine, report)
        except Cancelled:
            return Ended("cancelled")
        except InputError as error:
            return Ended("input", str(error))
        except SamplerError as error:
            return Ended("sampler", str(error), error.traceback, error.file, error.line)
        except EngineDiedError as error:
            return Ended("died", str(error))
        except JobError as error:
            return Ended("job", str(error), getattr(error, "traceback", ""))
        except Exception as error:
            if self._closing:
                return Ended("cancelled")
            logging.getLogger(__name__).exception("a job of the engine link failed")
            said = f"{type(error).__name__}: {error}".splitlines()[0]
            return Ended("defect", f"Inkglass failed here ({said}).", traceback.format_exc())
        return Ended("done")

    def _note(self, job: Job) -> None:
        """Ask for a delivery, once; the lock is held."""
        if self._closing:
            return
        if not self._unheard:
            self._arrived.emit()
        if job not in self._unheard:
            self._unheard.append(job)

    # ---- in the window's thread ------------------------------------------------------------

    def _plan_delivery(self) -> None:
        if not self._timer.isActive() and not self._closing:
            self._timer.start(max(0, DELIVER_MS - self._since_delivery.elapsed()))

    def _deliver_in_time(self) -> None:
        """Deliver, unless showing the last delivery took so long that a pause is due."""
        shown_ms = 1e3 * (time.thread_time() - self._worked_s)  # painting it included
        share = LEAST_SHARE if self.needs_every_core else SHARE
        pause_ms = min(shown_ms / share, LONGEST_MS)
        left_ms = int(pause_ms - self._since_delivery.elapsed())
        if left_ms > 0:
            self._timer.start(left_ms)
        else:
            self._deliver()

    def _deliver(self) -> None:
        self._since_delivery.restart()
        self._worked_s = time.thread_time()
        with self._lock:
            heard = [(job, list(job.events), job.ended) for job in self._unheard]
            for job, _, _ in heard:
                job.events.clear()
            self._unheard.clear()
        for job, events, ended in heard:
            try:
                if events:
                    job.on_events(events)
            except Exception as error:  # ours: its end is heard all the same
                sys.excepthook(type(error), error, error.__traceback__)
                ended = ended and Ended("defect", "The window failed.", traceback.format_exc())
            try:
                if ended is not None:
                    job.on_end(ended)
            except Exception as error:  # and so are other jobs
                sys.excepthook(type(error), error, error.__traceback__)
