"""What each quantization level of a model costs, on a text of the person's own."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from converters.comparison_memory import ComparisonMemory, Hashing, hash_files, hash_text
from converters.comparison_process import BATCH, Advanced, AnyReport, ModelRead, Task, TextRead
from converters.comparison_recommendation import Recommendation, recommend
from converters.comparison_rows import Detail, Row, Text
from converters.divergence import DEPTH
from converters.job_process import follow
from models import memory_plan
from models.errors import InputError, JobError
from models.gguf_file import GgufSummary, check_generates_text, read_vocabulary, summarize
from models.machine import choose_threads
from models.operations import DEFAULT_CONTEXT, MOST_THREADS

REFERENCE_LEVELS = frozenset({"F32", "F16", "BF16", "Q8_0"})
SHORTEST_CONTEXT = 32
PROMPT_TOKENS = 48
CONTINUATION_TOKENS = 32

_decode = msgspec.json.Decoder(AnyReport).decode


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
class Comparison:
    """The result: rows in the order that was asked for."""

    text: Text
    reference: Detail
    levels: tuple[Detail, ...]
    recommendation: Recommendation | None


Told = Hashing | Comparing | Compared | Comparison


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
    again: bool = False,
    stopped: Callable[[], bool] = lambda: False,
) -> Generator[Told, None, None]:
    """Read a text with a reference and with each level of it; the last event is the Comparison.

    A file that was read before under the same conditions is not read again. `any_reference` takes a
    reference that is itself coarsely quantized, `again` reads and measures all anew. Raises
    InputError for what cannot be compared, Cancelled if `stopped` says so (what was done is
    remembered), JobError if the evaluation fails.
    """
    if threads is not None and not 1 <= threads <= MOST_THREADS:
        raise InputError(f"{threads} threads cannot work: give 1 to {MOST_THREADS}.")
    if chunks is not None and chunks < 2:
        raise InputError(f"A comparison needs two chunks: give --chunks 2 or more, not {chunks}.")
    text = text.removesuffix("\n")  # as upstream
    files = [reference, *levels]
    summaries = [_summarize(path) for path in files]
    _check(summaries, context, any_reference=any_reference)
    hashes = yield from hash_files(files, stopped)
    _check_hashes(files, hashes)
    threads = threads or choose_threads()
    memory = ComparisonMemory(
        reference=hashes[0],
        text=hash_text(text),
        context=context,
        chunks=chunks or 0,
        depth=depth,
        threads=threads,
    )
    cut = memory.read("text", Text) if not again else None
    if cut is not None and cut.context != context:
        cut = None  # somebody has changed the file
    if cut is not None and cut.left_out and _has_more_room(summaries, cut):
        cut = None
    found: list[Detail | None] = [None] * len(files)
    if cut is not None:
        found = [memory.read(hash_, Detail) for hash_ in hashes]
        scored = cut.chunks * cut.scored_in_chunk
        found = [d if d is not None and len(d.nll) == scored else None for d in found]
    found = [
        _rename(detail, summary) if detail is not None else None
        for detail, summary in zip(found, summaries, strict=True)
    ]
    todo = [number for number, detail in enumerate(found) if detail is None]
    known = [Compared(detail, remembered=True) for detail in found if detail is not None]
    if found[0] is not None:
        yield from known
    if todo:
        order = [0, *(number for number in todo if number)]
        task = Task(
            paths=[str(files[number].absolute()) for number in order],
            text=text,
            context=context,
            chunks=cut.chunks if cut is not None else chunks or 0,
            threads=threads,
            spool_bytes=_find_room([summaries[number] for number in order], context),
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
                        if number == 0:  # it comes before its levels
                            yield from known
    assert cut is not None
    done = [detail for detail in found if detail is not None]
    yield Comparison(cut, done[0], tuple(done[1:]), recommend(summaries, done))


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
    vocabulary = read_vocabulary(reference)
    for level in levels:
        if level.architecture != reference.architecture:
            raise InputError(
                f"{level.path.name} is a {level.architecture} model and {name} a "
                f"{reference.architecture}: compare levels of one model."
            )
        if (level.block_count, level.embedding_length) != (
            reference.block_count,
            reference.embedding_length,
        ):
            raise InputError(
                f"{level.path.name} has {level.block_count} layers of {level.embedding_length:,} "
                f"and {name} {reference.block_count} of {reference.embedding_length:,}: compare "
                "levels of one model."
            )
        if level.vocabulary_size != reference.vocabulary_size:
            raise InputError(
                f"{level.path.name} has {level.vocabulary_size:,} tokens and {name} "
                f"{reference.vocabulary_size:,}: compare levels of one model."
            )
        if read_vocabulary(level) != vocabulary:
            raise InputError(
                f"{level.path.name} has other tokens than {name}: compare levels of one model."
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
    rooms: list[int] = []
    for summary in summaries:
        plan = memory_plan.plan_memory(
            summary, context=context, sequences=context // 2, batch=min(context, BATCH)
        )
        memory_plan.require_memory(plan)
        rooms.append(max(0, plan.available_bytes - plan.needed_bytes) // 2)
    return min(rooms)


def _has_more_room(summaries: Sequence[GgufSummary], cut: Text) -> bool:
    """Whether more of the text than before could be read now."""
    try:
        room = _find_room(summaries, cut.context)
    except InputError:
        return False
    return room // (cut.scored_in_chunk * 2 * summaries[0].vocabulary_size) > cut.chunks


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
        kl_mean=max(0.0, float(divergence.mean())) if len(divergence) else 0.0,  # but for rounding
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
