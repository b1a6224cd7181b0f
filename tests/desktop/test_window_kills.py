"""A window that is killed while it is written in: the next one shows the text again."""

from pathlib import Path

import pytest

from tests.desktop import kill_window
from tests.desktop.kill_window import kill_in_home

MOST_LOST_S = 2.5  # more than the program's own bound: a busy disk may take seconds
SHORTEST_S = 5.0  # so that each window has input that is older


@pytest.mark.slow
def test_nothing_is_lost_when_a_window_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kill_window, "MOST_LOST_S", MOST_LOST_S)
    monkeypatch.setattr(kill_window, "END_S", 60.0)
    kills = list(kill_in_home(tmp_path, 3, 3, shortest_s=SHORTEST_S))
    assert [kill.faults for kill in kills] == [[], [], []]
    assert min(kill.oldest_s for kill in kills) > MOST_LOST_S
    assert sum(kill.states for kill in kills) > 10
    assert kills[-1].length > 0
