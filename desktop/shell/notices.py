"""What the window has to say: a slim strip in it that stays until it has been read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.errors.words import say
from desktop.recipe.flow_layout import FlowLayout
from desktop.theme.theme import Theme

Severity = Literal["information", "good", "warning", "bad"]
Said = str | Callable[[], str]  # what is called is asked again in each language

MOST_SHOWN = 3
_ICONS: dict[Severity, str] = {
    "information": "info",
    "good": "circle-check",
    "warning": "triangle-alert",
    "bad": "circle-alert",
}
_COLOURS: dict[Severity, str] = {
    "information": "accent",
    "good": "good",
    "warning": "warning",
    "bad": "bad",
}
_ICON = 16
_DETAILS_LINES = 8
_READABLE = 360  # how much of a line a long sentence needs beside buttons


@dataclass(frozen=True, slots=True)
class NoticeButton:
    """A way out that a notice offers. It also ends the notice.

    With `choices` it opens a menu of them instead, and so does a choice that has some.
    """

    title: Said
    callback: Callable[[], None] = lambda: None
    choices: Sequence[NoticeButton] = ()


class Notices(QWidget):
    """The notices, newest last; three are shown, and the others come when there is room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._notices: dict[str, _Notice] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def post(
        self,
        key: str,
        sentence: Said,
        severity: Severity,
        details: str = "",
        buttons: Sequence[NoticeButton] = (),
    ) -> None:
        """Say one sentence, in the place of the one with the same key.

        `details` is a traceback or the like, folded in until it is asked for.
        """
        self.withdraw(key)
        notice = _Notice(self._theme, sentence, severity, details, buttons)
        notice.ended.connect(lambda: self.withdraw(key))
        self._notices[key] = notice
        self._column.addWidget(notice)
        self._show_newest()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, notice.spoken))

    def withdraw(self, key: str) -> None:
        """End a notice, if it is there."""
        notice = self._notices.pop(key, None)
        if notice is None:
            return
        focused = QApplication.focusWidget()
        if focused is not None and notice.isAncestorOf(focused):
            self.focusNextChild()  # else Qt would leave the keyboard nowhere
        self._column.removeWidget(notice)
        notice.hide()
        notice.deleteLater()
        self._show_newest()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the notices that have not ended, oldest first."""
        return tuple(self._notices)

    def _show_newest(self) -> None:
        newest = list(self._notices.values())[-MOST_SHOWN:]
        for notice in self._notices.values():
            notice.setVisible(notice in newest)
        self.setVisible(bool(newest))


class _Row(FlowLayout):
    """A sentence, buttons, and what closes it: beside it where it keeps a readable width.

    Else the buttons go into lines of their own below it.
    """

    def _place(self, rect: QRect, *, move: bool) -> int:
        sentence, *buttons, close = self._items
        corner = QRect(QPoint(), close.sizeHint())
        corner.moveTopRight(rect.topRight())
        first = rect.adjusted(0, 0, -corner.width() - self._gap, 0)
        taken = sum(button.sizeHint().width() + self._gap for button in buttons)
        beside = first.width() - taken >= min(_READABLE, sentence.sizeHint().width())
        if beside:
            first.setWidth(first.width() - taken)
        row = [close, *(buttons if beside else ())]
        height: int = max(item.sizeHint().height() for item in row)
        said: int = sentence.heightForWidth(first.width())
        height = max(height, said)
        first.setHeight(height)
        if move:
            top = first.top() + (height - said) // 2
            sentence.setGeometry(QRect(first.left(), top, first.width(), said))
            corner.moveTop(first.center().y() - corner.height() // 2)
            close.setGeometry(corner)
        if beside:
            right = QRect(first.right() + 1 + self._gap, first.top(), taken, height)
            tallest = self._flow(buttons, right, move=False)
            right.translate(0, (height - tallest) // 2)
            self._flow(buttons, right, move=move)
            return height
        under = rect.adjusted(_ICON + self._gap, height + self._gap // 2, 0, 0)
        return height + self._gap // 2 + self._flow(buttons, under, move=move)


class _Notice(QFrame):
    """One notice: icon, word and sentence, its buttons, and the details below."""

    ended = Signal()

    def __init__(
        self,
        theme: Theme,
        sentence: Said,
        severity: Severity,
        details: str,
        buttons: Sequence[NoticeButton],
    ) -> None:
        super().__init__()
        self._theme, self._severity, self._sentence = theme, severity, sentence
        self._titled: list[tuple[QPushButton | QMenu | QAction, NoticeButton]] = []
        self.setProperty("panel", True)
        self.setProperty("below", True)
        self._icon, self._word = QLabel(), QLabel()
        self._word.setProperty("strong", True)
        self._word.setProperty(_COLOURS[severity], True)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setMinimumWidth(0)
        said = QWidget()
        sentence_row = QHBoxLayout(said)
        sentence_row.setContentsMargins(0, 0, 0, 0)
        sentence_row.setSpacing(8)
        for label in (self._icon, self._word):
            sentence_row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        sentence_row.addWidget(self._text, 1)
        row = _Row(8)
        row.addWidget(said)
        self._unfold: QPushButton | None = None
        self._details = QPlainTextEdit(details)
        if details:
            self._unfold = QPushButton()
            self._unfold.setProperty("link", True)
            self._unfold.setCheckable(True)
            self._unfold.toggled.connect(self._details.setVisible)
            self._unfold.toggled.connect(self._retranslate)
            row.addWidget(self._unfold)
        for button in buttons:
            row.addWidget(self._make_button(button))
        self._close = QPushButton()
        self._close.setProperty("bare", True)
        self._close.setIcon(theme.icon("x", "dim"))
        self._close.setIconSize(QSize(_ICON, _ICON))
        self._close.clicked.connect(self.ended)
        row.addWidget(self._close)  # the last: it keeps the corner
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 6, 12, 6)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._details)
        self._build_details()
        theme.changed.connect(self._tint)
        self._tint()
        self._retranslate()

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        return f"{self._word.text()}: {self._text.text()}"

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _build_details(self) -> None:
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setProperty("field", True)
        self._details.setFont(self._theme.token_font(12))
        self._details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        lines = min(_DETAILS_LINES, self._details.blockCount())
        self._details.setFixedHeight(lines * self._details.fontMetrics().lineSpacing() + 18)
        self._details.hide()

    def _make_button(self, button: NoticeButton) -> QPushButton:
        shown = QPushButton()
        self._titled.append((shown, button))
        if button.choices:
            shown.setProperty("menu", True)
            shown.setMenu(self._fill(QMenu(shown), button.choices))
        else:
            shown.clicked.connect(partial(self._follow, button))
        return shown

    def _fill(self, menu: QMenu, choices: Sequence[NoticeButton]) -> QMenu:
        for choice in choices:
            if choice.choices:
                below = menu.addMenu("")
                self._titled.append((below, choice))
                self._fill(below, choice.choices)
            else:
                action = menu.addAction("")
                self._titled.append((action, choice))
                action.triggered.connect(partial(self._follow, choice))
        return menu

    def _follow(self, button: NoticeButton) -> None:
        self.ended.emit()
        button.callback()

    def _tint(self) -> None:
        icon = self._theme.icon(_ICONS[self._severity], _COLOURS[self._severity])
        self._icon.setPixmap(icon.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))

    def _retranslate(self) -> None:
        words = {
            "information": self.tr("Note"),
            "good": self.tr("Done"),
            "warning": self.tr("Warning"),
            "bad": self.tr("Error"),
        }
        self._word.setText(words[self._severity])
        self._text.setText(say(_speak(self._sentence)))
        self.setAccessibleName(self.spoken)
        self._close.setToolTip(self.tr("Dismiss"))
        self._close.setAccessibleName(
            self.tr("Dismiss: {sentence}").format(sentence=self._text.text())
        )
        self._details.setAccessibleName(self.tr("Details"))
        for shown, button in self._titled:
            spoken = _speak(button.title)
            title = spoken.replace("&", "&&")
            if isinstance(shown, QMenu):
                shown.setTitle(title)
            else:
                shown.setText(title)
            if isinstance(shown, QPushButton):
                shown.setAccessibleName(spoken)
        if self._unfold is not None:
            title = self.tr("Hide details") if self._unfold.isChecked() else self.tr("Show details")
            self._unfold.setText(title)
            self._unfold.setAccessibleName(title)


def _speak(said: Said) -> str:
    return said if isinstance(said, str) else said()
