"""When an answer is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.questions.matching import is_right, normalize


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The Moon.", "moon"),
        ("  São   Paulo! ", "sao paulo"),
        ("１，０００ 円", "1000 円"),
        ("1,000,000", "1000000"),
        ("2,3", "2 3"),
        ("1,2345", "1 2345"),
        ("ﾄｳｷｮｳ ﾀﾜｰ", "トウキョウ タワー"),
        ("ガギグ", "ガギグ"),
        ("3.14", "3.14"),
        ("100.0 °C", "100 c"),
        ("Ａｕ", "au"),
        ("Einstein's", "einstein"),
        ("King Lear, Act 1", "king lear act 1"),
        ("Vitamin A", "vitamin a"),
        ("A", "a"),
        ("「東京」", "東京"),
        ("H₂O", "h2o"),
        ("...", ""),
    ],
)
def test_words_in_one_form(text: str, plain: str) -> None:
    assert normalize(text) == plain


@given(st.text())
def test_what_is_normal_stays_so(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert "  " not in once
    assert once == once.strip()


@pytest.mark.parametrize(
    ("said", "answers", "right"),
    [
        (" Paris", ["Paris"], True),
        ("The capital of France is paris.", ["Paris"], True),
        ("\n\nIt is the Moon, of course\nQuestion: next", ["The Moon"], True),
        ("I do not know.\nParis", ["Paris"], False),
        ("Parisian", ["Paris"], False),
        ("18", ["8"], False),
        ("2,3", ["23"], False),
        ("2,3", ["3"], True),
        ("8 legs", ["8", "eight"], True),
        ("8本です", ["8"], True),
        ("3.5", ["3"], False),
        ("1945年", ["1945"], True),
        ("東京です", ["東京"], True),
        ("答えは、東京。", ["東京"], True),
        ("東京都", ["京都"], False),
        ("東京都", ["東京都"], True),
        ("カナダ", ["ナダ"], False),
        ("ｶﾅﾀﾞ", ["カナダ"], True),
        ("-5 degrees", ["5"], False),
        ("C#", ["C++"], False),
        ("In C++, I think", ["C++"], True),
        ("2+2", ["2"], True),
        ("It was −5.", ["-5"], True),
        ("1914-1918", ["1918"], True),
        ("佐々木", ["佐"], False),
        ("", ["Paris"], False),
        ("!?", ["Paris"], False),
    ],
)
def test_an_accepted_answer_stands_as_whole_words(
    said: str, answers: list[str], right: bool
) -> None:
    assert is_right(said, answers) is right
