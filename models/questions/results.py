"""What came of a run: accuracy with intervals, calibration, and what was answered how often."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.engine import protocol
from models.questions.matching import find_first_line, normalize
from models.questions.question_file import Question

Z_95 = 1.959963984540054  # the standard normal's 97.5 % point
BINS = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a model to one question.

    question  its index in the list that was asked
    repeat    0 for the first answer at this temperature
    correct   whether its first line holds an accepted answer (`matching.is_right`)
    steps     its tokens, and the model's own end where it ended so
    """

    model: str
    question: int
    temperature: float
    repeat: int
    seed: int
    text: str
    correct: bool
    steps: tuple[protocol.Step, ...]

    @property
    def confidence(self) -> float:
        """How sure the model was, 0..1: the geometric mean of its tokens' probabilities.

        They are the model's own, whatever temperature the answer was drawn at. The product would
        say how probable this wording is, which is little for any sentence; the mean is what
        Malinin & Gales 2021 ("Uncertainty Estimation in Autoregressive Structured Prediction")
        take. 0 for an answer of nothing.
        """
        if not self.text:
            return 0.0
        return math.exp(math.fsum(step.logprob for step in self.steps) / len(self.steps))


@dataclass(frozen=True, slots=True)
class Weighing:
    """What a model holds of the four choices of a question; no temperature has a part in it.

    logprobs  log-probability of each as the whole line that continues the prompt, in nats, over its
              tokens and the end of the line
    means     the same a token
    """

    model: str
    question: int
    logprobs: tuple[float, ...]
    means: tuple[float, ...]
    right: int

    @property
    def chosen(self) -> int:
        """The most probable choice. The sum decides, since it is the probability that the model
        writes this answer; the mean a token is none, and lets a long name win by its easy end.
        """
        return self.logprobs.index(max(self.logprobs))

    @property
    def chosen_by_mean(self) -> int:
        """The choice with the highest mean a token."""
        return self.means.index(max(self.means))

    @property
    def shares(self) -> tuple[float, ...]:
        """The probabilities of the choices, normalized to 1 among them."""
        highest = max(self.logprobs)
        weights = [math.exp(logprob - highest) for logprob in self.logprobs]
        return tuple(weight / math.fsum(weights) for weight in weights)


@dataclass(frozen=True, slots=True)
class Row:
    """The accuracy of a model at a temperature, `low` to `high` with 95 % confidence."""

    model: str
    temperature: float
    asked: int
    correct: int
    accuracy: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """How often a model held the right choice most probable: by the sum, which decides, with its
    95 % interval, and by the mean a token.
    """

    model: str
    asked: int
    correct: int
    accuracy: float
    low: float
    high: float
    correct_by_mean: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of which the model was `start` to `end` sure: how sure on average, and how right."""

    start: float
    end: float
    asked: int
    correct: int
    confidence: float
    accuracy: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether a model is right as often as it is sure; bins without an answer are left out.

    With a `temperature`, of the answers written at it: sure is `Answer.confidence`. Without, of
    the choices: sure is the share of the chosen one among the four.
    """

    model: str
    temperature: float | None
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Answers that say the same in the sense of `normalize`; `text` is the first of them."""

    text: str
    correct: bool
    answers: tuple[Answer, ...]

    @property
    def count(self) -> int:
        """How often it was said."""
        return len(self.answers)


@dataclass(frozen=True)
class Report:
    """All that was asked and answered; `cancelled` says that it ended before everything was.

    `models` and `temperatures` are those that were asked for, in their order.
    """

    questions: tuple[Question, ...]
    models: tuple[str, ...]
    temperatures: tuple[float, ...]
    repeats: int
    seed: int
    answers: tuple[Answer, ...]
    weighings: tuple[Weighing, ...]
    seconds: float
    cancelled: bool

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Accuracy by model and temperature; none for what was not asked at all.

        The answers to one question count as independent: the interval is about these questions, not
        about others like them.
        """
        rows = []
        for model in self.models:
            for temperature in self.temperatures:
                marks = [answer.correct for answer in self._find(model, temperature)]
                if marks:
                    asked, correct = len(marks), sum(marks)
                    low, high = measure_interval(correct, asked)
                    rows.append(Row(model, temperature, asked, correct, correct / asked, low, high))
        return tuple(rows)

    @cached_property
    def choice_rows(self) -> tuple[ChoiceRow, ...]:
        """How the choices were weighed, by model; none where there were no choices."""
        rows = []
        for model in self.models:
            found = [weighing for weighing in self.weighings if weighing.model == model]
            if found:
                asked = len(found)
                correct = sum(weighing.chosen == weighing.right for weighing in found)
                by_mean = sum(weighing.chosen_by_mean == weighing.right for weighing in found)
                low, high = measure_interval(correct, asked)
                rows.append(ChoiceRow(model, asked, correct, correct / asked, low, high, by_mean))
        return tuple(rows)

    @cached_property
    def calibrations(self) -> tuple[Calibration, ...]:
        """Calibration of the choices and of the answers at each temperature, by model."""
        found = []
        for model in self.models:
            sure = [
                (max(weighing.shares), weighing.chosen == weighing.right)
                for weighing in self.weighings
                if weighing.model == model
            ]
            found.append(Calibration(model, None, measure_bins(sure)))
            for temperature in self.temperatures:
                sure = [
                    (answer.confidence, answer.correct) for answer in self._find(model, temperature)
                ]
                found.append(Calibration(model, temperature, measure_bins(sure)))
        return tuple(calibration for calibration in found if calibration.bins)

    def count_said(self, question: int, model: str, temperature: float) -> tuple[Said, ...]:
        """Return what a model answered to a question, the most frequent first."""
        return self._said.get((question, model, temperature), ())

    def find_weighing(self, question: int, model: str) -> Weighing | None:
        """Return how a model weighed the choices of a question, if it did."""
        return self._weighed.get((question, model))

    @cached_property
    def _said(self) -> dict[tuple[int, str, float], tuple[Said, ...]]:
        by_place: dict[tuple[int, str, float], list[Answer]] = {}
        for answer in self.answers:
            place = (answer.question, answer.model, answer.temperature)
            by_place.setdefault(place, []).append(answer)
        return {place: group_answers(answers) for place, answers in by_place.items()}

    @cached_property
    def _weighed(self) -> dict[tuple[int, str], Weighing]:
        return {(weighing.question, weighing.model): weighing for weighing in self.weighings}

    def _find(self, model: str, temperature: float) -> Sequence[Answer]:
        return self._by_run.get((model, temperature), ())

    @cached_property
    def _by_run(self) -> dict[tuple[str, float], list[Answer]]:
        by_run: dict[tuple[str, float], list[Answer]] = {}
        for answer in self.answers:
            by_run.setdefault((answer.model, answer.temperature), []).append(answer)
        return by_run


def measure_interval(correct: int, asked: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, 0..1, as Wilson's score.

    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n): E. B. Wilson, "Probable Inference, the Law of
    Succession, and Statistical Inference", JASA 22 (1927). Nothing asked is 0 to 1.
    """
    if not asked:
        return 0.0, 1.0
    share, spread = correct / asked, Z_95**2 / asked
    middle = share + spread / 2
    reach = Z_95 * math.sqrt(share * (1 - share) / asked + spread / (4 * asked))
    low, high = (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)
    return (low if correct else 0.0), (high if correct < asked else 1.0)


def measure_bins(sure: Iterable[tuple[float, bool]], bins: int = BINS) -> tuple[Bin, ...]:
    """Sort answers, each as (confidence 0..1, whether it is right), into bins of equal width."""
    sorted_in: dict[int, list[tuple[float, bool]]] = {}
    for confidence, correct in sure:
        place = min(int(confidence * bins), bins - 1)
        sorted_in.setdefault(place, []).append((confidence, correct))
    found = []
    for place, answers in sorted(sorted_in.items()):
        asked, correct_count = len(answers), sum(correct for _, correct in answers)
        low, high = measure_interval(correct_count, asked)
        found.append(
            Bin(
                start=place / bins,
                end=(place + 1) / bins,
                asked=asked,
                correct=correct_count,
                confidence=math.fsum(confidence for confidence, _ in answers) / asked,
                accuracy=correct_count / asked,
                low=low,
                high=high,
            )
        )
    return tuple(found)


def group_answers(answers: Iterable[Answer]) -> tuple[Said, ...]:
    """Return the answers grouped by what they say, the most frequent first."""
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(normalize(find_first_line(answer.text)), []).append(answer)
    said = [
        Said(find_first_line(group[0].text), group[0].correct, tuple(group))
        for group in groups.values()
    ]
    return tuple(sorted(said, key=lambda one: -one.count))
