"""Saving onto a disk that is full to a certain level: the old file or the new one, and it is said.

`python -m tests.desktop.full_disk 200 FOLDER` saves 200 times in a folder on a small disk of its
own, a tmpfs for instance, which is filled to a random level before each time. Home, journal and
document all lie there. Without FOLDER a limit on the size of files stands for the disk.
"""

from __future__ import annotations

import contextlib
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.window import Window
from tests.desktop.kill_window import SMALL, make_home
from tests.desktop.person import CTRL, KEY, press, said, type_text

LINE = "The lamp was lit again, and nobody asked why it had gone out. 灯\n"
JOURNAL_S = 10.0


def save_at(window: Window, file: Path, full: AbstractContextManager[None]) -> str:
    """Press Ctrl+S while the disk is `full`; return what came of it, or a fault."""
    editor = window.write.editor
    old = file.read_bytes()
    type_text(window, "x")
    new = editor.text().encode()
    with full:
        press(window, KEY.Key_S, CTRL)
        now, words = file.read_bytes(), said(window)
    if list(file.parent.glob(f"{file.name}*.part")):
        return "fault: a half file is left"
    if now == new:
        return "saved" if not window.filing.edited else "fault: saved, and called edited"
    if now != old:
        return "fault: the file is neither the old one nor the new one"
    if f"{file.name} was not saved" not in words:
        return f"fault: not saved, and nothing says so: {words!r}"
    if not window.filing.edited:
        return "fault: not saved, and called saved"
    return "not saved, and said" if editor.text().encode() == new else "fault: the text is lost"


@contextlib.contextmanager
def limit_files(size_bytes: int) -> Iterator[None]:
    """No file may grow larger than this."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextlib.contextmanager
def fill_disk(ballast: Path, free_bytes: int) -> Iterator[None]:
    """Leave so much room on the disk of `ballast`."""
    with ballast.open("wb") as file, contextlib.suppress(OSError):
        left = shutil.disk_usage(ballast.parent).free - free_bytes
        if left > 0:
            os.posix_fallocate(file.fileno(), 0, left)
    try:
        yield
    finally:
        ballast.unlink()


def main(times: int, folder: Path | None) -> None:
    """Save so many times, and print what came of it."""
    chance, results = random.Random(7), Counter[str]()
    with tempfile.TemporaryDirectory(dir=folder) as root:
        home, file, ballast = (Path(root) / name for name in ("home", "lamp.md", "ballast"))
        make_home(home, **SMALL)
        os.environ |= {"INKGLASS_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
        file.write_text(LINE * 2000)
        application = QApplication([])
        window = Window(application, document=file)
        window.show()
        window.main.activateWindow()
        window.write.editor.setFocus()
        while not (window.main.isActiveWindow() and window.write.editor.hasFocus()):
            application.processEvents()
        for _ in range(times):
            level = chance.randrange(file.stat().st_size * 3 // 2)
            full = limit_files(level) if folder is None else fill_disk(ballast, level)
            results[save_at(window, file, full)] += 1
            end = time.monotonic() + 0.05
            while time.monotonic() < end:
                application.processEvents()
                time.sleep(0.002)
        text = window.write.editor.text()
        if not window.journal.flush(JOURNAL_S):
            results["fault: the journal is not on the disk once there is room"] += 1
        window.main.close()
        again = Window(application)
        again.show()
        results["shown again" if again.write.editor.text() == text else "fault: text lost"] += 1
        again.main.close()
    for result, count in results.most_common():
        print(f"{count:4} {result}")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
