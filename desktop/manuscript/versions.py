"""What happens to passages and their versions. Each function is one operation on a page."""

from __future__ import annotations

import numpy as np

from desktop.manuscript.generations import NO_PASSAGE, Generation
from desktop.manuscript.operations import GenerationRecord, Written
from desktop.manuscript.page import Page, Proposal, Request
from desktop.manuscript.passages import NO_CHANGE, Change, Passage, Span, Version
from desktop.manuscript.text_buffer import decode_utf16
from desktop.manuscript.units import read_rows

CANCELLED = "cancelled"  # what ends a generation whose version is taken out of the text


def find_passage(page: Page, position: int) -> Passage | None:
    """The passage around `position`, else the one that ends there."""
    found = [p for p in page.passages.values() if p.start <= position <= p.end]
    return min(
        found,
        key=lambda p: (not p.start < position < p.end, p.start == position, p.end),
        default=None,
    )


def begin(page: Page, record: GenerationRecord, position: int) -> None:
    """Let a generation write at `position`: into the passage there, or as a new one."""
    passage = find_passage(page, position)
    if passage is None or passage.start == position < passage.end:
        passage = Passage(position, position, id=page.new_id(), standing=page.new_id())
        page.passages[passage.id] = passage
    _open(page, passage, record, position, inside=position < passage.end)
    page.proposal = Proposal(position, position, generation=record.id, passage=passage.id)


def write(page: Page, generation: Generation, written: Written) -> Change:
    """Put the text of steps at the head of their generation, which has not ended."""
    if generation.passage == NO_PASSAGE:
        generation.take(written, 0)
        return NO_CHANGE
    passage = page.passages[generation.passage]
    span = next(s for s in passage.spans if s.generation == generation.record.id)
    head = span.end
    text, rows = generation.take(written, head)
    added = len(text) // 2
    page.put(passage, head, head, text)
    page.units.insert(rows)
    passage.grow(head, added)
    for other in passage.spans:
        if other is not span:
            other.follow(head, 0, added)
    span.end += added
    proposal = page.proposal
    if proposal is not None and proposal.passage == passage.id:
        if proposal.generation == generation.record.id:
            proposal.end += added
        else:
            proposal.follow(head, 0, added)
    return Change(head, 0, decode_utf16(text))


def begin_another(page: Page, record: GenerationRecord, passage: Passage) -> Change:
    """Begin another version of what the last generation of the standing one wrote."""
    last = passage.spans[-1]
    end = last.end if last.inside else passage.end
    return _begin_version(page, passage, record, last.start, end, inside=last.inside)


def begin_choice(page: Page, record: GenerationRecord, position: int) -> Change:
    """Begin a version that goes another way at the unit that starts at `position`."""
    first, last = page.units.find(position, position + 1)
    unit = page.units.units(first, last)[0]
    passage = _gather(page, unit.start, unit.end)
    span = next((s for s in passage.spans if s.generation == unit.generation), None)
    inside = span is not None and span.inside
    end = span.end if span is not None and inside else passage.end
    return _begin_version(page, passage, record, unit.start, max(end, unit.end), inside=inside)


def replace(page: Page, record: GenerationRecord, start: int, end: int, written: Written) -> Change:
    """Put what a model wrote in the place of a selection, whose text is kept as a version."""
    passage = _gather(page, start, end)
    _part(page, passage, start)
    page.proposal = page.request = None
    generation = Generation(record, passage.id)
    page.generations[record.id] = generation
    text, rows = generation.take(written, start)
    added = len(text) // 2
    page.put(passage, start, end, text)
    page.units.insert(rows)
    passage.end += added - (end - start)
    _cut_spans(passage, start, end, added)
    inside = start + added < passage.end
    passage.spans.append(Span(start, start + added, generation=record.id, inside=inside))
    return Change(start, end - start, decode_utf16(text))


def ask(page: Page, record: GenerationRecord, start: int, end: int, *, again: bool) -> None:
    """Begin an answer to what is asked of the text from `start` to `end`: anew, or one more."""
    before = page.request.answers if again and page.request is not None else []
    page.request = Request(
        start,
        end,
        kind=record.kind,
        old=page.text.read(start, end),
        answers=[*before, record.id],
    )
    page.generations[record.id] = Generation(record, NO_PASSAGE)


def refuse(page: Page, proposal: Proposal) -> Change:
    """Take the proposal out of the text; the version that it belongs to is kept."""
    passage = page.passages[proposal.passage]
    start, end = proposal.start, proposal.end
    _part(page, passage, start)
    _cut(page, passage, start, end)
    page.proposal = None
    return Change(start, end - start, "")


def show(page: Page, passage: Passage, version_id: int) -> Change:
    """Put a kept version in the place of the standing one."""
    version = passage.kept.pop(version_id)
    keep(page, passage)
    old = passage.kept[passage.standing].text
    same_start, same_end = count_shared(old, version.text)
    start = passage.start + same_start
    end = passage.end - same_end
    inserted = version.text[2 * same_start : len(version.text) - 2 * same_end]
    if passage.start < passage.end:
        page.units.delete(*page.units.find(passage.start, passage.end))
    page.put(passage, start, end, inserted)
    page.units.insert(read_rows(version.rows, passage.start))
    passage.end = passage.start + version.length
    passage.spans = [span.moved(passage.start) for span in version.spans]
    passage.standing, passage.parent = version.id, version.parent
    passage.parted_at = version.parted_at
    if page.proposal is not None and page.proposal.passage == passage.id:
        page.proposal = None
    return Change(start, end - start, decode_utf16(inserted))


def find_kept(
    page: Page, position: int, removed: int, inserted: bytes
) -> tuple[Passage, int] | None:
    """Find the kept version that an edit would bring back, as an undo of `show` does."""
    for passage in page.passages.values():
        if passage.kept and passage.start <= position and position + removed <= passage.end:
            length = passage.end - passage.start - removed + len(inserted) // 2
            alike = [v for v in reversed(passage.kept.values()) if v.length == length]
            if alike:
                text = (
                    page.text.read(passage.start, position)
                    + inserted
                    + page.text.read(position + removed, passage.end)
                )
                for version in alike:
                    if version.text == text:
                        return passage, version.id
    return None


def count_shared(old: bytes, new: bytes) -> tuple[int, int]:
    """Return how many code units two texts share at their start, and then at their end.

    Of a surrogate pair, half is not shared: Qt takes no half of a character from Python.
    """
    a, b = np.frombuffer(old, "<u2"), np.frombuffer(new, "<u2")
    most = min(len(a), len(b))
    different = np.flatnonzero(a[:most] != b[:most])
    start = int(different[0]) if len(different) else most
    if start == len(a) == len(b):
        return start, 0
    if start and 0xD800 <= a[start - 1] < 0xDC00:  # the first half of a pair
        start -= 1
    rest = most - start
    different = np.flatnonzero(a[len(a) - rest :][::-1] != b[len(b) - rest :][::-1])
    end = int(different[0]) if len(different) else rest
    if end and 0xDC00 <= a[len(a) - end] < 0xE000:  # the second half
        end -= 1
    return start, end


def keep(page: Page, passage: Passage) -> None:
    """Keep the standing version as it stands; a generation that writes into it has ended."""
    start, end = passage.start, passage.end
    first, last = page.units.find(start, end) if start < end else (0, 0)
    rows = page.units.rows[first:last].copy()
    rows["start"] -= start
    rows["end"] -= start
    passage.kept[passage.standing] = Version(
        id=passage.standing,
        parent=passage.parent,
        parted_at=passage.parted_at,
        text=page.text.read(start, end),
        rows=rows.tobytes(),
        spans=[span.moved(-start) for span in passage.spans],
    )
    for span in passage.spans:
        generation = page.generations[span.generation]
        if generation.outcome is None:
            generation.outcome = CANCELLED


def _part(page: Page, passage: Passage, position: int) -> None:
    """Keep the standing version, and let a new one stand that leaves it at `position`."""
    keep(page, passage)
    passage.parent, passage.standing = passage.standing, page.new_id()
    passage.parted_at = position - passage.start


def _begin_version(
    page: Page, passage: Passage, record: GenerationRecord, start: int, end: int, *, inside: bool
) -> Change:
    """Let a new version stand, without the text from `start` to `end`, and write on there."""
    _part(page, passage, start)
    _cut(page, passage, start, end)
    proposal = page.proposal
    began = start
    if proposal is not None and proposal.passage == passage.id:
        began = min(start, proposal.start)
    _open(page, passage, record, start, inside=inside)
    page.proposal = Proposal(began, start, generation=record.id, passage=passage.id)
    return Change(start, end - start, "")


def _open(
    page: Page, passage: Passage, record: GenerationRecord, position: int, *, inside: bool
) -> None:
    passage.spans.append(Span(position, position, generation=record.id, inside=inside))
    page.generations[record.id] = Generation(record, passage.id)


def _cut(page: Page, passage: Passage, start: int, end: int) -> None:
    page.put(passage, start, end, b"")
    passage.end -= end - start
    _cut_spans(passage, start, end, 0)


def _cut_spans(passage: Passage, start: int, end: int, inserted: int) -> None:
    for span in passage.spans:
        span.follow(start, end - start, inserted)
    passage.spans = [span for span in passage.spans if span.start < span.end]


def _gather(page: Page, start: int, end: int) -> Passage:
    """Return one passage around `start` to `end`: a new one where there is none.

    Where there are several, or one that is too short, they become one: each of their versions is
    a version of the new passage, with what stands around it.
    """
    old = [p for p in page.passages.values() if p.start < end and p.end > start]
    if len(old) == 1 and old[0].start <= start and end <= old[0].end:
        return old[0]
    low = min([start, *(p.start for p in old)])
    high = max([end, *(p.end for p in old)])
    passage = Passage(low, high, id=page.new_id(), standing=page.new_id())
    for part in old:
        by = part.start - low
        if part is old[0] and part.parent is not None:
            passage.parent, passage.parted_at = part.parent, part.parted_at + by
        for version in part.kept.values():
            parent = passage.standing if version.parent == part.standing else version.parent
            passage.kept[version.id] = _widen(page, version, parent, part, low, high)
        passage.spans += part.spans
        for generation in page.generations.values():
            if generation.passage == part.id:
                generation.passage = passage.id
        if page.proposal is not None and page.proposal.passage == part.id:
            page.proposal = None
        del page.passages[part.id]
    page.passages[passage.id] = passage
    return passage


def _widen(
    page: Page, version: Version, parent: int | None, part: Passage, low: int, high: int
) -> Version:
    """Return a version of `part` as one of a passage from `low` to `high`."""
    by = part.start - low
    after = part.start + version.length - part.end - low  # what stands after it is moved by this
    before_rows = page.units.rows[slice(*page.units.find(low, part.start))].copy()
    after_rows = page.units.rows[slice(*page.units.find(part.end, high))].copy()
    for rows, shift in ((before_rows, -low), (after_rows, after)):
        rows["start"] += shift
        rows["end"] += shift
    return Version(
        id=version.id,
        parent=parent,
        parted_at=version.parted_at + by,
        text=page.text.read(low, part.start) + version.text + page.text.read(part.end, high),
        rows=b"".join(
            rows.tobytes() for rows in (before_rows, read_rows(version.rows, by), after_rows)
        ),
        spans=[span.moved(by) for span in version.spans],
    )
