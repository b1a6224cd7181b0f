"""A model of the catalogue is fetched from a hub of this test's own, stopped, and fetched on."""

from __future__ import annotations

import hashlib
import http.server
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from models.catalogue import GPT2_XL, HubSource
from tests.desktop.conftest import Wait
from tests.desktop.library.conftest import OpenLibrary
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.slow

CHUNK_BYTES = 200_000
PAUSE_S = 0.05


class Hub(http.server.ThreadingHTTPServer):
    """Serves one file of GPT-2-XL's repository; the second half waits until the test lets it go."""

    def __init__(self, content: bytes, file_name: str) -> None:
        super().__init__(("127.0.0.1", 0), Routes)
        self.content, self.file_name = content, file_name
        self.ranges: list[str | None] = []
        self.goes_on = threading.Event()


class Routes(http.server.BaseHTTPRequestHandler):
    server: Hub

    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""

    def do_GET(self) -> None:
        hub = self.server
        if "/resolve/" in self.path:
            self.send_file()
            return
        lfs = {
            "size": len(hub.content),
            "sha256": hashlib.sha256(hub.content).hexdigest(),
            "pointerSize": 130,
        }
        sibling = {"rfilename": hub.file_name, "blobId": "1", "size": lfs["size"], "lfs": lfs}
        body = json.dumps({"id": "x/y", "modelId": "x/y", "sha": "0" * 40, "siblings": [sibling]})
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def send_file(self) -> None:
        content, asked = self.server.content, self.headers.get("Range")
        self.server.ranges.append(asked)
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
        self.send_response(206 if asked else 200)
        self.send_header("ETag", '"first"')
        self.send_header("Content-Length", str(len(content) - start))
        self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.end_headers()
        try:
            for at in range(start, len(content), CHUNK_BYTES):
                if at > len(content) // 2:
                    self.server.goes_on.wait(PATIENCE_S)
                self.wfile.write(content[at : at + CHUNK_BYTES])
                time.sleep(PAUSE_S)
        except OSError:
            return  # the other end has been stopped


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, random_model: Path) -> Iterator[Hub]:
    assert isinstance(GPT2_XL.source, HubSource)
    server = Hub(random_model.read_bytes(), GPT2_XL.source.file_name("Q4_K_M"))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.delenv("HF_TOKEN", raising=False)
    yield server
    server.goes_on.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_download_is_stopped_and_goes_on_from_there(
    open_library: OpenLibrary, wait: Wait, hub: Hub, home_with_starter: Path
) -> None:
    _window, workspace = open_library()
    models, row = home_with_starter / "models", workspace.page.offers["gpt2-xl"]
    assert row.command == "inkglass models get gpt2-xl --level Q4_K_M"
    QTest.mouseClick(row.download, Qt.MouseButton.LeftButton)
    assert not workspace.page.offers["mistral-7b-v0.1"].download.isEnabled()
    wait(lambda: row.progress.bar.value() > 0)
    QTest.mouseClick(row.progress.cancel, Qt.MouseButton.LeftButton)
    wait(lambda: not workspace.download.running)
    assert not row.progress.isVisible()
    assert not row.error.isVisible()
    kept = (models / f"{hub.file_name}.part").stat().st_size
    assert 0 < kept < len(hub.content)
    hub.goes_on.set()
    QTest.keyClick(row.download, Qt.Key.Key_Space)
    wait(lambda: models / hub.file_name in workspace.page.models)
    assert hub.ranges == [None, f"bytes={kept}-"]
    assert (models / hub.file_name).read_bytes() == hub.content
    assert row.levels.findData("Q4_K_M") == -1  # it is here now


def test_a_download_that_cannot_be_had_says_why_and_the_command_can_be_copied(
    open_library: OpenLibrary, wait: Wait, hub: Hub
) -> None:
    _window, workspace = open_library()
    row = workspace.page.offers["gpt2-xl"]
    row.levels.setCurrentIndex(row.levels.findData("Q8_0"))
    QTest.mouseClick(row.download, Qt.MouseButton.LeftButton)
    wait(lambda: row.error.isVisible())
    assert "gpt2-xl.Q8_0.gguf" in row.error.text()
    assert row.download.isEnabled()
    QTest.mouseClick(row.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied == "inkglass models get gpt2-xl --level Q8_0"
