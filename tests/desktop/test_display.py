"""Displays that answer, and those that are only named."""

import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import display

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="displays as Linux has them")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of sockets, with a path as short as they must have."""
    with tempfile.TemporaryDirectory() as name:
        monkeypatch.setattr(display, "X11_FOLDER", name)
        yield Path(name)


def listen(path: Path) -> socket.socket:
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    server.listen()
    return server


@pytest.mark.parametrize("name", [":7", ":7.0", "unix:7", "/private/tmp/x/:7"])
def test_an_x_server_answers(folder: Path, name: str) -> None:
    assert display.find_unreachable({"DISPLAY": name}) == name
    with listen(folder / "X7"):
        assert display.find_unreachable({"DISPLAY": name}) == ""
    assert display.find_unreachable({"DISPLAY": name}) == name  # the socket's file is left


def test_an_x_server_behind_a_port_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """As that of `ssh -X` does."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(display, "X11_PORT", server.getsockname()[1] - 10)
        assert display.find_unreachable({"DISPLAY": "127.0.0.1:10.0"}) == ""
    assert display.find_unreachable({"DISPLAY": "127.0.0.1:10.0"}) == "127.0.0.1:10.0"


def test_a_compositor_answers(folder: Path) -> None:
    environment = {"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": str(folder)}
    absolute = {"WAYLAND_DISPLAY": str(folder / "wayland-1")}
    assert display.find_unreachable(environment) == "wayland-1"
    with listen(folder / "wayland-1"):
        assert display.find_unreachable(environment) == ""
        assert display.find_unreachable(absolute) == ""
        assert display.find_unreachable(environment | {"DISPLAY": ":7"}) == ""
        forced = environment | {"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":7"}
        assert display.find_unreachable(forced) == ":7"


@pytest.mark.parametrize("name", ["nonsense", ":", ":x", "", ":99999999"])
def test_a_name_that_is_none_is_not_reached(folder: Path, name: str) -> None:
    assert display.find_unreachable({"DISPLAY": name, "QT_QPA_PLATFORM": "xcb"})


def test_a_platform_without_a_screen_needs_no_display() -> None:
    assert display.find_unreachable({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":99"}) == ""
    assert display.has_display({"QT_QPA_PLATFORM": "offscreen"})
    assert not display.has_display({"DISPLAY": ""})
