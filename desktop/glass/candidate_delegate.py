"""How a candidate's row is drawn: token, two bars, figure."""

from __future__ import annotations

from itertools import product

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.glass.candidate_model import CandidateModel
from desktop.glass.candidate_rows import Row, full_width
from desktop.glass.lettering import draw_focus, draw_line, figure_font, small_font
from desktop.shell.figures import format_percent
from desktop.theme.theme import Theme

MARK = 12  # free at the left, for the marks of the chosen token and the other one, and at the right
_GAP = 8
_NAME_PART = 0.31  # of the width, for the token
_PALE = 14  # heights of the two bars
_SOLID = 6
_MOST_FIGURE = 88


class _RowFonts:
    """The fonts and measures of rows, made once for all of them: a row asks for each."""

    def __init__(self, theme: Theme, font: QFont, stages: tuple[str, ...]) -> None:
        self.made_for = (QFont(font), stages)  # a copy: the view's own is gone after the row
        self.names: dict[tuple[bool, bool], tuple[QFont, QFontMetrics]] = {}
        for in_text, removed in product((False, True), repeat=2):
            name = theme.token_font()
            name.setBold(in_text)
            name.setStrikeOut(removed)
            self.names[in_text, removed] = name, QFontMetrics(name)
        self.figures = tuple(
            (figures, QFontMetrics(figures))
            for figures in (figure_font(font), figure_font(font, bold=True))
        )
        self.small = small_font(font)
        self.gap_height = QFontMetrics(self.small).height() + 4
        tallest = max(QFontMetrics(font).height(), self.names[False, False][1].height())
        self.row_height = tallest + 8
        percent = self.figures[True][1].horizontalAdvance(format_percent(1.0))
        widths = self.figures[False][1]
        names = max((widths.horizontalAdvance(stage) for stage in stages), default=0)
        self.figure_width = max(percent, min(names, _MOST_FIGURE)) + 2  # the same in every row


class CandidateDelegate(QStyledItemDelegate):
    """Draws the rows of a CandidateModel. Fonts are those of the view's row, `option.font`."""

    def __init__(self, theme: Theme, model: CandidateModel, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._full = 1.0
        self._stages: tuple[str, ...] = ()
        self._fonts: _RowFonts | None = None

    def scale_to(self, rows: tuple[Row, ...], stages: tuple[str, ...]) -> None:
        """Take the scale of the bars from all the rows, and the right column from the stages."""
        self._full = full_width(rows)
        self._stages = stages

    @property
    def full(self) -> float:
        """The probability that a bar of full width stands for."""
        return self._full

    def name_width(self, width: int) -> int:
        """Return the room for the token in a row of this width."""
        return round((width - 2 * MARK) * _NAME_PART) - _GAP

    def bar_area(self, row: QRect, font: QFont) -> QRect:
        """Return where the bars lie in the rectangle of a row; its width stands for `full`."""
        left = row.left() + MARK + self.name_width(row.width()) + _GAP
        right = row.right() + 1 - MARK - self._fonts_for(font).figure_width - _GAP
        return QRect(left, row.top(), max(right - left, 8), row.height())

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        fonts = self._fonts_for(option.font)
        apart = self._model.rows[index.row()].apart
        return QSize(0, fonts.row_height + fonts.gap_height if apart else fonts.row_height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = self._model.rows[index.row()]
        rect = QRect(option.rect)
        fonts = self._fonts_for(option.font)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.apart:
            self._draw_gap(painter, rect, row, fonts)
            rect.setTop(rect.top() + fonts.gap_height)
        if row.candidate is not None and option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("ground"))
            painter.drawRoundedRect(rect, 4, 4)
        if self._model.is_other(row):
            self._draw_mark(painter, rect, filled=False)
        if row.in_text:
            self._draw_mark(painter, rect, filled=True)
        self._draw_name(painter, rect, row, fonts)
        self._draw_bars(painter, self.bar_area(rect, option.font), row)
        self._draw_figure(painter, rect, row, fonts)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, rect, self._theme.color("accent"))
        painter.restore()

    def _draw_name(self, painter: QPainter, rect: QRect, row: Row, fonts: _RowFonts) -> None:
        font, metrics = fonts.names[row.in_text, row.removed]
        name = QRect(rect.left() + MARK, rect.top(), self.name_width(rect.width()), rect.height())
        color = "accent" if row.in_text else "dim" if row.removed else "ink"
        painter.setFont(font)
        painter.setPen(self._theme.color(color))
        draw_line(painter, name, self._model.title(row), metrics)

    def _draw_bars(self, painter: QPainter, area: QRect, row: Row) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for part, height, color in (
            (row.before, _PALE, "before"),
            (row.after or 0.0, _SOLID, "after"),
        ):
            if part > 0:
                width = max(min(part / self._full, 1.0) * area.width(), 2.0)
                top = area.top() + (area.height() - height) / 2
                painter.setBrush(self._theme.color(color))
                radius = min(3.0, width / 2)
                painter.drawRoundedRect(QRectF(area.left(), top, width, height), radius, radius)

    def _draw_figure(self, painter: QPainter, rect: QRect, row: Row, fonts: _RowFonts) -> None:
        quiet = row.removed or row.after is None
        width = fonts.figure_width
        font, metrics = fonts.figures[row.in_text and not quiet]
        painter.setFont(font)
        painter.setPen(self._theme.color("dim" if quiet else "ink"))
        column = QRect(rect.right() + 1 - MARK - width, rect.top(), width, rect.height())
        draw_line(painter, column, self._model.figure(row), metrics, right=True)

    def _draw_gap(self, painter: QPainter, rect: QRect, row: Row, fonts: _RowFonts) -> None:
        height = fonts.gap_height
        painter.setFont(fonts.small)
        painter.setPen(self._theme.color("dim"))
        gap = QRect(rect.left() + MARK, rect.top(), rect.width() - MARK, height)
        words = self._model.rank_words(row)
        painter.drawText(gap, _LEFT, words)
        left = gap.left() + painter.fontMetrics().horizontalAdvance(words) + _GAP
        middle = gap.top() + height // 2
        painter.setPen(QPen(self._theme.color("line"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(left, middle, rect.right() - MARK, middle)

    def _draw_mark(self, painter: QPainter, rect: QRect, *, filled: bool) -> None:
        """A triangle before the token: filled for what is in the text, else hollow and smaller."""
        middle = rect.top() + rect.height() / 2
        left, size = rect.left() + 4.0, 3.5
        painter.setPen(QPen(self._theme.color("accent"), 1.2))
        painter.setBrush(self._theme.color("accent") if filled else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(left, middle - size),
                    QPointF(left + size * 1.4, middle),
                    QPointF(left, middle + size),
                ]
            )
        )

    def _fonts_for(self, font: QFont) -> _RowFonts:
        if self._fonts is None or self._fonts.made_for != (font, self._stages):
            self._fonts = _RowFonts(self._theme, font, self._stages)
        return self._fonts


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
