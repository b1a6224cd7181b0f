"""What of a paragraph is set apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.write.typesetting_markdown import heading_level, read_styles


def read(text: str) -> dict[str, list[str]]:
    """The pieces of `text` by their style."""
    pieces: dict[str, list[str]] = {}
    for start, end, style in read_styles(text):
        pieces.setdefault(style, []).append(text[start:end])
    return pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("plain words", {}),
        ("a **b c** d", {"strong": ["b c"], "mark": ["**", "**"]}),
        (
            "a __b__ *c* _d_",
            {"strong": ["b"], "emphasis": ["c", "d"], "mark": ["__"] * 2 + ["*"] * 2 + ["_"] * 2},
        ),
        ("***b***", {"emphasis": ["b"], "strong": ["b"], "mark": ["***", "***"]}),
        ("日本の**水車**だ", {"strong": ["水車"], "mark": ["**", "**"]}),
        ("2 * 3 * 4", {}),
        ("a_name_here", {}),
        ("* an item", {}),
        (r"\*not\* this", {}),
        ("`*code*` and **", {}),
        ("```*code*``` *yes*", {"emphasis": ["yes"], "mark": ["*", "*"]}),
        ("a ` b *c*", {"emphasis": ["c"], "mark": ["*", "*"]}),
        ("*a **b* c**", {"emphasis": ["a **b"], "mark": ["*", "*"]}),
        ("# Title", {"heading1": ["# Title"], "mark": ["# "]}),
        ("## A *b*", {"heading2": ["## A *b*"], "emphasis": ["b"], "mark": ["## ", "*", "*"]}),
        ("##### e", {"heading3": ["##### e"], "mark": ["##### "]}),
        ("#hashtag", {}),
        ("####### seven", {}),
    ],
)
def test_styles(text: str, pieces: dict[str, list[str]]) -> None:
    assert read(text) == pieces


def test_levels() -> None:
    assert [heading_level(t) for t in ("# a", "## a", "### a", "###### a", "a # b", "#")] == [
        1,
        2,
        3,
        3,
        0,
        1,
    ]


@given(st.text(alphabet="a *_`\\#\n1"))
def test_whatever_stands_there_the_styles_lie_inside(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end, _ in read_styles(text))
