"""The scheme at work: its colours and fonts, and the signal that they have changed."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication

from desktop.theme.colours import DARK, LIGHT, Palette

Scheme = Literal["system", "light", "dark"]

SERIF = ("Iowan Old Style", "Charter", "Georgia", "Source Serif 4", "Noto Serif", "DejaVu Serif")
MINCHO = ("Hiragino Mincho ProN", "Yu Mincho", "Noto Serif CJK JP", "IPAexMincho")
GOTHIC = ("Hiragino Sans", "Yu Gothic UI", "Noto Sans CJK JP", "IPAexGothic")
_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """What every part of the window asks for colours and fonts.

    `changed` follows a change of the system's scheme or of the chosen one; widgets that paint
    themselves connect it to `update`.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scheme: Scheme = "system"
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._scheme_changed)

    @property
    def dark(self) -> bool:
        if self._scheme == "system":
            return self._hints.colorScheme() == Qt.ColorScheme.Dark
        return self._scheme == "dark"

    @property
    def palette(self) -> Palette:
        return DARK if self.dark else LIGHT

    def choose(self, scheme: Scheme) -> None:
        """Follow the system, or keep to light or dark; dialogs of the platform do too."""
        self._scheme = scheme
        self._hints.setColorScheme(_SCHEMES[scheme])
        self.changed.emit()

    def color(self, name: str) -> QColor:
        """Return a colour of the palette by its name."""
        return QColor(getattr(self.palette, name))

    def document_font(self, size_px: int = 17) -> QFont:
        """The font of the document: a serif, a Mincho for Japanese."""
        return _font((*SERIF, *MINCHO), size_px, QFont.StyleHint.Serif)

    def token_font(self, size_px: int = 13) -> QFont:
        """The font of tokens: one width for every letter."""
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families()
        return _font((*fixed, *GOTHIC), size_px, QFont.StyleHint.Monospace)

    def _scheme_changed(self) -> None:
        self.changed.emit()


def _font(families: tuple[str, ...], size_px: int, hint: QFont.StyleHint) -> QFont:
    font = QFont([*families])
    font.setStyleHint(hint)
    font.setPixelSize(size_px)
    return font
