"""The line at the foot: the model, whether it fits, how it works, and what is safe."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.shell.elided_label import ElidedLabel
from desktop.shell.figures import THIN_SPACE, format_count, format_part
from desktop.theme.theme import Theme

FitSeverity = Literal["good", "warning", "bad"]

_FIT_ICONS: dict[FitSeverity, str] = {
    "good": "circle-check",
    "warning": "triangle-alert",
    "bad": "circle-alert",
}
_GAP = 20
_ICON = 14


class StatusLine(QFrame):
    """Typed setters in, nothing out. What is not known is not shown.

    Where the room is short, the least needed figures go first: what was reused, then the speed.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._values: dict[str, tuple[float, ...]] = {}
        self._severity: FitSeverity = "good"
        self.setProperty("ground", True)
        self.setProperty("above", True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._model, self._fit, self._saved = ElidedLabel(), ElidedLabel(), ElidedLabel()
        self._level, self._context, self._speed = QLabel(), QLabel(), QLabel()
        self._reused, self._offline = QLabel(), QLabel()
        self._fit_icon, self._offline_icon = QLabel(), QLabel()
        self._level.setProperty("badge", True)
        for label in (self._context, self._speed, self._reused, self._offline, self._saved):
            label.setProperty("dim", True)
        self._model.setProperty("dim", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        self._level.setText("Q4_K_M")
        self._level.ensurePolished()
        row.addStrut(self._level.sizeHint().height())  # nothing moves while there is no level
        row.setSpacing(0)
        self._model_part = _join(self._model, self._level)
        self._fit_part = _join(self._fit_icon, self._fit)
        for part in (self._model_part, self._fit_part, self._context, self._speed, self._reused):
            row.addWidget(part)
            row.addSpacing(_GAP)
            part.hide()
        row.addStretch(1)
        row.addWidget(_join(self._offline_icon, self._offline))
        row.addSpacing(_GAP)
        row.addWidget(self._saved)
        theme.changed.connect(self._tint)
        self._tint()
        self._retranslate()

    def set_model(self, name: str, level: str) -> None:
        """Show a model and its quantization level; both empty: none is loaded."""
        self._model.set_whole_text(name)
        self._level.setText(level)
        self._level.setVisible(bool(level))
        self._model_part.setVisible(bool(name))
        self._make_room()

    def set_fit(self, sentence: str, severity: FitSeverity = "good") -> None:
        """Show whether the model fits this machine, as `MemoryPlan.sentence` says it."""
        self._severity = severity
        self._fit.set_whole_text(sentence)
        for name in _FIT_ICONS:
            self._fit.setProperty(name, name == severity)
        self._fit.style().polish(self._fit)
        self._fit_part.setVisible(bool(sentence))
        self._tint()
        self._make_room()

    def set_context(self, used: int, size: int) -> None:
        """Show how many tokens of the context are in use; a size of 0 hides it."""
        self._put("context", used, size)

    def set_speed(self, tokens_per_s: float) -> None:
        """Show the speed of writing; 0 hides it."""
        self._put("speed", tokens_per_s)

    def set_reused(self, part: float | None) -> None:
        """Show which part of the prompt, 0..1, had been read before; None hides it."""
        self._put("reused", *(() if part is None else (part,)))

    def set_saved(self, text: str) -> None:
        """Show when the document was saved, in the language of the window."""
        self._saved.set_whole_text(text)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _put(self, name: str, *values: float) -> None:
        if self._values.get(name) != values:
            self._values[name] = values
            self._write_figures()

    def _write_figures(self) -> None:
        """Write the figures that are known; the speed at once in one width, so nothing trembles."""
        used, size = self._values.get("context") or (0, 0)
        context = self.tr("context {used} / {size}").format(
            used=f"<b>{format_count(round(used))}</b>", size=format_count(round(size))
        )
        self._context.setText(context if size else "")
        (speed,) = self._values.get("speed") or (0.0,)
        text = self.tr("{speed} tokens/s").format(speed=f"<b>{speed:.1f}</b>{THIN_SPACE}")
        self._speed.setText(text.replace(f"{THIN_SPACE} ", THIN_SPACE) if speed else "")
        reused = self._values.get("reused")
        self._reused.setText(
            self.tr("prompt reused {part}").format(part=format_part(reused[0])) if reused else ""
        )
        self._make_room()

    def _make_room(self) -> None:
        """Show the figures that there is room for."""
        figures = (self._context, self._speed, self._reused)
        always = [self._model, self._fit, self._saved, self._offline]
        taken = sum(label.sizeHint().width() for label in always if label.text())
        taken += self._level.sizeHint().width() + 2 * _ICON + 5 * _GAP + 40
        for figure in figures:
            taken += figure.sizeHint().width() + _GAP if figure.text() else 0
            short = figure is not self._context and taken > self.width()
            figure.setVisible(bool(figure.text()) and not short)

    def _tint(self) -> None:
        size = QSize(_ICON, _ICON)
        name, ratio = _FIT_ICONS[self._severity], self.devicePixelRatioF()
        self._fit_icon.setPixmap(self._theme.icon(name, self._severity).pixmap(size, ratio))
        self._offline_icon.setPixmap(self._theme.icon("wifi-off", "dim").pixmap(size, ratio))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Status"))
        self._offline.setText(self.tr("offline"))
        self._offline.setToolTip(self.tr("Nothing that you write leaves this computer."))
        self._write_figures()


def _join(*labels: QLabel) -> QWidget:
    """Two things that belong together."""
    part = QWidget()
    part.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for label in labels:
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
    return part
