"""Tokens and the KV cache: what is reused of a prompt, branches, what a full context forgets.

Sequence 0 is the trunk: the prompt, and nothing but the prompt. A generation runs in branches,
sequences 1 to n that share the trunk's cells, and leaves nothing behind.

The trunk is always evaluated in blocks of one size, cut at multiples of it, and only whole blocks
are reused. A matrix product of one row and of many rows, or an attention kernel for few and for
many, may differ in the last bits, and with them a drawn token; with fixed blocks, every prompt goes
through the same arithmetic whatever was in the cache before. The price is that the last block is
read again, and so is what a branch wrote: `read_ahead` does that while the engine is idle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.engine.llama import Context
from models.errors import InputError, JobError

TRUNK = 0


@dataclass(frozen=True, slots=True)
class PromptRead:
    """How a prompt got into the cache, in tokens."""

    tokens: int
    reused: int


class Session:
    """One context: a trunk, and branches that grow from its end."""

    def __init__(self, context: Context, *, branches: int, block: int) -> None:
        self.context = context
        self.branches = branches
        self.block = block
        self._trunk: list[int] = []

    @property
    def size(self) -> int:
        """Tokens that the context holds."""
        return self.context.size

    def read(
        self, prompt: Sequence[int], *, progress: Callable[[int, int], None] | None = None
    ) -> PromptRead:
        """Make `prompt` the trunk, with the logits of its last token; reuse what the cache has.

        `progress(done, total)` is called after each block. Raises Cancelled, and JobError when the
        context cannot hold the prompt; either way the trunk stays true to the cache.
        """
        if not prompt:
            raise InputError("The prompt is empty: give the text to be continued.")
        self._rewind(self.reusable(prompt))
        reused = len(self._trunk)
        for start in range(reused, len(prompt), self.block):
            self._read_block(prompt, start, logits=int(start + self.block >= len(prompt)))
            if progress is not None:
                progress(len(self._trunk), len(prompt))
        return PromptRead(tokens=len(prompt), reused=reused)

    def read_ahead(self, text: Sequence[int]) -> None:
        """Read the whole blocks of `text`, which the next prompt is likely to begin with.

        Raises Cancelled when it is interrupted; what was read by then stays.
        """
        self._rewind(self.reusable(text))
        for start in range(len(self._trunk), len(text) - self.block + 1, self.block):
            self._read_block(text, start, logits=0)

    def read_rows(self, text: Sequence[int], first: int) -> Iterator[tuple[int, range]]:
        """Make `text` the trunk, and keep the logits of every token from `first` on.

        After each block this yields where it starts, and those of its tokens whose logits are
        there now, each as `context.logits(token - start)`. The blocks are those of `read`, and
        logits are asked for after the cache is written, so the blocks can be reused as ever.
        Raises as `read`.
        """
        self._rewind(min(self.reusable(text), first - first % self.block))
        for start in range(len(self._trunk), len(text), self.block):
            end = min(start + self.block, len(text))
            rows = range(min(max(start, first), end), end)
            self._read_block(text, start, logits=len(rows))
            yield start, rows

    def _read_block(self, text: Sequence[int], start: int, *, logits: int) -> None:
        block = text[start : start + self.block]
        try:
            self.context.decode(block, start, TRUNK, logits=logits)
        except BaseException:
            self._rewind(start)  # an aborted batch may have left cells
            raise
        self._trunk += block

    def reusable(self, prompt: Sequence[int]) -> int:
        """Return how many leading tokens of `prompt` the cache holds as `read` needs them."""
        return shared_blocks(self._trunk, prompt, self.block)

    def _rewind(self, tokens: int) -> None:
        """Cut the trunk to `tokens`, or to nothing for a model whose memory has no way back."""
        if not self.context.remove(TRUNK, tokens):
            self.context.remove(TRUNK)
            tokens = 0
        del self._trunk[tokens:]

    def open_branches(self, count: int) -> list[int]:
        """Start `count` branches at the end of the trunk; returns their sequence numbers."""
        if count > self.branches:
            raise JobError(f"This session was opened for {self.branches} branches, not {count}.")
        sequences = list(range(1, count + 1))
        for sequence in sequences:
            self.context.share(TRUNK, sequence)
        return sequences

    def close_branches(self) -> None:
        """Drop every branch; the trunk stays."""
        for sequence in range(1, self.branches + 1):
            self.context.remove(sequence)


def shared_blocks(cached: Sequence[int], prompt: Sequence[int], block: int) -> int:
    """Return how many leading tokens of `prompt` need not be read again: whole equal blocks.

    The last token is always read, because its logits are wanted.
    """
    longest = min(len(cached), len(prompt) - 1)
    whole = longest - longest % block
    for start in range(0, whole, block):
        if cached[start : start + block] != prompt[start : start + block]:
            return start
    return whole


def count_forgotten(tokens: int, room: int, size: int) -> int:
    """Return how many of the oldest tokens a full context forgets.

    The rule, as the user reads it: the oldest text is forgotten a quarter of the context at a time,
    until `room` tokens are free. Whole quarters, so that the next continuation finds the same start
    and can reuse the cache.
    """
    quarter = max(1, size // 4)
    excess = tokens + room - size
    return 0 if excess <= 0 else -(-excess // quarter) * quarter
