"""The name that is proposed for the file of a text."""

from __future__ import annotations

LONGEST_NAME = 60  # characters


def propose_name(text: str) -> str:
    """Return the first words of a text, as the name of a file; empty where there are none."""
    line = next((line for line in text.splitlines() if line.strip("# \t")), "")
    words = "".join(c if c.isalnum() or c in " -_" else " " for c in line).split()
    name = " ".join(words)
    if len(name) > LONGEST_NAME:
        name = name[:LONGEST_NAME].rpartition(" ")[0] or name[:LONGEST_NAME]
    return name
