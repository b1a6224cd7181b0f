"""Recipes: what they hold survives, what changes changes alone."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.recipe.recipe import Entry, Recipe, labels
from models.errors import InputError
from models.sampling import (
    ORDERS,
    PRESETS,
    STAGES,
    Chain,
    Greedy,
    MirostatV2,
    Stage,
    Temperature,
    parse_chain,
    stage_from_values,
)

probabilities = st.floats(0.05, 1)
temperatures = st.floats(0.01, 2)
STAGE_OF: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "logit-bias": st.dictionaries(st.integers(0, 99), st.floats(-9, 9), max_size=3).map(
        lambda biases: {"biases": " ".join(f"{t}={b!r}" for t, b in biases.items())}
    ),
    "penalties": st.fixed_dictionaries({"last_n": st.integers(0, 99), "repeat": st.floats(0.5, 2)}),
    "dry": st.fixed_dictionaries({"breakers": st.lists(st.text(max_size=3), max_size=3)}),
    "top-k": st.fixed_dictionaries({"k": st.integers(0, 100)}),
    "typical": st.fixed_dictionaries({"p": probabilities}),
    "top-p": st.fixed_dictionaries({"p": probabilities, "min_keep": st.integers(0, 5)}),
    "min-p": st.fixed_dictionaries({"p": probabilities}),
    "top-n-sigma": st.fixed_dictionaries({"n": st.floats(0, 3)}),
    "xtc": st.fixed_dictionaries({"probability": probabilities, "threshold": probabilities}),
    "temperature": st.fixed_dictionaries({"temperature": temperatures}),
    "dynamic-temperature": st.fixed_dictionaries({"delta": st.floats(0, 1)}),
    "user": st.sampled_from(["a.py", "my own.py", "off.py", "文.py"]).map(lambda f: {"file": f}),
}


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    """Any recipe: some stages in any order, each on or off; perhaps one that chooses, behind which
    all are off.
    """
    names = draw(st.lists(st.sampled_from(sorted(STAGE_OF)), unique=True))
    stages: list[Stage] = [stage_from_values(name, draw(STAGE_OF[name])) for name in names]
    entries = [Entry(stage, draw(st.booleans())) for stage in stages]
    choice: Stage | None = draw(st.sampled_from([None, Greedy(), MirostatV2()]))
    if choice is None:
        return Recipe(tuple(entries))
    place = draw(st.integers(0, len(entries)))
    behind = (Entry(e.stage, on=False) for e in entries[place:])
    return Recipe((*entries[:place], Entry(choice, draw(st.booleans())), *behind))


@given(recipes())
def test_the_text_gives_the_recipe_back(recipe: Recipe) -> None:
    assert Recipe.from_text(recipe.to_text()) == recipe


@given(recipes())
def test_the_text_of_a_recipe_that_is_all_on_is_its_chain(recipe: Recipe) -> None:
    chain = recipe.chain()
    assert parse_chain(Recipe.from_chain(chain).to_text()) == chain


@given(recipes(), temperatures)
def test_a_temperature_changes_nothing_else(recipe: Recipe, temperature: float) -> None:
    ours = ("temperature", "dynamic-temperature", "greedy")
    changed = recipe.with_temperature(temperature)
    assert changed.temperature == temperature
    assert [e for e in changed.entries if e.stage.name not in ours] == [
        e for e in recipe.entries if e.stage.name not in ours
    ]


@given(recipes(), probabilities)
def test_a_top_p_changes_nothing_else(recipe: Recipe, p: float) -> None:
    changed = recipe.with_top_p(p)
    assert changed.top_p == p
    assert [e for e in changed.entries if e.stage.name != "top-p"] == [
        e for e in recipe.entries if e.stage.name != "top-p"
    ]


@given(recipes(), temperatures)
def test_temperature_zero_is_greedy_and_back_again_restores(
    recipe: Recipe, temperature: float
) -> None:
    warm = recipe.with_temperature(temperature)
    cold = warm.with_temperature(0)
    assert cold.temperature == 0
    assert isinstance(cold.chain().stages[-1], Greedy)
    names = [e.stage.name for e in recipe.entries]
    mirostat_rests = "mirostat" in names
    two_temperatures = {"temperature", "dynamic-temperature"} <= set(names)
    if not mirostat_rests and not two_temperatures:
        back = cold.with_temperature(temperature)
        nothing = Temperature(1.0)  # on or off, it changes nothing
        assert [stage for stage in back.chain().stages if stage != nothing] == [
            stage for stage in warm.chain().stages if stage != nothing
        ]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_itself_until_it_is_changed(preset: str) -> None:
    recipe = Recipe.from_preset(preset)
    assert recipe.chain() == PRESETS[preset].settings.chain()
    assert recipe.preset == preset
    other = recipe.with_temperature(0.33)
    assert other.preset is None
    assert other.with_temperature(recipe.temperature).preset == preset


@given(recipes(), st.data())
def test_every_stage_keeps_to_the_chain(recipe: Recipe, data: st.DataObject) -> None:
    """Whatever is done, a recipe has a chain: what would not have one is refused."""
    place = st.integers(0, max(len(recipe.entries) - 1, 0))
    change = data.draw(st.sampled_from(["move", "switch", "remove", "add", "order"]))
    try:
        if change == "add":
            name = data.draw(st.sampled_from(sorted(STAGES.keys() - {"user"})))
            changed = recipe.added(name)
            assert len(changed.entries) == len(recipe.entries) + 1
        elif change == "order":
            changed = recipe.ordered(data.draw(st.sampled_from(sorted(ORDERS))))
            assert set(changed.entries) == set(recipe.entries)
        elif not recipe.entries:
            return
        elif change == "move":
            start, end = data.draw(place), data.draw(place)
            changed = recipe.moved(start, end)
            assert changed.entries[end] == recipe.entries[start]
        elif change == "switch":
            changed = recipe.switched(data.draw(place), data.draw(st.booleans()))
        else:
            changed = recipe.removed(data.draw(place))
            assert len(changed.entries) == len(recipe.entries) - 1
    except InputError:
        return
    assert changed.chain() == Chain(e.stage for e in changed.entries if e.on)


@given(recipes(), recipes())
def test_a_chain_keeps_what_is_off(recipe: Recipe, other: Recipe) -> None:
    chain = other.chain()
    changed = recipe.with_chain(chain)
    assert changed.chain() == chain
    kept = {e.stage for e in changed.entries if not e.on}
    labels_on = {stage.label for stage in chain.stages}
    assert kept == {e.stage for e in recipe.entries if not e.on and e.stage.label not in labels_on}


@given(recipes())
def test_its_own_chain_changes_nothing(recipe: Recipe) -> None:
    assert recipe.with_chain(recipe.chain()) == recipe


def test_new_stages_stand_where_llama_cpp_has_them() -> None:
    recipe = Recipe.from_text("greedy").added("temperature").added("min-p").added("penalties")
    names = [e.stage.name for e in recipe.entries]
    assert names == ["penalties", "min-p", "temperature", "greedy"]
    first = recipe.ordered("temperature-first")
    assert [e.stage.name for e in first.entries] == ["penalties", "temperature", "min-p", "greedy"]
    assert (recipe.order, first.order) == ("llama.cpp", "temperature-first")
    assert [e.stage.name for e in first.added("top-p").entries][1:4] == [
        "temperature",
        "top-p",
        "min-p",
    ]


def test_what_cannot_be_is_a_sentence() -> None:
    recipe = Recipe.from_preset("balanced")
    with pytest.raises(InputError, match="goes on after greedy"):
        recipe.added("greedy").moved(4, 0)
    with pytest.raises(InputError, match="names top-k twice"):
        recipe.switched(0, False).added("top-k")
    with pytest.raises(InputError, match="top-p 2 is not a probability"):
        recipe.changed(1, {"p": "2"})
    with pytest.raises(InputError, match="no preset"):
        Recipe.from_preset("x")
    with pytest.raises(InputError, match="no order"):
        recipe.ordered("x")
    with pytest.raises(InputError, match="no stage"):
        Recipe.from_text("off top-q 3")


def test_a_dynamic_temperature_follows_the_slider() -> None:
    recipe = Recipe.from_chain(parse_chain("dynamic-temperature(temperature=0.8, delta=0.3)"))
    warmer = recipe.with_temperature(1.2)
    assert warmer.to_text() == "dynamic-temperature(temperature=1.2, delta=0.3)"
    assert warmer.temperature == 1.2
    assert warmer.with_temperature(0).to_text() == f"off {warmer.to_text()}\ngreedy"


def test_every_stage_has_a_short_label() -> None:
    chain = parse_chain(
        "logit-bias 5=1 6=2 > penalties 64 > dry 0.8 > user a.py > top-k 40 > top-p 0.7 > "
        "dynamic-temperature(temperature=0.7, delta=0.2) > temperature 0.7 > mirostat 5"
    )
    assert labels(chain) == {
        "logit-bias": "logit-bias × 2",
        "penalties": "penalties 1.00",
        "dry": "dry 0.80",
        "user a.py": "user a.py",
        "top-k": "top-k 40",
        "top-p": "top-p 0.70",
        "dynamic-temperature": "T 0.70 ± 0.20",
        "temperature": "T 0.70",
        "mirostat": "mirostat 5.0",
    }
    assert labels(Chain([Temperature(1.0), Greedy()]))["greedy"] == "greedy"
