"""The cards of the stages."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop.glass.pipeline import Pipeline, StageCard
from desktop.theme.theme import Theme
from models.engine.protocol import Stage
from tests.desktop.glass.conftest import Show
from tests.desktop.glass.steps import LABELS, STAGES


@pytest.fixture
def pipeline(theme: Theme, show: Show) -> Pipeline:
    pipeline = Pipeline(theme)
    show(pipeline)
    pipeline.show_stages(STAGES, LABELS)
    return pipeline


def cards(pipeline: Pipeline) -> list[StageCard]:
    return [card for card in pipeline.findChildren(StageCard) if not card.isHidden()]


def test_a_card_tells_what_its_stage_left(pipeline: Pipeline) -> None:
    assert [card.words() for card in cards(pipeline)] == [
        ("top-k 40", "40 left", "98.0\u202f%"),
        ("top-p 0.70", "3 left", "75.0\u202f%"),
        ("T 0.70", "3 left", "sharper"),
    ]
    assert cards(pipeline)[0].accessibleName() == (
        "top-k 40, 40 left, 98.0\u202f% of the model's probability"
    )


@pytest.mark.parametrize(
    ("title", "shape"),
    [
        ("T 0.70", "sharper"),
        ("T 1.40", "flatter"),
        ("T 1.00", "unchanged"),
        ("warmth", "75.0\u202f%"),
    ],
)
def test_a_temperature_says_what_it_did_to_the_shape(
    pipeline: Pipeline, title: str, shape: str
) -> None:
    pipeline.show_stages([Stage("temperature", 3, 0.75)], {"temperature": title})
    assert cards(pipeline)[0].words()[2] == shape


def test_a_stage_without_a_title_has_its_name(pipeline: Pipeline) -> None:
    pipeline.show_stages([Stage("user quiet.py", 32_000, 1.0)], {})
    assert cards(pipeline)[0].words()[:2] == ("user quiet.py", "32,000 left")


def test_cards_wrap_into_even_rows_and_never_overlap(
    pipeline: Pipeline, application: QApplication
) -> None:
    for count in range(1, 10):
        stages = [Stage(f"stage {n}", 10 - n, 0.5) for n in range(count)]
        pipeline.show_stages(stages, {})
        application.processEvents()
        shown = cards(pipeline)
        assert len(shown) == count
        spots = [card.geometry() for card in shown]
        assert all(pipeline.rect().contains(spot) for spot in spots)
        assert not any(a.intersects(b) for a in spots for b in spots if a is not b)
        rows = [spot.top() for spot in spots]
        in_a_row = max(rows.count(row) for row in rows)
        assert in_a_row <= 4
        assert len(set(rows)) == -(-count // in_a_row)


def test_a_title_too_long_is_told_by_its_tooltip(pipeline: Pipeline) -> None:
    long = "penalties(repeat=1.10, frequency=0.20, presence=0.30, last=256)"
    pipeline.show_stages([Stage("penalties", 32_000, 1.0)], {"penalties": long})
    assert long in cards(pipeline)[0].toolTip()


def test_a_chain_without_stages_says_so(pipeline: Pipeline) -> None:
    pipeline.show_stages([], {})
    assert cards(pipeline) == []
    assert pipeline.height() > 10
    pipeline.show_stages(STAGES, LABELS)
    assert len(cards(pipeline)) == 3
