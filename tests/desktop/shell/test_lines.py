"""The top line and the status line."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.shell.elided_label import ElidedLabel
from desktop.shell.main_window import MainWindow
from desktop.shell.status_line import StatusLine
from desktop.shell.top_line import TopLine, Unit
from desktop.theme.theme import Theme
from tests.desktop.shell.windows import open_window


def shown_texts(widget: StatusLine | TopLine) -> list[str]:
    return [
        label.whole_text if isinstance(label, ElidedLabel) else label.text().replace("<b>", "")
        for label in widget.findChildren(QLabel)
        if label.isVisible() and (label.text() or isinstance(label, ElidedLabel))
    ]


@pytest.mark.parametrize(
    ("edited", "count", "unit", "text"),
    [
        (True, 412, "words", "edited · 412 words"),
        (False, 1, "words", "1 word"),
        (True, 1204, "characters", "edited · 1,204 characters"),
        (True, None, "words", "edited"),
    ],
)
def test_the_top_line_describes_the_document(
    theme: Theme, edited: bool, count: int | None, unit: Unit, text: str
) -> None:
    line = TopLine()
    line.set_document("Lighthouse.md", edited=edited, count=count, unit=unit)
    open_window(line, 600, 40)
    assert shown_texts(line) == ["Lighthouse.md", text]


def test_the_switch_says_what_was_chosen(theme: Theme) -> None:
    line = TopLine()
    chosen: list[bool] = []
    line.everything_chosen.connect(chosen.append)
    simple, everything = line.switch.menu().actions()
    everything.trigger()
    simple.trigger()
    assert chosen == [True, False]
    line.set_everything(True)
    assert line.switch.text() == "Everything"
    assert chosen == [True, False]  # a setter says nothing back


def fill(line: StatusLine) -> None:
    line.set_model("Mistral-7B-v0.1", "Q4_K_M")
    line.set_fit("fits, 3.1 GB to spare", "good")
    line.set_context(812, 4096)
    line.set_speed(9.42)
    line.set_reused(0.97)
    line.set_saved("saved 2 s ago")


def test_the_status_line_shows_what_is_known(window: MainWindow) -> None:
    line = window.status_line
    open_window(window, 1280)
    assert shown_texts(line) == ["offline", ""]
    fill(line)
    QApplication.processEvents()
    assert [text.replace("</b>", "") for text in shown_texts(line)] == [
        "Mistral-7B-v0.1",
        "Q4_K_M",
        "fits, 3.1 GB to spare",
        "context 812 / 4,096",
        "9.4\u202ftokens/s",
        "prompt reused 97\u202f%",
        "offline",
        "saved 2 s ago",
    ]
    line.set_speed(0)
    line.set_reused(None)
    line.set_context(0, 0)
    QApplication.processEvents()
    assert len(shown_texts(line)) == 5


def test_a_short_status_line_keeps_what_matters(window: MainWindow) -> None:
    line = window.status_line
    open_window(window, 1024)
    fill(line)
    line.set_fit("tight: 0.2 GB to spare, so close other programs or choose Q3_K_M", "warning")
    QApplication.processEvents()
    texts = shown_texts(line)
    assert "prompt reused 97\u202f%" not in texts
    assert {"Mistral-7B-v0.1", "Q4_K_M", "offline", "saved 2 s ago"} <= set(texts)
    assert line.minimumSizeHint().width() <= 1024


def test_a_cut_text_is_whole_on_hover(theme: Theme) -> None:
    label = ElidedLabel()
    label.set_whole_text("a name that is far too long for the room that it has")
    open_window(label, 90, 20)
    assert label.text().endswith("…")
    assert label.toolTip() == label.whole_text == label.accessibleName()
    label.resize(900, 20)
    QApplication.processEvents()
    assert label.text() == label.whole_text
    assert label.toolTip() == ""


def test_the_status_line_keeps_its_height_while_a_model_loads(window: MainWindow) -> None:
    open_window(window)
    heights = set()
    for name, level in (("", ""), ("Loading", ""), ("SmolLM2", "Q4_1")):
        window.status_line.set_model(name, level)
        QApplication.processEvents()
        heights.add(window.status_line.height())
    assert len(heights) == 1
