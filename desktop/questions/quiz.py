"""A quiz on the person's own text: the model asks, the person answers, the score is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.glass.lettering import small_font
from desktop.library.lettering import make_label
from desktop.shell.count_box import CountBox
from desktop.theme.theme import Theme
from models.questions.question_file import Question
from models.questions.quiz import Made

_LETTERS = "ABCD"


class Quiz(QFrame):
    """Shows one question after another.

    wanted(count)             a quiz of so many questions is to be made from the document
    stop_wanted()
    save_wanted()             the questions are to be kept as a file
    played(correct, asked)    the person has answered all
    """

    wanted = Signal(int)
    stop_wanted = Signal()
    save_wanted = Signal()
    played = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._made: list[Made] = []
        self._place, self._right = 0, 0
        self._picked: int | None = None
        self._running = False
        self._title, self._note = make_label("strong"), make_label("dim", wrap=True)
        self.count = CountBox(1, 20)
        self.count.setValue(4)
        self.make, self.save = QPushButton(), QPushButton()
        self._head, self._question = make_label("dim"), make_label("title", wrap=True)
        self.choices = [QPushButton() for _ in _LETTERS]
        self._verdict, self._passage = make_label(wrap=True), make_label("dim", wrap=True)
        self.next = QPushButton()
        self.next.setProperty("primary", True)
        self.scores = ScoreChart(theme)
        self._build()
        self.make.clicked.connect(self._press_make)
        self.save.clicked.connect(self.save_wanted)
        self.next.clicked.connect(self._go_on)
        for number, button in enumerate(self.choices):
            button.clicked.connect(lambda _checked, number=number: self.pick(number))
        self._retranslate()

    @property
    def questions(self) -> list[Question]:
        """The questions of the quiz."""
        return [made.question for made in self._made]

    def begin(self) -> None:
        """A new quiz is on its way."""
        self._made, self._place, self._right, self._picked = [], 0, 0, None
        self._retranslate()

    def add(self, made: Made) -> None:
        """Take a question; the first can be answered while the others are being made."""
        self._made.append(made)
        self._retranslate()

    def show_running(self, running: bool) -> None:
        """Show whether questions are being made."""
        ended = self._running and not running
        self._running = running
        self._retranslate()
        if ended:
            self._tell_score()

    def pick(self, number: int) -> None:
        """Answer the question that is open."""
        if self._picked is None and self._place < len(self._made):
            self._picked = number
            self._right += number == self._made[self._place].question.right_choice
            self._retranslate()
            self.next.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _press_make(self) -> None:
        if self._running:
            self.stop_wanted.emit()
        else:
            self.wanted.emit(self.count.value())

    def _go_on(self) -> None:
        self._place, self._picked = self._place + 1, None
        self._retranslate()
        self._tell_score()

    def _tell_score(self) -> None:
        if self._made and self._place == len(self._made) and not self._running:
            self.played.emit(self._right, len(self._made))

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._title)
        line.addWidget(self._note, 1)
        for widget in (self.count, self.make, self.save):
            line.addWidget(widget)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        rows.addLayout(line)
        for part in (self._head, self._question, *self.choices, self._verdict, self._passage):
            rows.addWidget(part)
        foot = QHBoxLayout()
        foot.addWidget(self.next)
        foot.addStretch(1)
        rows.addLayout(foot)
        rows.addWidget(self.scores)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Quiz"))
        self._note.setText(
            self.tr("The model writes questions about your document; you answer them.")
        )
        self.count.setSuffix(self.tr(" questions"))
        self.count.setAccessibleName(self.tr("Questions of the quiz"))
        self.count.setEnabled(not self._running)
        self.make.setText(self.tr("Stop") if self._running else self.tr("Make a quiz"))
        self.make.setAccessibleName(self.make.text())
        self.save.setText(self.tr("Save the questions…"))
        self.save.setEnabled(bool(self._made) and not self._running)
        self.next.setText(self.tr("Next"))
        open_ = self._place < len(self._made)
        for part in (self._question, *self.choices):
            part.setVisible(open_)
        picked = self._picked is not None and open_
        for part in (self._verdict, self._passage, self.next):
            part.setVisible(picked)
        self._head.setVisible(bool(self._made) or self._running)
        if not open_:
            self._head.setText(self._say_state())
            return
        self._show_question(picked=picked)

    def _say_state(self) -> str:
        if self._running:
            return self.tr("The model is writing…")
        return self.tr("{right} of {asked} right.").format(right=self._right, asked=len(self._made))

    def _show_question(self, *, picked: bool) -> None:
        made = self._made[self._place]
        question = made.question
        right = question.right_choice or 0
        self._head.setText(
            self.tr("Question {number} of {total}, {right} right so far").format(
                number=self._place + 1, total=len(self._made), right=self._right
            )
        )
        self._question.setText(question.question)
        for number, (button, choice) in enumerate(zip(self.choices, question.choices, strict=True)):
            mark = ""
            if picked:
                mark = "  ✓" if number == right else "  ✗" if number == self._picked else ""
            button.setText(f"{_LETTERS[number]}   {choice}{mark}".replace("&", "&&"))
            button.setEnabled(not picked)
        if picked:
            self._verdict.setText(
                self.tr("Right.")
                if self._picked == right
                else self.tr("The model holds {letter} for right.").format(letter=_LETTERS[right])
            )
            self._passage.setText(made.passage)


class ScoreChart(QWidget):
    """A bar for each quiz that was played, the newest last."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scores: Sequence[tuple[int, int]] = ()
        self.setFixedHeight(72)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(small_font(self.font()))
        theme.changed.connect(self.update)

    def show_scores(self, scores: Sequence[tuple[int, int]]) -> None:
        """Show the scores, as (right, asked)."""
        self._scores = scores[-24:]
        self.setVisible(bool(scores))
        self.setAccessibleName(self.tr("Your scores"))
        self.setAccessibleDescription(", ".join(f"{right}/{asked}" for right, asked in scores))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.height() - 18
        for number, (right, asked) in enumerate(self._scores):
            x = 4 + number * 40
            painter.fillRect(QRectF(x, 0, 24, room), self._theme.color("line"))
            part = room * right / max(1, asked)
            painter.fillRect(QRectF(x, room - part, 24, part), self._theme.color("accent"))
            painter.setPen(self._theme.color("dim"))
            painter.drawText(QPointF(x, self.height() - 4), f"{right}/{asked}")
