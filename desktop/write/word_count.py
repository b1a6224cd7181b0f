"""How long a text is; fast enough to be asked after every pause in a document of 50 MB."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

_BLOCK = 1 << 20  # code units


def count_text(text: str) -> tuple[int, int]:
    """Return the words of a text, as `str.split` finds them, and its characters less line ends."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    words, after_space = 0, True
    for start, end in pairwise([*range(0, len(units), _BLOCK), len(units)]):
        is_space = _spaces()[units[start:end]]
        words += int(np.count_nonzero(is_space[:-1] & ~is_space[1:]))
        words += bool(after_space and not is_space[0])
        after_space = bool(is_space[-1])
    return words, len(text) - text.count("\n")


@cache
def _spaces() -> npt.NDArray[np.bool_]:
    """bool[65536]: whether a UTF-16 code unit is white space; beyond them there is none."""
    units = np.arange(1 << 16, dtype=np.uint16).tobytes().decode("utf-16-le", "surrogatepass")
    spaces = {ord(space) for space in re.findall(r"\s", units)}
    return np.isin(np.arange(1 << 16), list(spaces))
