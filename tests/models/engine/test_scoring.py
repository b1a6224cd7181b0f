"""A text that is there, scored: against libllama itself, and against the model made to write it."""

import json
import subprocess
import sys
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from models.engine import protocol
from models.engine.blocking import BlockingEngine
from models.engine.scoring import find_ends
from models.errors import InputError, SamplerError
from models.operations import describe_chain
from models.sampling import Chain, parse_chain
from tests.models.engine.conftest import TINY_CONTEXT, write_random_model
from tests.models.engine.continuations import GREEDY, write

TEXT = (
    "The lighthouse keeper wound the clock every evening at six, because the sea keeps no hours. "
    "In the book he wrote the weather: 晴れ、風なし🙂. Then he put the lamp out, and waited for "
    "the first boat of the day to come home over the bar."
)
NEAR = 1e-3  # the blocks of a prompt against one batch: other kernels, other last bits
ORACLE = Path(__file__).with_name("libllama_oracle.py")


@dataclass
class Scores:
    """What a scoring gave."""

    at: list[int] = field(default_factory=list)
    steps: list[protocol.Step] = field(default_factory=list)
    readings: list[protocol.Reading] = field(default_factory=list)
    trims: list[protocol.Trimmed] = field(default_factory=list)
    outcome: protocol.Outcome | None = None

    @property
    def text(self) -> str:
        return "".join(step.text for step in self.steps)

    @property
    def logprobs(self) -> list[float]:
        return [step.logprob for step in self.steps]

    def add(self, event: object) -> None:
        match event:
            case protocol.Scored():
                assert not self.at or event.at == self.at[0] + len(self.text)
                self.at.append(event.at)
                self.steps += event.steps
            case protocol.Reading():
                self.readings.append(event)
            case protocol.Trimmed():
                self.trims.append(event)
            case protocol.Finished():
                self.outcome = event.outcome


def score(
    engine: BlockingEngine, text: str, *, chain: Chain | None = None, **options: Any
) -> Scores:
    scores = Scores()
    for event in engine.score(text, chain=describe_chain(chain or Chain()), **options):
        scores.add(event)
    return scores


def token_ids(engine: BlockingEngine, text: str, *, special: bool = True) -> list[int]:
    return [piece.id for piece in engine.tokenize(text, special=special)]


@pytest.mark.slow
def test_scores_are_those_of_libllama(engine: BlockingEngine, starter_path: Path) -> None:
    """All of a text in one batch, measured in float64 by a process that has none of our code."""
    tokens = token_ids(engine, TEXT)
    asked = json.dumps({"prompt": engine.tokenize(TEXT)[0].text, "taken": tokens[1:]})
    answer = subprocess.run(
        [sys.executable, str(ORACLE), str(starter_path)],
        input=asked.encode(),
        capture_output=True,
        check=True,
    )
    oracle = json.loads(answer.stdout)["whole"]
    scores = score(engine, TEXT)
    assert [step.token for step in scores.steps] == tokens[1:]
    assert scores.logprobs == pytest.approx(oracle["logprob"], abs=NEAR)
    assert [step.entropy for step in scores.steps] == pytest.approx(oracle["entropy"], abs=NEAR)
    ranks = [step.rank for step in scores.steps]
    assert sum(a != b for a, b in zip(ranks, oracle["rank"], strict=True)) <= len(ranks) // 50


def test_scores_are_those_of_a_model_made_to_write_the_text(engine: BlockingEngine) -> None:
    chain = parse_chain("top-k 40 > top-p 0.9 > temperature 0.7")
    first = TEXT.index(" because")
    before = token_ids(engine, TEXT[:first])
    forced = token_ids(engine, TEXT)[len(before) :]
    made = write(engine, before, chain=chain, forced=forced, tokens=len(forced), candidates=5)
    scores = score(engine, TEXT, chain=chain, first=first, candidates=5)
    assert [step.token for step in scores.steps] == made.tokens
    assert [step.text for step in scores.steps] == [step.text for step in made.steps]
    assert [step.index for step in scores.steps] == list(range(len(forced)))
    assert scores.logprobs == pytest.approx(made.logprobs, abs=NEAR)
    for ours, theirs in zip(scores.steps, made.steps, strict=True):
        assert [stage.name for stage in ours.stages] == [stage.name for stage in theirs.stages]
        assert ours.probability == pytest.approx(theirs.probability, abs=5e-3)
        assert len(ours.candidates) >= 5


@pytest.mark.parametrize("first", [0, 1, 30, 95, len(TEXT) - 1, len(TEXT)])
def test_the_texts_of_the_steps_are_the_text(engine: BlockingEngine, first: int) -> None:
    """The starter has no BOS, so its first token has no step."""
    scores = score(engine, TEXT, first=first, candidates=0)
    opening = len(engine.tokenize(TEXT)[0].text)
    if first == len(TEXT):
        assert scores.steps == []
    else:
        assert scores.at[0] <= max(first, opening) < scores.at[0] + len(scores.text)
        assert TEXT[scores.at[0] :] == scores.text
        assert max(first, opening) - scores.at[0] < len(scores.steps[0].text)
    assert scores.outcome is not None
    assert scores.outcome.reason == "end"
    assert scores.outcome.tokens == len(scores.steps)
    assert scores.readings[-1].done == scores.readings[-1].total == scores.outcome.prompt_tokens


def test_a_step_for_each_part_of_a_character(engine: BlockingEngine) -> None:
    """From the character on that is asked for, the bytes of it that write nothing included."""
    first = TEXT.index("🙂")
    scores = score(engine, TEXT, first=first)
    texts = [step.text for step in scores.steps]
    whole = texts.index("🙂")
    assert whole > 0
    assert texts[:whole] == [""] * whole
    assert scores.at[0] == first
    assert bytes.fromhex("".join(s.bytes for s in scores.steps[: whole + 1])).decode() == "🙂"
    taken = scores.steps[whole]
    shown = {row.token: row.text for row in taken.candidates}
    assert shown.get(taken.token, "🙂") == "🙂"


@pytest.mark.slow
def test_scoring_and_writing_leave_each_other_as_they_were(engine: BlockingEngine) -> None:
    """Bit for bit, and each reuses the blocks of the other."""
    text = TEXT * 2
    write(engine, "Something else.", tokens=1)
    cold = write(engine, text, chain=GREEDY, tokens=6)
    write(engine, "Something else.", tokens=1)
    cold_scores = score(engine, text)
    warm = write(engine, text, chain=GREEDY, tokens=6)
    assert warm.ended.prompt_tokens_reused >= 64
    assert warm.logprobs == cold.logprobs
    assert warm.tokens == cold.tokens
    again = score(engine, text)
    assert again.steps == cold_scores.steps
    end = score(engine, text, first=len(text) - 10)
    assert end.outcome is not None
    assert end.outcome.prompt_tokens_reused >= 64
    assert end.logprobs == cold_scores.logprobs[-len(end.logprobs) :]


@pytest.mark.parametrize(
    "text", ["a b c", " a b", "  a", "ab the end", "\n\na", "▁a ▁", "水 b\u3000🙂", "a"]
)
@pytest.mark.parametrize("special", [True, False])
def test_a_sentencepiece_text_is_its_own(
    tiny_engine: BlockingEngine, text: str, special: bool
) -> None:
    """The space that the vocabulary puts before the text is in no step; U+2581 stays what it is."""
    scores = score(tiny_engine, text, special=special)
    tokens = token_ids(tiny_engine, text, special=special)
    assert [step.token for step in scores.steps] == tokens[1:]
    at = scores.at[0] if scores.at else len(text)
    assert scores.text == text[at:]
    if special:
        assert at == 0


def test_an_end_mark_that_the_vocabulary_asks_for_is_not_scored(tmp_path: Path) -> None:
    path = write_random_model(tmp_path / "marked.gguf", add_eos=True)
    with BlockingEngine() as engine:
        engine.load(path, context=TINY_CONTEXT, threads=1)
        scores = score(engine, "a b c")
        assert [step.token for step in scores.steps] == token_ids(engine, "a b c")[1:]


def test_a_text_longer_than_the_context_loses_its_oldest_part(tiny_engine: BlockingEngine) -> None:
    text = "水b" * 100
    tokens = token_ids(tiny_engine, text)
    scores = score(tiny_engine, text, candidates=0)
    (trim,) = scores.trims
    assert trim.kept + trim.forgotten == len(tokens) > TINY_CONTEXT
    assert trim.kept <= TINY_CONTEXT
    assert scores.text == text[scores.at[0] :]
    assert scores.at[0] > 0
    kept = [tokens[0], *tokens[1 + trim.forgotten :]]
    assert [step.token for step in scores.steps] == kept[1:]
    made = write(tiny_engine, kept[:1], forced=kept[1:], tokens=len(kept) - 1, candidates=0)
    loose = 10 * NEAR  # random weights spread what the float16 of the cache rounds; 2e-3 measured
    assert scores.logprobs == pytest.approx(made.logprobs, abs=loose)


def test_a_text_of_one_token_less_or_more_than_the_context(tiny_engine: BlockingEngine) -> None:
    for length in (TINY_CONTEXT - 3, TINY_CONTEXT - 2, TINY_CONTEXT - 1):
        text = "0" * length  # a byte each, after BOS and a space
        scores = score(tiny_engine, text, candidates=0)
        assert bool(scores.trims) == (len(token_ids(tiny_engine, text)) > TINY_CONTEXT)
        assert scores.text == text[scores.at[0] :]


def test_bad_questions_are_refused(tiny_engine: BlockingEngine) -> None:
    for text, first in (("", 0), ("a b", 4), ("a b", -1)):
        with pytest.raises(InputError):
            score(tiny_engine, text, first=first)
    with pytest.raises(InputError, match="0 to 100"):
        score(tiny_engine, "a b", candidates=101)
    assert score(tiny_engine, "a b").text == "a b"


def test_a_failing_sampler_keeps_the_steps_before(
    tiny_engine: BlockingEngine, tmp_path: Path
) -> None:
    (tmp_path / "mine.py").write_text(
        "def sample(logits, tokens):\n    return logits if len(tokens) < 40 else 1 / 0\n"
    )
    scores = Scores()
    chain = describe_chain(parse_chain("user mine.py"))
    events = tiny_engine.score("a b " * 30, chain=chain, samplers=tmp_path)
    with pytest.raises(SamplerError, match="line 2") as failed:
        deque(map(scores.add, events), maxlen=0)
    assert len(scores.steps) == 39
    assert (failed.value.file, failed.value.line) == ("mine.py", 2)
    assert "ZeroDivisionError" in failed.value.traceback


def test_a_scoring_is_cancelled_between_blocks(engine: BlockingEngine) -> None:
    scores = Scores()
    try:
        for event in engine.score(TEXT * 8, chain=[]):
            scores.add(event)
            if isinstance(event, protocol.Scored):
                engine.cancel()
    finally:
        engine.clear_cancel()
    assert scores.outcome is not None
    assert scores.outcome.reason == "cancelled"
    assert scores.outcome.tokens == len(scores.steps) < 400
    assert (TEXT * 8)[scores.at[0] :].startswith(scores.text)
    assert score(engine, TEXT).outcome is not None


def test_pieces_that_are_not_the_text_have_no_place() -> None:
    assert find_ends("a b", [b"a", b" b"]) == [1, 3]
    assert find_ends("a b", [b" a", b" b"]) == [1, 3]
    assert find_ends("水", [b"\xe6", b"\xb0", b"\xb4"]) == [0, 0, 1]
    assert find_ends("ab", [b"a"]) is None
    assert find_ends("ab", [b"a", b"c"]) is None
    assert find_ends("a b", [b"a", b"b"]) is None
