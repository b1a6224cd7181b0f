"""When an answer counts as right: words are compared, not the way in which they are typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_LATIN_MARKS = re.compile("(?<=[A-Za-z])[\u0300-\u036f]+")
_DROPPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))|['’]s\b|['’‘`]|(?<=\d)\.0+(?![\d.])")
_ARTICLE = re.compile(r"\A(?:(?:a|an|the) )+")
_ROUNDS = 4  # after which nothing has been seen to change


def find_first_line(said: str) -> str:
    """Return the first line of an answer that is not blank, without spaces around it."""
    return next((line.strip() for line in said.splitlines() if line.strip()), "")


def normalize(text: str) -> str:
    """Return the words of `text` in one form, with one space between them.

    Unicode NFKC (full and half width become one) and case folding; accents of Latin letters go; so
    do apostrophes and the 's of a possessive, commas before thousands, and an article (a, an, the)
    before the rest. A point between digits stays, unless only zeros follow it; so do a minus that
    begins a number, and + or # behind a letter (C++, A+). All other punctuation and symbols
    separate words.
    """
    for _ in range(_ROUNDS):  # what one rule takes away may leave work for another
        text, before = _normalize_once(text), text
        if text == before:
            break
    return text


def _normalize_once(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text)))
    plain = _DROPPED.sub("", plain.casefold())
    plain = plain.replace("\N{MINUS SIGN}", "-")
    kept = [
        character if _is_of_word(character) or _is_sign(plain, i) else " "
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
    return any(_has_words(line, normalize(answer)) for answer in answers)


def _has_words(line: str, words: str) -> bool:
    """Whether `words` stand in `line` as whole words."""
    place = line.find(words) if words else -1
    while place >= 0:
        end = place + len(words)
        if not _is_glued(line[place - 1 : place], words[0]) and not _is_glued(
            words[-1], line[end : end + 1]
        ):
            return True
        place = line.find(words, place + 1)
    return False


def _is_glued(left: str, right: str) -> bool:
    kind = _find_kind(left) if left else ""
    return kind != "" and bool(right) and kind == _find_kind(right)


def _find_kind(character: str) -> str:
    """Return the kind of a letter, "" for what ends a word."""
    if character == " " or "\u3041" <= character <= "\u309f":
        return ""
    if "\u30a0" <= character <= "\u30ff" or "\u31f0" <= character <= "\u31ff":
        return "katakana"
    if (
        character == "々"
        or "\u3400" <= character <= "\u9fff"
        or "\U00020000" <= character <= "\U0003ffff"
    ):
        return "kanji"
    return "letter"


def _is_of_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


def _is_sign(text: str, place: int) -> bool:
    """Whether a character is a point in a number, a minus before one, or as in C# and A+."""
    before, after = text[:place][-1:], text[place + 1 : place + 2]
    if text[place] == ".":
        return before.isdigit() and after.isdigit()
    if text[place] in "+#":
        return before.isalpha() or (before == "+" and _is_sign(text, place - 1))
    return text[place] == "-" and after.isdigit() and not (before and _is_of_word(before))
