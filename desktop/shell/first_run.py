"""The first page a person sees: a language, a model that is ready, and one button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.theme.icons import OWN_ICON
from desktop.theme.theme import Theme

StarterState = Literal["loading", "ready", "missing"]

_LANGUAGES = (("en", "English"), ("ja", "日本語"))
_WIDEST = 640
_ICON = 56


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One model that this machine can carry, and what brings it.

    `size` and `sentence` (whether it fits) are shown as they are; `command` is what a terminal
    gets.
    """

    name: str
    level: str
    size: str
    sentence: str
    command: str


class FirstRun(QFrame):
    """Data in, two signals out.

    language_chosen(str)  "en" or "ja", to be spoken at once
    started()             the person wants to write
    """

    language_chosen = Signal(str)
    started = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: StarterState = "loading"
        self._recommendation: Recommendation | None = None
        self.setProperty("panel", True)
        picture = QLabel()
        picture.setPixmap(
            QIcon(str(OWN_ICON)).pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF())
        )
        self._title, self._promise = QLabel("Inkglass"), QLabel()
        self._title.setProperty("title", True)
        self._promise.setProperty("dim", True)
        self._promise.setWordWrap(True)
        self._languages = QButtonGroup(self)
        self._starter_icon, self._starter = QLabel(), QLabel()
        self._starter.setWordWrap(True)
        self._model, self._model_level, self._model_text = QLabel(), QLabel(), QLabel()
        self._lead = QLabel()
        self._command = QLineEdit()
        self._copy = QPushButton()
        self.start = QPushButton()
        self.start.setProperty("primary", True)
        self.start.setDefault(True)
        self.start.clicked.connect(self.started)
        self._card = self._build_card()
        column = QWidget()
        column.setMaximumWidth(_WIDEST)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(32, 24, 32, 24)
        rows.setSpacing(16)
        rows.addStretch(2)
        rows.addLayout(_row(picture, self._heading(), spacing=16))
        rows.addLayout(self._build_languages())
        rows.addSpacing(4)
        rows.addLayout(_row(self._starter_icon, self._starter, spacing=10))
        rows.addWidget(self._card)
        rows.addSpacing(4)
        rows.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(3)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addStretch(1)
        whole.addWidget(column, 1000)
        whole.addStretch(1)
        theme.changed.connect(self._tint)
        self.show_recommendation(None)
        self._retranslate()

    def show_language(self, language: str) -> None:
        """Mark the language that is spoken."""
        for button in self._languages.buttons():
            button.setChecked(button.objectName() == language)

    def show_starter(self, state: StarterState) -> None:
        """Show whether the starter model can write already; the button never waits for it."""
        self._state = state
        self._retranslate()

    def show_recommendation(self, recommendation: Recommendation | None) -> None:
        """Show the model to get next; None hides the card."""
        self._recommendation = recommendation
        self._card.setVisible(recommendation is not None)
        if recommendation is not None:
            self._model.setText(recommendation.name)
            self._model_level.setText(recommendation.level)
            self._model_text.setText(f"{recommendation.size} · {recommendation.sentence}")
            self._command.setText(recommendation.command)
            self._command.setCursorPosition(0)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        self.start.setFocus()  # as a focus proxy it would keep Tab from all that stands above it

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _heading(self) -> QWidget:
        heading = QWidget()
        rows = QVBoxLayout(heading)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(self._title)
        rows.addWidget(self._promise)
        return heading

    def _build_languages(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for language, name in _LANGUAGES:
            button = QPushButton(name)
            button.setObjectName(language)
            button.setAccessibleName(name)
            button.setCheckable(True)
            button.clicked.connect(
                lambda _checked, language=language: self.language_chosen.emit(language)
            )
            button.clicked.connect(lambda: self.start.setFocus())  # Enter starts, as before
            self._languages.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _build_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)
        self._lead.setProperty("section", True)
        self._model.setProperty("strong", True)
        self._model_level.setProperty("badge", True)
        self._model_text.setProperty("dim", True)
        self._model_text.setWordWrap(True)
        self._command.setReadOnly(True)
        self._command.setFont(self._theme.token_font())
        self._copy.setIcon(self._theme.icon("copy"))
        self._copy.clicked.connect(lambda: QApplication.clipboard().setText(self._command.text()))
        rows = QVBoxLayout(card)
        rows.setContentsMargins(16, 12, 16, 16)
        rows.setSpacing(8)
        rows.addWidget(self._lead)
        name = _row(self._model, self._model_level, spacing=8)
        name.addStretch(1)
        rows.addLayout(name)
        rows.addWidget(self._model_text)
        command = QHBoxLayout()
        command.setSpacing(8)
        command.addWidget(self._command, 1)
        command.addWidget(self._copy)
        rows.addLayout(command)
        return card

    def _tint(self) -> None:
        name, colour = {
            "loading": ("hourglass", "dim"),
            "ready": ("circle-check", "good"),
            "missing": ("triangle-alert", "warning"),
        }[self._state]
        icon = self._theme.icon(name, colour)
        self._starter_icon.setPixmap(icon.pixmap(QSize(20, 20), self.devicePixelRatioF()))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("First start"))
        self._promise.setText(
            self.tr(
                "You write, and a model on this computer writes with you. "
                "Nothing that you write leaves it."
            )
        )
        self._starter.setText(
            {
                "loading": self.tr("The starter model is being loaded. You can write already."),
                "ready": self.tr(
                    "The starter model is ready: 135 million parameters, English. "
                    "You can write now."
                ),
                "missing": self.tr(
                    "There is no starter model here. You can write, and choose a model in the "
                    "settings."
                ),
            }[self._state]
        )
        self._lead.setText(self.tr("For this machine we recommend"))
        self._command.setAccessibleName(self.tr("What brings this model, in a terminal"))
        self._copy.setText(self.tr("Copy"))
        self._copy.setAccessibleName(self.tr("Copy the command"))
        self.start.setText(self.tr("Start writing"))
        self.start.setAccessibleName(self.tr("Start writing"))
        self._tint()


def _row(first: QWidget, second: QWidget, *, spacing: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    row.addWidget(first, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(second, 0 if isinstance(second, QLabel) and not second.wordWrap() else 1)
    return row
