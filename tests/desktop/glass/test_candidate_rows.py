"""The rows that are worked out from a step."""

import math

import pytest

from desktop.glass.candidate_rows import full_width, list_rows
from models.engine.protocol import Stage
from tests.desktop.glass.steps import (
    FIVE,
    HARBOUR,
    MANY,
    PART,
    ROAD,
    SHORE,
    STREET,
    candidate,
    step,
)


def test_rows_follow_the_candidates_and_end_with_everything_else() -> None:
    rows = list_rows(step(chosen=1))
    assert [row.name for row in rows] == ["␣harbour", "␣street", "␣road", "␣shore", "E6 B8", ""]
    assert [row.before for row in rows] == pytest.approx([0.4, 0.25, 0.1, 0.05, 0.02, 0.18])
    assert [row.after for row in rows] == [0.5, 0.375, 0.125, 0.0, 0.0, 0.0]
    assert [row.removed_by for row in rows] == [None, None, None, "top-p", "top-p", None]
    assert [row.in_text for row in rows] == [False, True, False, False, False, False]
    assert [row.rank for row in rows[:-1]] == [1, 2, 3, 4, 5]
    assert not any(row.apart for row in rows)


def test_what_the_chain_left_to_the_others_is_what_it_left() -> None:
    """Three of forty survivors are listed: the rest has what is missing."""
    shown = [candidate(1, "a", 0.5, 0.6), candidate(2, "b", 0.2, 0.1)]
    assert list_rows(step(shown, stages=[Stage("top-k", 40, 0.98)]))[-1].after == pytest.approx(0.3)
    assert list_rows(step(shown, stages=[]))[-1].after == pytest.approx(0.3)
    assert list_rows(step(shown, stages=[Stage("top-k", 2, 0.7)]))[-1].after == 0.0


def test_the_others_are_never_less_than_nothing() -> None:
    certain = [candidate(1, "a", 1.0, 1.0000001)]
    assert list_rows(step(certain, stages=[]))[-1].before == 0.0
    assert list_rows(step(certain, stages=[]))[-1].after == 0.0


def test_a_token_outside_of_the_list_stands_apart_with_its_rank() -> None:
    rows = list_rows(step(FIVE, 4, rank=213))
    assert [row.apart for row in rows] == [False, False, False, False, True, False]
    assert rows[4].rank == 214
    assert not any(row.apart for row in list_rows(step(FIVE, 4, rank=4)))


def test_other_settings_keep_the_token_of_the_text() -> None:
    original, other = step(chosen=3), step([HARBOUR, STREET, ROAD, SHORE], 0)
    rows = list_rows(other, original)
    assert [row.name for row in rows if row.in_text] == ["␣shore"]


def test_a_token_that_other_settings_do_not_list_is_kept_without_a_figure() -> None:
    original, other = step([*FIVE], 4, rank=50), step([HARBOUR, STREET, ROAD], 0)
    row = list_rows(other, original)[3]
    assert (row.candidate, row.in_text, row.apart, row.rank) == (PART, True, True, 51)
    assert row.after is None
    assert not row.removed
    assert row.before == pytest.approx(math.exp(PART.logprob))


def test_the_scale_of_the_bars() -> None:
    assert full_width(list_rows(step(MANY))) == 0.25
    assert full_width(list_rows(step())) == 0.5
    assert full_width(list_rows(step([candidate(1, "a", 0.6, 0.4)], stages=[]))) == 1.0
    assert full_width(()) == 1.0
