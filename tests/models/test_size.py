import pytest

from models.size import format_size


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (141_000, "141 kB"),
        (98_362_432, "98 MB"),
        (999_499_999, "999 MB"),
        (999_500_000, "1.0 GB"),
        (4_368_438_912, "4.4 GB"),
        (1_234_500_000_000, "1,234.5 GB"),
    ],
)
def test_sizes_read_in_decimal_units(size_bytes: int, text: str) -> None:
    assert format_size(size_bytes) == text
