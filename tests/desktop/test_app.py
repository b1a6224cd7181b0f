"""The program's one place where errors end."""

import argparse
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop import app
from models.engine.blocking import EngineDiedError
from models.errors import Cancelled, InputError, JobError, SamplerError
from tests.conftest import Inkglass, inkglass_path

Run = Callable[[argparse.Namespace], int]


def end_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run the program with a desk that ends with `error`."""

    def fail(_args: argparse.Namespace) -> int:
        raise error

    monkeypatch.setattr(app, "_open", fail)
    return app.main([])


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (Cancelled("x"), 130, ""),
        (KeyboardInterrupt(), 130, ""),
        (InputError("This is wrong: do that."), 2, "This is wrong: do that.\n"),
        (JobError("It failed: try again."), 1, "It failed: try again.\n"),
        (EngineDiedError("It ended."), 1, "It ended.\n"),
        (SamplerError("Line 3.", traceback="Traceback:\n  x\n"), 1, "Line 3.\nTraceback:\n  x\n"),
    ],
)
def test_every_end_has_its_code_and_its_words(
    error: BaseException,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert end_with(error, monkeypatch) == code
    written = capsys.readouterr()
    assert written.err == said
    assert written.out == ""


def test_a_defect_is_summarised_and_logged_with_its_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path))
    assert end_with(ZeroDivisionError("by zero"), monkeypatch) == 1
    said = capsys.readouterr().err
    log = tmp_path / "logs" / "inkglass.log"
    assert "failed in a way it should not (ZeroDivisionError: by zero)" in said
    assert str(log) in said
    assert "Traceback" not in said
    assert "Traceback" in log.read_text()


def test_an_interrupt_that_an_import_turned_into_another_error_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_args: argparse.Namespace) -> int:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise RuntimeError("Error calling __set_name__ on 'cached_property'") from None
        return 0

    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path))
    monkeypatch.setattr(app, "_open", fail)
    assert app.main([]) == 130
    assert capsys.readouterr().err == ""
    assert "__set_name__" in (tmp_path / "logs" / "inkglass.log").read_text()


def test_help_and_version(inkglass: Inkglass) -> None:
    shown = inkglass("--help")
    assert shown.returncode == 0
    assert b"write" in shown.stdout
    assert inkglass("--version").stdout.startswith(b"inkglass ")


def test_a_mistake_in_the_arguments_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["write"]) == 2
    said = capsys.readouterr().err
    assert said == ("The following arguments are required: PROMPT: see `inkglass write --help`.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--top-k", "abc"), "Argument --top-k: 'abc' is no whole number, like 40: see "),
        (("--top-p", ""), "Argument --top-p: '' is no number, like 0.7: see "),
        (("--min-p", "nan"), "Argument --min-p: 'nan' is no number, like 0.7: see "),
        (("--temperature", "-1e3"), "temperature -1000 is no temperature: "),
        (("--model=",), "There is no model '' here: "),
    ],
)
def test_a_bad_value_is_called_by_what_it_is(
    arguments: tuple[str, ...],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path))
    assert app.main(["write", "hi", *arguments]) == 2
    assert capsys.readouterr().err.startswith(said)


@pytest.mark.skipif(sys.platform == "win32", reason="closed streams as POSIX has them")
def test_closed_streams_and_other_encodings(starter_path: Path) -> None:
    """The first is what `inkglass <&-` does."""
    command = f"'{inkglass_path()}' write 'In Köln' --seed 1 --tokens 8 --logit-bias 284=9"
    plain, closed, latin = (
        subprocess.run(["sh", "-c", script], capture_output=True, check=True)
        for script in (
            command,
            f"{command} <&-",
            f"PYTHONIOENCODING=latin-1 {command}",
        )
    )
    assert plain.stdout == closed.stdout == latin.stdout
    assert closed.stderr == latin.stderr == b""


def test_errors_are_split_in_one_order() -> None:
    """An outcome, a mistake and a failure are never each other."""
    kinds = (Cancelled, InputError, JobError)
    assert not any(issubclass(a, b) for a in kinds for b in kinds if a is not b)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="displays as X11 has them")
def test_a_display_that_does_not_answer_opens_the_desk(
    inkglass: Inkglass, home_with_starter: Path
) -> None:
    done = inkglass(stdin=b"The capital of Japan is\n", DISPLAY=":4099")
    assert done.returncode == 0
    assert done.stderr.decode() == (
        "The display :4099 does not answer: this is the desk in the terminal.\n"
    )
    assert done.stdout.startswith(b"The capital of Japan is")
    refused = inkglass("window", DISPLAY=":4099")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert refused.stderr.decode() == (
        "The display :4099 does not answer: use `inkglass desk` in the terminal.\n"
    )


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="libraries as Linux has them")
def test_a_qt_that_cannot_be_loaded_opens_the_desk(
    inkglass: Inkglass, home_with_starter: Path, tmp_path: Path
) -> None:
    """As where libEGL is missing."""
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "QtWidgets.py").write_text("raise ImportError('libEGL.so.1: cannot open')")
    done = inkglass(stdin=b"Once", PYTHONPATH=str(tmp_path), QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0
    assert done.stderr.decode() == (
        "Qt cannot be loaded (libEGL.so.1: cannot open): this is the desk in the terminal.\n"
    )
    assert done.stdout.startswith(b"Once")
