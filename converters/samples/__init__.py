"""Texts to compare levels on, for who has none of their own at hand."""

from __future__ import annotations

from importlib import resources

SAMPLES = ("english", "japanese")


def read_sample(name: str) -> str:
    """Return one of the texts that ship."""
    return resources.files(__name__).joinpath(f"{name}.md").read_text("utf-8")
