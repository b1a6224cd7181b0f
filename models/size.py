"""Sizes as a person reads them."""


def format_size(size_bytes: int) -> str:
    """Return a size as a person reads it, in decimal units: 98 MB, 4.4 GB."""
    if size_bytes >= 999_500_000:
        return f"{size_bytes / 1e9:,.1f} GB"
    if size_bytes >= 999_500:
        return f"{size_bytes / 1e6:.0f} MB"
    if size_bytes >= 1000:
        return f"{size_bytes / 1e3:.0f} kB"
    return f"{size_bytes} bytes"
