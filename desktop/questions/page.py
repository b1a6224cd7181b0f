"""The page of the questions: what is asked of which models, what came of it, and the quiz."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.errors.words import say
from desktop.export_button import ExportButton
from desktop.library.lettering import make_label
from desktop.library.shelf import ShelfModel
from desktop.questions.answers import Answers
from desktop.questions.quiz import Quiz
from desktop.shell.count_box import CountBox
from desktop.theme.theme import Theme

SETS = ("english", "japanese", "quiz", "file")


class QuestionsPage(QFrame):
    """Shows a run, and says what the person wants.

    run_wanted(), stop_wanted(), export_wanted(suffix), set_wanted(one of SETS)
    prompt_wanted()   what the models read is on show, and not as it is now
    """

    run_wanted = Signal()
    stop_wanted = Signal()
    export_wanted = Signal(str)
    set_wanted = Signal(str)
    prompt_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", True)
        self._running, self._finished = False, False
        self._title, self._subtitle = make_label("strong"), make_label("dim")
        self.export, self.run, self.prompt = ExportButton(), QPushButton(), QPushButton()
        self.prompt.setProperty("link", True)
        self.run.setProperty("primary", True)
        self.setFocusProxy(self.run)
        self.set = QComboBox()
        for id in SETS:
            self.set.addItem("", id)
        self.temperatures = QLineEdit("0.2, 0.7, 1.4")
        self.repeats = CountBox(1, 50)
        self.repeats.setValue(5)
        self.models: dict[Path, QCheckBox] = {}
        self._shelf: list[ShelfModel] = []
        self._labels = [make_label("dim") for _ in range(3)]
        self._set_note = make_label("dim")
        self._boxes = QHBoxLayout()
        self._boxes.setSpacing(14)
        self._trouble, self._words = make_label("bad", wrap=True), make_label("dim")
        self._prompt_text = QPlainTextEdit()
        self._prompt_text.setReadOnly(True)
        self._prompt_text.setProperty("field", True)
        self._prompt_text.setFixedHeight(150)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(6)
        self.answers, self.quiz = Answers(theme), Quiz(theme)
        self._empty = make_label("dim", wrap=True)
        for widget in (self._trouble, self._words, self._progress, self._prompt_text):
            widget.hide()
        self._build()
        self._connect()
        self._retranslate()

    @property
    def chosen_models(self) -> list[ShelfModel]:
        """The models that are ticked."""
        return [model for model in self._shelf if self.models[model.path].isChecked()]

    def show_models(self, models: Sequence[ShelfModel], at_work: Path | None) -> None:
        """Offer the models of the library; at first, the one at work is ticked."""
        ticked = {model.path for model in self.chosen_models}
        for box in self.models.values():
            self._boxes.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.models = {}
        self._shelf = [model for model in models if model.summary and not model.problem]
        for model in self._shelf:
            box = QCheckBox(name_model(model))
            box.setChecked(model.path in ticked or (not ticked and model.real == at_work))
            box.toggled.connect(self._want_prompt)
            self.models[model.path] = box
            self._boxes.addWidget(box)
            box.setEnabled(not self._running)
        self._want_prompt()

    def show_set(self, note: str) -> None:
        """Say what the chosen set is."""
        self._set_note.setText(note)
        self._want_prompt()

    def show_prompt(self, text: str) -> None:
        """Say what the models read."""
        self._prompt_text.setPlainText(text)

    def show_running(self, running: bool) -> None:
        """Show whether a model is asked."""
        self._running = running
        self._progress.setVisible(running)
        self._words.setVisible(running)
        if running:
            self._finished = False
            self._progress.setRange(0, 0)
            self._words.setText("")
        for widget in (self.set, self.temperatures, self.repeats, *self.models.values()):
            widget.setEnabled(not running)
        self.quiz.setEnabled(not running)
        self._retranslate()

    def show_making(self, making: bool) -> None:
        """Show whether a quiz is being made: nothing can be asked meanwhile."""
        self.quiz.show_running(making)
        self.run.setEnabled(not making)

    def show_progress(self, words: str, done: int, total: int) -> None:
        """Show how far it is."""
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._words.setText(words)

    def show_finished(self) -> None:
        """There is a report to export."""
        self._finished = True
        self._retranslate()

    def show_trouble(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it back."""
        self._trouble.setText(say(sentence))
        self._trouble.setVisible(bool(sentence))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._want_prompt()

    def _connect(self) -> None:
        self.run.clicked.connect(self._press)
        self.prompt.clicked.connect(self._switch_prompt)
        self.set.activated.connect(lambda _index: self.set_wanted.emit(self.set.currentData()))
        self.export.wanted.connect(self.export_wanted)
        self.export.failed.connect(self.show_trouble)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._run_by_key, context=context)
        QShortcut(QKeySequence("Esc"), self, self.stop_wanted.emit, context=context)

    def _press(self) -> None:
        (self.stop_wanted if self._running else self.run_wanted).emit()

    def _run_by_key(self) -> None:
        if not self._running and self.run.isEnabled():
            self.run_wanted.emit()

    def _switch_prompt(self) -> None:
        self._prompt_text.setVisible(self._prompt_text.isHidden())
        self._want_prompt()

    def _want_prompt(self) -> None:
        if not self._prompt_text.isHidden():
            self.prompt_wanted.emit()

    def _build(self) -> None:
        head = QFrame()
        head.setProperty("panel", True)
        head.setProperty("below", True)
        line = QHBoxLayout(head)
        line.setContentsMargins(20, 5, 20, 5)
        line.setSpacing(10)
        for widget in (self._title, self._subtitle):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.export)
        line.addWidget(self.run)
        card = QFrame()
        card.setProperty("card", True)
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        chosen, warm, models = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        chosen.addWidget(self.set)
        chosen.addWidget(self._set_note)
        chosen.addWidget(self.prompt)
        self.temperatures.setMaximumWidth(180)
        warm.addWidget(self.temperatures)
        warm.addWidget(self.repeats)
        models.addLayout(self._boxes)
        for number, (label, row) in enumerate(
            zip(self._labels, (chosen, models, warm), strict=True)
        ):
            row.setSpacing(12)
            row.addStretch(1)
            grid.addWidget(label, number, 0)
            grid.addLayout(row, number, 1)
        inner = QWidget()
        inner.setProperty("page", True)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(20, 14, 20, 20)
        rows.setSpacing(12)
        for part in (
            card,
            self._prompt_text,
            self._trouble,
            self._progress,
            self._words,
            self._empty,
            self.answers,
            self.quiz,
        ):
            rows.addWidget(part)
        rows.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(area, 1)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Questions"))
        self._subtitle.setText(self.tr("how often a model is right, and how sure it is"))
        self.export.setEnabled(self._finished and not self._running)
        self.run.setText(self.tr("Stop") if self._running else self.tr("Ask"))
        self.run.setAccessibleName(self.run.text())
        self._empty.setText(
            self.tr(
                "Ask puts every question to each model that is ticked, and shows how often it is "
                "right and how sure it is."
            )
        )
        self._empty.setVisible(not (self._running or self._finished))
        names = {
            "english": self.tr("General knowledge, in English"),
            "japanese": self.tr("General knowledge, in Japanese"),
            "quiz": self.tr("The quiz below"),
            "file": self.tr("A file of questions…"),
        }
        for number in range(self.set.count()):
            self.set.setItemText(number, names[self.set.itemData(number)])
        for label, words in zip(
            self._labels,
            (self.tr("Questions"), self.tr("Models"), self.tr("Temperatures")),
            strict=True,
        ):
            label.setText(words)
        self.set.setAccessibleName(self.tr("The questions"))
        self.temperatures.setAccessibleName(self.tr("Temperatures, with commas"))
        self.repeats.setSuffix(self.tr(" times each"))
        self.repeats.setAccessibleName(self.tr("How often each question is asked"))
        self.prompt.setText(self.tr("What the model reads"))
        self.prompt.setAccessibleName(self.prompt.text())
        self._prompt_text.setAccessibleName(self.prompt.text())


def name_model(model: ShelfModel) -> str:
    """Return a model's name with its level."""
    return f"{model.name} {model.summary.level if model.summary is not None else ''}".rstrip()
