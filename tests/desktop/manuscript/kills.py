"""A process that is killed while it writes: what it was told is durable is there.

`python -m tests.desktop.manuscript.kills 200` kills 200 of them.
"""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from desktop.manuscript.journal import Journal
from desktop.manuscript.manuscript import Manuscript
from tests.desktop.manuscript.writing import ListLog, make_record, make_steps

OPERATIONS = 3000  # more than one snapshot, and more than a child can do before it is killed


class Work:
    """Does the same things for the same seed."""

    def __init__(self, manuscript: Manuscript, seed: int) -> None:
        self.manuscript = manuscript
        self.chance = random.Random(seed)
        self.running = 0

    def go_on(self, operations: int) -> None:
        """Work until there are so many operations."""
        while self.manuscript.number < operations:
            self.do_one()

    def do_one(self) -> None:
        manuscript, chance = self.manuscript, self.chance
        if self.running and chance.random() < 0.6:
            at = len(manuscript.trace(self.running))
            if at < 20:
                manuscript.write(self.running, make_steps([f" w{at}"], at, candidates=20))
            else:
                manuscript.end(self.running, "length")
                self.running = 0
        elif not self.running and chance.random() < 0.3:
            record = make_record(manuscript)
            self.running = record.id
            manuscript.begin(record, chance.randint(0, manuscript.length))
        else:
            position = chance.randint(0, manuscript.length)
            removed = min(chance.randint(0, 2), manuscript.length - position)
            manuscript.edit(position, removed, f"{manuscript.number} ")


def work_in_journal(folder: Path, seed: int) -> None:
    """The child: works, and says after each flush how many operations are durable."""
    journal = Journal(folder, print, print)
    manuscript = journal.create()
    print(manuscript.document_id, flush=True)
    chance = random.Random(seed + 1)
    work = Work(manuscript, seed)
    while manuscript.number < OPERATIONS:
        work.go_on(manuscript.number + chance.randint(1, 9))
        if chance.random() < 0.5 and journal.flush():
            print(manuscript.number, flush=True)
    time.sleep(60)


def kill_one(folder: Path, seed: int) -> tuple[int, int]:
    """Kill one child at a random moment; return (acknowledged, restored) operations."""
    folder.mkdir()
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.desktop.manuscript.kills", "child", str(folder), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        document_id = child.stdout.readline().strip()
        time.sleep(random.Random(seed).random() * 0.25)
        child.kill()
        acknowledged = [int(line) for line in child.stdout.read().split("\n")[:-1]]
    last = max(acknowledged, default=0)
    said: list[str] = []
    with contextlib.closing(Journal(folder, said.append, said.append)) as journal:
        found = [one.document_id for one in journal.recoverable()]
        if not found:
            assert last == 0
            return 0, 0
        assert found == [document_id]
        restored = journal.restore(document_id)
        expected = Manuscript.create(document_id, ListLog())
        Work(expected, seed).go_on(restored.number)
        assert restored.number >= last
        assert restored.encode() == expected.encode()
        for unit in restored.units_between(0, restored.length):
            assert restored.step(unit.generation, unit.last).index == unit.last
    assert not said
    return last, restored.number


if __name__ == "__main__":
    if sys.argv[1] == "child":
        work_in_journal(Path(sys.argv[2]), int(sys.argv[3]))
    with tempfile.TemporaryDirectory() as root:
        for number in range(int(sys.argv[1])):
            print(number, *kill_one(Path(root) / str(number), number), flush=True)
