import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton

from desktop.shell.main_window import MainWindow
from desktop.shell.notices import MOST_SHOWN, NoticeButton, Notices, Severity
from desktop.translation import Translator
from tests.desktop.shell.windows import open_window


@pytest.fixture
def notices(window: MainWindow) -> Notices:
    open_window(window)
    return window.notices


def shown_sentences(notices: Notices) -> list[str]:
    return [
        label.text()
        for label in notices.findChildren(QLabel)
        if label.isVisible() and label.wordWrap()
    ]


def button(notices: Notices, name: str) -> QPushButton:
    return next(b for b in notices.findChildren(QPushButton) if b.accessibleName() == name)


@pytest.mark.parametrize(
    ("severity", "word"),
    [("information", "Note"), ("good", "Done"), ("warning", "Warning"), ("bad", "Error")],
)
def test_a_notice_says_its_severity_in_a_word(
    notices: Notices, severity: Severity, word: str
) -> None:
    notices.post("a", "Something happened.", severity)
    texts = [label.text() for label in notices.findChildren(QLabel) if label.isVisible()]
    assert word in texts
    assert shown_sentences(notices) == ["Something happened."]


def test_an_error_of_another_room_follows_the_language(
    notices: Notices, translator: Translator
) -> None:
    notices.post("a", "The context is full: choose a larger --context or a shorter text.", "bad")
    english = "The context is full: choose a larger one in the settings, or a shorter text."
    assert shown_sentences(notices) == [english]
    translator.use("ja")
    QApplication.sendPostedEvents()
    japanese = "コンテキストがいっぱいです。設定で大きくするか、文章を短くしてください。"
    assert shown_sentences(notices) == [japanese]
    assert button(notices, f"閉じる：{japanese}").isVisible()


def test_what_the_window_says_itself_follows_the_language_too(
    notices: Notices, translator: Translator
) -> None:
    def title() -> str:
        return QCoreApplication.translate("Action", "New")

    buttons = [NoticeButton(title), NoticeButton(title, choices=[NoticeButton(title)])]
    notices.post("a", title, "bad", buttons=buttons)
    for language, word in (("en", "New"), ("ja", "新規"), ("en", "New")):
        translator.use("ja" if language == "ja" else "en")
        QApplication.sendPostedEvents()
        assert shown_sentences(notices) == [word]
        pressed = [b for b in notices.findChildren(QPushButton) if b.accessibleName() == word]
        assert [b.text() for b in pressed] == [word, word]
        assert [action.text() for action in pressed[1].menu().actions()] == [word]


def test_the_same_key_replaces(notices: Notices) -> None:
    notices.post("a", "First.", "bad")
    notices.post("a", "Second.", "warning")
    assert shown_sentences(notices) == ["Second."]


def test_three_are_shown_and_the_others_come_when_there_is_room(notices: Notices) -> None:
    for number in range(5):
        notices.post(str(number), f"Sentence {number}.", "bad")
    assert len(shown_sentences(notices)) == MOST_SHOWN
    assert shown_sentences(notices) == ["Sentence 2.", "Sentence 3.", "Sentence 4."]
    notices.withdraw("4")
    assert shown_sentences(notices) == ["Sentence 1.", "Sentence 2.", "Sentence 3."]


def test_it_stays_until_it_is_dismissed(notices: Notices) -> None:
    notices.post("a", "Something happened.", "bad")
    QTest.keyClick(notices, Qt.Key.Key_Escape)
    assert shown_sentences(notices) == ["Something happened."]
    button(notices, "Dismiss: Something happened.").click()
    assert shown_sentences(notices) == []
    assert not notices.isVisible()


def test_details_unfold(notices: Notices) -> None:
    notices.post("a", "Something happened.", "bad", "Traceback: here")
    (details,) = notices.findChildren(QPlainTextEdit)
    assert not details.isVisible()
    button(notices, "Show details").click()
    assert details.isVisible()
    assert details.toPlainText() == "Traceback: here"
    button(notices, "Hide details").click()
    assert not details.isVisible()


def test_a_way_out_ends_the_notice(notices: Notices) -> None:
    done: list[tuple[str, ...]] = []
    buttons = [NoticeButton("Try again", lambda: done.append(notices.keys))]
    notices.post("a", "Something happened.", "bad", buttons=buttons)
    button(notices, "Try again").click()
    assert done == [()]


def test_the_keyboard_is_not_lost_with_a_notice(notices: Notices) -> None:
    notices.post("a", "Something happened.", "bad")
    close = button(notices, "Dismiss: Something happened.")
    close.setFocus()
    QTest.keyClick(close, Qt.Key.Key_Space)
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert not notices.isAncestorOf(focused)


def test_a_sentence_is_never_markup(notices: Notices) -> None:
    notices.post("a", "The file <b>a</b> is broken.", "bad")
    label = next(label for label in notices.findChildren(QLabel) if label.wordWrap())
    assert label.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("language", ["en", "ja"])
def test_long_buttons_leave_the_sentence_readable(
    window: MainWindow, translator: Translator, language: str
) -> None:
    translator.use("ja" if language == "ja" else "en")
    open_window(window)
    titles = {
        "en": ("The wind blew over the quiet harbour", "Another document", "A third document here"),
        "ja": ("静かな港と船の上を風が吹きわたっていきました", "ほかの文書", "三つ目の文書"),
    }[language]
    sentence = {"en": "Further documents hold text that is in no file.", "ja": "保存" * 24}[
        language
    ]
    buttons = [NoticeButton(title) for title in titles]
    window.notices.post("a", sentence, "information", "Traceback", buttons)
    QApplication.processEvents()
    assert window.width() == 1024
    label = next(label for label in window.notices.findChildren(QLabel) if label.wordWrap())
    assert label.width() >= 300
    assert label.height() >= label.heightForWidth(label.width())
    for title in titles:
        shown = button(window.notices, title)
        assert shown.width() >= shown.sizeHint().width()
        assert window.notices.rect().contains(
            shown.rect().translated(shown.mapTo(window.notices, shown.rect().topLeft()))
        )
