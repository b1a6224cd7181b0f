"""Whole chains: against llama.cpp, and what every decision must hold."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from models.engine.llama import Model
from models.errors import InputError, JobError
from models.sampling import (
    MOST_SHOWN,
    ORDERS,
    PRESETS,
    Candidates,
    Chain,
    Dry,
    Greedy,
    LogitBias,
    MinP,
    MirostatV2,
    Moment,
    Penalties,
    Settings,
    Stage,
    Temperature,
    TopK,
    TopNSigma,
    TopP,
    Typical,
    User,
    Xtc,
    parse_chain,
)
from models.sampling.candidates import FloatArray
from tests.models.sampling.distributions import (
    SHAPES,
    PlainVocabulary,
    make_all_logits,
    make_logits,
    make_moment,
    run_stages,
)
from tests.models.sampling.llama_oracle import assert_agrees, run_llama

EVERYTHING = Settings(
    temperature=0.8,
    dynamic_temperature_delta=0.3,
    top_k=60,
    top_p=0.95,
    min_p=0.01,
    typical=0.97,
    top_n_sigma=3.0,
    xtc_probability=1.0,
    xtc_threshold=0.2,
    penalty_repeat=1.2,
    penalty_frequency=0.1,
    dry_multiplier=0.8,
    logit_bias=((3, 1.5), (5, -math.inf)),
)
SETTINGS = {
    **{name: preset.settings for name, preset in PRESETS.items() if name != "facts"},
    "llama.cpp's own": Settings(temperature=0.8, top_k=40, top_p=0.95, min_p=0.05),
    "no top-k": Settings(temperature=1.3, top_p=0.8, min_p=0.02),
    "typical": Settings(temperature=1.2, typical=0.6, top_k=100),
    "mirostat": Settings(temperature=0.9, mirostat_tau=4.0),
    "everything": EVERYTHING,
}
REPETITIVE = "The cat sat on the mat. The cat sat on the rug. The cat sat on the"


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", SETTINGS)
def test_agrees_with_llama(
    name: str, order: str, starter_model: Model, real_logits: list[FloatArray]
) -> None:
    stages = SETTINGS[name].chain(order).stages
    tokens = starter_model.tokenize(REPETITIVE)
    for logits in real_logits:
        theirs = run_llama(stages, logits, tokens=tokens, model=starter_model)
        ours = run_stages(stages, Candidates(logits), make_moment(tokens), starter_model)
        assert_agrees(ours, theirs)
        bound = Chain(stages).bind(starter_model)
        decision = bound.decide(logits, make_moment(tokens), shown=100)
        probability = dict(zip(theirs.ids.tolist(), theirs.probabilities.tolist(), strict=True))
        for candidate in decision.candidates:
            expected = probability.get(candidate.token, 0.0)
            assert candidate.probability == pytest.approx(expected, abs=1e-5)
            assert (candidate.removed_by is None) == (candidate.token in probability)
        assert (decision.stages[-1].survivors if stages else len(logits)) == len(theirs.ids)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", [name for name in SETTINGS if name != "everything"])
def test_agrees_with_llama_on_random_logits(name: str, order: str) -> None:
    stages = SETTINGS[name].chain(order).stages
    for logits in make_all_logits():
        assert_agrees(run_stages(stages, Candidates(logits)), run_llama(stages, logits))


some_stages = st.lists(
    st.one_of(
        st.builds(TopK, st.integers(0, 300)),
        st.builds(TopP, st.floats(0.01, 1)),
        st.builds(MinP, st.floats(0, 1)),
        st.builds(Typical, st.floats(0.01, 1)),
        st.builds(TopNSigma, st.floats(0, 4)),
        st.builds(Xtc, st.floats(0, 1), st.floats(0, 0.5)),
        st.builds(Temperature, st.floats(0, 3)),
        st.builds(Penalties, st.integers(0, 20), st.floats(0.5, 2), st.floats(-1, 1)),
        st.builds(LogitBias, st.just(((1, -math.inf), (2, 3.0)))),
    ),
    max_size=5,
    unique_by=lambda stage: stage.name,
)
ends = st.sampled_from([(), (Greedy(),), (MirostatV2(2.0),)])
TRUNCATING = (TopK, TopP, MinP, Typical, TopNSigma, Xtc)


@st.composite
def situations(draw: st.DrawFn) -> tuple[tuple[Stage, ...], FloatArray, Moment]:
    """Any chain, logits of any shape (some -inf), any moment."""
    size = draw(st.sampled_from([4, 60, 2500]))
    logits = make_logits(draw(st.sampled_from(SHAPES)), max(size, 12), draw(st.integers(0, 99)))
    if draw(st.booleans()):
        logits = logits.copy()
        logits[3::3] = -np.inf
        logits.flags.writeable = False
    tokens = draw(st.lists(st.integers(0, 11), max_size=10))
    moment = make_moment(
        tokens, seed=draw(st.integers(0, 2**64 - 1)), index=draw(st.integers(0, 9))
    )
    return (*draw(some_stages), *draw(ends)), logits, moment


@given(situations(), st.integers(0, MOST_SHOWN - 1))
def test_what_every_decision_holds(
    situation: tuple[tuple[Stage, ...], FloatArray, Moment], shown: int
) -> None:
    """The logits are read-only here: a stage that wrote into them would raise."""
    stages, logits, moment = situation
    bound = Chain(stages).bind(PlainVocabulary(len(logits)))
    try:
        decision = bound.decide(logits, moment, shown=shown)
    except JobError:  # the one token that was left is the one that the bias bans
        reject()

    exact = logits.astype(np.float64)
    logprobs = exact - exact.max() - np.log(np.exp(exact - exact.max()).sum())
    finite = logprobs > -np.inf
    entropy = -(np.exp(logprobs[finite]) * logprobs[finite]).sum()
    assert decision.entropy == pytest.approx(entropy, abs=2e-5)
    assert decision.logprob == pytest.approx(logprobs[decision.token], abs=1e-5)
    order = np.argsort(-logits, kind="stable")
    assert decision.rank == np.flatnonzero(order == decision.token)[0]

    # Stage by stage with the bare stages: survivors, mass, who removed what.
    candidates = Candidates(logits).keep(finite)
    removed_by: dict[int, str] = {}
    mass = 1.0
    for stage, outcome in zip(stages, decision.stages, strict=True):
        before = candidates
        candidates = run_stages([stage], before, moment, PlainVocabulary(len(logits)))
        left = set(range(len(logits)) if candidates.ids is None else candidates.ids.tolist())
        gone = set(range(len(logits)) if before.ids is None else before.ids.tolist()) - left
        removed_by.update(dict.fromkeys(gone, stage.name))
        assert outcome.name == stage.name
        assert outcome.survivors == len(candidates)
        assert outcome.mass <= mass + 1e-6
        assert outcome.mass == pytest.approx(np.exp(logprobs[sorted(left)]).sum(), abs=1e-5)
        mass = outcome.mass
        if isinstance(stage, TRUNCATING):  # truncation keeps the logits as they were
            assert set(candidates.logits.tolist()) <= set(before.logits.tolist())
    ids = np.arange(len(logits)) if candidates.ids is None else candidates.ids
    probability = dict(zip(ids.tolist(), candidates.probabilities().tolist(), strict=True))
    assert sum(probability.values()) == pytest.approx(1, abs=1e-5)
    assert decision.probability == pytest.approx(probability[decision.token], abs=1e-6)

    assert [c.token for c in decision.candidates[:shown]] == order[:shown].tolist()
    assert len(decision.candidates) == min(shown, len(logits)) + (decision.rank >= shown)
    assert decision.token in [c.token for c in decision.candidates]
    for candidate in decision.candidates:
        assert candidate.logit == logits[candidate.token]
        assert candidate.logprob == pytest.approx(logprobs[candidate.token], abs=1e-5)
        assert candidate.probability == pytest.approx(probability.get(candidate.token, 0), abs=1e-6)
        assert candidate.removed_by == removed_by.get(candidate.token)

    other = bound.decide(logits, moment, shown=100 - shown)
    common = min(shown, 100 - shown)
    assert replace(other, candidates=()) == replace(decision, candidates=())
    assert other.candidates[:common] == decision.candidates[:common]


@given(situations(), st.data())
def test_a_forced_token_is_traced_the_same(
    situation: tuple[tuple[Stage, ...], FloatArray, Moment], data: st.DataObject
) -> None:
    stages, logits, moment = situation
    bound = Chain(stages).bind(PlainVocabulary(len(logits)))
    try:
        free = bound.decide(logits, moment)
    except JobError:
        reject()
    token = data.draw(st.integers(0, len(logits) - 1))
    forced = bound.decide(logits, moment, chosen=token)
    assert forced.token == token
    assert forced.stages == free.stages
    assert forced.entropy == free.entropy
    assert forced.candidates[:20] == free.candidates[:20]
    row = next(c for c in forced.candidates if c.token == token)
    assert (row.logprob, row.probability) == (forced.logprob, forced.probability)


def test_draws_follow_the_distribution() -> None:
    logits = np.log(np.array([0.5, 0.3, 0.15, 0.05], np.float32))
    bound = Chain().bind(PlainVocabulary(4))
    drawn = [bound.decide(logits, make_moment(index=index)).token for index in range(4000)]
    counts = np.bincount(drawn, minlength=4)
    # Chi squared with three degrees of freedom: beyond 16.3 once in a thousand. The seed is fixed.
    expected = np.array([2000, 1200, 600, 200])
    assert ((counts - expected) ** 2 / expected).sum() < 16.3


def test_a_step_decided_again_is_the_same() -> None:
    bound = parse_chain("xtc(probability=0.5) > temperature 1.2").bind(PlainVocabulary(1000))
    every = [make_logits("wide", 1000, seed) for seed in range(30)]
    first = [bound.decide(x, make_moment(index=i), shown=5) for i, x in enumerate(every)]
    again = bound.decide(every[17], make_moment(index=17), shown=5)
    assert again == first[17]


def test_tokens_that_the_model_rules_out_are_nobodys_removal() -> None:
    logits = np.array([2, -np.inf, 1, -np.inf], np.float32)
    decision = (
        Chain([TopK(3), Temperature(0.5)])
        .bind(PlainVocabulary(4))
        .decide(logits, make_moment(), shown=4)
    )
    assert [c.removed_by for c in decision.candidates] == [None] * 4
    assert [c.probability for c in decision.candidates[2:]] == [0, 0]
    assert decision.stages[0].survivors == 2
    assert decision.entropy == pytest.approx(0.5822, abs=1e-4)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("count", [1, 3000])
def test_logits_that_are_no_numbers(bad: float, count: int) -> None:
    logits = make_logits("wide", 3000, 1).copy()
    logits[:count] = bad
    with pytest.raises(JobError, match="The model's output is not a number"):
        Chain([TopK(5)]).bind(PlainVocabulary(3000)).decide(logits, make_moment())


def test_everything_ruled_out() -> None:
    bound = Chain([LogitBias(((0, -math.inf), (1, -math.inf)))]).bind(PlainVocabulary(2))
    with pytest.raises(JobError, match="The stage logit-bias removed every token"):
        bound.decide(np.zeros(2, np.float32), make_moment())


@pytest.mark.parametrize(("shown", "chosen"), [(-1, None), (101, None), (5, 4), (5, -1)])
def test_bad_questions_are_refused(shown: int, chosen: int | None) -> None:
    bound = Chain().bind(PlainVocabulary(4))
    with pytest.raises(InputError):
        bound.decide(np.zeros(4, np.float32), make_moment(), shown=shown, chosen=chosen)


@pytest.mark.parametrize(
    ("stages", "complaint"),
    [
        ([TopK(3), Temperature(1), TopK(3)], "The chain names top-k twice"),
        ([Greedy(), TopK(3)], "goes on after greedy"),
        ([MirostatV2(), Greedy()], "goes on after mirostat"),
        ([User("a.py"), User("a.py")], "The chain names user a.py twice"),
    ],
)
def test_bad_chains_are_refused(stages: list[Stage], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        Chain(stages)


def test_chains_compare_by_their_stages() -> None:
    assert Chain([User("a.py"), User("b.py"), Dry()]) == Chain([User("a.py"), User("b.py"), Dry()])
    assert Chain([TopK(1)]) != Chain([TopK(2)])
    assert len({Chain([TopK(1)]), Chain([TopK(1)])}) == 1
