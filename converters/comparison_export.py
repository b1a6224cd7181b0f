"""A comparison as a report in Markdown, HTML or JSON."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

import msgspec

from converters.comparison import Comparison
from converters.comparison_recommendation import format_agreement
from converters.comparison_rows import Detail, Row, Text
from models.report import (
    Point,
    Series,
    check_export,
    draw_chart,
    format_html_table,
    format_markdown_quote,
    format_markdown_table,
    format_page,
    write_report,
)
from models.size import format_size

_TITLE = "What each quantization level costs"
_CONTINUATIONS = "The same beginning, continued greedily"
HEADER = (
    "level",
    "size",
    "bits",
    "perplexity",
    "KL mean",
    "KL 99 %",
    "same top token",
    "Δp RMS",
    "reading, tokens/s",
    "writing, tokens/s",
    "memory",
)
_MARKED = 0.5  # nats of divergence from which on a token is marked


def describe(comparison: Comparison) -> dict[str, object]:
    """Return a comparison as the command prints it with --json."""
    recommendation = comparison.recommendation
    return {
        "reference": comparison.reference.row,
        "rows": [detail.row for detail in comparison.levels],
        "recommendation": recommendation.sentence if recommendation is not None else None,
        "chunks": comparison.text.chunks,
        "chunks_left_out": comparison.text.left_out,
    }


def describe_row(row: Row, *, reference: bool) -> list[str]:
    """Return the cells of a row, as `HEADER` names them."""
    measured = [
        f"{row.kl_mean:.4f}",
        f"{row.kl_p99:.3f}",
        format_agreement(row.top1_agreement),
        f"{row.delta_p_rms:.1%}",
    ]
    return [
        f"{row.level} (reference)" if reference else row.level,
        format_size(row.bytes),
        f"{row.bits_per_weight:.2f}",
        f"{row.perplexity:.2f} ± {row.perplexity_error:.2f}",
        *(["–"] * 4 if reference else measured),
        f"{row.prompt_tokens_per_second:.0f}",
        f"{row.decode_tokens_per_second:.1f}",
        format_size(row.peak_memory_bytes),
    ]


def find_parting(one: Sequence[bytes], other: Sequence[bytes]) -> int | None:
    """Return the first index at which two continuations differ; None where they do not."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), None)


def export_comparison(comparison: Comparison, path: Path) -> None:
    """Write a report; the suffix of `path` says which format.

    Raises InputError for another suffix or no folder, JobError when it cannot be written.
    """
    check_export(path)
    match path.suffix.lower():
        case ".json":
            data = describe(comparison) | _describe_details(comparison)
            text = msgspec.json.format(msgspec.json.encode(data)).decode()
        case ".html":
            text = _format_html(comparison)
        case _:
            text = _format_markdown(comparison)
    write_report(path, text)


def _describe_details(comparison: Comparison) -> dict[str, object]:
    """Return the text in its units, and every model's values for the tokens that are scored."""
    base = comparison.reference.continuation
    return {
        "text": comparison.text.units(),
        "details": [
            {
                "file": detail.row.file,
                "nll": detail.nll,
                "probability": detail.probability,
                "top": detail.top,
                "divergence": detail.divergence,
                "continuation": _join(detail),
                "parts_at": find_parting(base, detail.continuation),
            }
            for detail in (comparison.reference, *comparison.levels)
        ],
    }


def _table(comparison: Comparison) -> list[list[str]]:
    rows = [describe_row(comparison.reference.row, reference=True)]
    return rows + [describe_row(detail.row, reference=False) for detail in comparison.levels]


def _format_markdown(comparison: Comparison) -> str:
    parts = [f"# {_TITLE}", "", _describe_text(comparison.text), ""]
    parts.append(format_markdown_table(HEADER, _table(comparison)))
    if comparison.recommendation is not None:
        parts += ["", comparison.recommendation.sentence]
    parts += ["", f"## {_CONTINUATIONS}"]
    for detail in (comparison.reference, *comparison.levels):
        parts += ["", f"### {detail.row.level}", "", format_markdown_quote(_join(detail))]
    return "\n".join([*parts, ""])


def _format_html(comparison: Comparison) -> str:
    rows = [detail.row for detail in comparison.levels]
    reference = comparison.reference.row
    parts = [f'<p class="dim">{_describe_text(comparison.text)}</p>']
    parts.append(format_html_table(HEADER, _table(comparison)))
    if comparison.recommendation is not None:
        parts.append(f"<p>{html.escape(comparison.recommendation.sentence)}</p>")
    parts += [
        _scatter(rows, "kl_mean", "KL divergence, nats a token"),
        draw_chart(
            [
                Series(
                    "",
                    tuple(
                        Point(
                            row.bytes / 1e6,
                            row.perplexity,
                            row.level,
                            row.perplexity - row.perplexity_error,
                            row.perplexity + row.perplexity_error,
                        )
                        for row in (reference, *rows)
                    ),
                )
            ],
            x_title="size, MB",
            y_title="perplexity",
            joined=False,
        ),
        _scatter([reference, *rows], "decode_tokens_per_second", "writing, tokens/s"),
        f"<h2>{_CONTINUATIONS}</h2>",
    ]
    base = comparison.reference.continuation
    for detail in (comparison.reference, *comparison.levels):
        parting = find_parting(base, detail.continuation)
        parts.append(f'<p class="dim">{html.escape(detail.row.level)}</p>')
        parts.append(f'<div class="text">{_mark(detail.continuation, parting)}</div>')
    for detail in comparison.levels:
        parts.append(f"<h2>Where {html.escape(detail.row.level)} differs in the text</h2>")
        parts.append(f'<p class="dim">Marked is what it diverges on by {_MARKED} nats or more.</p>')
        parts.append(f'<div class="text">{_mark_divergence(comparison.text, detail)}</div>')
    return format_page(_TITLE, "\n".join(parts))


def _describe_text(text: Text) -> str:
    words = f"A text of {text.chunks} chunks of {text.context} tokens; the second half of each is "
    words += "scored."
    if text.left_out:
        words += f" {text.left_out} more had no room in memory."
    return words


def _scatter(rows: Sequence[Row], field: str, title: str) -> str:
    points = tuple(Point(row.bytes / 1e6, getattr(row, field), row.level) for row in rows)
    return draw_chart(
        [Series("", points)], x_title="size, MB", y_title=title, joined=False, from_zero=True
    )


def _join(detail: Detail) -> str:
    return b"".join(detail.continuation).decode("utf-8", "replace")


def _mark(pieces: Sequence[bytes], parting: int | None) -> str:
    if parting is None:
        return html.escape(b"".join(pieces).decode("utf-8", "replace"))
    data = b"".join(pieces)
    start = len(b"".join(pieces[:parting]))
    end = start + len(pieces[parting])
    while 0 < start < len(data) and _is_inside(data[start]):
        start -= 1
    while end < len(data) and _is_inside(data[end]):
        end += 1
    before, at, after = (
        html.escape(part.decode("utf-8", "replace"))
        for part in (data[:start], data[start:end], data[end:])
    )
    return f"{before}<mark>{at}</mark>{after}"


def _is_inside(byte: int) -> bool:
    """Whether a byte of UTF-8 goes on with a character that began before it."""
    return byte & 0xC0 == 0x80


def _mark_divergence(text: Text, detail: Detail) -> str:
    parts = []
    for unit in text.units():
        values = [detail.divergence[index] for index in unit.scored]
        words = html.escape(unit.text)
        if sum(values) >= _MARKED:
            words = f'<mark title="{sum(values):.2f} nats">{words}</mark>'
        parts.append(words)
    return "".join(parts)
