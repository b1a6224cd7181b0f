"""Samplers that users write: one Python function over the logits and the tokens so far.

def sample(logits, tokens, pieces):   # or without `pieces`
    ...
    return logits

logits  float32[n_vocab], the function's own copy; -inf marks a token that an earlier stage removed
tokens  list[int], the prompt and what was generated
pieces  the bytes of each token of the vocabulary

It returns logits of the same shape; -inf removes a token. A removed token stays removed. Logits
beyond +-1e10 are taken as that: whatever the stages after it do with them stays a number. Of
several above, the largest wins.
"""

import inspect
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np

from models.errors import InputError, SamplerError
from models.sampling.candidates import Candidates, FloatArray
from models.sampling.stage import Moment, Stage, Transform, Vocabulary

LARGEST_LOGIT = np.float32(1e10)
_LONGEST_REASON = 300
_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


class SamplerTimeout(SamplerError):  # noqa: N818  (an outcome of the engine's clock)
    """A user's sampler did not end."""


class SamplerInterrupt(BaseException):
    """The engine's clock raises it in the thread of a sampler that does not end."""


@dataclass(frozen=True, slots=True)
class User(Stage):
    """The function `sample` of `file`, a name in the samplers folder."""

    name: ClassVar[str] = "user"
    file: str

    def __post_init__(self) -> None:
        plain = not any(character in self.file for character in '/\\:\0"')
        if not plain or self.file.startswith(".") or not self.file.endswith(".py"):
            raise InputError(
                f'user "{self.file}" is not the name of a sampler: give the name of a Python file '
                "in the samplers folder, like without_letter.py."
            )

    @property
    def label(self) -> str:
        return f"{self.name} {self.file}"

    def bind(self, vocabulary: Vocabulary, samplers_folder: Path | None) -> Transform:
        if samplers_folder is None or not (samplers_folder / self.file).is_file():
            missing = (
                "samplers folder set"
                if samplers_folder is None
                else f"sampler {self.file} in {samplers_folder}"
            )
            raise InputError(
                f"There is no {missing}: put {self.file} into the samplers folder, "
                "or take the stage out of the chain."
            )
        return _UserSampler(samplers_folder / self.file, vocabulary.pieces).apply


class _UserSampler:
    """A sampler file at work, read again whenever it changed."""

    def __init__(self, path: Path, pieces: Sequence[bytes]) -> None:
        self._path = path
        self._pieces = pieces
        self._version: tuple[int, int] | None = None
        self._sample: Callable[..., object] | None = None
        self._takes_pieces = False

    def apply(self, candidates: Candidates, moment: Moment) -> Candidates:
        size = len(self._pieces)
        if candidates.ids is None:
            given = candidates.logits.copy()
        else:
            given = np.full(size, -np.inf, np.float32)
            given[candidates.ids] = candidates.logits
        try:
            logits = self._check(self._call(given, moment.tokens.tolist()), size)
        except BaseException as error:  # whatever a user's file raises, SystemExit too
            raise self._explain(error) from error
        left = candidates.with_logits(logits if candidates.ids is None else logits[candidates.ids])
        if not len(left):
            raise self._fail("it removed every token")
        return left

    def _call(self, logits: FloatArray, tokens: list[int]) -> object:
        status = self._path.stat()
        version = status.st_mtime_ns, status.st_size
        if version != self._version or self._sample is None:
            self._version = None  # a file that fails is read again at the next attempt
            self._sample = self._read()
            self._version = version
        if self._takes_pieces:
            return self._sample(logits, tokens, self._pieces)
        return self._sample(logits, tokens)

    def _read(self) -> Callable[..., object]:
        namespace: dict[str, object] = {"__name__": self._path.stem, "__file__": str(self._path)}
        exec(compile(self._path.read_bytes(), str(self._path), "exec"), namespace)
        sample = namespace.get("sample")
        if not callable(sample):
            raise self._fail("it has no function sample(logits, tokens, pieces)")
        parameters = inspect.signature(sample).parameters.values()
        positional = [p for p in parameters if p.kind in _POSITIONAL]
        starred = any(p.kind is inspect.Parameter.VAR_POSITIONAL for p in parameters)
        if len(positional) < 2 and not starred:
            raise self._fail(
                "its function must be sample(logits, tokens) or sample(logits, tokens, pieces)"
            )
        self._takes_pieces = starred or len(positional) > 2
        return sample

    def _check(self, returned: object, size: int) -> FloatArray:
        if not isinstance(returned, np.ndarray):
            raise self._fail(f"it returned {type(returned).__name__}, not the array of logits")
        if returned.shape != (size,):
            raise self._fail(f"it returned an array of shape {returned.shape}, not ({size},)")
        if returned.dtype.kind not in "fiu":
            raise self._fail(f"it returned an array of {returned.dtype}, not of numbers")
        with np.errstate(over="ignore"):
            logits = np.asarray(returned).astype(np.float32, copy=False)
        if not logits.max() < np.inf:  # NaN spreads to the maximum
            raise self._fail("it returned a logit that is not a number (NaN or +inf)")
        return _bound(logits)

    def _fail(self, reason: str) -> SamplerError:
        return SamplerError(describe_failure(self._path.name, reason), file=self._path.name)

    def _explain(self, error: BaseException) -> SamplerError:
        """The error as the user should see it: the line of their file, their frames alone."""
        name = str(self._path)
        if isinstance(error, SamplerError) and error.file:
            return error
        if isinstance(error, FileNotFoundError) and error.filename == name:
            return self._fail("it is no longer in the samplers folder")
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == name]
        line = frames[-1].lineno if frames else None
        if isinstance(error, SyntaxError) and error.filename == name:
            line = error.lineno
        shown = ["Traceback (most recent call last):\n", *traceback.format_list(frames)]
        if isinstance(error, SamplerInterrupt):
            reason = "it did not end in the two seconds that a sampler has"
            kind: type[SamplerError] = SamplerTimeout
        else:
            said = _say(error)
            reason = (
                f"{type(error).__name__}: {said.splitlines()[0]}" if said else type(error).__name__
            )
            kind = SamplerError
            shown += traceback.format_exception_only(error)
        sentence = describe_failure(self._path.name, reason[:_LONGEST_REASON], line)
        return kind(sentence, file=self._path.name, line=line, traceback="".join(shown))


def describe_failure(name: str, reason: str, line: int | None = None) -> str:
    """Return the sentence about a sampler that failed, with its remedy."""
    where = "" if line is None else f" at line {line}"
    return (
        f"The sampler {name} failed{where}: {reason}. Mend the file and continue; the text is kept."
    )


def _bound(logits: FloatArray) -> FloatArray:
    """Bring finite logits between +-LARGEST_LOGIT; the largest stays above the others."""
    largest = logits.max()
    if largest > LARGEST_LOGIT:
        others = np.minimum(logits, LARGEST_LOGIT / 2)
        logits = np.where(logits == largest, LARGEST_LOGIT, others)
    if (far := (logits < -LARGEST_LOGIT) & (logits > -np.inf)).any():
        logits = np.where(far, -LARGEST_LOGIT, logits)
    return logits


def _say(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return error.msg
    try:
        return str(error).strip()
    except Exception:  # it is the user's own class
        return ""
