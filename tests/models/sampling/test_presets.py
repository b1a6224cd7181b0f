"""Orders, settings and presets."""

import pytest

from models.errors import InputError
from models.sampling import DEFAULT_PRESET, ORDERS, PRESETS, STAGES, Chain, Settings, format_chain


@pytest.mark.parametrize(
    ("name", "chain"),
    [
        ("technical", "top-k 40 > top-p 0.8 > min-p 0.05 > temperature 0.3"),
        ("facts", "temperature 0.2 > greedy"),
        ("faq", "top-k 40 > top-p 0.7 > min-p 0.05 > temperature 0.5"),
        ("balanced", "top-k 40 > top-p 0.7 > min-p 0.05 > temperature 0.7"),
        ("quiz", "top-k 40 > top-p 0.9 > min-p 0.05"),
        ("story", "top-k 40 > top-p 0.9 > min-p 0.05 > temperature 1.4"),
    ],
)
def test_presets(name: str, chain: str) -> None:
    assert format_chain(PRESETS[name].settings.chain()) == chain
    assert PRESETS[name].id == name
    assert PRESETS[name].reason.endswith(".")


def test_the_default_is_a_preset() -> None:
    assert DEFAULT_PRESET in PRESETS


def test_settings_that_set_nothing_are_the_empty_chain() -> None:
    for order in ORDERS:
        assert Settings().chain(order) == Chain()


def test_orders_hold_every_stage_that_does_not_end_a_chain() -> None:
    for order in ORDERS.values():
        assert sorted(order) == sorted(set(STAGES) - {"greedy", "mirostat"})


def test_temperature_first() -> None:
    assert format_chain(PRESETS["story"].settings.chain("temperature-first")) == (
        "temperature 1.4 > top-k 40 > top-p 0.9 > min-p 0.05"
    )


def test_everything_in_llamas_order() -> None:
    settings = Settings(
        temperature=0.5,
        top_k=1,
        top_p=0.2,
        min_p=0.3,
        typical=0.4,
        top_n_sigma=0.5,
        xtc_probability=0.6,
        min_keep=2,
        penalty_presence=0.7,
        dry_multiplier=0.8,
        logit_bias=((1, 2.0),),
        user=("a.py", "b.py"),
    )
    assert format_chain(settings.chain()) == (
        "logit-bias 1=2.0 > penalties(last_n=64, presence=0.7) > dry 0.8 > user a.py > user b.py > "
        "top-n-sigma 0.5 > top-k 1 > typical(p=0.4, min_keep=2) > top-p(p=0.2, min_keep=2) > "
        "min-p(p=0.3, min_keep=2) > xtc(probability=0.6, min_keep=2) > temperature 0.5"
    )


@pytest.mark.parametrize(
    ("settings", "chain"),
    [
        (Settings(temperature=0), "greedy"),
        (Settings(temperature=0, top_k=40, min_p=0.1), "top-k 40 > min-p 0.1 > greedy"),
        (Settings(temperature=0.7, greedy=True), "temperature 0.7 > greedy"),
        (Settings(temperature=0.7, mirostat_tau=5, top_k=40, xtc_probability=1),
         "temperature 0.7 > mirostat 5"),
        (Settings(temperature=0.7, dynamic_temperature_delta=0.2),
         "dynamic-temperature(temperature=0.7, delta=0.2)"),
        (Settings(penalty_last_n=0, penalty_repeat=2, dry_multiplier=1, dry_last_n=0), ""),
    ],
)  # fmt: skip
def test_settings(settings: Settings, chain: str) -> None:
    assert format_chain(settings.chain()) == chain


@pytest.mark.parametrize(
    ("settings", "order", "complaint"),
    [
        (Settings(temperature=-1), "llama.cpp", "temperature -1 is no temperature"),
        (Settings(top_p=0), "llama.cpp", "top-p 0 is not a probability"),
        (Settings(top_k=-4), "llama.cpp", "top-k -4 is negative"),
        (Settings(temperature=0, mirostat_tau=5), "llama.cpp", "choose one of the two"),
        (Settings(), "alphabetical", 'There is no order "alphabetical": choose llama.cpp or'),
    ],
)
def test_bad_settings_are_refused(settings: Settings, order: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        settings.chain(order)
