"""A whole window that is killed while a person and the model write, and what the next start shows.

`python -m tests.desktop.kill_window 200` kills 200 windows, five one after another in each home.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import psutil

from desktop.manuscript.manuscript import Manuscript
from models import library
from models.catalogue import STARTER

ROOT = Path(__file__).parents[2]
LONGEST_S = 8.0  # from the first state of a window to its kill
MOST_LOST_S = 1.0
END_S = 10.0  # in which the engine of a killed window has to end
KILLS_A_HOME = 5
SMALL = {"threads": 1, "context": 1024, "tokens": 30}  # settings
AT_ONCE = 2
WORDS = ("the", "lamp", "was", "lit", "again", "and", "nobody", "asked", "灯", "りは", "静か", "😀")
OFFSCREEN_WORDS = "plugin does not support"
FILE_TEXT = "# Lamp\n\nThe first line was written elsewhere.\n"


class Seen(msgspec.Struct):
    """The text of a window at one moment; `number` counts what has happened to it.

    at          time.monotonic(), which all processes share
    offered     the window says that it shows a text again
    units       of them, what the model wrote; `unreadable` have a step that is lost
    answered    how many tokens the model wrote beside the text, on the card
    engine      process number of the engine, 0 when there is none
    """

    at: float
    number: int
    length: int
    sha256: str
    offered: bool = False
    units: int = 0
    unreadable: int = 0
    answered: int = 0
    engine: int = 0


class Kill(msgspec.Struct):
    """One kill and what came after it.

    oldest_s    age of the first input of the window; 0 when there was none
    lost_s      the same of the first input that was lost
    """

    states: int
    length: int
    units: int
    oldest_s: float
    lost_s: float
    later: bool  # what was restored is later than what the window had said
    faults: list[str]


# ---- the window that is killed -------------------------------------------------------------


def write_in_window(document: Path | None, seed: int, *, look_only: bool) -> None:
    """The child: opens the window, writes as a person does, and says each state of the text."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from desktop.window import Window

    chance = random.Random(seed)
    application = QApplication([])
    window = Window(application, document=document, seeds=lambda: chance.randrange(1 << 32))
    write = window.write

    def say(**more: bool | int) -> None:
        manuscript = write.page.manuscript
        text = manuscript.text
        seen = Seen(
            at=time.monotonic(),
            number=manuscript.number,
            length=len(text),
            sha256=hash_text(text),
            answered=len(read_answers(manuscript)),
            engine=window.link.pid or 0,
        )
        for name, value in more.items():
            setattr(seen, name, value)
        os.write(1, msgspec.json.encode(seen) + b"\n")

    def live(seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.002)

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or write.editor, key, modifier)

    window.show()
    window.main.activateWindow()
    write.editor.setFocus()
    live(0.05)
    manuscript = write.page.manuscript
    units = manuscript.units_between(0, manuscript.length)
    steps = [
        (unit.generation, index) for unit in units for index in range(unit.first, unit.last + 1)
    ]
    steps += read_answers(manuscript)
    readable = [manuscript._log.read_step(*step) is not None for step in steps]
    say(
        offered="restored" in window.main.notices.keys,
        units=len(units),
        unreadable=readable.count(False),
    )
    if look_only:
        window.main.close()
        return
    write.page.changed.connect(lambda _position: say())
    write.rewriting.written.connect(say)
    key, plain = Qt.Key, Qt.KeyboardModifier.NoModifier
    ctrl, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    ctrl_shift = ctrl | Qt.KeyboardModifier.ShiftModifier
    keys: list[tuple[Qt.Key, Qt.KeyboardModifier]] = [
        *[(key.Key_Return, ctrl)] * 4,
        *[(key.Key_R, ctrl)] * 2,
        *[(key.Key_Z, ctrl), (key.Key_Y, ctrl), (key.Key_Up, alt), (key.Key_Down, alt)],
        *[(key.Key_Escape, plain), (key.Key_Tab, plain), (key.Key_Backspace, plain)],
        *[(key.Key_Return, plain), (key.Key_Right, ctrl), (key.Key_Home, ctrl)],
        *[(key.Key_Left, ctrl_shift)] * 4,
        *[(key.Key_R, ctrl_shift)] * 3,
        *[(key.Key_End, ctrl)] * 3,
    ]
    if document is not None or window.filing.path is not None:
        keys.append((key.Key_S, ctrl))
    press(key.Key_End, ctrl)
    while True:
        if chance.random() < 0.5:
            for character in f"{chance.choice(WORDS)} ":
                if character.isascii():
                    QTest.keyClicks(write.editor, character)
                else:
                    event = QInputMethodEvent()
                    event.setCommitString(character)
                    QApplication.sendEvent(write.editor, event)
                live(chance.random() * 0.03)
        else:
            press(*chance.choice(keys))
            write.editor.setFocus()
            live(chance.random() * 0.5)


def read_answers(manuscript: Manuscript) -> list[tuple[int, int]]:
    """Return generation and index of each step that was written beside the text, on the card."""
    request = manuscript.request
    return [
        (number, index)
        for number in (request.answers if request is not None else ())
        for index in range(len(manuscript.trace(number)))
    ]


# ---- the one that kills ----------------------------------------------------------------------


def make_home(home: Path, **settings: object) -> None:
    """Make a home of the program, with the starter model, where the first run is over."""
    starter = library.find_model(STARTER.id).absolute()
    (home / "models").mkdir(parents=True)
    (home / "models" / starter.name).symlink_to(starter)
    (home / "settings").mkdir()
    chosen = json.dumps({"first_run_done": True, **settings})
    (home / "settings" / "settings.json").write_text(chosen)


def kill_in_home(
    home: Path, seed: int, kills: int = KILLS_A_HOME, *, shortest_s: float = 0.0
) -> Iterator[Kill]:
    """Kill windows one after another; the next one shows what is left of the one before.

    Each is killed `shortest_s` to LONGEST_S after its first state.
    """
    make_home(home, **SMALL)
    chance = random.Random(seed)

    def draw_end() -> float:
        return shortest_s + chance.random() * (LONGEST_S - shortest_s)

    file = home / "lamp.md" if chance.random() < 0.5 else None
    texts = set()
    if file is not None:
        file.write_text(FILE_TEXT)
        texts.add(hash_text(FILE_TEXT))
    seen, killed_at, complaints = run_window(home, file, seed, draw_end())
    for kill in range(1, kills + 1):
        last = kill == kills
        after, next_killed_at, next_complaints = run_window(
            home, None, seed + kill, None if last else draw_end()
        )
        texts |= {state.sha256 for state in (*seen, *after)}
        faults = [*complaints, *check(seen, after[0], killed_at)]
        if file is not None and hash_text(file.read_text()) not in texts:
            faults.append("the file holds a text that never stood in the window")
        n = number_shown(after[0])
        oldest_s, lost_s = (
            killed_at - next((state.at for state in seen if state.number > number), killed_at)
            for number in (seen[0].number, n)
        )
        later = n > seen[-1].number
        yield Kill(len(seen), after[0].length, after[0].units, oldest_s, lost_s, later, faults)
        seen, killed_at, complaints = after, next_killed_at, next_complaints


def check(seen: list[Seen], shown: Seen, killed_at: float) -> Iterator[str]:
    """Say what the window that was opened next shows wrongly."""
    n = number_shown(shown)
    if n <= seen[-1].number:
        expected = [state for state in seen if state.number <= n][-1:]
        if not expected or expected[0].sha256 != shown.sha256:
            yield f"the text after {n} operations is another one"
        elif expected[0].number == n and expected[0].answered != shown.answered:
            yield f"{shown.answered} tokens of answers are left of {expected[0].answered}"
    lost = [state.at for state in seen if state.number > n]
    if lost and killed_at - lost[0] > MOST_LOST_S:
        yield f"input of {killed_at - lost[0]:.2f} s before the kill is lost"
    if shown.unreadable:
        yield f"{shown.unreadable} steps cannot be read"
    held = [state for state in seen if state.length and state.at < killed_at - MOST_LOST_S]
    if held and not shown.offered:
        yield "nothing says that the text is shown again"


def number_shown(shown: Seen) -> int:
    """How many operations are in the text that is shown again; -1 when none is."""
    return shown.number if shown.offered or shown.length else 0


def run_window(
    home: Path, file: Path | None, seed: int, until_s: float | None
) -> tuple[list[Seen], float, list[str]]:
    """Run a window and kill it `until_s` after its first state, or let it look and close.

    Returns its states, when it was killed, and complaints.
    """
    child = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.desktop.kill_window"),
            *("look" if until_s is None else "child", str(seed), *([str(file)] if file else [])),
        ],
        cwd=ROOT,
        env=os.environ
        | {
            "INKGLASS_HOME": str(home),
            "QT_QPA_PLATFORM": "offscreen",
            "OMP_WAIT_POLICY": "passive",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        assert child.stderr is not None
        lines = [child.stdout.readline()]
        with ThreadPoolExecutor(1) as reader:
            rest = reader.submit(child.stdout.readlines)
            time.sleep(until_s or 0.0)
            killed_at = time.monotonic()
            if until_s is not None:
                child.kill()
            lines += rest.result()
        said = child.stderr.read().decode().splitlines()
    words = "\n".join(line for line in said if OFFSCREEN_WORDS not in line)
    seen = [msgspec.json.decode(line, type=Seen) for line in lines if line.endswith(b"\n")]
    complaints = [f"on stderr: {words}"] if words else []
    if not seen:
        raise RuntimeError(f"the window did not come: {words}")
    engines = {state.engine for state in seen if state.engine}
    wait_for(lambda: not any(is_engine(pid) for pid in engines), END_S)
    complaints += [f"the engine {pid} lives on" for pid in engines if is_engine(pid)]
    return seen, killed_at, complaints


def is_engine(pid: int) -> bool:
    """Whether the process is there, and is no other that took its number."""
    try:
        return "models.engine.worker" in psutil.Process(pid).cmdline()
    except psutil.Error:
        return False


def wait_for(holds: Callable[[], bool], seconds: float) -> None:
    """Return when it holds, or after so long."""
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)


def hash_text(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def main(kills: int) -> None:
    """Kill so many windows, and print what came of it."""
    done: list[Kill] = []
    with tempfile.TemporaryDirectory() as root, ThreadPoolExecutor(AT_ONCE) as pool:

        def work(home: int) -> None:
            in_this = min(KILLS_A_HOME, kills - KILLS_A_HOME * home)
            for kill in kill_in_home(Path(root) / str(home), 1000 * home, in_this):
                done.append(kill)
                print(len(done), f"home {home}", msgspec.json.encode(kill).decode(), flush=True)

        list(pool.map(work, range(-(-kills // KILLS_A_HOME))))
    lost = sorted(kill.lost_s for kill in done)
    print(
        f"{len(done)} kills: {sum(bool(kill.faults) for kill in done)} with faults, "
        f"{sum(lost_s > 0 for lost_s in lost)} lost input, the oldest {1000 * lost[-1]:.0f} ms "
        f"before the kill (95 % at most {1000 * lost[int(0.95 * len(lost))]:.0f} ms), "
        f"{sum(kill.states for kill in done)} states, "
        f"{sum(kill.units for kill in done)} units read again, "
        f"{sum(kill.later for kill in done)} restored later than was said"
    )


if __name__ == "__main__":
    if sys.argv[1] in {"child", "look"}:
        path = Path(sys.argv[3]) if len(sys.argv) > 3 else None
        write_in_window(path, int(sys.argv[2]), look_only=sys.argv[1] == "look")
    else:
        main(int(sys.argv[1]))
