"""Tokens as they are read in a list, and figures."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.glass.figures import format_choices, format_number
from desktop.glass.token_text import name_candidate, show_unseen, space_bytes
from desktop.shell.figures import format_percent
from tests.desktop.glass.steps import candidate


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (" harbour", "␣harbour"),
        ("\n\t ", "↵⇥␣"),
        ("\u3000港", "<U+3000>港"),
        ("\u202e\u200b", "<U+202E><U+200B>"),
        ("\u0301a", "◌\u0301a"),
        ("か\u3099", "か\u3099"),
        ("👩‍🚀", "👩<U+200D>🚀"),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_gets_a_sign(text: str, shown: str) -> None:
    assert show_unseen(text) == shown


@given(st.text(min_size=1))
def test_every_character_leaves_a_mark(text: str) -> None:
    shown = show_unseen(text)
    assert shown.isprintable()
    assert " " not in shown
    assert not unicodedata.category(shown[0]).startswith("M")


def test_a_candidate_without_text_shows_its_bytes() -> None:
    assert name_candidate(candidate(1, " sea", 0.5, 0.5)) == "␣sea"
    assert name_candidate(candidate(1, "", 0.5, 0.5, None, "e7b590")) == "E7 B5 90"
    assert name_candidate(candidate(2, "", 0.5, 0.5)) == "<2>"
    assert space_bytes("") == ""


def test_figures() -> None:
    assert format_percent(0.47) == "47.0\u202f%"
    assert format_percent(1.0) == "100.0\u202f%"
    assert format_percent(0.0) == "0.0\u202f%"
    assert format_percent(1e-9) == "< 0.1\u202f%"
    assert format_number(-1.25, 2) == "\u22121.25"
    assert format_choices(0.0) == "1.0"
    assert format_choices(10.0) == "22,026"
    assert format_choices(1e9)  # no overflow
