"""Numbers as the panel writes them: a minus sign for minus, uncertainty as choices."""

import math

MINUS = "\u2212"


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
