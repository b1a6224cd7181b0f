import pytest

from desktop.recipe.recipe import Recipe
from desktop.recipe.remembered import recall_recipe, remember_recipe
from desktop.settings import Settings
from models.sampling import DEFAULT_PRESET, PRESETS


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(),
        *(Recipe.from_preset(preset) for preset in PRESETS),
        Recipe.from_text("top-k 40 > temperature 0.7\noff min-p 0.1"),
        Recipe.from_text("off temperature 0.7"),
    ],
)
def test_a_recipe_comes_back_as_it_was(recipe: Recipe) -> None:
    settings = Settings()
    remember_recipe(settings, recipe)
    assert recall_recipe(settings) == recipe


def test_a_first_start_and_a_broken_recipe_give_the_usual_one() -> None:
    usual = Recipe.from_preset(DEFAULT_PRESET)
    assert recall_recipe(Settings()) == usual
    assert recall_recipe(Settings(recipe="no such stage")) == usual
    assert recall_recipe(Settings(preset="no such preset")) == usual
