"""Samplers that the user writes: which there are, which are in the chain, and their text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.recipe.code_edit import CodeEdit
from desktop.recipe.sampler_files import SamplerFiles, find_mistake
from desktop.recipe.sampler_list import SamplerList
from desktop.recipe.sentence import Sentence
from desktop.theme.theme import Theme
from models.errors import InputError


@dataclass(slots=True)
class _Open:
    """A file at work: its text, and what the file held when it was read or saved."""

    document: QTextDocument
    on_disk: str


@dataclass(frozen=True, slots=True)
class _Failure:
    """What is wrong with a file, and where, if that is known."""

    line: int | None
    sentence: str
    traceback: str = ""


_NO_FAILURE = _Failure(None, "")


class SamplerEditor(QWidget):
    """The files of the samplers folder. A checked one is a stage of the chain.

    Each file keeps its own text and undo history while others are looked at; what is not saved is
    never dropped, even where the file changes on disk; and what was saved elsewhere meanwhile is
    written over only where the person says so.

    saved(name)              a file was written
    unsaved_changed          a file got changes that are not saved, or has none any more
    use_changed(name, used)  a sampler was put into the chain or taken out
    """

    saved = Signal(str)
    unsaved_changed = Signal()
    use_changed = Signal(str, bool)

    def __init__(self, theme: Theme, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.files = SamplerFiles(folder, self)
        self._used: frozenset[str] = frozenset()
        self._open: dict[str, _Open] = {}
        self._failures: dict[str, _Failure] = {}
        self._shown = ""
        self._told = "", _NO_FAILURE  # what is said about which file

        self._note = Sentence(theme, "dim")
        self.list = SamplerList(theme)
        self.new = QPushButton()
        self.elsewhere = QPushButton()
        self.save = QPushButton()
        self.reload = QPushButton()
        self.keep = QPushButton()
        for button in (self.new, self.elsewhere, self.save, self.reload, self.keep):
            button.setProperty("quiet", True)
        self.name = QLineEdit()
        self.name.setVisible(False)
        self.name.installEventFilter(self)
        self._name_complaint = Sentence(theme, "bad")
        self._title = Sentence(theme, "ink")
        self._conflict = Sentence(theme, "bad")
        self.code = CodeEdit(theme)
        self.code.installEventFilter(self)
        self._nothing = self.code.make_document("", self)
        self._complaint = Sentence(theme, "bad")
        self.traceback = QPlainTextEdit()
        self.traceback.setProperty("field", True)
        self.traceback.setReadOnly(True)
        self.traceback.setTabChangesFocus(True)
        self.traceback.setFont(theme.token_font(12))
        self.traceback.setFixedHeight(self.traceback.fontMetrics().lineSpacing() * 6 + 12)
        self._lay_out()

        self.list.chosen.connect(self._show_text)
        self.list.checked.connect(self._use)
        self.new.clicked.connect(self._ask_name)
        self.name.returnPressed.connect(self._create)
        self.elsewhere.clicked.connect(self._open_elsewhere)
        self.save.clicked.connect(self.save_shown)
        self.reload.clicked.connect(self._reload)
        self.keep.clicked.connect(self._keep)
        self.files.changed.connect(self._follow_folder)
        self._retranslate()
        self._follow_folder()

    @property
    def shown(self) -> str:
        """The name of the file whose text is shown; empty if there is none."""
        return self._shown

    @property
    def complaint(self) -> str:
        """What is said about the file that is shown; empty if nothing is wrong with it."""
        return self._conflict.text() or self._complaint.text()

    @property
    def unsaved(self) -> list[str]:
        """The files with changes that are not saved."""
        return [name for name, opened in self._open.items() if opened.document.isModified()]

    def set_used(self, files: Iterable[str]) -> None:
        """Show which samplers are in the chain; no signal."""
        self._used = frozenset(files)
        self._fill_list()

    def show_file(self, name: str) -> None:
        """Show the text of this sampler, if the folder has it."""
        self.list.choose(name)

    def show_failure(self, file: str, line: int | None, message: str, traceback: str) -> None:
        """Show where a sampler failed, until it is saved again."""
        self._failures[file] = _Failure(line, message, traceback)
        self._told = "", _NO_FAILURE
        self.show_file(file)
        if file == self._shown:
            self._show_failure()

    def save_shown(self) -> None:
        """Save the file that is shown; a mistake in it is pointed out, and it is saved anyway."""
        if self._shown in self._open:
            self._save(self._shown)

    def save_all(self) -> bool:
        """Save every file with changes; returns whether all are saved, else one that is not is
        shown.
        """
        for name in self.unsaved:
            self._save(name)
        if left := self.unsaved:
            self.show_file(left[0])
        return not left

    def _save(self, name: str, *, over: bool = False) -> None:
        opened = self._open[name]
        text = opened.document.toPlainText()
        if not over and self._is_changed_elsewhere(name):
            self._name_files()  # it asks which one is to stay
            return
        try:
            self.files.save(name, text)
        except InputError as error:
            self._failures[name] = _Failure(None, str(error))
            self._show_failure()
            return
        opened.on_disk = text
        opened.document.setModified(False)
        self._failures.pop(name, None)
        mistake = find_mistake(name, text)
        if mistake is not None:
            said = self.tr("Saved, but Python cannot read it: {message}.")
            if mistake.line is not None:
                said = self.tr("Saved, but Python cannot read line {line}: {message}.")
            said = said.format(line=mistake.line, message=mistake.message)
            self._failures[name] = _Failure(mistake.line, said)
        self._follow_folder()
        self.saved.emit(name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Ctrl+S in the code saves the sampler, not the document; Esc takes the name line away.
        if isinstance(event, QKeyEvent):
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            saves = watched is self.code and control and event.key() == Qt.Key.Key_S
            leaves = watched is self.name and event.key() == Qt.Key.Key_Escape
            if (saves or leaves) and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if (saves or leaves) and event.type() == QEvent.Type.KeyPress:
                if saves:
                    self.save_shown()
                else:
                    self._leave_name()
                    self.new.setFocus()
                return True
        return False

    def _lay_out(self) -> None:
        files, text, choice = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row, buttons in (
            (files, (self.new, self.name)),
            (text, (self.elsewhere, self.save)),
            (choice, (self.keep, self.reload)),
        ):
            row.setSpacing(8)
            for button in buttons:
                row.addWidget(button)
            row.addStretch()
        files.setStretch(1, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 16)
        page.setSpacing(8)
        page.addWidget(self._note)
        page.addWidget(self.list)
        page.addLayout(files)
        page.addWidget(self._name_complaint)
        page.addWidget(self._title)
        page.addLayout(text)
        page.addWidget(self._conflict)
        page.addLayout(choice)
        page.addWidget(self.code, 1)
        page.addWidget(self._complaint)
        page.addWidget(self.traceback)

    def _follow_folder(self) -> None:
        """Read the folder again; a text follows its file, unless it has changes of its own."""
        names = self.files.names()
        for name, opened in list(self._open.items()):
            if opened.document.isModified():
                continue
            if name not in names:
                self._close(name)
                continue
            text = self._read(name)
            if text is not None and text != opened.on_disk:
                opened.document.setPlainText(text)
                opened.document.setModified(False)
                opened.on_disk = text
                self._failures.pop(name, None)
        self._fill_list()
        self._show_failure()

    def _close(self, name: str) -> None:
        if name == self._shown:
            self._show_text("")
        self._open.pop(name).document.deleteLater()
        self._failures.pop(name, None)

    def _read(self, name: str) -> str | None:
        try:
            return self.files.read(name)
        except InputError as error:
            self._failures[name] = _Failure(None, str(error))
            return None

    def _fill_list(self) -> None:
        names = sorted({*self.files.names(), *self.unsaved, *self._used})
        self.list.fill(names, self._used, self._shown)
        if not names:
            self._show_text("")
        self._name_files()

    def _name_files(self) -> None:
        """Say in the list and in the title which files have changes that are not saved."""
        present = self.files.names()
        states = dict.fromkeys(self.unsaved, self.tr("not saved"))
        gone = self._used - set(present) | set(self.unsaved) - set(present)
        states |= dict.fromkeys(gone, self.tr("no longer in the folder"))
        self.list.describe(states, self.tr("Checked, it is a stage of the chain."))
        opened = self._open.get(self._shown)
        unsaved = opened is not None and opened.document.isModified()
        marked = self.tr("{file} · not saved").format(file=self._shown) if unsaved else self._shown
        self._title.say(marked)
        self.save.setEnabled(opened is not None)
        self.elsewhere.setEnabled(self._shown in present)
        torn = unsaved and self._is_changed_elsewhere(self._shown)
        asked = self.tr("{name} was changed by another program. Which one is to stay?")
        self._conflict.say(asked.format(name=self._shown) if torn else "")
        self.reload.setVisible(torn)
        self.keep.setVisible(torn)

    def _is_changed_elsewhere(self, name: str) -> bool:
        """Whether the file holds neither what was read of it nor what is shown."""
        opened = self._open[name]
        return self.files.differs(name, (opened.on_disk, opened.document.toPlainText()))

    def _use(self, name: str, use: bool) -> None:
        if use != (name in self._used):
            self._used = self._used | {name} if use else self._used - {name}
            self.use_changed.emit(name, use)

    def _show_text(self, name: str) -> None:
        if name and name not in self._open:
            text = self._read(name)
            if text is not None:
                document = self.code.make_document(text, self)
                document.modificationChanged.connect(self._name_files)
                document.modificationChanged.connect(self.unsaved_changed)
                self._open[name] = _Open(document, text)
        self._shown = name
        opened = self._open.get(name)
        self.code.setDocument(opened.document if opened else self._nothing)
        self.code.setReadOnly(opened is None)
        self._name_files()
        self._show_failure()

    def _show_failure(self) -> None:
        failure = self._failures.get(self._shown, _NO_FAILURE)
        if self._told == (self._shown, failure):
            return  # the cursor is where the user has it by now
        self._told = self._shown, failure
        self._complaint.say(failure.sentence)
        self.traceback.setPlainText(failure.traceback)
        self.traceback.setVisible(bool(failure.traceback))
        self.code.mark_line(failure.line)

    def _reload(self) -> None:
        """Take the text of the file; the one that is not saved comes back with undo."""
        text = self._read(self._shown)
        if text is None:
            return
        opened = self._open[self._shown]
        cursor = QTextCursor(opened.document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        opened.on_disk = text
        self._failures.pop(self._shown, None)
        opened.document.setModified(False)
        self._name_files()
        self._show_failure()

    def _keep(self) -> None:
        """Write over what another program has saved."""
        if self._shown in self._open:
            self._save(self._shown, over=True)

    def _ask_name(self) -> None:
        self.name.setText(self.files.free_name())
        self.name.setVisible(True)
        self.name.setFocus()
        self.name.setSelection(0, len(self.name.text()) - len(".py"))

    def _create(self) -> None:
        try:
            name = self.files.create(self.name.text())
        except InputError as error:
            self._name_complaint.say(str(error))
            return
        self._leave_name()
        self._follow_folder()
        self.show_file(name)
        self.code.setFocus()

    def _leave_name(self) -> None:
        self.name.setVisible(False)
        self._name_complaint.say("")

    def _open_elsewhere(self) -> None:
        path = self.files.folder / self._shown
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._complaint.say(
                self.tr("This system has no program for Python files: open {path} in one.").format(
                    path=path
                )
            )

    def _retranslate(self) -> None:
        self._note.say(
            self.tr(
                "Samplers are programs and may do whatever you may: use only those that you have "
                "read. A checked one is a stage of the chain."
            )
        )
        self.list.setAccessibleName(self.tr("Samplers"))
        self.new.setText(self.tr("New"))
        self.new.setToolTip(self.tr("Makes a sampler that changes nothing yet."))
        self.name.setAccessibleName(self.tr("Name of the new sampler"))
        self.name.setToolTip(self.tr("Return makes it, Esc does not."))
        self.elsewhere.setText(self.tr("Open in my own editor"))
        self.elsewhere.setToolTip(self.tr("What you save there appears here at once."))
        self.save.setText(self.tr("Save"))
        self.save.setToolTip(
            self.tr("Saves the sampler ({key}); the next token uses it.").format(
                key=QKeySequence("Ctrl+S").toString(QKeySequence.SequenceFormat.NativeText)
            )
        )
        self.reload.setText(self.tr("Take the file's text"))
        self.reload.setToolTip(
            self.tr("The file was changed elsewhere. Undo brings your own text back.")
        )
        self.keep.setText(self.tr("Keep mine"))
        self.keep.setToolTip(self.tr("Writes your text over what was saved elsewhere."))
        self.code.setAccessibleName(self.tr("Text of the sampler"))
        self.traceback.setAccessibleName(self.tr("Where it failed"))
        self._name_files()
