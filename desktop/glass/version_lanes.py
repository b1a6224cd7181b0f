"""Where the versions of a passage lie in their tree, and how to walk it. Knows no window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

Direction = Literal["up", "down", "left", "right"]


class VersionView(Protocol):
    """A version of a passage, as the tree draws it.

    id           larger than its parent's
    parted_at    offset in the passage where it left its parent, in UTF-16 units
    length       of the whole version, in UTF-16 units
    standing     it is the one in the text
    first_words  of what is its own
    """

    @property
    def id(self) -> int: ...
    @property
    def parent(self) -> int | None: ...
    @property
    def parted_at(self) -> int: ...
    @property
    def length(self) -> int: ...
    @property
    def standing(self) -> bool: ...
    @property
    def first_words(self) -> str: ...


class Lanes:
    """The versions from the top lane to the bottom one.

    A version lies between its branches: the first above it, the second below, and so on, those
    that part early outside of those that part late, so that no two lines cross.
    """

    def __init__(self, versions: Sequence[VersionView]) -> None:
        by_id = {version.id: version for version in versions}
        self._parents = {version.id: _parent(version, by_id) for version in versions}
        children: dict[int | None, list[VersionView]] = {}
        for version in sorted(versions, key=lambda v: v.id):
            children.setdefault(self._parents[version.id], []).append(version)
        self.order = _walk(children)
        self._row = {version.id: row for row, version in enumerate(self.order)}
        self._branches = {
            parent: max(v.id for v in branches)
            for parent, branches in children.items()
            if parent is not None
        }

    def parent(self, version: int) -> int | None:
        """Return the version whose line this one leaves in the picture."""
        return self._parents[version]

    def row(self, version: int) -> int:
        """Return the lane of a version, 0 at the top."""
        return self._row[version]

    def neighbour(self, version: int, direction: Direction) -> int | None:
        """Return the next version that way: a lane up or down, the parent, the last branch."""
        if direction == "left":
            return self._parents[version]
        if direction == "right":
            return self._branches.get(version)
        row = self._row[version] + (1 if direction == "down" else -1)
        return self.order[row].id if 0 <= row < len(self.order) else None

    def standing_line(self) -> list[int]:
        """Return the standing version and those that it left, outwards; empty when none stands."""
        line = []
        version = next((v.id for v in self.order if v.standing), None)
        while version is not None:
            line.append(version)
            version = self._parents[version]
        return line

    def place(self, width: float, curve: float) -> tuple[Mapping[int, tuple[float, float]], float]:
        """Return where each version parts and ends, 0..width, and the width of a branch's curve.

        Places follow the offsets half by their value, half by their rank, so that a short branch at
        the end of a long text is seen. A branch parts only where its parent's curve (at most
        `curve` wide) has ended; where nesting leaves too little room, everything is drawn narrower.
        """
        spread = self._spread()
        parted: dict[int, float] = {}
        ends: dict[int, float] = {}
        for version in sorted(self.order, key=lambda v: v.id):  # parents come first
            parent = self._parents[version.id]
            at = 0.0
            if parent is not None:
                settled = parted[parent] + (curve if self._parents[parent] is not None else 0.0)
                at = max(spread[version.parted_at] * (width - curve), settled)
                ends[parent] = max(ends[parent], at)
            parted[version.id] = at
            ends[version.id] = max(spread[version.length] * width, at + curve)
        scale = min(1.0, width / max(ends.values(), default=width))
        return {v: (parted[v] * scale, ends[v] * scale) for v in ends}, curve * scale

    def _spread(self) -> Mapping[int, float]:
        """A place, 0..1, for each offset where something parts or ends."""
        offsets = sorted({0} | {v.length for v in self.order} | {v.parted_at for v in self.order})
        last, steps = max(offsets[-1], 1), max(len(offsets) - 1, 1)
        return {offset: (offset / last + rank / steps) / 2 for rank, offset in enumerate(offsets)}


def step_to(versions: Sequence[VersionView], direction: Direction) -> int | None:
    """Return the version that Alt and an arrow lead to from the standing one; None for no such."""
    standing = next((version.id for version in versions if version.standing), None)
    return None if standing is None else Lanes(versions).neighbour(standing, direction)


def _parent(version: VersionView, by_id: Mapping[int, VersionView]) -> int | None:
    """Return whom a version really leaves: one that parts no later than its parent leaves
    the parent's line before the parent has one of its own."""
    parent = _find(version, by_id)
    while parent is not None and parent.parted_at >= version.parted_at:
        above = _find(parent, by_id)
        if above is None:
            break
        parent = above
    return parent.id if parent is not None else None


def _find(version: VersionView, by_id: Mapping[int, VersionView]) -> VersionView | None:
    """Return the parent; None for a root, and for one that is no older, so that all ways end."""
    parent = version.parent
    return by_id.get(parent) if parent is not None and parent < version.id else None


def _walk(children: Mapping[int | None, list[VersionView]]) -> list[VersionView]:
    """Return every version between its branches, without recursion: chains can be long."""
    order: list[VersionView] = []
    waiting: list[tuple[VersionView, bool]] = [
        (root, False) for root in reversed(children.get(None, []))
    ]
    while waiting:
        version, opened = waiting.pop()
        if opened:
            order.append(version)
            continue
        branches = children.get(version.id, [])
        above = sorted(branches[0::2], key=lambda v: v.parted_at)
        below = sorted(branches[1::2], key=lambda v: -v.parted_at)
        ordered = [(v, False) for v in above] + [(version, True)] + [(v, False) for v in below]
        waiting += reversed(ordered)
    return order
