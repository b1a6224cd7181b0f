"""Samplers of a user, for commands that run them."""

from pathlib import Path


def put_sampler(home: Path, text: str) -> str:
    """Write a sampler into a home of the program; returns its name."""
    (home / "samplers").mkdir()
    (home / "samplers" / "mine.py").write_text(text)
    return "mine.py"


def touching(mark: Path, length: int, then: str = "pass") -> str:
    """A sampler that touches a file when the text has so many tokens, and does `then`."""
    return (
        "import pathlib, time\n"
        "def sample(logits, tokens):\n"
        f"    if len(tokens) == {length}:\n"
        f"        pathlib.Path({str(mark)!r}).touch()\n"
        f"        {then}\n"
        "    return logits\n"
    )
