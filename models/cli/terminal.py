"""A continuation in a terminal: text coloured by certainty, candidates, a closing line."""

from __future__ import annotations

import math

from rich.console import Console
from rich.table import Table
from rich.text import Text

from models.engine import protocol

# Below these probabilities of the model's own, a token is marked; above 70 % it is silent.
HEAT = (
    (0.10, "#22252b on #f29a6b"),
    (0.25, "#22252b on #fbc27a"),
    (0.45, "#22252b on #ffe0a8"),
    (0.70, "#22252b on #fff3d6"),
)
BAR_CELLS = 20


def heat_style(probability: float) -> str:
    """Return the style of a token that the model gave `probability`."""
    return next((style for limit, style in HEAT if probability < limit), "")


def show_step(console: Console, step: protocol.Step, candidates: int) -> None:
    """Print the text of a step, coloured; with `candidates`, what was weighed, on own lines."""
    if candidates:
        console.print(candidate_table(step))
        stages = (f"{s.name}: {s.survivors:,} left, {s.mass:.1%}" for s in step.stages)
        console.print(" > ".join(stages) + "\n", style="dim", markup=False)
    elif step.text:
        style = heat_style(math.exp(step.logprob))
        console.print(Text(step.text, style=style), end="", soft_wrap=True)


def candidate_table(step: protocol.Step) -> Table:
    """Return the candidates of a step, with the model's own probability and the chain's."""
    choices = math.exp(step.entropy)
    table = Table(
        title=f"{visible(step.text, step.bytes)}   as sure as a choice among {choices:,.1f}",
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    table.add_column("token")
    table.add_column("the model", justify="right")
    table.add_column("after the chain", justify="right")
    table.add_column("", min_width=BAR_CELLS)
    for row in step.candidates:
        chosen = row.token == step.token
        own = math.exp(row.logprob)
        removed = row.removed_by is not None
        table.add_row(
            Text(
                visible(row.text, row.bytes),
                style="strike dim" if removed else "bold" if chosen else "",
            ),
            f"{own:.1%}",
            f"out: {row.removed_by}" if removed else f"{row.probability:.1%}",
            _bar(own, row.probability),
        )
    shown = sum(math.exp(row.logprob) for row in step.candidates)
    table.add_row(Text("<others>", style="dim"), f"{max(0.0, 1 - shown):.1%}", "", "")
    return table


def closing_line(outcome: protocol.Outcome, seed: int) -> str:
    """Return how it ended, in a person's words."""
    ends = {
        "length": "reached its length",
        "end": "the model ended the text",
        "stop": "met a stop text",
        "cancelled": "stopped",
    }
    reused = (
        f", prompt reused {outcome.prompt_tokens_reused / outcome.prompt_tokens:.0%}"
        if outcome.prompt_tokens_reused
        else ""
    )
    return (
        f"{ends[outcome.reason]}: {outcome.tokens:,} tokens, "
        f"{outcome.tokens_per_second:.1f} tokens/s, prompt {outcome.prompt_tokens:,}{reused}, "
        f"seed {seed}"
    )


def _bar(own: float, after: float) -> Text:
    solid, pale = round(after * BAR_CELLS), round(own * BAR_CELLS)
    return Text("█" * solid, style="#2c5aa0").append("░" * max(0, pale - solid), style="#8ab4f8")


def visible(text: str, data: str) -> str:
    """Return a token as it can be read: white space visible, part of a character as bytes."""
    if not text:
        return f"<{' '.join(data[i : i + 2].upper() for i in range(0, len(data), 2))}>"
    return text.replace(" ", "␣").replace("\n", "⏎").replace("\t", "⇥").replace("\r", "␍")
