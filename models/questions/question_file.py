"""Questions on disk: JSON lines or plain text, and the two sets that ship."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from models.errors import InputError
from models.folder import expand
from models.input_file import read_input
from models.questions.matching import normalize

CHOICES = 4
MOST_QUESTIONS = 10_000
LARGEST_MB = 16
SETS = ("english", "japanese")

_LABELLED = re.compile(
    r"(?:(q|question|ｑ|問題?|質問)|(a|answer|ａ|答え?|回答|解答))\s*\d*\s*(?:[:：]|[.．](?=\s))\s*(.*)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the answers that are accepted, and four choices or none.

    One and only one of the choices is an accepted answer.
    """

    question: str
    answers: tuple[str, ...]
    choices: tuple[str, ...] = ()

    @property
    def right_choice(self) -> int | None:
        """The index of the right choice; None without choices."""
        return next(
            (i for i, choice in enumerate(self.choices) if is_accepted(choice, self.answers)), None
        )


def is_accepted(choice: str, answers: Iterable[str]) -> bool:
    """Whether a choice is one of the accepted answers, as `normalize` compares them."""
    return normalize(choice) in {normalize(answer) for answer in answers}


def find_set(name: str) -> list[Question]:
    """Return the questions of a set that ships. Raises InputError for a name that is none."""
    if name not in SETS:
        raise InputError(f"There is no set {name!r}: choose {' or '.join(SETS)}.")
    file = resources.files("models.questions") / "sets" / f"{name}.jsonl"
    return parse_questions(file.read_text("utf-8"), f"{name}.jsonl")


def read_questions(name_or_path: str) -> list[Question]:
    """Return the questions of a file, or of the set `english` or `japanese`.

    Raises InputError for a file that is not there or cannot be read, and as `parse_questions`.
    """
    if name_or_path.lower() in SETS and not Path(name_or_path).is_file():
        return find_set(name_or_path.lower())
    path = expand(name_or_path)
    try:
        data = read_input(path, LARGEST_MB, "split it, for questions that is too much")
    except FileNotFoundError:
        raise InputError(
            f"There is no file {name_or_path}: give a file of questions, or one of the sets "
            f"{' and '.join(SETS)}."
        ) from None
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror}): give a file of questions."
        ) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{path.name}, line {line}: this is not UTF-8: save the file as UTF-8."
        ) from None
    return parse_questions(text, path.name)


def parse_questions(text: str, name: str) -> list[Question]:
    """Return the questions of a text, which is called `name` in errors.

    JSON lines (the first character is a brace): one object a line, `question`, `answers`, a list,
    and `choices`, a list of four, if there are any. Other keys are passed over.

    Plain text: `Q:` and the question, then a line `A:` for every accepted answer (or Question and
    Answer, 問 and 答, with a number or without). Without these labels, blocks that blank lines
    separate: the question in the first line, an accepted answer in each other one.

    A table: in each line a question and its accepted answers, with tabs between them. A first line
    of the words Question and Answer is no question.

    Raises InputError with the line for whatever is not so.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1)]
    filled = [(number, line) for number, line in lines if line]
    if not filled:
        raise InputError(f"{name} is empty: write a question and its answers into it.")
    first = filled[0][1]
    if first.startswith(("{", "[")) or name.lower().endswith((".jsonl", ".json")):
        found = [(number, _parse_object(line, name, number)) for number, line in filled]
    elif name.lower().endswith(".csv"):
        raise InputError(
            f"{name} is a table with commas: save it with tabs (.tsv), a question and its answers "
            "in a line, or as JSON lines."
        )
    elif "\t" in first or name.lower().endswith(".tsv"):
        found = list(_parse_table(filled, name))
    elif _LABELLED.match(first):
        found = list(_parse_labelled(filled, name))
    else:
        found = list(_parse_blocks(lines))
        if not any(question.answers for _, question in found):
            raise InputError(
                f"{name} is no set of questions: write Q: before each question, and A: before "
                "each answer."
            )
    if len(found) > MOST_QUESTIONS:
        raise InputError(
            f"{name} has {len(found):,} questions, and {MOST_QUESTIONS:,} can be asked: split it."
        )
    for number, question in found:
        _check(question, f"{name}, line {number}")
    return [question for _, question in found]


def format_questions(questions: Iterable[Question]) -> str:
    """Return the questions as JSON lines, which `parse_questions` reads."""
    lines = []
    for question in questions:
        fields: dict[str, object] = {"question": question.question, "answers": question.answers}
        if question.choices:
            fields["choices"] = question.choices
        lines.append(json.dumps(fields, ensure_ascii=False) + "\n")
    return "".join(lines)


def _parse_object(line: str, name: str, number: int) -> Question:
    place = f"{name}, line {number}"
    form = 'write one object a line, like {"question": "...", "answers": ["..."]}'
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise InputError(f"{place}: this is not JSON: {form}.") from None
    if not isinstance(value, dict):
        raise InputError(f"{place}: this is no JSON object: {form}.")
    question = value.get("question")
    if not isinstance(question, str):
        what = '"question" is no text' if "question" in value else 'there is no text "question"'
        raise InputError(f"{place}: {what}: {form}.")
    texts = {}
    for key in ("answers", "choices"):
        if key not in value and key[:-1] in value:
            raise InputError(
                f'{place}: the key is "{key}", not "{key[:-1]}": write "{key}": ["..."].'
            )
        given = [] if value.get(key) is None else value[key]
        if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
            raise InputError(f'{place}: "{key}" is no list of texts: write "{key}": ["..."].')
        texts[key] = tuple(text.strip() for text in given)
    if len(texts["choices"]) not in (0, CHOICES):
        raise InputError(
            f"{place}: there are {len(texts['choices'])} choices: give {CHOICES}, or none."
        )
    return Question(question.strip(), texts["answers"], texts["choices"])


def _parse_labelled(filled: Iterable[tuple[int, str]], name: str) -> Iterator[tuple[int, Question]]:
    start, question, answers = 0, "", list[str]()
    for number, line in filled:
        labelled = _LABELLED.match(line)
        if labelled is None:
            raise InputError(
                f"{name}, line {number}: this line begins with neither Q nor A and a "
                "colon: put one of them before it."
            )
        if labelled[1]:
            if start:
                yield start, Question(question, tuple(answers))
            start, question, answers = number, labelled[3].strip(), []
        elif not start:
            raise InputError(
                f"{name}, line {number}: this answer has no question: write a line Q: before it."
            )
        else:
            answers.append(labelled[3].strip())
    yield start, Question(question, tuple(answers))


def _parse_table(filled: Sequence[tuple[int, str]], name: str) -> Iterator[tuple[int, Question]]:
    for number, line in filled:
        question, *answers = (_unquote(cell.strip()) for cell in line.split("\t"))
        if number == filled[0][0] and answers and _is_header(question, answers[0]):
            continue
        if not answers:
            raise InputError(
                f"{name}, line {number}: there is no tab: put one between question and answer."
            )
        yield number, Question(question, tuple(answer for answer in answers if answer))


def _is_header(question: str, answer: str) -> bool:
    """Whether two cells are the names of their columns."""
    labels = [_LABELLED.match(f"{cell.removesuffix('s')}:") for cell in (question, answer)]
    return bool(labels[0] and labels[0][1] and labels[1] and labels[1][2])


def _unquote(cell: str) -> str:
    """Return a cell without the quotation marks that a spreadsheet puts around some."""
    inner = cell[1:-1].replace('""', "")
    whole = len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner
    return cell[1:-1].replace('""', '"') if whole else cell


def _parse_blocks(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, Question]]:
    start, block = 0, list[str]()
    for number, line in [*lines, (0, "")]:
        if line:
            start = start or number
            block.append(line)
        elif block:
            yield start, Question(block[0], tuple(block[1:]))
            start, block = 0, []


def _check(question: Question, place: str) -> None:
    """Raise InputError for a question that cannot be asked and scored."""
    for text in (question.question, *question.answers, *question.choices):
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise InputError(
                f"{place}: {text!r} has half of a character in it: write the character itself."
            )
    if not normalize(question.question):
        raise InputError(f"{place}: the question is empty: write one, or take the line out.")
    if not question.answers:
        raise InputError(f"{place}: there is no accepted answer: give one or more.")
    for text in (*question.answers, *question.choices):
        if not normalize(text):
            what = "accepted answer" if text in question.answers else "choice"
            raise InputError(
                f"{place}: the {what} {text!r} has no letter or digit: give one that has."
            )
    if not question.choices:
        return
    seen: dict[str, str] = {}
    for choice in question.choices:
        if (other := seen.get(normalize(choice))) is not None:
            raise InputError(
                f"{place}: the choices {other!r} and {choice!r} are the same: change one."
            )
        seen[normalize(choice)] = choice
    right = [choice for choice in question.choices if is_accepted(choice, question.answers)]
    if not right:
        raise InputError(
            f"{place}: the accepted answer {question.answers[0]!r} is none of the choices: "
            "make it one of them."
        )
    if len(right) > 1:
        raise InputError(
            f"{place}: the choices {right[0]!r} and {right[1]!r} are both accepted answers: "
            "leave one right."
        )
