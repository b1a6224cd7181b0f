"""The panel put together."""

import math
from collections.abc import Iterator
from typing import TypeVar

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from desktop.glass.candidate_list import CandidateList
from desktop.glass.glass import Glass
from desktop.glass.lettering import Link
from desktop.glass.pipeline import Pipeline, StageCard
from desktop.glass.timeline import Timeline
from desktop.glass.unit_shown import UnitShown
from desktop.glass.version_tree import VersionTree
from desktop.theme.theme import Theme
from tests.desktop.glass.conftest import WIDTH, Show
from tests.desktop.glass.steps import (
    EARLY,
    FIVE,
    HARBOUR,
    LABELS,
    MANY,
    SHORE,
    STREET,
    TRUNK,
    candidate,
    step,
)

JOINED = UnitShown(
    "港",
    [
        step([candidate(21, "", 0.5, 0.6, None, "e6"), SHORE], text=""),
        step([candidate(22, "", 0.8, 0.9, None, "b8"), SHORE], text=""),
        step([candidate(23, "港", 0.5, 1.0, None, "af"), SHORE], text="港"),
    ],
    2,
)


Part = TypeVar("Part", bound=QWidget)


@pytest.fixture
def glass(theme: Theme, show: Show) -> Glass:
    glass = Glass(theme)
    show(glass)
    return glass


def texts(glass: Glass) -> str:
    """Everything that is written on the panel outside of the lists."""
    return "\n".join(label.text() for label in glass.findChildren(QLabel) if label.isVisible())


def part(glass: Glass, kind: type[Part]) -> Part:
    """The panel's one part of this kind."""
    (found,) = glass.findChildren(kind)
    return found


def open_harbour(glass: Glass) -> None:
    glass.show_unit(UnitShown(" harbour", [step()]), LABELS)


def candidates(glass: Glass) -> CandidateList:
    return part(glass, CandidateList)


def test_an_empty_panel_teaches_and_has_the_button_that_fills_it(glass: Glass) -> None:
    asked = QSignalSpy(glass.continue_requested)
    assert texts(glass) == ("Click a word that the model wrote, and see what it was chosen from.")
    for chart in (CandidateList, Pipeline, Timeline, VersionTree):
        assert not part(glass, chart).isVisible()
    QTest.mouseClick(part(glass, QPushButton), Qt.MouseButton.LeftButton)
    assert asked.count() == 1
    glass.set_generating(True)
    assert not part(glass, QPushButton).isVisible()


def test_an_open_unit_says_how_sure_the_model_was(glass: Glass) -> None:
    open_harbour(glass)
    said = texts(glass)
    assert "Candidates for “␣harbour”" in said
    assert "as sure as a choice among 4.1" in said
    assert "to 50\u202f%" in said
    assert "joined" not in said
    exact = next(label for label in glass.findChildren(QLabel) if "as sure" in label.text())
    assert "1.411 nats, 2.036 bits" in exact.toolTip()


def test_what_is_chosen_comes_with_the_step_it_is_for(glass: Glass) -> None:
    open_harbour(glass)
    chosen = QSignalSpy(glass.chosen)
    QTest.keyClick(candidates(glass), Qt.Key.Key_Down)
    QTest.keyClick(candidates(glass), Qt.Key.Key_Return)
    assert chosen.at(0) == [0, STREET.token]


def test_while_the_model_writes_its_newest_token_is_shown(glass: Glass) -> None:
    chosen = QSignalSpy(glass.chosen)
    for number in range(5):
        glass.show_live(step(MANY, number), LABELS)
    assert "Now: “␣w4”" in texts(glass)
    QTest.keyClick(candidates(glass), Qt.Key.Key_Return)
    assert chosen.count() == 0
    glass.show_live(step(FIVE, 4, text=""), LABELS)
    assert "Now: “E6 B8”" in texts(glass)


def test_the_tokens_of_a_character_are_joined_and_walked(glass: Glass) -> None:
    glass.show_unit(JOINED, LABELS)
    shown, walked = QSignalSpy(glass.step_shown), QSignalSpy(glass.walked)
    chosen = QSignalSpy(glass.chosen)
    together = 100 * 0.5 * 0.8 * 0.5
    said = f"3 byte tokens joined: E6 B8 AF · together {together:.1f}\u202f%"
    assert said in texts(glass)
    assert "3 / 3" in texts(glass)
    QTest.keyClick(candidates(glass), Qt.Key.Key_Left)
    assert glass.position == 1
    assert candidates(glass).model().index(0, 0).data() == "B8"
    back = next(link for link in glass.findChildren(Link) if link.text() == "‹")
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    QTest.keyClick(candidates(glass), Qt.Key.Key_Return)
    QTest.keyClick(candidates(glass), Qt.Key.Key_Left)
    assert [shown.at(n) for n in range(shown.count())] == [[1], [0]]
    assert [walked.at(n) for n in range(walked.count())] == [[-1]]
    assert chosen.at(0) == [0, 21]


def test_other_settings_show_their_figures_and_keep_the_token_of_the_text(glass: Glass) -> None:
    original = step(chosen=0)
    other = step([HARBOUR, candidate(12, " street", 0.25, 0.9)], 1)
    glass.show_unit(UnitShown(" harbour", [original]), LABELS)
    glass.show_redecided(original, other, LABELS | {"temperature": "T 1.40"})
    rows = candidates(glass).model()
    assert "in the text" in rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    said = rows.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("street, 90.0 percent after the chain")
    assert said.endswith("these settings would choose it")
    assert "With these settings: ␣street" in texts(glass)
    titles = [card.words()[0] for card in glass.findChildren(StageCard) if card.isVisible()]
    assert titles == ["top-k 40", "top-p 0.70", "T 1.40"]


def test_other_settings_may_agree(glass: Glass) -> None:
    open_harbour(glass)
    glass.show_redecided(step(), step(), LABELS)
    assert "With these settings: the same token" in texts(glass)
    open_harbour(glass)
    assert "With these settings" not in texts(glass)


def test_a_mark_for_a_token_that_may_not_be_listed(glass: Glass) -> None:
    open_harbour(glass)
    glass.show_redecided(step(), step(chosen=1), LABELS)
    assert "With these settings: ␣street" in texts(glass)
    glass.show_redecided(step(), msgspec.structs.replace(step(), token=31_000), LABELS)
    assert "With these settings: a token that is not listed" in texts(glass)


def test_a_token_below_the_list_is_told_under_it(glass: Glass) -> None:
    rare = [*MANY, candidate(400, " xenon", 0.0002, 0.0, "top-k")]
    glass.show_unit(UnitShown(" xenon", [step(rare, 20, rank=213)]), LABELS)
    assert "In the text: ␣xenon, rank 214, < 0.1\u202f% by the model" in texts(glass)
    open_harbour(glass)
    assert "In the text" not in texts(glass)


def test_the_timeline_and_the_versions_come_when_there_is_something(glass: Glass) -> None:
    picked, version = QSignalSpy(glass.picked), QSignalSpy(glass.version_chosen)
    glass.set_timeline(np.full(40, math.log(3.2)), 10, 20)
    assert "effective choices 3.2" in texts(glass)
    glass.set_versions([TRUNK])
    assert not part(glass, VersionTree).isVisible()
    glass.set_versions([TRUNK, EARLY])
    assert part(glass, VersionTree).isVisible()
    QTest.keyClick(part(glass, Timeline), Qt.Key.Key_Right)
    QTest.keyClick(part(glass, VersionTree), Qt.Key.Key_Return)
    assert [picked.at(0), version.at(0)] == [[21], [EARLY.id]]
    glass.set_timeline(np.empty(0))
    assert not part(glass, Timeline).isVisible()


def test_the_chain_is_edited_from_here(glass: Glass) -> None:
    open_harbour(glass)
    asked = QSignalSpy(glass.edit_requested)
    edit = next(link for link in glass.findChildren(Link) if link.text() == "edit")
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Space)
    assert asked.count() == 1


def test_tab_reaches_every_control_and_each_has_a_name(
    glass: Glass, application: QApplication
) -> None:
    glass.show_unit(JOINED, LABELS)
    glass.set_timeline(np.ones(40), 0, 20)
    glass.set_versions([TRUNK, EARLY])
    application.processEvents()
    wanted = {
        widget
        for widget in glass.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    candidates(glass).setFocus()
    reached = []
    while (focused := QApplication.focusWidget()) is not None and focused not in reached:
        reached.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert set(reached) == wanted
    assert [widget for widget in reached if not widget.accessibleName()] == []
    assert len(reached) == 6  # the list, two links, edit, timeline, versions


@pytest.mark.parametrize("size", [(WIDTH, 900), (300, 560)])
def test_nothing_is_cut_at_the_side(
    glass: Glass, application: QApplication, size: tuple[int, int]
) -> None:
    glass.show_unit(JOINED, LABELS)
    glass.set_timeline(np.ones(40), 0, 20)
    glass.set_versions([TRUNK, EARLY])
    glass.resize(*size)
    application.processEvents()
    for label in glass.findChildren(QLabel):
        if label.isVisible():
            left = label.mapTo(glass, label.rect().topLeft()).x()
            assert left >= 0
            assert left + label.width() <= size[0]
            needed = label.heightForWidth(label.width())
            assert label.height() >= needed, label.text()
            if not label.wordWrap():
                assert label.width() >= label.sizeHint().width(), label.text()


class Shouting(QTranslator):
    """A language that everyone knows."""

    def isEmpty(self) -> bool:  # noqa: N802
        return False

    def translate(
        self, _context: str, text: str, _disambiguation: str | None = None, _n: int = -1
    ) -> str:
        return "".join(c if inside else c.upper() for c, inside in _mark_braces(text))


def _mark_braces(text: str) -> Iterator[tuple[str, bool]]:
    inside = False
    for character in text:
        inside = (inside or character == "{") and character != "}"
        yield character, inside


def test_the_language_can_change_while_it_is_open(glass: Glass, application: QApplication) -> None:
    glass.show_unit(JOINED, LABELS)
    glass.set_timeline(np.ones(40), 0, 20)
    glass.set_versions([TRUNK, EARLY])
    before = texts(glass)
    shouting = Shouting()
    assert QCoreApplication.installTranslator(shouting)
    try:
        application.processEvents()
        assert texts(glass) == before.upper()
        names = [w.accessibleName() for w in glass.findChildren(StageCard) if w.isVisible()]
        assert all("LEFT" in name for name in names)
        rows = candidates(glass).model()
        assert "BY THE MODEL" in rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert glass.accessibleName() == "LOOKING GLASS"
        assert candidates(glass).accessibleName() == "CANDIDATES"
        assert part(glass, Timeline).accessibleName() == "UNCERTAINTY, TOKEN BY TOKEN"
        assert part(glass, VersionTree).accessibleName() == "VERSIONS"
    finally:
        QCoreApplication.removeTranslator(shouting)
    application.processEvents()
    assert texts(glass) == before


def test_the_scheme_can_change_while_it_is_open(glass: Glass, theme: Theme) -> None:
    open_harbour(glass)
    light = glass.grab().toImage()
    theme.choose("dark")
    dark = glass.grab().toImage()
    assert light.pixelColor(2, 2).name() == "#fbfaf7"
    assert dark.pixelColor(2, 2).name() == "#1b1e23"
