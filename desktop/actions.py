"""Every action of the program, as data: what it is called, its keys, its menu, when it works."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from desktop.translation import QT_TRANSLATE_NOOP

# What has to hold for an action to work.
#   page        the Write page is in front
#   idle        a model is loaded, and it is not writing
#   writing     it is writing
#   proposal    what it wrote is neither accepted nor refused yet, and it has ended
#   selection   text is selected, and the model is idle
#   unit        the cursor is at a word that the model wrote
#   versions    the text at the cursor has more than one version
Need = Literal["always", "page", "idle", "writing", "proposal", "selection", "unit", "versions"]
Menu = Literal["file", "edit", "write", "look", "view", "go", "help"]
Role = QAction.MenuRole


@dataclass(frozen=True, slots=True)
class Action:
    """One action. Ctrl is written for what is Cmd on a Mac; Qt turns it.

    keys      as QKeySequence reads them; the first is the one that is shown
    listed    a widget handles the keys itself: the menu shows them and does not take them
    group     of those with the same name, one is checked
    apart     a line stands above it in its menu
    role      its place in the application menu of a Mac
    """

    id: str
    title: str
    keys: tuple[str, ...]
    menu: Menu
    needs: Need = "always"
    checkable: bool = False
    group: str = ""
    listed: bool = False
    apart: bool = False
    role: Role = Role.NoRole

    @property
    def shown_title(self) -> str:
        """The title in the language of the window."""
        return QCoreApplication.translate("Action", self.title)

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """The keys as this system writes them."""
        return tuple(
            QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in self.keys
        )


MENUS: Mapping[Menu, str] = {
    "file": QT_TRANSLATE_NOOP("Menu", "&File"),
    "edit": QT_TRANSLATE_NOOP("Menu", "&Edit"),
    "write": QT_TRANSLATE_NOOP("Menu", "&Write"),
    "look": QT_TRANSLATE_NOOP("Menu", "&Look"),
    "view": QT_TRANSLATE_NOOP("Menu", "&View"),
    "go": QT_TRANSLATE_NOOP("Menu", "&Go"),
    "help": QT_TRANSLATE_NOOP("Menu", "&Help"),
}

ACTIONS: tuple[Action, ...] = (
    Action("new", QT_TRANSLATE_NOOP("Action", "New"), ("Ctrl+N",), "file"),
    Action("open", QT_TRANSLATE_NOOP("Action", "Open…"), ("Ctrl+O",), "file"),
    Action("unsaved", QT_TRANSLATE_NOOP("Action", "Texts that are in no file"), (), "file"),
    Action("save", QT_TRANSLATE_NOOP("Action", "Save"), ("Ctrl+S",), "file", apart=True),
    Action("save-as", QT_TRANSLATE_NOOP("Action", "Save as…"), ("Ctrl+Shift+S",), "file"),
    Action(
        "quit",
        QT_TRANSLATE_NOOP("Action", "Quit Inkglass"),
        ("Ctrl+Q", "Ctrl+W"),
        "file",
        apart=True,
        role=Role.QuitRole,
    ),
    Action("undo", QT_TRANSLATE_NOOP("Action", "Undo"), ("Ctrl+Z",), "edit"),
    Action("redo", QT_TRANSLATE_NOOP("Action", "Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "edit"),
    Action("cut", QT_TRANSLATE_NOOP("Action", "Cut"), ("Ctrl+X",), "edit", apart=True),
    Action("copy", QT_TRANSLATE_NOOP("Action", "Copy"), ("Ctrl+C",), "edit"),
    Action("paste", QT_TRANSLATE_NOOP("Action", "Paste"), ("Ctrl+V",), "edit"),
    Action("select-all", QT_TRANSLATE_NOOP("Action", "Select all"), ("Ctrl+A",), "edit"),
    Action(
        "find",
        QT_TRANSLATE_NOOP("Action", "Find"),
        ("Ctrl+F",),
        "edit",
        needs="page",
        apart=True,
    ),
    Action(
        "continue",
        QT_TRANSLATE_NOOP("Action", "Continue"),
        ("Ctrl+Return", "Ctrl+Enter"),
        "write",
        needs="idle",
    ),
    Action(
        "join",
        QT_TRANSLATE_NOOP("Action", "Continue towards what follows"),
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        "write",
        needs="idle",
    ),
    Action("stop", QT_TRANSLATE_NOOP("Action", "Stop"), ("Esc",), "write", needs="writing"),
    Action(
        "another",
        QT_TRANSLATE_NOOP("Action", "Another version"),
        ("Ctrl+R",),
        "write",
        needs="idle",
    ),
    Action(
        "accept",
        QT_TRANSLATE_NOOP("Action", "Accept what was written"),
        ("Tab",),
        "write",
        needs="proposal",
        listed=True,
        apart=True,
    ),
    Action(
        "accept-word",
        QT_TRANSLATE_NOOP("Action", "Accept one word"),
        ("Ctrl+Right",),
        "write",
        needs="proposal",
        listed=True,
    ),
    Action(
        "refuse",
        QT_TRANSLATE_NOOP("Action", "Take it out again"),
        ("Esc",),
        "write",
        needs="proposal",
    ),
    Action(
        "rewrite",
        QT_TRANSLATE_NOOP("Action", "Rewrite the selection"),
        ("Ctrl+Shift+R",),
        "write",
        needs="selection",
        apart=True,
    ),
    Action(
        "shorten",
        QT_TRANSLATE_NOOP("Action", "Shorten the selection"),
        ("Ctrl+Shift+K",),
        "write",
        needs="selection",
    ),
    Action(
        "expand",
        QT_TRANSLATE_NOOP("Action", "Expand the selection"),
        ("Ctrl+Shift+X",),
        "write",
        needs="selection",
    ),
    Action(
        "translate-en",
        QT_TRANSLATE_NOOP("Action", "Translate into English"),
        ("Ctrl+Shift+I",),
        "write",
        needs="selection",
    ),
    Action(
        "translate-ja",
        QT_TRANSLATE_NOOP("Action", "Translate into Japanese"),
        ("Ctrl+Shift+J",),
        "write",
        needs="selection",
    ),
    Action(
        "titles",
        QT_TRANSLATE_NOOP("Action", "Suggest titles"),
        ("Ctrl+Shift+T",),
        "write",
        needs="idle",
        apart=True,
    ),
    Action(
        "heat",
        QT_TRANSLATE_NOOP("Action", "Tint by how sure the model was"),
        ("Ctrl+Shift+H",),
        "look",
        checkable=True,
    ),
    Action(
        "own-heat",
        QT_TRANSLATE_NOOP("Action", "Tint my own text"),
        ("Ctrl+Shift+O",),
        "look",
        needs="idle",
    ),
    Action(
        "candidates",
        QT_TRANSLATE_NOOP("Action", "Show the panel of candidates"),
        ("Ctrl+Shift+L",),
        "look",
        checkable=True,
    ),
    Action(
        "open-token",
        QT_TRANSLATE_NOOP("Action", "Look into the word at the cursor"),
        ("Alt+Return",),
        "look",
        needs="unit",
        apart=True,
    ),
    Action(
        "next-token",
        QT_TRANSLATE_NOOP("Action", "Next word of the model"),
        ("Alt+Shift+Right",),
        "look",
        needs="unit",
    ),
    Action(
        "previous-token",
        QT_TRANSLATE_NOOP("Action", "Previous word of the model"),
        ("Alt+Shift+Left",),
        "look",
        needs="unit",
    ),
    Action(
        "version-up",
        QT_TRANSLATE_NOOP("Action", "Version above"),
        ("Alt+Up",),
        "look",
        needs="versions",
        apart=True,
    ),
    Action(
        "version-down",
        QT_TRANSLATE_NOOP("Action", "Version below"),
        ("Alt+Down",),
        "look",
        needs="versions",
    ),
    Action(
        "version-parent",
        QT_TRANSLATE_NOOP("Action", "Version it came from"),
        ("Alt+Left",),
        "look",
        needs="versions",
    ),
    Action(
        "version-child",
        QT_TRANSLATE_NOOP("Action", "Version that came of it"),
        ("Alt+Right",),
        "look",
        needs="versions",
    ),
    Action(
        "everything",
        QT_TRANSLATE_NOOP("Action", "Show all settings"),
        ("Ctrl+E",),
        "view",
        checkable=True,
    ),
    Action(
        "zoom-in",
        QT_TRANSLATE_NOOP("Action", "Larger text"),
        ("Ctrl++", "Ctrl+="),
        "view",
        apart=True,
    ),
    Action("zoom-out", QT_TRANSLATE_NOOP("Action", "Smaller text"), ("Ctrl+-",), "view"),
    Action("zoom-reset", QT_TRANSLATE_NOOP("Action", "Text as it was"), ("Ctrl+0",), "view"),
    Action(
        "full-screen",
        QT_TRANSLATE_NOOP("Action", "Full screen"),
        ("F11",),
        "view",
        checkable=True,
        apart=True,
    ),
    Action(
        "scheme-system",
        QT_TRANSLATE_NOOP("Action", "Light or dark as the system"),
        (),
        "view",
        checkable=True,
        group="scheme",
        apart=True,
    ),
    Action(
        "scheme-light",
        QT_TRANSLATE_NOOP("Action", "Light"),
        (),
        "view",
        checkable=True,
        group="scheme",
    ),
    Action(
        "scheme-dark",
        QT_TRANSLATE_NOOP("Action", "Dark"),
        (),
        "view",
        checkable=True,
        group="scheme",
    ),
    Action(
        "next-control",
        QT_TRANSLATE_NOOP("Action", "On from the text to the controls"),
        ("Ctrl+Tab", "Shift+Tab"),
        "go",
        needs="page",
        listed=True,
    ),
    Action("go-write", QT_TRANSLATE_NOOP("Action", "Write"), ("Ctrl+1",), "go"),
    Action("go-strategies", QT_TRANSLATE_NOOP("Action", "Strategies"), ("Ctrl+2",), "go"),
    Action("go-quantization", QT_TRANSLATE_NOOP("Action", "Quantization"), ("Ctrl+3",), "go"),
    Action("go-questions", QT_TRANSLATE_NOOP("Action", "Questions"), ("Ctrl+6",), "go"),
    Action("go-library", QT_TRANSLATE_NOOP("Action", "Library"), ("Ctrl+7",), "go"),
    Action(
        "go-settings",
        QT_TRANSLATE_NOOP("Action", "Settings"),
        ("Ctrl+,",),
        "go",
        apart=True,
        role=Role.PreferencesRole,
    ),
    Action("shortcuts", QT_TRANSLATE_NOOP("Action", "Keyboard shortcuts"), ("F1",), "help"),
    Action("log-folder", QT_TRANSLATE_NOOP("Action", "Open the log folder"), (), "help"),
    Action(
        "about",
        QT_TRANSLATE_NOOP("Action", "About Inkglass"),
        (),
        "help",
        apart=True,
        role=Role.AboutRole,
    ),
)


def build_actions(
    parent: QObject, callbacks: Mapping[str, Callable[[], None]]
) -> dict[str, QAction]:
    """Return the QAction of every id, connected to its callback.

    Raises ValueError for an id without a callback, and for a callback without an id.
    """
    ids = {action.id for action in ACTIONS}
    if strays := ids ^ callbacks.keys():
        raise ValueError(f"actions and callbacks differ in {', '.join(sorted(strays))}")
    groups: dict[str, QActionGroup] = {}
    built = {}
    for action in ACTIONS:
        shown = QAction(parent)
        shown.setObjectName(action.id)
        shown.setMenuRole(action.role)
        shown.setCheckable(action.checkable)
        if not action.listed:
            shown.setShortcuts([QKeySequence(key) for key in action.keys])
        if action.group:
            groups.setdefault(action.group, QActionGroup(parent)).addAction(shown)
        shown.triggered.connect(_without_argument(callbacks[action.id]))
        built[action.id] = shown
    title_actions(built)
    enable_actions(built, ())
    return built


def title_actions(built: Mapping[str, QAction]) -> None:
    """Name the actions in the language of the window."""
    for action in ACTIONS:
        title = action.shown_title
        if action.listed:  # what follows a tab is shown in the place of the keys
            title = f"{title}\t{action.shown_keys[0]}"
        built[action.id].setText(title)
        built[action.id].setIconText(action.shown_title)


def enable_actions(built: Mapping[str, QAction], met: Collection[Need]) -> None:
    """Enable the actions whose need is met, and those that are always."""
    for action in ACTIONS:
        built[action.id].setEnabled(action.needs == "always" or action.needs in met)


def _without_argument(callback: Callable[[], None]) -> Callable[[bool], None]:
    """`triggered` says whether the action is checked, which the callback asks of the action."""
    return lambda _checked: callback()
