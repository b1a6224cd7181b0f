"""What came of several strategies, as a report in Markdown, HTML or JSON."""

from __future__ import annotations

import html
from collections.abc import Container
from pathlib import Path

import msgspec

from models.report import (
    Point,
    Series,
    check_export,
    draw_chart,
    escape_markdown,
    format_html_table,
    format_markdown_quote,
    format_markdown_table,
    format_page,
    write_report,
)
from models.sampling import format_chain
from models.strategies import (
    Run,
    StrategiesResult,
    find_repeated,
    find_shown,
    measure_variety,
)

_TITLE = "One prompt, several strategies"
_HEADER = (
    "strategy",
    "tokens",
    "distinct-2",
    "repeated 4-grams",
    "mean log-probability",
    "mean entropy",
)


def export_strategies(result: StrategiesResult, path: Path) -> None:
    """Write a report; the suffix of `path` says which format.

    Raises InputError for another suffix or no folder, JobError when it cannot be written.
    """
    check_export(path)
    match path.suffix.lower():
        case ".json":
            text = msgspec.json.format(msgspec.json.encode(describe_result(result))).decode()
        case ".html":
            text = _format_html(result)
        case _:
            text = _format_markdown(result)
    write_report(path, text)


def describe_result(result: StrategiesResult) -> dict[str, object]:
    """Return a result as the command prints it with --json."""
    return {
        "model": result.model,
        "prompt": result.prompt,
        "prompt_tokens": result.prompt_tokens,
        "seconds": result.seconds,
        "runs": [
            {
                "strategy": run.strategy.name,
                "chain": format_chain(run.strategy.chain),
                "seed": run.strategy.seed,
                "text": run.text,
                "reason": run.outcome.reason if run.outcome is not None else "cancelled",
                "variety": measure_variety(run.steps),
                "parts_at": parting,
                "steps": run.steps,
            }
            for run, parting in zip(result.runs, result.partings, strict=True)
        ],
    }


def describe_setting(result: StrategiesResult) -> str:
    """Return one sentence about what was run: with it, the same can be run again."""
    seeds = sorted({run.strategy.seed for run in result.runs})
    words = f"seed {seeds[0]}" if len(seeds) == 1 else f"seeds {seeds[0]} to {seeds[-1]}"
    plural = "" if result.prompt_tokens == 1 else "s"
    text = f"{result.model}, {words}, {result.prompt_tokens:,} token{plural} of prompt."
    return f"{text} It ended before everything was written." if result.cancelled else text


def describe_figures(run: Run) -> list[str]:
    """Return the row of a run in a table of figures."""
    variety = measure_variety(run.steps)
    return [
        run.strategy.name,
        f"{variety.tokens}",
        f"{variety.distinct_2:.2f}",
        f"{variety.repeated_4:.0%}",
        f"{variety.mean_logprob:.2f}",
        f"{variety.mean_entropy:.2f}",
    ]


def _format_markdown(result: StrategiesResult) -> str:
    parts = [
        f"# {_TITLE}",
        "",
        format_markdown_quote(result.prompt),
        "",
        escape_markdown(describe_setting(result)),
        "",
        format_markdown_table(_HEADER, [describe_figures(run) for run in result.runs]),
    ]
    for number, run in enumerate(result.runs):
        parts += [
            "",
            f"## {escape_markdown(run.strategy.name)}",
            "",
            escape_markdown(_describe_run(result, number)),
            "",
        ]
        parts.append(format_markdown_quote(run.text))
    return "\n".join([*parts, ""])


def _format_html(result: StrategiesResult) -> str:
    highest = max((step.entropy for run in result.runs for step in run.steps), default=0.0)
    parts = [
        f'<div class="text">{html.escape(result.prompt)}</div>',
        f"<p>{html.escape(describe_setting(result))}</p>",
        format_html_table(_HEADER, [describe_figures(run) for run in result.runs]),
        '<p class="dim">Marked: where a text and the first one part. Underlined: four tokens or '
        "more that stood in the text before.</p>",
        '<div class="beside">',
    ]
    for number, run in enumerate(result.runs):
        points = tuple(Point(step.index + 1, step.entropy) for step in run.steps)
        chart = draw_chart(
            [Series(run.strategy.name, points)],
            x_title="token",
            y_title="entropy, nats",
            from_zero=True,
            highest=highest,
        )
        parts += [
            f"<section><h2>{html.escape(run.strategy.name)}</h2>",
            f'<p class="dim">{html.escape(_describe_run(result, number))}</p>',
            f'<div class="text">{_mark_text(run, result.find_marked(number))}</div>',
            f"{chart}</section>",
        ]
    return format_page(_TITLE, "\n".join([*parts, "</div>"]))


def _describe_run(result: StrategiesResult, number: int) -> str:
    run, parting = result.runs[number], result.partings[number]
    facts = f"{format_chain(run.strategy.chain)}, seed {run.strategy.seed}"
    reason = run.outcome.reason if run.outcome is not None else "cancelled"
    if reason == "cancelled":
        facts += "; it was stopped"
    elif reason != "length":
        facts += "; it ended by itself"
    if number == 0:
        tokens = sorted({place + 1 for place in result.partings if place is not None})
        many = "s" if len(tokens) > 1 else ""
        words = f"; others part from it at token{many} {', '.join(map(str, tokens))}"
        return f"{facts}{words if tokens else ''}."
    if parting is None:
        return f"{facts}."
    words = run.steps[find_shown(run.steps, parting)].text
    return f"{facts}; it parts from the first at token {parting + 1}, with “{words}”."


def _mark_text(run: Run, marked: Container[int]) -> str:
    repeated = find_repeated(run.tokens)
    pieces = []
    for index, step in enumerate(run.steps):
        piece = html.escape(step.text)
        if index in repeated:
            piece = f"<u>{piece}</u>"
        if index in marked:
            piece = f"<mark>{piece}</mark>"
        pieces.append(piece)
    return "".join(pieces)
