"""Ctrl+C in this process."""

from collections.abc import Callable


def interrupted(work: Callable[[], object]) -> bool:
    """Whether KeyboardInterrupt comes out of it."""
    try:
        work()
    except KeyboardInterrupt:
        return True
    return False
