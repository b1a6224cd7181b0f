"""What a person does with a window, in steps."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget


def open_window(widget: QWidget, width: int = 1024, height: int = 700) -> None:
    """Show the widget at this size, with the keyboard, as a window is."""
    widget.resize(width, height)
    widget.show()
    widget.activateWindow()
    QApplication.processEvents()


def walk_by_tab(window: QWidget) -> list[QWidget]:
    """Press Tab until the round is over; returns the widgets that had the keyboard."""
    visited: list[QWidget] = []
    while True:
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is None or focused in visited:
            return visited
        visited.append(focused)


def tab_stops(window: QWidget) -> set[QWidget]:
    """The visible widgets that the Tab key ought to reach.

    Of the buttons of a group it reaches the checked one, or the first, and the arrow keys the rest.
    """
    stops = set()
    for widget in window.findChildren(QWidget):
        group = widget.group() if isinstance(widget, QAbstractButton) else None
        if group is not None and widget is not (group.checkedButton() or group.buttons()[0]):
            continue
        wants = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if wants and widget.isVisibleTo(window) and widget.isEnabled():
            stops.add(widget)
    return stops


def turn_wheel(widget: QWidget) -> None:
    """Turn the wheel by one notch over the middle of a widget, as the window system says it."""
    place = widget.rect().center()
    window = widget.window()
    QTest.wheelEvent(window.windowHandle(), QPointF(widget.mapTo(window, place)), QPoint(0, 120))
    QApplication.processEvents()
