"""Writes without one letter.

Inkglass calls `sample` once for every token. `logits` holds one number for each token of the
vocabulary: the higher, the more probable. A token whose number is minus infinity is never written.
"""

import numpy as np
from numpy.typing import NDArray

LETTER = "e"

forbidden: list[int] = []


def has_letter(piece: bytes) -> bool:
    """Says whether a token, given as bytes, holds the letter, small or capital."""
    if piece.startswith(b"<") and piece.endswith(b">"):
        return False  # signs like <|im_end|> that end a text are no part of it
    return LETTER.lower().encode() in piece or LETTER.upper().encode() in piece


def sample(
    logits: NDArray[np.float32], tokens: list[int], pieces: list[bytes]
) -> NDArray[np.float32]:
    """Forbids every token that holds the letter."""
    if not forbidden:  # looked up once: the vocabulary stays the same
        forbidden.extend(token for token, piece in enumerate(pieces) if has_letter(piece))
    logits[forbidden] = -np.inf
    return logits
