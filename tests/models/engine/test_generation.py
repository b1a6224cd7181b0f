"""The loop over real models: the same text whatever happened before, its ends, its limits."""

import os
import signal
from pathlib import Path

import psutil
import pytest

from models.engine import protocol
from models.engine.blocking import BlockingEngine, EngineDiedError
from models.errors import InputError, SamplerError
from models.gguf_header import read_header
from models.sampling import parse_chain
from tests.conftest import CONTEXT, THREADS
from tests.idleness import wait_until_idle
from tests.models.engine.conftest import FIRST_BYTE, TINY_CONTEXT, write_random_model
from tests.models.engine.continuations import DRAWN, GREEDY, branch, generate, write

PROMPT = "The lighthouse keeper wound the clock every evening at six, because"
LONG = " ".join(f"On day {day} the keeper wrote the weather into the book." for day in range(40))
BYTES_A_STEP = 20_000  # with 100 candidates; 14,000 measured


def test_a_step_has_at_most_100_candidates_and_a_bounded_size(engine: BlockingEngine) -> None:
    written = write(engine, PROMPT, candidates=100, tokens=8)
    for step in written.steps:
        assert len(step.candidates) == 100
        assert len(protocol.encode(protocol.Stepped(1, 0, step))) < BYTES_A_STEP
    with pytest.raises(InputError, match="0 to 100"):
        write(engine, PROMPT, candidates=101)


def test_the_text_does_not_depend_on_what_is_shown_or_kept(engine: BlockingEngine) -> None:
    first = write(engine, PROMPT, tokens=24)
    for options in ({"candidates": 0}, {"candidates": 100}, {"keep_logits": True}):
        other = write(engine, PROMPT, tokens=24, **options)
        assert other.tokens == first.tokens
        assert other.logprobs == first.logprobs


def test_another_seed_gives_another_text(engine: BlockingEngine) -> None:
    assert write(engine, PROMPT, seed=1).text != write(engine, PROMPT, seed=2).text


@pytest.mark.slow
def test_the_same_text_after_the_prompt_was_reused(engine: BlockingEngine) -> None:
    """Texts and log-probabilities bit for bit: whole, edited at both ends, after four branches."""
    prompt = LONG[:900]
    cold = write(engine, prompt, seed=9)
    again = write(engine, prompt, seed=9)
    write(engine, prompt[:-20] + " It was cold and", seed=9)
    after_edit = write(engine, prompt, seed=9)
    write(engine, "Yes. " + prompt, seed=9)
    after_start = write(engine, prompt, seed=9)
    generate(engine, prompt, *(branch(seed=s) for s in range(4)), tokens=8)
    after_branches = write(engine, prompt, seed=9)
    write(engine, PROMPT)
    after_other = write(engine, prompt, seed=9)
    for other in (again, after_edit, after_start, after_branches, after_other):
        assert other.text == cold.text
        assert other.logprobs == cold.logprobs
    assert cold.ended.prompt_tokens_reused == 0
    assert again.ended.prompt_tokens_reused > 150
    assert after_other.ended.prompt_tokens_reused == 0


@pytest.mark.slow
def test_the_same_text_after_a_restart(engine: BlockingEngine, starter_path: Path) -> None:
    first = write(engine, PROMPT, seed=4)
    with BlockingEngine() as other:
        other.load(starter_path, context=CONTEXT, threads=1)
        again = write(other, PROMPT, seed=4)
    assert again.text == first.text
    assert again.logprobs == first.logprobs


def test_the_number_of_threads_changes_no_short_text(
    engine: BlockingEngine, starter_path: Path
) -> None:
    """From 512 cells on, ggml divides the attention of a single row among the threads."""
    first = write(engine, PROMPT, seed=4)
    with BlockingEngine() as other:
        other.load(starter_path, context=CONTEXT, threads=2)
        assert write(other, PROMPT, seed=4).logprobs == first.logprobs


def test_a_branch_beside_others_is_almost_the_same_branch(engine: BlockingEngine) -> None:
    """What batching does to the numbers: nothing here, and not much elsewhere.

    Measured with the starter on a processor with AVX-512: 4 seeds of 24 tokens beside 1, 3 and 7
    other branches have log-probabilities that are equal to the last bit. Other kernels (BLAS, a
    GPU) sum the products of one row and of many in another order, so a tolerance is asserted, as
    long as no other token was drawn.
    """
    alone = write(engine, PROMPT, seed=1, tokens=24)
    beside = generate(engine, PROMPT, *(branch(seed=s) for s in (1, 2, 3, 4)), tokens=24).branches
    together = beside[0]
    assert together.steps[0].logprob == alone.steps[0].logprob  # from the prompt: the same row
    same = next(
        (i for i, (a, b) in enumerate(zip(alone.tokens, together.tokens, strict=True)) if a != b),
        24,
    )
    assert same >= 8
    assert together.logprobs[:same] == pytest.approx(alone.logprobs[:same], abs=0.05)


def test_branches_do_not_disturb_each_other(engine: BlockingEngine) -> None:
    """Of the same number of branches, each writes its text whatever the others do."""
    first = generate(engine, PROMPT, *(branch(seed=s) for s in (1, 2, 3)), tokens=12).branches
    other = generate(
        engine, PROMPT, branch(seed=1), branch(GREEDY), branch(seed=3), tokens=12
    ).branches
    assert other[0].tokens == first[0].tokens
    assert other[2].tokens == first[2].tokens


@pytest.mark.slow
def test_reuse_is_counted_exactly(engine: BlockingEngine) -> None:
    tokens = [piece.id for piece in engine.tokenize(LONG)][:300]
    write(engine, [7])
    assert write(engine, tokens, tokens=1).ended.prompt_tokens_reused == 0
    for edit, reused in ((299, 288), (150, 128), (31, 0), (64, 64)):
        assert write(engine, tokens, tokens=1).ended.prompt_tokens == 300
        edited = [*tokens[:edit], 777, *tokens[edit + 1 :]]
        generated = generate(engine, edited, tokens=1)
        assert generated.branches[0].ended.prompt_tokens_reused == reused
        assert {reading.reused for reading in generated.readings} == {reused}
        assert [r.done for r in generated.readings] == [*range(reused + 32, 300, 32), 300]


@pytest.mark.slow
def test_what_was_written_is_read_ahead(engine: BlockingEngine) -> None:
    """The continuation of a continuation finds its text in the cache, once the engine was idle."""
    tokens = [piece.id for piece in engine.tokenize(LONG)][:90]
    first = write(engine, tokens, chain=GREEDY, tokens=80)
    wait_until_idle([psutil.Process(engine.client.pid)])  # a command would cut the reading short
    longer = [*tokens, *first.tokens]
    assert write(engine, longer, tokens=1).ended.prompt_tokens_reused == 160


@pytest.mark.parametrize("stop", ["\n", ".", "the", " a", "e k"])
def test_a_stop_text_is_never_shown(engine: BlockingEngine, stop: str) -> None:
    plain = write(engine, PROMPT, chain=GREEDY, tokens=40)
    stopped = write(engine, PROMPT, chain=GREEDY, tokens=40, stop=(stop,))
    at = plain.text.find(stop)
    assert stopped.text == (plain.text if at < 0 else plain.text[:at])
    assert stopped.ended.reason == ("length" if at < 0 else "stop")
    assert stopped.ended.tokens == len(stopped.steps)
    assert [step.index for step in stopped.steps] == list(range(len(stopped.steps)))


def force(
    engine: BlockingEngine, text: str, stop: tuple[str, ...] = ()
) -> tuple[str, protocol.Outcome, list[str]]:
    """Let the model write `text`; returns what is shown, the outcome, and each step's text."""
    forced = [piece.id for piece in engine.tokenize(text, special=False)]
    written = write(engine, "Once", forced=forced, tokens=len(forced), stop=stop)
    return written.text, written.ended, [step.text for step in written.steps]


@pytest.mark.parametrize(
    ("stops", "shown"),
    [
        (("lo wor",), "Hel"),
        (("Hello",), ""),
        (("Hello world and more",), "Hello world and less"),
        ((" world", "lo world"), "Hel"),
        (("less", "world"), "Hello "),
        (("and l", "and m"), "Hello world "),
        (("末",), "Hello world and less"),
    ],
)
def test_stop_texts_inside_and_across_tokens(
    engine: BlockingEngine, stops: tuple[str, ...], shown: str
) -> None:
    text, outcome, _ = force(engine, "Hello world and less", stop=stops)
    assert text == shown
    assert outcome.reason == ("stop" if shown != "Hello world and less" else "length")


def test_characters_are_whole_at_each_moment(engine: BlockingEngine) -> None:
    text, outcome, parts = force(engine, "結末🙂、はい")
    assert text == "結末🙂、はい"
    assert outcome.tokens == len(parts) > len(text)  # the starter's tokens are parts of characters
    assert "" in parts
    assert not any("\ufffd" in part for part in parts)


def test_a_stop_text_of_several_tokens_a_character(engine: BlockingEngine) -> None:
    text, outcome, _ = force(engine, "結末🙂、はい", stop=("🙂",))
    assert (text, outcome.reason) == ("結末", "stop")


def test_candidates_complete_a_character_that_has_begun(engine: BlockingEngine) -> None:
    forced = [piece.id for piece in engine.tokenize("🙂", special=False)]
    assert len(forced) > 1
    written = write(engine, "Once", forced=forced, tokens=len(forced), candidates=20)
    last = next(row for row in written.steps[-1].candidates if row.token == forced[-1])
    assert last.text == "🙂"


def test_the_end_of_generation_ends_with_its_reason(engine: BlockingEngine) -> None:
    written = write(engine, "Say yes.", chain=GREEDY, chat=True, tokens=200)
    assert written.ended.reason == "end"
    assert written.steps[-1].text == ""  # its name is markup, not text
    assert "<|im_end|>" not in written.text
    assert len(written.steps) < 200


def test_a_message_goes_through_the_template(engine: BlockingEngine) -> None:
    plain = write(engine, "The capital of Japan is", tokens=1)
    message = write(engine, "The capital of Japan is", tokens=1, chat=True)
    assert message.ended.prompt_tokens > plain.ended.prompt_tokens + 5


def test_a_base_model_takes_no_message(tiny_engine: BlockingEngine) -> None:
    with pytest.raises(InputError, match="leave --chat out"):
        write(tiny_engine, "a b", chat=True)


@pytest.mark.parametrize(
    ("template", "add_bos"),
    [
        ("{{ bos_token }}{{ messages[0].content }}", True),
        ("{{ messages[0].content }}", True),
        ("{{ bos_token }}{{ messages[0].content }}", False),
    ],
)
def test_bos_is_never_doubled(tmp_path: Path, template: str, add_bos: bool) -> None:
    """Whether the template writes it, the tokenizer adds it, or both."""
    path = write_random_model(tmp_path / "t.gguf", add_bos=add_bos, chat_template=template)
    with BlockingEngine() as engine:
        engine.load(path, context=TINY_CONTEXT, threads=1)
        bare = len(engine.tokenize("a b", special=False))
        with_bos = len(engine.tokenize("a b"))
        assert with_bos == bare + add_bos
        chat = write(engine, "a b", chat=True, tokens=1).ended.prompt_tokens
        assert chat == bare + (add_bos or template.startswith("{{ bos"))
        plain = write(engine, "a b", tokens=1).ended.prompt_tokens
        assert plain == with_bos
        none = write(engine, "a b", special=False, tokens=1).ended.prompt_tokens
        assert none == bare


@pytest.mark.parametrize("chat", [False, True])
def test_no_end_mark_stands_before_what_is_written(tmp_path: Path, chat: bool) -> None:
    """Two models with the same weights: the vocabulary of one asks for EOS after a text."""
    written = []
    for add_eos in (False, True):
        path = write_random_model(
            tmp_path / f"{add_eos}.gguf", add_eos=add_eos, chat_template="{{ messages[0].content }}"
        )
        with BlockingEngine() as engine:
            engine.load(path, context=TINY_CONTEXT, threads=1)
            assert read_header(path).metadata.get("tokenizer.ggml.add_eos_token", False) is add_eos
            written.append(write(engine, "a b", chat=chat, tokens=4))
    plain, marked = written
    assert marked.ended.prompt_tokens == plain.ended.prompt_tokens
    assert (marked.tokens, marked.logprobs) == (plain.tokens, plain.logprobs)


def test_bos_that_the_text_begins_with_is_not_doubled(tiny_engine: BlockingEngine) -> None:
    """In a plain text, <s> is three characters: it is not taken for the token, BOS is added."""
    tokens = [piece.id for piece in tiny_engine.tokenize("<s>a")]
    assert tokens.count(1) == 1
    assert tokens[0] == 1
    given = write(tiny_engine, [1, 262, 263], tokens=1)
    assert given.ended.prompt_tokens == 3


def test_a_full_context_goes_on_and_tells(tiny_engine: BlockingEngine) -> None:
    endless = branch(parse_chain("logit-bias 2=-100 > temperature 1"))
    generated = generate(tiny_engine, "a b c", endless, tokens=400, candidates=0)
    written = generated.branches[0]
    assert written.ended.reason == "length"
    assert written.ended.tokens == len(written.steps) == 400
    assert [step.index for step in written.steps] == list(range(len(written.steps)))
    assert generated.trims
    length = written.ended.prompt_tokens
    for trim, steps_before in zip(generated.trims, generated.steps_before, strict=True):
        assert length + steps_before == trim.kept + trim.forgotten == TINY_CONTEXT + 1
        length -= trim.forgotten
        quarter = (TINY_CONTEXT - 1) // 4
        assert trim.forgotten % quarter == 0
        assert trim.forgotten > 0
        assert trim.kept <= TINY_CONTEXT
    again = generate(tiny_engine, "a b c", endless, tokens=400, candidates=0)
    assert again.branches[0].tokens == written.tokens
    assert again.trims == [
        protocol.Trimmed(again.trims[0].job, trim.forgotten, trim.kept) for trim in generated.trims
    ]


def test_a_full_context_keeps_bos(tiny_engine: BlockingEngine) -> None:
    """What follows a trim is what follows the kept text, BOS before it, when it is read cold."""
    prompt = [1, *([FIRST_BYTE + 65, FIRST_BYTE + 66] * 140)]
    generated = generate(tiny_engine, prompt, branch(GREEDY), tokens=1, trim=True)
    (trim,) = generated.trims
    kept = [1, *prompt[1 + trim.forgotten :]]
    assert len(kept) == trim.kept
    cold = write(tiny_engine, kept, chain=GREEDY, tokens=1)
    assert cold.logprobs == generated.branches[0].logprobs
    assert cold.tokens == generated.branches[0].tokens


def test_a_trim_in_a_generation_keeps_bos_and_the_newest(
    tiny_engine: BlockingEngine,
) -> None:
    prompt = [1, *([FIRST_BYTE + 65, FIRST_BYTE + 66] * 120)]
    ban_end = parse_chain("logit-bias 2=-100 > greedy")
    generated = generate(tiny_engine, prompt, branch(ban_end), tokens=60)
    (trim,) = generated.trims
    tokens = generated.branches[0].tokens
    before = TINY_CONTEXT - len(prompt) + 1  # steps until the context was full
    text = [*prompt, *tokens[:before]]
    kept = [1, *text[1 + trim.forgotten :]]
    assert len(kept) == trim.kept
    cold = write(tiny_engine, kept, chain=ban_end, tokens=5)
    assert cold.tokens == tokens[before : before + 5]


def test_a_prompt_longer_than_the_context_is_refused(tiny_engine: BlockingEngine) -> None:
    prompt = [1, *[FIRST_BYTE + 65] * TINY_CONTEXT]
    with pytest.raises(InputError, match="--trim"):
        write(tiny_engine, prompt)
    with pytest.raises(InputError, match="choose fewer"):
        generate(tiny_engine, [1, 68], *(branch(seed=s) for s in range(4)), tokens=100)


def test_tokens_that_the_vocabulary_has_not_are_refused(tiny_engine: BlockingEngine) -> None:
    for prompt in ([-1], [10_000]):
        with pytest.raises(InputError, match="vocabulary"):
            write(tiny_engine, prompt)
    with pytest.raises(InputError, match="vocabulary"):
        write(tiny_engine, "a", forced=[10_000])
    with pytest.raises(InputError, match="empty"):
        write(tiny_engine, [])
    assert write(tiny_engine, "a b", tokens=2).steps  # and it is well


def test_a_step_decided_again_is_the_live_decision(engine: BlockingEngine) -> None:
    first = generate(engine, PROMPT, branch(DRAWN, seed=1), tokens=6, keep_logits=True)
    other = parse_chain("top-k 10 > top-p 0.8 > temperature 1.5")
    job = first.readings[0].job
    forced = first.branches[0].tokens
    for index in (0, 3, 5):
        again = engine.decide(job, index, branch(other).chain, seed=8)
        live = write(engine, PROMPT, chain=other, seed=8, forced=forced[:index], tokens=index + 1)
        assert again == live.steps[index]


def test_a_step_decided_again_as_before_is_itself(engine: BlockingEngine) -> None:
    first = generate(engine, PROMPT, *(branch(seed=s) for s in (1, 2)), tokens=5, keep_logits=True)
    job = first.readings[0].job
    for number, written in enumerate(first.branches):
        for step in written.steps:
            again = engine.decide(job, step.index, branch(DRAWN).chain, branch=number)
            assert again == step


def test_logits_that_are_not_kept_are_named(engine: BlockingEngine) -> None:
    first = generate(engine, PROMPT, tokens=2)
    for job, index in ((first.readings[0].job, 0), (10**6, 0)):
        with pytest.raises(InputError, match="no longer kept"):
            engine.decide(job, index, branch(GREEDY).chain)


def test_forced_tokens_are_continued_from(engine: BlockingEngine) -> None:
    forced = [piece.id for piece in engine.tokenize(" of the wind.", special=False)]
    written = write(engine, PROMPT, chain=GREEDY, forced=forced, tokens=len(forced) + 6)
    assert written.tokens[: len(forced)] == forced
    assert written.text.startswith(" of the wind.")
    assert len(written.steps) == len(forced) + 6
    assert all(step.rank == 0 for step in written.steps[len(forced) :])


SAMPLERS = {
    "raises": "def sample(logits, tokens):\n    return [][1]\n",
    "loops": "def sample(logits, tokens):\n    while True:\n        pass\n",
    "swallows": (
        "def sample(logits, tokens):\n    while True:\n        try:\n"
        "            sum(range(100000))\n        except Exception:\n            pass\n"
    ),
    "asks": "def sample(logits, tokens):\n    input()\n    return logits\n",
    "interrupts": "def sample(logits, tokens):\n    raise KeyboardInterrupt\n",
    "mumbles": "def sample(logits, tokens):\n    raise ValueError('\\ud800')\n",
    "few": "def sample(logits):\n    return logits\n",
    "wrong": "def sample(logits, tokens):\n    return logits[:5]\n",
    "works": "def sample(logits, tokens):\n    return logits\n",
}


@pytest.mark.slow
def test_a_sampler_is_mended_while_the_model_stays_loaded(
    engine: BlockingEngine, tmp_path: Path
) -> None:
    """Every fault is a failed job with the file's name; the engine lives on, and reads it anew."""
    pid = engine.client.pid
    chain = parse_chain("top-k 40 > user mine.py > temperature 0.9")
    file = tmp_path / "mine.py"
    for fault in sorted(SAMPLERS.keys() - {"works"}):
        file.write_text(SAMPLERS[fault])
        with pytest.raises(SamplerError, match=r"mine\.py"):
            write(engine, PROMPT, chain=chain, samplers=tmp_path, tokens=3)
    file.write_text(SAMPLERS["works"])
    written = write(engine, PROMPT, chain=chain, samplers=tmp_path, tokens=3)
    assert len(written.steps) == 3
    assert engine.client.pid == pid


@pytest.mark.slow
def test_a_sampler_that_nothing_interrupts_ends_with_the_process(
    starter_path: Path, tmp_path: Path
) -> None:
    """A regular expression holds the interpreter; what was written before is there."""
    (tmp_path / "mine.py").write_text(
        "import re\ndef sample(logits, tokens):\n    if len(tokens) > 8:\n"
        "        re.match(r'(a+)+$', 'a' * 60 + 'b')\n    return logits\n"
    )
    with BlockingEngine() as engine:
        engine.load(starter_path, context=512, threads=THREADS, branches=1)
        steps: list[protocol.Stepped] = []
        events = engine.generate(
            "The capital of Japan is",
            [protocol.Branch([protocol.StageValues("user", {"file": "mine.py"})], 1)],
            tokens=20,
            samplers=tmp_path,
        )
        with pytest.raises(EngineDiedError, match=r"did not end: mend it, or write without it\.$"):
            steps.extend(event for event in events if isinstance(event, protocol.Stepped))
        assert len(steps) == 4
        assert engine.tokenize("a")  # a new process, with the model


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_a_caller_that_waits_is_told_of_a_death_and_can_go_on(starter_path: Path) -> None:
    with BlockingEngine() as engine:
        engine.load(starter_path, context=512, threads=1)
        whole = write(engine, PROMPT, seed=5, tokens=12)
        events = engine.generate(PROMPT, [branch(seed=5)], tokens=200)
        seen: list[str] = []
        for event in events:
            if isinstance(event, protocol.Stepped):
                seen.append(event.step.text)
                if len(seen) == 4:
                    break
        assert engine.client.pid is not None
        os.kill(engine.client.pid, signal.SIGKILL)
        with pytest.raises(EngineDiedError, match="SIGKILL"):
            list(events)
        assert whole.text.startswith("".join(seen))
        assert write(engine, PROMPT, seed=5, tokens=12).text == whole.text


def test_an_iterator_that_is_left_cancels(engine: BlockingEngine) -> None:
    events = engine.generate(PROMPT, [branch()], tokens=2000)
    next(events)
    events.close()  # type: ignore[attr-defined]
    assert write(engine, PROMPT, tokens=2).ended.reason == "length"
