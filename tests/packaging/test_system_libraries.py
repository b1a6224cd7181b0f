from pathlib import Path

import pytest
import system_libraries


@pytest.mark.parametrize(
    ("soname", "package"),  # as `apt-file search` answers on Debian 12
    [
        ("libEGL.so.1", "libegl1"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libX11.so.6", "libx11-6"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libfontconfig.so.1", "libfontconfig1"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
        ("libgthread-2.0.so.0", "libglib2.0-0"),
        ("libwayland-cursor.so.0", "libwayland-cursor0"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxcb-render-util.so.0", "libxcb-render-util0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libz.so.1", "zlib1g"),
    ],
)
def test_debian_package(soname: str, package: str) -> None:
    assert system_libraries.debian_package(soname) == package


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment whose Qt lacks two libraries, as a made-up `ldd` says; no apt-get."""
    qt = tmp_path / "lib" / "python3.11" / "site-packages" / "PySide6"
    qt.mkdir(parents=True)
    (qt / "QtWidgets.abi3.so").touch()
    ldd = tmp_path / "bin" / "ldd"
    ldd.parent.mkdir()
    ldd.write_text(
        "#!/bin/sh\n"
        "echo '\tlibxcb-icccm.so.4 => not found'\n"
        "echo '\tlibc.so.6 => /lib/libc.so.6 (0x00007f0000000000)'\n"
        "echo '\tlibEGL.so.1 => not found'\n"
    )
    ldd.chmod(0o755)
    monkeypatch.setenv("PATH", str(ldd.parent))
    return tmp_path


def test_missing_libraries_are_read_from_ldd(environment: Path) -> None:
    assert system_libraries.missing_libraries(environment) == ["libEGL.so.1", "libxcb-icccm.so.4"]


def test_what_cannot_be_installed_is_named_in_one_sentence(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    (warning,) = system_libraries.complete(environment)
    assert "libEGL.so.1, libxcb-icccm.so.4" in warning
    assert "sudo apt-get install libegl1 libxcb-icccm4" in warning


def test_an_environment_without_qt_lacks_nothing(tmp_path: Path) -> None:
    assert system_libraries.missing_libraries(tmp_path) == []


@pytest.mark.parametrize(
    ("fonts", "installed"),  # how many for Japanese and fine serifs Qt finds; what is installed
    [
        ("2 1", []),
        ("2 0", ["fonts-crosextra-caladea"]),
        ("0 1", ["fonts-ipaexfont-mincho", "fonts-ipaexfont-gothic"]),
        ("", ["fonts-crosextra-caladea", "fonts-ipaexfont-mincho", "fonts-ipaexfont-gothic"]),
    ],
)
def test_the_fonts_that_are_not_there_are_installed(
    environment: Path, monkeypatch: pytest.MonkeyPatch, fonts: str, installed: list[str]
) -> None:
    folder, log = environment / "bin", environment / "installed"
    log.touch()
    for name, script in (
        ("ldd", ""),
        ("python", f"echo {fonts}"),
        ("sudo", 'while [ "${1#-}" != "$1" ]; do shift; done; exec "$@"'),
        ("apt-get", f'for word; do case $word in fonts-*) echo "$word";; esac; done >> {log}'),
    ):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr("sys.platform", "linux")
    assert system_libraries.complete(environment) == []
    assert log.read_text().split() == installed


def test_a_missing_japanese_font_is_named_and_a_missing_serif_is_not(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, answer in (("ldd", ""), ("python", "0 0")):
        script = environment / "bin" / name
        script.write_text(f"#!/bin/sh\necho '{answer}'\n")
        script.chmod(0o755)
    monkeypatch.setattr("sys.platform", "linux")
    (warning,) = system_libraries.complete(environment)
    assert "fonts-ipaexfont-mincho" in warning
    assert "caladea" not in warning
