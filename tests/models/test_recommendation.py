"""The model that is recommended for a machine, by its memory."""

import pytest

from models.recommendation import recommend

GB = 1_000_000_000


@pytest.mark.parametrize(
    ("memory_gb", "level"),
    [(32, "Q5_K_M"), (16, "Q5_K_M"), (8, "Q4_K_M"), (6.5, "Q3_K_M"), (6, "Q2_K")],
)
def test_the_best_level_that_leaves_room_is_recommended(memory_gb: float, level: str) -> None:
    found = recommend(int(memory_gb * GB))
    assert found is not None
    assert found.level == level
    assert found.needed_bytes <= 0.7 * memory_gb * GB
    assert found.spare_bytes == int(memory_gb * GB) - found.needed_bytes


def test_a_machine_without_room_keeps_the_starter() -> None:
    assert recommend(4 * GB) is None
