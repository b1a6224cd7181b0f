"""What came of a run: charts, a row a model and temperature, the questions and their answers."""

from __future__ import annotations

import math
from collections import Counter

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.glass.candidate_list import CandidateList
from desktop.glass.figures import format_number
from desktop.glass.token_view import ShownToken, TokenView
from desktop.library.lettering import make_label
from desktop.questions.chart import Share, ShareChart
from desktop.shell.count_box import CountBox
from desktop.shell.figures import format_part, format_percent
from desktop.theme.theme import Theme
from models.questions.results import Answer, Report, Said

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LIST_HEIGHT = 260
_ROWS = 5


class Answers(QWidget):
    """Shows a report; a question opens its answers, an answer its tokens."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._report: Report | None = None
        self._said: Said | None = None
        self.accuracy, self.calibration = ShareChart(theme), ShareChart(theme, diagonal=True)
        self._chart_titles = [make_label("strong") for _ in range(2)]
        self._chart_notes = [make_label("dim", wrap=True) for _ in range(2)]
        self._table = QFrame()
        self._table.setProperty("card", True)
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(16, 10, 16, 10)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self.questions, self.answers = QListWidget(), QListWidget()
        self._titles = [make_label("strong") for _ in range(4)]
        self._choices = make_label(wrap=True)
        self.which = CountBox(1, 1)  # of the answers that say the same
        self.which.hide()
        self.tokens = TokenView(theme, 15)
        self.candidates = CandidateList(theme, _ROWS)
        self._confidence = make_label("dim", wrap=True)
        self._build()
        self.questions.currentRowChanged.connect(self._open_question)
        self.answers.currentRowChanged.connect(self._open_answer)
        self.which.valueChanged.connect(self._show_tokens)
        self.tokens.picked.connect(self._open_token)
        theme.changed.connect(self._show_tokens)
        self.hide()

    def show_report(self, report: Report | None) -> None:
        """Show what came of a run; None for nothing."""
        self._report = report
        self.setVisible(report is not None)
        if report is not None:
            self._show(report)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._report is not None:
            self._show(self._report)

    def _build(self) -> None:
        charts = QHBoxLayout()
        charts.setSpacing(12)
        for title, note, chart in zip(
            self._chart_titles, self._chart_notes, (self.accuracy, self.calibration), strict=True
        ):
            card = QFrame()
            card.setProperty("card", True)
            rows = QVBoxLayout(card)
            rows.setContentsMargins(16, 10, 16, 10)
            rows.setSpacing(4)
            for widget in (title, note):
                rows.addWidget(widget)
            rows.addWidget(chart, 1)
            charts.addWidget(card, 1)
        detail = QFrame()
        detail.setProperty("card", True)
        columns = QHBoxLayout(detail)
        columns.setContentsMargins(16, 10, 16, 12)
        columns.setSpacing(16)
        right = QVBoxLayout()
        head = QHBoxLayout()
        head.addWidget(self._titles[2], 1)
        head.addWidget(self.which)
        right.addLayout(head)
        right.addWidget(self.tokens)
        right.addWidget(self._confidence)
        right.addWidget(self.candidates)
        for title, list_ in zip(self._titles, (self.questions, self.answers), strict=False):
            list_.setMinimumHeight(_LIST_HEIGHT)
            list_.setProperty("rows", True)
            list_.setWordWrap(True)
            list_.setFrameShape(QFrame.Shape.NoFrame)
            column = QVBoxLayout()
            column.addWidget(title)
            column.addWidget(list_, 1)
            columns.addLayout(column, 1)
        column.addWidget(self._titles[3])
        column.addWidget(self._choices)
        self.tokens.setFixedHeight(90)
        columns.addLayout(right, 1)
        right.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(12)
        lines.addLayout(charts)
        lines.addWidget(self._table)
        lines.addWidget(detail)

    def _show(self, report: Report) -> None:
        self._chart_titles[0].setText(self.tr("Accuracy over temperature"))
        self._chart_notes[0].setText(self.tr("with 95 % intervals (Wilson)"))
        self._chart_titles[1].setText(self.tr("Calibration"))
        lowest = min(report.temperatures)
        self._chart_notes[1].setText(
            self.tr(
                "at temperature {temperature}: how often it is right, over how sure it is of its "
                "answers; the line is honest"
            ).format(temperature=f"{lowest:g}")
        )
        self.accuracy.show_series(
            [
                (
                    model,
                    [
                        Share(row.temperature, row.accuracy, row.low, row.high)
                        for row in report.rows
                        if row.model == model
                    ],
                )
                for model in report.models
            ],
            self._chart_titles[0].text(),
        )
        self.calibration.show_series(
            [
                (found.model, [Share(b.confidence, b.accuracy, b.low, b.high) for b in found.bins])
                for found in report.calibrations
                if found.temperature == lowest
            ],
            self._chart_titles[1].text(),
        )
        self._show_table(report)
        self._titles[0].setText(self.tr("Questions"))
        self._titles[1].setText(self.tr("What was answered, how often"))
        self._titles[2].setText(self.tr("The answer's tokens"))
        self._titles[3].setText(self.tr("How probable it holds each choice"))
        self.which.setPrefix(self.tr("answer "))
        self.which.setAccessibleName(self.tr("Which of the answers that say this"))
        self.questions.setAccessibleName(self._titles[0].text())
        self.answers.setAccessibleName(self._titles[1].text())
        self.tokens.setAccessibleName(self._titles[2].text())
        self.questions.clear()
        asked = Counter(answer.question for answer in report.answers)
        right = Counter(answer.question for answer in report.answers if answer.correct)
        for index, question in enumerate(report.questions):
            score = f"{right[index]}/{asked[index]}" if asked[index] else "–"
            self.questions.addItem(f"{score}   {question.question}")
        self.questions.setCurrentRow(0)

    def _show_table(self, report: Report) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        heads = (
            self.tr("model"),
            self.tr("temperature"),
            self.tr("asked"),
            self.tr("right"),
            self.tr("accuracy"),
            self.tr("95 % interval"),
        )
        lines = [heads]
        lines += [
            (
                row.model,
                f"{row.temperature:g}",
                f"{row.asked}",
                f"{row.correct}",
                format_percent(row.accuracy),
                f"{format_percent(row.low)} – {format_percent(row.high)}",
            )
            for row in report.rows
        ]
        lines += [
            (
                row.model,
                self.tr("by its four choices"),
                f"{row.asked}",
                f"{row.correct}",
                format_percent(row.accuracy),
                f"{format_percent(row.low)} – {format_percent(row.high)}",
            )
            for row in report.choice_rows
        ]
        for line, cells in enumerate(lines):
            for column, words in enumerate(cells):
                label = make_label(*([] if line else ["section"]))
                label.setText(words)
                self._grid.addWidget(
                    label, line, column, _RIGHT if column else Qt.AlignmentFlag.AlignLeft
                )
                self._grid.setColumnStretch(column, 1)

    def _open_question(self, index: int) -> None:
        report = self._report
        self.answers.clear()
        self.tokens.show_tokens([])
        self._confidence.setText("")
        if report is None or index < 0:
            return
        self._show_choices(report, index)
        for model in report.models:
            for temperature in report.temperatures:
                for said in report.count_said(index, model, temperature):
                    mark = "✓" if said.correct else "✗"
                    name = f"T {temperature:g}" + (f" · {model}" if len(report.models) > 1 else "")
                    item = QListWidgetItem(f"{mark} {said.count} ×  {said.text or '–'}   ({name})")
                    item.setData(Qt.ItemDataRole.UserRole, said)
                    self.answers.addItem(item)
        self.answers.setCurrentRow(0)

    def _show_choices(self, report: Report, index: int) -> None:
        choices = report.questions[index].choices
        lines = []
        for model in report.models:
            weighing = report.find_weighing(index, model)
            if weighing is None:
                continue
            lines += [model] if len(report.models) > 1 else []
            for number, choice in enumerate(choices):
                mark = "✓" if number == weighing.right else "✗" if number == weighing.chosen else ""
                lines.append(
                    self.tr("{share}  {choice}  (log-p {logprob}) {mark}").format(
                        share=format_percent(weighing.shares[number]),
                        choice=choice,
                        logprob=format_number(weighing.logprobs[number], 2),
                        mark=mark,
                    )
                )
        self._choices.setText("\n".join(lines))
        for widget in (self._titles[3], self._choices):
            widget.setVisible(bool(lines))

    def _open_answer(self, row: int) -> None:
        item = self.answers.item(row)
        said = self._said = item.data(Qt.ItemDataRole.UserRole) if row >= 0 else None
        count = said.count if said is not None else 1
        self.which.setVisible(count > 1)
        self.which.blockSignals(True)
        self.which.setRange(1, count)
        self.which.setValue(1)
        self.which.setSuffix(self.tr(" of {count}").format(count=count))
        self.which.blockSignals(False)
        self._show_tokens()

    @property
    def _answer(self) -> Answer | None:
        """The answer that is open."""
        return self._said.answers[self.which.value() - 1] if self._said is not None else None

    def _show_tokens(self) -> None:
        answer = self._answer
        if answer is None:
            return
        tint = self._theme.palette.heat
        self.tokens.show_tokens(
            [ShownToken(step.text, tint(math.exp(step.logprob))) for step in answer.steps]
        )
        self._confidence.setText(
            self.tr(
                "{sure} sure of its words; a click on a token shows what else it weighed."
            ).format(sure=format_part(answer.confidence))
        )
        self._open_token(0)

    def _open_token(self, index: int) -> None:
        answer = self._answer
        if answer is not None and index < len(answer.steps):
            self.candidates.show_step(answer.steps[index])
