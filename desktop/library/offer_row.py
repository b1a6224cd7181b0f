"""One model of the catalogue that is not here: what it is for, what it needs, how to get it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.errors.words import say
from desktop.library.lettering import make_icon_button, make_label, name_button
from desktop.library.progress_line import ProgressLine
from desktop.library.shelf import Offer
from desktop.recipe.flow_layout import FlowLayout
from desktop.theme.theme import Theme
from desktop.translation import QT_TRANSLATE_NOOP
from models.catalogue import PackageSource
from models.size import format_size

PURPOSES = (  # of models.catalogue, where lupdate does not look
    QT_TRANSLATE_NOOP("Purpose", "a first look, on any machine"),
    QT_TRANSLATE_NOOP("Purpose", "continuing any text, with 8 GB of memory"),
    QT_TRANSLATE_NOOP("Purpose", "instructions and questions, with 8 GB of memory"),
    QT_TRANSLATE_NOOP("Purpose", "comparing with 2019: English, a short context"),
)
_LEVEL_LETTERS = 16  # "Q5_K_M   5.1 GB", in every row: the buttons beside them form a column


class OfferRow(QFrame):
    """Shows an offer, and says which level of it is wanted.

    download_wanted(level), cancelled()
    """

    download_wanted = Signal(str)
    cancelled = Signal()

    def __init__(self, theme: Theme, offer: Offer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer = offer
        self._name, self._badge = make_label("strong"), make_label("badge")
        self._facts, self._command = make_label("dim", wrap=True), make_label("dim")
        self._command.setFont(theme.token_font(12))
        self.error = make_label("bad", wrap=True)
        self.error.hide()
        self.levels = QComboBox()
        self.levels.setMinimumContentsLength(_LEVEL_LETTERS)
        self.download = QPushButton()
        self.copy = make_icon_button(theme, "copy")
        self.progress = ProgressLine()
        self.progress.hide()
        self._build()
        self.levels.currentIndexChanged.connect(self._show)
        self.download.clicked.connect(lambda: self.download_wanted.emit(self.level))
        self.copy.clicked.connect(self._copy)
        self.progress.cancelled.connect(self.cancelled)
        self.show_offer(offer)

    @property
    def offer(self) -> Offer:
        return self._offer

    @property
    def level(self) -> str:
        """The level that is chosen."""
        return str(self.levels.currentData())

    @property
    def command(self) -> str:
        """What fetches the model in a terminal."""
        known = self._offer.known
        level = "" if isinstance(known.source, PackageSource) else f" --level {self.level}"
        return f"inkglass models get {known.id}{level}"

    def show_offer(self, offer: Offer) -> None:
        """Show an offer that was read anew; the chosen level stays, if it is still offered."""
        before = self.level if self.levels.count() else ""
        self._offer = offer
        with QSignalBlocker(self.levels):
            self.levels.clear()
            for level, size in offer.levels.items():
                self.levels.addItem(f"{level}   {format_size(size)}", level)
            for wanted in (before, offer.recommended, offer.known.default_level):
                if wanted in offer.levels:
                    self.levels.setCurrentIndex(self.levels.findData(wanted))
                    break
        self.levels.setVisible(len(offer.levels) > 1)
        self._show()

    def show_running(self, running: bool, *, others: bool = False) -> None:
        """Show that this one is being fetched, or that `others` are, and this one has to wait."""
        if running and not self.progress.isVisibleTo(self):
            self.progress.begin(self._offer.known.name)
            self.error.hide()
        self.progress.setVisible(running)
        for part in (self.levels, self.download):
            part.setEnabled(not running and not others)

    def show_error(self, sentence: str) -> None:
        """Show why it could not be fetched, until it is tried again."""
        self.error.setText(say(sentence))
        self.error.setVisible(bool(sentence))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name)
        head.addWidget(self._badge)
        head.addStretch(1)
        get = FlowLayout(12)
        for parts in ((self.levels, self.download), (self._command, self.copy)):
            together = QWidget()
            pair = QHBoxLayout(together)
            pair.setContentsMargins(0, 0, 0, 0)
            pair.setSpacing(8)
            for part in parts:
                pair.addWidget(part)
            get.addWidget(together)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 11, 12, 11)
        whole.setSpacing(4)
        whole.addLayout(head)
        whole.addWidget(self._facts)
        whole.addSpacing(4)
        whole.addLayout(get)
        whole.addWidget(self.progress)
        whole.addWidget(self.error)

    def _show(self) -> None:
        offer, known = self._offer, self._offer.known
        self._name.setText(known.name)
        self._badge.setText(self.tr("recommended for this machine"))
        self._badge.setVisible(bool(offer.recommended))
        size = offer.levels[self.level]
        facts = [
            QCoreApplication.translate("Purpose", known.purpose),
            known.licence,
            self.tr("context {tokens}").format(tokens=f"{known.architecture.context:,}"),
            self.tr("takes about {size} of memory").format(
                size=format_size(size + offer.cache_bytes)
            ),
        ]
        if len(offer.levels) == 1:  # else the box of the levels says it
            facts.append(self.tr("{size} to fetch").format(size=format_size(size)))
        self._facts.setText(" · ".join(facts))
        self._command.setText(self.command)
        self.levels.setAccessibleName(self.tr("Level of {name}").format(name=known.name))
        name_button(
            self.download, self.tr("Download"), self.tr("Download {name}").format(name=known.name)
        )
        name_button(
            self.copy,
            self.tr("Copy the command, to fetch it in a terminal"),
            self.tr("Copy the command for {name}").format(name=known.name),
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command)
