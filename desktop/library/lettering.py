"""The labels of the library: plain text in a role of the stylesheet, and how a model fits."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.theme.theme import Theme
from models.memory_plan import MemoryPlan, Verdict
from models.size import format_size

_ICON = 14
_LOOKS: Mapping[Verdict, tuple[str, str]] = {  # icon, colour
    Verdict.FITS: ("circle-check", "good"),
    Verdict.TIGHT: ("triangle-alert", "warning"),
    Verdict.DOES_NOT_FIT: ("circle-alert", "bad"),
}


def make_label(*roles: str, wrap: bool = False) -> QLabel:
    """Return a label that takes nothing for markup; a role is a property of the stylesheet."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    for role in roles:
        label.setProperty(role, True)
    return label


def make_icon_button(theme: Theme, icon: str) -> QPushButton:
    """Return a button that is an icon; it wants a name and a tooltip."""
    button = QPushButton()
    button.setProperty("bare", True)
    button.setIcon(theme.icon(icon, "dim"))
    button.setIconSize(QSize(16, 16))
    return button


def name_button(button: QPushButton, text: str, spoken: str) -> None:
    """Give a button its text, or its tooltip where it is an icon, and what is said of it."""
    if button.property("bare"):
        button.setToolTip(text)
    else:
        button.setText(text)
    button.setAccessibleName(spoken)


class FitLabel(QWidget):
    """An icon and a few words: fits, tight, or does not fit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plan: MemoryPlan | None = None
        self._icon, self.words = QLabel(), make_label()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self._icon)
        row.addWidget(self.words)
        theme.changed.connect(self._show)

    def show_plan(self, plan: MemoryPlan | None) -> None:
        """Show a plan; nothing where there is none."""
        self._plan = plan
        self.setVisible(plan is not None)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _show(self) -> None:
        plan = self._plan
        if plan is None:
            return
        icon, colour = _LOOKS[plan.verdict]
        pixmap = self._theme.icon(icon, colour).pixmap(
            QSize(_ICON, _ICON), self.devicePixelRatioF()
        )
        self._icon.setPixmap(pixmap)
        for _, name in _LOOKS.values():
            self.words.setProperty(name, name == colour)
        self.words.style().polish(self.words)
        spare = plan.available_bytes - plan.needed_bytes
        sentences = {
            Verdict.FITS: self.tr("fits, {size} to spare"),
            Verdict.TIGHT: self.tr("tight, {size} to spare"),
            Verdict.DOES_NOT_FIT: self.tr("does not fit, {size} too few"),
        }
        self.words.setText(sentences[plan.verdict].format(size=format_size(abs(spare))))
        self.setToolTip(
            self.tr("Needs {needed} with {context} tokens of context; {free} are free.").format(
                needed=format_size(plan.needed_bytes),
                context=f"{plan.context:,}",
                free=format_size(plan.available_bytes),
            )
        )
