"""How fast the editor answers in a document of 100,000 tokens."""

from __future__ import annotations

import os
import random
import statistics
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

TOKENS = 100_000
_WORDS = ("the", "river", "had", "a", "mill", "and", "nobody", "asked", "it", "because", "why")


class _Unit(NamedTuple):
    start: int
    end: int
    probability: float


class _Units:
    """A unit a token, from two sorted lists."""

    def __init__(self, tokens: Sequence[str]) -> None:
        draw = random.Random(1)
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.probabilities = [draw.random() for _ in tokens]
        position = 0
        for token in tokens:
            self.starts.append(position)
            position += len(token)
            self.ends.append(position)

    def add(self, token: str) -> None:
        self.starts.append(self.ends[-1])
        self.ends.append(self.ends[-1] + len(token))
        self.probabilities.append(0.3)

    def units_between(self, start: int, end: int) -> Sequence[_Unit]:
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        columns = (column[first:last] for column in (self.starts, self.ends, self.probabilities))
        return [_Unit(*row) for row in zip(*columns, strict=True)]


def measure(presses: int = 200) -> dict[str, float]:
    """Return what takes how long, from the event to the end of the repaint: p95 in milliseconds.

    In a window of 960 x 740 with heat on every token; the paragraphs have 80 tokens, but for the
    row that says that there is only one.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QTextCursor
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from desktop.theme.theme import Theme
    from desktop.write.editor import Editor

    application = QApplication.instance() or QApplication([])
    theme = Theme()

    def open_editor(tokens: Sequence[str]) -> tuple[Editor, _Units]:
        editor, units = Editor(theme), _Units(tokens)
        editor.resize(960, 740)
        editor.set_units(units)
        editor.set_text("".join(tokens))
        editor.edited.connect(lambda *_: editor.refresh_heat())  # as the window does
        editor.show()
        application.processEvents()
        return editor, units

    def time_repaint(editor: Editor, action: Callable[[], None]) -> float:
        application.processEvents()
        start = time.perf_counter()
        action()
        QApplication.sendEvent(editor, QEvent(QEvent.Type.UpdateRequest))  # paints what is due
        return (time.perf_counter() - start) * 1e3

    def press(editor: Editor, where: QTextCursor.MoveOperation) -> float:
        editor.moveCursor(where)
        keys = [Qt.Key.Key_E, Qt.Key.Key_Space, Qt.Key.Key_A]
        return _p95(
            time_repaint(editor, partial(QTest.keyClick, editor, keys[i % 3]))
            for i in range(presses)
        )

    figures = {}
    editor, units = open_editor(make_tokens(80))
    figures["keystroke near the start"] = press(editor, QTextCursor.MoveOperation.Start)
    figures["keystroke at the end"] = press(editor, QTextCursor.MoveOperation.End)
    editor.set_text("".join(make_tokens(80)))
    editor.moveCursor(QTextCursor.MoveOperation.End)

    def append() -> None:
        units.add(" more")
        editor.replace(units.starts[-1], 0, " more", join=True, follow=True)
        editor.refresh_heat()

    figures["append of a token"] = _p95(time_repaint(editor, append) for _ in range(presses))
    editor, _ = open_editor(make_tokens(TOKENS)[:20_000])
    figures["keystroke in one paragraph of 20,000 tokens"] = press(
        editor, QTextCursor.MoveOperation.Start
    )
    return figures


def make_tokens(paragraph: int) -> list[str]:
    """Return 100,000 tokens in paragraphs of `paragraph` tokens."""
    tokens = [f" {_WORDS[i * 7 % len(_WORDS)]}" for i in range(TOKENS)]
    for i in range(paragraph, TOKENS, paragraph):
        tokens[i] = "\n"
    return tokens


def _p95(times: Iterable[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    for what, milliseconds in measure().items():
        print(f"{what:50} {milliseconds:8.2f} ms")
