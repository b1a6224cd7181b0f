"""The tokens that are still in the race, and exact building blocks over a whole vocabulary."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
IndexArray = npt.NDArray[np.intp]

_GROUP_SIZE = 64
_SMALL = 1024  # below this a full sort costs less than looking for a threshold
FIRST_LOOK = 256  # so many of the most probable nearly always hold the mass that is asked for


def largest(logits: FloatArray, count: int) -> IndexArray:
    """Positions of the `count` largest of `logits` (float32[n]), downwards; ties: the lower first.

    Exact with ties and -inf. With NaN it is not defined.
    """
    size = len(logits)
    if size < _SMALL or size < 4 * count:
        return np.argsort(-logits, kind="stable")[:count]
    if count == 0:
        return np.empty(0, np.intp)
    # Each of the `count` largest group maxima is an entry at or above the threshold, so at least
    # `count` entries are, and every entry that belongs to the answer is among them.
    rows = min(_GROUP_SIZE, size // (2 * count))
    groups = size // rows
    maxima = np.maximum.reduce(logits[: rows * groups].reshape(rows, groups), axis=0)
    maxima.partition(groups - count)
    positions: IndexArray = (logits >= maxima[groups - count]).nonzero()[0]
    return positions[(-logits[positions]).argsort(kind="stable")[:count]]


def add_up(values: FloatArray) -> np.float32:
    """The sum in float32, one by one in their order, as llama.cpp's loops add.

    Over a whole vocabulary that rounds in the fourth digit. Where a sum decides which tokens stay,
    ours must round like theirs.
    """
    return np.float32(values.cumsum()[-1])


def count_to(probabilities: FloatArray, mass: np.floating) -> int:
    """How many of the first `probabilities` it takes to sum to `mass`; all if they stay below.

    The sum has the type of `mass`.
    """
    before = int(probabilities.cumsum(dtype=mass.dtype).searchsorted(mass))
    return min(before + 1, len(probabilities))


def reach(
    keys: FloatArray,
    probabilities: FloatArray,
    mass: np.floating,
    head: IndexArray | None = None,
) -> tuple[IndexArray, int]:
    """How far down the order of `keys` (float32[n]) the `probabilities` sum to `mass`.

    Returns positions in that order and how many of them it takes, the one that reaches `mass`
    included; all n if the sum stays below. `head` gives the first positions, if they are known.
    Sums have the type of `mass`. Sorts no more than it must.
    """
    positions = largest(keys, FIRST_LOOK) if head is None else head
    while True:
        cumulative = np.cumsum(probabilities[positions], dtype=mass.dtype)
        before = int(cumulative.searchsorted(mass))
        if before < len(positions):
            return positions, before + 1
        if len(positions) == len(keys):
            return positions, len(keys)
        positions = largest(keys, min(max(8 * len(positions), FIRST_LOOK), len(keys)))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Tokens with their current logits. Arrays are shared between stages: never write into them.

    logits      float32[n], all finite
    ids         intp[n], or None for the whole vocabulary, where the id is the index
    descending  ordered by (logit downwards, id upwards); otherwise by id upwards
    head        intp[m]: the m largest logits' ids, downwards, where they are known beforehand
                (only with ids None)
    """

    logits: FloatArray
    ids: IndexArray | None = None
    descending: bool = False
    head: IndexArray | None = None

    def __len__(self) -> int:
        return len(self.logits)

    @property
    def maximum(self) -> np.float32:
        """The largest logit."""
        if self.descending:
            return np.float32(self.logits[0])
        if self.head is not None:
            return np.float32(self.logits[self.head[0]])
        return np.float32(self.logits.max())

    def probabilities(self) -> FloatArray:
        """Softmax over these candidates, in their order; float32[n]."""
        weights = self.logits - self.maximum
        np.exp(weights, out=weights)
        weights /= np.add.reduce(weights)
        return weights

    def measure_sorted(self) -> tuple[np.float32, np.float32]:
        """The sum of exp(logit - maximum), and the entropy in nats, both summed as `add_up` does.

        In descending order, as llama.cpp has sorted its candidates when it needs these.
        """
        downwards = -np.sort(self.maximum - self.logits)
        weights = np.exp(downwards)
        total = add_up(weights)
        return total, add_up(weights / total * (np.log(total) - downwards))

    def take(self, positions: IndexArray) -> "Candidates":
        """The candidates at `positions` (upwards, so that the order stays)."""
        ids = positions if self.ids is None else self.ids[positions]
        return Candidates(self.logits[positions], ids, self.descending)

    def keep(self, kept: npt.NDArray[np.bool_]) -> "Candidates":
        """The candidates where `kept` (bool[n]) is true; this very object if all are."""
        return self if kept.all() else self.take(np.flatnonzero(kept))

    def pick(self, positions: IndexArray) -> "Candidates":
        """The candidates at `positions`, which go downwards from the most probable."""
        ids = positions if self.ids is None else self.ids[positions]
        return Candidates(self.logits[positions], ids, True)

    def largest(self, count: int) -> "Candidates":
        """The `count` most probable, in descending order (all of them, if there are fewer)."""
        if self.descending:
            if self.ids is None or count >= len(self):
                return self
            return Candidates(self.logits[:count], self.ids[:count], True)
        if self.head is not None and count <= len(self.head):
            return self.pick(self.head[:count])
        return self.pick(largest(self.logits, count))

    def reach(self, probabilities: FloatArray, mass: np.floating) -> tuple[IndexArray, int]:
        """Like `reach`, down these candidates of these `probabilities` (float32[n])."""
        head = np.arange(len(self)) if self.descending else self.head
        return reach(self.logits, probabilities, mass, head)

    def divide(self, divisor: np.float32) -> "Candidates":
        """Every logit divided by `divisor` > 0, which keeps the order."""
        return Candidates(self.logits / divisor, self.ids, self.descending, self.head)

    def with_logits(self, logits: FloatArray) -> "Candidates":
        """The same tokens with other `logits` (float32[n]); those of -inf are dropped."""
        changed = Candidates(logits, self.ids)
        if self.descending and self.ids is not None:
            order = np.lexsort((self.ids, -logits))
            changed = Candidates(logits[order], self.ids[order], True)
        return changed.keep(changed.logits > -np.inf)

    def find(self, tokens: IndexArray) -> tuple[IndexArray, IndexArray]:
        """Where `tokens` (intp[m], distinct) stand: positions here, and which of `tokens` they are.

        Tokens that are no candidates are left out.
        """
        if self.ids is None:
            return tokens, np.arange(len(tokens))
        _, positions, which = np.intersect1d(
            self.ids, tokens, assume_unique=True, return_indices=True
        )
        return positions, which
