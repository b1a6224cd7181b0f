"""How a job ends for its caller when the process cannot tell it any more."""

from __future__ import annotations

import time
from collections.abc import Iterator

from models.engine import protocol


class Unfinished:
    """The branches of a job that have not ended, and what has been heard of them."""

    def __init__(self, job: int, branches: int) -> None:
        self._job = job
        self._tokens = dict.fromkeys(range(branches), 0)
        self._prompt = protocol.Reading(job, 0, 0, 0)
        self._start_s = self._last_s = time.perf_counter()
        self.cancelled = False
        """Whether a branch ended before it was done."""

    def __bool__(self) -> bool:
        return bool(self._tokens)

    def hear(self, event: protocol.AnyEvent) -> None:
        """Take the next event of the job."""
        match event:
            case protocol.Reading():
                self._prompt = event
                self._start_s = self._last_s = time.perf_counter()
            case protocol.Stepped():
                self._tokens[event.branch] += 1
                self._last_s = time.perf_counter()
            case protocol.Scored():
                self._tokens[0] += len(event.steps)
                self._last_s = time.perf_counter()
            case protocol.Finished():
                del self._tokens[event.branch]
                self.cancelled = self.cancelled or event.outcome.reason == "cancelled"

    def cancel(self) -> Iterator[protocol.Finished]:
        """End what is left as cancelled, with what it had written."""
        self.cancelled = True
        seconds = self._last_s - self._start_s
        for branch, tokens in self._tokens.items():
            rate = (tokens - 1) / seconds if tokens > 1 and seconds else 0.0
            outcome = protocol.Outcome(
                "cancelled", tokens, seconds, rate, self._prompt.total, self._prompt.reused
            )
            yield protocol.Finished(self._job, branch, outcome)
