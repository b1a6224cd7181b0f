"""The run: every question, of every model, at every temperature, as often as wanted."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models import library, operations
from models.catalogue import STARTER
from models.engine import protocol
from models.engine.blocking import BlockingEngine
from models.errors import Cancelled, InputError, JobError
from models.gguf_file import check_generates_text, summarize
from models.questions.matching import is_right
from models.questions.prompts import QuestionPrompt, build_prompt
from models.questions.question_file import CHOICES, Question
from models.questions.results import Answer, Report, Weighing
from models.sampling import Chain, Settings

MOST_REPEATS = 100
MOST_TEMPERATURES = 20
DEFAULT_TEMPERATURES = (0.2, 0.7, 1.4)
DEFAULT_REPEATS = 5
DEFAULT_TOKENS = 32


@dataclass(frozen=True, slots=True)
class Opening:
    """A model is the next; loading it may take a while."""

    model: str


@dataclass(frozen=True, slots=True)
class Asking:
    """A question is put to a model: `done` of `total` were, over all models.

    A question with choices is put twice: first its choices are weighed, all behind solved examples,
    then it is answered.
    """

    model: str
    question: int
    prompt: QuestionPrompt
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A model has answered."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Weighed:
    """A model has told how probable each choice is."""

    weighing: Weighing


Told = Opening | Asking | Answered | Weighed | Report


def ask(
    engine: BlockingEngine,
    questions: Sequence[Question],
    *,
    seed: int,
    models: Sequence[str | None] = (None,),
    temperatures: Sequence[float] = DEFAULT_TEMPERATURES,
    repeats: int = DEFAULT_REPEATS,
    tokens: int = DEFAULT_TOKENS,
    context: int | None = None,
    threads: int | None = None,
    gpu_layers: int | None = None,
    candidates: int = 0,
) -> Generator[Told, None, None]:
    """Ask models, one loaded after another; the last event is the Report.

    `models` are as in `operations.open_model`; one that `engine` has loaded with the context, the
    threads and the GPU layers that are given stays as it is. The model that was asked last stays
    loaded.

    Of each model, the choices of all questions are weighed first, then all questions are answered.
    The chain of an answer is its temperature and nothing else. The repeats of a question at a
    temperature are sequences of one batch behind one prompt, in several batches where they are more
    than it, or the context, holds. At temperature 0 every repeat would be the same: it is asked
    once and counts once. The seed of an answer is `derive_seed`.

    A cancel (Ctrl+C, `engine.cancel`) ends the run with a Report of what was answered by then. So
    does a failure once something was answered, and it is raised after the Report. Raises InputError
    before a model is loaded for what cannot be asked, before it is asked anything for a question
    that its context has no room for, and whatever loading and writing raise.
    """
    chains = check_asking(
        questions,
        temperatures=temperatures,
        repeats=repeats,
        seed=seed,
        tokens=tokens,
        candidates=candidates,
    )
    names = name_models(models)
    answers: list[Answer] = []
    weighings: list[Weighing] = []
    start_s, cancelled = time.perf_counter(), False
    failure: InputError | JobError | None = None
    try:
        done, total = 0, len(names) * (len(questions) + sum(bool(q.choices) for q in questions))
        for path, name in names.items():
            yield from _open(engine, path, name, context, threads, gpu_layers)
            assert engine.loaded is not None
            chat = engine.loaded.has_chat_template
            _check_room(engine, questions, tokens, chat=chat)
            for index, question in enumerate(questions):
                if question.choices:
                    asked = _Question(engine, name, index, question, candidates, chat=False)
                    yield Asking(name, index, asked.prompt, done, total)
                    weighings.append(asked.weigh())
                    yield Weighed(weighings[-1])
                    done += 1
            for index, question in enumerate(questions):
                asked = _Question(engine, name, index, question, candidates, chat=chat)
                yield Asking(name, index, asked.prompt, done, total)
                at_once = operations.count_together(
                    engine, asked.prompt.text, tokens=tokens, chat=chat
                )
                for temperature, chain in chains.items():
                    count = repeats if temperature > 0 else 1
                    for first in range(0, count, at_once):
                        together = range(first, min(first + at_once, count))
                        for answer in asked.answer(temperature, chain, together, seed, tokens):
                            answers.append(answer)
                            yield Answered(answer)
                done += 1
    except (Cancelled, KeyboardInterrupt):
        cancelled = True
    except (InputError, JobError) as error:
        if not answers and not weighings:
            raise
        failure = error
    yield Report(
        questions=tuple(questions),
        models=tuple(names.values()),
        temperatures=tuple(chains),
        repeats=repeats,
        seed=seed,
        answers=tuple(answers),
        weighings=tuple(weighings),
        seconds=time.perf_counter() - start_s,
        cancelled=cancelled or failure is not None,
    )
    if failure is not None:
        raise failure


def check_asking(
    questions: Sequence[Question],
    *,
    temperatures: Sequence[float],
    repeats: int,
    seed: int,
    tokens: int,
    candidates: int = 0,
) -> dict[float, Chain]:
    """Return the chain of each temperature. Raises InputError for what cannot be asked."""
    if not questions:
        raise InputError("There is no question: give one or more.")
    if not 1 <= len(temperatures) <= MOST_TEMPERATURES:
        raise InputError(
            f"{len(temperatures)} temperatures cannot be compared: give 1 to {MOST_TEMPERATURES}."
        )
    if not 1 <= repeats <= MOST_REPEATS:
        raise InputError(f"{repeats} repeats cannot be asked: give 1 to {MOST_REPEATS}.")
    chains: dict[float, Chain] = {}
    for temperature in map(float, temperatures):
        if f"{temperature:g}" in {f"{other:g}" for other in chains}:  # so reports name them
            raise InputError(f"The temperature {temperature:g} is given twice: leave one out.")
        chain = chains[temperature] = Settings(temperature=temperature).chain()
        operations.check_writing(chain=chain, seed=seed, tokens=tokens, candidates=candidates)
    return chains


def name_models(models: Sequence[str | None]) -> dict[Path, str]:
    """Return the files of the models with the names they go by: the file's, or the path where two
    files have one name.

    Raises InputError for none, for one that is given twice, is not here, or writes no text.
    """
    if not models:
        raise InputError("No model is given: give one or more.")
    paths: dict[Path, Path] = {}
    for model in models:
        path = library.find_model(STARTER.id if model is None else model)
        check_generates_text(summarize(path))
        if path.resolve() in paths:
            raise InputError(f"The model {path.stem} is given twice: leave one out.")
        paths[path.resolve()] = path
    stems = [path.stem for path in paths.values()]
    return {
        path: path.stem if stems.count(path.stem) == 1 else str(path) for path in paths.values()
    }


def derive_seed(seed: int, question: int, temperature: float, repeat: int) -> int:
    """Return the seed of one answer, 0..2^64-1: a hash of what it depends on, and of nothing else.

    So an answer stays what it is when other temperatures or more repeats are asked beside it, but
    for the last bits of the arithmetic, which the size of a batch may change.
    """
    text = f"{seed} {question} {float(temperature)!r} {repeat}"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _open(
    engine: BlockingEngine,
    path: Path,
    name: str,
    context: int | None,
    threads: int | None,
    gpu_layers: int | None,
) -> Iterator[Opening]:
    """Load a model, unless it is loaded as it is wanted."""
    yield Opening(name)
    loaded = engine.loaded
    if (
        loaded is None
        or Path(loaded.path).resolve() != path.resolve()
        or (context and operations.choose_context(summarize(path), context) != loaded.context)
        or threads not in (None, loaded.threads)
        or (gpu_layers is not None and min(gpu_layers, loaded.layers + 1) != loaded.gpu_layers)
    ):
        operations.open_model(
            engine, model=str(path), context=context, threads=threads, gpu_layers=gpu_layers
        )


def _check_room(
    engine: BlockingEngine, questions: Sequence[Question], tokens: int, *, chat: bool
) -> None:
    """Raise InputError for a question that the context has no room for, with what follows it."""
    assert engine.loaded is not None
    context = engine.loaded.context
    for number, question in enumerate(questions):
        for weighed in {False, bool(question.choices)}:
            way = chat and not weighed
            asked = _Question(engine, "", number, question, 0, chat=way)
            room = context - (operations.TEMPLATE_ROOM if way else 0)
            longest = max((len(choice.encode()) + 8 for choice in question.choices), default=0)
            more = CHOICES * longest if weighed else tokens
            if len(asked.prompt.text.encode()) + more < room:
                continue  # a token has a byte or more
            count = len(engine.tokenize(asked.prompt.text))
            if weighed:
                more = CHOICES * max(map(len, asked.find_choices()))
            if count + more > room:
                what = "its choices side by side" if weighed else "an answer"
                raise InputError(
                    f"Question {number + 1} has {count:,} tokens as it is put, and the context of "
                    f"{context:,} has no room for it and {more:,} of {what}: shorten it, or load "
                    "the model with a larger context."
                )


class _Question:
    """One question to the model that is loaded."""

    def __init__(
        self,
        engine: BlockingEngine,
        model: str,
        index: int,
        question: Question,
        candidates: int,
        *,
        chat: bool,
    ) -> None:
        self._engine = engine
        self._model = model
        self._index = index
        self._question = question
        self._candidates = candidates
        self.prompt = build_prompt(question, chat=chat)

    def find_choices(self) -> list[list[int]]:
        """Return the tokens of each choice, and its end, behind the prompt."""
        return [self._find_tokens(f"{choice}\n") for choice in self._question.choices]

    def weigh(self) -> Weighing:
        """Measure each choice, and its end, as the continuation of the prompt, all in one batch.

        Without its end, 10 could only be more probable than 100.

        Raises Cancelled.
        """
        choices, right = self._question.choices, self._question.right_choice
        assert right is not None
        forced = self.find_choices()
        greedy = operations.describe_chain(Settings(greedy=True).chain())
        branches = [protocol.Branch(greedy, 0, tokens) for tokens in forced]
        logprobs: list[list[float]] = [[] for _ in choices]
        for event in self._generate(branches, max(map(len, forced)), stop=()):
            if isinstance(event, protocol.Finished):
                if event.outcome.reason == "cancelled":
                    raise Cancelled
            elif event.step.index < len(forced[event.branch]):
                logprobs[event.branch].append(event.step.logprob)
        sums = tuple(map(sum, logprobs))
        means = tuple(total / len(own) for total, own in zip(sums, logprobs, strict=True))
        return Weighing(self._model, self._index, sums, means, right)

    def answer(
        self, temperature: float, chain: Chain, repeats: range, seed: int, tokens: int
    ) -> Iterator[Answer]:
        """Let the model answer, all repeats in one batch; yields them as they end.

        Raises Cancelled after those that had ended by then.
        """
        stages = operations.describe_chain(chain)
        seeds = [derive_seed(seed, self._index, temperature, repeat) for repeat in repeats]
        branches = [protocol.Branch(stages, own) for own in seeds]
        steps: list[list[protocol.Step]] = [[] for _ in branches]
        cancelled = False
        for event in self._generate(branches, tokens, stop=self.prompt.stop):
            if isinstance(event, protocol.Stepped):
                steps[event.branch].append(event.step)
            elif event.outcome.reason == "cancelled":
                cancelled = True
            else:
                own = tuple(steps[event.branch])
                text = "".join(step.text for step in own).strip()
                yield Answer(
                    model=self._model,
                    question=self._index,
                    temperature=temperature,
                    repeat=repeats[event.branch],
                    seed=seeds[event.branch],
                    text=text,
                    correct=is_right(text, self._question.answers),
                    steps=own,
                )
        if cancelled:
            raise Cancelled

    def _generate(
        self, branches: list[protocol.Branch], tokens: int, stop: tuple[str, ...]
    ) -> Iterator[protocol.Stepped | protocol.Finished]:
        for event in self._engine.generate(
            self.prompt.text,
            branches,
            tokens=tokens,
            chat=self.prompt.chat,
            stop=stop,
            candidates=self._candidates,
        ):
            if isinstance(event, protocol.Stepped | protocol.Finished):
                yield event

    def _find_tokens(self, answer: str) -> list[int]:
        """Return the tokens of an answer behind the prompt."""
        if not self.prompt.chat:
            prompt = [token.id for token in self._engine.tokenize(self.prompt.text)]
            whole = self._engine.tokenize(self.prompt.text + self.prompt.gap + answer)
            tokens = [token.id for token in whole]
            if tokens[: len(prompt)] == prompt and len(tokens) > len(prompt):
                return tokens[len(prompt) :]
        text = self.prompt.gap + answer
        return [token.id for token in self._engine.tokenize(text, special=False)]
