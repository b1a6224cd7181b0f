"""Documents, the journal, samplers and the chain."""

from __future__ import annotations

from desktop.errors.template import Written
from desktop.translation import QT_TRANSLATE_NOOP

SENTENCES: tuple[Written, ...] = (
    QT_TRANSLATE_NOOP("Error", "{path} is a folder: choose a file in it."),
    QT_TRANSLATE_NOOP("Error", "{path} is no file but a device or pipe: choose a text file."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{path} has {size}, and a document has at most {largest}: split it into several files.",
    ),
    QT_TRANSLATE_NOOP("Error", "There is no file {path}: check the name."),
    QT_TRANSLATE_NOOP("Error", "{path} cannot be read ({reason}): check its rights."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{path} is not plain text (it has a NUL byte at offset {offset}): choose a text "
        "file, or save it as UTF-8 in the program that wrote it.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{path} is not UTF-8 text (byte {byte} at offset {offset}): save it as UTF-8 in the "
        "program that wrote it, then open it again.",
    ),
    QT_TRANSLATE_NOOP("Error", "{path} is a folder or a device: choose another name."),
    QT_TRANSLATE_NOOP("Error", "{path} is read-only: allow writing, or save under another name."),
    QT_TRANSLATE_NOOP(
        "Error",
        "Line {line} has a NUL character, which no text file holds: delete it, then save again.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "Line {line} has half a character, which no UTF-8 file holds: delete it, then save again.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} was not saved: it needs {size}, and {free} are free in {folder}; the old "
        "file is as it was. Free {missing} or more, or save on another disk.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} was not saved: {folder} takes no file of {size} ({reason}); the old file is "
        "as it was. Make room, or save on another disk.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} was not saved: the folder {folder} is read-only ({reason}). Allow writing "
        "there, or save in another folder.",
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{name} was not saved: there is no folder {folder}. Save in another folder."
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} was not saved ({reason}); the old file is as it was. Save it again, or on "
        "another disk.",
    ),
    QT_TRANSLATE_NOOP("Error", "This document is open in another window: go on writing there."),
    QT_TRANSLATE_NOOP("Error", "This document is open in another window: close it there first."),
    QT_TRANSLATE_NOOP("Error", "Nothing of this document could be read: open its file instead."),
    QT_TRANSLATE_NOOP(
        "Error",
        "The journal {path} cannot be read ({reason}): check the rights of its folder and "
        "the room on its disk, then start Inkglass again.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The journal in {folder} cannot be written ({reason}): make room or check its "
        "rights, and save your document; it is tried again until it works.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The journal of a document was broken: what could be read of it was recovered, and "
        "the broken file is kept as {path}; compare the text with a copy of yours.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The journal of a document was broken: nothing was recovered, and the broken file is "
        "kept as {path}; compare the text with a copy of yours.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The candidates of this token were lost with a part of the journal: continue the "
        "text anew to see candidates.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The model wrote nothing in the version that is shown: choose another one, or "
        "continue the text.",
    ),
    QT_TRANSLATE_NOOP("Error", "The text has changed at this token: click it again."),
    QT_TRANSLATE_NOOP(
        "Error",
        "The settings in {path} cannot be read ({reason}), so the defaults are used: check "
        "the rights of the file.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The settings could not be read ({reason}), so the defaults are used: the old ones "
        "are kept in {path}.",
    ),
    QT_TRANSLATE_NOOP("Error", "Inkglass failed here ({reason})."),
    QT_TRANSLATE_NOOP("Error", "Inkglass failed in a way it should not ({reason}). {details}"),
    QT_TRANSLATE_NOOP("Error", "The window failed."),
    QT_TRANSLATE_NOOP("Error", "{what} cannot be read or written ({reason}): {remedy}"),
    QT_TRANSLATE_NOOP("Error", "The chain names {stage} twice: keep one of the two."),
    QT_TRANSLATE_NOOP(
        "Error",
        "The chain goes on after {stage}, which chooses the token: make {last} the last "
        "stage, or take it out.",
    ),
    QT_TRANSLATE_NOOP("Error", "{count} candidates cannot be shown: choose 0 to {most}."),
    QT_TRANSLATE_NOOP("Error", "Token {token} is not in the vocabulary of {size} tokens."),
    QT_TRANSLATE_NOOP("Error", "The stage {stage} removed every token: change its settings."),
    QT_TRANSLATE_NOOP(
        "Error",
        "The model's output is not a number at this step: its file may be damaged, so check "
        "its SHA-256 or get it again.",
    ),
    QT_TRANSLATE_NOOP("Error", 'There is no stage "{stage}": the stages are {known}.'),
    QT_TRANSLATE_NOOP(
        "Error", 'There is no stage "{stage}": did you mean {near}? The stages are {known}.'
    ),
    QT_TRANSLATE_NOOP("Error", 'The stage {stage} has no parameter "{parameter}": it has none.'),
    QT_TRANSLATE_NOOP("Error", 'The stage {stage} has no parameter "{parameter}": it has {known}.'),
    QT_TRANSLATE_NOOP("Error", "The stage {stage} needs its {parameter}, like {example}."),
    QT_TRANSLATE_NOOP("Error", 'A stage of the chain is empty: write a chain like "{example}".'),
    QT_TRANSLATE_NOOP(
        "Error",
        'The stage "{stage}" does not end with its bracket: write a chain like "{example}".',
    ),
    QT_TRANSLATE_NOOP("Error", '"{pair}" in {stage} is not like {example}(parameter=value).'),
    QT_TRANSLATE_NOOP("Error", "The stage {stage} gives {parameter} twice: keep one of the two."),
    QT_TRANSLATE_NOOP("Error", 'A quote in {text} is not closed: write a chain like "{example}".'),
    QT_TRANSLATE_NOOP(
        "Error", "{text} is not a text in quotes or a list in brackets, as JSON writes them."
    ),
    QT_TRANSLATE_NOOP("Error", "{value} is not a number: give one, like 0.5."),
    QT_TRANSLATE_NOOP("Error", "{value} is no whole number below 2^31: give one, like 40."),
    QT_TRANSLATE_NOOP("Error", "{value} is not a text: give one."),
    QT_TRANSLATE_NOOP("Error", "{value} is not a list of texts: give one, like {example}."),
    QT_TRANSLATE_NOOP(
        "Error", "{value} is not a list of texts in brackets: give one, like {example}."
    ),
    QT_TRANSLATE_NOOP("Error", "{value} is not like 15=-inf 29=2.5 (token id = bias)."),
    QT_TRANSLATE_NOOP("Error", "{stage} names token {token} twice: keep one of the two."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{stage} names token {token}, but the vocabulary ends at {last}: choose a lower id.",
    ),
    QT_TRANSLATE_NOOP("Error", "{value} is no token: choose an id from 0 on."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{value} for token {token} is no bias: choose a number, or -inf to remove the token.",
    ),
    QT_TRANSLATE_NOOP("Error", "{value} is negative: choose 0 or more."),
    QT_TRANSLATE_NOOP("Error", "{value} is negative: choose 1 or more, or 0 for all."),
    QT_TRANSLATE_NOOP("Error", "{value} is negative: choose 1 or more, or 0 for off."),
    QT_TRANSLATE_NOOP("Error", "{value} is out of range: choose 0 or more."),
    QT_TRANSLATE_NOOP("Error", "{value} is out of range: choose 1 or more, like {example}."),
    QT_TRANSLATE_NOOP(
        "Error", "{value} is out of range: choose a value above 0, like {example} ({off} is off)."
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{value} is out of range: choose a number like {example} ({off} is off)."
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{value} is no number of bits: choose a value above 0, like {example}."
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{value} is no learning rate: choose a value from 0 to 1, like {example}."
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{value} is not a probability: choose a value above 0 and at most 1."
    ),
    QT_TRANSLATE_NOOP("Error", "{value} is not a probability: choose a value from 0 (off) to 1."),
    QT_TRANSLATE_NOOP(
        "Error", "{value} is not a number of deviations: choose a value above 0, or 0 for off."
    ),
    QT_TRANSLATE_NOOP("Error", 'There is no order "{order}": choose {known}.'),
    QT_TRANSLATE_NOOP("Error", 'There is no preset "{preset}": choose one of {known}.'),
    QT_TRANSLATE_NOOP(
        "Error",
        "Mirostat draws tokens and greedy (or temperature 0) takes the most probable one: "
        "choose one of the two.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        'user "{file}" is not the name of a sampler: give the name of a Python file in the '
        "samplers folder, like {example}.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "There is no samplers folder set: put {file} into the samplers folder, or take the "
        "stage out of the chain.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "There is no sampler {file} in {folder}: put {again} into the samplers folder, or "
        "take the stage out of the chain.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "There is no sampler {file} in {folder}: put it there, or take it out of the chain.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The sampler {file} failed: {reason}. Mend the file and continue; the text is kept.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The sampler {file} failed at line {line}: {reason}. Mend the file and continue; the "
        "text is kept.",
    ),
    QT_TRANSLATE_NOOP("Error", "{name} is not UTF-8: save it as UTF-8 in the editor."),
    QT_TRANSLATE_NOOP(
        "Error", "{name} cannot be saved ({reason}): make room, or check the rights of {folder}."
    ),
    QT_TRANSLATE_NOOP("Error", "There is a sampler {name} already: choose another name."),
    QT_TRANSLATE_NOOP(
        "Error", "{name} is not in the samplers folder: put it into {folder} and give its name."
    ),
    QT_TRANSLATE_NOOP("Error", "There is nothing to join: put the cursor between two texts."),
    QT_TRANSLATE_NOOP("Error", "There is no text: select some first."),
    QT_TRANSLATE_NOOP("Error", "There is no instruction {instruction}: choose one of {known}."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{value} is no temperature: choose 0 (always the most probable token) or a value "
        "above, like {example}.",
    ),
)
PHRASES: tuple[Written, ...] = (
    QT_TRANSLATE_NOOP("Error", "it has no function sample(logits, tokens, pieces)"),
    QT_TRANSLATE_NOOP(
        "Error", "its function must be sample(logits, tokens) or sample(logits, tokens, pieces)"
    ),
    QT_TRANSLATE_NOOP("Error", "it returned {kind}, not the array of logits"),
    QT_TRANSLATE_NOOP("Error", "it returned an array of shape {shape}, not {expected}"),
    QT_TRANSLATE_NOOP("Error", "it returned an array of {kind}, not of numbers"),
    QT_TRANSLATE_NOOP("Error", "it returned a logit that is not a number (NaN or +inf)"),
    QT_TRANSLATE_NOOP("Error", "it is no longer in the samplers folder"),
    QT_TRANSLATE_NOOP("Error", "it did not end in the two seconds that a sampler has"),
    QT_TRANSLATE_NOOP("Error", "The details are in {path}."),
    QT_TRANSLATE_NOOP("Error", "The details could not be written to {path} ({reason})."),
    QT_TRANSLATE_NOOP("Error", "make room, or check its rights."),
    QT_TRANSLATE_NOOP("Error", "The output"),
    QT_TRANSLATE_NOOP("Error", "it removed every token"),
)
