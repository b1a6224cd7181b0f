"""A stage in the list of a chain: to switch, change, move and remove."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.recipe.flow_layout import FlowLayout
from desktop.recipe.recipe import Entry
from desktop.recipe.sentence import Sentence
from desktop.recipe.stage_words import PARAMETERS, explain_stage, translate_parameter
from desktop.recipe.switch import Switch
from desktop.recipe.value_field import ValueField
from desktop.theme.theme import Theme
from models.errors import InputError
from models.sampling import Stage, stage_from_values, stage_values

_RADIUS = 10


class StageRow(QFrame):
    """One entry of a recipe. Ctrl+Up and Ctrl+Down move it, Space switches, Delete removes it.

    dragged, dropped   where the pointer is, in pixels of the screen downwards
    """

    switched = Signal(bool)
    changed = Signal(dict)
    stepped = Signal(int)
    removed = Signal()
    dragged = Signal(float)
    dropped = Signal(float)

    def __init__(self, theme: Theme, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stage = entry.stage.name
        self._place = (1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.handle = _Handle(theme)
        self.switch = Switch(theme)
        self.remove = QPushButton()
        self.remove.setIcon(theme.icon("x", "dim"))
        self.remove.setProperty("bare", True)
        self._title = Sentence(theme, "ink", wrapped=False)
        font = QFont(self._title.font())
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        self._title.say(entry.stage.label)
        self._explanation = Sentence(theme, "dim")
        self._complaint = Sentence(theme, "bad")
        self._fields: dict[str, tuple[Sentence, ValueField]] = {}
        self._lay_out()

        self.switch.toggled.connect(self.switched)
        self.remove.clicked.connect(self.removed)
        self.handle.dragged.connect(self.dragged)
        self.handle.dropped.connect(self.dropped)
        theme.changed.connect(self.update)
        self.show_entry(entry, self._place)
        self._retranslate()

    @property
    def focus_order(self) -> list[QWidget]:
        """What the Tab key visits, in its order."""
        fields = [field for _, field in self._fields.values()]
        return [self, self.switch, *fields, self.remove]

    def field(self, parameter: str) -> ValueField:
        """The field of the parameter of this name."""
        return self._fields[parameter][1]

    def show_entry(self, entry: Entry, place: tuple[int, int]) -> None:
        """Show `entry`, which stands at this place of so many; no signal."""
        self._place = place
        self.switch.blockSignals(True)
        self.switch.setChecked(entry.on)
        self.switch.blockSignals(False)
        if self._read_fields() != entry.stage:  # what means the same stays as it was typed
            values = stage_values(entry.stage)
            for name, (_, field) in self._fields.items():
                field.set_value(values[name])
        self._complaint.say("")
        self._name()

    def complain(self, sentence: str) -> None:
        """Show in the row why a change was not taken; an empty sentence takes that back."""
        self._complaint.say(sentence)

    @property
    def complaint(self) -> str:
        return self._complaint.text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Space:
            self.switch.toggle()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        color = self._theme.color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(color("paper"))
        focused = self.hasFocus()
        painter.setPen(QPen(color("accent" if focused else "line"), 2 if focused else 1))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)

    def _lay_out(self) -> None:
        flow = FlowLayout(16)
        for name, parameter in PARAMETERS[self._stage].items():
            label, field = Sentence(self._theme, "dim", wrapped=False), ValueField(parameter)
            label.setBuddy(field)
            pair = QWidget()
            line = QHBoxLayout(pair)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(6)
            line.addWidget(label)
            line.addWidget(field)
            flow.addWidget(pair)
            field.textEdited.connect(self._change)
            self._fields[name] = label, field
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._title)
        texts.addWidget(self._explanation)
        if self._fields:
            texts.addSpacing(2)
            texts.addLayout(flow)
        texts.addWidget(self._complaint)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 10, 8, 10)
        row.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.handle, 0, top)
        row.addWidget(self.switch, 0, top)
        row.addLayout(texts, 1)
        row.addWidget(self.remove, 0, top)

    def _values(self) -> dict[str, object]:
        return {name: field.value() for name, (_, field) in self._fields.items()}

    def _read_fields(self) -> Stage | None:
        try:
            return stage_from_values(self._stage, self._values())
        except InputError:
            return None

    def _change(self) -> None:
        try:
            values = self._values()
        except InputError as error:
            self.complain(str(error))
        else:
            self.changed.emit(values)

    def _name(self) -> None:
        label, (position, count) = self._title.text(), self._place
        self.setAccessibleName(
            self.tr("{stage}, stage {position} of {count}").format(
                stage=label, position=position, count=count
            )
        )
        self.switch.setAccessibleName(self.tr("Use {stage}").format(stage=label))
        self.remove.setAccessibleName(self.tr("Remove {stage}").format(stage=label))

    def _retranslate(self) -> None:
        explanation = explain_stage(self._stage)
        self._explanation.say(explanation)
        self.setAccessibleDescription(explanation)
        keys = [
            QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            for key in ("Ctrl+Up", "Ctrl+Down")
        ]
        self.handle.setToolTip(
            self.tr("Drag it to another place, or press {up} or {down}.").format(
                up=keys[0], down=keys[1]
            )
        )
        self.switch.setToolTip(self.tr("A stage that is off keeps its place and its values."))
        self.remove.setToolTip(self.tr("Takes the stage out of the chain."))
        for name, (label, field) in self._fields.items():
            parameter = PARAMETERS[self._stage][name]
            title = translate_parameter(parameter.title)
            label.say(title)
            field.setAccessibleName(f"{self._stage}, {title}")
            for part in (label, field):
                part.setToolTip(translate_parameter(parameter.explanation))
                part.setAccessibleDescription(translate_parameter(parameter.explanation))
        labels = [label for label, _ in self._fields.values()]
        widest = max(
            (label.fontMetrics().horizontalAdvance(label.text()) for label in labels), default=0
        )
        for label in labels:
            label.setMinimumWidth(widest + 1)  # so that the fields stand below each other
        self._name()


class _Handle(QWidget):
    """Six dots to drag a row by; keys do the same, so it takes no focus."""

    dragged = Signal(float)
    dropped = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(14, 22)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(event.globalPosition().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.dropped.emit(event.globalPosition().y())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("dim"))
        for column in (4.0, 10.0):
            for row in (5.0, 11.0, 17.0):
                painter.drawEllipse(QPointF(column, row), 1.4, 1.4)
