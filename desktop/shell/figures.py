"""Numbers as the lines of the window write them."""

THIN_SPACE = "\u202f"  # the one at which no line is broken


def format_count(count: int) -> str:
    """Return a count with its thousands apart: 4,096."""
    return f"{count:,}"


def format_part(part: float) -> str:
    """Return a part, 0..1, in whole percent: 97 %."""
    return f"{part * 100:.0f}{THIN_SPACE}%"
