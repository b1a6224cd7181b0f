"""The text after the place where is written, told by fill-in-the-middle tokens."""

from collections.abc import Iterator

import pytest

from models import operations
from models.engine import protocol
from models.engine.blocking import BlockingEngine
from models.engine.middle import arrange_middle
from models.errors import InputError
from models.sampling import parse_chain
from tests.models.engine.conftest import (
    FIRST_WORD,
    MIDDLE_MARKS,
    TINY_CONTEXT,
    WORDS,
    write_random_model,
)
from tests.models.engine.continuations import (
    GREEDY,
    Continuation,
    Generated,
    branch,
    generate,
    write,
)

BOS = 1
PREFIX, SUFFIX, MIDDLE = range(FIRST_WORD + len(WORDS), FIRST_WORD + len(WORDS) + 3)


@pytest.fixture(scope="module")
def middle_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlockingEngine]:
    """An engine whose model has the three tokens."""
    folder = tmp_path_factory.mktemp("middle")
    path = write_random_model(folder / "middle.gguf", marks=MIDDLE_MARKS)
    with BlockingEngine() as engine:
        engine.load(path, context=TINY_CONTEXT, threads=1)
        yield engine


def token_ids(engine: BlockingEngine, text: str) -> list[int]:
    return [piece.id for piece in engine.tokenize(text, special=False)]


def test_how_a_model_is_told_is_known_when_it_is_loaded(
    middle_engine: BlockingEngine, tiny_engine: BlockingEngine, engine: BlockingEngine
) -> None:
    found = [e.loaded.middle for e in (middle_engine, tiny_engine, engine) if e.loaded is not None]
    assert found == ["tokens", "none", "instruction"]


def test_the_prompt_is_prefix_suffix_middle(middle_engine: BlockingEngine) -> None:
    """What is drawn is what follows those very tokens, to the last bit."""
    before, after = token_ids(middle_engine, "a b"), token_ids(middle_engine, "c the end")
    prompt = [BOS, PREFIX, *before, SUFFIX, *after, MIDDLE]
    asked = write(middle_engine, "a b", after="c the end", chain=GREEDY, tokens=8)
    given = write(middle_engine, prompt, chain=GREEDY, tokens=8)
    assert asked.steps == given.steps
    assert asked.ended.prompt_tokens == len(prompt)
    without = write(middle_engine, "a b", after="c the end", special=False, tokens=1)
    assert without.ended.prompt_tokens == len(prompt) - 1
    assert write(middle_engine, "", after="c the end", tokens=1).steps  # where a text begins


def test_the_names_of_the_tokens_are_text_in_a_text(middle_engine: BlockingEngine) -> None:
    plain = write(middle_engine, "a<fim_suffix>b", after="c", tokens=1).ended.prompt_tokens
    assert plain > len("<fim_suffix>")


def test_a_long_text_keeps_its_marks(middle_engine: BlockingEngine) -> None:
    before, after = "a b c " * 100, "the end " * 100
    with pytest.raises(InputError, match="--trim"):
        write(middle_engine, before, after=after, tokens=4)
    generated = generate(
        middle_engine, before, branch(GREEDY), after=after, tokens=4, trim=True, candidates=0
    )
    (trim,) = generated.trims
    assert trim.kept == generated.branches[0].ended.prompt_tokens < TINY_CONTEXT - 3
    room = TINY_CONTEXT - 4
    prompt, forgotten = arrange_middle(
        (PREFIX, SUFFIX, MIDDLE),
        token_ids(middle_engine, before),
        token_ids(middle_engine, after),
        head=[BOS],
        room=room,
        trim=True,
    )
    assert trim.forgotten == forgotten > 0
    assert prompt[:2] == [BOS, PREFIX]
    assert prompt[-1] == MIDDLE
    assert prompt[prompt.index(SUFFIX) + 1 : -1] == token_ids(middle_engine, after)[: room // 4]
    cold = write(middle_engine, prompt, chain=GREEDY, tokens=4)
    assert cold.logprobs == generated.branches[0].logprobs


def test_a_model_without_the_tokens_refuses_them(
    tiny_engine: BlockingEngine, middle_engine: BlockingEngine
) -> None:
    with pytest.raises(InputError, match="leave that text out"):
        write(tiny_engine, "a", after="b")
    with pytest.raises(InputError, match="leave that text out"):
        write(middle_engine, [BOS, 5], after="b")


def written(engine: BlockingEngine, prompt: str, after: str) -> Continuation:
    """What the operation gives, which chooses the way by the model."""
    generated = Generated([Continuation()])
    for event in operations.write(
        engine, prompt, after=after, chain=parse_chain("greedy"), seed=1, tokens=4, candidates=20
    ):
        generated.add(event)
    return generated.branches[0]


def test_the_operation_takes_the_way_of_the_model(
    middle_engine: BlockingEngine, tiny_engine: BlockingEngine, engine: BlockingEngine
) -> None:
    by_tokens = written(middle_engine, "a b", "c the end")
    direct = write(middle_engine, "a b", after="c the end", chain=GREEDY, tokens=4)
    assert by_tokens.steps == direct.steps

    ignored = written(tiny_engine, "a b", "c the end")
    assert ignored.steps == write(tiny_engine, "a b", chain=GREEDY, tokens=4).steps

    plain = written(engine, "He lit the lamp.", "")
    joined = written(engine, "He lit the lamp.", "In the morning it was cold.")
    assert joined.ended.prompt_tokens > plain.ended.prompt_tokens + 50  # the examples
    assert isinstance(joined.steps[0], protocol.Step)
    assert "\n" not in joined.text
