"""How the document is set: one column of lines with room between them, laid out when first seen.

QPlainTextDocumentLayout knows no line height. `PageLayout` lays the blocks out itself; everything
that Qt asks of it comes through `blockBoundingRect`. Only what Qt asks for is ever laid out.
"""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QPlainTextDocumentLayout

from desktop.write.typesetting_markdown import HEADINGS, Style, heading_level, read_styles

LINE_HEIGHT = 1.75  # of the font's size in pixels
HEADING_LINE_HEIGHT = 1.4
HEADING_SIZES = (1.0, 1.5, 1.25, 1.1)  # by level, 0 is text
SPACE_AFTER = 0.2  # of a line, after a paragraph
BLANK_LINE = 0.6  # of a line, where there is none to write on: between two paragraphs
SPACE_AROUND_HEADING = (0.4, 0.0)  # of a line, before and after
MEASURE_LATIN = 75
MEASURE_JAPANESE = 40
ROOM_BELOW = 0.4  # of the page's height, under the last line
TOP_MARGIN_PX = 36
SIDE_MARGIN_PX = 28
_SAMPLE = "the quick notes of a quiet evening were read again, and then put into other words "
_OURS = int(QTextFormat.Property.UserProperty) + 1  # marks our formats, not an input method's


def measure_column(font: QFont, width: int) -> tuple[int, int]:
    """Return left edge and width, in pixels, of the column on a page `width` pixels wide.

    At most 75 Latin letters of average width fit in, and at most 40 Japanese characters.
    """
    letter = QFontMetricsF(font).horizontalAdvance(_SAMPLE) / len(_SAMPLE)
    measure = int(min(MEASURE_LATIN * letter, MEASURE_JAPANESE * font.pixelSize() + 1))
    column = max(1, min(measure, width - 2 * SIDE_MARGIN_PX))
    return max(0, (width - column) // 2), column


class Typesetter:
    """Breaks a QTextLayout into lines whose baselines stand at even distances."""

    def __init__(self, font: QFont) -> None:
        metrics = QFontMetricsF(font)
        self.size = font.pixelSize()
        self._middle = (metrics.ascent() - metrics.descent()) / 2  # above the baseline

    def pitch(self, level: int = 0) -> int:
        """Pixels from a baseline to the next, in a heading of that level or in text (0)."""
        height = HEADING_LINE_HEIGHT if level else LINE_HEIGHT
        return round(self.size * HEADING_SIZES[level] * height)

    def set_lines(
        self, layout: QTextLayout, left: int, width: int, *, top: int = 0, level: int = 0
    ) -> int:
        """Lay `layout` out from (left, top) in lines of `width`; returns where they end."""
        pitch = self.pitch(level)
        baseline = top + round(pitch / 2 + self._middle * HEADING_SIZES[level])
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(left, baseline - line.ascent()))
            baseline += pitch
            top += pitch
        layout.endLayout()
        return top


class PageLayout(QPlainTextDocumentLayout):
    """Lays the blocks of a plain text document out in a column, with Markdown's emphasis.

    A block keeps its height in pixels as its `userState`. `changed` says that a block is to be
    painted again from a height in it on, in pixels, and whether what is below it has moved;
    `moved` that all is.
    """

    changed = Signal(QTextBlock, float, bool)
    moved = Signal()

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        document.setDocumentMargin(TOP_MARGIN_PX)
        self.set_type(document.defaultFont(), QColor())
        self._left, self._column = 0, 1
        self._tail = 0
        self._blocks = 1
        self._lines = 1
        self._announcing = False
        self._marked = False
        self._formats_set = False
        self.loading = False

    @property
    def typesetter(self) -> Typesetter:
        return self._typesetter

    @property
    def left(self) -> int:
        """Where the column begins, in pixels."""
        return self._left

    @property
    def column(self) -> int:
        """How wide it is, in pixels."""
        return self._column

    def set_type(self, font: QFont, mark: QColor) -> None:
        """Choose the font, and the colour of Markdown's marks; `set_anew` makes them seen."""
        self._font = font
        self._typesetter = Typesetter(font)
        self._formats = _make_formats(font.pixelSize(), mark)

    def set_page(self, width: int, height: int) -> None:
        """Fit the column to a page of this size, in pixels; `set_anew` makes it seen."""
        self._left, self._column = measure_column(self._font, width)
        self._tail = round(height * ROOM_BELOW)

    def set_anew(self) -> None:
        """Have every block laid out again when it is next seen."""
        self.document().setDefaultFont(self._font)

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """The block's rectangle, its top left corner at (0, 0); it is laid out if need be."""
        if not block.isValid():
            return QRectF()
        layout = block.layout()
        if not layout.lineCount():
            self._lay_out(block, layout)
            self._announce_size()
        height = block.userState()
        if not block.next().isValid():
            height += self._tail
        return QRectF(0, 0, self._left + self._column + SIDE_MARGIN_PX, height)

    def documentChanged(self, position: int, removed: int, added: int) -> None:
        """Lay out what has changed, or forget its layout where that is more than a paragraph."""
        if self._marked:
            return
        document = self.document()
        first = document.findBlock(position)
        last = document.findBlock(position + added)
        if not last.isValid():
            last = document.lastBlock()
        blocks = document.blockCount()
        if first == last and blocks == self._blocks:
            layout = first.layout()
            before, formats = first.userState() if layout.lineCount() else -1, layout.formats()
            self._lay_out(first, layout)
            self._announce_size()
            top = _first_changed(layout, position - first.position())
            if before < 0 or layout.formats() != formats:
                top = 0.0  # a mark of Markdown may dress what stands before it
            self.changed.emit(first, top, first.userState() != before)
            return
        block = first
        while block != last and not self.loading:  # what is loaded has no layout yet
            block.clearLayout()
            block = block.next()
        first.clearLayout()
        last.clearLayout()
        self._blocks = blocks
        self._announce_size()
        self.moved.emit()

    def settle_formats(self) -> None:
        """Let the document forget that formats were set: its next change begins and ends exactly.

        To be called where no change is under way.
        """
        if not self._formats_set:
            return
        self._formats_set = False
        self._marked = True
        self.document().markContentsDirty(0, 0)
        self._marked = False

    def _lay_out(self, block: QTextBlock, layout: QTextLayout) -> None:
        text = block.text()
        formats = self._read_formats(text, layout)
        if formats or layout.formats():
            layout.setFormats(formats)
            self._formats_set = True
        layout.setTextOption(self.document().defaultTextOption())
        level = heading_level(text)
        pitch = self._typesetter.pitch()
        before, after = SPACE_AROUND_HEADING if level else (0.0, SPACE_AFTER)
        top = round(pitch * before) if block.position() else 0
        blank = not text and not layout.preeditAreaText() and block.next().isValid()
        if blank:
            top = -round(pitch * (1 - BLANK_LINE) / 2)
        bottom = self._typesetter.set_lines(layout, self._left, self._column, top=top, level=level)
        if text:
            bottom += round(pitch * after)
        elif blank:
            bottom = round(pitch * BLANK_LINE)
        block.setUserState(bottom)
        block.setLineCount(layout.lineCount())

    def _read_formats(self, text: str, layout: QTextLayout) -> list[QTextLayout.FormatRange]:
        """The formats of a block; text that is being composed keeps its input method's too."""
        preedit = layout.preeditAreaPosition()
        length = len(layout.preeditAreaText().encode("utf-16-le")) // 2
        formats = []
        styles = read_styles(text)
        wide = [i for i, c in enumerate(text) if c > "\uffff"] if styles else []
        for start, end, style in styles:
            start, end = start + bisect_left(wide, start), end + bisect_left(wide, end)
            if length:
                start += length if start > preedit else 0
                end += length if end >= preedit else 0
            formats.append(_format_range(start, end - start, self._formats[style]))
        if length:
            formats += [r for r in layout.formats() if not r.format.hasProperty(_OURS)]
        return formats

    def _announce_size(self) -> None:
        """Tell the scroll bar of a new number of lines; it asks for layouts meanwhile."""
        lines = self.document().lineCount()
        if lines != self._lines and not self._announcing:
            self._announcing = True
            self._lines = lines
            self.documentSizeChanged.emit(self.documentSize())
            self._announcing = False


def line_at(layout: QTextLayout, y: float) -> int:
    """Return the number of the last line that begins above `y`, at least 0."""
    return max(0, bisect_left(range(layout.lineCount()), y, key=lambda i: layout.lineAt(i).y()) - 1)


def _first_changed(layout: QTextLayout, index: int) -> float:
    """Return the top of the first line that a change at `index` may have altered: the one before
    its own too, where its first word may have gone.
    """
    number = layout.lineForTextPosition(max(0, index)).lineNumber() - 1
    return layout.lineAt(number).y() if number > 0 else 0.0


def line_band(layout: QTextLayout, number: int, pitch: int) -> tuple[float, float]:
    """Return top and bottom of a line with half the room to its neighbours."""
    line = layout.lineAt(number)
    half = max(0.0, (pitch - line.height()) / 2)
    top, bottom = line.y() - half, line.y() + line.height() + half
    if number:
        above = layout.lineAt(number - 1)
        top = (above.y() + above.height() + line.y()) / 2
    if number + 1 < layout.lineCount():
        bottom = (line.y() + line.height() + layout.lineAt(number + 1).y()) / 2
    return top, bottom


def _make_formats(size: int, mark: QColor) -> dict[Style, QTextCharFormat]:
    formats: dict[Style, QTextCharFormat] = {}

    def new(style: Style) -> QTextCharFormat:
        formats[style] = QTextCharFormat()
        formats[style].setProperty(_OURS, True)
        return formats[style]

    for level, style in enumerate(HEADINGS, 1):
        heading = new(style)
        heading.setProperty(QTextFormat.Property.FontPixelSize, round(size * HEADING_SIZES[level]))
        heading.setFontWeight(QFont.Weight.Bold)
    new("strong").setFontWeight(QFont.Weight.Bold)
    new("emphasis").setFontItalic(True)
    new("mark").setForeground(mark)
    return formats


def _format_range(start: int, length: int, char_format: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, char_format
    return made
