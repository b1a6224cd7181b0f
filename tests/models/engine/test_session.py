"""The KV cache: what is reused of a prompt, and that reuse changes not one bit.

Batching does change bits, so the blocks of a prompt are fixed; what it does to branches is measured
in `test_generation.py`.
"""

import ctypes
import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from models.engine.llama import Context, L, Model, Stop
from models.engine.session import Session, count_forgotten, shared_blocks
from models.errors import Cancelled, InputError, JobError
from models.operations import choose_block

BLOCK = choose_block(0)
SIZE = 1024
SEED = 20250101


@pytest.fixture(scope="module")
def model(starter_path: Path) -> Iterator[Model]:
    model = Model(starter_path)
    yield model
    model.close()


@pytest.fixture(scope="module")
def stop() -> Stop:
    return Stop()


@pytest.fixture(scope="module")
def shared_session(model: Model, stop: Stop) -> Iterator[Session]:
    context = Context(model, size=SIZE, sequences=5, batch=BLOCK, threads=1, stop=stop)
    yield Session(context, branches=4, block=BLOCK)
    context.close()


@pytest.fixture
def session(shared_session: Session) -> Session:
    """A session whose cache is empty."""
    shared_session.context.remove(0)
    shared_session._trunk.clear()
    return shared_session


def make_prompt(tokens: int, seed: int = SEED) -> list[int]:
    """Ordinary tokens of the starter's vocabulary, drawn at random."""
    drawn: list[int] = np.random.default_rng(seed).integers(300, 40_000, tokens).tolist()
    return drawn


def digest(session: Session) -> str:
    return hashlib.sha256(session.context.logits(-1).tobytes()).hexdigest()


def read_cold(session: Session, prompt: list[int]) -> str:
    session.context.remove(0)
    session._trunk.clear()
    assert session.read(prompt).reused == 0
    return digest(session)


def run_branches(session: Session, prompt: list[int], count: int, steps: int = 5) -> None:
    """A short generation in `count` branches, as `Generation` does it."""
    sequences = session.open_branches(count)
    for step in range(steps):
        session.context.decode_step([(500 + s, len(prompt) + step, s) for s in sequences])
    session.close_branches()


@pytest.mark.slow
@pytest.mark.parametrize("tokens", [1, BLOCK - 1, BLOCK, BLOCK + 1, 63, 64, 65, 128, 500, 700])
def test_logits_are_bit_equal_after_every_kind_of_reuse(session: Session, tokens: int) -> None:
    """SHA-256 of all logits of the last token: cold, and after the cache helped."""
    prompt = make_prompt(tokens)
    cold = read_cold(session, prompt)
    whole_blocks = (tokens - 1) // BLOCK * BLOCK

    assert session.read(prompt).reused == whole_blocks
    assert digest(session) == cold, "the same prompt again"

    run_branches(session, prompt, 4)
    assert session.read(prompt).reused == whole_blocks
    assert digest(session) == cold, "after four branches"

    session.read([*prompt[:-1], prompt[-1] + 1])
    assert session.read(prompt).reused == whole_blocks
    assert digest(session) == cold, "after an edit at the end was read and taken back"

    session.read_ahead(prompt + make_prompt(50, seed=2))
    assert session.read(prompt).reused == whole_blocks
    assert digest(session) == cold, "after a continuation of it was read ahead"


@pytest.mark.parametrize("tokens", [1, BLOCK + 1, 100])
def test_logits_are_bit_equal_after_other_prompts(session: Session, tokens: int) -> None:
    prompt = make_prompt(tokens)
    cold = read_cold(session, prompt)

    session.read([prompt[0] + 1, *prompt[1:]])
    assert session.read(prompt).reused == 0
    assert digest(session) == cold, "after an edit at the start was read and taken back"

    session.read(make_prompt(80, seed=1))
    run_branches(session, make_prompt(80, seed=1), 3)
    assert session.read(prompt).reused == 0
    assert digest(session) == cold, "after another prompt and its branches"


def test_threads_change_no_bit_of_a_short_prompt(
    model: Model, session: Session, stop: Stop
) -> None:
    """Two threads, cold and after reuse, give the bits that one thread gives.

    From 512 cells on, ggml divides the attention of a single row among the threads.
    """
    prompt = make_prompt(2 * BLOCK + 5)
    cold = read_cold(session, prompt)
    context = Context(model, size=SIZE, sequences=2, batch=BLOCK, threads=2, stop=stop)
    both = Session(context, branches=1, block=BLOCK)
    both.read(prompt)
    assert digest(both) == cold
    both.read([*prompt[:-1], prompt[-1] + 1])
    assert both.read(prompt).reused == 2 * BLOCK
    assert digest(both) == cold
    context.close()


def test_an_edited_prompt_is_bit_equal_to_reading_it_cold(session: Session) -> None:
    prompt = make_prompt(200)
    edited = [*prompt[:150], 777, *prompt[151:]]
    cold = read_cold(session, edited)
    read_cold(session, prompt)
    assert session.read(edited).reused == 150 // BLOCK * BLOCK
    assert digest(session) == cold


def test_an_interrupted_read_leaves_a_true_cache(session: Session, stop: Stop) -> None:
    prompt = make_prompt(100)
    cold = read_cold(session, prompt)
    other = make_prompt(200, seed=3)

    def interrupt(done: int, total: int) -> None:
        if done >= 4 * BLOCK:
            stop.set()

    with pytest.raises(Cancelled):
        session.read(other, progress=interrupt)
    stop.clear()
    assert session.read(other).reused == 4 * BLOCK
    assert digest(session) == read_cold(session, other)
    assert session.read(prompt).reused == 0
    assert digest(session) == cold


def test_progress_counts_to_the_whole_prompt(session: Session) -> None:
    seen: list[tuple[int, int]] = []
    session.read(make_prompt(100), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(32, 100), (64, 100), (96, 100), (100, 100)]


@pytest.mark.parametrize(
    ("cached", "prompt", "reused"),
    [
        (0, 100, 0),
        (100, 100, 96),
        (100, 97, 96),
        (100, 96, 64),  # the last token is always read again
        (100, 33, 32),
        (100, 32, 0),
        (100, 1, 0),
        (33, 100, 32),
        (31, 100, 0),
    ],
)
def test_whole_blocks_are_reused_but_never_the_last_token(
    cached: int, prompt: int, reused: int
) -> None:
    text = make_prompt(100)
    assert shared_blocks(text[:cached], text[:prompt], 32) == reused


@pytest.mark.parametrize(
    ("edit", "reused"), [(0, 0), (31, 0), (32, 32), (63, 32), (95, 64), (96, 96)]
)
def test_an_edit_costs_its_block_and_what_follows(edit: int, reused: int) -> None:
    text = make_prompt(130)
    edited = [*text[:edit], 7, *text[edit + 1 :]]
    assert shared_blocks(text, edited, 32) == reused


def test_logits_are_a_read_only_view_of_libllamas_own_memory(session: Session) -> None:
    session.read(make_prompt(10))
    logits = session.context.logits(-1)
    address = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int32)(
        ("llama_get_logits_ith", L._lib)
    )(session.context._context, -1)
    assert logits.ctypes.data == address
    assert not logits.flags.owndata
    assert not logits.flags.writeable
    assert logits.dtype == np.float32
    assert logits.shape == (session.context.n_vocab,)
    with pytest.raises(ValueError, match="read-only"):
        logits[0] = 0.0
    assert session.context.logits(-1) is logits  # and nothing new is made a step


def test_an_empty_prompt_is_refused(session: Session) -> None:
    with pytest.raises(InputError, match="empty"):
        session.read([])


def test_a_full_context_is_an_error_and_no_crash(model: Model, stop: Stop) -> None:
    context = Context(model, size=256, sequences=1, batch=BLOCK, threads=1, stop=stop)
    session = Session(context, branches=0, block=BLOCK)
    with pytest.raises(JobError, match="context"):
        session.read(make_prompt(257))
    assert session.read(make_prompt(40)).reused == 32
    after = digest(session)
    assert after == read_cold(session, make_prompt(40))
    context.close()


def test_more_branches_than_the_session_has_are_refused(session: Session) -> None:
    with pytest.raises(JobError, match="4 branches, not 5"):
        session.open_branches(5)


@pytest.mark.parametrize(
    ("tokens", "room", "size", "forgotten"),
    [(99, 1, 100, 0), (100, 1, 100, 25), (124, 1, 100, 25), (125, 1, 100, 50), (1000, 1, 100, 925)],
)
def test_a_full_context_forgets_whole_quarters(
    tokens: int, room: int, size: int, forgotten: int
) -> None:
    assert count_forgotten(tokens, room, size) == forgotten
    assert tokens - forgotten + room <= size
