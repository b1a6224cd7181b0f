"""A comparison as a report in Markdown, HTML or JSON."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

import msgspec

from converters.comparison import PROMPT_TOKENS, Comparison
from converters.comparison_recommendation import round_agreement
from converters.comparison_rows import Detail, Row, Text, name_levels
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
from models.size import format_size
from models.strategies import find_parting

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
_ABOUT = (
    "Perplexity: how many tokens the model hesitates between; its standard error comes from the "
    "text and is shared by all levels. KL: how far the prediction of the next token is from the "
    "reference's, in nats a token, 0 where they are the same. Δp RMS: by how much the probability "
    "of the token that follows changes. Bits: a weight. Reading, writing: tokens a second, as "
    "measured when the file was read."
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


def _describe_row(row: Row, name: str, *, reference: bool) -> list[str]:
    """Return the cells of a row, as `HEADER` names them."""
    measured = [
        f"{row.kl_mean:.4f}",
        f"{row.kl_p99:.3f}",
        f"{round_agreement(row.top1_agreement):.1%}",
        f"{row.delta_p_rms:.1%}",
    ]
    return [
        f"{name} (reference)" if reference else name,
        format_size(row.bytes),
        f"{row.bits_per_weight:.2f}",
        f"{row.perplexity:.2f} ± {row.perplexity_error:.2f}",
        *(["–"] * 4 if reference else measured),
        f"{row.prompt_tokens_per_second:.0f}",
        f"{row.decode_tokens_per_second:.1f}",
        format_size(row.peak_memory_bytes),
    ]


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


def describe_rows(comparison: Comparison) -> list[list[str]]:
    """Return the table under `HEADER`, the reference first; two files of a level by their names."""
    named = enumerate(_name(comparison))
    return [_describe_row(one.row, name, reference=number == 0) for number, (name, one) in named]


def _name(comparison: Comparison) -> list[tuple[str, Detail]]:
    """Return the reference and the levels with the names that tell them apart."""
    details = [comparison.reference, *comparison.levels]
    return list(zip(name_levels(details), details, strict=True))


def _format_markdown(comparison: Comparison) -> str:
    parts = [f"# {_TITLE}", "", escape_markdown(_describe_setting(comparison)), ""]
    parts.append(format_markdown_table(HEADER, describe_rows(comparison)))
    if comparison.recommendation is not None:
        parts += ["", escape_markdown(comparison.recommendation.sentence)]
    parts += ["", _ABOUT, "", f"## {_CONTINUATIONS}", ""]
    parts.append(format_markdown_quote(_find_beginning(comparison.text)))
    for name, detail in _name(comparison):
        parts += ["", f"### {escape_markdown(name)}", "", format_markdown_quote(_join(detail))]
    return "\n".join([*parts, ""])


def _format_html(comparison: Comparison) -> str:
    named = _name(comparison)
    parts = [f'<p class="dim">{html.escape(_describe_setting(comparison))}</p>']
    parts.append(format_html_table(HEADER, describe_rows(comparison)))
    if comparison.recommendation is not None:
        parts.append(f"<p>{html.escape(comparison.recommendation.sentence)}</p>")
    parts += [
        _scatter(named[1:], "kl_mean", "KL divergence, nats a token"),
        draw_chart(
            [
                Series(
                    "",
                    tuple(
                        Point(
                            detail.row.bytes / 1e6,
                            detail.row.perplexity,
                            name,
                            detail.row.perplexity - detail.row.perplexity_error,
                            detail.row.perplexity + detail.row.perplexity_error,
                        )
                        for name, detail in named
                    ),
                )
            ],
            x_title="size, MB",
            y_title="perplexity",
            joined=False,
        ),
        _scatter(named, "decode_tokens_per_second", "writing, tokens/s"),
        f'<p class="dim">{_ABOUT}</p>',
        f"<h2>{_CONTINUATIONS}</h2>",
        f'<div class="text dim">{html.escape(_find_beginning(comparison.text))}</div>',
    ]
    base = comparison.reference.continuation
    for name, detail in named:
        parting = find_parting(base, detail.continuation)
        parts.append(f'<p class="dim">{html.escape(name)}</p>')
        parts.append(f'<div class="text">{_mark(detail.continuation, parting)}</div>')
    for name, detail in named[1:]:
        parts.append(f"<h2>Where {html.escape(name)} differs in the text</h2>")
        marked = _mark_divergence(comparison.text, detail)
        where = "Marked is what" if "<mark" in marked else "There is nothing that"
        parts.append(
            f'<p class="dim">{where} it diverges on by {_MARKED} nats or more. Pale words were '
            "read and not scored.</p>"
        )
        parts.append(f'<div class="text">{marked}</div>')
    return format_page(_TITLE, "\n".join(parts))


def _describe_setting(comparison: Comparison) -> str:
    text = comparison.text
    words = (
        f"The reference is {comparison.reference.row.file}. The text has {text.chunks} chunks of "
        f"{text.context} tokens; the second half of each is scored."
    )
    if text.left_out:
        words += f" {text.left_out} more had no room in memory."
    return words


def _find_beginning(text: Text) -> str:
    """Return the text that every model continued."""
    pieces = text.pieces[: min(PROMPT_TOKENS, text.context // 2)]
    return b"".join(pieces).decode("utf-8", "replace")


def _scatter(named: Sequence[tuple[str, Detail]], field: str, title: str) -> str:
    points = tuple(
        Point(detail.row.bytes / 1e6, getattr(detail.row, field), name) for name, detail in named
    )
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
        elif not values:
            words = f'<span class="dim">{words}</span>'
        parts.append(words)
    return "".join(parts)
