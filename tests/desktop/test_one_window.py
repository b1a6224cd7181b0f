"""Nothing but the window itself ever stands on the screen: what flashes takes the keyboard."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop.shell.main_window import MainWindow
from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.person import CTRL, KEY, press, type_text, use_sampler


class _Shown(QObject):
    """Hears of each window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, MainWindow)
        ):
            self.windows.append(repr(watched))
        return False


def test_no_part_of_the_window_is_shown_alone(
    application: QApplication, open_window: OpenWindow, wait: Wait
) -> None:
    shown = _Shown()
    application.installEventFilter(shown)
    try:
        window = open_window()
        press(window, KEY.Key_E, CTRL)
        use_sampler(window, "same.py", "def sample(logits, tokens): return logits")
        window.write.editor.setFocus()
        type_text(window, "The lamp")
        wait(lambda: window.model.state == "ready")
        for page in ("settings", "shortcuts", "write"):
            window.main.show_page(page)
        press(window, KEY.Key_Return, CTRL)
        wait(lambda: not window.write.continuing.running)
        assert window.write.editor.hasFocus()
    finally:
        application.removeEventFilter(shown)
    assert shown.windows == []
