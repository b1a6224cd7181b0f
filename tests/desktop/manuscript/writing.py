"""A model's steps, a log in memory, and an editor with an undo stack, for the tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from desktop.manuscript.manuscript import Manuscript, Steps
from desktop.manuscript.operations import GenerationRecord, Operation
from desktop.manuscript.passages import Change
from desktop.manuscript.text_buffer import decode_utf16, encode_utf16
from desktop.manuscript.units import Unit
from models.engine.protocol import Candidate, Stage, StageValues, Step

_HALF = re.compile("[\ud800-\udfff]")


def make_steps(texts: Sequence[str], first: int = 0, candidates: int = 2) -> list[Step]:
    """Steps with these texts; what is not text follows from the index."""
    return [
        Step(
            index=index,
            token=1000 + index,
            text=text,
            bytes=text.encode().hex(),
            logprob=-0.25 * (1 + index % 4),
            rank=index % 3,
            probability=0.5,
            entropy=1.5,
            candidates=[
                Candidate(token, text, "61", 1.0 / (token + 1), -1.5, 0.25, None)
                for token in range(candidates)
            ],
            stages=[Stage("top-k", candidates, 0.9)],
        )
        for index, text in enumerate(texts, first)
    ]


def make_record(manuscript: Manuscript, kind: str = "continue") -> GenerationRecord:
    """The record of a generation that is about to begin."""
    return GenerationRecord(
        id=manuscript.next_generation,
        model="starter",
        kind=kind,
        seed=7,
        chain=[StageValues("temperature", {"value": 0.7})],
        special=True,
        started_at=1_700_000_000.0,
    )


@dataclass
class ListLog:
    """Keeps everything in memory."""

    operations: list[Operation] = field(default_factory=list)
    steps: dict[tuple[int, int], Step] = field(default_factory=dict)

    def append(self, number: int, operation: Operation, steps: Steps | None) -> None:
        self.operations.append(operation)
        assert number == len(self.operations)
        if steps is not None:
            for index, step in enumerate(steps.steps, steps.first):
                self.steps[steps.generation, index] = step

    def read_step(self, generation: int, index: int) -> Step | None:
        return self.steps.get((generation, index))


class Desk:
    """A manuscript beside an editor, which is a text with an undo stack as Qt's is."""

    def __init__(self, text: str = "") -> None:
        self.log = ListLog()
        self.manuscript = Manuscript.create("desk", self.log, text)
        self.first_snapshot = self.manuscript.encode()
        self.shown = encode_utf16(text)
        self.done: list[tuple[int, bytes, bytes]] = []
        self.undone: list[tuple[int, bytes, bytes]] = []

    @property
    def text(self) -> str:
        """What the editor shows."""
        return decode_utf16(self.shown)

    def type(self, position: int, removed: int, inserted: str) -> None:
        """The person edits."""
        self._change(position, removed, encode_utf16(inserted))
        self.manuscript.edit(position, removed, inserted)

    def obey(self, change: Change, *, join: bool = False) -> None:
        """Do what the manuscript asks the editor to do.

        Qt takes no half of a character from Python: where the text before and after has none, it
        must not be asked to.
        """
        if change.removed or change.inserted:
            before = self.text
            self._change(change.position, change.removed, encode_utf16(change.inserted), join=join)
            if _HALF.search(before + self.text) is None:
                assert _HALF.search(change.inserted) is None

    def generate(self, position: int, texts: Sequence[str]) -> int:
        """A model continues at `position`, a step at a time: one undo step. Returns its id."""
        record = make_record(self.manuscript)
        self.manuscript.begin(record, position)
        self.stream(record.id, texts)
        return record.id

    def stream(self, generation: int, texts: Sequence[str], *, join: bool = False) -> None:
        """The steps of a generation arrive, and its end."""
        for step in make_steps(texts):
            change = self.manuscript.write(generation, [step])
            self.obey(change, join=join)
            join = join or bool(change.inserted)
        self.manuscript.end(generation, "length")

    def undo(self) -> None:
        """One step back."""
        position, old, new = self.done.pop()
        self.undone.append((position, old, new))
        self._replace(position, new, old)

    def redo(self) -> None:
        """One step forth."""
        position, old, new = self.undone.pop()
        self.done.append((position, old, new))
        self._replace(position, old, new)

    def units(self) -> list[Unit]:
        """All units of the manuscript."""
        return list(self.manuscript.units_between(0, self.manuscript.length))

    def replay(self) -> Manuscript:
        """What the operations make of the first snapshot."""
        copy = Manuscript.decode("desk", ListLog(), self.first_snapshot)
        for operation in self.log.operations:
            copy.apply(msgspec.convert(msgspec.to_builtins(operation), Operation))
        return copy

    def _replace(self, position: int, removed: bytes, inserted: bytes) -> None:
        at = 2 * position
        assert self.shown[at : at + len(removed)] == removed
        self.shown = self.shown[:at] + inserted + self.shown[at + len(removed) :]
        self.manuscript.edit(position, len(removed) // 2, decode_utf16(inserted))

    def _change(self, position: int, removed: int, new: bytes, *, join: bool = False) -> None:
        at = 2 * position
        old = self.shown[at : at + 2 * removed]
        self.shown = self.shown[:at] + new + self.shown[at + 2 * removed :]
        self.undone.clear()
        if join and self.done:
            first, before, after = self.done[-1]
            if first <= position and position + removed <= first + len(after) // 2:
                offset = 2 * (position - first)
                after = after[:offset] + new + after[offset + 2 * removed :]
                self.done[-1] = first, before, after
                return
        self.done.append((position, old, new))


def words(desk: Desk) -> list[str]:
    """The texts of all units."""
    return [desk.manuscript.text_between(unit.start, unit.end) for unit in desk.units()]
