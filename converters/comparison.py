"""What each quantization level of a model costs, on a text of the person's own."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from converters.comparison_memory import ComparisonMemory, hash_file, hash_text
from converters.comparison_process import Advanced, AnyReport, ModelRead, Task, TextRead
from converters.divergence import DEPTH
from converters.job_process import follow
from models import memory_plan
from models.engine.text import decode_whole
from models.errors import InputError, JobError
from models.gguf_file import GgufSummary, check_generates_text, summarize
from models.memory_plan import MemoryPlan, Verdict
from models.operations import DEFAULT_CONTEXT, MOST_THREADS, choose_threads
from models.size import format_size

REFERENCE_LEVELS = frozenset({"F32", "F16", "BF16", "Q8_0"})
SHORTEST_CONTEXT = 32
PROMPT_TOKENS = 48
CONTINUATION_TOKENS = 48
GOOD_AGREEMENT = 0.9  # nine tokens of ten would be the same

_decode = msgspec.json.Decoder(AnyReport).decode


class Row(msgspec.Struct, frozen=True):
    """One file over the text; the reference has no divergence from itself.

    perplexity        exp(mean -log p), and its standard error (upstream: perplexity.cpp)
    kl_*              KL(reference, level) a token, in nats: mean, median, 99th percentile, greatest
    top1_agreement    share of the positions with the same most probable token, 0..1
    delta_p_rms       root of the mean square of the change of the token's probability, 0..1
    """

    file: str
    level: str
    bytes: int
    bits_per_weight: float
    perplexity: float
    perplexity_error: float
    kl_mean: float
    kl_median: float
    kl_p99: float
    kl_max: float
    top1_agreement: float
    delta_p_rms: float
    prompt_tokens_per_second: float
    decode_tokens_per_second: float
    peak_memory_bytes: int


class Detail(msgspec.Struct, frozen=True):
    """A row with what stands behind it, one value a scored token in the order of the text.

    `divergence` is empty for the reference; `continuation` are the pieces of the greedy text.
    """

    row: Row
    nll: list[float]
    probability: list[float]
    top: list[int]
    divergence: list[float]
    continuation: list[bytes]


@dataclass(frozen=True, slots=True)
class TextUnit:
    """Whole characters of the text; `scored` are the places of its tokens in a Detail's values.

    A token that is read and not scored has no place: it only gives context.
    """

    text: str
    scored: tuple[int, ...]


class Text(msgspec.Struct, frozen=True):
    """The text as it was read: the pieces of its tokens, and which of them are scored.

    `left_out` chunks had no room in memory.
    """

    pieces: list[bytes]
    context: int
    first: int
    chunks: int
    left_out: int

    def units(self) -> list[TextUnit]:
        """Return the text in units; tokens that share a character are one."""
        scored = self.context - self.first
        units: list[TextUnit] = []
        data, places = b"", list[int]()
        for index, piece in enumerate(self.pieces):
            chunk, place = divmod(index, self.context)
            data += piece
            if place >= self.first:
                places.append(chunk * scored + place - self.first)
            text = decode_whole(data)
            if text is not None:
                units.append(TextUnit(text, tuple(places)))
                data, places = b"", []
        if data:
            units.append(TextUnit(data.decode("utf-8", "ignore"), tuple(places)))
        return units


@dataclass(frozen=True, slots=True)
class Comparing:
    """How far it is: `done` of `total` chunks of all models, now with `file`."""

    file: str
    done: int
    total: int
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A file is done; `remembered` says that it had been read before."""

    detail: Detail
    remembered: bool


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One level, with the figures that speak for it.

    size_ratio     of its size to the reference's
    spare_bytes    of memory, with the model's usual context
    next_level     the next smaller one: what it saves, and how many times it diverges; None if none
    agrees         whether nine tokens of ten are the same; else it is the best there is
    """

    file: str
    level: str
    size_ratio: float
    top1_agreement: float
    spare_bytes: int
    agrees: bool
    next_level: str | None
    saved_bytes: int
    divergence_ratio: float

    @property
    def sentence(self) -> str:
        """The reason, in English."""
        text = (
            f"{self.level}: {self.size_ratio:.2g} of the size, top token agrees "
            f"{self.top1_agreement:.0%}, fits with {format_size(self.spare_bytes)} to spare"
        )
        if not self.agrees:
            text += f"; no smaller level agrees on {GOOD_AGREEMENT:.0%}"
        if self.next_level is None:
            return f"{text}."
        return (
            f"{text}; {self.next_level} saves {format_size(self.saved_bytes)} and "
            f"diverges {self.divergence_ratio:.1f} times as much."
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result: rows in the order that was asked for."""

    text: Text
    reference: Detail
    levels: tuple[Detail, ...]
    recommendation: Recommendation | None


Told = Comparing | Compared | Comparison


def compare(
    reference: Path,
    levels: Sequence[Path],
    text: str,
    *,
    context: int = 512,
    chunks: int | None = None,
    threads: int | None = None,
    any_reference: bool = False,
    depth: float = DEPTH,
    stopped: Callable[[], bool] = lambda: False,
) -> Generator[Told, None, None]:
    """Read a text with a reference and with each level of it; the last event is the Comparison.

    A file that was read before under the same conditions is not read again. `any_reference` takes a
    reference that is itself coarsely quantized. Raises InputError for what cannot be compared,
    Cancelled if `stopped` says so (what was done is remembered), JobError if the evaluation fails.
    """
    if threads is not None and not 1 <= threads <= MOST_THREADS:
        raise InputError(f"{threads} threads cannot work: give 1 to {MOST_THREADS}.")
    if chunks is not None and chunks < 2:
        raise InputError(f"{chunks} chunks are no comparison: give --chunks 2 or more.")
    text = text.removesuffix("\n")  # as upstream
    files = [reference, *levels]
    summaries = [_summarize(path) for path in files]
    _check(summaries, context, any_reference=any_reference)
    hashes = [hash_file(path) for path in files]
    _check_hashes(files, hashes)
    spool = _find_room(summaries, context)
    memory = ComparisonMemory(
        reference=hashes[0], text=hash_text(text), context=context, chunks=chunks or 0, depth=depth
    )
    found = [memory.read(hash_, Detail) for hash_ in hashes]
    cut = memory.read("text", Text)
    if cut is None:
        found = [None] * len(files)
    todo = [number for number, detail in enumerate(found) if detail is None]
    for number, detail in enumerate(found):
        if detail is not None:
            found[number] = detail = _rename(detail, summaries[number])
            yield Compared(detail, remembered=True)
    if todo:
        order = [0, *(number for number in todo if number)]
        task = Task(
            paths=[str(files[number].absolute()) for number in order],
            text=text,
            context=context,
            chunks=cut.chunks if cut is not None else chunks or 0,
            threads=threads or choose_threads(),
            gpu_layers=[0] * len(order),
            spool_bytes=spool,
            depth=depth,
            prompt_tokens=min(PROMPT_TOKENS, context // 2),
            tokens=min(CONTINUATION_TOKENS, context // 2),
        )
        clock = _Clock(len(order))
        for report in follow(
            "converters.comparison_worker",
            task,
            _decode,
            what="The comparison",
            log="comparison.log",
            stopped=stopped,
        ):
            match report:
                case TextRead():
                    if cut is not None and report.chunks < cut.chunks:
                        raise JobError(
                            f"Only {report.chunks} of the {cut.chunks} chunks that were compared "
                            "before have room in memory now: close other programs."
                        )
                    cut = cut or Text(
                        report.pieces, report.context, report.first, report.chunks, report.left_out
                    )
                    memory.write("text", cut)
                case Advanced():
                    name = files[order[report.model]].name
                    yield clock.tell(name, report.model, report.done, report.total)
                case ModelRead():
                    number = order[report.model]
                    if number == 0:
                        first = report
                    detail = _describe(report, first, summaries[number])
                    memory.write(hashes[number], detail)
                    if found[number] is None:
                        found[number] = detail
                        yield Compared(detail, remembered=False)
    assert cut is not None
    done = [detail for detail in found if detail is not None]
    yield Comparison(cut, done[0], tuple(done[1:]), recommend(summaries, done))


def read_text(path: Path) -> str:
    """Return a text. Raises InputError for a file that cannot be read, or is not UTF-8."""
    from converters.importance_collection import read_text

    return read_text(path)


def recommend(summaries: Sequence[GgufSummary], details: Sequence[Detail]) -> Recommendation | None:
    """Return the smallest level that fits and agrees on nine tokens of ten, else the best one.

    The reference comes first in both. None where no level fits this machine.
    """
    fitting = [
        (detail.row, _plan(summary))
        for summary, detail in zip(summaries[1:], details[1:], strict=True)
    ]
    fitting = [(row, plan) for row, plan in fitting if plan.verdict is not Verdict.DOES_NOT_FIT]
    if not fitting:
        return None
    good = [entry for entry in fitting if entry[0].top1_agreement >= GOOD_AGREEMENT]
    best, plan = (
        min(good, key=lambda entry: entry[0].bytes)
        if good
        else max(fitting, key=lambda entry: entry[0].top1_agreement)
    )
    smaller = [detail.row for detail in details[1:] if detail.row.bytes < best.bytes]
    after = max(smaller, key=lambda row: row.bytes, default=None)
    return Recommendation(
        file=best.file,
        level=best.level,
        size_ratio=best.bytes / details[0].row.bytes,
        top1_agreement=best.top1_agreement,
        spare_bytes=max(0, plan.available_bytes - plan.needed_bytes),
        agrees=bool(good),
        next_level=after.level if after is not None else None,
        saved_bytes=best.bytes - after.bytes if after is not None else 0,
        divergence_ratio=after.kl_mean / best.kl_mean if after is not None and best.kl_mean else 1,
    )


def _plan(summary: GgufSummary) -> MemoryPlan:
    context = min(DEFAULT_CONTEXT, summary.context_length or DEFAULT_CONTEXT)
    return memory_plan.plan_memory(summary, context=context, sequences=1, batch=32)


def _summarize(path: Path) -> GgufSummary:
    summary = summarize(path)
    check_generates_text(summary)
    return summary


def _check(summaries: Sequence[GgufSummary], context: int, *, any_reference: bool) -> None:
    """Raise InputError for files that are no levels of one model, before any is read."""
    reference, *levels = summaries
    name = reference.path.name
    if not levels:
        raise InputError("No level is given: name one file or more beside the reference.")
    if reference.level not in REFERENCE_LEVELS and not any_reference:
        raise InputError(
            f"{name} is {reference.level}, too coarse to measure others by: give an F16, BF16 or "
            "Q8_0 file, or --any-reference."
        )
    for level in levels:
        if level.architecture != reference.architecture:
            raise InputError(
                f"{level.path.name} is a {level.architecture} model and {name} a "
                f"{reference.architecture}: compare levels of one model."
            )
        if level.vocabulary_size != reference.vocabulary_size:
            raise InputError(
                f"{level.path.name} has {level.vocabulary_size:,} tokens and {name} "
                f"{reference.vocabulary_size:,}: compare levels of one model."
            )
    longest = reference.context_length or DEFAULT_CONTEXT
    if not SHORTEST_CONTEXT <= context <= longest:
        raise InputError(
            f"Chunks of {context:,} tokens cannot be compared: give --context {SHORTEST_CONTEXT} "
            f"to {longest:,}."
        )


def _check_hashes(files: Sequence[Path], hashes: Sequence[str]) -> None:
    """Raise InputError where two files have the same content."""
    for number, hash_ in enumerate(hashes[1:], 1):
        earlier = hashes.index(hash_)
        if earlier == 0:
            raise InputError(
                f"{files[number].name} is the reference itself: give another level of the model."
            )
        if earlier < number:
            raise InputError(
                f"{files[number].name} and {files[earlier].name} are the same: give each level "
                "once."
            )


def _find_room(summaries: Sequence[GgufSummary], context: int) -> int:
    """Return the bytes for the reference's distributions: half of what the largest model leaves.

    Raises InputError where a model does not fit.
    """
    room = 0
    for summary in summaries:
        plan = memory_plan.plan_memory(
            summary, context=context, sequences=context // 2, batch=min(context, 512)
        )
        memory_plan.require_memory(plan)
        left = max(0, plan.available_bytes - plan.needed_bytes) // 2
        room = min(room, left) if room else left
    return room


def _describe(report: ModelRead, reference: ModelRead, summary: GgufSummary) -> Detail:
    """Return the row of a model; the formulas are those of perplexity.cpp."""
    nll = _array(report.nll)
    probability, top = _array(report.probability), np.frombuffer(report.top, "<i4")
    divergence = _array(report.divergence)
    mean = float(nll.mean())
    variance = float((nll * nll).mean()) - mean * mean
    error = math.exp(mean) * math.sqrt(max(0.0, variance) / (len(nll) - 1))
    median, p99, greatest = (
        np.percentile(divergence, [50, 99, 100]).tolist() if len(divergence) else (0.0, 0.0, 0.0)
    )
    change = probability - _array(reference.probability)
    row = Row(
        file=summary.path.name,
        level=summary.level,
        bytes=summary.file_size_bytes,
        bits_per_weight=summary.bits_per_weight,
        perplexity=math.exp(mean),
        perplexity_error=error,
        kl_mean=float(divergence.mean()) if len(divergence) else 0.0,
        kl_median=median,
        kl_p99=p99,
        kl_max=greatest,
        top1_agreement=float((top == np.frombuffer(reference.top, "<i4")).mean()),
        delta_p_rms=float(np.sqrt((change * change).mean())),
        prompt_tokens_per_second=report.prompt_tokens_per_second,
        decode_tokens_per_second=report.decode_tokens_per_second,
        peak_memory_bytes=report.peak_memory_bytes,
    )
    return Detail(
        row=row,
        nll=nll.tolist(),
        probability=probability.tolist(),
        top=top.tolist(),
        divergence=divergence.tolist(),
        continuation=report.continuation,
    )


def _array(data: bytes) -> npt.NDArray[np.float64]:
    return np.frombuffer(data, "<f4").astype(np.float64)


def _rename(detail: Detail, summary: GgufSummary) -> Detail:
    """Return what is remembered of a file's content under the name that it has now."""
    row = msgspec.structs.replace(detail.row, file=summary.path.name)
    return msgspec.structs.replace(detail, row=row)


class _Clock:
    """Says how much time is left, from the chunks that were read."""

    def __init__(self, models: int) -> None:
        import time

        self._models = models
        self._now = time.monotonic
        self._start = 0.0

    def tell(self, file: str, model: int, done: int, total: int) -> Comparing:
        read, whole = model * total + done, self._models * total
        if read == 0:
            self._start = self._now()
        left = (self._now() - self._start) * (whole - read) / read if read else None
        return Comparing(file, read, whole, left)
