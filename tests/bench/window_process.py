"""The real window in a process of its own, told by lines what to do: see `window_speed`.

`python -m tests.bench.window_process DOCUMENT BEGAN`; BEGAN is when it was started, as Unix time.

First it says when it could be typed into and when the first token of a continuation stood in the
text, in seconds since the process began. Then each line with a number makes it write so many
tokens, with all charts live, and it says how many came a second.
"""

import queue
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

BEGAN = float(sys.argv[2])

# As the command does: arguments are read, the engine gets ready while the window is loaded.
from desktop import app  # noqa: E402  (the clock ran)

app._parse(["window"])
ENGINE = app.begin_window()

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from desktop.window import Window, resume_garbage_collection  # noqa: E402

LOOK_MS = 20
CTRL = Qt.KeyboardModifier.ControlModifier


class PaintWatch(QObject):
    """Notes when a widget is painted for the first time."""

    painted_at = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and not self.painted_at:
            self.painted_at = time.time()
        return False


def live_until(holds: Callable[[], object]) -> None:
    """Let the window live until something holds: in a loop that sleeps between events."""
    loop = QEventLoop()
    look = QTimer(interval=LOOK_MS)
    look.timeout.connect(lambda: loop.quit() if holds() else None)
    look.start()
    loop.exec()
    look.stop()


def read_lines(lines: queue.SimpleQueue[str]) -> None:
    """Pass on the lines of stdin; an empty one at its end."""
    for line in sys.stdin:
        lines.put(line)
    lines.put("")


def main() -> None:
    application = QApplication(sys.argv[:1])
    window = Window(application, document=Path(sys.argv[1]), seeds=lambda: 7, engine=ENGINE)
    watch = PaintWatch()
    editor, continuing = window.write.editor, window.write.continuing
    editor.viewport().installEventFilter(watch)
    window.show()
    QTimer.singleShot(0, resume_garbage_collection)
    window.main.resize(1440, 900)
    live_until(lambda: watch.painted_at and window.main.isActiveWindow())
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_End, CTRL)
    QTest.keyClicks(editor, "I")
    usable = time.time() - BEGAN
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    length = window.write.page.manuscript.length
    QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    live_until(lambda: window.write.page.manuscript.length > length)
    print(usable, time.time() - BEGAN, flush=True)
    window.write.stop()
    live_until(lambda: not continuing.running)

    speeds: list[float] = []
    finished = QEventLoop()
    continuing.finished.connect(lambda outcome: speeds.append(outcome.tokens_per_second))
    continuing.finished.connect(finished.quit)
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=read_lines, args=(lines,), daemon=True).start()
    while True:
        live_until(lambda: not lines.empty())  # it paints what is due meanwhile
        if not (line := lines.get()):
            break
        window.write.bar.tokens_changed.emit(int(line))
        speeds.clear()
        window.write.refuse()
        QTest.keyClick(editor, Qt.Key.Key_End, CTRL)
        QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
        finished.exec()  # nothing of ours looks on meanwhile
        print(speeds[0], flush=True)
        live_until(lambda: window.link.idle and not continuing.running)
    window.main.close()


if __name__ == "__main__":
    main()
