"""A change of the selected text, shown before it is made: accept it, refuse it, or ask again."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.glass.lettering import Link
from desktop.recipe.key_button import KeyButton
from desktop.theme.theme import Theme
from desktop.write.difference import compare_texts

LINE_HEIGHT = 150.0  # per cent
HIGHEST_PX = 210


class ChangeCard(QFrame):
    """One proposed change: what goes, struck through, and what comes, underlined.

    While the model writes, its words alone are shown; the comparison comes when it has ended.
    `propose_choices` offers several texts of which one is picked.

    turned(by)  another answer is wanted: the one before (-1) or the next (+1)
    """

    accepted = Signal()
    refused = Signal()
    another_wanted = Signal()
    turned = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setProperty("above", True)
        self._theme = theme
        self._old = self._new = ""
        self._name: Callable[[], str] = str
        self._told: Literal["", "writing", "nothing", "same"] = ""
        self._place = 1, 1  # of the answer on show, and how many there are
        self._title = QLabel()
        self._title.setProperty("section", True)
        self._state = QLabel()
        self._state.setProperty("dim", True)
        self._shown = QTextEdit(readOnly=True)
        self._shown.setFrameShape(QFrame.Shape.NoFrame)
        self._shown.setTabChangesFocus(True)
        self._shown.viewport().setAutoFillBackground(False)
        self._shown.document().setDocumentMargin(0)
        self._shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._choices = QWidget()
        self._choice_group = QButtonGroup(self)
        choice_column = QVBoxLayout(self._choices)
        choice_column.setContentsMargins(0, 0, 0, 0)
        choice_column.setSpacing(4)
        self.accept_button = KeyButton(theme, primary=True)
        self.another_button = KeyButton(theme, primary=False)
        self.refuse_button = KeyButton(theme, primary=False)
        self.accept_button.clicked.connect(self.accepted)
        self.another_button.clicked.connect(self.another_wanted)
        self.refuse_button.clicked.connect(self.refused)
        self._answers = QWidget()
        self._place_words = QLabel()
        self._place_words.setProperty("dim", True)
        self.previous_link, self.next_link = Link(theme), Link(theme)
        self.previous_link.setText("‹")
        self.next_link.setText("›")
        self.previous_link.clicked.connect(lambda: self.turned.emit(-1))
        self.next_link.clicked.connect(lambda: self.turned.emit(1))
        answers = QHBoxLayout(self._answers)
        answers.setContentsMargins(0, 0, 0, 0)
        answers.setSpacing(4)
        for widget in (self.previous_link, self._place_words, self.next_link):
            answers.addWidget(widget)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._state)
        head.addWidget(self._answers)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.refuse_button, self.another_button, self.accept_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._shown)
        column.addWidget(self._choices)
        column.addLayout(buttons)
        theme.changed.connect(self._paint)
        self._translate()
        self.hide()

    @property
    def new_text(self) -> str:
        """The proposed text, or the one that is picked of several."""
        button = self._choice_group.checkedButton()
        return self._new if button is None else str(button.property("choice"))

    def begin(self, title: Callable[[], str], old: str) -> None:
        """Show that a change of `old` is on its way; `title` is asked in each language."""
        self._old, self._new, self._name = old, "", title
        self._clear_choices()
        self._shown.setVisible(True)
        self._told = "writing"
        self.set_place(1, 1)
        self._end(ready=False, ended=False)
        self.show()

    def grow(self, new: str) -> None:
        """Show what the model has written by now."""
        self._new = new
        self._paint()

    def propose(self, new: str) -> None:
        """Show the change as a whole; `new` is to be accepted or refused."""
        self._new = new
        self._told = "nothing" if not new else "same" if new == self._old else ""
        self._end(ready=bool(new) and new != self._old, ended=True)

    def propose_choices(self, choices: Sequence[str]) -> None:
        """Offer several texts, the first of them picked."""
        self._clear_choices()
        self._shown.hide()
        layout = self._choices.layout()
        for number, choice in enumerate(choices):
            button = QRadioButton(choice.replace("&", "&&"))
            button.setProperty("choice", choice)
            button.setAccessibleName(choice)
            button.setChecked(number == 0)
            self._choice_group.addButton(button)
            if layout is not None:
                layout.addWidget(button)
        self._choices.setVisible(bool(choices))
        self._told = "" if choices else "nothing"
        self._end(ready=bool(choices), ended=True)

    def set_place(self, number: int, count: int) -> None:
        """Say which of how many answers is shown."""
        self._place = number, count
        self._answers.setVisible(count > 1)
        self._say()

    @property
    def ready(self) -> bool:
        """Whether there is a change that can be accepted."""
        return self.isVisible() and self.accept_button.isEnabled()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.refused.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()

    def _end(self, *, ready: bool, ended: bool) -> None:
        self.accept_button.setEnabled(ready)
        self.another_button.setEnabled(ended)
        self._say()
        self._paint()

    def _clear_choices(self) -> None:
        for button in self._choice_group.buttons():
            self._choice_group.removeButton(button)
            button.deleteLater()
        self._choices.hide()

    def _paint(self) -> None:
        ready = self.accept_button.isEnabled()
        parts = compare_texts(self._old, self._new) if ready else [("same", self._new)]
        self._shown.setFont(self._theme.document_font(15))
        self._shown.clear()
        cursor = QTextCursor(self._shown.document())
        lines = QTextBlockFormat()
        lines.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(lines)
        self._describe()
        before = "same"
        for kind, text in parts:
            look = QTextCharFormat()
            if kind == "removed":
                look.setFontStrikeOut(True)
                look.setForeground(self._theme.color("dim"))
            elif kind == "added":
                look.setFontUnderline(True)
                look.setUnderlineColor(self._theme.color("good"))
                look.setForeground(self._theme.color("ink"))
                look.setBackground(QColor(self._theme.palette.accent_ground))
            else:
                look.setForeground(self._theme.color("ink"))
            if (before, kind) == ("removed", "added"):
                cursor.insertText(" ", QTextCharFormat())  # else the two words stand as one
            cursor.insertText(text, look)
            before = kind
        self._fit()

    def _describe(self) -> None:
        """Say in words what the looks of the letters say."""
        words = self.tr("Before: {old}\nAfter: {new}").format(old=self._old, new=self._new)
        self._shown.setAccessibleDescription(words if self.accept_button.isEnabled() else "")

    def _say(self) -> None:
        """Put title, state and place into the language of the window."""
        states = {
            "writing": self.tr("The model is writing …"),
            "nothing": self.tr("nothing came"),
            "same": self.tr("as it was"),
        }
        self._title.setText(self._name())
        self._state.setText(states.get(self._told, ""))
        number, count = self._place
        self._place_words.setText(self.tr("{number} of {count}").format(number=number, count=count))
        for link in (self.previous_link, self.next_link):
            link.setAccessibleDescription(self._place_words.text())

    def _fit(self) -> None:
        """Make the text as high as it is, up to a limit; two lines at least."""
        least = round(self._shown.fontMetrics().lineSpacing() * 2 * LINE_HEIGHT / 100)
        height = math.ceil(self._shown.document().size().height())
        self._shown.setFixedHeight(min(max(least, height), HIGHEST_PX))

    def _translate(self) -> None:
        self._say()
        self._describe()
        self.setAccessibleName(self.tr("A proposed change"))
        self.previous_link.setAccessibleName(self.tr("Previous answer"))
        self.next_link.setAccessibleName(self.tr("Next answer"))
        self._shown.setAccessibleName(self.tr("The change, old words struck through"))
        self.accept_button.set_title(self.tr("Accept"), "Tab")
        self.accept_button.setAccessibleName(self.tr("Accept the change"))
        self.another_button.set_title(self.tr("Another"), "Ctrl+R")
        self.another_button.setAccessibleName(self.tr("Another version of the change"))
        self.refuse_button.set_title(self.tr("Refuse"), "Esc")
        self.refuse_button.setAccessibleName(self.tr("Refuse the change"))
