"""The tree of versions, and the ways through it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QSignalSpy, QTest

from desktop.glass.version_lanes import Lanes, step_to
from desktop.glass.version_tree import MOST_ROWS, VersionTree
from desktop.theme.theme import Theme
from tests.desktop.glass.conftest import Show
from tests.desktop.glass.steps import EARLY, LATE, TRUNK, TWIG, Version

FOUR = (TRUNK, EARLY, LATE, TWIG)


@st.composite
def trees(draw: st.DrawFn) -> list[Version]:
    """Versions that part within their parents, one of them standing."""
    versions = [Version(1, None, 0, draw(st.integers(0, 500)))]
    for number in range(2, draw(st.integers(1, 30)) + 1):
        parent = draw(st.sampled_from(versions))
        at = draw(st.integers(0, parent.length))
        versions.append(Version(number, parent.id, at, at + draw(st.integers(0, 300))))
    standing = draw(st.integers(0, len(versions) - 1))
    one = versions[standing]
    versions[standing] = Version(one.id, one.parent, one.parted_at, one.length, True)
    return versions


@pytest.fixture
def tree(theme: Theme, show: Show) -> VersionTree:
    tree = VersionTree(theme)
    tree.set_versions(FOUR)
    show(tree)
    return tree


def test_branches_lie_around_their_parent() -> None:
    assert [version.id for version in Lanes(FOUR).order] == [4, 2, 1, 3]
    assert Lanes(FOUR).standing_line() == [2, 1]


def test_alt_and_an_arrow_lead_through_the_tree() -> None:
    assert step_to(FOUR, "up") == 4
    assert step_to(FOUR, "down") == 1
    assert step_to(FOUR, "left") == 1
    assert step_to(FOUR, "right") == 4
    assert step_to((TRUNK,), "up") is None
    assert step_to((), "left") is None


def test_a_version_leaves_whom_it_shares_text_with() -> None:
    """A second try of a branch, parted where the branch parted, is a branch of the trunk."""
    again = Version(5, 2, 120, 200)
    assert Lanes((*FOUR, again)).parent(5) == 1


@given(trees())
def test_every_version_has_a_lane_and_a_way_home(versions: list[Version]) -> None:
    lanes = Lanes(versions)
    assert sorted(v.id for v in lanes.order) == [v.id for v in versions]
    for version in versions:
        at: int | None = version.id
        for _ in versions:
            at = lanes.neighbour(at, "left") if at is not None else None
        assert at is None
    top = lanes.order[0].id
    seen = [top]
    while (following := lanes.neighbour(seen[-1], "down")) is not None:
        seen.append(following)
    assert len(seen) == len(versions)


@given(trees(), st.integers(60, 400))
def test_every_line_stays_inside_and_leaves_after_its_parents_curve(
    versions: list[Version], width: int
) -> None:
    lanes = Lanes(versions)
    places, curve = lanes.place(width, 44)
    for version in versions:
        start, end = places[version.id]
        assert 0 <= start < end <= width + 1e-6
        assert end - start >= curve - 1e-6
        parent = lanes.parent(version.id)
        if parent is not None:
            parent_start, parent_end = places[parent]
            settled = curve if lanes.parent(parent) is not None else 0
            assert parent_start + settled - 1e-6 <= start <= parent_end + 1e-6


def test_a_thousand_tries_in_a_row() -> None:
    """Each the child of the one before, as one who is never content makes them."""
    versions = [Version(1, None, 0, 100)]
    versions += [Version(n, n - 1, n, n + 100, n == 1_500) for n in range(2, 1_501)]
    lanes = Lanes(versions)
    assert len(lanes.order) == len(lanes.standing_line()) == 1_500


def test_a_parent_that_is_no_older_ends_no_walk() -> None:
    assert len(Lanes((Version(1, 1, 0, 9), Version(2, 3, 1, 9), Version(3, 2, 1, 9))).order) == 3


def test_keys_walk_the_tree_and_choose(tree: VersionTree) -> None:
    chosen = QSignalSpy(tree.version_chosen)
    for key in (
        Qt.Key.Key_Left,  # from the standing one to the trunk
        Qt.Key.Key_Return,
        Qt.Key.Key_Down,
        Qt.Key.Key_Space,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,  # to the last branch of the trunk
        Qt.Key.Key_Enter,
        Qt.Key.Key_Right,  # that one has no branch
        Qt.Key.Key_Enter,
    ):
        QTest.keyClick(tree, key)
    assert [chosen.at(n)[0] for n in range(chosen.count())] == [1, 3, 3, 3]


def test_a_click_chooses(tree: VersionTree) -> None:
    chosen = QSignalSpy(tree.version_chosen)
    middle = tree.visualRect(tree.model().index(0, 0)).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, middle.y()))
    assert chosen.at(0) == [4]


def test_versions_are_read_aloud(tree: VersionTree) -> None:
    interface = QAccessible.queryAccessibleInterface(tree)
    assert interface is not None
    said = [interface.child(row).text(QAccessible.Text.Name) for row in range(4)]
    assert said == [
        "Version 4 of 4: Not even him",
        "Version 2 of 4, in the text: It went out again",
        "Version 1 of 4: The boat came in",
        "Version 3 of 4: Nobody saw it",
    ]
    assert "Not even him" in tree.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_the_standing_line_is_drawn_in_the_accent(tree: VersionTree, theme: Theme) -> None:
    image = tree.viewport().grab().toImage()
    scale = image.devicePixelRatio()
    accent = QColor(theme.palette.accent)

    def accents(row: int) -> list[float]:
        """Where the middle of a row is in the accent."""
        y = round((tree.visualRect(tree.model().index(row, 0)).center().y() + 0.5) * scale)
        xs = range(image.width())
        return [x / scale for x in xs if image.pixelColor(x, y) == accent and 20 < x / scale < 338]

    assert max(accents(1)) - min(accents(1)) > 100  # the branch that stands
    parting = min(accents(1))  # its curve has ended there
    assert 40 < max(accents(2)) < parting  # the trunk, up to where it was left
    assert accents(0) == accents(3) == []


def test_thirty_versions_scroll(tree: VersionTree) -> None:
    many = [TRUNK] + [Version(n, 1, 100 + n, 300 + n, n == 30) for n in range(2, 31)]
    tree.set_versions(many)
    tree.grab()
    row = tree.visualRect(tree.currentIndex()).height()
    assert row >= 12
    assert tree.height() == MOST_ROWS * row
    assert tree.viewport().rect().contains(tree.visualRect(tree.currentIndex()))
