"""The system libraries and fonts that Qt's window needs: found missing, installed or named.

Nothing here may fail the set-up: in a terminal Inkglass works without any of them.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# What a window on X11 or Wayland, or one without a screen, loads.
QT_FILES = (
    "QtDBus.abi3.so",
    "QtWidgets.abi3.so",
    "Qt/plugins/platforminputcontexts/lib[ci]*plugin.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqwayland.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/wayland-*-client/*.so",
    "Qt/plugins/wayland-shell-integration/libxdg-shell.so",
    "Qt/plugins/xcbglintegrations/*.so",
)
# A Mincho for the document and a Gothic for the window, 8 MB together.
JAPANESE_FONTS = ("fonts-ipaexfont-mincho", "fonts-ipaexfont-gothic")
# A serif for the document, 0.4 MB: DejaVu's, which is mostly there, is wide and heavy.
SERIF_FONT = "fonts-crosextra-caladea"
ASK_FOR_FONTS = """
from PySide6.QtGui import QFontDatabase, QGuiApplication
application = QGuiApplication([])
serifs = {"Caladea", "Charter", "Georgia", "Noto Serif", "Source Serif 4", "Source Serif Pro"}
print(len(QFontDatabase.families(QFontDatabase.WritingSystem.Japanese)))
print(len(serifs.intersection(QFontDatabase.families())))
"""


def complete(environment: Path) -> list[str]:
    """Install what Qt in this environment lacks; one sentence for each lack that remains."""
    if sys.platform != "linux":
        return []
    missing = missing_libraries(environment)
    packages = sorted({debian_package(soname) for soname in missing})
    if packages and apt_install(packages):
        missing = missing_libraries(environment)
    if missing:
        command = f" (on Debian or Ubuntu: sudo apt-get install {' '.join(packages)})"
        return [f"Inkglass's window needs {', '.join(missing)}: install them{command}."]
    has_japanese, has_serif = find_fonts(environment)
    if not has_serif:
        apt_install([SERIF_FONT])  # without it the page is only less beautiful
    if not has_japanese and not apt_install(JAPANESE_FONTS):
        return [
            "There is no Japanese font here: install one to read and write Japanese in the window "
            f"(on Debian or Ubuntu: sudo apt-get install {' '.join(JAPANESE_FONTS)})."
        ]
    return []


def missing_libraries(environment: Path) -> list[str]:
    """Sonames that the dynamic linker does not find for Qt's window, sorted."""
    qt = next(environment.glob("lib/python3*/site-packages/PySide6"), None)
    ldd = shutil.which("ldd")
    if qt is None or ldd is None:
        return []
    files = [file for pattern in QT_FILES for file in sorted(qt.glob(pattern))]
    output = subprocess.run([ldd, *files], capture_output=True, text=True).stdout
    return sorted(set(re.findall(r"^\s*(\S+) => not found", output, re.MULTILINE)))


def debian_package(soname: str) -> str:
    """The Debian package of a library, by the naming rule of Debian's policy, section 8.1."""
    for beginning, package in (("libz.", "zlib1g"), ("libg.*-2.0.", "libglib2.0-0")):
        if re.match(beginning, soname):
            return package
    name, _, version = soname.partition(".so.")
    hyphen = "-" if name[-1].isdigit() else ""
    return f"{name}{hyphen}{version}".lower().replace("_", "-")


def find_fonts(environment: Path) -> tuple[bool, bool]:
    """Whether Qt itself finds a font for Japanese, and a fine serif."""
    answer = subprocess.run(
        [environment / "bin" / "python", "-c", ASK_FOR_FONTS],
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    japanese, serifs = [*answer.stdout.split(), "0", "0"][:2]
    return japanese != "0", serifs != "0"


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages where this user may without a password; whether it went well."""
    apt = shutil.which("apt-get")
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not apt or (sudo and not succeeds([*sudo, "true"])):
        return False
    print(f"Installing {' '.join(packages)} ...", file=sys.stderr)
    command = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-o", "DPkg::Lock::Timeout=60"]
    install = [*command, "install", "--yes", "--no-install-recommends", *packages]
    return succeeds(install) or (succeeds([*command, "update"]) and succeeds(install))


def succeeds(command: Sequence[str]) -> bool:
    """Run a command in silence, without standard input."""
    try:
        return (
            subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True).returncode == 0
        )
    except OSError:
        return False
