"""What a manuscript keeps of a generation in memory: a few numbers a step."""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from desktop.manuscript.operations import GenerationRecord, Written
from desktop.manuscript.units import ROW, Rows
from models.engine.protocol import Outcome

NO_PASSAGE = 0  # of a generation that is an answer beside the text
TRACE_ROW = np.dtype(
    [("token", "<i4"), ("logprob", "<f4"), ("probability", "<f4"), ("entropy", "<f4")]
)


class Generation(msgspec.Struct):
    """A generation: how it was asked for, the passage it wrote or none, a row of numbers a step.

    `joined` are the logprobs of the newest steps that have no text yet; `outcome` is None while it
    runs.
    """

    record: GenerationRecord
    passage: int
    trace: bytearray = msgspec.field(default_factory=bytearray)  # rows of TRACE_ROW
    joined: list[float] = []
    outcome: Outcome | str | None = None

    @property
    def steps(self) -> int:
        """How many steps it took so far."""
        return len(self.trace) // TRACE_ROW.itemsize

    def read_trace(self) -> npt.NDArray[np.void]:
        """Return a copy of the rows of its steps: token, logprob, probability, entropy."""
        return np.frombuffer(bytes(self.trace), TRACE_ROW)

    def take(self, written: Written, position: int) -> tuple[bytes, Rows]:
        """Take steps over; return their text (UTF-16) and its units, from `position` on.

        A step without text, which began a character, joins the next step that has some.
        """
        data = bytearray()
        units = []
        for index, (text, logprob) in enumerate(
            zip(written.texts, written.logprobs, strict=True), self.steps
        ):
            self.joined.append(logprob)
            if text:
                start = position + len(data) // 2
                data += text.encode("utf-16-le")
                end = position + len(data) // 2
                probability = float(np.exp(min(0.0, sum(self.joined))))
                first = index - len(self.joined) + 1
                units.append((start, end, self.record.id, first, index, probability))
                self.joined = []
        rows = np.empty(len(written.tokens), TRACE_ROW)
        rows["token"] = written.tokens
        rows["logprob"] = written.logprobs
        rows["probability"] = written.probabilities
        rows["entropy"] = written.entropies
        self.trace += rows.tobytes()
        return bytes(data), np.array(units, ROW)
