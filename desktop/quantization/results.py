"""What came of a comparison: the recommendation, charts, the table, and the text itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from converters.comparison import Comparison
from converters.comparison_recommendation import LEAST_RATIO, Recommendation, round_agreement
from converters.comparison_rows import Detail, TextUnit, name_levels
from desktop.glass.token_view import ShownToken, TokenView
from desktop.library.lettering import make_label
from desktop.quantization.chart import LevelChart, LevelPoint
from desktop.shell.figures import format_percent
from desktop.theme.theme import Theme
from models.size import format_size
from models.strategies import find_parting

_LIMITS = (0.1, 0.3, 0.8, 2.0)  # nats of divergence from which on a word is tinted, step by step
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Results(QWidget):
    """Shows rows as they come; the rest when the comparison is whole."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[Detail] = []
        self._comparison: Comparison | None = None
        self._units: list[TextUnit] = []
        self._level = 0
        self._figure = "kl"
        self._advice = make_label("strong", wrap=True)
        self._advice_card = _card(self._advice)
        self.chart = LevelChart(theme)
        self._figures = {id: _tab() for id in ("kl", "perplexity", "speed")}
        self._chart_note = make_label("dim")
        self._text_title, self._text_note = make_label("strong"), make_label("dim", wrap=True)
        self.text = TokenView(theme, 15)
        self.text.picked.connect(self._tell_token)
        self.text.setMinimumHeight(230)
        self._table = QFrame()
        self._table.setProperty("card", True)
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(16, 10, 16, 10)
        self._grid.setHorizontalSpacing(22)
        self._grid.setVerticalSpacing(6)
        self.levels: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._continuations = QFrame()
        self._continuations.setProperty("card", True)
        self._lines = QGridLayout(self._continuations)
        self._lines.setContentsMargins(16, 10, 16, 12)
        self._lines.setHorizontalSpacing(16)
        self._lines.setColumnStretch(1, 1)
        self._build()
        theme.changed.connect(self._show_text)
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self._rows, self._comparison, self._units, self._level = [], None, [], 0
        for widget in (self._advice_card, self._middle, self._table, self._continuations):
            widget.hide()

    def add(self, detail: Detail) -> None:
        """Show the row of a file that is done; the reference comes first."""
        self._rows.append(detail)
        self._show_table()

    def show_comparison(self, comparison: Comparison) -> None:
        """Show all of it."""
        self._comparison = comparison
        self._rows = [comparison.reference, *comparison.levels]
        self._units = comparison.text.units()
        worst = max(range(len(comparison.levels)), key=lambda n: comparison.levels[n].row.kl_mean)
        self._level = worst + 1
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _build(self) -> None:
        tabs = QHBoxLayout()
        tabs.setSpacing(4)
        choice = QButtonGroup(self)
        for id, button in self._figures.items():
            choice.addButton(button)
            button.clicked.connect(lambda _checked, id=id: self._choose_figure(id))
            tabs.addWidget(button)
        tabs.addStretch(1)
        self._figures["kl"].setChecked(True)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(tabs)
        left.addWidget(self._chart_note)
        left.addWidget(self.chart, 1)
        right = QVBoxLayout()
        right.setSpacing(4)
        for widget in (self._text_title, self._text_note, self.text):
            right.addWidget(widget)
        self._middle = QWidget()
        row = QHBoxLayout(self._middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for side in (left, right):
            card = QFrame()
            card.setProperty("card", True)
            side.setContentsMargins(16, 10, 16, 10)
            card.setLayout(side)
            row.addWidget(card, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for part in (self._advice_card, self._middle, self._table, self._continuations):
            rows.addWidget(part)

    @property
    def _recommended(self) -> int | None:
        """The row of the level that is recommended; two files may have one name."""
        advice = self._comparison.recommendation if self._comparison is not None else None
        if advice is None:
            return None
        wanted = (advice.file, advice.top1_agreement)
        found = [(detail.row.file, detail.row.top1_agreement) for detail in self._rows[1:]]
        return found.index(wanted) + 1

    @property
    def _names(self) -> list[str]:
        return name_levels(self._rows)

    def _show(self) -> None:
        self._show_table()
        if self._comparison is None:
            return
        advice = self._comparison.recommendation
        self._advice_card.setVisible(advice is not None)
        if advice is not None:
            self._advice.setText(self._word(advice))
        self._middle.show()
        self._continuations.show()
        self._show_chart()
        self._show_text()
        self._show_continuations()

    def _word(self, advice: Recommendation) -> str:
        """Return the recommendation as sentences, with the figures that are its reason."""
        text = self.tr(
            "Choose {level}: {ratio} of the size, the top token agrees {agreement}, fits with "
            "{spare} to spare."
        ).format(
            level=advice.level,
            ratio=f"{advice.size_ratio:.2g}",
            agreement=format_percent(round_agreement(advice.top1_agreement)),
            spare=format_size(advice.spare_bytes),
        )
        if not advice.agrees:
            text += " " + self.tr("No level that fits agrees on nine tokens of ten.")
        if advice.next_level is not None:
            text += " " + self._word_next(advice.divergence_ratio).format(
                level=advice.next_level,
                saved=format_size(advice.saved_bytes),
                times=f"{advice.divergence_ratio or 0:.1f}",
            )
        return text

    def _word_next(self, ratio: float | None) -> str:
        if ratio is None:
            return self.tr("{level} saves {saved}.")
        if ratio < LEAST_RATIO:
            return self.tr("{level} saves {saved} and diverges no more.")
        return self.tr("{level} saves {saved} and diverges {times} times as much.")

    def _choose_figure(self, id: str) -> None:
        self._figure = id
        self._show_chart()

    def _show_chart(self) -> None:
        names = {
            "kl": (
                self.tr("Divergence"),
                self.tr("mean KL a token in nats, log scale, by size; lower left is better"),
            ),
            "perplexity": (
                self.tr("Perplexity"),
                self.tr("with its standard error, by size; lower left is better"),
            ),
            "speed": (
                self.tr("Speed"),
                self.tr("tokens a second while writing, by size; upper left is better"),
            ),
        }
        for id, button in self._figures.items():
            button.setText(names[id][0])
        self._chart_note.setText(names[self._figure][1])
        points, recommended = [], self._recommended
        for number, (name, detail) in enumerate(zip(self._names, self._rows, strict=True)):
            row = detail.row
            marked = number == recommended
            if self._figure == "kl" and number:
                points.append(LevelPoint(name, row.bytes, row.kl_mean, marked=marked))
            elif self._figure == "perplexity":
                points.append(
                    LevelPoint(name, row.bytes, row.perplexity, row.perplexity_error, marked)
                )
            elif self._figure == "speed":
                points.append(
                    LevelPoint(name, row.bytes, row.decode_tokens_per_second, marked=marked)
                )
        self.chart.show_points(
            points, log=self._figure == "kl", spoken=": ".join(names[self._figure])
        )

    def _show_table(self) -> None:
        _empty(self._grid)
        self.levels = []
        heads = (
            self.tr("level"),
            self.tr("size"),
            self.tr("bits a weight"),
            self.tr("perplexity"),
            self.tr("KL mean"),
            self.tr("KL 99 %"),
            self.tr("top token agrees"),
            self.tr("writing"),
            self.tr("memory"),
        )
        for column, words in enumerate(heads):
            label = make_label("section")
            label.setText(words)
            self._grid.addWidget(label, 0, column, _RIGHT if column else Qt.AlignmentFlag.AlignLeft)
            self._grid.setColumnStretch(column, 1)
        recommended = self._recommended
        for number, detail in enumerate(self._rows):
            self._add_row(number, detail, strong=number == recommended)
        self._table.setVisible(bool(self._rows))

    def _add_row(self, number: int, detail: Detail, *, strong: bool) -> None:
        row, name = detail.row, self._names[number]
        button = _tab()
        button.setText(name)
        button.setChecked(number == self._level and number > 0)
        button.setEnabled(number > 0)
        button.setAccessibleName(
            self.tr("Show {level} in the text").format(level=name)
            if number
            else self.tr("{level}, the reference").format(level=name)
        )
        button.setToolTip(row.file)
        button.clicked.connect(lambda: self._choose_level(number))
        self._group.addButton(button)
        self.levels.append(button)
        self._grid.addWidget(button, number + 1, 0, Qt.AlignmentFlag.AlignLeft)
        agreement = format_percent(round_agreement(row.top1_agreement))
        measured = (f"{row.kl_mean:.4f}", f"{row.kl_p99:.3f}", agreement)
        cells = (
            format_size(row.bytes),
            f"{row.bits_per_weight:.2f}",
            f"{row.perplexity:.2f} ± {row.perplexity_error:.2f}",
            *(measured if number else (self.tr("reference"), "", "")),
            self.tr("{rate} tokens/s").format(rate=f"{row.decode_tokens_per_second:.1f}"),
            format_size(row.peak_memory_bytes),
        )
        for column, words in enumerate(cells, 1):
            label = make_label(*(["strong"] if strong else []))
            label.setText(words)
            self._grid.addWidget(label, number + 1, column, _RIGHT)

    def _choose_level(self, number: int) -> None:
        self._level = number
        self._show_text()

    def _show_text(self) -> None:
        if self._comparison is None or not 0 < self._level < len(self._rows):
            return
        detail = self._rows[self._level]
        self._text_title.setText(
            self.tr("Which words {level} gets wrong").format(level=self._names[self._level])
        )
        self._text_note.setText(
            self.tr("tint: divergence at the word; click one for its figures. Dim: only read.")
        )
        tints = self._theme.palette.unsure
        tokens = []
        for unit in self._units:
            value = _divergence(unit, detail)
            step = sum(value >= limit for limit in _LIMITS)
            tokens.append(
                ShownToken(
                    unit.text,
                    tint=tints[step - 1] if step and unit.scored else None,
                    dim=not unit.scored,
                )
            )
        self.text.show_tokens(tokens)
        first = next((n for n, unit in enumerate(self._units) if unit.scored), 0)
        if self.text.textCursor().atStart():
            self.text.show_token(first)
        self.text.setAccessibleName(self._text_title.text())

    def _tell_token(self, index: int) -> None:
        unit, detail = self._units[index], self._rows[self._level]
        if not unit.scored:
            self._text_note.setText(
                self.tr("“{word}” is only read: it gives what follows its context.").format(
                    word=unit.text.strip()
                )
            )
            return
        reference = self._rows[0]
        before = after = 1.0
        for place in unit.scored:
            before *= reference.probability[place]
            after *= detail.probability[place]
        self._text_note.setText(
            self.tr(
                "“{word}”: {before} by the reference, {after} by {level}; divergence {value} nats"
            ).format(
                word=unit.text.strip(),
                before=format_percent(before),
                after=format_percent(after),
                level=self._names[self._level],
                value=f"{_divergence(unit, detail):.3f}",
            )
        )

    def _show_continuations(self) -> None:
        _empty(self._lines)
        title = make_label("strong")
        title.setText(self.tr("The beginning of the text, continued greedily"))
        self._lines.addWidget(title, 0, 0, 1, 2)
        base = self._rows[0].continuation
        for line, (name, detail) in enumerate(zip(self._names, self._rows, strict=True), 1):
            level = make_label("dim")
            level.setText(name)
            view = TokenView(self._theme, 15)
            view.setFixedHeight(56)
            view.setAccessibleName(self.tr("The continuation by {level}").format(level=name))
            parting = find_parting(base, detail.continuation)
            view.show_tokens(_tokens(detail.continuation, parting))
            self._lines.addWidget(level, line, 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(view, line, 1)


def _tokens(pieces: Sequence[bytes], parting: int | None) -> list[ShownToken]:
    """Return the tokens of a continuation; the first that differs is framed."""
    tokens, data, framed = [], b"", False
    for index, piece in enumerate(pieces):
        data += piece
        framed = framed or index == parting
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
        tokens.append(ShownToken(text, outlined=framed))
        data, framed = b"", False
    return tokens


def _divergence(unit: TextUnit, detail: Detail) -> float:
    return sum(detail.divergence[place] for place in unit.scored)


def _tab() -> QPushButton:
    button = QPushButton()
    button.setCheckable(True)
    button.setProperty("tab", True)
    return button


def _card(widget: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("card", True)
    row = QHBoxLayout(card)
    row.setContentsMargins(16, 12, 16, 12)
    row.addWidget(widget)
    return card


def _empty(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
