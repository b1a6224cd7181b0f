"""Control characters made visible, so that they command neither a terminal nor a page."""

# for `str.translate`: ESC is shown as ␛, and so on; tab and line end stay
PICTURES = {code: chr(0x2400 + code) for code in range(32) if code not in b"\t\n"}


def escape_controls(text: str) -> str:
    """Return a text in one line: a name in it may hold what would steer the terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
