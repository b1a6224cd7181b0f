"""The language of the window, changed while it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

Language = Literal["system", "en", "ja"]

FOLDER = Path(__file__).with_name("translations")


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark `text` for lupdate, which looks for this name; Qt's own one returns an `object`."""
    return text


class Translator(QObject):
    """Puts the application into a language; every widget then gets a LanguageChange."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._application = application
        self._installed: list[QTranslator] = []
        self.shown: Literal["en", "ja"] = "en"

    def use(self, language: Language) -> None:
        """Speak this language; with "system" the first of the user's that we speak, else English.

        Raises FileNotFoundError when the translation has not been compiled
        (packaging/translations.py does it at set-up).
        """
        self.shown = _system_language() if language == "system" else language
        for translator in self._installed:
            self._application.removeTranslator(translator)
        self._installed = []
        if self.shown == "en":
            return  # it is what the sources are written in
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for folder, name in ((qt, f"qtbase_{self.shown}"), (str(FOLDER), f"inkglass_{self.shown}")):
            translator = QTranslator(self)
            if not translator.load(name, folder):
                raise FileNotFoundError(f"{folder}/{name}.qm")
            self._application.installTranslator(translator)
            self._installed.append(translator)


def _system_language() -> Literal["en", "ja"]:
    for name in QLocale.system().uiLanguages():
        if name.startswith("ja"):
            return "ja"
        if name.startswith("en"):
            return "en"
    return "en"
