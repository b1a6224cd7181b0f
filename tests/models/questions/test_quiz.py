"""Questions that the starter writes about a text: poor ones, in a form that is always valid."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.engine.blocking import BlockingEngine
from models.errors import InputError
from models.questions.question_file import format_questions, parse_questions
from models.questions.quiz import Made, Writing, clean, end_with, make_quiz, split_passages

TEXT = (
    "The mill by the river was built in 1790. It ground rye for four villages until a flood broke "
    "its wheel.\n\nIn 1902 the miller's daughter Greta had a turbine put in, and the mill lit the "
    "lamps of the village. Today a baker works there, and his bread is sold on Fridays."
)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2**64 - 1])
def test_the_form_is_always_valid(engine: BlockingEngine, seed: int) -> None:
    events = list(make_quiz(engine, TEXT, questions=2, seed=seed))
    assert isinstance(events[0], Writing)
    made = [event.question for event in events if isinstance(event, Made)]
    assert len(made) == 2
    # reading refuses an empty question, double choices, and an answer that is none of them
    assert parse_questions(format_questions(made), "quiz.jsonl") == made
    for question in made:
        assert question.question.endswith("?")
        assert "\n" not in question.question
        assert len(question.choices) == 4
        assert question.choices.count(question.answers[0]) == 1


@pytest.mark.slow
def test_one_seed_gives_one_quiz(engine: BlockingEngine) -> None:
    once, again, other = (
        list(make_quiz(engine, TEXT, questions=1, seed=seed)) for seed in (5, 5, 6)
    )
    assert once == again
    assert once != other


@pytest.mark.slow
def test_a_cancel_keeps_the_questions_made(engine: BlockingEngine) -> None:
    made, canceller = 0, threading.Thread(target=engine.cancel)
    try:
        for event in make_quiz(engine, TEXT, questions=20, seed=1):
            made += isinstance(event, Made)
            if made == 1 and not canceller.ident:
                canceller.start()
        canceller.join()
    finally:
        engine.clear_cancel()
    assert 1 <= made < 20


def test_what_no_quiz_can_be_made_of(engine: BlockingEngine) -> None:
    with pytest.raises(InputError, match="5 characters"):
        next(make_quiz(engine, " Hello\n", questions=1, seed=1))
    with pytest.raises(InputError, match="0 questions"):
        next(make_quiz(engine, TEXT, questions=0, seed=1))
    with pytest.raises(InputError, match="not a seed"):
        next(make_quiz(engine, TEXT, questions=1, seed=-1))


def test_without_a_model() -> None:
    with BlockingEngine() as engine, pytest.raises(InputError, match="No model"):
        next(make_quiz(engine, TEXT, questions=1, seed=1))


def test_passages_end_with_sentences() -> None:
    assert split_passages("One two. Three!\nFour?\n\nFive", 16) == ["One two. Three!", "Four? Five"]
    assert split_passages("犬がいる。猫もいる。鳥はいない。", 10) == [
        "犬がいる。猫もいる。",
        "鳥はいない。",
    ]
    assert split_passages("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


@given(st.text(max_size=300), st.integers(1, 40))
def test_passages_lose_nothing(text: str, longest: int) -> None:
    passages = split_passages(text, longest)
    assert "".join("".join(passages).split()) == "".join(text.split())
    assert all(0 < len(passage) <= longest for passage in passages)


@pytest.mark.parametrize(
    ("line", "end", "whole"),
    [
        ("船は何時に出ますか？", "か。", "船は何時に出ますか。"),
        ("船は何時に出ます", "か。", "船は何時に出ますか。"),
        ("When does it leave?", "?", "When does it leave?"),
        ("When does it leave", "?", "When does it leave?"),
    ],
)
def test_a_question_has_one_end(line: str, end: str, whole: str) -> None:
    assert end_with(line, end) == whole


@pytest.mark.parametrize(
    ("line", "cleaned"),
    [
        ("- a lamp", "a lamp"),
        ("•  a lamp ", "a lamp"),
        ("B) a lamp", "a lamp"),
        ("2. a lamp", "a lamp"),
        ("-5 °C", "-5 °C"),
        ("2.5 litres", "2.5 litres"),
        ("*italic*", "*italic*"),
    ],
)
def test_a_mark_before_an_answer_goes_and_a_sign_stays(line: str, cleaned: str) -> None:
    assert clean(line) == cleaned
