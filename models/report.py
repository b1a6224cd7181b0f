"""Reports in one file: Markdown, and HTML with its charts drawn into it, which loads nothing."""

from __future__ import annotations

import html
import math
import os
import re
import tempfile
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.controls import PICTURES
from models.errors import InputError, JobError
from models.file_replacement import replace_file

FORMATS = (".md", ".html", ".json")
_MARKUP = re.compile(r"[\\`*<\[|&~]|(?<![^\W_])_|_(?![^\W_])")  # Q4_K_M stays as it is
_WIDTH, _HEIGHT = 640, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 20, 14, 44
_STYLE = """
:root { color-scheme: light dark; --ink: #22252b; --dim: #6a6f78; --paper: #fdfcf9;
  --line: #dcd9d2; --accent: #2a5aa0; --mark: #fbc27a; --mark-ink: #22252b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e1; --dim: #9aa0aa; --paper: #1b1d21;
  --line: #3a3e46; --accent: #8ab4f8; --mark: #7a4a20; --mark-ink: #fff3e0; } }
body { font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--line); text-align: right; }
.left { text-align: left; } th { color: var(--dim); font-weight: 600; }
h2, td, .text { unicode-bidi: isolate; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; padding: .8rem 1rem;
  border: 1px solid var(--line); border-radius: 6px; font-family: Georgia, "Noto Serif", serif; }
mark { background: var(--mark); color: var(--mark-ink); border-radius: 3px; }
u { text-decoration-style: wavy; } .dim { color: var(--dim); }
svg { max-width: 100%; height: auto; } svg text { fill: var(--dim); font: 12px system-ui; }
.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(26rem, 1fr)); gap: 0 2rem; }
.axis { stroke: var(--line); } .series { stroke: var(--accent); fill: none; stroke-width: 2; }
.dot { fill: var(--accent); } .label { fill: var(--ink) !important; }
"""


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a chart; `low` and `high` bound it upright, where they are known."""

    x: float
    y: float
    label: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Points that belong together, joined by a line."""

    name: str
    points: tuple[Point, ...]


def check_export(path: Path, inputs: Iterable[Path] = ()) -> None:
    """Raise InputError where a report could not be written, before the work for it is done.

    So too where it would take the place of one of the `inputs`, or of the file that stdin is.
    """
    if path.suffix.lower() not in FORMATS:
        raise InputError(
            f"{path.name} names no format of a report: end it with {', '.join(FORMATS)}."
        )
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder: give the name of a file in it.")
        if not path.absolute().parent.is_dir():
            raise InputError(f"There is no folder {path.parent}: make it, or choose another place.")
        if path.exists() and (
            any(one.exists() and one.samefile(path) for one in inputs) or _is_stdin(path)
        ):
            raise InputError(f"{path} is what is read: choose another name for the report.")
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}): choose another.") from None
    folder = path.resolve().parent  # of what a link leads to
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise InputError(
            f"Nothing can be written into {folder} ({error.strerror}): choose another folder."
        ) from None


def _is_stdin(path: Path) -> bool:
    """Whether a file is what the shell gave as stdin."""
    try:
        return os.path.samestat(os.fstat(0), path.stat())
    except OSError:  # there is no stdin
        return False


def name_report(name: str, suffix: str) -> Path:
    """Return the path that a person chose, with a suffix if it names no format.

    Raises InputError where the name with its suffix is taken: nobody has agreed to lose that file.
    """
    path = Path(name)
    if path.suffix.lower() in FORMATS:
        return path
    path = path.with_name(path.name + suffix)
    if path.exists():
        raise InputError(f"{path.name} is there already: choose it, or another name.")
    return path


def write_report(path: Path, text: str) -> None:
    """Write a report whole or not at all. Raises JobError when the disk does not take it."""
    try:
        replace_file(path.resolve(), text.encode("utf-8", "replace"))  # a link stays one
    except OSError as error:
        raise JobError(f"{path} could not be written ({error.strerror}).") from None


def format_page(title: str, body: str) -> str:
    """Return a page of HTML; `body` is HTML, `title` plain text."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{html.escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{html.escape(title)}</h1>\n{body.translate(PICTURES)}\n</body>\n</html>\n"
    )


def format_html_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], left: Container[int] = (0,)
) -> str:
    """Return a table of plain texts as HTML, all columns but those of words to the right."""

    style = ' class="left"'

    def line(tag: str, row: Sequence[str]) -> str:
        cells = (
            f"<{tag}{style if place in left else ''}>{html.escape(cell)}</{tag}>"
            for place, cell in enumerate(row)
        )
        return f"<tr>{''.join(cells)}</tr>\n"

    lines = "".join(line("td", row) for row in rows)
    return f"<table>\n{line('th', header)}{lines}</table>"


def format_markdown_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], left: Container[int] = (0,)
) -> str:
    """Return a table of plain texts as Markdown, all columns but those of words to the right."""
    first, *others = (
        "| " + " | ".join(escape_markdown(cell) for cell in line) + " |" for line in (header, *rows)
    )
    sides = (":--" if place in left else "--:" for place in range(len(header)))
    rule = "| " + " | ".join(sides) + " |"
    return "\n".join([first, rule, *others])


def escape_markdown(text: str) -> str:
    """Return a plain text so that Markdown shows it as it is, in one line."""
    return _MARKUP.sub(r"\\\g<0>", re.sub(r"[\r\n]", " ", text))


def format_markdown_quote(text: str) -> str:
    """Return a text of any kind as a quotation in Markdown, which shows it letter by letter."""
    longest = max((len(run) for run in _backtick_runs(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def draw_chart(
    series: Sequence[Series],
    *,
    x_title: str,
    y_title: str,
    joined: bool = True,
    from_zero: bool = False,
    highest: float | None = None,
    diagonal: bool = False,
) -> str:
    """Return a chart as SVG: lines with their points, or with `joined` false points alone.

    Charts that are to be compared have one `highest` value of y. On the `diagonal` y is x.
    """
    series = [
        Series(one.name, tuple(point for point in one.points if math.isfinite(point.y)))
        for one in series
    ]
    points = [point for one in series for point in one.points]
    if not points:
        return ""
    xs = _Axis([point.x for point in points], _LEFT, _WIDTH - _RIGHT)
    bounds = [b for p in points for b in (p.y, p.low, p.high) if b is not None]
    ys = _Axis(
        [*bounds, *([0.0] if from_zero else []), *([] if highest is None else [highest])],
        _HEIGHT - _BOTTOM,
        _TOP,
    )
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{html.escape(y_title)} over {html.escape(x_title)}">'
    ]
    for tick in ys.ticks():
        y = ys.place(tick)
        parts.append(f'<line class="axis" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{tick:g}</text>')
    for tick in xs.ticks():
        parts.append(
            f'<text x="{xs.place(tick)}" y="{_HEIGHT - _BOTTOM + 18}" '
            f'text-anchor="middle">{tick:g}</text>'
        )
    parts.append(
        f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 8}" '
        f'text-anchor="middle">{html.escape(x_title)}</text>'
    )
    parts.append(f'<text x="4" y="{_TOP}" dy="-2">{html.escape(y_title)}</text>')
    if diagonal:
        start, end = max(xs.low, ys.low), min(xs.high, ys.high)
        parts.append(
            f'<line class="axis" stroke-dasharray="4" x1="{xs.place(start)}" '
            f'y1="{ys.place(start)}" x2="{xs.place(end)}" y2="{ys.place(end)}"/>'
        )
    for one in series:
        parts += _draw_series(one, xs, ys, joined=joined, named=len(series) > 1)
    return "\n".join([*parts, "</svg>"])


def _draw_series(one: Series, xs: _Axis, ys: _Axis, *, joined: bool, named: bool) -> list[str]:
    places = [(xs.place(point.x), ys.place(point.y), point) for point in one.points]
    parts = []
    if joined and len(places) > 1:
        line = " ".join(f"{x},{y}" for x, y, _ in places)
        parts.append(f'<polyline class="series" points="{line}"/>')
    for x, y, point in places:
        if point.low is not None and point.high is not None:
            parts.append(
                f'<line class="series" x1="{x}" x2="{x}" y1="{ys.place(point.low)}" '
                f'y2="{ys.place(point.high)}"/>'
            )
        if not joined or point.label or point.low is not None:
            parts.append(f'<circle class="dot" cx="{x}" cy="{y}" r="4"/>')
        if point.label:
            parts.append(
                f'<text class="label" x="{x + 7}" y="{y - 7}">{html.escape(point.label)}</text>'
            )
    if named and places:
        x, y, _ = places[-1]
        parts.append(
            f'<text class="label" x="{x - 4}" y="{y - 8}" text-anchor="end">'
            f"{html.escape(one.name)}</text>"
        )
    return parts


class _Axis:
    """Places values between two edges of a chart, with some room at both ends but below zero."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        low, high = min(values), max(values)
        room = (high - low) * 0.05 or abs(high) * 0.05 or 1.0
        self.low, self.high = max(0.0, low - room) if low >= 0 else low - room, high + room
        self._start, self._end = start, end

    def place(self, value: float) -> float:
        part = (value - self.low) / (self.high - self.low)
        return round(self._start + part * (self._end - self._start), 1)

    def ticks(self) -> list[float]:
        """Return about five round values."""
        low, high = self.low, self.high
        step = 10.0 ** math.floor(math.log10((high - low) / 4))
        step *= next(factor for factor in (1, 2, 5, 10) if (high - low) / (step * factor) <= 6)
        first = math.ceil(low / step)
        return [round(n * step, 10) for n in range(first, math.floor(high / step) + 1)]


def _backtick_runs(text: str) -> list[str]:
    runs, run = [], ""
    for character in text:
        run = run + character if character == "`" else ""
        if run:
            runs.append(run)
    return runs
