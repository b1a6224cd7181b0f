"""How far a command is: a thin bar, what it is at, its rate, the time left, and a way out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.library.lettering import make_label, name_button
from desktop.shell.elided_label import ElidedLabel
from models.size import format_size

_STEPS = 1000
_MINUTE = 60
_HOUR = 3600


class ProgressLine(QWidget):
    """Typed setters in; `cancelled()` follows the button."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._figures: tuple[int, int, float] | None = None
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self._what, self._how = ElidedLabel(), make_label("dim")
        self._what.setProperty("dim", True)
        self.cancel = QPushButton()
        self.cancel.clicked.connect(self.cancelled)
        words = QHBoxLayout()
        words.setSpacing(12)
        words.addWidget(self._what, 1)
        words.addWidget(self._how)
        lines = QVBoxLayout()
        lines.setSpacing(6)
        lines.addLayout(words)
        lines.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(lines, 1)
        row.addWidget(self.cancel)
        self._retranslate()

    def begin(self, name: str) -> None:
        """Show that something has begun; `name` is what a screen reader calls it."""
        self._name, self._figures = name, None
        self._what.set_whole_text("")
        self._how.clear()
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self._retranslate()

    def show_progress(self, what: str, done: int, total: int, rate: float) -> None:
        """Show `done` of `total` bytes, at `rate` bytes a second."""
        self._figures = done, total, rate
        self._what.set_whole_text(what)
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(round(_STEPS * done / total) if total else 0)
        self._describe()

    def show_stopping(self) -> None:
        """Show that a cancel is on its way."""
        self.cancel.setEnabled(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        name_button(
            self.cancel, self.tr("Cancel"), self.tr("Cancel: {name}").format(name=self._name)
        )
        self.bar.setAccessibleName(self.tr("Progress: {name}").format(name=self._name))
        self._describe()

    def _describe(self) -> None:
        if self._figures is None:
            return
        done, total, rate = self._figures
        parts = [
            self.tr("{done} of {total}").format(done=format_size(done), total=format_size(total))
        ]
        if rate >= 1:
            parts.append(self.tr("{size}/s").format(size=format_size(round(rate))))
            parts.append(self._describe_time((total - done) / rate))
        self._how.setText(" · ".join(parts))

    def _describe_time(self, seconds: float) -> str:
        if seconds >= _HOUR:
            hours, rest = divmod(round(seconds / _MINUTE), _MINUTE)
            return self.tr("{hours} h {minutes} min left").format(hours=hours, minutes=rest)
        if seconds >= _MINUTE:
            return self.tr("{minutes} min left").format(minutes=round(seconds / _MINUTE))
        return self.tr("{seconds} s left").format(seconds=max(1, round(seconds)) if seconds else 0)
