"""A layout that goes on in the next line where a line is full, like words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items side by side in lines, each at the size it asks for."""

    def __init__(self, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        """The height that the items take in the width of `rect`; with `move` they go there."""
        return self._flow(self._items, rect, move=move)

    def _flow(self, items: Sequence[QLayoutItem], rect: QRect, *, move: bool) -> int:
        """The same for some of the items; what stands in one line has its middle in common."""
        lines: list[list[QRect]] = []
        left = rect.right() + 1
        for item in items:
            size = item.sizeHint().boundedTo(QSize(rect.width(), item.sizeHint().height()))
            if not lines or left + size.width() > rect.right() + 1:
                lines.append([])
                left = rect.left()
            lines[-1].append(QRect(QPoint(left, 0), size))
            left += size.width() + self._gap
        top = rect.top()
        for line in lines:
            height = max(place.height() for place in line)
            for place in line:
                place.moveTop(top + (height - place.height()) // 2)
            top += height + self._gap // 2
        if move:
            for item, place in zip(items, chain.from_iterable(lines), strict=True):
                item.setGeometry(place)
        return max(0, top - self._gap // 2 - rect.top())
