"""`inkglass`: the program. It puts the rooms together, and is the one place where errors end."""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import math
import os
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from desktop import display, error_log
from desktop.interrupts import HeldInterrupts, RaisedInterrupts
from models.controls import escape_controls
from models.errors import Cancelled, InputError, JobError

if TYPE_CHECKING:
    from models.engine.blocking import BlockingEngine

EXIT_FAILED = 1
EXIT_BAD_INPUT = 2
EXIT_CANCELLED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or the writing desk when there is none; returns the exit code.

    A cancel is silent; a mistake of the user or of a file is one sentence on stderr; anything else
    goes into the log with its traceback, and is summarised.
    """
    with RaisedInterrupts() as interrupts:
        try:
            _prepare_streams()
            args = _parse(arguments)
            _require_text(args)
            return int(args.run(args))
        except (Cancelled, KeyboardInterrupt):
            return EXIT_CANCELLED
        except InputError as error:
            _say(escape_controls(str(error)))
            return EXIT_BAD_INPUT
        except JobError as error:
            _say(escape_controls(str(error)))
            if frames := getattr(error, "traceback", ""):
                _say(frames.rstrip())
            return EXIT_FAILED
        except BrokenPipeError:  # the reader of our output has gone, as in `inkglass ... | head`
            _drop_output()
            return EXIT_FAILED
        except OSError as error:
            _log(error)
            what = error.filename or "The output"
            _say(
                f"{what} cannot be read or written ({error.strerror}): "
                "make room, or check its rights."
            )
            _drop_output()
            return EXIT_FAILED
        except Exception as error:
            if interrupts.is_recent():
                _log(error)
                return EXIT_CANCELLED
            _say(f"Inkglass failed in a way it should not ({type(error).__name__}: {error}).")
            _say(_log(error))
            return EXIT_FAILED


class _NoWindowError(Exception):
    """A window cannot be shown here; the text says why, without a full stop."""


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaint is one sentence."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for kind, read in {int: _read_int, float: _read_float, Path: _read_path}.items():
            self.register("type", kind, read)
        self._negative_number_matcher = re.compile(r"-\.?\d")  # -1,2 and -1e3 are no options either

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message[0].upper()}{message[1:]}: see `{self.prog} --help`.")


class _ShowVersion(argparse.Action):
    """Says the version, which takes long to find out."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"inkglass {version('inkglass')}")
        parser.exit()


def _read_int(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number, like 40") from None


def _read_float(text: str) -> float:
    number = math.nan
    with contextlib.suppress(ValueError):
        number = float(text)
    if math.isnan(number):
        raise argparse.ArgumentTypeError(f"{text!r} is no number, like 0.7")
    return number


def _read_path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the path is empty")
    return Path(text)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    given = sys.argv[1:] if arguments is None else arguments
    wants_window = not given or given[0] == "window"
    args, unknown = _parser(with_commands=not wants_window).parse_known_args(given)
    if unknown:
        help_ = f"inkglass {args.command} --help" if args.command else "inkglass --help"
        raise InputError(f"{' '.join(unknown)} is not known here: see `{help_}`.")
    return args


def _parser(*, with_commands: bool) -> argparse.ArgumentParser:
    """Return the parser; the commands beside the window take time to import."""
    parser: argparse.ArgumentParser = _Parser(
        prog="inkglass",
        description="An offline writing desk: a local model writes with you, and shows why.",
        epilog="Without a command, the window opens; in a terminal without a display, the desk.",
    )
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the version and end")
    parser.set_defaults(run=_open)
    subparsers = parser.add_subparsers(metavar="COMMAND", dest="command")
    window = subparsers.add_parser(
        "window", help="open the window, with a document if one is named"
    )
    window.add_argument("document", nargs="?", metavar="DOCUMENT", help="a Markdown or text file")
    window.add_argument(
        "--model", help="a path or a name of the library; the settings' if left out"
    )
    window.set_defaults(run=_require_window)
    if with_commands:
        from converters import cli as conversion
        from models import cli

        cli.register(subparsers)
        conversion.register(subparsers)
    return parser


def _open(args: argparse.Namespace) -> int:
    """Open the window; where there is no display, or none that works, the desk in the terminal."""
    if display.has_display():
        try:
            return _open_window(args)
        except _NoWindowError as error:
            _say(f"{error}: this is the desk in the terminal.")
    args = _parse(["desk"])
    return int(args.run(args))


def _require_window(args: argparse.Namespace) -> int:
    """Open the window, or raise InputError."""
    try:
        return _open_window(args)
    except _NoWindowError as error:
        raise InputError(f"{error}: use `inkglass desk` in the terminal.") from error


def _open_window(args: argparse.Namespace) -> int:
    if not display.has_display():
        raise _NoWindowError("There is no display here")
    if name := display.find_unreachable():
        raise _NoWindowError(f"The display {name} does not answer")
    with HeldInterrupts() as interrupts, contextlib.ExitStack() as ends:
        ends.callback(gc.enable)
        engine = ends.enter_context(begin_window())
        interrupts.raise_taken()
        try:
            import PySide6.QtWidgets  # noqa: F401  (the libraries that a machine may lack)
        except ImportError as error:
            raise _NoWindowError(f"Qt cannot be loaded ({error})") from error
        interrupts.raise_taken()
        from desktop.window import open_window
        from models.folder import expand

        interrupts.raise_taken()
        named = getattr(args, "document", None)
        document = None if named is None else expand(named)
        return open_window(document, getattr(args, "model", None), engine, interrupts)


def begin_window() -> BlockingEngine:
    """Return an engine that gets ready while the window is loaded.

    Until `desktop.window.resume_garbage_collection` nobody looks for unused objects.
    """
    from models.engine.blocking import open_engine

    gc.disable()
    engine = open_engine()
    engine.client.start()
    return engine


def _prepare_streams() -> None:
    """Make every text UTF-8, whatever the locale says; open what the caller has closed."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _require_text(args: argparse.Namespace) -> None:
    """Raise InputError for an option whose bytes are no UTF-8; a prompt says so itself."""
    for name, value in vars(args).items():
        for text in value if isinstance(value, list) else [value]:
            if name != "prompt" and isinstance(text, str) and not text.isprintable():
                try:
                    text.encode("utf-8")
                except UnicodeEncodeError:
                    raise InputError(
                        f"The value of {name} is not UTF-8: write it, or name the file, in UTF-8."
                    ) from None


def _drop_output() -> None:
    """Let nothing more be written to stdout, not even what its buffer holds."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _log(error: Exception) -> str:
    """Append the traceback of `error` to the log; returns a sentence that says where it is."""
    try:
        path = error_log.log_path()
    except InputError as nowhere:
        return str(nowhere)
    if refused := error_log.append("".join(traceback.format_exception(error))):
        return f"The details could not be written to {path} ({refused})."
    return f"The details are in {path}."


if __name__ == "__main__":
    sys.exit(main())
