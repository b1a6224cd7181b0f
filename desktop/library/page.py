"""The page of the library: the models that are here, those that can be had, and Convert."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.errors.words import say
from desktop.library.convert_card import ConvertCard
from desktop.library.lettering import make_label, name_button
from desktop.library.model_row import ModelRow
from desktop.library.offer_row import OfferRow
from desktop.library.shelf import Shelf
from desktop.shell.elided_label import ElidedLabel
from desktop.theme.theme import Theme
from models.size import format_size

_WIDEST = 960


class LibraryPage(QFrame):
    """Shows a shelf, and says what the person wants of which row.

    link_wanted()                       a file is to be added that stays where it is
    load_wanted(path), details_wanted(path), removal_wanted(path)
    download_wanted(id, level), download_cancelled(id)
    """

    link_wanted = Signal()
    load_wanted = Signal(Path)
    details_wanted = Signal(Path)
    removal_wanted = Signal(Path)
    download_wanted = Signal(str, str)
    download_cancelled = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shelf: Shelf | None = None
        self.setProperty("ground", True)
        self.models: dict[Path, ModelRow] = {}
        self.offers: dict[str, OfferRow] = {}
        self.convert = ConvertCard(theme)
        self.link = QPushButton()
        self.link.clicked.connect(self.link_wanted)
        self.setFocusProxy(self.link)  # who comes by the keyboard begins at the head
        self.area = QScrollArea()
        self._title, self._count = make_label("strong"), ElidedLabel()
        self._count.setProperty("dim", True)
        self._trouble, self._empty = make_label("bad", wrap=True), make_label("dim", wrap=True)
        self._trouble.hide()
        self._titles = [make_label("section") for _ in range(3)]
        self._models, self._model_rows = _make_card()
        self._offers, self._offer_rows = _make_card()
        self._model_rows.addWidget(self._empty)
        self._empty.setContentsMargins(16, 14, 16, 14)
        self._build()
        self._retranslate()

    def show_shelf(self, shelf: Shelf) -> None:
        """Show what was read; rows that stay keep the keyboard."""
        self._shelf = shelf
        self.show_trouble("")
        for path in self.models.keys() - {model.path for model in shelf.models}:
            self._drop(self.models.pop(path))
        for index, model in enumerate(shelf.models):
            row = self.models.get(model.path)
            if row is None:
                row = self.models[model.path] = ModelRow(self._theme, model)
                path = model.path
                row.load_wanted.connect(lambda path=path: self.load_wanted.emit(path))
                row.details_wanted.connect(lambda path=path: self.details_wanted.emit(path))
                row.removal_wanted.connect(lambda path=path: self.removal_wanted.emit(path))
                self._model_rows.insertWidget(index, row)
            else:
                row.show_model(model)
            _draw_line_above(row, index > 0)
        for id in self.offers.keys() - {offer.known.id for offer in shelf.offers}:
            self._drop(self.offers.pop(id))
        for index, offer in enumerate(shelf.offers):
            shown = self.offers.get(offer.known.id)
            if shown is None:
                id = offer.known.id
                shown = self.offers[id] = OfferRow(self._theme, offer)
                shown.download_wanted.connect(
                    lambda level, id=id: self.download_wanted.emit(id, level)
                )
                shown.cancelled.connect(lambda id=id: self.download_cancelled.emit(id))
                self._offer_rows.insertWidget(index, shown)
            else:
                shown.show_offer(offer)
            _draw_line_above(shown, index > 0)
        self._retranslate()

    def show_trouble(self, sentence: str) -> None:
        """Show why the library cannot be read or changed, until it was read again."""
        self._trouble.setText(say(sentence))
        self._trouble.setVisible(bool(sentence))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        head = QFrame()
        head.setProperty("panel", True)
        head.setProperty("below", True)
        line = QHBoxLayout(head)
        line.setContentsMargins(20, 5, 20, 5)
        line.setSpacing(10)
        line.addWidget(self._title)
        line.addWidget(self._count)
        line.addStretch(1)
        line.addWidget(self.link)
        column = QWidget()
        column.setMaximumWidth(_WIDEST)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(16, 12, 16, 24)
        rows.setSpacing(8)
        rows.addWidget(self._trouble)
        for title, card in zip(
            self._titles, (self._models, self.convert, self._offers), strict=True
        ):
            title.setContentsMargins(2, 8, 0, 0)
            rows.addWidget(title)
            rows.addWidget(card)
        rows.addStretch(1)
        middle = QWidget()
        middle.setProperty("page", True)
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(column, 1000)
        row.addStretch(1)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(middle)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self.area, 1)

    def _drop(self, row: QWidget) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and row.isAncestorOf(focused):
            self.link.setFocus()  # else Qt would leave the keyboard nowhere
        row.hide()
        row.setParent(None)
        row.deleteLater()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Library"))
        self.setAccessibleName(self.tr("Library"))
        self.area.setAccessibleName(self.tr("Models"))
        name_button(self.link, self.tr("Add a file…"), self.tr("Add a model file to the list"))
        self.link.setToolTip(self.tr("Add a GGUF file to the list; it stays where it is."))
        texts = (self.tr("On this computer"), self.tr("Convert"), self.tr("Models to get"))
        for title, text in zip(self._titles, texts, strict=True):
            title.setText(text)
        shelf = self._shelf
        models = shelf.models if shelf is not None else ()
        self._empty.setVisible(not models)
        if shelf is None:
            self._empty.setText(self.tr("Looking at the models…"))
        else:
            self._empty.setText(
                self.tr("No model is here yet: add a file, convert a checkpoint, or get one below.")
            )
        shown = bool(shelf is not None and shelf.offers)
        for part in (self._titles[2], self._offers):
            part.setVisible(shown)
        size = format_size(sum(m.summary.file_size_bytes for m in models if m.summary is not None))
        text = self.tr("1 model, {size}") if len(models) == 1 else self.tr("{count} models, {size}")
        self._count.set_whole_text(text.format(count=len(models), size=size) if models else "")


def _make_card() -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("card", True)
    rows = QVBoxLayout(card)
    rows.setContentsMargins(1, 1, 1, 1)
    rows.setSpacing(0)
    return card, rows


def _draw_line_above(row: QFrame, above: bool) -> None:
    if row.property("above") != above:
        row.setProperty("above", above)
        row.style().polish(row)
