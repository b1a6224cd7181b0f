import sys, traceback, random
from tests.desktop.test_monkey import *
def test_x(open_window, wait, monkeypatch):
    chance = random.Random(1)
    window = open_window()
    sys.excepthook = lambda t,e,tb: traceback.print_exception(t,e,tb)
    monkeypatch.setattr(window.filing, "_ask_save_path", lambda _p: None)
    window.settings.tokens = 12
    editor, page = window.write.editor, window.write.page
    QTest.keyClicks(editor, "The keeper wound the clock, because")
    wait(lambda: window.model.state == "ready")
    deeds = list_deeds(window, chance)
    for _ in range(EVENTS):
        d=chance.choice(deeds)()
        print("D", d, "| composing", editor.composing, "waiting", len(editor._waiting), "run", window.write.continuing.running, "ed", len(editor.text()), "ms", page.manuscript.length, flush=True)
        end = time.monotonic() + chance.choice([0, 0, 0, 0.01, 0.1])
        while time.monotonic() < end:
            QApplication.processEvents(); time.sleep(0.002)
        if not editor.composing and editor.text() != page.manuscript.text:
            print("BAD", repr(editor.text()), repr(page.manuscript.text)); break
        if QApplication.focusWidget() is not editor and chance.random() < 0.5:
            editor.setFocus()
