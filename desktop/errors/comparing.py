"""Comparing levels and strategies, and reports."""

from __future__ import annotations

from desktop.errors.template import Written
from desktop.translation import QT_TRANSLATE_NOOP

SENTENCES: tuple[Written, ...] = (
    QT_TRANSLATE_NOOP("Error", "{threads} threads cannot work: give 1 to {most}."),
    (
        "A comparison needs two chunks: give --chunks 2 or more, not {chunks}.",
        QT_TRANSLATE_NOOP(
            "Error", "A comparison needs two chunks: choose 2 or more, not {chunks}."
        ),
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "Only {count} of the {total} chunks that were compared before have room in memory "
        "now: close other programs.",
    ),
    QT_TRANSLATE_NOOP("Error", "No level is given: name one file or more beside the reference."),
    (
        (
            "{name} is {level}, too coarse to measure others by: give an F16, BF16 or "
            "Q8_0 file, or --any-reference."
        ),
        QT_TRANSLATE_NOOP(
            "Error",
            "{name} is {level}, too coarse to measure others by: choose an F16, BF16 or Q8_0 file.",
        ),
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is a {architecture} model and {reference} a {other}: compare levels of one model.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} has {layers} layers of {width} and {reference} {other_layers} of "
        "{other_width}: compare levels of one model.",
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{name} has {size} tokens and {reference} {other}: compare levels of one model."
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{name} has other tokens than {reference}: compare levels of one model."
    ),
    (
        "Chunks of {context} tokens cannot be compared: give --context {least} to {most}.",
        QT_TRANSLATE_NOOP(
            "Error", "Chunks of {context} tokens cannot be compared: choose {least} to {most}."
        ),
    ),
    QT_TRANSLATE_NOOP("Error", "{name} is the reference itself: give another level of the model."),
    QT_TRANSLATE_NOOP("Error", "{name} and {other} are the same: give each level once."),
    QT_TRANSLATE_NOOP("Error", "{path} cannot be read ({reason}): give a file that is there."),
    (
        (
            "The text has {count} tokens, and a comparison needs two chunks of "
            "{context}: give a longer text, or a smaller --context."
        ),
        QT_TRANSLATE_NOOP(
            "Error",
            "The text has {count} tokens, and a comparison needs two chunks of {context}: "
            "give a longer text.",
        ),
    ),
    (
        (
            "The memory for {count} distributions of {tokens} tokens is not free: close "
            "other programs, or give a smaller --context."
        ),
        QT_TRANSLATE_NOOP(
            "Error",
            "The memory for {count} distributions of {tokens} tokens is not free: close "
            "other programs.",
        ),
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{name} predicts what no model does: it is damaged, download or convert it again."
    ),
    QT_TRANSLATE_NOOP("Error", "The comparison ended: {reason}."),
    QT_TRANSLATE_NOOP("Error", "{path} names no format of a report: end it with {known}."),
    QT_TRANSLATE_NOOP("Error", "{path} is a folder: give the name of a file in it."),
    QT_TRANSLATE_NOOP("Error", "There is no folder {folder}: make it, or choose another place."),
    QT_TRANSLATE_NOOP("Error", "{path} is what is read: choose another name for the report."),
    QT_TRANSLATE_NOOP("Error", "{path} cannot be written ({reason}): choose another."),
    QT_TRANSLATE_NOOP(
        "Error", "Nothing can be written into {folder} ({reason}): choose another folder."
    ),
    QT_TRANSLATE_NOOP("Error", "{name} is there already: choose it, or another name."),
    QT_TRANSLATE_NOOP("Error", "{path} could not be written ({reason})."),
    QT_TRANSLATE_NOOP("Error", "A strategy is empty: give one like {first} or {second}."),
    QT_TRANSLATE_NOOP(
        "Error",
        'There is no setting "{setting}": give a preset ({presets}), greedy, or stages like '
        "{example}.",
    ),
    (
        "No strategy is given: give one like --strategy greedy.",
        QT_TRANSLATE_NOOP("Error", "No strategy is given: add one, like greedy."),
    ),
    QT_TRANSLATE_NOOP("Error", "{count} strategies are too many to look at: give at most {most}."),
    QT_TRANSLATE_NOOP("Error", "{runs} runs of a strategy are no comparison: give 1 or more."),
    QT_TRANSLATE_NOOP("Error", "{runs} runs of a strategy are too many: give at most {most}."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{runs} runs are too many: give fewer strategies or seeds, at most {most} together.",
    ),
    QT_TRANSLATE_NOOP("Error", "{path} cannot be read ({reason}): give a text file that is there."),
    QT_TRANSLATE_NOOP("Error", "{path} is not UTF-8 (byte {position}): save the text as UTF-8."),
)
