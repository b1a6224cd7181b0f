"""Questions and quizzes."""

from __future__ import annotations

from desktop.errors.template import Written
from desktop.translation import QT_TRANSLATE_NOOP

SENTENCES: tuple[Written, ...] = (
    QT_TRANSLATE_NOOP("Error", "There is no question: give one or more."),
    QT_TRANSLATE_NOOP("Error", "{count} temperatures cannot be compared: give 1 to {most}."),
    QT_TRANSLATE_NOOP("Error", "{repeats} repeats cannot be asked: give 1 to {most}."),
    QT_TRANSLATE_NOOP("Error", "The temperature {temperature} is given twice: leave one out."),
    QT_TRANSLATE_NOOP("Error", "No model is given: give one or more."),
    QT_TRANSLATE_NOOP("Error", "The model {name} is given twice: leave one out."),
    QT_TRANSLATE_NOOP(
        "Error",
        "Question {number} has {count} tokens as it is put, and the context of {context} has "
        "no room for it and {tokens} of an answer: shorten it, or load the model with a "
        "larger context.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "Question {number} has {count} tokens as it is put, and the context of {context} has "
        "no room for it and {tokens} of its choices side by side: shorten it, or load the "
        "model with a larger context.",
    ),
    QT_TRANSLATE_NOOP("Error", "There is no set {name}: choose {known}."),
    QT_TRANSLATE_NOOP(
        "Error", "There is no file {path}: give a file of questions, or one of the sets {known}."
    ),
    QT_TRANSLATE_NOOP("Error", "{path} cannot be read ({reason}): give a file of questions."),
    QT_TRANSLATE_NOOP("Error", "{name}, line {line}: this is not UTF-8: save the file as UTF-8."),
    QT_TRANSLATE_NOOP("Error", "{name} is empty: write a question and its answers into it."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is a table with commas: save it with tabs (.tsv), a question and its answers "
        "in a line, or as JSON lines.",
    ),
    QT_TRANSLATE_NOOP("Error", "{name} has {count} questions, and {most} can be asked: split it."),
    QT_TRANSLATE_NOOP(
        "Error", "{name}, line {line}: this is not JSON: write one object a line, like {example}."
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name}, line {line}: this is no JSON object: write one object a line, like {example}.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        '{name}, line {line}: there is no text "question": write one object a line, like '
        "{example}.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        '{name}, line {line}: "question" is no text: write one object a line, like {example}.',
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is no set of questions: write Q: before each question, and A: before each answer.",
    ),
    QT_TRANSLATE_NOOP(
        "Error", '{name}, line {line}: the key is "{key}", not "{wrong}": write {example}.'
    ),
    QT_TRANSLATE_NOOP(
        "Error", '{name}, line {line}: "{key}" is no list of texts: write {example}.'
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{name}, line {line}: there are {count} choices: give {wanted}, or none."
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name}, line {line}: this line begins with neither Q nor A and a colon: put one of "
        "them before it.",
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{name}, line {line}: this answer has no question: write a line Q: before it."
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{name}, line {line}: there is no tab: put one between question and answer."
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{name}, line {line}: the question is empty: write one, or take the line out."
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{name}, line {line}: there is no accepted answer: give one or more."
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name}, line {line}: {text} has half of a character in it: write the character itself.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name}, line {line}: the accepted answer {text} has no letter or digit: give one "
        "that has.",
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{name}, line {line}: the choice {text} has no letter or digit: give one that has."
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{name}, line {line}: the choices {first} and {second} are the same: change one."
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name}, line {line}: the accepted answer {text} is none of the choices: make it one "
        "of them.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name}, line {line}: the choices {first} and {second} are both accepted answers: "
        "leave one right.",
    ),
    QT_TRANSLATE_NOOP("Error", "{count} questions cannot be made: choose 1 to {most}."),
    QT_TRANSLATE_NOOP(
        "Error",
        "The text has {count} characters, and a quiz needs {least} or more to ask about: "
        "give a longer one.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The model wrote {made} of {wanted} questions in {tries} attempts: give it a longer "
        "text, or choose a larger model.",
    ),
)
PHRASES: tuple[Written, ...] = (
    QT_TRANSLATE_NOOP("Error", "split it, for questions that is too much"),
    QT_TRANSLATE_NOOP("Error", "give a shorter text, a few hundred kilobytes say all"),
)
