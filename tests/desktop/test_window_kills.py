"""A window that is killed while it is written in: the next one shows the text again."""

from pathlib import Path

import pytest

from tests.desktop import kill_window
from tests.desktop.kill_window import kill_in_home


@pytest.mark.slow
def test_nothing_is_lost_when_a_window_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With more patience than the program itself has: a busy disk may take seconds."""
    monkeypatch.setattr(kill_window, "MOST_LOST_S", 5.0)
    monkeypatch.setattr(kill_window, "END_S", 60.0)
    kills = list(kill_in_home(tmp_path, 3, 3))
    assert [kill.faults for kill in kills] == [[], [], []]
    assert sum(kill.states for kill in kills) > 10
    assert kills[-1].length > 0
