"""One look of the window, photographed in every state: see `__main__`."""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.manuscript.units import Unit
from desktop.quantization.workspace import QuantizationWorkspace
from desktop.questions.workspace import QuestionsWorkspace
from desktop.recipe.recipe import Recipe
from desktop.settings import Settings, write_settings
from desktop.strategies.workspace import StrategiesWorkspace
from desktop.window import Window
from models import library
from models.folder import find_folders
from models.operations import open_samplers_folder
from tests.screenshots.texts import BROKEN_SAMPLER, ENGLISH, JAPANESE

CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
WAIT_S = 120.0
FEW = 3  # questions that are asked
CHUNKS = 2  # of the text that levels are compared on
SETTLE_S = 0.25  # throttled repaints and delayed decisions are over by then
LONG_CHAIN = (
    "penalties 64 > dry 0.8 > top-k 40 > typical 0.95 > top-p 0.7 > min-p 0.05 > xtc 0.5 > "
    "temperature 0.7"
)


class Look(msgspec.Struct, frozen=True):
    """How the window is to look: scheme, language, scale, and its size in logical pixels."""

    scheme: str
    language: str = "en"
    percent: int = 100
    width: int = 1440
    height: int = 900

    @property
    def name(self) -> str:
        """What the look is called in the pictures' names."""
        scheme = self.scheme if self.language == "en" else self.language
        return f"{scheme}-{self.percent}" + ("" if self.width == 1440 else f"-{self.width}")


class Photographer:
    """Drives windows of one look, and photographs them as it goes."""

    def __init__(self, look: Look, model: Path, levels: Path, out: Path) -> None:
        self.application = QApplication(sys.argv[:1])
        self._look, self._levels, self._out = look, levels, out
        self._number = itertools.count(1)
        folders = find_folders()
        self._starter = folders.models / model.name
        self._starter.parent.mkdir(parents=True)
        self._starter.symlink_to(model)
        self._document = folders.documents / (
            "灯台.md" if look.language == "ja" else "Lighthouse.md"
        )
        self._document.parent.mkdir(parents=True)
        self._document.write_text(JAPANESE if look.language == "ja" else ENGLISH, "utf-8")
        self._japanese = folders.documents / "日本語.md"
        self._japanese.write_text(JAPANESE, "utf-8")
        self._seed = itertools.count(7)

    # ---- what is photographed --------------------------------------------------------------

    def photograph_all(self) -> None:
        """Every state, in the order of a first day."""
        self._first_run()
        self._model_missing()
        window = self._open()
        self._ready(window)
        self._take(window, "empty")
        window.filing.open_path(self._document)
        self._writing(window)
        self._looking(window)
        self._changing(window)
        self._failing(window)
        self._pages(window)
        self._reading(window)
        self._long_japanese(window)
        self._close(window)

    def _first_run(self) -> None:
        window = self._open(first_run=True)
        self._take(window, "first-run-loading", settle=False)
        self._ready(window)
        self._take(window, "first-run-ready")
        self._close(window)

    def _model_missing(self) -> None:
        away = self._starter.rename(self._starter.with_suffix(".away"))
        window = self._open()
        self._live_until(lambda: window.main.notices.keys)
        self._take(window, "model-missing")
        self._close(window)
        away.rename(self._starter)

    def _writing(self, window: Window) -> None:
        self._go_to_end(window)
        self._press(window, Qt.Key.Key_Return, CTRL)
        self._live_until(lambda: len(self._units(window)) > 12)
        self._take(window, "writing", settle=False)
        self._wait_for_end(window)
        self._take(window, "proposal")

    def _looking(self, window: Window) -> None:
        write = window.write
        write.accept()
        unit = self._unsure(window)
        write.looking.open(unit)
        self._take(window, "step-open")
        for _ in range(8):
            window.write.bar.temperature.setFocus()
            self._press(window, Qt.Key.Key_Right)
        self._take(window, "other-settings")
        write.set_recipe(Recipe.from_preset("balanced"))
        for _ in range(3):
            write.another()
            self._wait_for_end(window)
        write.looking.open(self._unsure(window))
        self._take(window, "versions")
        window.write.set_everything(True)
        self._take(window, "everything")
        write.set_recipe(Recipe.from_text(LONG_CHAIN))
        write.panel.show_side("chain")
        self._take(window, "chain")
        write.panel.show_side("samplers")
        write.samplers.list.setFocus()
        self._take(window, "samplers")
        write.panel.show_side("glass")
        write.set_recipe(Recipe.from_preset("balanced"))
        window.write.set_everything(False)

    def _changing(self, window: Window) -> None:
        editor = window.write.editor
        cursor = editor.textCursor()
        cursor.setPosition(editor.document().findBlockByNumber(2).position())
        end = QTextCursor.MoveOperation.EndOfBlock
        cursor.movePosition(end, QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(cursor)
        window.actions["shorten"].trigger()
        self._wait_for_end(window)
        self._take(window, "change")
        window.write.another()
        self._wait_for_end(window)
        self._take(window, "another-change")
        window.write.refuse()
        window.actions["titles"].trigger()
        self._wait_for_end(window)
        self._take(window, "titles")
        window.write.refuse()
        self._go_to_end(window)

    def _failing(self, window: Window) -> None:
        write = window.write
        sampler = open_samplers_folder() / "short_words.py"
        sampler.write_text(BROKEN_SAMPLER)
        write.set_recipe(Recipe.from_text("user short_words.py > temperature 0.7"))
        write.go_on()
        self._wait_for_end(window)
        self._take(window, "error")
        details = [b for b in window.main.notices.findChildren(QPushButton) if b.isCheckable()]
        details[0].click()
        self._take(window, "error-unfolded")
        details[0].click()
        write.open_samplers()
        self._take(window, "sampler-failed")
        write.samplers.code.setFocus()
        QTest.keyClicks(write.samplers.code, "# mine")
        sampler.write_text(f"# from another editor\n{BROKEN_SAMPLER}")
        self._live_until(lambda: write.samplers.keep.isVisibleTo(window.main))
        self._take(window, "sampler-conflict")
        write.samplers.reload.click()
        for key in window.main.notices.keys:
            window.main.notices.withdraw(key)
        write.set_recipe(Recipe.from_preset("balanced"))
        window.write.set_everything(False)

    def _pages(self, window: Window) -> None:
        for page in ("library", "settings", "shortcuts"):
            window.main.show_page(page)
            self._settle()  # the library looks at its models first
            self._settle()
            self._take(window, page)
        window.main.show_page("strategies")
        strategies = window.workspaces.built["strategies"]
        assert isinstance(strategies, StrategiesWorkspace)
        strategies.take_prompt(self._text[:200])
        strategies.run()
        self._live_until(lambda: not strategies.busy)
        self._take(window, "strategies")
        window.main.show_page("questions")
        questions = window.workspaces.built["questions"]
        assert isinstance(questions, QuestionsWorkspace)
        self._live_until(lambda: bool(questions.page.models))
        if self._look.language == "ja":
            questions.page.set_wanted.emit("japanese")
            questions.page.set.setCurrentIndex(questions.page.set.findData("japanese"))
        questions.take_questions(questions.questions[:FEW])
        questions.run()
        self._live_until(lambda: not questions.busy)
        self._take(window, "questions")
        self._comparing(window)
        window.main.show_page("write")
        window.write.find_bar.open()
        window.write.find_bar.text.setText(self._text[2:5])
        self._take(window, "find")
        window.write.find_bar.close_bar()
        window.write.bar.preset_menu.click()
        popup = self.application.activePopupWidget()
        if popup is not None:
            self._settle()
            popup.grab().save(self._path("presets"))
            popup.close()

    def _comparing(self, window: Window) -> None:
        for level in sorted(self._levels.glob("*.gguf")):
            library.add_link(path=level)
        window.main.show_page("quantization")
        quantization = window.workspaces.built["quantization"]
        assert isinstance(quantization, QuantizationWorkspace)
        selection = quantization.page.selection
        self._live_until(lambda: selection.levels)
        if self._look.language == "ja":
            selection.text_wanted.emit("japanese")
            selection.text.setCurrentIndex(selection.text.findData("japanese"))
        selection.chunks.setValue(CHUNKS)
        quantization.run()
        self._live_until(lambda: not quantization.busy)
        self._take(window, "quantization")
        self._ready(window)

    def _reading(self, window: Window) -> None:
        window.filing.new()
        window.write.page.replace_all(self._text)
        window.actions["own-heat"].trigger()
        self._live_until(lambda: not window.write.reading.running)
        unit = window.write.looking.read.unit_at(len(self._text) // 2)
        if unit is not None:
            window.write.looking.open(unit)
        self._take(window, "own-heat")

    def _long_japanese(self, window: Window) -> None:
        window.filing.open_path(self._japanese)
        self._go_to_end(window)
        window.write.go_on()
        self._wait_for_end(window)
        joined = [unit for unit in self._units(window) if unit.last > unit.first]
        window.write.looking.open(joined[len(joined) // 2] if joined else self._unsure(window))
        self._take(window, "japanese")

    # ---- how -------------------------------------------------------------------------------

    @property
    def _text(self) -> str:
        return self._document.read_text("utf-8")

    def _open(self, *, first_run: bool = False) -> Window:
        look = self._look
        settings = Settings(context=2048, threads=2, first_run_done=not first_run)
        settings.scheme, settings.language = look.scheme, look.language  # type: ignore[assignment]
        write_settings(find_folders().settings, settings)
        window = Window(self.application, seeds=lambda: next(self._seed))
        window.show()
        window.main.resize(look.width, look.height)
        window.main.activateWindow()
        self._live_until(window.main.isActiveWindow)
        return window

    def _close(self, window: Window) -> None:
        window.main.close()
        window.main.deleteLater()
        window.deleteLater()
        self.application.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _ready(self, window: Window) -> None:
        self._live_until(lambda: window.model.state == "ready")

    def _wait_for_end(self, window: Window) -> None:
        write = window.write
        self._live_until(lambda: not (write.continuing.running or write.rewriting.running))

    def _units(self, window: Window) -> list[Unit]:
        manuscript = window.write.page.manuscript
        return list(manuscript.units_between(0, manuscript.length))

    def _unsure(self, window: Window) -> Unit:
        """A word in the middle that the model was not sure of."""
        units = self._units(window)
        middle = units[len(units) // 4 : -2] or units
        letters = window.write.page.manuscript.text_between
        words = [u for u in middle if letters(u.start, u.end).strip().isalpha()]
        return min(words or middle, key=lambda unit: abs(unit.probability - 0.3))

    def _go_to_end(self, window: Window) -> None:
        window.write.editor.setFocus()
        QTest.keyClick(window.write.editor, Qt.Key.Key_End, CTRL)

    def _press(self, window: Window, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(self.application.focusWidget() or window.write.editor, key, modifier)

    def _live_until(self, holds: Callable[[], object]) -> None:
        """Let the window live until something holds. Not by QTest.qWait, which keeps the GIL."""
        deadline = time.monotonic() + WAIT_S
        while not holds():
            if time.monotonic() > deadline:
                raise TimeoutError("The window did not come to the state to be photographed.")
            self.application.processEvents()
            time.sleep(0.002)

    def _settle(self) -> None:
        end = time.monotonic() + SETTLE_S
        self._live_until(lambda: time.monotonic() > end)

    def _path(self, state: str) -> str:
        return str(self._out / f"{next(self._number):02}-{state}-{self._look.name}.png")

    def _take(self, window: Window, state: str, *, settle: bool = True) -> None:
        if settle:
            self._settle()
        self.application.processEvents()
        window.main.grab().save(self._path(state))


if __name__ == "__main__":
    _, look, *paths = sys.argv
    Photographer(msgspec.json.decode(look, type=Look), *map(Path, paths)).photograph_all()
