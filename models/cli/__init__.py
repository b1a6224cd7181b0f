"""The commands about models, and the desk: write, strategies, ask, desk, models."""

from __future__ import annotations

import argparse

from models.cli import ask, library, strategies, write
from models.cli.options import add_model_options, add_sampling_options


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this room's commands to the program's."""
    write.register(subparsers)
    strategies.register(subparsers)
    ask.register(subparsers)
    text = "write together with a model, line by line"
    desk = subparsers.add_parser("desk", help=text, description=text[0].upper() + text[1:] + ".")
    desk.add_argument(
        "file", nargs="?", metavar="FILE", help="the text to go on with; /save makes it"
    )
    desk.add_argument(
        "--tokens", type=int, default=64, metavar="N", help="the model writes N tokens at once (64)"
    )
    desk.add_argument(
        "--seed", type=int, metavar="N", help="of the first continuation; the next has N + 1"
    )
    add_model_options(desk)
    add_sampling_options(desk)
    desk.set_defaults(run=_open_desk)
    library.register(subparsers)


def _open_desk(args: argparse.Namespace) -> int:
    from models.cli import desk

    return desk.run(args)
