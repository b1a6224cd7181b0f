"""A token as it is read in a list: what cannot be seen gets a sign, and bytes stay bytes."""

import unicodedata

from models.engine.protocol import Candidate

_SIGNS = {" ": "␣", "\n": "↵", "\t": "⇥"}
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"}
_COMBINING = {"Mc", "Me", "Mn"}


def show_unseen(text: str) -> str:
    """Return `text` with a sign for every character that leaves no mark of its own.

    Spaces become ␣, line breaks ↵, tabs ⇥, others their code point; an accent without its letter
    stands on a dotted circle.
    """
    shown = "".join(_SIGNS.get(character) or _name_unseen(character) for character in text)
    return f"◌{shown}" if shown and unicodedata.category(shown[0]) in _COMBINING else shown


def space_bytes(data: str) -> str:
    """Return bytes in hexadecimal as pairs: `e7b590` as `E7 B5 90`."""
    return bytes.fromhex(data).hex(" ").upper()


def name_candidate(candidate: Candidate) -> str:
    """Return what stands for a candidate: its text, else its bytes, else its number."""
    if candidate.text:
        return show_unseen(candidate.text)
    return space_bytes(candidate.bytes) or f"<{candidate.token}>"


def _name_unseen(character: str) -> str:
    if unicodedata.category(character) in _UNSEEN:
        return f"<U+{ord(character):04X}>"
    return character
