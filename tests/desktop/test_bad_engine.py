"""An engine, a model file or a sampler that fails under the window: the text stays."""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import psutil
import pytest

from desktop.shell.elided_label import ElidedLabel
from desktop.window import Window
from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.person import (
    CTRL,
    KEY,
    LONG,
    SHIFT,
    USUAL,
    go_on,
    press,
    said,
    select,
    text_of,
    type_text,
    units,
    use_sampler,
)

OPENING = "The keeper wound the clock every evening at six, because"

pytestmark = pytest.mark.slow


def status_of(window: Window) -> str:
    """What the status line says in words."""
    labels = window.main.status_line.findChildren(ElidedLabel)
    return " ".join(label.whole_text for label in labels)


def begin(window: Window, wait: Wait, tokens: int = LONG) -> None:
    """Type the opening, and let the model write a few words and go on."""
    window.settings.tokens = tokens
    type_text(window, OPENING)
    press(window, KEY.Key_Return, CTRL)
    wait(lambda: len(units(window)) > 3)


def test_a_stopped_engine_is_ended_by_esc_and_replaced(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    begin(window, wait)
    pid = window.link.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    text = text_of(window)
    press(window, KEY.Key_Escape)
    wait(lambda: not window.write.continuing.running)
    assert not psutil.pid_exists(pid)
    assert text_of(window).startswith(text)
    assert said(window) == ""  # it was asked for
    press(window, KEY.Key_End, CTRL)
    before = text_of(window)
    go_on(window, wait)
    assert len(text_of(window)) > len(before)
    assert window.link.pid not in {None, pid}


def test_typing_goes_on_while_the_engine_hangs(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    begin(window, wait)
    pid = window.link.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    text = text_of(window)
    type_text(window, " My own words")
    assert text_of(window) == f"{OPENING} My own words{text[len(OPENING) :]}"
    wait(lambda: not window.write.continuing.running)
    assert not psutil.pid_exists(pid)


def test_a_model_file_that_disappears_is_said_at_the_next_load(
    open_window: OpenWindow, wait: Wait, home_with_starter: Path, starter_path: Path
) -> None:
    link = home_with_starter / "models" / starter_path.name
    link.unlink()
    shutil.copy(starter_path, link)
    window = open_window()
    begin(window, wait, USUAL)
    link.unlink()
    wait(lambda: not window.write.continuing.running)
    press(window, KEY.Key_End, CTRL)
    text = text_of(window)
    go_on(window, wait)  # it is still mapped
    assert len(text_of(window)) > len(text)
    text = text_of(window)
    pid = window.link.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait(lambda: window.model.state == "none")
    assert "no model" in status_of(window)
    for _ in range(2):
        go_on(window, wait)
        assert text_of(window) == text
        assert window.main.notices.keys == ("model",)
        assert starter_path.name in said(window)
    shutil.copy(starter_path, link)
    go_on(window, wait)
    assert len(text_of(window)) > len(text)
    assert window.model.state == "ready"
    assert said(window) == ""


def test_a_new_start_of_the_engine_is_seen_and_esc_does_not_wait_for_it(
    open_window: OpenWindow, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    begin(window, wait)
    pid = window.link.pid
    assert pid is not None
    popen, started = subprocess.Popen, list[int]()

    def start(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        process = popen(*arguments, **options)
        os.kill(process.pid, signal.SIGSTOP)  # it loads for as long as it is looked at
        started.append(process.pid)
        return process

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "Popen", start)
        os.kill(pid, signal.SIGKILL)
        wait(lambda: started)
    (new,) = started
    wait(lambda: window.model.state == "loading")
    wait(lambda: not window.write.continuing.running)
    assert "The engine ended while it worked" in said(window)
    assert "Loading the model" in status_of(window)
    text = text_of(window)
    press(window, KEY.Key_End, CTRL)
    press(window, KEY.Key_Return, CTRL)
    assert window.write.continuing.running
    assert "The model is being loaded" in said(window)
    press(window, KEY.Key_Escape)
    wait(lambda: not window.write.continuing.running)
    assert window.model.state == "loading"
    os.kill(new, signal.SIGCONT)
    wait(lambda: window.model.state == "ready")
    assert text_of(window) == text
    go_on(window, wait)
    assert len(text_of(window)) > len(text)


def test_a_model_file_that_is_cut_ends_the_engine_alone(
    open_window: OpenWindow, wait: Wait, home_with_starter: Path, starter_path: Path
) -> None:
    link = home_with_starter / "models" / starter_path.name
    link.unlink()
    shutil.copy(starter_path, link)
    window = open_window()
    begin(window, wait)
    text = text_of(window)
    os.truncate(link, 1_000_000)
    wait(lambda: "engine" in window.main.notices.keys)
    wait(lambda: not window.write.continuing.running)
    assert "a mapped model file shrank or its disk failed" in said(window)
    assert text_of(window).startswith(text)
    wait(lambda: window.model.state == "none")
    press(window, KEY.Key_End, CTRL)
    text = text_of(window)
    go_on(window, wait)
    assert text_of(window) == text
    assert window.main.notices.keys == ("model",)
    assert starter_path.name in said(window)
    shutil.copy(starter_path, link)
    go_on(window, wait)
    assert len(text_of(window)) > len(text)


SAMPLER = """
def sample(logits, tokens):
    if len(tokens) > {most}:
        {then}
    return logits
"""


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("raise ValueError('no more words')", "failed at line 4: ValueError: no more words"),
        ("while True: pass", "failed at line 4: it did not end in the two seconds"),
    ],
)
def test_a_sampler_that_fails_is_mended_while_the_model_stays(
    open_window: OpenWindow, wait: Wait, then: str, words: str
) -> None:
    window = open_window()
    file = use_sampler(window, "stops.py", SAMPLER.format(most=18, then=then))
    type_text(window, OPENING)
    go_on(window, wait)
    assert words in said(window)
    assert len(units(window)) > 2
    text, pid = text_of(window), window.link.pid
    file.write_text(SAMPLER.format(most=10_000, then=then))
    go_on(window, wait)
    assert len(text_of(window)) > len(text)
    assert text_of(window).startswith(text)
    assert window.link.pid == pid
    assert said(window) == ""


def test_a_sampler_that_fails_in_a_rewrite_is_said(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    use_sampler(window, "stops.py", SAMPLER.format(most=0, then="raise ValueError('no')"))
    type_text(window, OPENING)
    select(window, 0, 10)
    wait(lambda: window.model.state == "ready")
    press(window, KEY.Key_R, CTRL | SHIFT)
    wait(lambda: window.write.rewriting.proposing)
    wait(lambda: not window.write.rewriting.running)
    assert "failed at line 4: ValueError: no" in said(window)
    assert not window.write.card.isVisible()
    assert text_of(window) == OPENING


def test_a_missing_sampler_is_said(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    use_sampler(window, "gone.py", "def sample(l, t): return l").unlink()
    type_text(window, OPENING)
    wait(lambda: window.model.state == "ready")
    press(window, KEY.Key_Return, CTRL)
    assert "There is no sampler gone.py" in said(window)
    assert not window.write.continuing.running
    assert text_of(window) == OPENING


def test_without_bos_the_model_writes(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    window.write.bar.special_changed.emit(False)
    type_text(window, OPENING)
    go_on(window, wait)
    assert units(window)
    assert not window.write.page.manuscript.record(1).special


def test_closing_during_the_load_ends_everything(open_window: OpenWindow) -> None:
    window = open_window()
    type_text(window, OPENING)
    press(window, KEY.Key_Return, CTRL)
    window.main.close()
    assert not window.main.isVisible()
    again = open_window()
    assert text_of(again) == OPENING


def test_esc_during_the_load_takes_the_wish_back(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    type_text(window, OPENING)
    press(window, KEY.Key_Return, CTRL)
    press(window, KEY.Key_Escape)
    wait(lambda: not window.write.continuing.running)
    wait(lambda: window.model.state == "ready")
    assert text_of(window) == OPENING
    go_on(window, wait)
    assert len(text_of(window)) > len(OPENING)
