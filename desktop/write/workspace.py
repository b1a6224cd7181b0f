"""The Write workspace: page, control bar and glass put together, and what its actions do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.actions import ACTIONS, Need
from desktop.engine_link import Ended, EngineLink
from desktop.glass.glass import Glass
from desktop.loaded_model import LoadedModel
from desktop.manuscript.journal import Journal
from desktop.recipe.chain_editor import ChainEditor
from desktop.recipe.control_bar import ControlBar
from desktop.recipe.recipe import Recipe, labels
from desktop.recipe.remembered import recall_recipe, remember_recipe
from desktop.recipe.sampler_editor import SamplerEditor
from desktop.settings import LARGEST_FONT, SMALLEST_FONT, USUAL_FONT, Settings
from desktop.shell.figures import format_percent
from desktop.shell.notices import NoticeButton, Notices
from desktop.theme.theme import Theme
from desktop.write.change_card import ChangeCard
from desktop.write.continuing import Continuing, Way
from desktop.write.editor import Editor
from desktop.write.find_bar import FindBar
from desktop.write.heat import Unit
from desktop.write.looking import Looking
from desktop.write.page import Page
from desktop.write.reading import Reading
from desktop.write.rewriting import Rewriting
from desktop.write.side_panel import Side, SidePanel
from desktop.write.writing_notices import WritingNotices
from models import operations
from models.errors import InputError
from models.sampling import User

INSTRUCTIONS = {  # the id of an action, and that of its instruction
    "rewrite": "rewrite",
    "shorten": "shorten",
    "expand": "expand",
    "translate-en": "english",
    "translate-ja": "japanese",
    "titles": "titles",
}
ZOOM_STEP = 1


class WriteWorkspace(QObject):
    """The widgets of the workspace, `sheet` and `panel`, and the objects behind them.

    `state_changed` follows whatever may enable or disable an action, `settings_changed` a choice
    that the settings have taken in.
    """

    state_changed = Signal()
    settings_changed = Signal()

    ACTION_IDS = (
        *("find", "continue", "join", "stop", "another", "accept", "accept-word", "refuse"),
        *INSTRUCTIONS,
        *("heat", "own-heat", "open-token", "next-token", "previous-token"),
        *("version-up", "version-down", "version-parent", "version-child"),
        *("zoom-in", "zoom-out", "zoom-reset"),
    )

    def __init__(
        self,
        theme: Theme,
        settings: Settings,
        link: EngineLink,
        model: LoadedModel,
        journal: Journal,
        notices: Notices,
        samplers: Path,
        seeds: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._notices = notices
        self._sayings = WritingNotices(notices, self)
        self._model = model
        self.recipe = recall_recipe(settings)
        self.editor = Editor(theme)
        self.editor.set_font_size(settings.font_size)
        self.page = Page(self.editor, journal.create(), self)
        self.find_bar = FindBar(self.editor)
        self.card = ChangeCard(theme)
        self.bar = ControlBar(theme)
        self.glass = Glass(theme)
        self.chain = ChainEditor(theme)
        self.samplers = SamplerEditor(theme, samplers)
        self.panel = SidePanel(theme, self.glass, self.chain, self.samplers)
        self.continuing = Continuing(link, model, self.page, self.way, seeds, self)
        self.looking = Looking(
            link, self.page, self.continuing, self.glass, lambda: self.recipe.chain(), labels, self
        )
        self.reading = Reading(link, self.page, self.looking.read, self)
        jobs = self.continuing.engine_jobs
        named = {INSTRUCTIONS[a.id]: a for a in ACTIONS if a.id in INSTRUCTIONS}
        self.rewriting = Rewriting(
            link, model, self.page, self.card, self.way, seeds, jobs, named, self
        )
        self.sheet = QWidget()
        column = QVBoxLayout(self.sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.editor, 1)
        column.insertWidget(0, self.find_bar)  # later: Tab passes over what precedes a proxy
        column.addWidget(self.card)
        column.addWidget(self.bar)
        self.sheet.setFocusProxy(self.editor)
        self._redecide = QTimer(self, singleShot=True, interval=30)
        self._redecide.timeout.connect(self.looking.try_settings)
        self._connect()
        self.set_recipe(self.recipe)
        self.bar.set_tokens(settings.tokens)
        self.bar.set_special(settings.special)
        self.editor.set_heat_visible(settings.heat)
        self.set_everything(settings.everything)

    # ---- how it writes ---------------------------------------------------------------------

    def way(self) -> Way:
        """How the model shall write now. Raises InputError for a chain that cannot be."""
        chain = self.recipe.chain()
        operations.check_writing(chain=chain, seed=0, tokens=self._settings.tokens)
        return Way(
            chain=chain,
            tokens=self._settings.tokens,
            special=self._settings.special,
            candidates=self._settings.candidates,
        )

    def set_recipe(self, recipe: Recipe) -> None:
        """Write by another chain from now on; an open step is decided again under it."""
        self.recipe = recipe
        remember_recipe(self._settings, recipe)
        self.bar.set_recipe(recipe)
        self.chain.set_recipe(recipe)
        self.samplers.set_used(
            entry.stage.file
            for entry in recipe.entries
            if entry.on and isinstance(entry.stage, User)
        )
        if self.looking.unit is not None:
            self._redecide.start()
        self.settings_changed.emit()

    def text(self) -> str:
        """Return the text of the document."""
        return self.page.manuscript.text

    def text_before_cursor(self) -> str:
        """Return what a continuation at the cursor would be asked to continue."""
        return self.page.manuscript.text_between(0, self.editor.textCursor().position())

    def insert_text(self, text: str) -> None:
        """Put a text in at the cursor, as if the person had."""
        self.editor.textCursor().insertText(text)

    def set_everything(self, everything: bool) -> None:
        """Show all settings, or the simple ones."""
        self._settings.everything = everything
        self.panel.set_everything(everything)
        self.settings_changed.emit()

    # ---- what the actions do ---------------------------------------------------------------

    def callbacks(self) -> Mapping[str, Callable[[], None]]:
        """What the actions of this workspace do, by their ids."""
        editor, continuing, looking = self.editor, self.continuing, self.looking
        instructions = {id: partial(self._propose, id) for id in INSTRUCTIONS}
        return {
            "find": self.find_bar.open,
            "continue": self.go_on,
            "join": partial(self.go_on, join=True),
            "stop": self.stop,
            "another": self.another,
            "accept": self.accept,
            "accept-word": continuing.accept_word,
            "refuse": self.refuse,
            **instructions,
            "heat": self._switch_heat,
            "own-heat": self._switch_own_heat,
            "open-token": editor.open_unit_at_cursor,
            "next-token": lambda: looking.walk(1),
            "previous-token": lambda: looking.walk(-1),
            "version-up": lambda: looking.walk_versions("up"),
            "version-down": lambda: looking.walk_versions("down"),
            "version-parent": lambda: looking.walk_versions("left"),
            "version-child": lambda: looking.walk_versions("right"),
            "zoom-in": lambda: self._zoom(ZOOM_STEP),
            "zoom-out": lambda: self._zoom(-ZOOM_STEP),
            "zoom-reset": lambda: self._zoom(0),
        }

    def needs_met(self) -> set[Need]:
        """Which conditions of actions hold while the page is in front."""
        met: set[Need] = {"always", "page"}
        writing = self._working
        met.add("writing" if writing else "idle")
        if not writing and (self.page.manuscript.pending is not None or self.rewriting.proposing):
            met.add("proposal")
        if not writing and self.editor.textCursor().hasSelection():
            met.add("selection")
        if self.page.manuscript.last_passage is not None or not self.looking.read.empty:
            met.add("unit")
        if not writing and self.looking.has_versions:
            met.add("versions")
        return met

    def go_on(self, *, join: bool = False) -> None:
        """Let the model continue at the cursor; with `join`, towards what follows it."""
        if self.continuing.running or self.rewriting.running:
            self._sayings.say_writing()
        elif not self.text() or self.text().isspace():
            self._sayings.say_empty()
            self.editor.setFocus()
        elif self._can_write(load=True):
            self.reading.stop()
            self.rewriting.refuse()
            self._begin(partial(self.continuing.go_on, join=join))

    def another(self) -> None:
        """Another version of the change on the card, or of what was written last."""
        if self._can_write():
            asked = self.rewriting if self.rewriting.proposing else self.continuing
            self._begin(asked.another)

    def stop(self) -> None:
        """Stop whatever the model does; what it has written stays."""
        self.continuing.stop()
        self.rewriting.stop()
        if self.reading.running:
            self.reading.clear()  # half a text that is tinted would pass for the whole

    def accept(self) -> None:
        """Accept the change on the card, or what was written."""
        if self.rewriting.proposing:
            self.rewriting.accept()
        else:
            self.continuing.accept()

    def _go_behind(self) -> None:
        """The person goes on writing where the model has ended: behind its words."""
        if not self.continuing.running and not self.rewriting.proposing:
            self.continuing.accept()

    def refuse(self) -> None:
        """Refuse the change on the card, or take out what was written."""
        if self.rewriting.proposing:
            self.rewriting.refuse()
        else:
            self.continuing.refuse()

    def open_samplers(self) -> None:
        """Bring the samplers to the front of the panel."""
        self._open_side("samplers")

    def _open_side(self, side: Side) -> None:
        self.set_everything(True)
        self.panel.show_side(side)

    def fill_menu(self, menu: QMenu, actions: Mapping[str, QAction], position: int) -> None:
        """Put what the model can do with the text at `position` at the head of the editor's menu.

        A word that is clicked elsewhere than at the cursor is the one that is looked into.
        """
        first, cursor = menu.actions()[0], self.editor.textCursor()
        ids = [*INSTRUCTIONS] if cursor.hasSelection() else ["open-token"]
        for action in [actions[id] for id in ("continue", *ids)]:
            if action is actions["open-token"] and position != cursor.position():
                action = QAction(action.text(), menu)
                action.setEnabled(self.looking.unit_at(position) is not None)
                action.triggered.connect(partial(self.looking.open_at, position))
            menu.insertAction(first, action)
        menu.insertSeparator(first)

    def retranslate(self) -> None:
        """Put what is not in a widget of ours into the language of the window."""
        self.editor.set_placeholder(
            self.tr("Write a few words here. Then let the model go on with Ctrl+Enter.")
        )

    # ---- inside ----------------------------------------------------------------------------

    def _connect(self) -> None:
        self.bar.recipe_changed.connect(self.set_recipe)
        self.chain.recipe_changed.connect(self.set_recipe)
        self.bar.special_changed.connect(partial(self._set, "special"))
        self.bar.tokens_changed.connect(partial(self._set, "tokens"))
        self.bar.continue_clicked.connect(lambda: self.go_on())
        self.bar.another_clicked.connect(self.another)
        self.bar.stop_clicked.connect(self.stop)
        self.samplers.use_changed.connect(
            lambda file, used: self.set_recipe(self.recipe.with_sampler(file, used))
        )
        files = self.samplers.files
        files.changed.connect(lambda: self.chain.set_samplers(files.names()))
        self.chain.set_samplers(files.names())
        self.samplers.saved.connect(lambda _file: self._notices.withdraw("engine"))
        self.glass.edit_requested.connect(lambda: self._open_side("chain"))
        self.glass.continue_requested.connect(lambda: self.go_on())
        self.card.another_wanted.connect(self.another)
        self.editor.tooltip_for = self._describe_unit
        self.editor.insertion_begins.connect(self._go_behind)
        self.editor.tab_pressed.connect(self.accept)
        self.editor.word_accept_pressed.connect(self.continuing.accept_word)
        self.continuing.state_changed.connect(self.show_state)
        self.rewriting.state_changed.connect(self.show_state)
        self.reading.state_changed.connect(self.show_state)
        for reader in (self.reading, self.continuing, self.rewriting):
            reader.progressed.connect(self._sayings.say_reading)
        self.continuing.stepped.connect(lambda *_: self._notices.withdraw("reading"))
        self.rewriting.written.connect(lambda: self._notices.withdraw("reading"))
        for source in (self.continuing, self.rewriting, self.reading, self.looking):
            source.failed.connect(self._say_failure)
        self.continuing.repeated.connect(self._sayings.say_repeated)
        self.continuing.forgotten.connect(self._sayings.say_forgotten)
        self.reading.forgotten.connect(self._sayings.say_unread)
        self.looking.opened.connect(self.state_changed)
        self.looking.versions_changed.connect(self.state_changed)
        self.page.proposal_changed.connect(self.state_changed)
        self.page.changed.connect(lambda _position: self._follow_text())
        self.page.edited.connect(lambda: self._notices.withdraw("forgotten"))
        self.page.opened.connect(self._sayings.forget_document)
        self.editor.selectionChanged.connect(self.state_changed)
        self.editor.composition_changed.connect(lambda _composing: self.state_changed.emit())

    def _can_write(self, *, load: bool = False) -> bool:
        """Whether there is a model, or one on its way; else it is said.

        With `load`, one that could not be loaded is tried again: its file may be back.
        """
        if self.editor.composing:
            return False
        if load and self._model.state == "none":
            self._model.load(self._model.choice)
        self._sayings.say_no_model(self._model.state)
        return self._model.state in {"ready", "loading"}

    def _begin(self, begin: Callable[[], None]) -> None:
        """Let the model begin something, and say what stands against it."""
        self._sayings.forget_beginning()
        try:
            begin()
        except InputError as error:
            self._notices.post("engine", str(error), "bad")
        if self._working and self._model.state == "loading":
            self._sayings.say_loading()

    @property
    def _working(self) -> bool:
        """Whether the model writes or reads, or is to as soon as it can."""
        return self.continuing.running or self.rewriting.running or self.reading.running

    def _propose(self, instruction: str) -> None:
        if self._can_write() and not self.continuing.running:
            self._begin(lambda: self.rewriting.propose(INSTRUCTIONS[instruction]))

    def show_state(self) -> None:
        """Show whether the model writes; notices that are no longer true go."""
        generating = self.continuing.running or self.rewriting.running
        self.bar.set_generating(generating)
        self.glass.set_generating(generating)
        self.bar.set_quiet(self.rewriting.proposing and not self.rewriting.running)
        self._sayings.follow(
            self._model.state,
            writing=self.continuing.running,
            reading=self.reading.running,
            working=self._working,
        )
        self.state_changed.emit()

    def _follow_text(self) -> None:
        if self.page.manuscript.length:
            self._notices.withdraw("empty")
        self.state_changed.emit()

    def _switch_heat(self) -> None:
        self.editor.set_heat_visible(not self._settings.heat)
        self._set("heat", not self._settings.heat)

    def _set(self, field: str, value: object) -> None:
        setattr(self._settings, field, value)
        self.settings_changed.emit()

    def _switch_own_heat(self) -> None:
        self._notices.withdraw("forgotten")
        if not self.looking.read.empty:
            self.reading.clear()
        elif self._can_write():
            self._begin(partial(self.reading.start, special=self._settings.special))

    def _zoom(self, by: int) -> None:
        size = USUAL_FONT if by == 0 else self._settings.font_size + by
        size = min(max(SMALLEST_FONT, size), LARGEST_FONT)
        self.editor.set_font_size(size)
        self._set("font_size", size)

    def _say_failure(self, ended: Ended) -> None:
        if ended.kind == "input" and self._model.state == "none" and "model" in self._notices.keys:
            return  # which says why there is none
        buttons = []
        if ended.kind == "sampler" and ended.file:
            self.samplers.show_failure(ended.file, ended.line, ended.sentence, ended.details)
            buttons.append(NoticeButton(lambda: self.tr("Open the sampler"), self.open_samplers))
        self._notices.post("engine", ended.sentence, "bad", ended.details, buttons)

    def _describe_unit(self, unit: Unit) -> str:
        percent = format_percent(unit.probability)
        return self.tr("{percent} likely, as the model saw it").format(percent=percent)
