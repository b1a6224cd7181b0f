"""Control characters made visible, so that they command neither a terminal nor a page."""

# for `str.translate`: ESC is shown as ␛, and so on; tab and line end stay
PICTURES = {code: chr(0x2400 + code) for code in range(32) if code not in b"\t\n"}
