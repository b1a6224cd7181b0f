"""A prompt for the middle of a text, of a vocabulary's fill-in-the-middle tokens."""

from __future__ import annotations

from collections.abc import Sequence

from models.engine.session import count_forgotten

MARKS = 3


def arrange_middle(
    marks: tuple[int, int, int],
    before: Sequence[int],
    after: Sequence[int],
    *,
    head: Sequence[int],
    room: int,
    trim: bool,
) -> tuple[list[int], int]:
    """Return the prompt that asks for what stands between two texts, and what was forgotten.

    The order is prefix, suffix, middle (Bavarian et al. 2022, arXiv:2207.14255), after `head`
    (BOS). `marks` are the vocabulary's tokens for the three. Of `after`, what is nearest is taken,
    up to a quarter of the `room` that the prompt has in the context; of `before`, the oldest tokens
    go where `trim` allows it, as `count_forgotten` says.
    """
    prefix, suffix, middle = marks
    after = after[: room // 4]
    left = room - len(head) - MARKS - len(after)
    forgotten = count_forgotten(len(before), 0, left) if trim else 0
    return [*head, prefix, *before[forgotten:], suffix, *after, middle], forgotten
