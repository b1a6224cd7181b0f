"""How far one model's next-token distributions are from another's, position by position.

The reference's distributions are kept as upstream keeps them (tools/perplexity/perplexity.cpp,
`log_softmax`): 16 bits a token, linear in the logits from a depth below the greatest one up to it.
Upstream's depth is 16 nats; ours is deeper, so that nothing of weight is cut off.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DEPTH = 24.0  # nats; what lies below has less than 4e-11 of the greatest probability
ROWS_AT_ONCE = 4  # of a vocabulary: with what is worked out of them they stay in the cache

Floats = npt.NDArray[np.float32]
Rows = list[Floats]  # of float32[n_vocab]
_Part = tuple[Floats, npt.NDArray[np.int32], Floats | None]  # nll, top, divergence


@dataclass(slots=True)
class Spool:
    """The reference's distributions of every position that is scored.

    quanta  uint16[positions, n_vocab], scale and floor float32[positions]: the log-probability of a
    token is `scale * quanta + floor`, in nats
    """

    quanta: npt.NDArray[np.uint16]
    scale: Floats
    floor: Floats
    depth: float

    @classmethod
    def allocate(cls, positions: int, vocabulary: int, depth: float = DEPTH) -> Spool:
        """Make room, all of it at once. Raises MemoryError where there is none."""
        return cls(
            np.full((positions, vocabulary), 0, np.uint16),
            np.empty(positions, np.float32),
            np.empty(positions, np.float32),
            depth,
        )


@dataclass(frozen=True, slots=True)
class Scores:
    """What one model says of the positions of a chunk; each array has one value a position.

    nll          float32, -log p of the token that follows, in nats
    probability  float32, p of that token
    top          int32, the most probable token
    divergence   float32, KL(reference, model) in nats; the reference itself has none
    """

    nll: Floats
    probability: Floats
    top: npt.NDArray[np.int32]
    divergence: Floats | None


class Scorer:
    """Scores rows of logits on several threads; numpy lets them run beside each other."""

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="scores")

    def close(self) -> None:
        self._pool.shutdown()

    def keep(self, rows: Rows, targets: npt.NDArray[np.int32], spool: Spool, start: int) -> Scores:
        """Score the reference, and put its distributions into the spool from `start` on."""

        def work(first: int) -> tuple[Floats, npt.NDArray[np.int32], None]:
            logits = np.stack(rows[first : first + ROWS_AT_ONCE])
            place = slice(start + first, start + first + len(logits))
            greatest, normalizer = _normalizers(logits)
            least = np.maximum(logits.min(axis=1), greatest - spool.depth)
            scale = (greatest - least) / np.float32(65535)
            spool.scale[place], spool.floor[place] = scale, least - normalizer
            steps = np.where(scale > 0, 1 / np.where(scale > 0, scale, 1), 0).astype(np.float32)
            logits -= least[:, None]
            logits *= steps[:, None]
            np.rint(np.maximum(logits, 0, out=logits), out=logits)
            spool.quanta[place] = logits
            top = logits.argmax(axis=1).astype(np.int32)
            return _at(rows, first, targets, normalizer), top, None

        return self._gather(work, len(rows))

    def compare(
        self, rows: Rows, targets: npt.NDArray[np.int32], spool: Spool, start: int
    ) -> Scores:
        """Score a level against the distributions from `start` on.

        As upstream, the sum of the divergence is over tokens whose log-probability under the
        reference is above minus the depth.
        """

        def work(first: int) -> tuple[Floats, npt.NDArray[np.int32], Floats]:
            logits = np.stack(rows[first : first + ROWS_AT_ONCE])
            place = slice(start + first, start + first + len(logits))
            _, normalizer = _normalizers(logits)
            top = logits.argmax(axis=1).astype(np.int32)
            base = spool.quanta[place].astype(np.float32)
            base *= spool.scale[place, None]
            base += spool.floor[place, None]
            logits -= normalizer[:, None]
            difference = np.subtract(base, logits, out=logits)
            difference *= base > -spool.depth
            difference *= np.exp(base, out=base)
            return _at(rows, first, targets, normalizer), top, difference.sum(axis=1)

        return self._gather(work, len(rows))

    def _gather(self, work: Callable[[int], _Part], count: int) -> Scores:
        parts = list(self._pool.map(work, range(0, count, ROWS_AT_ONCE)))
        nll = np.concatenate([part[0] for part in parts])
        divergences = [part[2] for part in parts if part[2] is not None]
        return Scores(
            nll=nll,
            probability=np.exp(-nll),
            top=np.concatenate([part[1] for part in parts]),
            divergence=np.concatenate(divergences) if divergences else None,
        )


def _normalizers(logits: Floats) -> tuple[Floats, Floats]:
    """Return the greatest logit and the logarithm of the sum of exponentials of each row."""
    greatest = logits.max(axis=1)
    shifted = logits - greatest[:, None]
    sums = np.exp(shifted, out=shifted).sum(axis=1)
    return greatest, greatest + np.log(sums)


def _at(rows: Rows, first: int, targets: npt.NDArray[np.int32], normalizer: Floats) -> Floats:
    """Return -log p of the targets of the rows from `first` on."""
    own = [rows[first + i][targets[first + i]] for i in range(len(normalizer))]
    return normalizer - np.array(own, np.float32)
