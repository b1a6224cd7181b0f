"""The pieces of a text that a model reads one by one, each from an empty context."""

from __future__ import annotations

from collections.abc import Sequence

from models.engine.llama import Model


def cut_chunks(model: Model, tokens: Sequence[int], context: int, count: int) -> list[list[int]]:
    """Return the first `count` chunks of `context` tokens, as llama.cpp's tools cut them.

    Where the vocabulary adds BOS, it takes the place of the first token of each chunk.
    """
    chunks = [list(tokens[n * context : (n + 1) * context]) for n in range(count)]
    return [[model.bos, *chunk[1:]] for chunk in chunks] if model.adds_bos else chunks
