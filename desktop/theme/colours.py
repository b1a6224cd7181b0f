"""Every colour of the window, in light and in dark. No other file names one."""

from bisect import bisect_right
from dataclasses import dataclass

SURE = 0.70  # heat is silent from here on
_STEPS = (0.10, 0.25, 0.45, SURE)


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one scheme, as `#rrggbb`.

    ground        behind everything: the rail, the status line
    panel         beside the document
    paper         what is written on
    line          borders and separators
    ink, dim      text and quieter text, both 4.5 to 1 on each of the three grounds
    faint         decoration and removed things, never the only carrier of a meaning
    accent        the primary button, the chosen thing; `on_accent` is text on it
    accent_ground behind what is chosen
    unsure        four steps of heat, from a little to very unsure
    before, after the model's own probability, and after the chain; `removed` is struck out
    """

    ground: str
    panel: str
    paper: str
    line: str
    ink: str
    dim: str
    faint: str
    accent: str
    on_accent: str
    accent_ground: str
    unsure: tuple[str, str, str, str]
    before: str
    after: str
    removed: str
    good: str
    warning: str
    bad: str

    def heat(self, probability: float) -> str | None:
        """The tint of a token of this probability, 0..1; None where the model was sure."""
        step = bisect_right(_STEPS, probability)
        return self.unsure[-1 - step] if step < len(_STEPS) else None


LIGHT = Palette(
    ground="#f4f2ed",
    panel="#fbfaf7",
    paper="#ffffff",
    line="#e3dfd6",
    ink="#22252b",
    dim="#62666f",
    faint="#9a9da5",
    accent="#2c5aa0",
    on_accent="#ffffff",
    accent_ground="#e4ecf8",
    unsure=("#fff3d6", "#ffe0a8", "#fbc27a", "#f29a6b"),
    before="#c9d8ef",
    after="#2c5aa0",
    removed="#d9d5cc",
    good="#2a7248",
    warning="#8a5d00",
    bad="#b3261e",
)
DARK = Palette(
    ground="#15171b",
    panel="#1b1e23",
    paper="#1f2228",
    line="#2e3239",
    ink="#e6e4df",
    dim="#9a9ea8",
    faint="#6c707a",
    accent="#8ab4f8",
    on_accent="#15171b",
    accent_ground="#25344d",
    unsure=("#3a3320", "#54431f", "#71501f", "#8c4a2c"),
    before="#31486b",
    after="#8ab4f8",
    removed="#3a3e46",
    good="#7cc79a",
    warning="#e0b252",
    bad="#f28b82",
)
