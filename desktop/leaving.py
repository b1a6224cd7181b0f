"""The end of a window: nothing is lost and nothing long cut off without a word."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from desktop.interrupts import HeldInterrupts
from desktop.manuscript.journal import Journal
from desktop.shell.main_window import MainWindow
from desktop.shell.notices import NoticeButton
from desktop.workspaces import Workspaces
from desktop.write.workspace import WriteWorkspace

LOOK_MS = 500


class Leaving(QObject):
    """Says what stands against closing the window, and closes it if the person wants that.

    What no longer does is no longer said.
    """

    def __init__(
        self,
        main: MainWindow,
        write: WriteWorkspace,
        workspaces: Workspaces,
        journal: Journal,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._main = main
        self._write = write
        self._workspaces = workspaces
        self._journal = journal
        self._cut_off = self._leave_samplers = self._leave_anyway = False
        self._ends_work = False  # it was said already that something is cut off
        self._look = QTimer(self, interval=LOOK_MS)  # while something is said that may end
        self._look.timeout.connect(self._withdraw_ended)
        write.samplers.unsaved_changed.connect(self._follow_samplers)

    def may_leave(self) -> bool:
        """Whether all is on the disk and nothing long would be cut off; else the person decides."""
        self._write.stop()
        for key in ("busy", "samplers", "closing"):
            self._main.notices.withdraw(key)
        if self._leave_anyway:
            return True
        if self._workspaces.busy and not self._cut_off:
            self._main.notices.post(
                "busy",
                lambda: self.tr("A workspace is still at work: closing now ends what it is doing."),
                "warning",
                buttons=[
                    NoticeButton(
                        lambda: self.tr("Close all the same"), partial(self._close, busy=True)
                    )
                ],
            )
            self._look.start()
            return False
        if self._write.samplers.unsaved and not self._leave_samplers:
            self._ends_work = self._cut_off
            self._say_unsaved_samplers()
            return False
        if self._journal.flush():
            return True
        self._main.notices.post(
            "closing",
            lambda: self.tr(
                "The journal is not on the disk yet, so closing now could lose text: make room "
                "on the disk, or save the document elsewhere."
            ),
            "bad",
            buttons=[NoticeButton(lambda: self.tr("Close all the same"), self._close_anyway)],
        )
        self._look.start()
        return False

    def _withdraw_ended(self) -> None:
        notices = self._main.notices
        if not self._workspaces.busy:
            notices.withdraw("busy")
        if self._journal.is_on_disk:
            notices.withdraw("closing")
        if not {"busy", "closing"} & set(notices.keys):
            self._look.stop()

    def _follow_samplers(self) -> None:
        """Name those that are still not saved."""
        if "samplers" in self._main.notices.keys:
            self._main.notices.withdraw("samplers")
            if self._write.samplers.unsaved:
                self._say_unsaved_samplers()

    def _close(self, *, busy: bool = False, samplers: bool = False) -> None:
        """Close, though a workspace is busy, or samplers are not saved."""
        self._cut_off, self._leave_samplers = busy, samplers
        self._main.close()
        self._cut_off = self._leave_samplers = False  # for what else keeps it open may take long

    def _say_unsaved_samplers(self) -> None:
        names, busy = ", ".join(self._write.samplers.unsaved), self._ends_work
        self._main.notices.post(
            "samplers",
            lambda: self.tr("Samplers with changes that are not saved: {names}.").format(
                names=names
            ),
            "warning",
            buttons=[
                NoticeButton(lambda: self.tr("Save and close"), partial(self._save_samplers, busy)),
                NoticeButton(
                    lambda: self.tr("Close without saving"),
                    partial(self._close, busy=busy, samplers=True),
                ),
            ],
        )

    def _save_samplers(self, busy: bool) -> None:
        """Save them and close; if that fails, show where it is said why."""
        if self._write.samplers.save_all():
            self._close(busy=busy)
        else:
            self._main.show_page("write")
            self._write.open_samplers()

    def _close_anyway(self) -> None:
        self._leave_anyway = True
        self._main.close()


@contextlib.contextmanager
def leaving_at(interrupts: HeldInterrupts, main: MainWindow) -> Iterator[None]:
    """Close the window at Ctrl+C in the terminal, as its button does; raises KeyboardInterrupt."""
    closed = False

    def close() -> None:
        nonlocal closed
        if interrupts.take():
            closed = main.close()
            if not closed:
                with contextlib.suppress(OSError):  # who reads it may have heard Ctrl+C as well
                    print("Inkglass is still open: its window says why.", file=sys.stderr)

    notifier = QSocketNotifier(interrupts.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(close)
    try:
        yield
    finally:
        notifier.setEnabled(False)
    if closed:
        raise KeyboardInterrupt
