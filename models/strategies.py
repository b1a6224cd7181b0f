"""Several decoding settings from one prompt, decoded together, and what tells their texts apart."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from models.engine import protocol
from models.engine.blocking import BlockingEngine
from models.errors import Cancelled, InputError, JobError
from models.folder import find_folders
from models.operations import check_writing, count_together, describe_chain
from models.sampling import (
    PRESETS,
    Chain,
    Greedy,
    Temperature,
    TopK,
    User,
    Xtc,
    format_chain,
    parse_chain,
)
from models.sampling.notation import STAGES

MOST_SETTINGS = 8
MOST_RUNS = 64
ROUNDS_ALIKE = 256
"""Up to so many tokens, prompt included, a text decoded with others equals the one decoded alone.

Where the cache has 512 cells or more, and it grows by 256, ggml's attention on a processor sums a
single row in another order than several (ggml-cpu/ops.cpp, `use_split_kv_path`): the last bits
differ, and with them, sooner or later, a token.
"""
_ASSIGNMENTS = re.compile(r"[a-z][a-z0-9-]*=[^=\s]+(\s+[a-z][a-z0-9-]*=[^=\s]+)*")

STANDARD: tuple[str, ...] = (
    "greedy",
    "top-p=0.9",
    "temperature=0.2",
    "temperature=0.7",
    "temperature=1.4",
    "temperature=1.4,top-p=0.9",
    "top-p=0.9,temperature=1.4",
    "min-p=0.1,temperature=1.4",
)
"""Settings that show what each stage does: the sixth and seventh differ in their order alone."""


@dataclass(frozen=True, slots=True)
class Strategy:
    """A chain by a name, and the seed of one run of it."""

    name: str
    chain: Chain
    seed: int


@dataclass(slots=True)
class Run:
    """One strategy's continuation, as far as it has come; `outcome` is None until it has ended."""

    strategy: Strategy
    steps: list[protocol.Step] = field(default_factory=list)
    outcome: protocol.Outcome | None = None

    @property
    def text(self) -> str:
        return "".join(step.text for step in self.steps)

    @property
    def tokens(self) -> list[int]:
        return [step.token for step in self.steps]


@dataclass(frozen=True, slots=True)
class RunStepped:
    """A run has taken a step."""

    run: int
    step: protocol.Step


@dataclass(frozen=True, slots=True)
class RunFinished:
    """A run has ended."""

    run: int
    outcome: protocol.Outcome


@dataclass(frozen=True)
class StrategiesResult:
    """What came of all runs; `seconds` are those of decoding, the reading of the prompt left out.

    A run that was cancelled has the steps that it took.
    """

    model: str
    prompt: str
    prompt_tokens: int
    seconds: float
    runs: tuple[Run, ...]
    cancelled: bool

    @cached_property
    def partings(self) -> tuple[int | None, ...]:
        """Where each run parts from the first, as `find_parting`; None for the first itself."""
        first = self.runs[0].tokens
        return tuple(find_parting(first, run.tokens) for run in self.runs)

    def find_marked(self, number: int) -> set[int]:
        """Return the steps of a run that show where it parts from the first.

        Of the first, those where any other parts from it.
        """
        places = self.partings[number : number + 1] if number else self.partings
        steps = self.runs[number].steps
        return {find_shown(steps, place) for place in places if place is not None}


Told = protocol.Reading | RunStepped | RunFinished | StrategiesResult


def parse_strategy(text: str) -> tuple[str, Chain]:
    """Return the name and the chain of a setting as a person writes it.

    A preset's id, `greedy`, stages in their order as `temperature=1.4,top-p=0.9`, a chain as
    `top-k 40 > temperature 0.7`, or the file of a sampler as `without_letter.py`. Raises InputError
    for anything else.
    """
    given = text.strip()
    if not given:
        raise InputError("A strategy is empty: give one like greedy or temperature=0.7,top-p=0.9.")
    name = given.casefold().replace("_", "-")
    if name in PRESETS:
        return name, PRESETS[name].settings.chain()
    if re.fullmatch(r"\S+\.py", given):
        given = f"{User.name} {given}"
    elif re.fullmatch(r"[\w-]+", name) and name not in STAGES:
        raise InputError(
            f'There is no setting "{given[:40]}": give a preset ({", ".join(PRESETS)}), greedy, or '
            "stages like temperature=0.7,top-p=0.9."
        )
    parts = re.split(r"\s*,\s*", re.sub(r"\s*=\s*", "=", name))
    if all(part in STAGES or _ASSIGNMENTS.fullmatch(part) for part in parts):
        given = " > ".join(" ".join(parts).split()).replace("=", " ")
    chain = parse_chain(given)
    return format_chain(chain), chain


def make_strategies(texts: Sequence[str], *, seed: int, seeds: int = 1) -> list[Strategy]:
    """Return the runs of several settings, `seeds` of each, with seeds from `seed` on.

    A setting that draws nothing (greedy) runs once. Settings of the same name are numbered.
    Raises InputError for none, too many, or one that cannot be read.
    """
    if not texts:
        raise InputError("No strategy is given: give one like --strategy greedy.")
    if len(texts) > MOST_SETTINGS:
        raise InputError(
            f"{len(texts)} strategies are too many to look at: give at most {MOST_SETTINGS}."
        )
    if seeds < 1:
        raise InputError(f"{seeds} runs of a strategy are no comparison: give 1 or more.")
    if seeds > MOST_RUNS:
        raise InputError(f"{seeds:,} runs of a strategy are too many: give at most {MOST_RUNS}.")
    parsed = [parse_strategy(text) for text in texts]
    names = number_names([name for name, _ in parsed])
    strategies = [
        Strategy(f"{name} #{run + 1}" if runs > 1 else name, chain, seed + run)
        for name, (_, chain) in zip(names, parsed, strict=True)
        for runs in [1 if is_deterministic(chain) else seeds]
        for run in range(runs)
    ]
    if len(strategies) > MOST_RUNS:
        raise InputError(
            f"{len(strategies)} runs are too many: give fewer strategies or seeds, at most "
            f"{MOST_RUNS} together."
        )
    return strategies


def number_names(names: Sequence[str]) -> list[str]:
    """Return the names with a number behind each that comes more than once."""
    counts, seen, numbered = Counter(names), Counter[str](), []
    for name in names:
        seen[name] += 1
        numbered.append(f"{name} ({seen[name]})" if counts[name] > 1 else name)
    return numbered


def is_deterministic(chain: Chain) -> bool:
    """Whether every seed gives the same text: one token is left, and no stage draws before."""
    if any(isinstance(stage, Xtc | User) for stage in chain.stages):
        return False
    return any(
        isinstance(stage, Greedy)
        or (isinstance(stage, Temperature) and stage.temperature <= 0)
        or (isinstance(stage, TopK) and stage.k == 1)
        for stage in chain.stages
    )


def run_strategies(
    engine: BlockingEngine,
    prompt: str,
    strategies: Sequence[Strategy],
    *,
    tokens: int,
    special: bool = True,
    chat: bool = False,
    candidates: int = 20,
) -> Generator[Told, None, None]:
    """Continue a prompt under each strategy; the last event is the StrategiesResult.

    The prompt is read once. As many runs as there is room for in the context, at most eight, are
    decoded together as sequences of one batch, then the next ones. A cancel ends the runs that
    are going on and begins no others. So does a failure once something was written, and it is
    raised after the StrategiesResult. Raises InputError for what cannot be written, before anything
    is.
    """
    if engine.loaded is None:
        raise InputError("No model is loaded: load one first.")
    for strategy in strategies:
        check_writing(
            chain=strategy.chain, seed=strategy.seed, tokens=tokens, candidates=candidates
        )
    runs = tuple(Run(strategy) for strategy in strategies)
    prompt_tokens, cancelled = 0, False
    failure: InputError | JobError | None = None
    at_once = count_together(engine, prompt, tokens=tokens, special=special, chat=chat)
    try:
        for first in range(0, len(runs), at_once):
            together = runs[first : first + at_once]
            for event in engine.generate(
                prompt,
                [
                    protocol.Branch(describe_chain(run.strategy.chain), run.strategy.seed)
                    for run in together
                ],
                tokens=tokens,
                special=special,
                chat=chat,
                candidates=candidates,
                samplers=find_folders().samplers,
                keep_logits=False,
            ):
                match event:
                    case protocol.Reading():
                        yield event
                    case protocol.Stepped():
                        together[event.branch].steps.append(event.step)
                        yield RunStepped(first + event.branch, event.step)
                    case protocol.Finished():
                        outcome = together[event.branch].outcome = event.outcome
                        prompt_tokens = outcome.prompt_tokens
                        cancelled = cancelled or outcome.reason == "cancelled"
                        yield RunFinished(first + event.branch, outcome)
            if cancelled:
                break
    except (Cancelled, KeyboardInterrupt):
        cancelled = True
    except (InputError, JobError) as error:
        if not any(run.steps for run in runs):
            raise
        failure = error
    yield StrategiesResult(
        model=Path(engine.loaded.path).stem,
        prompt=prompt,
        prompt_tokens=prompt_tokens,
        seconds=_add_seconds(runs, at_once),
        runs=runs,
        cancelled=cancelled or failure is not None,
    )
    if failure is not None:
        raise failure


def _add_seconds(runs: Sequence[Run], at_once: int) -> float:
    """How long all of them took: of those in one batch, as long as the longest."""
    return sum(
        max(run.outcome.seconds if run.outcome else 0.0 for run in runs[first : first + at_once])
        for first in range(0, len(runs), at_once)
    )


@dataclass(frozen=True, slots=True)
class Variety:
    """How a text varies, in figures.

    distinct_2    different pairs of neighbouring tokens over all of them, 0..1 (Li et al. 2016,
                  "A Diversity-Promoting Objective Function", distinct-2)
    repeated_4    share of the runs of four tokens that stood in the text before, 0..1 (Welleck et
                  al. 2019, "Neural Text Generation with Unlikelihood Training", seq-rep-4)
    mean_logprob  of the tokens under the model itself, in nats
    mean_entropy  of the model's distribution at each step, in nats
    """

    tokens: int
    distinct_2: float
    repeated_4: float
    mean_logprob: float
    mean_entropy: float


def measure_variety(steps: Sequence[protocol.Step]) -> Variety:
    """Measure a continuation; what is too short to be measured is 1 (distinct) or 0."""
    tokens = [step.token for step in steps]
    pairs = list(itertools.pairwise(tokens))
    fours = max(0, len(tokens) - 3)
    count = max(1, len(steps))
    return Variety(
        tokens=len(tokens),
        distinct_2=len(set(pairs)) / len(pairs) if pairs else 1.0,
        repeated_4=len(_repeated_fours(tokens)) / fours if fours else 0.0,
        mean_logprob=math.fsum(step.logprob for step in steps) / count,
        mean_entropy=math.fsum(step.entropy for step in steps) / count,
    )


def find_repeated(tokens: Sequence[int]) -> set[int]:
    """Return the indices of the tokens of every run of four that stood in the text before."""
    return {start + offset for start in _repeated_fours(tokens) for offset in range(4)}


def _repeated_fours(tokens: Sequence[int]) -> list[int]:
    """Return where the runs of four tokens begin that stood in the text before."""
    seen: set[tuple[int, ...]] = set()
    repeated = []
    for start in range(len(tokens) - 3):
        four = tuple(tokens[start : start + 4])
        if four in seen:
            repeated.append(start)
        seen.add(four)
    return repeated


def find_parting(one: Sequence[object], other: Sequence[object]) -> int | None:
    """Return the first index at which two sequences of tokens differ.

    None where they are the same, or one is only longer than the other.
    """
    return next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None
    )


def find_shown(steps: Sequence[protocol.Step], index: int) -> int:
    """Return the index of the step from `index` on that shows something.

    A token may be the first bytes of a character, and the step that ends it has its text.
    """
    return next((n for n in range(index, len(steps)) if steps[n].text), index)
