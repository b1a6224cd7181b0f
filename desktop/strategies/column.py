"""One run of a setting: its text as it comes, and what is to be said of it."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.glass.figures import format_number
from desktop.glass.timeline import Timeline
from desktop.glass.token_view import ShownToken, TokenView
from desktop.library.lettering import make_icon_button, make_label, name_button
from desktop.shell.elided_label import ElidedLabel
from desktop.shell.figures import format_part
from desktop.theme.theme import Theme
from models.engine.protocol import Step
from models.sampling import format_chain
from models.strategies import Strategy, find_repeated, measure_variety

_WIDTH = 260
_TEXT_HEIGHT = 120
_JUDGED = 20  # tokens; of a shorter text nothing is said
_REPEATS = 0.2  # share of repeated 4-grams from which on a text is said to repeat itself
_WANDERS = -4.0  # mean log-probability, in nats, below which a text is said to wander


class Column(QFrame):
    """Shows a strategy's text, where it parts from the first column (the first: where any parts
    from it), and its figures.

    picked(index)     a token was clicked
    removed()         the person does without this setting
    settings_wanted() the chain is to be used for writing
    text_wanted()     the text is to be put into the document
    """

    picked = Signal(int)
    removed = Signal()
    settings_wanted = Signal()
    text_wanted = Signal()

    def __init__(self, theme: Theme, strategy: Strategy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setMinimumWidth(_WIDTH)
        self.strategy = strategy
        self.steps: list[Step] = []
        self.partings: frozenset[int] = frozenset()
        self.highest_entropy = 0.0  # in nats
        self.opened: int | None = None
        self._theme = theme
        self._name, self._chain = ElidedLabel(), ElidedLabel()
        self._name.setProperty("strong", True)
        for label in (self._name, self._chain):
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._chain.setProperty("dim", True)
        self.remove = make_icon_button(theme, "x")
        self.text = TokenView(theme)
        self.text.setMinimumHeight(_TEXT_HEIGHT)
        self.text.picked.connect(self._pick)
        self._verdict = make_label("bad")
        self._figures = [make_label("dim") for _ in range(4)]
        self.timeline = Timeline(theme)
        self.timeline.picked.connect(self.picked)
        self.use, self.insert = QPushButton(), QPushButton()
        self.remove.clicked.connect(self.removed)
        self.use.clicked.connect(self.settings_wanted)
        self.insert.clicked.connect(self.text_wanted)
        self._build()
        self._name.set_whole_text(name_strategy(strategy))
        chain = format_chain(strategy.chain)
        self._chain.set_whole_text("" if chain == strategy.name else chain)
        theme.changed.connect(self.show_steps)
        self._retranslate()

    def clear(self) -> None:
        """Begin with no text."""
        self.steps = []
        self.partings, self.opened = frozenset(), None
        self.show_steps()

    def show_steps(self) -> None:
        """Show the steps as they are now."""
        repeated = find_repeated([step.token for step in self.steps])
        tint = self._theme.palette.heat
        opened = () if self.opened is None else (self.opened,)
        framed = {self._whole(index) for index in (*self.partings, *opened)}
        self.text.show_tokens(
            [
                ShownToken(
                    step.text,
                    tint=tint(math.exp(step.logprob)),
                    underlined=index in repeated,
                    outlined=index in framed,
                )
                for index, step in enumerate(self.steps)
            ]
        )
        entropies = np.array([step.entropy for step in self.steps])
        self.highest_entropy = float(entropies.max(initial=0.0))
        self.timeline.set_values(entropies, current=self.opened)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _pick(self, index: int) -> None:
        """Open a token; the frame of a parting stands for the step where they part."""
        self.picked.emit(next((p for p in sorted(self.partings) if self._whole(p) == index), index))

    def _whole(self, index: int) -> int:
        """Return the token that a frame is drawn around: the one that a character ends with."""
        while index < len(self.steps) - 1 and not self.steps[index].text:
            index += 1
        return index

    def _build(self) -> None:
        head = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._name)
        names.addWidget(self._chain)
        head.addLayout(names, 1)
        head.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        head.setContentsMargins(14, 10, 8, 8)
        figures = QGridLayout()
        figures.setHorizontalSpacing(12)
        figures.setVerticalSpacing(2)
        for number, label in enumerate(self._figures):
            figures.addWidget(label, number // 2, number % 2)
        figures.addWidget(self._verdict, 2, 0, 1, 2)
        room = self.timeline.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.timeline.setSizePolicy(room)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.use)
        buttons.addWidget(self.insert)
        buttons.addStretch(1)
        foot = QFrame()
        foot.setProperty("above", True)
        below = QVBoxLayout(foot)
        below.setContentsMargins(14, 8, 14, 10)
        below.setSpacing(6)
        below.addLayout(figures)
        below.addWidget(self.timeline)
        below.addLayout(buttons)
        body = QVBoxLayout()
        body.setContentsMargins(10, 0, 8, 4)
        body.addWidget(self.text)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addLayout(body, 1)
        rows.addWidget(foot)

    def _retranslate(self) -> None:
        variety = measure_variety(self.steps)
        written = bool(self.steps)
        values = (
            (self.tr("distinct pairs {value}"), f"{variety.distinct_2:.2f}"),
            (self.tr("repeats {value}"), format_part(variety.repeated_4)),
            (self.tr("mean log-p {value}"), format_number(variety.mean_logprob, 2)),
            (self.tr("tokens {value}"), f"{variety.tokens}"),
        )
        for label, (words, value) in zip(self._figures, values, strict=True):
            label.setText(words.format(value=value) if written else "")
        self.timeline.setVisible(written)
        self._figures[0].setToolTip(
            self.tr("Different pairs of neighbouring tokens, of all pairs (distinct-2)")
        )
        self._figures[1].setToolTip(self.tr("Runs of four tokens that stood in the text before"))
        self._figures[2].setToolTip(
            self.tr("How probable the model itself found the text, in nats a token")
        )
        verdict = ""
        if variety.tokens >= _JUDGED and variety.repeated_4 >= _REPEATS:
            verdict = self.tr("repeats itself")
        elif variety.tokens >= _JUDGED and variety.mean_logprob <= _WANDERS:
            verdict = self.tr("wanders")
        self._verdict.setText(verdict)
        name = name_strategy(self.strategy)
        self.text.setAccessibleName(self.tr("The text of {name}").format(name=name))
        self.timeline.setToolTip(self.tr("Uncertainty, token by token"))
        name_button(
            self.remove,
            self.tr("Do without this setting"),
            self.tr("Do without {name}").format(name=name),
        )
        name_button(
            self.use,
            self.tr("Use settings"),
            self.tr("Write with the settings of {name}").format(name=name),
        )
        name_button(
            self.insert,
            self.tr("Insert text"),
            self.tr("Put the text of {name} into the document").format(name=name),
        )
        self.use.setEnabled(bool(self.strategy.chain.stages))
        self.insert.setEnabled(written)


def name_strategy(strategy: Strategy) -> str:
    """Return a strategy's name as it is said: T for temperature, an arrow for the order."""
    return strategy.name.replace("temperature", "T").replace(" > ", " → ")
