"""The panel beside the library: one file in detail, as its header tells it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.errors.words import say
from desktop.glass.lettering import plain_tooltip
from desktop.library.lettering import make_label
from desktop.library.shelf import Inspection
from desktop.theme.theme import Theme
from models.size import format_size

_SIDE = 18
_KEYS_LINES = 14
_LONG_WORD = 20  # letters


class InspectionPanel(QWidget):
    """Shows an inspection, a sentence where there is none, or what went wrong."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._inspection: Inspection | None = None
        self._trouble = ""
        self._name, self._badge = make_label("strong", wrap=True), make_label("badge")
        self._sentence = make_label("dim", wrap=True)
        self._facts, self._types = QGridLayout(), QGridLayout()
        self._titles = [make_label("section") for _ in range(2)]
        self.keys = QPlainTextEdit()
        self.area = QScrollArea()
        self._body = QWidget()
        self._build()
        theme.changed.connect(self.update)
        self._show()

    def show_inspection(self, inspection: Inspection | None) -> None:
        """Show a file, or the sentence of an empty panel."""
        self._inspection, self._trouble = inspection, ""
        self._show()

    def show_trouble(self, sentence: str) -> None:
        """Show why a file cannot be inspected."""
        self._inspection, self._trouble = None, sentence
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.color("panel"))

    def _build(self) -> None:
        self.keys.setReadOnly(True)
        self.keys.setTabChangesFocus(True)
        self.keys.setFrameShape(QFrame.Shape.NoFrame)
        self.keys.setFont(self._theme.token_font(12))
        self.keys.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        around = 2 * round(self.keys.document().documentMargin())
        self.keys.setMinimumHeight(_KEYS_LINES * self.keys.fontMetrics().lineSpacing() + around)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        head.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        for grid in (self._facts, self._types):
            grid.setHorizontalSpacing(14)
            grid.setVerticalSpacing(6)
            grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._facts)
        for title in self._titles:
            title.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self._titles[0])
        column.addLayout(self._types)
        column.addWidget(self._titles[1])
        column.addWidget(self.keys, 1)
        inner = QWidget()
        inner.setProperty("page", True)
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(_SIDE, 14, _SIDE, 14)
        lines.setSpacing(12)
        lines.addLayout(head)
        lines.addWidget(self._sentence)
        lines.addWidget(self._body, 1)
        lines.addStretch(0)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def _show(self) -> None:
        self.setAccessibleName(self.tr("Details of the model"))
        self.area.setAccessibleName(self.tr("Details of the model"))
        self.keys.setAccessibleName(self.tr("Keys of the file"))
        found = self._inspection
        summary = found.model.summary if found is not None else None
        self._body.setVisible(found is not None)
        self._badge.setVisible(summary is not None and bool(summary.level))
        self._sentence.setVisible(found is None)
        self._sentence.setText(
            say(self._trouble)
            or self.tr("Choose a model to see its keys, its tensors and its vocabulary.")
        )
        if found is None or summary is None:
            self._name.setText(self.tr("Details"))
            return
        self._name.setText(found.model.name)
        self._badge.setText(summary.level)
        self._show_facts(found)
        self._titles[0].setText(self.tr("Tensors by type"))
        self._show_types(found)
        self._titles[1].setText(self.tr("Keys of the file"))
        self.keys.setPlainText("\n".join(f"{name} = {value}" for name, value in found.keys))

    def _show_facts(self, found: Inspection) -> None:
        summary, plan = found.model.summary, found.model.plan
        if summary is None:
            return
        vocabulary = self.tr("{count} tokens ({kind})").format(
            count=f"{summary.vocabulary_size:,}", kind=summary.vocabulary_kind
        )
        chat = (
            self.tr("has a chat template") if summary.has_chat_template else self.tr("plain text")
        )
        bos = {True: self.tr("yes"), False: self.tr("no"), None: self.tr("as the vocabulary says")}
        facts = [
            (self.tr("Name in the file"), summary.name or self.tr("not stated")),
            (self.tr("Architecture"), summary.architecture),
            (self.tr("Parameters"), f"{summary.parameter_count:,}"),
            (self.tr("Blocks"), f"{summary.block_count:,}"),
            (
                self.tr("Heads"),
                self.tr("{heads}, {kv} for keys and values").format(
                    heads=summary.head_count, kv=max(summary.head_counts_kv, default=0)
                ),
            ),
            (self.tr("Embedding"), f"{summary.embedding_length:,}"),
            (self.tr("Trained context"), f"{summary.context_length:,}"),
            (self.tr("Vocabulary"), vocabulary),
            (self.tr("BOS is put first"), bos[summary.add_bos]),
            (self.tr("Prompt"), chat),
            (self.tr("Licence"), summary.licence or self.tr("not stated")),
        ]
        if plan is not None:
            facts.append(
                (
                    self.tr("Memory"),
                    self.tr("{weights} weights, {cache} KV cache with {context} tokens").format(
                        weights=format_size(plan.weights_bytes),
                        cache=format_size(plan.kv_cache_bytes),
                        context=f"{plan.context:,}",
                    ),
                )
            )
        facts.append((self.tr("File"), str(found.model.path)))
        _clear(self._facts)
        for line, (name, value) in enumerate(facts):
            title, words = make_label("dim"), make_label(wrap=True)
            title.setText(name)
            words.setText(_break_long_words(value))
            words.setToolTip(plain_tooltip(value))
            self._facts.addWidget(title, line, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(words, line, 1)

    def _show_types(self, found: Inspection) -> None:
        _clear(self._types)
        most = max((size for _, _, size in found.tensors), default=1)
        for line, (name, count, size) in enumerate(found.tensors):
            kind, bar, words = make_label(), QProgressBar(), make_label("dim")
            kind.setText(name)
            bar.setRange(0, 1000)
            bar.setValue(max(1, round(1000 * size / most)))
            bar.setTextVisible(False)
            bar.setFixedHeight(4)
            words.setText(
                self.tr("{count} tensors, {size}").format(count=count, size=format_size(size))
            )
            bar.setAccessibleName(f"{name}: {words.text()}")
            self._types.addWidget(kind, line, 0)
            self._types.addWidget(bar, line, 1)
            self._types.addWidget(words, line, 2)


def _break_long_words(text: str) -> str:
    """Let a line end anywhere in a word that may be wider than the panel, such as a path."""
    words = (word if len(word) <= _LONG_WORD else "\u200b".join(word) for word in text.split(" "))
    return " ".join(words)


def _clear(grid: QGridLayout) -> None:
    while item := grid.takeAt(0):
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
