"""The page of the strategies: the prompt, a column a run, and the step that is open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.errors.words import say
from desktop.export_button import ExportButton
from desktop.library.lettering import make_label
from desktop.recipe.stage_words import name_preset
from desktop.shell.count_box import CountBox
from desktop.strategies.column import Column
from desktop.strategies.partings import Partings
from desktop.theme.theme import Theme
from models.sampling import PRESETS, format_chain
from models.strategies import MOST_SETTINGS, STANDARD, Strategy, parse_strategy

_PROMPT_HEIGHT = 64
_MOST_TOKENS = 512
_MOST_SEEDS = 8


class StrategiesPage(QFrame):
    """Shows columns, and says what the person wants.

    run_wanted(), stop_wanted(), document_wanted()
    setting_added(text)   a setting as `parse_strategy` reads it
    setting_removed(number of the column)
    picked(number of the column, index of the token)
    settings_wanted(number), text_wanted(number)
    export_wanted(suffix)
    changed()             tokens or seeds
    """

    run_wanted = Signal()
    stop_wanted = Signal()
    document_wanted = Signal()
    setting_added = Signal(str)
    setting_removed = Signal(int)
    picked = Signal(int, int)
    settings_wanted = Signal(int)
    text_wanted = Signal(int)
    export_wanted = Signal(str)
    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("ground", True)
        self.columns: list[Column] = []
        self._running = False
        self._title, self._subtitle = make_label("strong"), make_label("dim")
        self.export = ExportButton()
        self.prompt = QPlainTextEdit()
        self.prompt.setProperty("field", True)
        self.prompt.setFont(theme.document_font(16))
        self.prompt.setFixedHeight(_PROMPT_HEIGHT)
        self.prompt.setTabChangesFocus(True)
        self.setFocusProxy(self.prompt)
        self.from_document = QPushButton()
        self.tokens, self.seeds = CountBox(1, _MOST_TOKENS), CountBox(1, _MOST_SEEDS)
        self.tokens.setValue(64)
        self.add, self.run = QPushButton(), QPushButton()
        self.add.setProperty("menu", True)
        self._settings = QMenu(self.add)
        self.add.setMenu(self._settings)
        self.run.setProperty("primary", True)
        self.own = QLineEdit()
        self.own.setFont(theme.token_font())
        self.own.hide()
        self._empty = make_label("dim", wrap=True)
        self._words = make_label("dim", wrap=True)
        self._words.hide()
        self._trouble = make_label("bad", wrap=True)
        self._trouble.hide()
        self.partings = Partings(theme)
        self._row = QHBoxLayout()
        self._build()
        self._connect()
        self._offer_settings()
        self._retranslate()

    def show_strategies(self, strategies: Sequence[Strategy]) -> None:
        """Show a column for each run; those whose run stays keep their text.

        Another setting beside it may change the name of a run, and nothing else of it.
        """
        kept = {(c.strategy.chain, c.strategy.seed, c.strategy.name): c for c in self.columns}
        texts = {(c.strategy.chain, c.strategy.seed): c.steps for c in self.columns}
        self.columns = []
        for number, strategy in enumerate(strategies):
            column = kept.pop((strategy.chain, strategy.seed, strategy.name), None)
            if column is None:
                column = Column(self._theme, strategy)
                column.steps += texts.get((strategy.chain, strategy.seed), [])
                self._follow(column)
            self.columns.append(column)
            self._row.insertWidget(number, column, 1)
            column.show_steps()
        for column in kept.values():
            self._row.removeWidget(column)
            column.hide()
            column.deleteLater()
        self.partings.hide()
        self.scale_charts()
        self._retranslate()

    def scale_charts(self) -> None:
        """Draw the charts of all columns to one scale, so that they can be compared by eye."""
        top = max(column.highest_entropy for column in self.columns)
        for column in self.columns:
            column.timeline.set_top(top)

    def show_running(self, running: bool) -> None:
        """Show whether it writes."""
        self._running = running
        self._retranslate()

    def show_words(self, sentence: str) -> None:
        """Say quietly how it stands."""
        self._words.setText(sentence)
        self._words.setVisible(bool(sentence))

    def show_trouble(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it back."""
        self._trouble.setText(say(sentence))
        self._trouble.setVisible(bool(sentence))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._offer_settings()
            self._retranslate()

    def _follow(self, column: Column) -> None:
        column.picked.connect(lambda index: self.picked.emit(self.columns.index(column), index))
        column.removed.connect(lambda: self.setting_removed.emit(self.columns.index(column)))
        column.settings_wanted.connect(
            lambda: self.settings_wanted.emit(self.columns.index(column))
        )
        column.text_wanted.connect(lambda: self.text_wanted.emit(self.columns.index(column)))

    def _connect(self) -> None:
        self.run.clicked.connect(self._press_run)
        self.from_document.clicked.connect(self.document_wanted)
        self.tokens.valueChanged.connect(self.changed)
        self.seeds.valueChanged.connect(self.changed)
        self.own.returnPressed.connect(self._take_own)
        self.export.wanted.connect(self.export_wanted)
        self.export.failed.connect(self.show_trouble)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._run_by_key, context=context)
        QShortcut(QKeySequence("Esc"), self, self.stop_wanted.emit, context=context)

    def _build(self) -> None:
        head = QFrame()
        head.setProperty("panel", True)
        head.setProperty("below", True)
        line = QHBoxLayout(head)
        line.setContentsMargins(20, 5, 20, 5)
        line.setSpacing(10)
        line.addWidget(self._title)
        line.addWidget(self._subtitle)
        line.addStretch(1)
        line.addWidget(self.export)
        controls = QHBoxLayout()
        controls.setSpacing(8)
        controls.addWidget(self.from_document)
        controls.addStretch(1)
        for widget in (self.tokens, self.seeds, self.add, self.run):
            controls.addWidget(widget)
        inner = QWidget()
        inner.setProperty("page", True)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        inner.setLayout(self._row)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        body = QVBoxLayout()
        body.setContentsMargins(20, 14, 20, 14)
        body.setSpacing(10)
        body.addWidget(self.prompt)
        body.addLayout(controls)
        body.addWidget(self.own)
        body.addWidget(self._trouble)
        body.addWidget(self._empty)
        body.addWidget(self._words)
        body.addWidget(area, 1)
        body.addWidget(self.partings)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(head)
        rows.addLayout(body, 1)

    def _press_run(self) -> None:
        (self.stop_wanted if self._running else self.run_wanted).emit()

    def _run_by_key(self) -> None:
        if not self._running:
            self.run_wanted.emit()

    def _ask_own(self) -> None:
        self.own.show()
        self.own.setFocus()

    def _take_own(self) -> None:
        if self.own.text().strip():
            self.setting_added.emit(self.own.text())

    def _offer_settings(self) -> None:
        offers = [(text, format_chain(parse_strategy(text)[1])) for text in STANDARD]
        offers += [(id, name_preset(id)) for id in PRESETS]
        self._settings.clear()
        for text, name in offers:
            self._settings.addAction(name, partial(self.setting_added.emit, text))
        self._settings.addSeparator()
        self._settings.addAction(self.tr("A chain of my own…"), self._ask_own)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Strategies"))
        self._subtitle.setText(self.tr("one prompt, read once, decoded together"))
        written = any(column.steps for column in self.columns)
        self.export.setEnabled(not self._running and written)
        self._empty.setText(
            self.tr("Run all continues the prompt with every setting, side by side.")
        )
        self._empty.setVisible(not (self._running or written))
        self.prompt.setPlaceholderText(self.tr("What is to be continued"))
        self.prompt.setAccessibleName(self.tr("The prompt"))
        self.from_document.setText(self.tr("Take my document"))
        self.tokens.setSuffix(self.tr(" tokens"))
        self.tokens.setAccessibleName(self.tr("Tokens a column"))
        self.seeds.setPrefix(self.tr("runs each: "))
        self.seeds.setAccessibleName(self.tr("Runs of each setting"))
        self.add.setText(self.tr("Add a setting"))
        settings = {column.strategy.chain for column in self.columns}
        self.add.setEnabled(not self._running and len(settings) < MOST_SETTINGS)
        for widget in (self.tokens, self.seeds, self.own):
            widget.setEnabled(not self._running)
        self.run.setText(self.tr("Stop") if self._running else self.tr("Run all"))
        self.run.setAccessibleName(self.run.text())
        self.own.setPlaceholderText("top-k 40 > temperature 0.7")
        self.own.setAccessibleName(self.tr("A chain of my own, then Enter"))
        for column in self.columns:
            column.remove.setEnabled(not self._running)
