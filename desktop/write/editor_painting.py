"""How the page is painted: selection, heat, the open word, the text, the caret."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLayout, QTextOption

from desktop.theme.theme import Theme
from desktop.write.heat import UnitSource, join_tints
from desktop.write.typesetting import Typesetter
from desktop.write.typesetting_view import VisibleBlock

RADIUS_PX = 4
OUTLINE_PX = 2
BAR_PX = 3
BAR_GAP_PX = 12  # between the bar beside what is proposed and the text

Range = tuple[int, int]


class PagePainter:
    """Paints blocks of the document; ranges are UTF-16 code units of it."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.units: UnitSource | None = None
        self.heat_visible = True
        self.pending: Range | None = None
        self.open: Range | None = None

    def paint_behind(
        self, painter: QPainter, blocks: Sequence[VisibleBlock], selection: Range, pitch: int
    ) -> None:
        """Paint what is behind the text."""
        painter.setPen(Qt.PenStyle.NoPen)
        if selection[0] < selection[1]:
            painter.setBrush(self._theme.color("accent_ground"))
            for block in blocks:
                for band in block.find_bands(*selection, pitch, block.block.userState()):
                    painter.drawRect(band)
        if self.pending is not None:
            self._paint_proposed(painter, blocks, self.pending, pitch)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.units is not None and self.heat_visible:
            self._paint_heat(painter, blocks, self.units)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def paint_text(self, painter: QPainter, blocks: Sequence[VisibleBlock], clip: QRectF) -> None:
        """Paint the text, and the open word's outline."""
        painter.setPen(self._theme.color("ink"))
        for block in blocks:
            block.layout.draw(painter, block.origin, [], clip)
        if self.open is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("accent"), OUTLINE_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for block in blocks:
                for rectangle in block.find_rectangles(*self.open):
                    painter.drawRoundedRect(rectangle.adjusted(-1, 0, 1, 0), RADIUS_PX, RADIUS_PX)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def paint_placeholder(
        self, painter: QPainter, text: str, typesetter: Typesetter, column: Range, top: float
    ) -> None:
        """Paint the words that stand on an empty page; `column` is its left edge and width."""
        layout = QTextLayout(text, painter.font())
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        typesetter.set_lines(layout, *column)
        painter.setPen(self._theme.color("dim"))
        layout.draw(painter, QPointF(0, top))

    def _paint_heat(
        self, painter: QPainter, blocks: Sequence[VisibleBlock], source: UnitSource
    ) -> None:
        tint = self._theme.palette.heat
        shown = None
        for block in blocks:
            units = source.units_between(block.start, block.end)
            for start, end, colour in join_tints(units, tint):
                if colour != shown:
                    painter.setBrush(QColor(colour))
                    shown = colour
                for rectangle in block.find_rectangles(start, end):
                    painter.drawRoundedRect(rectangle, RADIUS_PX, RADIUS_PX)

    def _paint_proposed(
        self, painter: QPainter, blocks: Sequence[VisibleBlock], pending: Range, pitch: int
    ) -> None:
        """Paint a bar in the margin beside the lines of what is only proposed."""
        painter.setBrush(self._theme.color("accent"))
        bands = [
            band
            for block in blocks
            for band in block.find_bands(*pending, pitch, block.block.userState())
        ]
        if bands:
            first = blocks[0]
            left = first.origin.x() + first.layout.lineAt(0).x() - BAR_GAP_PX - BAR_PX
            top, bottom = bands[0].top(), bands[-1].bottom()
            painter.drawRect(QRectF(left, top, BAR_PX, bottom - top))
