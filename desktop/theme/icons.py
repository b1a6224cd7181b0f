"""The icons of the window: one drawn set, Lucide, tinted when they are painted."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

STROKE = "1.75"  # of 24: the set's own 2 is heavy beside text
INK = "currentColor"  # what the set draws with
OWN_ICON = Path(__file__).with_name("inkglass.svg")


class IconSet:
    """The drawings of the package `lucide`, read from its archive without importing it."""

    def __init__(self) -> None:
        package = importlib.util.find_spec("lucide")
        if package is None or package.origin is None:
            raise ModuleNotFoundError("lucide, the package of the icons, is not installed")
        self._archive = ZipFile(Path(package.origin).with_name("lucide.zip"))
        self._drawings: dict[str, str] = {}

    def drawing(self, name: str) -> str:
        """The SVG of an icon, in `currentColor`. Raises KeyError for a name it does not hold."""
        if name not in self._drawings:
            svg = self._archive.read(f"{name}.svg").decode()
            self._drawings[name] = svg.replace('stroke-width="2"', f'stroke-width="{STROKE}"')
        return self._drawings[name]

    def tinted(self, name: str, colour: str) -> bytes:
        """The SVG of an icon in a colour, `#rrggbb`."""
        return self.drawing(name).replace(INK, colour).encode()


class TintedIcon(QIconEngine):
    """Paints a drawing in the colour that is asked for at that moment."""

    def __init__(self, tint: Callable[[QIcon.Mode, QIcon.State], bytes]) -> None:
        super().__init__()
        self._tint = tint

    def paint(
        self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State, /
    ) -> None:
        QSvgRenderer(self._tint(mode, state)).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, /) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return TintedIcon(self._tint)
