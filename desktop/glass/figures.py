"""Numbers as the panel writes them: a thin space before a unit, a minus sign for minus."""

import math

from desktop.shell.figures import THIN_SPACE

MINUS = "\u2212"


def format_percent(part: float) -> str:
    """Return a part, 0..1, as `47.0 %`; what is not nothing never reads as nothing."""
    return f"{format_percent_number(part)}{THIN_SPACE}%"


def format_percent_number(part: float) -> str:
    """Return the number of a percentage, without its sign."""
    if 0 < part < 0.0005:
        return "< 0.1"
    return f"{part * 100:.1f}"


def format_number(value: float, digits: int) -> str:
    """Return a number with so many digits after the point, and a minus sign for minus."""
    return f"{value:.{digits}f}".replace("-", MINUS)


def format_choices(entropy: float) -> str:
    """Return exp(entropy in nats): how many equal choices are as uncertain as that."""
    choices = math.exp(min(entropy, 700.0))
    return f"{choices:.1f}" if choices < 1000 else f"{choices:,.0f}"


def to_bits(entropy: float) -> float:
    """Return nats as bits."""
    return entropy / math.log(2)
