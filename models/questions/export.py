"""A report of questions as data, Markdown and HTML."""

from __future__ import annotations

import html
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from models.questions.results import Report
from models.report import (
    Point,
    Series,
    check_export,
    draw_chart,
    escape_markdown,
    format_html_table,
    format_markdown_table,
    format_page,
    write_report,
)

ROW_NAMES = ("model", "temperature", "asked", "correct", "accuracy", "95 % interval")
CHOICE_NAMES = ("model", "asked", "correct", "accuracy", "95 % interval", "correct by mean")
_TITLE = "Questions"
_ABOUT_CHOICES = (
    "How often the right one of four choices was the most probable continuation of the question. "
    "The probability of the whole choice decides; by mean is a token's."
)
_ABOUT_SURE = (
    "How often a model was right, over how sure it was: of the choices, the share of the chosen "
    "one among the four; of an answer, the geometric mean of its tokens' probabilities."
)
_ABOUT_DIAGONAL = "On the dashed line a model is right as often as it is sure."


def describe_report(report: Report) -> dict[str, Any]:
    """Return the report as the object that `--json` prints; without the tokens of the answers."""
    return {
        "seed": report.seed,
        "repeats": report.repeats,
        "cancelled": report.cancelled,
        "seconds": report.seconds,
        "rows": [asdict(row) for row in report.rows],
        "choices": [asdict(row) for row in report.choice_rows],
        "calibration": [asdict(calibration) for calibration in report.calibrations],
        "questions": [_describe_question(report, index) for index in range(len(report.questions))],
    }


def export_report(report: Report, path: Path) -> None:
    """Write the report as .md, .html or .json, by the ending of `path`.

    Raises InputError for another ending or folder, JobError when the disk does not take it.
    """
    check_export(path)
    match path.suffix.lower():
        case ".json":
            text = json.dumps(describe_report(report), ensure_ascii=False, indent=1) + "\n"
        case ".html":
            text = format_html(report)
        case _:
            text = format_markdown(report)
    write_report(path, text)


def format_markdown(report: Report) -> str:
    """Return the report as Markdown."""
    parts = [
        f"# {_TITLE}",
        describe_setting(report),
        format_markdown_table(ROW_NAMES, describe_rows(report)),
    ]
    if report.choice_rows:
        parts += ["## Choices", _ABOUT_CHOICES]
        parts.append(format_markdown_table(CHOICE_NAMES, describe_choice_rows(report)))
    parts += ["## Calibration", _ABOUT_SURE]
    parts.append(format_markdown_table(_SURE_NAMES, _describe_calibrations(report)))
    parts.append("## Answers")
    for index, question in enumerate(report.questions):
        said = _describe_said(report, index)
        if said:
            asked, answers = map(escape_markdown, (question.question, ", ".join(question.answers)))
            parts.append(f"**{asked}** ({answers})")
            parts.append(format_markdown_table(_SAID_NAMES, said, left=_WORDS))
    return "\n\n".join(parts) + "\n"


def format_html(report: Report) -> str:
    """Return the report as a page of its own, with its charts."""
    parts = [
        f"<p>{html.escape(describe_setting(report))}</p>",
        format_html_table(ROW_NAMES, describe_rows(report)),
        draw_chart(
            [
                Series(
                    model,
                    tuple(
                        Point(row.temperature, row.accuracy, low=row.low, high=row.high)
                        for row in sorted(report.rows, key=lambda row: row.temperature)
                        if row.model == model
                    ),
                )
                for model in report.models
            ],
            x_title="temperature",
            y_title="accuracy",
            from_zero=True,
        ),
    ]
    if report.choice_rows:
        parts += ["<h2>Choices</h2>", f"<p>{_ABOUT_CHOICES}</p>"]
        parts.append(format_html_table(CHOICE_NAMES, describe_choice_rows(report)))
    parts += ["<h2>Calibration</h2>", f"<p>{_ABOUT_SURE} {_ABOUT_DIAGONAL}</p>"]
    parts.append(
        draw_chart(
            [
                Series(
                    _name_calibration(calibration.model, calibration.temperature),
                    tuple(
                        Point(one.confidence, one.accuracy, low=one.low, high=one.high)
                        for one in calibration.bins
                    ),
                )
                for calibration in report.calibrations
            ],
            x_title="how sure",
            y_title="how often right",
            from_zero=True,
            highest=1.0,
            diagonal=True,
        )
    )
    parts.append(format_html_table(_SURE_NAMES, _describe_calibrations(report)))
    parts.append("<h2>Answers</h2>")
    for index, question in enumerate(report.questions):
        said = _describe_said(report, index)
        if said:
            parts.append(
                f"<p><b>{html.escape(question.question)}</b> "
                f'<span class="dim">{html.escape(", ".join(question.answers))}</span></p>'
            )
            parts.append(format_html_table(_SAID_NAMES, said, left=_WORDS))
    return format_page(_TITLE, "\n".join(parts))


def describe_setting(report: Report) -> str:
    """Return one sentence about what was asked."""
    text = (
        f"{len(report.questions)} questions, {report.repeats} answers to each at each temperature "
        f"(one at temperature 0), seed {report.seed}."
    )
    if report.repeats > 1:
        text += (
            " The intervals count every answer for itself; those to one question are alike, so "
            "that for other questions the truth may lie further out."
        )
    return f"{text} It ended before everything was asked." if report.cancelled else text


def describe_rows(report: Report) -> list[tuple[str, ...]]:
    """Return the rows as texts under ROW_NAMES."""
    return [
        (
            row.model,
            f"{row.temperature:g}",
            str(row.asked),
            str(row.correct),
            f"{row.accuracy:.1%}",
            f"{row.low:.1%} to {row.high:.1%}",
        )
        for row in report.rows
    ]


def describe_choice_rows(report: Report) -> list[tuple[str, ...]]:
    """Return the rows about choices as texts under CHOICE_NAMES."""
    return [
        (
            row.model,
            str(row.asked),
            str(row.correct),
            f"{row.accuracy:.1%}",
            f"{row.low:.1%} to {row.high:.1%}",
            str(row.correct_by_mean),
        )
        for row in report.choice_rows
    ]


_SURE_NAMES = ("answers", "sure", "asked", "right", "95 % interval")
_SAID_NAMES = ("model", "temperature", "answer", "times", "right")
_WORDS = (0, 2)  # columns of it


def _describe_calibrations(report: Report) -> list[tuple[str, ...]]:
    return [
        (
            _name_calibration(calibration.model, calibration.temperature),
            f"{one.confidence:.1%}",
            str(one.asked),
            f"{one.accuracy:.1%}",
            f"{one.low:.1%} to {one.high:.1%}",
        )
        for calibration in report.calibrations
        for one in calibration.bins
    ]


def _name_calibration(model: str, temperature: float | None) -> str:
    return f"{model}, choices" if temperature is None else f"{model}, T {temperature:g}"


def _describe_said(report: Report, index: int) -> list[tuple[str, ...]]:
    return [
        (model, f"{temperature:g}", said.text, str(said.count), "yes" if said.correct else "no")
        for model in report.models
        for temperature in report.temperatures
        for said in report.count_said(index, model, temperature)
    ]


def _describe_question(report: Report, index: int) -> dict[str, Any]:
    question = report.questions[index]
    said = [
        {
            "model": model,
            "temperature": temperature,
            "answer": said.text,
            "count": said.count,
            "correct": said.correct,
        }
        for model in report.models
        for temperature in report.temperatures
        for said in report.count_said(index, model, temperature)
    ]
    weighed = [
        {
            "model": model,
            "chosen": weighing.chosen,
            "chosen_by_mean": weighing.chosen_by_mean,
            "probabilities": weighing.shares,
            "logprobs": weighing.logprobs,
        }
        for model in report.models
        if (weighing := report.find_weighing(index, model)) is not None
    ]
    return {
        "question": question.question,
        "answers": question.answers,
        "choices": question.choices,
        "right_choice": question.right_choice,
        "weighed": weighed,
        "said": said,
    }
