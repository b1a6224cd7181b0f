"""The panel beside the document: how the model came to a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.glass.candidate_section import CandidateSection
from desktop.glass.figures import format_choices, format_number
from desktop.glass.lettering import Link, Words
from desktop.glass.pipeline import Pipeline
from desktop.glass.section import SIDE, Section
from desktop.glass.timeline import Timeline, Values
from desktop.glass.unit_shown import UnitShown
from desktop.glass.version_lanes import VersionView
from desktop.glass.version_tree import VersionTree
from desktop.theme.theme import Theme
from models.engine.protocol import Step

LEAST_WIDTH = 300


class Glass(QWidget):
    """Candidates, what the sampler did, uncertainty and versions, one below the other.

    It is empty, live (the newest step of a generation) or open (a unit of the text).

    chosen(position, token)  another token for this step of the open unit
    walked(step)             out of the open unit: -1 to the previous one, +1 to the next
    step_shown(position)     another token of the open unit is on show
    picked(index)            a token of the timeline
    version_chosen(id)       a version of the tree
    edit_requested           the chain is to be edited
    continue_requested       the model is to write
    """

    chosen = Signal(int, int)
    walked = Signal(int)
    step_shown = Signal(int)
    picked = Signal(int)
    version_chosen = Signal(int)
    edit_requested = Signal()
    continue_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._unit: UnitShown | None = None
        self._position = 0
        self._labels: Mapping[str, str] = {}
        self._version_count = 0
        self._empty = _EmptyState(theme)
        self._candidates = CandidateSection(theme)
        self._pipeline = Pipeline(theme)
        self._edit = Link(theme)
        self._sampler = Section(theme, self._pipeline, link=self._edit)
        self._timeline = Timeline(theme)
        self._uncertainty = Section(theme, self._timeline)
        self._tree = VersionTree(theme)
        self._versions = Section(theme, self._tree)
        self._build()
        self._connect()
        self.setMinimumWidth(LEAST_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._retranslate()
        self.show_empty()

    @property
    def position(self) -> int:
        """Which step of the open unit is on show."""
        return self._position

    @property
    def steps(self) -> Sequence[Step]:
        """The steps of the open unit."""
        return () if self._unit is None else self._unit.steps

    def set_generating(self, generating: bool) -> None:
        """Show whether the model is writing: then nothing offers that it go on."""
        self._empty.set_generating(generating)

    def show_empty(self) -> None:
        """Say what the panel is for; nothing is open."""
        self._unit = None
        self._set_filled(False)

    def show_live(self, step: Step, labels: Mapping[str, str]) -> None:
        """Show the newest step of a generation; `labels` are stages' titles by their names."""
        self._unit = None
        self._candidates.show_live(step)
        self._show_stages(step, labels)

    def show_unit(self, unit: UnitShown, labels: Mapping[str, str]) -> None:
        """Open a unit at its `position`."""
        self._unit, self._position, self._labels = unit, unit.position, labels
        self._show_step()

    def show_redecided(self, original: Step, other: Step, labels: Mapping[str, str]) -> None:
        """Show `original` decided again under other settings: `other`, and its stages' titles.

        The original's token stays marked as the one in the text.
        """
        unit = self._unit
        if unit is None or original not in unit.steps:
            unit = self._unit = UnitShown(original.text, [original])
        self._position = list(unit.steps).index(original)
        self._candidates.show_unit(unit, self._position, other)
        self._show_stages(other, labels)

    def say_undecided(self, sentence: str = "") -> None:
        """Say that the open step cannot be decided again: why, or that its figures are gone."""
        self._candidates.say_undecided(sentence)

    def set_timeline(
        self, entropies: Values, first_index: int = 0, current: int | None = None
    ) -> None:
        """Show the entropies of the last tokens, float[n] in nats; see `Timeline.set_values`."""
        self._timeline.set_values(entropies, first_index, current)
        self._say_uncertainty()

    def set_versions(self, versions: Sequence[VersionView]) -> None:
        """Show the versions of the passage at hand."""
        self._version_count = len(versions)
        self._tree.set_versions(versions)
        self._versions.setVisible(self._version_count > 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.color("panel"))

    def _build(self) -> None:
        column = QWidget()
        sections = QVBoxLayout(column)
        sections.setContentsMargins(0, 0, 0, 0)
        sections.setSpacing(0)
        for part in (
            self._empty,
            self._candidates,
            self._sampler,
            self._uncertainty,
            self._versions,
        ):
            sections.addWidget(part)
        sections.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(column)
        column.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _connect(self) -> None:
        self._empty.pressed.connect(self.continue_requested)
        self._candidates.candidates.chosen.connect(self._choose)
        self._candidates.walked.connect(self._walk)
        self._edit.clicked.connect(self.edit_requested)
        self._timeline.picked.connect(self.picked)
        self._tree.version_chosen.connect(self.version_chosen)
        self._theme.changed.connect(self.update)

    def _set_filled(self, filled: bool) -> None:
        self._empty.setVisible(not filled)
        self._candidates.setVisible(filled)
        self._sampler.setVisible(filled)
        self._uncertainty.setVisible(self._timeline.mean_entropy is not None)
        self._versions.setVisible(self._version_count > 1)

    def _show_step(self) -> None:
        assert self._unit is not None
        self._candidates.show_unit(self._unit, self._position)
        self._show_stages(self._unit.steps[self._position], self._labels)

    def _show_stages(self, step: Step, labels: Mapping[str, str]) -> None:
        self._pipeline.show_stages(step.stages, labels)
        self._set_filled(True)

    def _choose(self, token: int) -> None:
        if self._unit is not None:
            self.chosen.emit(self._position, token)

    def _walk(self, step: int) -> None:
        """Walk inside of the unit first, then out of it."""
        unit, target = self._unit, self._position + step
        if unit is not None and 0 <= target < len(unit.steps):
            self._position = target
            self._show_step()
            self.step_shown.emit(target)
        else:
            self.walked.emit(step)

    def _say_uncertainty(self) -> None:
        entropy = self._timeline.mean_entropy
        self._uncertainty.setVisible(entropy is not None)
        if entropy is not None:
            self._uncertainty.set_note(
                self.tr("effective choices {choices}").format(choices=format_choices(entropy)),
                self.tr("Mean entropy of these tokens: {nats} nats").format(
                    nats=format_number(entropy, 3)
                ),
            )

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Looking glass"))
        self._sampler.set_title(self.tr("What the sampler did"))
        self._edit.setText(self.tr("edit"))
        self._edit.setAccessibleName(self.tr("Edit the sampler's stages"))
        self._uncertainty.set_title(self.tr("Uncertainty, token by token"))
        self._versions.set_title(self.tr("Versions"))
        self._versions.set_note(self.tr("Alt + arrows"))
        self._say_uncertainty()


class _EmptyState(QWidget):
    """What the panel is for, and the button that fills it, unless the model is writing already."""

    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Words(theme)
        self._words.setWordWrap(True)
        self._button = QPushButton()
        self._button.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, SIDE, SIDE, SIDE)
        column.setSpacing(12)
        column.addWidget(self._words)
        column.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignLeft)
        self._retranslate()

    def set_generating(self, generating: bool) -> None:
        self._button.setVisible(not generating)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._words.setText(
            self.tr("Click a word that the model wrote, and see what it was chosen from.")
        )
        self._button.setText(self.tr("Continue the text"))
        self._button.setAccessibleName(self.tr("Continue the text"))
