"""What the stages, their parameters and the presets are called, and what each does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.translation import QT_TRANSLATE_NOOP
from models.sampling import ORDERS, PRESETS

_STAGES: Mapping[str, str] = {
    "logit-bias": QT_TRANSLATE_NOOP("Stage", "Makes single tokens more or less probable."),
    "penalties": QT_TRANSLATE_NOOP(
        "Stage", "Makes tokens that were written a short while ago less probable."
    ),
    "dry": QT_TRANSLATE_NOOP(
        "Stage", "Stops whole sequences from being repeated; single words may come again."
    ),
    "top-k": QT_TRANSLATE_NOOP("Stage", "Keeps a fixed number of the most probable tokens."),
    "typical": QT_TRANSLATE_NOOP(
        "Stage", "Keeps the tokens that surprise about as much as the model expects."
    ),
    "top-p": QT_TRANSLATE_NOOP(
        "Stage", "Keeps the most probable tokens until together they reach this probability."
    ),
    "min-p": QT_TRANSLATE_NOOP(
        "Stage", "Removes tokens that are far less probable than the best one."
    ),
    "top-n-sigma": QT_TRANSLATE_NOOP(
        "Stage", "Keeps the tokens whose logit is near the largest, in standard deviations."
    ),
    "xtc": QT_TRANSLATE_NOOP(
        "Stage", "Now and then takes the most obvious tokens away, so that rarer ones come up."
    ),
    "temperature": QT_TRANSLATE_NOOP(
        "Stage", "Below 1 the probable gets more probable; above 1 the rare gets its chance."
    ),
    "dynamic-temperature": QT_TRANSLATE_NOOP(
        "Stage", "A temperature that rises where the model is unsure and falls where it is sure."
    ),
    "mirostat": QT_TRANSLATE_NOOP(
        "Stage", "Keeps the text at an even level of surprise, and chooses the token."
    ),
    "greedy": QT_TRANSLATE_NOOP("Stage", "Always takes the most probable token."),
    "user": QT_TRANSLATE_NOOP("Stage", "A sampler of your own, from the samplers folder."),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """How a parameter is called and explained, and where its arrow keys go.

    Without a step it is edited as text; what is allowed beyond the ends the stage says itself.
    """

    title: str
    explanation: str
    step: float | None = None
    lowest: float = 0.0
    highest: float = 1.0


def _probability(explanation: str) -> Parameter:
    return Parameter(QT_TRANSLATE_NOOP("Stage", "probability"), explanation, 0.05)


_AT_LEAST = Parameter(
    QT_TRANSLATE_NOOP("Stage", "keep at least"),
    QT_TRANSLATE_NOOP("Stage", "So many tokens stay in any case."),
    1,
    highest=1000,
)
_LOOK_BACK = Parameter(
    QT_TRANSLATE_NOOP("Stage", "look back"),
    QT_TRANSLATE_NOOP("Stage", "How many of the last tokens count; 0 is off."),
    16,
    highest=32768,
)
_TEMPERATURE = Parameter(
    QT_TRANSLATE_NOOP("Stage", "temperature"),
    QT_TRANSLATE_NOOP("Stage", "The logits are divided by it; 0 keeps the best token alone."),
    0.05,
    highest=2,
)
PARAMETERS: Mapping[str, Mapping[str, Parameter]] = {
    "logit-bias": {
        "biases": Parameter(
            QT_TRANSLATE_NOOP("Stage", "token=bias"),
            QT_TRANSLATE_NOOP(
                "Stage", "Pairs like 15=-inf 29=2.5; minus infinity forbids a token."
            ),
        )
    },
    "penalties": {
        "last_n": _LOOK_BACK,
        "repeat": Parameter(
            QT_TRANSLATE_NOOP("Stage", "repeat"),
            QT_TRANSLATE_NOOP("Stage", "Divides the logit of a token that was written; 1 is off."),
            0.05,
            lowest=0.05,
            highest=2,
        ),
        "frequency": Parameter(
            QT_TRANSLATE_NOOP("Stage", "frequency"),
            QT_TRANSLATE_NOOP("Stage", "Taken off once for each time the token was written."),
            0.05,
            lowest=-2,
            highest=2,
        ),
        "presence": Parameter(
            QT_TRANSLATE_NOOP("Stage", "presence"),
            QT_TRANSLATE_NOOP("Stage", "Taken off once if the token was written at all."),
            0.05,
            lowest=-2,
            highest=2,
        ),
    },
    "dry": {
        "multiplier": Parameter(
            QT_TRANSLATE_NOOP("Stage", "strength"),
            QT_TRANSLATE_NOOP("Stage", "What the shortest punished repetition costs; 0 is off."),
            0.1,
            highest=5,
        ),
        "base": Parameter(
            QT_TRANSLATE_NOOP("Stage", "growth"),
            QT_TRANSLATE_NOOP(
                "Stage", "Each further token of a repetition costs so many times more."
            ),
            0.05,
            lowest=1,
            highest=4,
        ),
        "allowed_length": Parameter(
            QT_TRANSLATE_NOOP("Stage", "allowed length"),
            QT_TRANSLATE_NOOP("Stage", "Repetitions shorter than this are free."),
            1,
            highest=64,
        ),
        "last_n": _LOOK_BACK,
        "breakers": Parameter(
            QT_TRANSLATE_NOOP("Stage", "breakers"),
            QT_TRANSLATE_NOOP(
                "Stage",
                "No repetition reaches across one of these texts; a list as JSON writes it.",
            ),
        ),
    },
    "top-k": {
        "k": Parameter(
            QT_TRANSLATE_NOOP("Stage", "tokens"),
            QT_TRANSLATE_NOOP("Stage", "So many tokens stay; 0 keeps all."),
            5,
            highest=1000,
        )
    },
    "typical": {
        "p": _probability(QT_TRANSLATE_NOOP("Stage", "What is kept reaches this; 1 keeps all.")),
        "min_keep": _AT_LEAST,
    },
    "top-p": {
        "p": _probability(QT_TRANSLATE_NOOP("Stage", "What is kept reaches this; 1 keeps all.")),
        "min_keep": _AT_LEAST,
    },
    "min-p": {
        "p": Parameter(
            QT_TRANSLATE_NOOP("Stage", "share of the best"),
            QT_TRANSLATE_NOOP("Stage", "A token below this share of the best one goes; 0 is off."),
            0.01,
        ),
        "min_keep": _AT_LEAST,
    },
    "top-n-sigma": {
        "n": Parameter(
            QT_TRANSLATE_NOOP("Stage", "deviations"),
            QT_TRANSLATE_NOOP(
                "Stage", "How far below the largest logit a token may lie; 0 is off."
            ),
            0.1,
            highest=10,
        )
    },
    "xtc": {
        "probability": Parameter(
            QT_TRANSLATE_NOOP("Stage", "how often"),
            QT_TRANSLATE_NOOP("Stage", "The chance that it happens at a token; 0 is off."),
            0.05,
        ),
        "threshold": Parameter(
            QT_TRANSLATE_NOOP("Stage", "obvious from"),
            QT_TRANSLATE_NOOP(
                "Stage", "A token of this probability is obvious; the last one stays."
            ),
            0.05,
        ),
        "min_keep": _AT_LEAST,
    },
    "temperature": {"temperature": _TEMPERATURE},
    "dynamic-temperature": {
        "temperature": _TEMPERATURE,
        "delta": Parameter(
            QT_TRANSLATE_NOOP("Stage", "up and down"),
            QT_TRANSLATE_NOOP("Stage", "How far the temperature may go either way; 0 is off."),
            0.05,
            highest=2,
        ),
        "exponent": Parameter(
            QT_TRANSLATE_NOOP("Stage", "exponent"),
            QT_TRANSLATE_NOOP("Stage", "Above 1 it rises only where the model is very unsure."),
            0.1,
            highest=5,
        ),
    },
    "mirostat": {
        "tau": Parameter(
            QT_TRANSLATE_NOOP("Stage", "surprise in bits"),
            QT_TRANSLATE_NOOP("Stage", "The level of surprise that it steers to."),
            0.5,
            lowest=0.5,
            highest=20,
        ),
        "eta": Parameter(
            QT_TRANSLATE_NOOP("Stage", "learning rate"),
            QT_TRANSLATE_NOOP("Stage", "How fast it steers, from 0 to 1."),
            0.05,
        ),
    },
    "greedy": {},
    "user": {},  # its file is what it is: another file is another stage
}

# Values that do something, where a stage's own defaults leave it off.
FIRST_VALUES: Mapping[str, Mapping[str, object]] = {
    "penalties": {"repeat": 1.1},
    "typical": {"p": 0.9},
    "dynamic-temperature": {"delta": 0.3},
}

_PRESETS: tuple[str, ...] = (
    QT_TRANSLATE_NOOP("Presets", "Technical writing"),
    QT_TRANSLATE_NOOP(
        "Presets",
        "Terms should stay the same from line to line: few surprises, some room for phrasing.",
    ),
    QT_TRANSLATE_NOOP("Presets", "Facts"),
    QT_TRANSLATE_NOOP(
        "Presets",
        "One answer is right: always the most probable word, the same on every run.",
    ),
    QT_TRANSLATE_NOOP("Presets", "FAQ"),
    QT_TRANSLATE_NOOP(
        "Presets",
        "Answers should sound alike without being copies: a little freedom in the wording.",
    ),
    QT_TRANSLATE_NOOP("Presets", "Balanced"),
    QT_TRANSLATE_NOOP("Presets", "A start for any text: lively, and it seldom loses the thread."),
    QT_TRANSLATE_NOOP("Presets", "Quiz"),
    QT_TRANSLATE_NOOP(
        "Presets",
        "Questions should differ from one another: the model's own odds, less the unlikely.",
    ),
    QT_TRANSLATE_NOOP("Presets", "Story"),
    QT_TRANSLATE_NOOP(
        "Presets",
        "Surprise is welcome: rarer words get a chance, and the odd ones are still cut off.",
    ),
)
_ORDERS: Mapping[str, tuple[str, str]] = {
    "llama.cpp": (
        QT_TRANSLATE_NOOP("Stage", "As in llama.cpp"),
        QT_TRANSLATE_NOOP(
            "Stage", "What is improbable is removed first, then the temperature works on the rest."
        ),
    ),
    "temperature-first": (
        QT_TRANSLATE_NOOP("Stage", "Temperature first"),
        QT_TRANSLATE_NOOP(
            "Stage", "The temperature also decides how much is removed, as in other programs."
        ),
    ),
}


def explain_stage(name: str) -> str:
    """One sentence on what the stage does, in the language of the window."""
    return QCoreApplication.translate("Stage", _STAGES[name])


def translate_parameter(text: str) -> str:
    """A title or explanation of PARAMETERS in the language of the window."""
    return QCoreApplication.translate("Stage", text)


def name_preset(preset: str) -> str:
    """The title of the preset in the language of the window."""
    return QCoreApplication.translate("Presets", PRESETS[preset].title)


def explain_preset(preset: str) -> str:
    """Why the preset is as it is, in the language of the window."""
    return QCoreApplication.translate("Presets", PRESETS[preset].reason)


def name_orders() -> Mapping[str, tuple[str, str]]:
    """By order: its title and what it does, in the language of the window."""
    return {
        order: (
            QCoreApplication.translate("Stage", _ORDERS[order][0]),
            QCoreApplication.translate("Stage", _ORDERS[order][1]),
        )
        for order in ORDERS
    }
