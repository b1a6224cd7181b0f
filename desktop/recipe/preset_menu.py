"""The menu of presets: each with its reason and what it sets."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.recipe.stage_words import explain_preset, name_preset
from desktop.theme.theme import Theme
from models.sampling import PRESETS

_WIDTH = 400
_PADDING = 10
_MARK = 20  # room at the left for the mark of the preset at work
_ID = int(Qt.ItemDataRole.UserRole)
_VALUES = _ID + 1
_REASON = _ID + 2
_AT_WORK = _ID + 3


class PresetMenu(QPushButton):
    """A button with the name of the preset at work; it opens the list of all."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preset: str | None = None
        self.setProperty("quiet", True)
        self.setIcon(theme.icon("chevron-down", "dim"))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the icon after the title
        self.list = _PresetList(theme, self)
        self.list.chosen.connect(self.chosen)
        self.clicked.connect(self._open)
        self._retranslate()

    def set_preset(self, preset: str | None) -> None:
        """Show the preset with this id as the one at work; None: the recipe is the user's own."""
        self._preset = preset
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not event.modifiers():
            self._open()
        else:
            super().keyPressEvent(event)

    def _retranslate(self) -> None:
        own = self._preset is None
        title = self.tr("Custom") if self._preset is None else name_preset(self._preset)
        self.setText(title)
        self.setAccessibleName(self.tr("Preset: {title}").format(title=title))
        reason = self.tr("The settings are your own: they match none of the presets.")
        self.setToolTip(reason if own else explain_preset(self._preset or ""))
        self.list.fill(self._preset)

    def _open(self) -> None:
        self.list.open_at(self)


class _PresetList(QFrame):
    """The open menu."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self.rows = QListWidget()
        self.rows.setFrameShape(QFrame.Shape.NoFrame)
        self.rows.setItemDelegate(_PresetDelegate(theme, self.rows))
        self.rows.setMouseTracking(True)
        self.rows.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.itemEntered.connect(self.rows.setCurrentItem)
        self.rows.itemClicked.connect(self._choose)
        self.rows.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.rows)

    def fill(self, at_work: str | None) -> None:
        self.rows.setAccessibleName(self.tr("Presets"))
        self.rows.clear()
        for preset in PRESETS:
            settings = PRESETS[preset].settings
            values = self.tr("T {temperature:.2f} · top-p {top_p:.2f}")
            if settings.greedy:
                values = self.tr("T {temperature:.2f} · greedy")
            values = values.format(temperature=settings.temperature, top_p=settings.top_p)
            title, reason = name_preset(preset), explain_preset(preset)
            item = QListWidgetItem(title)
            item.setData(_ID, preset)
            item.setData(_VALUES, values)
            item.setData(_REASON, reason)
            item.setData(_AT_WORK, preset == at_work)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}. {values}. {reason}")
            self.rows.addItem(item)
            if preset == at_work:
                self.rows.setCurrentItem(item)

    def open_at(self, button: QWidget) -> None:
        """Open above `button`, or below it where there is no room."""
        self.rows.ensurePolished()
        rows = range(self.rows.count())
        self.rows.setFixedSize(_WIDTH, sum(self.rows.sizeHintForRow(row) for row in rows))
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(0, -self.height() - 4))
        screen = QGuiApplication.screenAt(button.mapToGlobal(QPoint(0, 0)))
        room = (screen or button.screen()).availableGeometry()
        if corner.y() < room.top():
            corner = button.mapToGlobal(QPoint(0, button.height() + 4))
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        corner.setY(max(room.top(), min(corner.y(), room.bottom() - self.height())))
        self.move(corner)
        if self.rows.currentRow() < 0:
            self.rows.setCurrentRow(0)
        self.show()
        self.rows.setFocus(Qt.FocusReason.PopupFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.color("line"))
        painter.setBrush(self._theme.color("paper"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            item = self.rows.currentItem()
            if event.key() in keys and item is not None:
                self._choose(item)
                return True
        return False

    def _choose(self, item: QListWidgetItem) -> None:
        self.hide()
        self.chosen.emit(item.data(_ID))


class _PresetDelegate(QStyledItemDelegate):
    """Title and values in one line, the reason dim below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        metrics = QFontMetrics(option.font)
        room = QRect(0, 0, _WIDTH - 2 * _PADDING - _MARK, 10_000)
        reason = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), index.data(_REASON))
        return QSize(_WIDTH, metrics.height() + 4 + reason.height() + 2 * _PADDING)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        color = self._theme.color
        rect, state = option.rect, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, color("paper"))
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_ground"))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 7, 7)
        text = rect.adjusted(_PADDING + _MARK, _PADDING, -_PADDING, -_PADDING)
        font = QFont(option.font)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        painter.setPen(color("accent"))
        painter.setFont(font)
        if index.data(_AT_WORK):
            painter.drawText(text.adjusted(-_MARK, 0, 0, 0), left, "✓")
        painter.setPen(color("ink"))
        painter.drawText(text, right, index.data(_VALUES))
        height = QFontMetrics(font).height()
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.drawText(text, left, index.data(Qt.ItemDataRole.DisplayRole))
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(color("dim"))
        reason = text.adjusted(0, height + 4, 0, 0)
        painter.drawText(reason, int(Qt.TextFlag.TextWordWrap), index.data(_REASON))
        painter.restore()
