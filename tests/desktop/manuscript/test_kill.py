"""A process that is killed while it writes: what it was told is durable is there."""

from pathlib import Path

import pytest

from tests.desktop.manuscript.kills import OPERATIONS, kill_one


@pytest.mark.slow
def test_what_was_durable_survives_a_kill(tmp_path: Path) -> None:
    results = [kill_one(tmp_path / str(seed), seed) for seed in range(20)]
    assert any(0 < acknowledged < OPERATIONS for acknowledged, _ in results)
