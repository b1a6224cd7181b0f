"""The scheme at work: its colours and fonts, and the signal that they have changed."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from desktop.theme.colours import DARK, LIGHT, Palette
from desktop.theme.icons import OWN_ICON, IconSet, TintedIcon
from desktop.theme.stylesheet import IMAGES, make_qt_palette, make_stylesheet

Scheme = Literal["system", "light", "dark"]

SERIF = (
    *("Iowan Old Style", "Charter", "Georgia", "Source Serif 4", "Source Serif Pro"),
    *("Caladea", "Noto Serif", "DejaVu Serif"),
)
MINCHO = ("Hiragino Mincho ProN", "Yu Mincho", "Noto Serif CJK JP", "IPAexMincho")
MONOSPACE = ("Menlo", "Consolas", "DejaVu Sans Mono")  # Qt does not always find the system's own
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
        self._icons = IconSet()
        self._images = QTemporaryDir()
        self._dressed: QApplication | None = None
        self._hints = QGuiApplication.styleHints()
        self._colours: dict[str, QColor] = {}  # of the scheme at work: asked for in every painting
        self._hints.colorSchemeChanged.connect(self._scheme_changed)

    @property
    def scheme(self) -> Scheme:
        return self._scheme

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
        self._scheme_changed()

    def dress(self, application: QApplication) -> None:
        """Give the application our style, and keep it in step with the scheme.

        Figures become as wide as each other, so that numbers that change do not tremble. Japanese
        comes from one font: left alone, Qt may take kana and kanji from two.
        """
        application.setStyle("Fusion")
        font = application.font()
        font.setFamilies(list(dict.fromkeys((QFontInfo(font).family(), *GOTHIC))))
        font.setFeature(QFont.Tag("tnum"), 1)
        application.setFont(font)
        application.setWindowIcon(QIcon(str(OWN_ICON)))
        self._dressed = application
        self._dress()

    def icon(self, name: str, colour: str = "ink") -> QIcon:
        """Return an icon of the set (lucide.dev/icons) that follows the scheme by itself.

        `colour` names one of the palette; what is checked is in the accent, what is disabled faint.
        Raises KeyError for a name that the set does not hold.
        """
        self._icons.drawing(name)

        def tint(mode: QIcon.Mode, state: QIcon.State) -> bytes:
            disabled, on = mode == QIcon.Mode.Disabled, state == QIcon.State.On
            shown = "faint" if disabled else "accent" if on else colour
            return self._icons.tinted(name, getattr(self.palette, shown))

        return QIcon(TintedIcon(tint))

    def color(self, name: str) -> QColor:
        """Return a colour of the palette by its name."""
        colour = self._colours.get(name)
        if colour is None:
            colour = self._colours[name] = QColor(getattr(self.palette, name))
        return QColor(colour)

    def document_font(self, size_px: int = 17) -> QFont:
        """The font of the document: a serif, a Mincho for Japanese."""
        return _font((*SERIF, *MINCHO), size_px, QFont.StyleHint.Serif)

    def token_font(self, size_px: int = 13) -> QFont:
        """The font of tokens: one width for every letter."""
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families()
        return _font((*MONOSPACE, *fixed, *GOTHIC), size_px, QFont.StyleHint.Monospace)

    def _scheme_changed(self) -> None:
        self._colours.clear()
        self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        if self._dressed is None:
            return
        palette = self.palette
        text_pt = QFontInfo(self._dressed.font()).pointSizeF()
        self._dressed.setPalette(make_qt_palette(palette))
        self._dressed.setStyleSheet(
            make_stylesheet(palette, text_pt=text_pt, images=self._write_images(palette))
        )

    def _write_images(self, palette: Palette) -> dict[str, str]:
        """Write the icons of the stylesheet, which takes them from files alone."""
        shown = {name: (name, palette.dim) for name in IMAGES}
        shown["check"] = ("check", palette.on_accent)
        shown["check-ink"] = ("check", palette.ink)
        paths = {}
        for key, (name, colour) in shown.items():
            path = Path(self._images.filePath(f"{key}-{colour[1:]}.svg"))
            if not path.exists():
                path.write_bytes(self._icons.tinted(name, colour))
            paths[key] = path.as_posix()
        return paths


def _font(families: tuple[str, ...], size_px: int, hint: QFont.StyleHint) -> QFont:
    font = QFont([*families])
    font.setStyleHint(hint)
    font.setPixelSize(size_px)
    return font
