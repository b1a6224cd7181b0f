"""Work beside the model: in order, waited for, and not silent when it fails."""

import threading
from functools import partial

import pytest

from models.engine.background import MOST_WAITING, Background


def test_pieces_are_done_in_their_order_and_waited_for() -> None:
    done: list[int] = []
    with Background() as background:
        for number in range(3 * MOST_WAITING):
            background.do(partial(done.append, number))
        background.wait()
        assert done == list(range(3 * MOST_WAITING))


def test_whoever_gives_much_waits() -> None:
    may_go_on, given = threading.Event(), threading.Semaphore(0)

    def hold() -> None:
        may_go_on.wait(60)

    with Background() as background:

        def give() -> None:
            for _ in range(3 * MOST_WAITING):
                background.do(hold)
                given.release()

        giver = threading.Thread(target=give)
        giver.start()
        try:
            for _ in range(MOST_WAITING):
                assert given.acquire(timeout=60)
            giver.join(0.2)  # one more at most: the piece that is at work
            assert giver.is_alive()
        finally:
            may_go_on.set()
            giver.join(60)
        assert not giver.is_alive()


def test_a_failure_is_raised_where_the_work_came_from_and_ends_it() -> None:
    done: list[int] = []

    def fail() -> None:
        raise BrokenPipeError("nobody reads")

    with Background() as background:
        background.do(fail)
        background.do(partial(done.append, 1))
        with pytest.raises(BrokenPipeError, match="nobody reads"):
            background.wait()
        assert not done
        background.do(partial(done.append, 2))
        background.wait()
        assert done == [2]
