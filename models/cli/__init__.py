"""The commands about models: write, models."""

from __future__ import annotations

import argparse

from models.cli import library, write


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this room's commands to the program's."""
    write.register(subparsers)
    library.register(subparsers)
