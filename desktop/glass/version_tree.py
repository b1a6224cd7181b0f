"""The versions of a passage as a small tree: where they part, and which one stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.glass.lettering import draw_focus, plain_tooltip
from desktop.glass.row_list import RowList
from desktop.glass.version_lanes import Lanes, VersionView
from desktop.theme.theme import Theme

MOST_ROWS = 14
_ROOMY = 7  # with more versions than that, their lanes move together
_LEAST_HEIGHT = 12
_LEFT, _RIGHT = 10, 26  # free at the sides
_CURVE = 44
_DOT = 4.5
_SMALL_DOT = 3.5

Index = QModelIndex | QPersistentModelIndex
Places = Mapping[int, tuple[float, float]]


class VersionModel(QAbstractListModel):
    """A row a lane; sentences for tooltips and the screen reader."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lanes = Lanes(())

    def show_versions(self, versions: Sequence[VersionView]) -> None:
        """Show these versions."""
        self.beginResetModel()
        self.lanes = Lanes(versions)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lanes.order)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.lanes.order):
            return None
        version = self.lanes.order[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._describe(version))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._describe(version)
        return None

    def _describe(self, version: VersionView) -> str:
        ids = sorted(v.id for v in self.lanes.order)
        words = (
            self.tr("Version {number} of {count}, in the text: {words}")
            if version.standing
            else self.tr("Version {number} of {count}: {words}")
        )
        number = ids.index(version.id) + 1
        return words.format(number=number, count=len(ids), words=version.first_words)


class VersionTree(RowList):
    """A row a version; the lines are drawn over the rows.

    Up and Down walk the lanes, Left goes to the parent, Right to the last branch.

    version_chosen(id)  a click, Enter or Space
    """

    version_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(MOST_ROWS, parent)
        self._theme = theme
        self._model = VersionModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_RowDelegate(theme, self._model, self))
        self.pressed_row.connect(self._choose)
        self.turned.connect(self._turn)
        theme.changed.connect(self.viewport().update)
        self._name()

    def set_versions(self, versions: Sequence[VersionView]) -> None:
        """Show these versions, the standing one in view."""
        self._model.show_versions(versions)
        self.fit_height()
        line = self._model.lanes.standing_line()
        if line:
            index = self._model.index(self._model.lanes.row(line[0]))
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        lanes = self._model.lanes
        if not lanes.order:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places, curve = lanes.place(self.viewport().width() - _LEFT - _RIGHT, _CURVE)
        line = lanes.standing_line()
        for version in lanes.order:
            if version.id not in line[:1]:
                start, end = self._ends(version, places)
                painter.setPen(_pen(self._theme.color("removed"), 2.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPath(_branch(start, end, curve))
                self._draw_dot(painter, end, self._theme.color("faint"))
        self._draw_standing(painter, line, places, curve)

    def _draw_standing(
        self, painter: QPainter, line: list[int], places: Places, curve: float
    ) -> None:
        """The way of the text: from the trunk over every parting to the end."""
        accent = self._theme.color("accent")
        by_id = {version.id: version for version in self._model.lanes.order}
        until: float | None = None
        for version in line:
            start, end = self._ends(by_id[version], places)
            if until is not None:
                end.setX(until)
            painter.setPen(_pen(accent, 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(_branch(start, end, curve))
            self._draw_dot(painter, end, accent)
            until = start.x()

    def _draw_dot(self, painter: QPainter, at: QPointF, color: QColor) -> None:
        painter.setPen(QPen(self._theme.color("panel"), 1))
        painter.setBrush(color)
        radius = _DOT if len(self._model.lanes.order) <= _ROOMY else _SMALL_DOT
        painter.drawEllipse(at, radius, radius)

    def _ends(self, version: VersionView, places: Places) -> tuple[QPointF, QPointF]:
        """Return where the line of a version leaves its parent, and where it ends."""
        parent = self._model.lanes.parent(version.id)
        y = self._middle(version.id)
        start, end = places[version.id]
        start_y = y if parent is None else self._middle(parent)
        return QPointF(_LEFT + start, start_y), QPointF(_LEFT + end, y)

    def _middle(self, version: int) -> float:
        rect = self.visualRect(self._model.index(self._model.lanes.row(version)))
        return rect.top() + rect.height() / 2

    def _choose(self, row: int) -> None:
        self.version_chosen.emit(self._model.lanes.order[row].id)

    def _turn(self, step: int) -> None:
        current = self.currentIndex()
        if current.isValid():
            lanes = self._model.lanes
            version = lanes.order[current.row()].id
            target = lanes.neighbour(version, "left" if step < 0 else "right")
            if target is not None:
                self.setCurrentIndex(self._model.index(lanes.row(target)))

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Versions"))


class _RowDelegate(QStyledItemDelegate):
    """The ground of a row: where the mouse is, and where the keyboard is."""

    def __init__(self, theme: Theme, model: VersionModel, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        roomy = max(QFontMetrics(option.font).height() + 6, 22)
        squeezed = roomy * _ROOMY // max(self._model.rowCount(), _ROOMY)
        return QSize(0, max(squeezed, _LEAST_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, _index: Index) -> None:
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("ground"))
            painter.drawRoundedRect(rect, 4, 4)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, rect, self._theme.color("accent"))
        painter.restore()


def _branch(start: QPointF, end: QPointF, curve: float) -> QPainterPath:
    """A line to `end` that leaves its parent's lane in a curve."""
    path = QPainterPath(start)
    if start.y() != end.y():
        middle = start.x() + curve / 2
        path.cubicTo(
            QPointF(middle, start.y()),
            QPointF(middle, end.y()),
            QPointF(start.x() + curve, end.y()),
        )
    path.lineTo(end)
    return path


def _pen(color: QColor, width: float) -> QPen:
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
