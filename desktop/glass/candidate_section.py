"""The candidates with what is said around them: how sure, joined tokens, other settings."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors.words import say
from desktop.glass.candidate_delegate import MARK
from desktop.glass.candidate_list import CandidateList
from desktop.glass.figures import (
    format_choices,
    format_number,
    to_bits,
)
from desktop.glass.lettering import Link, Words
from desktop.glass.section import Section
from desktop.glass.token_text import show_unseen, space_bytes
from desktop.glass.unit_shown import UnitShown
from desktop.shell.figures import THIN_SPACE, format_percent
from desktop.theme.theme import Theme
from models.engine.protocol import Step

_LONGEST_TITLE = 18  # characters of a token


class CandidateSection(Section):
    """The list of candidates, its legend, and what other settings would choose.

    walked(step)  to the previous or the next token: a link, or Left or Right in the list
    """

    walked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        body = QWidget()
        super().__init__(theme, body, first=True, bleed=MARK, parent=parent)
        self.candidates = CandidateList(theme)
        self._joined = _JoinedTokens(theme)
        self._legend = Words(theme)
        self._legend.setWordWrap(True)
        self._in_text_words = Words(theme)
        self._in_text_words.setWordWrap(True)
        self._other_words = Words(theme)
        self._other_words.setWordWrap(True)
        for widget in (self._joined, self._legend, self._in_text_words, self._other_words):
            widget.setContentsMargins(MARK, 0, MARK, 0)
        self._step: Step | None = None
        self._unit: UnitShown | None = None
        self._in_text = -1
        self._other: int | None = None
        self._undecided: str | None = None  # why it cannot be decided again, if that was said
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._joined)
        column.addWidget(self._legend)
        column.addWidget(self.candidates)
        column.addWidget(self._in_text_words)
        column.addWidget(self._other_words)
        self.candidates.walked.connect(self.walked)
        self._joined.walked.connect(self.walked)

    def show_live(self, step: Step) -> None:
        """Show the newest step of a generation."""
        self._step, self._unit, self._in_text, self._other = step, None, step.token, None
        self._undecided = None
        self.candidates.show_live(step)
        self._retranslate()

    def show_unit(self, unit: UnitShown, position: int, redecided: Step | None = None) -> None:
        """Show a step of `unit`, or that step decided again under other settings."""
        original = unit.steps[position]
        self._step, self._unit, self._in_text = redecided or original, unit, original.token
        self._other = redecided.token if redecided is not None else None
        self._undecided = None
        self.candidates.show_step(self._step, original if redecided is not None else None)
        self._joined.show_position(unit, position)
        self._retranslate()

    def say_undecided(self, sentence: str) -> None:
        """Say why the step cannot be decided again; with no reason, its figures are gone."""
        self._undecided = sentence
        self._say_other()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        if self._step is None:
            return
        self._say_title(self._step)
        self.set_note(
            self.tr("as sure as a choice among {choices}").format(
                choices=format_choices(self._step.entropy)
            ),
            self.tr("Entropy over the full vocabulary: {nats} nats, {bits} bits").format(
                nats=format_number(self._step.entropy, 3),
                bits=format_number(to_bits(self._step.entropy), 3),
            ),
        )
        full = f"{self.candidates.full * 100:.0f}{THIN_SPACE}%"
        self._legend.setText(
            self.tr("pale: the model · solid: after the sampler · to {percent}").format(
                percent=full
            )
        )
        self._legend.setToolTip(
            self.tr("The whole width of the bars stands for {percent}.").format(percent=full)
        )
        self._joined.setVisible(self._unit is not None and len(self._unit.steps) > 1)
        self._say_in_text()
        self._say_other()

    def _say_title(self, step: Step) -> None:
        if self._unit is None:
            text = show_unseen(step.text) or space_bytes(step.bytes) or f"<{step.token}>"
            title = self.tr("Now: “{token}”")
        else:
            text = show_unseen(self._unit.text)
            title = self.tr("Candidates for “{token}”")
        short = text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 1]}…"
        self.set_title(title.format(token=short), "" if short == text else text)

    def _say_in_text(self) -> None:
        """Say what is in the text where the list must be scrolled to show it."""
        row = self.candidates.below_view() if self._unit is not None else None
        self._in_text_words.setVisible(row is not None)
        if row is not None:
            sentence = self.tr("In the text: {token}, rank {rank}, {percent} by the model").format(
                token=row.name, rank=f"{row.rank:,}", percent=format_percent(row.before)
            )
            self._in_text_words.setText(f"▸ {sentence}")
            self._in_text_words.setAccessibleName(sentence)

    def _say_other(self) -> None:
        other = self._other
        self.candidates.set_other(other)
        self._other_words.setVisible(other is not None or self._undecided is not None)
        if self._undecided is not None:
            sentence = say(self._undecided) or self.tr(
                "Other settings cannot be tried on this word: the model's figures for it are no "
                "longer in memory."
            )
        elif other is None:
            return
        elif other == self._in_text:
            sentence = self.tr("With these settings: the same token")
        else:
            name = self.candidates.title_of(other) or self.tr("a token that is not listed")
            sentence = self.tr("With these settings: {token}").format(token=name)
        mark = "" if other in {None, self._in_text} else "▹ "
        self._other_words.setText(f"{mark}{sentence}")
        self._other_words.setAccessibleName(sentence)


class _JoinedTokens(QWidget):
    """The tokens that make up one character, and links that step through them."""

    walked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit: UnitShown | None = None
        self._position = 0
        self._words = Words(theme)
        self._words.setWordWrap(True)
        self._place = Words(theme)
        self._back, self._forth = Link(theme), Link(theme)
        self._back.setText("‹")
        self._forth.setText("›")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._words, 1)
        for widget in (self._back, self._place, self._forth):
            row.addWidget(widget)
        self._back.clicked.connect(lambda: self.walked.emit(-1))
        self._forth.clicked.connect(lambda: self.walked.emit(1))

    def show_position(self, unit: UnitShown, position: int) -> None:
        """Show which of the unit's tokens is open."""
        self._unit, self._position = unit, position
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        if self._unit is None:
            return
        count = len(self._unit.steps)
        data = " ".join(space_bytes(step.bytes) for step in self._unit.steps)
        self._words.setText(
            self.tr("{count} byte tokens joined: {bytes} · together {percent}").format(
                count=count, bytes=data, percent=format_percent(self._unit.probability)
            )
        )
        self._place.setText(f"{self._position + 1} / {count}")
        self._place.setAccessibleName(
            self.tr("Token {index} of {count}").format(index=self._position + 1, count=count)
        )
        self._back.setAccessibleName(self.tr("Previous token"))
        self._forth.setAccessibleName(self.tr("Next token"))
