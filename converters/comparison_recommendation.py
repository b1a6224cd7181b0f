"""Which level of those compared to take, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from converters.comparison_rows import Detail, name_levels
from models.gguf_file import GgufSummary
from models.memory_plan import Verdict
from models.operations import find_devices, plan_on_machine
from models.size import format_size

GOOD_AGREEMENT = 0.9  # nine tokens of ten would be the same
LEAST_RATIO = 1.05  # of divergences: below it "as much" is the truth


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One level, as `name_levels` calls it, with the figures that speak for it.

    size_ratio        of its size to the reference's
    spare_bytes       of memory, with the model's usual context
    agrees            whether nine tokens of ten are the same; else it is the best that fits
    next_level        the next smaller one, and how much it saves; None if there is none
    divergence_ratio  how many times that one diverges; None where this one hardly diverges
    """

    file: str
    level: str
    size_ratio: float
    top1_agreement: float
    spare_bytes: int
    agrees: bool
    next_level: str | None
    saved_bytes: int
    divergence_ratio: float | None

    @property
    def sentence(self) -> str:
        """The reason, in English."""
        text = (
            f"{self.level}: {self.size_ratio:.2g} of the size, top token agrees "
            f"{round_agreement(self.top1_agreement):.1%}, "
            f"fits with {format_size(self.spare_bytes)} to spare"
        )
        if not self.agrees:
            text += f"; no level that fits agrees on {GOOD_AGREEMENT:.0%}"
        if self.next_level is None:
            return f"{text}."
        text += f"; {self.next_level} saves {format_size(self.saved_bytes)}"
        if self.divergence_ratio is None:
            return f"{text}."
        if self.divergence_ratio < LEAST_RATIO:
            return f"{text} and diverges no more."
        return f"{text} and diverges {self.divergence_ratio:.1f} times as much."


def round_agreement(share: float) -> float:
    """Return a share to a thousandth, never rounded up to the limit that it does not reach."""
    rounded = round(share, 3)
    return GOOD_AGREEMENT - 0.001 if share < GOOD_AGREEMENT <= rounded else rounded


def recommend(summaries: Sequence[GgufSummary], details: Sequence[Detail]) -> Recommendation | None:
    """Return the smallest level that fits and agrees on nine tokens of ten, else the best one.

    The reference comes first in both; a level that is no smaller is not recommended over it. None
    where no level is left.
    """
    rows = [detail.row for detail in details]
    reference, *levels = rows
    devices = find_devices()
    fitting = [
        (row, plan_on_machine(summary, devices))
        for summary, row in zip(summaries[1:], levels, strict=True)
        if row.bytes < reference.bytes
    ]
    fitting = [(row, plan) for row, plan in fitting if plan.verdict is not Verdict.DOES_NOT_FIT]
    if not fitting:
        return None
    good = [entry for entry in fitting if entry[0].top1_agreement >= GOOD_AGREEMENT]
    best, plan = (
        min(good, key=lambda entry: entry[0].bytes)
        if good
        else max(fitting, key=lambda entry: entry[0].top1_agreement)
    )
    smaller = [row for row in levels if row.bytes < best.bytes]
    after = max(smaller, key=lambda row: row.bytes, default=None)
    ratio = None
    if after is not None and best.kl_mean > 1e-6:  # float32 leaves as much on equal models
        ratio = after.kl_mean / best.kl_mean
    names = name_levels(details)
    return Recommendation(
        file=best.file,
        level=names[rows.index(best)],
        size_ratio=best.bytes / reference.bytes,
        top1_agreement=best.top1_agreement,
        spare_bytes=max(0, plan.available_bytes - plan.needed_bytes),
        agrees=bool(good),
        next_level=names[rows.index(after)] if after is not None else None,
        saved_bytes=best.bytes - after.bytes if after is not None else 0,
        divergence_ratio=ratio,
    )
