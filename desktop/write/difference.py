"""What changed between two texts, word by word; Japanese character by character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

MOST_PIECES = 4_000  # beyond it, a comparison word by word takes seconds

Kind = Literal["same", "removed", "added"]

_PIECE = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]"  # kana and kanji stand alone
    r"|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]+"
    r"|\s+|.",
    re.DOTALL,
)


def compare_texts(old: str, new: str) -> Iterator[tuple[Kind, str]]:
    """Yield the stretches of both texts in reading order, what was removed before what was added.

    Same and removed ones together are `old`; same and added ones together are `new`.
    """
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    if len(before) + len(after) > MOST_PIECES:
        before, after = [old], [new]
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "same", "".join(before[i:j])
            continue
        if i < j:
            yield "removed", "".join(before[i:j])
        if k < m:
            yield "added", "".join(after[k:m])
