"""Questions on disk."""

from pathlib import Path

import pytest

from models.errors import InputError
from models.questions.matching import is_right
from models.questions.prompts import build_prompt
from models.questions.question_file import (
    SETS,
    Question,
    find_set,
    format_questions,
    parse_questions,
    read_questions,
)

GOOD = '{"question": "What is 2 + 2?", "answers": ["4", "four"]}'
CHOICES = '{"question": "2 + 2?", "answers": ["4"], "choices": ["3", "4", "5", "6"], "id": 7}'


def test_json_lines() -> None:
    assert parse_questions(f"{GOOD}\n\n{CHOICES}\n", "a.jsonl") == [
        Question("What is 2 + 2?", ("4", "four")),
        Question("2 + 2?", ("4",), ("3", "4", "5", "6")),
    ]
    assert parse_questions(CHOICES, "a.txt")[0].right_choice == 1
    assert parse_questions(GOOD, "a.txt")[0].right_choice is None
    for none in ("null", "[]"):
        (question,) = parse_questions(f'{GOOD[:-1]}, "choices": {none}}}', "a.jsonl")
        assert question.choices == ()


@pytest.mark.parametrize(
    "text",
    [
        "Q: Who?\nA: Ann\nA: Anna\n\nQ: Where?\nA: Here\n",
        "question: Who?\nANSWER: Ann\nAnswer: Anna\nQ:Where?\nA:Here",
        "Who?\nAnn\nAnna\n\n\nWhere?\r\nHere",
    ],
)
def test_plain_text(text: str) -> None:
    assert parse_questions(text, "a.txt") == [
        Question("Who?", ("Ann", "Anna")),
        Question("Where?", ("Here",)),
    ]


def test_plain_text_in_japanese() -> None:
    assert parse_questions("問：首都は？\n答：東京\n答え：東京都\n", "a.txt") == [
        Question("首都は？", ("東京", "東京都"))
    ]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    questions = [*find_set("japanese"), *parse_questions(f"{GOOD}\n{CHOICES}", "a.jsonl")]
    path = tmp_path / "quiz.jsonl"
    path.write_text("\ufeff" + format_questions(questions), "utf-8")
    assert read_questions(str(path)) == questions


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        (" \n\n", "empty"),
        ("{", "line 1: this is not JSON"),
        (f"{GOOD}\nWho?", "line 2: this is not JSON"),
        ("[1]", "line 1: this is no JSON object"),
        ("[" * 100_000, "line 1: this is not JSON"),
        ('{"answers": ["4"]}', 'line 1: there is no text "question"'),
        ('{"question": 3, "answers": ["4"]}', 'line 1: "question" is no text'),
        ('{"question": "\\ud800", "answers": ["4"]}', "half of a character"),
        ("hello", "is no set of questions"),
        ('{"question": "", "answers": ["4"]}', "the question is empty"),
        ('{"question": "?!", "answers": ["4"]}', "the question is empty"),
        (f'{GOOD}\n\n{{"question": "Who?"}}', "line 3: there is no accepted answer"),
        ('{"question": "Who?", "answers": []}', "no accepted answer"),
        ('{"question": "Who?", "answers": "Ann"}', "no list of texts"),
        ('{"question": "Who?", "answers": ["..."]}', "no letter or digit"),
        ('{"question": "Who?", "answers": ["A"], "choices": ["A", "B"]}', "are 2 choices"),
        (
            '{"question": "W", "answers": ["A"], "choices": ["A", "B", "B", "C"]}',
            "'B' and 'B' are the same",
        ),
        (
            '{"question": "W", "answers": ["A"], "choices": ["A", "B", "C", "ｂ."]}',
            "'B' and 'ｂ.' are the same",
        ),
        (
            '{"question": "W", "answers": ["X"], "choices": ["A", "B", "C", "D"]}',
            "'X' is none of the choices",
        ),
        (
            '{"question": "W", "answers": ["A", "B"], "choices": ["A", "B", "C", "D"]}',
            "are both accepted",
        ),
        ("Q: Who?", "line 1: there is no accepted answer"),
        ("Q:\nA: Ann", "line 1: the question is empty"),
        ("A: Ann", "line 1: this answer has no question"),
        ("Q: Who?\nAnn", "line 2: this line begins with neither"),
        ("Who?\n\nWhere?\nHere", "line 1: there is no accepted answer"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, words: str) -> None:
    with pytest.raises(InputError, match=r"\Aa\.txt") as raised:
        parse_questions(text, "a.txt")
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


def test_too_many_questions() -> None:
    with pytest.raises(InputError, match="split it"):
        parse_questions("Who?\nAnn\n\n" * 10_001, "a.txt")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "questions.txt"
    with pytest.raises(InputError, match=r"There is no file .*english and japanese"):
        read_questions(str(path))
    with pytest.raises(InputError, match="cannot be read"):
        read_questions(str(tmp_path))
    path.write_bytes("Who?\nAnn\n\n日本".encode("cp932"))
    with pytest.raises(InputError, match=r"questions.txt, line 4: this is not UTF-8"):
        read_questions(str(path))
    with path.open("wb") as file:
        file.truncate(17 << 20)
    with pytest.raises(InputError, match="more than 16 MB"):
        read_questions(str(path))
    with pytest.raises(InputError, match="no set 'french'"):
        find_set("french")


@pytest.mark.parametrize("name", SETS)
def test_the_sets_that_ship(name: str) -> None:
    questions = read_questions(name)
    assert len(questions) == 60
    assert len({question.question for question in questions}) == 60
    with_choices = [question for question in questions if question.choices]
    assert 28 <= len(with_choices) <= 32
    places = [question.right_choice for question in with_choices]
    assert all(7 <= places.count(place) <= 8 for place in range(4))
    for question in questions:
        assert is_right(question.answers[0], question.answers)
        assert not any(is_right(question.question, [answer]) for answer in question.answers)
        for place, choice in enumerate(question.choices):
            assert is_right(choice, question.answers) is (place == question.right_choice)


def test_both_sets_ask_the_same() -> None:
    for english, japanese in zip(*map(find_set, SETS), strict=True):
        assert english.right_choice == japanese.right_choice


@pytest.mark.parametrize(
    ("name", "words"), [("english", ("Question: ", "Answer:")), ("japanese", ("質問：", "答え："))]
)
def test_prompts(name: str, words: tuple[str, str]) -> None:
    questions = find_set(name)
    asked = {question.question for question in questions}
    for question in questions:
        solved = build_prompt(question, chat=False)
        *examples, last = solved.text.split("\n\n")
        assert len(examples) == 4
        assert last == f"{words[0]}{question.question}\n{words[1]}"
        assert not any(other in example for example in examples for other in asked)
        message = build_prompt(question, chat=True)
        assert message.chat
        assert message.text.endswith(question.question)


def test_labels_may_have_numbers() -> None:
    text = "Ｑ１：空は何色ですか。\nＡ１：青\nQ2: What is 2 + 2?\nA2: 4\n"
    assert [question.answers for question in parse_questions(text, "t.txt")] == [("青",), ("4",)]


def test_half_a_character_is_refused() -> None:
    with pytest.raises(InputError, match="half of a character"):
        parse_questions('{"question": "What is \\ud83d?", "answers": ["a"]}', "t.jsonl")


def test_the_home_of_nobody() -> None:
    with pytest.raises(InputError, match="nobody's home"):
        read_questions("~nobody-of-this-name/q.txt")


def test_a_table_of_pairs() -> None:
    found = parse_questions("Who?\tAnn\tAnna\nWhere?\tHere\n", "t.tsv")
    assert [question.answers for question in found] == [("Ann", "Anna"), ("Here",)]
    with pytest.raises(InputError, match="line 2: there is no tab"):
        parse_questions("Who?\tAnn\nWhere?", "t.txt")
    with pytest.raises(InputError, match="a table with commas"):
        parse_questions("question,answer\nWho?,Ann", "t.csv")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no such device")
def test_a_device_without_an_end() -> None:
    with pytest.raises(InputError, match="split it"):
        read_questions("/dev/zero")


def test_a_table_of_a_spreadsheet() -> None:
    text = 'Question\tAnswer\n"Who wrote ""Emma""?"\tJane Austen\n"Quoted" by whom?\tAnn\t"\n'
    with pytest.raises(InputError, match="line 3: the accepted answer"):
        parse_questions(text, "a.tsv")
    assert parse_questions(text.replace('\t"', ""), "a.tsv") == [
        Question('Who wrote "Emma"?', ("Jane Austen",)),
        Question('"Quoted" by whom?', ("Ann",)),
    ]
    assert len(parse_questions("質問\t答え\n首都は？\t東京\n", "a.txt")) == 1
    assert len(parse_questions("Question time?\tnow\n", "a.txt")) == 1
    with pytest.raises(InputError, match="line 1: there is no tab"):
        parse_questions("Who?,Ann\nWhere?,Here\n", "a.tsv")


def test_a_key_that_is_nearly_right_is_named() -> None:
    with pytest.raises(InputError, match='the key is "answers", not "answer"'):
        parse_questions('{"question": "Who?", "answer": "Ann"}', "a.jsonl")
    with pytest.raises(InputError, match='the key is "choices", not "choice"'):
        parse_questions('{"question": "Who?", "answers": ["A"], "choice": []}', "a.jsonl")


def test_a_set_is_found_in_capitals() -> None:
    assert read_questions("English") == find_set("english")
