"""Numbers as the lines of the window write them."""

THIN_SPACE = "\u202f"  # the one at which no line is broken


def format_count(count: int) -> str:
    """Return a count with its thousands apart: 4,096."""
    return f"{count:,}"


def format_percent(part: float) -> str:
    """Return a part, 0..1, as `47.0 %`; what is not nothing never reads as nothing."""
    return f"{format_percent_number(part)}{THIN_SPACE}%"


def format_percent_number(part: float) -> str:
    """Return the number of a percentage, without its sign."""
    if 0 < part < 0.0005:
        return "< 0.1"
    return f"{part * 100:.1f}"


def format_part(part: float) -> str:
    """Return a part, 0..1, in whole percent: 97 %."""
    return f"{part * 100:.0f}{THIN_SPACE}%"
