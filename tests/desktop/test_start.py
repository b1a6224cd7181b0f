"""What the start leaves for later: it is counted here, for a time would tell of the machine."""

import json
import subprocess
import sys

import pytest

START = """
import gc, json, sys
from desktop import app
from desktop.interrupts import HeldInterrupts
engine = app.begin_window()
seen = {"numpy, when the engine has started": "numpy" in sys.modules}
from PySide6.QtCore import QTimer
from desktop import window
show = window.Window.show

def show_and_look(self):
    show(self)
    seen["garbage collection, when it is shown"] = gc.isenabled()
    seen["the page of the shortcuts"] = "desktop.shell.shortcuts_page" in sys.modules
    seen["rows of the chain"] = len(self.write.chain._rows) > 0
    self.looking = QTimer(self)
    self.looking.timeout.connect(lambda: look(self))
    self.looking.start(10)

def look(self):
    if not gc.isenabled():
        return
    seen["garbage collection, later"] = gc.get_freeze_count() > 10_000
    self.main.show_page("shortcuts")
    seen["the page of the shortcuts, wanted"] = "desktop.shell.shortcuts_page" in sys.modules
    self.main.close()

window.Window.show = show_and_look
with HeldInterrupts() as interrupts:
    code = window.open_window(None, None, engine, interrupts)
print(json.dumps(seen))
sys.exit(code)
"""


@pytest.mark.slow
@pytest.mark.usefixtures("home_with_starter")
def test_what_is_not_seen_first_comes_later() -> None:
    done = subprocess.run(
        [sys.executable, "-c", START], capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "numpy, when the engine has started": False,
        "garbage collection, when it is shown": False,
        "the page of the shortcuts": False,
        "rows of the chain": False,
        "garbage collection, later": True,
        "the page of the shortcuts, wanted": True,
    }
