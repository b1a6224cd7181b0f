"""A quiz about a text, which a model writes: the frame is ours, so its form is always valid.

The model fills slots of one line: a question, its answer, and wrong answers to it, each asked for
behind solved examples. A draw that is empty, too long or said before is drawn again. The right
answer comes before the wrong ones, while the text is all that the model has to follow; a model that
names the letter of one of its own four choices mostly names the first. The places of the choices
are drawn by the seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from models import operations
from models.engine import protocol
from models.engine.blocking import BlockingEngine
from models.errors import Cancelled, InputError, JobError
from models.instruction_wordings import Language
from models.instructions import find_language, flatten
from models.questions.asking import derive_seed
from models.questions.matching import normalize
from models.questions.question_file import CHOICES, Question
from models.sampling import Settings

MOST_QUESTIONS = 50
PASSAGE = 400  # characters of the text that one question is about
SHORTEST = 40  # characters of a text that can be asked about
TOKENS: dict[Language, tuple[int, int]] = {"en": (40, 16), "ja": (80, 32)}  # question, choice
SHORTEST_QUESTION = 6  # characters, but for punctuation
LONGEST_QUESTION, LONGEST_CHOICE = 200, 80  # characters
DRAWS_MORE = 2  # than lines are wanted
HEAT = (0.0, 0.3, 0.7)  # that a round of draws adds to the first one's temperature
TRIES = 4  # passages that may be given up for each question wanted


@dataclass(frozen=True, slots=True)
class Writing:
    """The next question is being written, about a passage of the text: `done` of `total` are."""

    passage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Made:
    """A question with four choices, and the passage that it is about."""

    question: Question
    passage: str


@dataclass(frozen=True, slots=True)
class _Wording:
    """The labels in one language, the characters that end a question, and solved examples as
    (text, question, answer, wrong answers).
    """

    text: str
    question: str
    answer: str
    wrong: str
    end: str
    gap: str
    examples: tuple[tuple[str, str, str, tuple[str, str, str]], ...]


_WORDINGS: dict[Language, _Wording] = {
    "en": _Wording(
        text="Text: ",
        question="Question:",
        answer="Right answer:",
        wrong="Wrong answer:",
        end="?",
        gap=" ",
        examples=(
            (
                "The ferry to the island leaves at seven in the morning and takes two hours. In "
                "winter it runs only on Sundays.",
                "When does the ferry leave in the morning?",
                "At seven",
                ("At nine", "At noon", "At five"),
            ),
            (
                "Clara found the old violin in her aunt's attic. It had no strings, but the wood "
                "was sound, and a carpenter in the village repaired it.",
                "Where did Clara find the violin?",
                "In the attic",
                ("In the cellar", "In a shop", "In the church"),
            ),
        ),
    ),
    "ja": _Wording(
        text="文章：",
        question="問題：",
        answer="正しい答え：",
        wrong="間違った答え：",
        end="か。",
        gap="",
        examples=(
            (
                "島へ行く船は朝の七時に出て、二時間かかる。冬は日曜日にしか走らない。",
                "船は朝の何時に出ますか。",
                "七時",
                ("九時", "正午", "五時"),
            ),
            (
                "花子は叔母の家の屋根裏で古いバイオリンを見つけた。弦はなかったが木は傷んでおらず、"
                "村の大工が直してくれた。",
                "花子はどこでバイオリンを見つけましたか。",
                "屋根裏",
                ("地下室", "店", "教会"),
            ),
        ),
    ),
}


def make_quiz(
    engine: BlockingEngine, text: str, *, questions: int, seed: int
) -> Iterator[Writing | Made]:
    """Let the model that is loaded write questions about a text, each with four choices.

    The passages of the text are taken in turn. A passage about which the model writes nothing of
    use is given up for the next one. A cancel ends it with the questions that were made.
    Raises InputError for a text too short, for a number out of range and where no model is loaded,
    JobError where the model wrote too little of use.
    """
    if engine.loaded is None:
        raise InputError("No model is loaded: load one first.")
    if not 1 <= questions <= MOST_QUESTIONS:
        raise InputError(f"{questions} questions cannot be made: choose 1 to {MOST_QUESTIONS}.")
    operations.check_writing(chain=Settings().chain(), seed=seed, tokens=1)
    if len(flatten(text)) < SHORTEST:
        raise InputError(
            f"The text has {len(flatten(text))} characters, and a quiz needs {SHORTEST} or more "
            "to ask about: give a longer one."
        )
    passages = split_passages(text)
    language = find_language(text)
    copied = {normalize(question) for _, question, *_ in _WORDINGS[language].examples}
    made: dict[str, Question] = {}
    try:
        for attempt in range(questions * TRIES):
            passage = passages[attempt % len(passages)]
            yield Writing(passage, len(made), questions)
            slots = _Slots(engine, language, passage, seed, attempt)
            question = slots.write_question(made.keys() | copied)
            if question is not None:
                made[normalize(question.question)] = question
                yield Made(question, passage)
            if len(made) == questions:
                return
    except Cancelled:
        return
    raise JobError(
        f"The model wrote {len(made)} of {questions} questions in {questions * TRIES} attempts: "
        "give it a longer text, or choose a larger model."
    )


def split_passages(text: str, longest: int = PASSAGE) -> list[str]:
    """Return `text` in passages of one line and at most `longest` characters, cut after sentences
    where there are any.
    """
    sentences = [
        flatten(sentence)
        for sentence in re.split(r"(?<=[.!?。！？])(?:\s+|(?<=[。！？]))|\n\s*\n", text)
        if flatten(sentence)
    ]
    passages = [""]
    for sentence in sentences:
        gap = " " if passages[-1] and passages[-1][-1].isascii() else ""
        if passages[-1] and len(passages[-1]) + len(gap) + len(sentence) > longest:
            passages.append("")
            gap = ""
        for start in range(0, len(sentence), longest):
            piece = sentence[start : start + longest]
            if start:
                passages.append("")
            passages[-1] += gap + piece if not start else piece
    return [passage for passage in passages if passage]


class _Slots:
    """Draws of a model for one question about one passage."""

    def __init__(
        self, engine: BlockingEngine, language: Language, passage: str, seed: int, attempt: int
    ) -> None:
        self._engine = engine
        self._wording = wording = _WORDINGS[language]
        self._tokens = TOKENS[language]
        self._seed = seed
        self._attempt = attempt
        self._draws = 0
        solved = []
        for given, question, answer, wrong in wording.examples:
            lines = [wording.text + given, self._label(wording.question, question)]
            lines.append(self._label(wording.answer, answer))
            lines += [self._label(wording.wrong, one) for one in wrong]
            solved.append("\n".join(lines))
        self._start = "\n\n".join([*solved, wording.text + passage]) + "\n"

    def write_question(self, known: set[str]) -> Question | None:
        """Return a question that is not among the normalized ones `known`; None where the model
        writes nothing of use. Raises Cancelled.
        """
        wording, (question_tokens, choice_tokens) = self._wording, self._tokens
        start = self._start + wording.question
        asked = [
            line
            for line in self._draw(start, 2, known, question_tokens, 0.7, wording.end)
            if SHORTEST_QUESTION + len(wording.end) <= len(line) <= LONGEST_QUESTION
        ]
        if not asked:
            return None
        start = f"{self._start}{self._label(wording.question, asked[0])}\n{wording.answer}"
        right = self._draw(start, 1, {normalize(asked[0])}, choice_tokens, 0.3)
        if not right:
            return None
        taken = {normalize(right[0]), normalize(asked[0])}
        start = f"{start}{wording.gap}{right[0]}\n{wording.wrong}"
        wrong = self._draw(start, CHOICES - 1, taken, choice_tokens, 0.8)
        if len(wrong) < CHOICES - 1:
            return None
        choices = [right[0], *wrong]
        random.Random(derive_seed(self._seed, self._attempt, 0.0, self._draws)).shuffle(choices)
        return Question(asked[0], (right[0],), tuple(choices))

    def _draw(
        self,
        start: str,
        wanted: int,
        taken: set[str],
        tokens: int,
        temperature: float,
        end: str = "",
    ) -> list[str]:
        """Return up to `wanted` different lines that continue `start`, none of them in `taken`.

        Draws are sequences of one batch; one round is hotter than the last, until there are enough.
        """
        found: dict[str, str] = {}
        for heat in HEAT:
            for line in self._continue(start, wanted + DRAWS_MORE, temperature + heat, tokens, end):
                plain = normalize(line)
                if plain and plain not in taken and (end or len(line) <= LONGEST_CHOICE):
                    found.setdefault(plain, line)
            if len(found) >= wanted:
                break
        return list(found.values())[:wanted]

    def _continue(
        self, start: str, draws: int, temperature: float, tokens: int, end: str
    ) -> list[str]:
        """Return the lines of a round of draws that came to their end."""
        chain = operations.describe_chain(Settings(temperature=temperature, min_p=0.05).chain())
        branches = []
        for _ in range(draws):
            own = derive_seed(self._seed, self._attempt, temperature, self._draws)
            branches.append(protocol.Branch(chain, own))
            self._draws += 1
        texts, whole = [""] * draws, [False] * draws
        for event in self._engine.generate(
            start, branches, tokens=tokens, stop=("\n", end) if end else ("\n",), candidates=0
        ):
            if isinstance(event, protocol.Stepped):
                texts[event.branch] += event.step.text
            elif isinstance(event, protocol.Finished):
                if event.outcome.reason == "cancelled":
                    raise Cancelled
                whole[event.branch] = event.outcome.reason != "length"
        lines = [clean(text) for text, ended in zip(texts, whole, strict=True) if ended]
        return [end_with(line, end) if end else line for line in lines if line]

    def _label(self, label: str, text: str) -> str:
        return f"{label}{self._wording.gap}{text}"


def clean(text: str) -> str:
    """Return a line without the mark or the letter, and a space, that models put before it."""
    line = flatten("".join(c for c in text if c.isprintable() or c.isspace()))
    return re.sub(r"\A(?:[-*•]+|[A-Da-d0-9][.)])(?=\s)\s*", "", line).strip()


def end_with(line: str, end: str) -> str:
    """Return a question with its end, of which it may have some."""
    marks = "?。？"
    return line.rstrip(marks).removesuffix(end.rstrip(marks)) + end
