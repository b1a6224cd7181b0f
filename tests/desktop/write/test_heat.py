"""Which words are tinted."""

import pytest

from desktop.theme.colours import DARK, LIGHT, Palette
from desktop.write.heat import join_tints
from tests.desktop.write.units import Word


def test_neighbours_of_one_step_are_one_tint() -> None:
    words = [Word(0, 3, 0.5), Word(3, 6, 0.6), Word(6, 8, 0.3), Word(9, 12, 0.3), Word(12, 15, 0.9)]
    _, second, _ = LIGHT.unsure[:3]
    first = LIGHT.unsure[0]
    assert list(join_tints(words, LIGHT.heat)) == [(0, 6, first), (6, 8, second), (9, 12, second)]


def test_what_the_model_was_sure_of_is_silent() -> None:
    assert list(join_tints([Word(0, 4, 0.7), Word(4, 9, 1.0)], DARK.heat)) == []
    assert list(join_tints([], DARK.heat)) == []


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_text_can_be_read_on_its_heat(palette: Palette) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""

    def channels(colour: str) -> list[float]:
        return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]

    def luminance(rgb: list[float]) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
        return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    for tint in palette.unsure:
        low, high = sorted(luminance(channels(colour)) for colour in (tint, palette.ink))
        assert (high + 0.05) / (low + 0.05) >= 4.5
