"""The whole chain: its stages in their order, each with its values, and all of it as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.recipe.recipe import Recipe
from desktop.recipe.sentence import Sentence
from desktop.recipe.stage_row import StageRow
from desktop.recipe.stage_words import FIRST_VALUES, explain_stage, name_orders
from desktop.theme.theme import Theme
from models.errors import InputError
from models.sampling import STAGES, User, format_chain, parse_chain

_GAP = 8
_TEXT_LINES = 3


class ChainEditor(QWidget):
    """Every stage of a recipe. Each change that is allowed is told at once; others are explained
    where they were tried, and change nothing. The text is taken by Enter, or when it is left."""

    recipe_changed = Signal(Recipe)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._recipe = Recipe()
        self._samplers: tuple[str, ...] = ()
        self._rows: dict[str, StageRow] = {}  # by the label of the stage
        self._past: list[Recipe] = []  # what the changes made here can be taken back to
        self._future: list[Recipe] = []

        self._empty = Sentence(theme, "dim")
        self._complaint = Sentence(theme, "bad")
        self.add = QPushButton()
        self.order = QPushButton()
        for button in (self.add, self.order):
            menu = QMenu(button)
            menu.setToolTipsVisible(True)
            button.setMenu(menu)
            button.setProperty("quiet", True)
            button.setProperty("menu", True)
        self.add.menu().aboutToShow.connect(self._fill_add_menu)
        self.add.menu().triggered.connect(lambda action: self._add(*action.data()))
        self.order.menu().aboutToShow.connect(self._fill_order_menu)
        self.order.menu().triggered.connect(
            lambda action: self._try(lambda: self._recipe.ordered(action.data()), self._complaint)
        )
        self._text_label = Sentence(theme, "dim", wrapped=False)
        self.text = QPlainTextEdit()
        self.text.setProperty("field", True)
        self.text.setFont(theme.token_font())
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * _TEXT_LINES + 14)
        self.text.textChanged.connect(self._check_text)
        self.text.installEventFilter(self)
        self._text_label.setBuddy(self.text)
        self._text_complaint = Sentence(theme, "bad")
        self._list = QWidget()
        self._list.setObjectName("stages")
        self._mark = QFrame(self._list)  # where a dragged row would go
        self._mark.setVisible(False)
        self._lay_out()
        theme.changed.connect(self._paint_mark)
        self._paint_mark()
        self._stale = True  # the recipe has not been shown yet
        self._retranslate()

    @property
    def recipe(self) -> Recipe:
        return self._recipe

    @property
    def rows(self) -> list[StageRow]:
        """The rows in the order of the chain."""
        self._catch_up()
        return [self._rows[entry.stage.label] for entry in self._recipe.entries]

    @property
    def complaint(self) -> str:
        """Why the last change from a menu was not taken; empty if it was."""
        return self._complaint.text()

    @property
    def text_complaint(self) -> str:
        """What is wrong with the chain as text; empty if nothing is."""
        return self._text_complaint.text()

    def set_recipe(self, recipe: Recipe) -> None:
        """Show `recipe`; no signal. What was changed here before cannot be undone any more."""
        if recipe != self._recipe:
            self._past, self._future = [], []
            self._recipe = recipe
            self._show()

    def undo(self) -> None:
        """Take back the last change that was made here."""
        self._step(self._past, self._future)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._step(self._future, self._past)

    def set_samplers(self, files: Sequence[str]) -> None:
        """Offer these files of the samplers folder as stages."""
        self._samplers = tuple(files)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.text:
            if event.type() == QEvent.Type.FocusOut:
                self._take_text()
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
                if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                    self._take_text()
                    return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _fill_add_menu(self) -> None:
        """What is not in the chain yet."""
        menu = self.add.menu()
        menu.clear()
        present = {entry.stage.label for entry in self._recipe.entries}
        for name in STAGES:
            if name != User.name and name not in present:
                action = menu.addAction(name)
                action.setToolTip(explain_stage(name))
                action.setData((name, FIRST_VALUES.get(name, {})))
        for file in self._samplers:
            stage = User(file)
            if stage.label not in present:
                action = menu.addAction(stage.label)
                action.setToolTip(explain_stage(User.name))
                action.setData((User.name, {"file": file}))

    def _fill_order_menu(self) -> None:
        menu = self.order.menu()
        menu.clear()
        for order, (title, explanation) in name_orders().items():
            action = menu.addAction(title)
            action.setToolTip(explanation)
            action.setCheckable(True)
            action.setChecked(self._recipe.ordered(order) == self._recipe)
            action.setData(order)

    def _lay_out(self) -> None:
        self._stages = QVBoxLayout(self._list)
        self._stages.setContentsMargins(0, _GAP // 2, 0, 0)  # where the mark of a drag has room
        self._stages.setSpacing(_GAP)
        self._stages.addWidget(self._empty)
        self._stages.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._list)
        self._scroll.viewport().setAutoFillBackground(False)
        self._list.setAutoFillBackground(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(_GAP)
        buttons.addWidget(self.add)
        buttons.addWidget(self.order)
        buttons.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 16)
        page.setSpacing(_GAP)
        page.addLayout(buttons)
        page.addWidget(self._complaint)
        page.addWidget(self._scroll, 1)
        page.addWidget(self._text_label)
        page.addWidget(self.text)
        page.addWidget(self._text_complaint)

    def showEvent(self, event: QShowEvent) -> None:
        self._catch_up()
        super().showEvent(event)

    def _show(self) -> None:
        """Show the recipe, now or as soon as it can be seen."""
        self._stale = True
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        if self._stale:
            self._stale = False
            self._show_recipe()

    def _show_recipe(self) -> None:
        """Rows and text as the recipe has them; rows stay the same widgets where they can."""
        entries = self._recipe.entries
        for label in self._rows.keys() - {entry.stage.label for entry in entries}:
            row = self._rows.pop(label)
            focused = QApplication.focusWidget()
            if focused is not None and (focused is row or row.isAncestorOf(focused)):
                self.add.setFocus()
            self._stages.removeWidget(row)
            row.hide()
            row.deleteLater()
        before: QWidget = self.order
        for position, entry in enumerate(entries):
            row = self._rows.get(entry.stage.label) or self._add_row(entry.stage.label, position)
            row.show_entry(entry, (position + 1, len(entries)))
            item = self._stages.itemAt(position + 1)
            if item is None or item.widget() is not row:
                self._stages.removeWidget(row)
                self._stages.insertWidget(position + 1, row)
                row.show()  # a layout does it later, and what is hidden takes no focus
            for widget in row.focus_order:
                QWidget.setTabOrder(before, widget)
                before = widget
        QWidget.setTabOrder(before, self.text)
        self._empty.setVisible(not entries)
        self._complaint.say("")
        self._write_text()

    def _add_row(self, label: str, position: int) -> StageRow:
        row = StageRow(self._theme, self._recipe.entries[position])
        row.switched.connect(lambda on: self._switch(row, on))
        row.changed.connect(
            lambda values: self._try(lambda: self._recipe.changed(self._find(row), values), row)
        )
        row.stepped.connect(lambda step: self._move(row, self._find(row) + step))
        row.removed.connect(lambda: self._remove(row))
        row.dragged.connect(lambda y: self._show_mark(y))
        row.dropped.connect(lambda y: self._drop(row, y))
        self._rows[label] = row
        return row

    def _find(self, row: StageRow) -> int:
        return self.rows.index(row)

    def _try(self, change: Callable[[], Recipe], where: StageRow | Sentence) -> bool:
        """Take the change and tell of it, or say `where` why not."""
        complain = where.complain if isinstance(where, StageRow) else where.say
        try:
            recipe = change()
        except InputError as error:
            complain(str(error))
            return False
        complain("")
        if recipe != self._recipe:
            self._past.append(self._recipe)
            self._future.clear()
            self._change(recipe)
        return True

    def _step(self, come: list[Recipe], gone: list[Recipe]) -> None:
        if come:
            gone.append(self._recipe)
            self._change(come.pop())

    def _change(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._show()
        self.recipe_changed.emit(recipe)

    def _add(self, name: str, values: dict[str, object]) -> None:
        before = self.rows
        if self._try(lambda: self._recipe.added(name, values), self._complaint):
            row = next(row for row in self.rows if row not in before)
            row.setFocus()
            self._scroll.ensureWidgetVisible(row)

    def _switch(self, row: StageRow, on: bool) -> None:
        if not self._try(lambda: self._recipe.switched(self._find(row), on), row):
            row.switch.blockSignals(True)
            row.switch.setChecked(not on)
            row.switch.blockSignals(False)

    def _remove(self, row: StageRow) -> None:
        position = self._find(row)
        if self._try(lambda: self._recipe.removed(position), row) and self.rows:
            self.rows[min(position, len(self.rows) - 1)].setFocus()

    def _move(self, row: StageRow, target: int) -> None:
        position = self._find(row)
        if 0 <= target < len(self.rows) and target != position:
            self._try(lambda: self._recipe.moved(position, target), row)
            self._scroll.ensureWidgetVisible(row)

    def _drop(self, row: StageRow, y: float) -> None:
        self._mark.setVisible(False)
        gap = self._find_gap(y)
        self._move(row, gap - (gap > self._find(row)))

    def _find_gap(self, y: float) -> int:
        """How many rows have their middle above `y`, a height on the screen."""
        here = self._list.mapFromGlobal(QPoint(0, round(y))).y()
        return sum(row.geometry().center().y() < here for row in self.rows)

    def _show_mark(self, y: float) -> None:
        rows, gap = self.rows, self._find_gap(y)
        line = rows[gap].y() - _GAP // 2 if gap < len(rows) else rows[-1].geometry().bottom() + 3
        self._mark.setGeometry(QRect(4, max(line - 1, 0), self._list.width() - 8, 3))
        self._mark.setVisible(True)
        self._mark.raise_()
        here = self._list.mapFromGlobal(QPoint(0, round(y))).y()
        self._scroll.ensureVisible(0, here, 0, 40)

    def _paint_mark(self) -> None:
        self._mark.setStyleSheet(f"background: {self._theme.palette.accent}; border: none;")

    def _write_text(self) -> None:
        chain = self._recipe.chain()
        try:
            same = parse_chain(self.text.toPlainText()) == chain
        except InputError:
            same = False
        if not same or not chain.stages:
            self.text.blockSignals(True)
            self.text.setPlainText(format_chain(chain))
            self.text.blockSignals(False)
        self._text_complaint.say("")

    def _typed_recipe(self) -> Recipe:
        return self._recipe.with_chain(parse_chain(self.text.toPlainText()))

    def _check_text(self) -> None:
        """Say what is wrong with the text so far."""
        try:
            self._typed_recipe()
        except InputError as error:
            self._text_complaint.say(str(error))
        else:
            self._text_complaint.say("")

    def _take_text(self) -> None:
        self._try(self._typed_recipe, self._text_complaint)

    def _retranslate(self) -> None:
        self.add.setText(self.tr("Add a stage"))
        self.add.setAccessibleName(self.tr("Add a stage"))
        self.add.setToolTip(self.tr("What is not in the chain yet."))
        self.order.setText(self.tr("Order"))
        self.order.setAccessibleName(self.tr("Order of the stages"))
        self.order.setToolTip(
            self.tr("Puts all stages into the order that other programs have them in.")
        )
        self._empty.say(
            self.tr("Without a stage every token of the model may come up: add one to choose.")
        )
        self._empty.setVisible(not self._recipe.entries)
        self._text_label.say(self.tr("The chain as text"))
        self.text.setAccessibleName(self.tr("The chain as text"))
        self.text.setPlaceholderText("top-k 40 > top-p 0.9 > temperature 0.7")
