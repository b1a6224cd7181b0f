"""Undo, cut, paste and the like: for the text field that has the keyboard, else for the page.

The chain has an undo of its own, and takes no other edit.
"""

from __future__ import annotations

from typing import Literal, get_args

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QSpinBox, QTextEdit

from desktop.recipe.chain_editor import ChainEditor

Edit = Literal["undo", "redo", "cut", "copy", "paste", "select-all"]
EDITS: tuple[Edit, ...] = get_args(Edit)

_Field = QLineEdit | QPlainTextEdit | QTextEdit


def edit_text(edit: Edit, page: QPlainTextEdit | None) -> None:
    """Do `edit` where the keyboard is; where that takes no such edit, to `page` if there is one."""
    field, chain = _focused_field(), _focused_chain()
    if field is None and chain is not None:
        if edit == "undo":
            chain.undo()
        elif edit == "redo":
            chain.redo()
        return
    reads = edit in ("copy", "select-all")
    target = page if field is None or (field.isReadOnly() and not reads) else field
    if target is None:
        return
    match edit:
        case "undo":
            target.undo()
        case "redo":
            target.redo()
        case "cut":
            target.cut()
        case "copy":
            target.copy()
        case "paste":
            target.paste()
        case "select-all":
            target.selectAll()


def _focused_field() -> _Field | None:
    focused = QApplication.focusWidget()
    if isinstance(focused, QSpinBox):
        focused = focused.lineEdit()
    return focused if isinstance(focused, _Field) else None


def _focused_chain() -> ChainEditor | None:
    """Return the chain that the keyboard is in."""
    widget = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, ChainEditor):
        widget = widget.parentWidget()
    return widget
