"""What the rooms without Qt say went wrong, in the language and with the remedies of the window.

They make their sentences themselves, in English, and a command line shows these as they are. Here
each one is found again among the templates of this room, which lupdate knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QCoreApplication

from desktop.errors.template import Template

# In these places stands a phrase in English; in the others a name, a number or a text as it is.
SAID = frozenset({"reason", "fault", "remedy", "part", "kind", "details", "what"})


def say(sentence: str) -> str:
    """Return a sentence of another room as the window says it; an unknown one as it is."""
    return _say(sentence, _sentences()) if sentence else ""


def _say(text: str, templates: Sequence[Template]) -> str:
    for template in templates:
        values = template.read(text)
        if values is not None:
            shown = QCoreApplication.translate("Error", template.shown)
            return shown.format(
                **{
                    place: _say(value, _phrases()) if place in SAID else value
                    for place, value in values.items()
                }
            )
    return text


@cache  # and imported then: most starts of the window see no error
def _sentences() -> Sequence[Template]:
    from desktop.errors import asking, comparing, converting, engine, files, writing

    rooms = (asking, comparing, converting, engine, files, writing)
    return _sort([Template(written) for room in rooms for written in room.SENTENCES])


@cache
def _phrases() -> Sequence[Template]:
    from desktop.errors import asking, converting, engine, files, system, writing

    rooms = (asking, converting, engine, files, system, writing)
    return _sort([Template(written) for room in rooms for written in room.PHRASES])


def _sort(templates: list[Template]) -> Sequence[Template]:
    return sorted(templates, key=lambda template: -template.weight)
