"""What the tests of widgets do with them."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


class Shouting(QTranslator):
    """A language in which every text is the English one between brackets."""

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return f"[{text}]"

    def isEmpty(self) -> bool:  # noqa: N802  (Qt names it)
        return False


def open_window(widget: QWidget, width: int, height: int) -> None:
    """Show the widget at this size, with the keyboard."""
    widget.resize(width, height)
    widget.show()
    widget.activateWindow()
    QTest.qWaitForWindowExposed(widget)
    QApplication.processEvents()


def wait_until(condition: Callable[[], bool]) -> bool:
    """Let the window work until `condition` holds; False if it does not in 60 s."""
    for _ in range(3000):
        if condition():
            return True
        QTest.qWait(20)
    return False


def tell_language_changed(widget: QWidget) -> None:
    """What the application does when a translator comes or goes."""
    for part in [widget, *widget.findChildren(QWidget)]:
        QApplication.sendEvent(part, QEvent(QEvent.Type.LanguageChange))


def tab_stops(widget: QWidget) -> list[QWidget]:
    """The widgets in `widget` that the Tab key visits, in its order."""
    stops: list[QWidget] = []
    current = widget.nextInFocusChain()
    while current is not None and current is not widget:
        visited = current.isVisibleTo(widget) and current.isEnabled()
        if visited and current.focusPolicy() & Qt.FocusPolicy.TabFocus and not current.focusProxy():
            stops.append(current)
        current = current.nextInFocusChain()
    return stops


def cut_labels(widget: QWidget) -> list[QObject]:
    """The visible parts that are smaller than what they need."""
    return [
        part
        for part in widget.findChildren(QWidget)
        if part.isVisibleTo(widget)
        and part.metaObject().className() in ("QPushButton", "PresetMenu", "KeyButton", "Switch")
        and part.width() < part.sizeHint().width()
    ]
