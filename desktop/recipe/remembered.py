"""The recipe that the settings remember from one start to the next."""

from __future__ import annotations

from desktop.recipe.recipe import Recipe
from desktop.settings import Settings
from models.errors import InputError
from models.sampling import DEFAULT_PRESET


def remember_recipe(settings: Settings, recipe: Recipe) -> None:
    """Write a recipe into the settings; one without a stage has neither a text nor a preset."""
    settings.recipe, settings.preset = recipe.to_text(), recipe.preset or ""


def recall_recipe(settings: Settings) -> Recipe:
    """Return what the settings remember; the usual recipe where they hold none that can be."""
    try:
        if settings.recipe or not settings.preset:
            return Recipe.from_text(settings.recipe)
        return Recipe.from_preset(settings.preset)
    except InputError:
        return Recipe.from_preset(DEFAULT_PRESET)
