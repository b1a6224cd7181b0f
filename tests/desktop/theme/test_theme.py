"""The colours against each other, the stylesheet made of them, and the icons."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QIcon
from PySide6.QtWidgets import QApplication, QLabel

from desktop.theme.colours import DARK, LIGHT, Palette
from desktop.theme.icons import OWN_ICON
from desktop.theme.stylesheet import IMAGES, make_stylesheet
from desktop.theme.theme import GOTHIC, Theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, level AA
PALETTES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


@pytest.fixture(scope="module")
def application() -> QApplication:
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else QApplication([])


@pytest.fixture
def theme(application: QApplication) -> Iterator[Theme]:
    theme = Theme()
    theme.choose("light")
    theme.dress(application)
    yield theme
    application.setStyleSheet("")


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb`, as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_pairs(palette: Palette) -> Iterator[tuple[str, str, str]]:
    """Selector, text and ground of every rule of the stylesheet that colours text.

    A rule without a ground of its own may stand on any of the three. What is disabled need not be
    read (WCAG 1.4.3, "inactive").
    """
    sheet = make_stylesheet(palette, text_pt=10, images=_images())
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        rules = {
            name.strip(): value.strip()
            for name, _, value in (rule.partition(":") for rule in body.split(";"))
        }
        if ":disabled" in selector:
            continue
        for text, ground in (
            ("color", "background"),
            ("selection-color", "selection-background-color"),
        ):
            if text in rules:
                own = rules.get(ground, "transparent")
                grounds = (palette.ground, palette.panel, palette.paper)
                for colour in (own,) if own != "transparent" else grounds:
                    yield selector.strip(), rules[text], colour


def _images() -> dict[str, str]:
    return {name: f"{name}.svg" for name in (*IMAGES, "check-ink")}


@pytest.mark.parametrize("palette", PALETTES)
def test_text_is_legible_on_what_it_stands_on(palette: Palette) -> None:
    pairs = list(text_pairs(palette))
    assert len(pairs) > 30
    faults = [pair for pair in pairs if contrast(pair[1], pair[2]) < LEAST_CONTRAST]
    assert faults == []


@pytest.mark.parametrize("palette", PALETTES)
def test_a_hovered_primary_button_is_legible(palette: Palette) -> None:
    sheet = make_stylesheet(palette, text_pt=10, images=_images())
    hovered = re.search(r'"true"\]:hover \{ background: (#\w+); border-color', sheet)
    assert hovered is not None
    assert contrast(palette.on_accent, hovered[1]) >= LEAST_CONTRAST


@pytest.mark.parametrize("palette", PALETTES)
def test_text_on_heat_and_severities_are_legible(palette: Palette) -> None:
    assert min(contrast(palette.ink, step) for step in palette.unsure) >= LEAST_CONTRAST
    for severity in (palette.good, palette.warning, palette.bad, palette.accent):
        for ground in (palette.ground, palette.panel, palette.paper):
            assert contrast(severity, ground) >= LEAST_CONTRAST


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the known near miss


def tone(icon: QIcon, mode: QIcon.Mode, state: QIcon.State) -> str:
    """The most opaque colour of an icon."""
    image = icon.pixmap(QSize(48, 48), 1.0, mode, state).toImage()
    pixels = (image.pixelColor(x, y) for x in range(48) for y in range(48))
    return max(pixels, key=QColor.alpha).name()


def test_icons_follow_the_scheme_and_the_state(theme: Theme) -> None:
    icon = theme.icon("settings", "ink")
    normal, off, on = QIcon.Mode.Normal, QIcon.State.Off, QIcon.State.On
    assert tone(icon, normal, off) == LIGHT.ink
    assert tone(icon, normal, on) == LIGHT.accent
    assert tone(icon, QIcon.Mode.Disabled, off) == LIGHT.faint
    theme.choose("dark")
    assert tone(icon, normal, off) == DARK.ink


def test_an_unknown_icon_is_our_mistake(theme: Theme) -> None:
    with pytest.raises(KeyError, match="no-such-icon"):
        theme.icon("no-such-icon")


def test_every_icon_of_the_sources_is_in_the_set(theme: Theme) -> None:
    root = Path(__file__).parents[3] / "desktop"
    text = "\n".join(path.read_text(encoding="utf-8") for path in root.rglob("*.py"))
    names = set(re.findall(r'theme\.icon\(\s*"([a-z0-9-]+)"', text))
    assert "x" in names
    for name in names | set(IMAGES):
        theme.icon(name)


def test_the_application_is_dressed_anew_with_the_scheme(
    application: QApplication, theme: Theme
) -> None:
    label = QLabel("text")
    label.show()
    assert label.palette().windowText().color().name() == LIGHT.ink
    changed: list[bool] = []
    theme.changed.connect(lambda: changed.append(theme.dark))
    theme.choose("dark")
    assert label.palette().windowText().color().name() == DARK.ink
    assert changed
    assert all(changed)
    label.close()


def test_the_systems_font_stays_first_and_japanese_has_one_font(
    application: QApplication, theme: Theme
) -> None:
    before = QFontInfo(application.font()).family()
    theme.dress(application)
    assert QFontInfo(application.font()).family() == before
    assert application.font().families() == [before, *(f for f in GOTHIC if f != before)]


def test_our_own_icon_is_a_picture() -> None:
    assert (
        QIcon(str(OWN_ICON)).pixmap(QSize(64, 64)).toImage().pixelColor(36, 38).name() != "#000000"
    )
