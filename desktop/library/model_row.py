"""One model that is on this machine: what it is, whether it fits, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.errors.words import say
from desktop.library.lettering import FitLabel, make_icon_button, make_label, name_button
from desktop.library.shelf import ShelfModel
from desktop.loaded_model import State
from desktop.recipe.flow_layout import FlowLayout
from desktop.shell.elided_label import ElidedLabel
from desktop.theme.theme import Theme
from models.memory_plan import MemoryPlan, Verdict
from models.size import format_size


class ModelRow(QFrame):
    """Shows a model, and says what the person wants of it.

    load_wanted(), details_wanted()
    removal_wanted()   it was asked for, and confirmed in the row
    """

    load_wanted = Signal()
    details_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, theme: Theme, model: ShelfModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._work: State = "none"
        self._part = 0.0
        self._name, self._place = ElidedLabel(), ElidedLabel()
        self._name.setProperty("strong", True)
        self._place.setProperty("dim", True)
        self._badge, self._state = make_label("badge"), make_label("good", "strong")
        self._facts = [make_label("dim") for _ in range(4)]
        self._problem = make_label("bad", wrap=True)
        self._fit = FitLabel(theme)
        self.load = QPushButton()
        self.details = make_icon_button(theme, "info")
        self.details.setCheckable(True)
        self.remove = make_icon_button(theme, "trash-2")
        self._question = make_label(wrap=True)
        self.confirm, self.keep = QPushButton(), QPushButton()
        self._build()
        self.load.clicked.connect(self.load_wanted)
        self.details.clicked.connect(self._want_details)
        self.remove.clicked.connect(lambda: self._ask(True))
        self.keep.clicked.connect(lambda: self._ask(False))
        self.confirm.clicked.connect(self.removal_wanted)
        self.show_model(model)

    @property
    def model(self) -> ShelfModel:
        return self._model

    def show_model(self, model: ShelfModel) -> None:
        """Show a model that was read anew."""
        self._model = model
        self._show()

    def show_work(self, work: State, part: float = 0.0, plan: MemoryPlan | None = None) -> None:
        """Show whether this is the model at work; `part`, 0..1, is how much of it was read.

        `plan` is the one that it was loaded by.
        """
        self._work, self._part = work, part
        self._show()
        if plan is not None:
            self._fit.show_plan(plan)

    def show_inspected(self, inspected: bool) -> None:
        """Show whether this is the model whose details are in the panel."""
        self.details.setChecked(inspected)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.details_wanted.emit()
        super().mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for label in (self._name, self._badge, self._state):
            head.addWidget(label)
        head.addStretch(1)
        facts = FlowLayout(14)
        for part in (*self._facts, self._fit):  # what may be missing comes last: it leaves a gap
            facts.addWidget(part)
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addLayout(head)
        lines.addLayout(facts)
        lines.addWidget(self._problem)
        lines.addWidget(self._place)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addLayout(lines, 1)
        row.addSpacing(12)
        for button in (self.load, self.details, self.remove):
            row.addWidget(button)
        self._asking = QWidget()
        question = QHBoxLayout(self._asking)
        question.setContentsMargins(0, 8, 0, 0)
        question.setSpacing(8)
        question.addWidget(self._question, 1)
        question.addWidget(self.confirm)
        question.addWidget(self.keep)
        self._asking.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 11, 12, 11)
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addWidget(self._asking)

    def _want_details(self) -> None:
        self.details.setChecked(True)  # a second click does not take them away
        self.details_wanted.emit()

    def _ask(self, asking: bool) -> None:
        self._asking.setVisible(asking)
        (self.keep if asking else self.remove).setFocus()

    def _show(self) -> None:
        model, summary = self._model, self._model.summary
        name = model.name
        self._name.set_whole_text(name)
        self._badge.setText(summary.level if summary else "")
        self._badge.setVisible(bool(summary and summary.level))
        self._state.setText(
            {
                "none": "",
                "loading": self.tr("loading, {part} %").format(part=round(100 * self._part)),
                "ready": self.tr("at work"),
            }[self._work]
        )
        self._state.setVisible(self._work != "none")
        self._fit.show_plan(model.plan)
        for label, fact in zip(self._facts, self._describe(), strict=True):
            label.setText(fact)
            label.setVisible(bool(fact))
        self._problem.setText(say(model.problem))
        self._problem.setVisible(bool(model.problem))
        self._place.set_whole_text(self.tr("linked: {path}").format(path=model.path))
        self._place.setVisible(model.is_link)
        self._name_buttons(name)

    def _describe(self) -> tuple[str, str, str, str]:
        """The facts, in the order in which they are least likely to be missing."""
        summary = self._model.summary
        if summary is None:
            return "", "", "", ""
        bits = self.tr("{bits} bits a weight").format(bits=f"{summary.bits_per_weight:.2f}")
        context = self.tr("context {tokens}").format(tokens=f"{summary.context_length:,}")
        return (
            format_size(summary.file_size_bytes),
            bits,
            context if summary.context_length else "",
            summary.licence,
        )

    def _name_buttons(self, name: str) -> None:
        model = self._model
        name_button(self.load, self.tr("Load"), self.tr("Load {name}").format(name=name))
        name_button(
            self.details,
            self.tr("Keys, tensors and vocabulary"),
            self.tr("Details of {name}").format(name=name),
        )
        fits = model.plan is not None and model.plan.verdict is not Verdict.DOES_NOT_FIT
        self.load.setEnabled(self._work == "none" and not model.problem)
        self.load.setVisible(self._work == "none")
        self.load.setToolTip("" if fits or model.plan is None else say(model.plan.sentence))
        self.details.setEnabled(model.summary is not None)
        self.remove.setEnabled(self._work == "none")
        remove = self.tr("Take it off the list") if model.is_link else self.tr("Delete the file")
        if self._work != "none":
            remove = self.tr("It is at work: load another model before you remove this one.")
        spoken = self.tr("Remove {name}").format(name=name)
        name_button(self.remove, remove, spoken)
        size = format_size(model.summary.file_size_bytes) if model.summary else ""
        if model.is_link:
            question = self.tr("Take it off the list? The file stays where it is.")
            confirm = self.tr("Take it off")
        else:
            question = self.tr("Delete the file for good?")
            if size:
                question = self.tr("Delete the file for good? It frees {size}.").format(size=size)
            confirm = self.tr("Delete")
        self._question.setText(question)
        name_button(self.confirm, confirm, f"{confirm}: {name}")
        name_button(self.keep, self.tr("Keep"), self.tr("Keep {name}").format(name=name))
