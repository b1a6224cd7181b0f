"""Whether a window can be shown here: asked before Qt, which ends the program where it cannot."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

X11_FOLDER = "/tmp/.X11-unix"
X11_PORT = 6000
PATIENCE_S = 1.0


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the environment names something to show a window on."""
    if sys.platform in {"darwin", "win32"}:
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(environment.get(name) for name in names)


def find_unreachable(environment: Mapping[str, str] = os.environ) -> str:
    """Return the name of the display that does not answer; "" where one does, or none is needed.

    An X server or a Wayland compositor answers a connection; a platform of Qt's that draws
    elsewhere, offscreen for instance, is taken at its word.
    """
    if sys.platform in {"darwin", "win32"}:
        return ""
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    x11, wayland = environment.get("DISPLAY", ""), environment.get("WAYLAND_DISPLAY", "")
    if platform and platform != "xcb" and not platform.startswith("wayland"):
        return ""
    if wayland and platform != "xcb" and _wayland_answers(wayland, environment):
        return ""
    if x11 and not platform.startswith("wayland") and _x11_answers(x11):
        return ""
    return x11 or wayland or platform


def _wayland_answers(name: str, environment: Mapping[str, str]) -> bool:
    return _answers(str(Path(environment.get("XDG_RUNTIME_DIR", "")) / name))


def _x11_answers(name: str) -> bool:
    """Whether an X server answers: `name` is HOST:NUMBER.SCREEN, most often without a host."""
    found = re.fullmatch(r"(?:.*/)?([^/]*):(\d+)(?:\.\d+)?", name)
    if found is None:
        return False
    host, number = found[1], int(found[2])
    if host in {"", "unix"}:
        path = f"{X11_FOLDER}/X{number}"
        return _answers(f"\0{path}") or _answers(path)
    try:
        with socket.create_connection((host, X11_PORT + number), PATIENCE_S):
            return True
    except (OSError, OverflowError):
        return False


def _answers(path: str) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE_S)
            connection.connect(path)
            return True
    except OSError:
        return False
