"""What the sampler did: a card a stage of the chain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.glass.lettering import Words, draw_line, plain_tooltip, small_font
from desktop.shell.figures import format_percent
from desktop.theme.theme import Theme
from models.engine.protocol import Stage

MOST_COLUMNS = 4
_LEAST_COLUMNS = 2
_GAP = 6
_INSIDE = 8
_RADIUS = 8
_LEADING = 3
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Pipeline(QWidget):
    """Cards in the order of the chain, in as many columns as their titles have room for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: list[StageCard] = []
        self._none = Words(theme, self)
        self._none.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def show_stages(self, stages: Sequence[Stage], labels: Mapping[str, str]) -> None:
        """Show what each stage left; `labels` gives a stage's title, as `top-k 40`, by its name."""
        while len(self._cards) < len(stages):
            self._cards.append(StageCard(self._theme, self))
        for index, card in enumerate(self._cards):
            if index < len(stages):
                stage = stages[index]
                card.show_stage(stage, labels.get(stage.name, stage.name))
            card.setVisible(index < len(stages))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()

    def _arrange(self) -> None:
        shown = [card for card in self._cards if not card.isHidden()]
        self._none.setVisible(not shown)
        if not shown:
            height = self._none.heightForWidth(self.width())
            self._none.setGeometry(0, 0, self.width(), height)
            self.setFixedHeight(height)
            return
        widest = max(card.sizeHint().width() for card in shown)
        columns = MOST_COLUMNS
        while columns > _LEAST_COLUMNS and self._column_width(columns) < widest:
            columns -= 1
        rows = -(-len(shown) // columns)
        columns = max(-(-len(shown) // rows), _LEAST_COLUMNS)  # rows as even as can be
        width, height = self._column_width(columns), shown[0].sizeHint().height()
        for index, card in enumerate(shown):
            row, column = divmod(index, columns)
            left, right = round(column * (width + _GAP)), round(column * (width + _GAP) + width)
            card.setGeometry(left, row * (height + _GAP), right - left, height)
        if (total := rows * (height + _GAP) - _GAP) != self.height():
            self.setFixedHeight(total)

    def _column_width(self, columns: int) -> float:
        return (self.width() - (columns - 1) * _GAP) / columns

    def _name(self) -> None:
        self.setAccessibleName(self.tr("What the sampler did"))
        self._none.setText(self.tr("The chain is empty: the model's own probabilities decide."))


class StageCard(QWidget):
    """One stage: its title, how many tokens it left, and the model's probability of them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stage = Stage("", 0, 0.0)
        self._title = ""
        self._made: tuple[QFont, tuple[QFont, QFont, QFont]] | None = None  # from the widget's own
        theme.changed.connect(self.update)

    def show_stage(self, stage: Stage, title: str) -> None:
        """Show what `stage` left under this title."""
        if (stage, title) != (self._stage, self._title):
            self._stage, self._title = stage, title
            self._retranslate()

    def words(self) -> tuple[str, str, str]:
        """Return the three lines: title, what is left, and its probability or new shape."""
        left = self.tr("{count} left").format(count=f"{self._stage.survivors:,}")
        return self._title, left, self._shape() or format_percent(self._stage.mass)

    def sizeHint(self) -> QSize:
        fonts = self._fonts()
        width = max(
            QFontMetrics(font).horizontalAdvance(line)
            for font, line in zip(fonts, self.words(), strict=True)
        )
        lines = sum(QFontMetrics(font).height() for font in fonts)
        return QSize(width + 2 * _INSIDE + 2, lines + 2 * (_LEADING + _INSIDE))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.setBrush(self._theme.color("paper"))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS
        )
        top, width = _INSIDE, self.width() - 2 * _INSIDE
        for font, line, color in zip(
            self._fonts(), self.words(), ("ink", "dim", "dim"), strict=True
        ):
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(self._theme.color(color))
            draw_line(painter, QRect(_INSIDE, top, width, metrics.height()), line, metrics)
            top += metrics.height() + _LEADING

    def _fonts(self) -> tuple[QFont, QFont, QFont]:
        font = self.font()
        if self._made is None or self._made[0] != font:
            small = small_font(font)
            self._made = QFont(font), (small_font(font, bold=True), small, small)
        return self._made[1]

    def _shape(self) -> str:
        """A temperature removes nothing: below 1 it makes the choice sharper, above 1 flatter."""
        numbers = _NUMBER.findall(self._title)
        if self._stage.name != "temperature" or not numbers:
            return ""
        value = float(numbers[-1])
        if value == 1:
            return self.tr("unchanged")
        return self.tr("sharper") if value < 1 else self.tr("flatter")

    def _retranslate(self) -> None:
        title, left, _ = self.words()
        mass = self.tr("{percent} of the model's probability").format(
            percent=format_percent(self._stage.mass)
        )
        says = [title, left, *([self._shape()] if self._shape() else []), mass]
        self.setAccessibleName(", ".join(says))
        self.setToolTip(plain_tooltip("\n".join(says)))
        self.update()
