import os
from collections import Counter
from collections.abc import Callable
from typing import get_args

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from desktop.actions import ACTIONS, Need, build_actions, enable_actions

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="module")
def owner() -> QObject:
    application = QApplication.instance() or QApplication([])
    return QObject(application)


def test_ids_and_titles_are_their_own() -> None:
    assert [id for id, count in Counter(a.id for a in ACTIONS).items() if count > 1] == []
    assert [t for t, count in Counter(a.title for a in ACTIONS).items() if count > 1] == []


def test_every_key_is_one_that_qt_knows() -> None:
    for action in ACTIONS:
        for key in action.keys:
            sequence = QKeySequence(key)
            assert sequence.toString(QKeySequence.SequenceFormat.PortableText) == key


def test_no_key_means_two_things_at_once() -> None:
    """Only needs that exclude each other may share a key."""
    apart = {frozenset({"writing", "proposal"})}
    keys: dict[str, list[str]] = {}
    for action in ACTIONS:
        for key in action.keys:
            keys.setdefault(key, []).append(action.needs)
    shared = {key: frozenset(needs) for key, needs in keys.items() if len(needs) > 1}
    assert shared == {"Esc": frozenset({"writing", "proposal"})}
    assert set(shared.values()) <= apart


def test_each_action_calls_its_callback(owner: QObject) -> None:
    done: list[str] = []

    def note(id: str) -> Callable[[], None]:
        return lambda: done.append(id)

    built = build_actions(owner, {action.id: note(action.id) for action in ACTIONS})
    enable_actions(built, get_args(Need))
    for action in built.values():
        action.trigger()
    assert done == [action.id for action in ACTIONS]


def test_needs_enable(owner: QObject) -> None:
    built = build_actions(owner, {action.id: lambda: None for action in ACTIONS})
    always = {action.id for action in ACTIONS if action.needs == "always"}
    assert {id for id, action in built.items() if action.isEnabled()} == always
    enable_actions(built, {"writing"})
    assert {id for id, action in built.items() if action.isEnabled()} == always | {"stop"}


def test_what_an_editor_handles_is_listed_and_not_taken(owner: QObject) -> None:
    built = build_actions(owner, {action.id: lambda: None for action in ACTIONS})
    assert built["accept"].shortcuts() == []
    assert built["accept"].text().endswith("\tTab")


def test_one_scheme_is_checked(owner: QObject) -> None:
    built = build_actions(owner, {action.id: lambda: None for action in ACTIONS})
    built["scheme-dark"].setChecked(True)
    built["scheme-light"].setChecked(True)
    assert not built["scheme-dark"].isChecked()


@pytest.mark.parametrize("wrong", [{"save"}, {"no-such-action"}])
def test_a_callback_too_few_or_too_many_is_our_mistake(owner: QObject, wrong: set[str]) -> None:
    ids = {action.id for action in ACTIONS} ^ wrong
    with pytest.raises(ValueError, match=wrong.copy().pop()):
        build_actions(owner, {id: lambda: None for id in ids})
