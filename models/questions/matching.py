"""When an answer counts as right: words are compared, not the way in which they are typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_ARTICLE = re.compile(r"\A(?:a|an|the) ")


def find_first_line(said: str) -> str:
    """Return the first line of an answer that is not blank, without spaces around it."""
    return next((line.strip() for line in said.splitlines() if line.strip()), "")


def normalize(text: str) -> str:
    """Return the words of `text` in one form, with one space between them.

    Unicode NFKC (full and half width become one) and case folding; accents of Latin letters go; so
    do apostrophes and the 's of a possessive, commas between digits, and an article (a, an, the)
    before the rest. A point between digits stays, unless only zeros follow it. All other
    punctuation and symbols separate words.
    """
    plain = unicodedata.normalize("NFKC", _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text)))
    plain = re.sub(r"(?<=\d),(?=\d)|['’]s\b|['’‘`]|(?<=\d)\.0+(?![\d.])", "", plain.casefold())
    kept = [
        character
        if _is_of_word(character)
        or (character == "." and plain[i - 1 : i].isdigit() and plain[i + 1 : i + 2].isdigit())
        else " "
        for i, character in enumerate(plain)
    ]
    return _ARTICLE.sub("", " ".join("".join(kept).split()))


def is_right(said: str, answers: Sequence[str]) -> bool:
    """Whether the first line of what was said holds one of the accepted answers, as whole words.

    Both are normalized first. Where letters touch, a word ends between two kinds of them: kanji,
    katakana, and all others (Latin letters, digits). Hiragana ends every word, since particles and
    endings are written in it. So 東京 is in 東京です, but 京都 is not in 東京都, nor 8 in 18.
    """
    line = normalize(find_first_line(said))
    return any(_find_words(line, normalize(answer)) is not None for answer in answers)


def find_choice(said: str, choices: Sequence[str]) -> int | None:
    """Return the index of the choice that an answer names, or None where it names none.

    It is the choice whose words stand first in the first line, the longest of those that stand at
    one place.
    """
    line = normalize(find_first_line(said))
    found = []
    for index, choice in enumerate(choices):
        words = normalize(choice)
        place = _find_words(line, words)
        if place is not None:
            found.append((place, -len(words), index))
    return min(found)[2] if found else None


def _find_words(line: str, words: str) -> int | None:
    """Return where `words` stand in `line` as whole words, else None."""
    place = line.find(words) if words else -1
    while place >= 0:
        end = place + len(words)
        if not _is_glued(line[place - 1 : place], words[0]) and not _is_glued(
            words[-1], line[end : end + 1]
        ):
            return place
        place = line.find(words, place + 1)
    return None


def _is_glued(left: str, right: str) -> bool:
    kind = _find_kind(left) if left else ""
    return kind != "" and bool(right) and kind == _find_kind(right)


def _find_kind(character: str) -> str:
    """Return the kind of a letter, "" for what ends a word."""
    if character == " " or "\u3041" <= character <= "\u309f":
        return ""
    if "\u30a0" <= character <= "\u30ff" or "\u31f0" <= character <= "\u31ff":
        return "katakana"
    if "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff":
        return "kanji"
    return "letter"


def _is_of_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"
