"""The options of the chain: every setting reaches its stage, and what contradicts is refused."""

import argparse
from pathlib import Path

import pytest

from models.cli.options import NEEDS, SETTINGS, add_model_options, add_sampling_options, read_chain
from models.errors import InputError
from models.sampling import PRESETS, Chain, Settings, format_chain


def read(*arguments: str) -> Chain:
    parser = argparse.ArgumentParser()
    add_model_options(parser)
    add_sampling_options(parser)
    return read_chain(parser.parse_args(arguments))


def names(chain: Chain) -> list[str]:
    return [stage.name for stage in chain.stages]


def test_every_option_is_a_setting_and_says_what_it_does() -> None:
    for option, field, _, _, text in SETTINGS:
        assert field in Settings.__dataclass_fields__, option
        assert text


def test_nothing_given_is_the_default_preset() -> None:
    assert read() == PRESETS["balanced"].settings.chain()


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_its_chain(preset: str) -> None:
    assert read("--preset", preset) == PRESETS[preset].settings.chain()


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--temperature", "0.35"), "temperature 0.35"),
        (("--top-k", "17"), "top-k 17"),
        (("--top-p", "0.61"), "top-p 0.61"),
        (("--min-p", "0.07"), "min-p 0.07"),
        (("--typical", "0.8"), "typical 0.8"),
        (("--top-n-sigma", "1.5"), "top-n-sigma 1.5"),
        (("--xtc-probability", "0.5"), "xtc 0.5"),
        (("--repeat-penalty", "1.2"), "penalties"),
        (("--dry-multiplier", "0.8"), "dry 0.8"),
        (("--mirostat-tau", "5"), "mirostat"),
        (("--logit-bias", "284=-2.5"), "logit-bias 284=-2.5"),
        (("--sampler", "without_letter.py"), "without_letter.py"),
    ],
)
def test_a_setting_reaches_its_stage(arguments: tuple[str, ...], part: str) -> None:
    assert part in format_chain(read(*arguments))


def test_what_is_given_wins_over_the_preset() -> None:
    chain = format_chain(read("--preset", "story", "--top-p", "0.5"))
    assert "top-p 0.5" in chain
    assert "temperature 1.4" in chain


def test_temperature_zero_is_greedy_and_a_temperature_is_not() -> None:
    assert names(read("--temperature", "0"))[-1] == "greedy"
    greedy = next(name for name, preset in PRESETS.items() if preset.settings.greedy)
    assert "greedy" in names(read("--preset", greedy))
    assert "greedy" not in names(read("--preset", greedy, "--temperature", "0.9"))


def test_the_order_can_be_chosen() -> None:
    first = names(read("--temperature", "0.5", "--order", "temperature-first"))
    assert first.index("temperature") < first.index("top-p")
    last = names(read("--temperature", "0.5"))
    assert last.index("temperature") > last.index("top-p")


def test_a_chain_is_taken_as_it_is_written() -> None:
    assert format_chain(read("--chain", "top-k 5 > temperature 0.5")) == (
        "top-k 5 > temperature 0.5"
    )
    with pytest.raises(InputError, match="--chain is the whole chain"):
        read("--chain", "top-k 5", "--temperature", "0.5")


@pytest.mark.parametrize("others", [("--preset", "story"), ("--order", "temperature-first")])
def test_nothing_stands_beside_a_whole_chain(others: tuple[str, str]) -> None:
    with pytest.raises(InputError, match="--chain is the whole chain"):
        read("--chain", "top-k 5", *others)


@pytest.mark.parametrize("option", NEEDS)
def test_an_option_without_its_switch_is_refused(option: str) -> None:
    with pytest.raises(InputError, match=f"{option} does nothing alone"):
        read(option, "1")
    for switch in NEEDS[option]:
        read(
            switch, "1.5" if "penalty" in switch else "0.5", option, "2" if "-n" in option else "1"
        )


@pytest.mark.parametrize("greedy", [("--temperature", "0"), ("--preset", "facts")])
def test_xtc_and_greedy_contradict_each_other(greedy: tuple[str, str]) -> None:
    with pytest.raises(InputError, match="choose one of the two"):
        read("--xtc-probability", "0.5", *greedy)


@pytest.mark.parametrize("name", ["mine", "mine.py", "{home}/samplers/mine.py"])
def test_a_sampler_is_named_in_several_ways(home: Path, name: str) -> None:
    (home / "samplers").mkdir(parents=True)
    assert format_chain(read("--sampler", name.format(home=home))).startswith("user mine.py")


def test_a_sampler_from_elsewhere_is_refused(home: Path) -> None:
    with pytest.raises(InputError, match=f"put it into {home / 'samplers'}"):
        read("--sampler", str(home / "mine.py"))


def test_a_bad_temperature_is_called_by_its_option() -> None:
    with pytest.raises(InputError, match=r"^temperature -1"):
        read("--temperature", "-1")


@pytest.mark.parametrize("bias", ["284", "=1", "a=1", "284=b", "284=nan"])
def test_a_bias_that_cannot_be_read(bias: str) -> None:
    with pytest.raises(InputError):
        read("--logit-bias", bias)
