"""Chains as text and as values: there and back, and every complaint."""

import contextlib
import json
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import InputError
from models.sampling import (
    STAGES,
    Chain,
    Dry,
    DynamicTemperature,
    Greedy,
    LogitBias,
    MinP,
    MirostatV2,
    Penalties,
    Stage,
    Temperature,
    TopK,
    TopNSigma,
    TopP,
    Typical,
    User,
    Xtc,
    format_chain,
    parse_chain,
    stage_from_values,
    stage_values,
)


def test_the_known_stages() -> None:
    assert sorted(STAGES) == [
        "dry",
        "dynamic-temperature",
        "greedy",
        "logit-bias",
        "min-p",
        "mirostat",
        "penalties",
        "temperature",
        "top-k",
        "top-n-sigma",
        "top-p",
        "typical",
        "user",
        "xtc",
    ]


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("", []),
        ("top-k 40", [TopK(40)]),
        ("  top-k   7>temperature 1.5e-1 ", [TopK(7), Temperature(0.15)]),
        (
            "penalties(last_n=64, repeat=1.1) > top-k 40 > top-p 0.9 > temperature 0.7",
            [Penalties(64, 1.1), TopK(40), TopP(0.9), Temperature(0.7)],
        ),
        ("top-p(p=0.8,min_keep=2)", [TopP(0.8, 2)]),
        ("penalties", [Penalties()]),
        ("xtc() > greedy", [Xtc(), Greedy()]),
        ("greedy()", [Greedy()]),
        ("user without_letter.py", [User("without_letter.py")]),
        ('user "my own > best.py"', [User("my own > best.py")]),
        ('user(file="a, b.py")', [User("a, b.py")]),
        ("user my own.py", [User("my own.py")]),
        ("logit-bias 15=-inf 29=2.5", [LogitBias(((15, -math.inf), (29, 2.5)))]),
        ("logit-bias 15=-1,29=2", [LogitBias(((15, -1.0), (29, 2.0)))]),
        (r'dry(multiplier=1, breakers=["\n", ",", "\">]"])', [Dry(1, breakers=("\n", ",", '">]'))]),
        ("dry(breakers=[])", [Dry(breakers=())]),
        ("mirostat(tau=4, eta=0.2)", [MirostatV2(4, 0.2)]),
        ("dynamic-temperature(delta=0.3)", [DynamicTemperature(delta=0.3)]),
    ],
)
def test_parsing(text: str, stages: list[Stage]) -> None:
    assert parse_chain(text) == Chain(stages)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("top-q 3", 'There is no stage "top-q": did you mean top-p? The stages are dry, '),
        ("top-k 40 >", "A stage of the chain is empty"),
        ("> top-k 40", "A stage of the chain is empty"),
        ("top-k 40 > top-k 3", "The chain names top-k twice: keep one of the two."),
        ("top-k many", "top-k 'many' is not a number"),
        ("top-k 2.5", "top-k '2.5' is not a whole number"),
        ("top-k 1e12", "is not a whole number in range"),
        ("top-k nan", "is not a whole number"),
        ("top-k -1", "top-k -1 is negative: choose 1 or more, or 0 for all."),
        ("top-k(k=3", "does not end with its bracket"),
        ("top-k(3)", '"3" in top-k is not like'),
        ("top-k(k=)", '"k=" in top-k is not like'),
        ("top-k(n=3)", 'The stage top-k has no parameter "n": it has k.'),
        ("top-k(k=3, k=4)", "The stage top-k gives k twice"),
        ("greedy 3", 'The stage greedy has no parameter "3": it has none.'),
        ("temperature -1", "temperature -1 is no temperature: choose 0"),
        ("temperature nan", "temperature nan is no temperature"),
        ("temperature inf", "temperature inf is no temperature"),
        ("top-p 0", "top-p 0 is not a probability: choose a value above 0 and at most 1."),
        ("top-p 2", "top-p 2 is not a probability: choose a value above 0 and at most 1."),
        ("min-p -0.1", "min-p -0.1 is not a probability"),
        ("typical 0", "typical 0 is not a probability"),
        ("typical(p=0.5, min_keep=-1)", "typical min_keep -1 is negative"),
        ("top-n-sigma -1", "top-n-sigma -1 is not a number of deviations"),
        ("xtc 1.5", "xtc 1.5 is not a probability"),
        ("xtc(threshold=-1)", "xtc threshold -1 is not a probability"),
        ("penalties(repeat=0)", "penalties repeat 0 is out of range"),
        ("penalties(last_n=-1)", "penalties last_n -1 is negative"),
        ("penalties(presence=inf)", "penalties presence inf is out of range"),
        ("dry(base=0.5)", "dry base 0.5 is out of range"),
        ("dry(multiplier=-1)", "dry multiplier -1 is out of range"),
        ("dry(breakers=[1])", "dry breakers [1] is not a list of texts"),
        ('dry(breakers=["a)', "is not closed"),
        ("dry(breakers=[a])", "is not a text in quotes or a list in brackets"),
        ("mirostat 0", "mirostat tau 0 is no number of bits"),
        ("mirostat(eta=2)", "mirostat eta 2 is no learning rate"),
        ("mirostat 5 > top-k 3", "goes on after mirostat"),
        ("logit-bias 15", "logit-bias biases '15' is not like 15=-inf 29=2.5"),
        ("logit-bias x=1", "'x' is not a number"),
        ("logit-bias -3=1", "logit-bias -3 is no token"),
        ("logit-bias 3=nan", "logit-bias nan for token 3 is no bias"),
        ("logit-bias 3=inf", "logit-bias inf for token 3 is no bias"),
        ("user", "The stage user needs its file, like user without_letter.py."),
        ("user ../x.py", "is not the name of a sampler"),
    ],
)
def test_complaints(text: str, complaint: str) -> None:
    with pytest.raises(InputError, match=re.escape(complaint)) as error:
        parse_chain(text)
    assert "\n" not in str(error.value)
    assert str(error.value).endswith(".")


probability = st.floats(0.001, 1)
positive = st.floats(0.001, 1000)
counts = st.integers(0, 10**6)
names = st.text(st.characters(codec="utf-8", exclude_characters='/\\:"\0'), min_size=1).map(
    lambda name: f"s{name}.py"
)
any_stage = st.one_of(
    st.builds(TopK, counts),
    st.builds(TopP, probability, counts),
    st.builds(MinP, probability, counts),
    st.builds(Typical, probability, counts),
    st.builds(TopNSigma, positive),
    st.builds(Xtc, probability, probability, counts),
    st.builds(Temperature, positive),
    st.builds(DynamicTemperature, positive, positive, positive),
    st.builds(Penalties, counts, positive, positive, positive),
    st.builds(Dry, positive, st.floats(1, 9), counts, counts, st.lists(st.text()).map(tuple)),
    st.builds(
        LogitBias,
        st.dictionaries(counts, st.floats(-100, 100) | st.just(-math.inf)).map(
            lambda biases: tuple(biases.items())
        ),
    ),
    st.builds(User, names),
)


@given(st.lists(any_stage, max_size=6, unique_by=lambda stage: stage.label))
def test_text_and_values_there_and_back(stages: list[Stage]) -> None:
    chain = Chain(stages)
    assert parse_chain(format_chain(chain)) == chain
    for stage in stages:
        values = json.loads(json.dumps(stage_values(stage), allow_nan=False))
        assert stage_from_values(stage.name, values) == stage


@given(st.text(alphabet="topk-penalisduryXTC 0123456789.>()[]=,\"\\'\n"))
def test_nothing_but_input_errors_escapes(text: str) -> None:
    with contextlib.suppress(InputError):
        parse_chain(text)


def test_formatting_is_short() -> None:
    chain = Chain([Penalties(64, 1.1), TopK(40), TopP(0.9), Dry(0.8), Greedy()])
    assert format_chain(chain) == (
        "penalties(last_n=64, repeat=1.1) > top-k 40 > top-p 0.9 > dry 0.8 > greedy"
    )


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("top-k", {"k": True}),
        ("top-k", {"k": None}),
        ("temperature", {"temperature": [1]}),
        ("user", {"file": 3}),
        ("dry", {"breakers": 3}),
        ("logit-bias", {"biases": [[1, 2]]}),
        ("nothing", {}),
    ],
)
def test_values_of_a_wrong_type_are_refused(name: str, values: dict[str, object]) -> None:
    with pytest.raises(InputError):
        stage_from_values(name, values)
