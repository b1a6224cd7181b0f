"""The bar under the page: how the text goes on, and the button that lets it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.recipe.key_button import KeyButton
from desktop.recipe.preset_menu import PresetMenu
from desktop.recipe.recipe import Recipe
from desktop.recipe.switch import Switch
from desktop.recipe.value_slider import ValueSlider
from desktop.theme.theme import Theme
from models.operations import MOST_TOKENS
from models.sampling import DEFAULT_PRESET

UNTIL_IT_ENDS = MOST_TOKENS
TOKEN_COUNTS = (16, 32, 64, 128, 256, UNTIL_IT_ENDS)
_SIDE = 16
_ABOVE = 12
_GAP = 12


class ControlBar(QWidget):
    """Preset, temperature, top-p, BOS and length; Another, and Continue or Stop.

    Where the width does not hold it all, it takes two rows.
    """

    recipe_changed = Signal(Recipe)
    special_changed = Signal(bool)
    tokens_changed = Signal(int)
    continue_clicked = Signal()
    another_clicked = Signal()
    stop_clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recipe = Recipe.from_preset(DEFAULT_PRESET)
        self._tokens = 64
        self._generating = False

        self.preset_menu = PresetMenu(theme)
        self.temperature = ValueSlider(theme, 0.0, 2.0)
        self.top_p = ValueSlider(theme, 0.05, 1.0)
        self.special = Switch(theme)
        self.length = QPushButton()
        self.length.setProperty("quiet", True)
        self.length.setProperty("menu", True)
        self.another = KeyButton(theme, primary=False)
        self.go_on = KeyButton(theme, primary=True)
        self._build_length_menu()
        self._values = _row(self.preset_menu, self.temperature, self.top_p)
        self._choices = _row(self.special, self.length)
        self._buttons = _row(self.another, self.go_on)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(_SIDE, _ABOVE, _SIDE, _ABOVE)
        rows.setSpacing(8)
        for row in (self._first, self._second):
            row.setSpacing(_GAP)
            rows.addLayout(row)
        self._in_two_rows: bool | None = None

        self.preset_menu.chosen.connect(lambda preset: self._change(Recipe.from_preset(preset)))
        self.temperature.value_changed.connect(
            lambda value: self._change(self._recipe.with_temperature(value))
        )
        self.top_p.value_changed.connect(lambda value: self._change(self._recipe.with_top_p(value)))
        self.special.toggled.connect(self.special_changed)
        self.another.clicked.connect(self.another_clicked)
        self.go_on.clicked.connect(self._go_on_or_stop)
        self.set_recipe(self._recipe)
        self._retranslate()

    def set_recipe(self, recipe: Recipe) -> None:
        """Show `recipe`; no signal."""
        self._recipe = recipe
        self.preset_menu.set_preset(recipe.preset)
        self.temperature.set_value(recipe.temperature)
        self.top_p.set_value(recipe.top_p)
        self._arrange()

    def set_special(self, on: bool) -> None:
        """Show whether the prompt begins with BOS; no signal."""
        self.special.blockSignals(True)
        self.special.setChecked(on)
        self.special.blockSignals(False)

    def set_tokens(self, tokens: int) -> None:
        """Show how many tokens a continuation has, UNTIL_IT_ENDS for no limit; no signal."""
        self._tokens = tokens
        for action in self._length_group.actions():
            action.setChecked(action.data() == tokens)
        self._name_length()

    def set_generating(self, generating: bool) -> None:
        """Show whether the model is writing: Continue is Stop for that time."""
        self._generating = generating
        self._name_buttons()

    def set_quiet(self, quiet: bool) -> None:
        """Leave the primary button to something else, such as a change to be accepted."""
        self.go_on.set_primary(not quiet)

    def minimumSizeHint(self) -> QSize:
        widths = [part.minimumSizeHint().width() for part in self._parts()]
        width = max(widths[0], widths[1] + widths[2] + _GAP) + 2 * _SIDE
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arrange()

    def _parts(self) -> tuple[QWidget, QWidget, QWidget]:
        return self._values, self._choices, self._buttons

    def _arrange(self) -> None:
        """One row where all fits into it, else two."""
        needed = sum(part.sizeHint().width() + _GAP for part in self._parts()) + 2 * _SIDE
        in_two_rows = self.width() < needed
        if in_two_rows == self._in_two_rows:
            return
        self._in_two_rows = in_two_rows
        for row in (self._first, self._second):
            while row.takeAt(0):
                pass
        self._first.addWidget(self._values, 0 if not in_two_rows else 1)
        row = self._second if in_two_rows else self._first
        row.addWidget(self._choices)
        row.addStretch(1)
        row.addWidget(self._buttons)
        self.updateGeometry()

    def _change(self, recipe: Recipe) -> None:
        if recipe != self._recipe:
            self.set_recipe(recipe)
            self.recipe_changed.emit(recipe)

    def _go_on_or_stop(self) -> None:
        (self.stop_clicked if self._generating else self.continue_clicked).emit()

    def _build_length_menu(self) -> None:
        menu = QMenu(self.length)
        self._length_group = QActionGroup(menu)
        for count in TOKEN_COUNTS:
            action = menu.addAction("")
            action.setData(count)
            action.setCheckable(True)
            action.setChecked(count == self._tokens)
            self._length_group.addAction(action)
        self._length_group.triggered.connect(lambda action: self._choose_tokens(action.data()))
        self.length.setMenu(menu)

    def _choose_tokens(self, tokens: int) -> None:
        if tokens != self._tokens:
            self.set_tokens(tokens)
            self.tokens_changed.emit(tokens)

    def _retranslate(self) -> None:
        self.temperature.set_words(
            self.tr("temperature"),
            self.tr(
                "How daring the choice is: low keeps to the probable, high gives rare words a "
                "chance, 0 always takes the most probable token."
            ),
        )
        self.top_p.set_words(
            self.tr("top-p"),
            self.tr(
                "Only the most probable tokens stay: as many as hold this share of the "
                "probability together; 1 keeps all."
            ),
        )
        self.special.setText(self.tr("BOS"))
        self.special.setAccessibleName(self.tr("Begin with the BOS token"))
        explanation = self.tr(
            "Begins the prompt with the token for the beginning of a text (BOS), as in training; "
            "switch it off to see what it does."
        )
        self.special.setToolTip(explanation)
        self.special.setAccessibleDescription(explanation)
        self.length.setToolTip(self.tr("How much one continuation writes."))
        for action in self._length_group.actions():
            action.setText(self._say_tokens(action.data()))
        self._name_length()
        self._name_buttons()

    def _say_tokens(self, tokens: int) -> str:
        if tokens == UNTIL_IT_ENDS:
            return self.tr("until it ends")
        return self.tr("{count} tokens").format(count=tokens)

    def _name_length(self) -> None:
        text = self._say_tokens(self._tokens)
        self.length.setText(text)
        self.length.setAccessibleName(self.tr("Length: {length}").format(length=text))
        self._arrange()

    def _name_buttons(self) -> None:
        self.another.set_title(self.tr("Another"), "Ctrl+R")
        titles = ((self.tr("Continue"), "Ctrl+Return"), (self.tr("Stop"), "Esc"))
        widths = []
        for title, keys in titles if self._generating else reversed(titles):
            self.go_on.set_title(title, keys)
            widths.append(self.go_on.sizeHint().width())
        self.go_on.setMinimumWidth(max(widths))  # nothing moves when one takes the other's place
        self.another.setEnabled(not self._generating)
        another = self.tr("Writes another version of the last continuation.")
        more = self.tr("Lets the model go on from the cursor.")
        stop = self.tr("Ends the writing; what is written stays.")
        self.another.setToolTip(another)
        self.go_on.setToolTip(stop if self._generating else more)
        self._arrange()


def _row(*widgets: QWidget) -> QWidget:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_GAP)
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return part
