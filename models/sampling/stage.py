"""What a sampler stage is, and what it is given."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

import numpy as np
import numpy.typing as npt

from models.errors import InputError
from models.sampling.candidates import Candidates


class Vocabulary(Protocol):
    """The tokens of a model, as far as a sampler needs them."""

    @property
    def pieces(self) -> Sequence[bytes]:
        """The bytes of each token, by id; as many as the model has logits."""

    def tokenize(self, text: str) -> list[int]:
        """Token ids of `text`, without special tokens.

        Bytes that are no UTF-8 arrive as surrogate escapes (PEP 383).
        """


@dataclass(frozen=True, slots=True)
class Moment:
    """Where in a generation a decision is taken: all that a stage may depend on besides logits.

    tokens  int32[n]: the prompt and what was generated
    seed    64 bits, unsigned
    index   number of this step, from 0
    mu      mirostat's state; None at the start
    """

    tokens: npt.NDArray[np.int32]
    seed: int
    index: int
    mu: float | None = None


LARGEST_PARAMETER = 1e6  # far beyond use, and far from where float32 logits overflow

Transform = Callable[[Candidates, Moment], Candidates]


class Stage:
    """One stage of a chain: a frozen dataclass of parameters. Implements `apply` or `bind`."""

    name: ClassVar[str]

    @property
    def label(self) -> str:
        """What tells this stage from the others of its chain."""
        return self.name

    @property
    def head(self) -> int:
        """How many of the most probable tokens the stage starts from; 0 if not known."""
        return 0

    def apply(self, candidates: Candidates, moment: Moment) -> Candidates:
        """The candidates that are left, with their new logits. Pure: writes into nothing."""
        raise NotImplementedError

    def bind(self, vocabulary: Vocabulary, samplers_folder: Path | None) -> Transform:
        """The stage as a function over the tokens of `vocabulary`."""
        return self.apply


def require(condition: bool, name: str, value: float, remedy: str) -> None:
    """Raises InputError "NAME VALUE REMEDY." unless `condition` holds and `value` is a number."""
    if math.isnan(value) or not condition:
        raise InputError(f"{name} {value:g} {remedy}.")


def require_min_keep(name: str, min_keep: int) -> None:
    """Raises InputError if `min_keep` is negative."""
    require(min_keep >= 0, f"{name} min_keep", min_keep, "is negative: choose 0 or more")
