"""Figures, against numbers worked out by hand."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.engine.protocol import Step
from models.errors import InputError
from models.questions.export import describe_report, export_report
from models.questions.question_file import Question
from models.questions.results import (
    Answer,
    Report,
    Weighing,
    group_answers,
    measure_bins,
    measure_interval,
)


def answer(
    text: str, *, correct: bool, temperature: float = 0.2, question: int = 0, repeat: int = 0
) -> Answer:
    steps = tuple(
        Step(i, 5, "x", "78", math.log(p), 0, p, 1.0, [], []) for i, p in [(0, 0.9), (1, 0.4)]
    )
    return Answer("m", question, temperature, repeat, 1, text, correct, steps)


def make_report(answers: list[Answer], *, cancelled: bool = False) -> Report:
    return Report(
        questions=(
            Question("Capital of <France>?", ("Paris",), ("Paris", "Rome", "Bonn", "Oslo")),
            Question("Who | what?", ("Ann",)),
        ),
        models=("m",),
        temperatures=(0.2, 1.4),
        repeats=2,
        seed=9,
        answers=tuple(answers),
        weighings=(
            Weighing("m", 0, (math.log(0.2), math.log(0.1), -9.0, -8.0), (-1.0, -0.5, -3, -4), 0),
        ),
        seconds=1.5,
        cancelled=cancelled,
    )


@pytest.mark.parametrize(
    ("correct", "asked", "low", "high"),
    [
        # (8 + 1.9207) / 13.8415 = 0.71674, and 1.96 * sqrt(8 * 2 / 10 + 0.9604) / 13.8415 = 0.22658
        (8, 10, 0.49016, 0.94332),
        # z^2 / (10 + z^2) = 3.8415 / 13.8415
        (0, 10, 0.0, 0.27753),
        (10, 10, 0.72247, 1.0),
        # symmetric: 0.5 -+ 1.96 * sqrt(25 + 0.9604) / 103.8415
        (50, 100, 0.40383, 0.59617),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson_intervals(correct: int, asked: int, low: float, high: float) -> None:
    assert measure_interval(correct, asked) == pytest.approx((low, high), abs=1e-5)


@given(st.integers(1, 2000), st.data())
def test_an_interval_holds_its_share(asked: int, data: st.DataObject) -> None:
    correct = data.draw(st.integers(0, asked))
    low, high = measure_interval(correct, asked)
    assert 0 <= low <= correct / asked <= high <= 1
    # both ends solve (p - P)^2 = z^2 P (1 - P) / n, which defines the interval
    for end in (low, high):
        left = (correct / asked - end) ** 2
        assert left == pytest.approx(1.959963984540054**2 * end * (1 - end) / asked, abs=1e-12)


def test_bins() -> None:
    bins = measure_bins([(0.05, False), (0.81, True), (0.89, False), (1.0, True), (0.97, True)])
    assert [(one.start, one.end, one.asked, one.correct) for one in bins] == [
        (0.0, 0.1, 1, 0),
        (0.8, 0.9, 2, 1),
        (0.9, 1.0, 2, 2),
    ]
    assert bins[1].confidence == pytest.approx(0.85)
    assert bins[1].accuracy == 0.5
    assert (bins[1].low, bins[1].high) == measure_interval(1, 2)
    assert measure_bins([]) == ()


def test_confidence() -> None:
    assert answer("Paris", correct=True).confidence == pytest.approx(0.6)  # sqrt(0.9 * 0.4)
    assert answer("", correct=False).confidence == 0.0


def test_the_sum_decides_over_choices() -> None:
    weighing = make_report([]).weighings[0]
    assert weighing.chosen == 0
    assert weighing.chosen_by_mean == 1
    assert weighing.shares[0] / weighing.shares[1] == pytest.approx(2)
    assert sum(weighing.shares) == pytest.approx(1)
    far = Weighing("m", 0, (-5000.0, -5001.0, -9000.0, -9000.0), (-1, -1, -1, -1), 0)
    assert far.shares[0] == pytest.approx(1 / (1 + math.exp(-1)))


def test_same_words_are_one_answer() -> None:
    said = group_answers(
        [
            answer("Rome", correct=False),
            answer("Paris.", correct=True),
            answer("paris", correct=True),
            answer("\nParis\nmore", correct=True),
        ]
    )
    assert [(one.text, one.count, one.correct) for one in said] == [
        ("Paris.", 3, True),
        ("Rome", 1, False),
    ]


def test_rows_of_what_was_asked() -> None:
    report = make_report(
        [
            answer("Paris", correct=True),
            answer("Rome", correct=False, repeat=1),
            answer("Ann", correct=True, question=1),
        ],
        cancelled=True,
    )
    (row,) = report.rows  # nothing was asked at 1.4
    assert (row.temperature, row.asked, row.correct) == (0.2, 3, 2)
    assert (row.low, row.high) == measure_interval(2, 3)
    (choice,) = report.choice_rows
    assert (choice.asked, choice.correct, choice.correct_by_mean) == (1, 1, 0)
    assert [one.temperature for one in report.calibrations] == [None, 0.2]
    assert report.count_said(1, "m", 1.4) == ()
    assert report.find_weighing(1, "m") is None


def test_exports(tmp_path: Path) -> None:
    report = make_report([answer("<b>Rome</b> | x", correct=False), answer("Paris", correct=True)])
    for name in ("r.json", "r.md", "r.html"):
        export_report(report, tmp_path / name)
    described = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert described == json.loads(json.dumps(describe_report(report)))
    assert described["rows"][0]["asked"] == 2
    assert described["questions"][0]["said"][1]["answer"] == "Paris"
    page = (tmp_path / "r.html").read_text("utf-8")
    assert page.count("<svg") == 2
    assert "<b>Rome</b>" not in page
    assert "Capital of &lt;France&gt;?" in page
    text = (tmp_path / "r.md").read_text("utf-8")
    assert "| m | 0.2 | 2 | 1 | 50.0% |" in text
    assert "\\<b>Rome\\</b> \\| x" in text
    with pytest.raises(InputError, match=r"\.html"):
        export_report(report, tmp_path / "r.pdf")


def test_a_report_of_nothing(tmp_path: Path) -> None:
    report = Report((), (), (), 1, 0, (), (), 0.0, True)
    assert describe_report(report)["rows"] == []
    export_report(report, tmp_path / "r.html")
    assert "It ended before" in (tmp_path / "r.html").read_text("utf-8")
