"""Samplers that users write: what they may do, and how their mistakes are told."""

import ctypes
import os
import sys
import threading
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from models.engine.llama import Model
from models.errors import InputError, SamplerError
from models.sampling import (
    BoundChain,
    Candidates,
    Chain,
    SamplerInterrupt,
    SamplerTimeout,
    Temperature,
    TopK,
    User,
    parse_chain,
)
from models.sampling.candidates import FloatArray
from tests.models.sampling.distributions import PlainVocabulary, make_logits, make_moment
from tests.waiting import PATIENCE_S

LOGITS = np.array([3, 2, 1, 0], np.float32)
PIECES = (b"a", b"b", b"c", b"d")
Bind = Callable[[str], BoundChain]


@pytest.fixture
def bind(tmp_path: Path) -> Bind:
    """Writes a sampler file and binds a chain of it alone."""

    def write_and_bind(source: str) -> BoundChain:
        (tmp_path / "mine.py").write_text(source, "utf-8")
        return Chain([User("mine.py")]).bind(PlainVocabulary(PIECES), tmp_path)

    return write_and_bind


def fail(bound: BoundChain) -> SamplerError:
    with pytest.raises(SamplerError) as caught:
        bound.decide(LOGITS, make_moment([1, 2]))
    return caught.value


def test_it_gets_logits_tokens_and_pieces(bind: Bind) -> None:
    bound = bind(
        "def sample(logits, tokens, pieces):\n"
        "    assert logits.dtype.name == 'float32' and logits.tolist() == [3, 2, 1, 0]\n"
        "    assert tokens == [1, 2] and list(pieces) == [b'a', b'b', b'c', b'd']\n"
        "    logits[:2] = -float('inf')\n"
        "    return logits\n"
    )
    decision = bound.decide(LOGITS, make_moment([1, 2]))
    assert decision.token in (2, 3)
    assert [c.removed_by for c in decision.candidates] == ["user mine.py"] * 2 + [None] * 2
    assert LOGITS.tolist() == [3, 2, 1, 0]


@pytest.mark.parametrize("parameters", ["logits, tokens", "*everything", "logits, tokens, *rest"])
def test_pieces_may_be_left_out(bind: Bind, parameters: str) -> None:
    name = parameters.split(",")[0]
    take = "everything[0]" if name == "*everything" else "logits"
    bound = bind(f"def sample({parameters}):\n    return {take}.astype('float64') * 2\n")
    assert bound.decide(LOGITS, make_moment()).stages[0].survivors == 4


def test_a_removed_token_stays_removed(tmp_path: Path) -> None:
    (tmp_path / "zero.py").write_text(
        "def sample(logits, tokens):\n"
        "    assert logits.tolist() == [3, 2, -float('inf'), -float('inf')]\n"
        "    logits[:] = 1\n"
        "    return logits\n"
    )
    chain = Chain([TopK(2), User("zero.py")]).bind(PlainVocabulary(PIECES), tmp_path)
    decision = chain.decide(LOGITS, make_moment())
    assert [c.probability for c in decision.candidates] == pytest.approx([0.5, 0.5, 0, 0])
    assert [c.removed_by for c in decision.candidates] == [None, None, "top-k", "top-k"]


@pytest.mark.parametrize(
    "chain",
    [
        "user mine.py > temperature 0.7",
        "user mine.py > temperature 0.000001 > top-n-sigma 1",
        "user mine.py > temperature 1000000 > typical 0.9",
        "user mine.py > penalties(last_n=64, repeat=1.1) > top-p 0.9 > temperature 0.5",
        "user mine.py > dynamic-temperature(temperature=0.5, delta=0.4)",
        "user mine.py > mirostat",
        "user mine.py > min-p 0.1 > xtc(probability=1, threshold=0.1) > temperature 0.1",
    ],
)
@pytest.mark.parametrize("others", ["", "    logits[3] = 1e30\n    logits[0] = -1e38\n"])
def test_the_largest_of_floats_forces_a_token(tmp_path: Path, chain: str, others: str) -> None:
    (tmp_path / "mine.py").write_text(
        "import numpy as np\ndef sample(logits, tokens):\n"
        f"{others}    logits[2] = np.finfo(np.float32).max\n    return logits\n"
    )
    bound = parse_chain(chain).bind(PlainVocabulary(PIECES), tmp_path)
    decision = bound.decide(LOGITS, make_moment([1, 2]))
    assert (decision.token, decision.probability) == (2, 1)
    assert sum(candidate.probability for candidate in decision.candidates) == 1


def test_it_is_read_again_when_it_changed(bind: Bind, tmp_path: Path) -> None:
    bound = bind("calls = []\ndef sample(logits, tokens):\n    return logits\n")
    assert bound.decide(LOGITS, make_moment()).stages[0].survivors == 4
    source = "def sample(logits, tokens):\n    logits[1:] = -float('inf')\n    return logits\n"
    (tmp_path / "mine.py").write_text(source)
    assert bound.decide(LOGITS, make_moment()).stages[0].survivors == 1
    same_size = source.replace("[1:]", "[2:]")
    (tmp_path / "mine.py").write_text(same_size)
    os.utime(tmp_path / "mine.py", ns=(1, 1))
    assert bound.decide(LOGITS, make_moment()).stages[0].survivors == 2


def test_it_keeps_its_memory_while_it_stays_the_same(bind: Bind) -> None:
    bound = bind(
        "count = 0\n"
        "def sample(logits, tokens):\n"
        "    global count\n"
        "    count += 1\n"
        "    logits[count:] = -float('inf')\n"
        "    return logits\n"
    )
    left = [bound.decide(LOGITS, make_moment()).stages[0].survivors for _ in range(3)]
    assert left == [1, 2, 3]


def test_an_exception_names_file_and_line(bind: Bind) -> None:
    error = fail(
        bind(
            "def divide(x):\n"
            "    return x / 0\n"
            "\n"
            "def sample(logits, tokens):\n"
            "    return [divide(x) for x in tokens]\n"
        )
    )
    assert str(error) == (
        "The sampler mine.py failed at line 2: ZeroDivisionError: division by zero. "
        "Mend the file and continue; the text is kept."
    )
    assert (error.file, error.line) == ("mine.py", 2)
    assert "in sample" in error.traceback
    assert "return x / 0" in error.traceback
    assert error.traceback.endswith("ZeroDivisionError: division by zero\n")
    assert "models/sampling" not in error.traceback


def test_an_exception_inside_of_a_library_shows_the_users_line(bind: Bind) -> None:
    error = fail(
        bind("import json\n\ndef sample(logits, tokens):\n    return json.loads('nonsense')\n")
    )
    assert error.line == 4
    assert "decoder.py" not in error.traceback


def test_after_an_exception_a_mended_file_goes_on(bind: Bind, tmp_path: Path) -> None:
    bound = bind("def sample(logits, tokens):\n    return 1 / 0\n")
    fail(bound)
    fail(bound)
    (tmp_path / "mine.py").write_text("def sample(logits, tokens):\n    return logits\n")
    assert bound.decide(LOGITS, make_moment()).stages[0].survivors == 4


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("def sample(logits, tokens)\n    return logits\n", 1, "SyntaxError: expected ':'"),
        ("x = 1\ny = undefined\n", 2, "NameError: name 'undefined' is not defined"),
        ("def sampler(logits, tokens):\n    return logits\n", None, "it has no function sample"),
        ("sample = 3\n", None, "it has no function sample"),
        ("def sample(logits):\n    return logits\n", None, "must be sample(logits, tokens) or"),
        ("def sample(logits, tokens):\n    pass\n", None, "it returned NoneType, not the array"),
        ("def sample(logits, tokens):\n    return logits[:3]\n", None, r"of shape (3,), not (4,)"),
        ("def sample(logits, tokens):\n    return logits > 0\n", None, "of bool, not of numbers"),
        (
            "def sample(logits, tokens):\n    logits[1] = float('nan')\n    return logits\n",
            None,
            "a logit that is not a number",
        ),
        (
            "def sample(logits, tokens):\n    return logits.astype('f8') + 1e300\n",
            None,
            "not a number",
        ),
        ("def sample(logits, tokens):\n    return logits - float('inf')\n", None, "every token"),
        ("import sys\ndef sample(logits, tokens):\n    sys.exit(3)\n", 3, "SystemExit: 3"),
        ("def sample(logits, tokens):\n    raise ValueError\n", 2, "ValueError. Mend"),
        ("def sample(logits, tokens):\n    return sample(logits, tokens)\n", 2, "RecursionError"),
        ("raise KeyError('a\\nb')\n", 1, "KeyError: 'a"),
    ],
)
def test_every_mistake_is_one_sentence(
    bind: Bind, source: str, line: int | None, reason: str
) -> None:
    error = fail(bind(source))
    assert error.line == line
    assert reason in str(error)
    assert str(error).endswith("Mend the file and continue; the text is kept.")
    assert "\n" not in str(error)


def test_bytes_that_are_no_text(bind: Bind, tmp_path: Path) -> None:
    bound = bind("")
    (tmp_path / "mine.py").write_bytes(b"\xff\xfe\x00 = 1\n")
    assert "mine.py failed" in str(fail(bound))


def test_a_file_taken_away(bind: Bind, tmp_path: Path) -> None:
    bound = bind("def sample(logits, tokens):\n    return logits\n")
    (tmp_path / "mine.py").unlink()
    assert "it is no longer in the samplers folder" in str(fail(bound))


def is_sampling(thread: int) -> bool:
    """Whether the thread is in the body of the sampler."""
    frame = sys._current_frames()[thread]
    return frame.f_code.co_name == "sample" and frame.f_lineno > 1


def test_a_loop_without_end_is_interrupted_from_outside(bind: Bind) -> None:
    bound = bind("def sample(logits, tokens):\n    while True:\n        pass\n")
    main = threading.get_ident()

    def interrupt() -> None:
        deadline = time.monotonic() + PATIENCE_S  # then too: the loop must not go on for ever
        while not is_sampling(main) and time.monotonic() < deadline:
            time.sleep(0.002)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(main), ctypes.py_object(SamplerInterrupt)
        )

    clock = threading.Thread(target=interrupt)
    clock.start()
    try:
        error = fail(bound)
    finally:
        clock.join()
    assert isinstance(error, SamplerTimeout)
    assert error.file == "mine.py"
    assert error.line in (2, 3)
    assert "it did not end in the two seconds" in str(error)


@pytest.mark.parametrize(
    "file",
    ["../mine.py", "/mine.py", "a/b.py", "..", ".py", "mine", "", "a\\b.py", "c:x.py", "\0.py"],
)
def test_names_that_leave_the_folder_are_refused(file: str) -> None:
    with pytest.raises(InputError, match="is not the name of a sampler"):
        User(file)


def test_a_missing_file_or_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no sampler none\.py in"):
        Chain([User("none.py")]).bind(PlainVocabulary(4), tmp_path)
    with pytest.raises(InputError, match="There is no samplers folder"):
        Chain([User("none.py")]).bind(PlainVocabulary(4))


EXAMPLES = Path(str(files("models.sampling"))) / "examples"


def test_without_letter(starter_model: Model, real_logits: list[FloatArray]) -> None:
    bound = Chain([User("without_letter.py"), TopK(40)]).bind(starter_model, EXAMPLES)
    for logits in real_logits:
        decision = bound.decide(logits, make_moment(), shown=100)
        kept = [c for c in decision.candidates if c.removed_by != "user without_letter.py"]
        assert 10 < len(kept) < 100
        for candidate in decision.candidates:
            has_letter = b"e" in starter_model.pieces[candidate.token].lower()
            assert has_letter == (candidate.removed_by == "user without_letter.py")
    end = starter_model.eos
    assert b"e" in starter_model.pieces[end]
    assert bound.decide(real_logits[0], make_moment(), chosen=end).candidates[-1].removed_by != (
        "user without_letter.py"
    )


def test_rare_words(starter_model: Model, real_logits: list[FloatArray]) -> None:
    plain = Chain([TopK(40)]).bind(starter_model)
    rare = Chain([User("rare_words.py"), TopK(40)]).bind(starter_model, EXAMPLES)
    for logits in real_logits:
        before = {c.token: c.probability for c in plain.decide(logits, make_moment()).candidates}
        after = {c.token: c.probability for c in rare.decide(logits, make_moment()).candidates}
        fitting = [t for t in before if logits[t] > logits.max() - 4]
        gains = [after[t] / before[t] for t in sorted(fitting)]
        assert gains == sorted(gains)


def test_both_examples_leave_enough_to_draw_from() -> None:
    logits = make_logits("wide", 500, 1)
    for name in ("without_letter.py", "rare_words.py"):
        vocabulary = PlainVocabulary([bytes([i % 256]) for i in range(500)])
        bound = Chain([User(name), Temperature(0.8)]).bind(vocabulary, EXAMPLES)
        assert bound.decide(logits, make_moment()).stages[0].survivors > 400


def test_logits_come_as_a_copy(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "def sample(logits, tokens):\n    logits += 1\n    return logits\n"
    )
    transform = User("mine.py").bind(PlainVocabulary(PIECES), tmp_path)
    candidates = Candidates(LOGITS)
    assert transform(candidates, make_moment()).logits.tolist() == [4, 3, 2, 1]
    assert candidates.logits.tolist() == [3, 2, 1, 0]
