"""Several settings from one prompt: read, decoded together, measured, exported."""

import json
import math
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models import operations
from models.cli.terminal import hear_all
from models.engine.blocking import BlockingEngine
from models.engine.protocol import Step
from models.errors import InputError, JobError
from models.sampling import Chain, Greedy, Xtc, format_chain
from models.strategies import (
    ROUNDS_ALIKE,
    STANDARD,
    Run,
    RunFinished,
    RunStepped,
    StrategiesResult,
    Strategy,
    find_parting,
    find_repeated,
    find_shown,
    is_deterministic,
    make_strategies,
    measure_variety,
    parse_strategy,
    run_strategies,
)
from models.strategies_export import export_strategies
from tests.conftest import CONTEXT

PROMPT = "The lighthouse keeper wound the clock every evening at six, because"


def run(
    engine: BlockingEngine, strategies: list[Strategy], prompt: str = PROMPT, tokens: int = 24
) -> StrategiesResult:
    *_, result = run_strategies(engine, prompt, strategies, tokens=tokens)
    assert isinstance(result, StrategiesResult)
    return result


def step(token: int, logprob: float = -1.0, entropy: float = 2.0, text: str = "x") -> Step:
    return Step(0, token, text, "78", logprob, 0, 0.5, entropy, [], [])


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("greedy", "greedy"),
        ("story", "top-k 40 > top-p 0.9 > min-p 0.05 > temperature 1.4"),
        ("temperature=1.4,top-p=0.9", "temperature 1.4 > top-p 0.9"),
        (" top-p=0.9 ", "top-p 0.9"),
        ("top-k 40 > temperature 0.7", "top-k 40 > temperature 0.7"),
        ("Greedy", "greedy"),
        ("without_letter.py", "user without_letter.py"),
        ("top_p = 0.9", "top-p 0.9"),
        ("temperature=0.7,greedy", "temperature 0.7 > greedy"),
        ("top-p = 0.9, Greedy", "top-p 0.9 > greedy"),
        ("xtc(probability=0.5, threshold=0.2)", "xtc(probability=0.5, threshold=0.2)"),
        ("dry", "dry 0.8"),
        ("Temperature=0.7 top-p=0.9", "temperature 0.7 > top-p 0.9"),
    ],
)
def test_a_strategy_is_read(text: str, chain: str) -> None:
    assert format_chain(parse_strategy(text)[1]) == chain


@pytest.mark.parametrize("text", ["", "hottest", "temperature=warm", "top-p=2", "top-p=0.9,,"])
def test_what_is_no_strategy_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_strategy(text)


def test_strategies_are_numbered_and_counted() -> None:
    assert [s.name for s in make_strategies(["greedy", "greedy", "story"], seed=3, seeds=2)] == [
        "greedy (1)",
        "greedy (2)",
        "story #1",
        "story #2",
    ]
    assert [s.seed for s in make_strategies(["story"], seed=3, seeds=3)] == [3, 4, 5]
    with pytest.raises(InputError, match="at most 8"):
        make_strategies(["greedy"] * 9, seed=1)
    with pytest.raises(InputError, match="at most 64"):
        make_strategies(["story", "quiz"], seed=1, seeds=40)
    with pytest.raises(InputError, match="No strategy"):
        make_strategies([], seed=1)


def test_each_column_equals_the_setting_alone(engine: BlockingEngine) -> None:
    strategies = make_strategies(STANDARD, seed=11)
    together = run(engine, strategies)
    assert together.prompt_tokens + 24 <= ROUNDS_ALIKE
    for strategy, column in zip(strategies, together.runs, strict=True):
        assert run(engine, [strategy]).runs[0].text == column.text, strategy.name
    assert len({column.text for column in together.runs}) == 8


def test_more_runs_than_branches_share_the_prompt(engine: BlockingEngine) -> None:
    strategies = make_strategies(["story", "quiz"], seed=1, seeds=6)
    events = list(run_strategies(engine, 6 * PROMPT, strategies, tokens=4))
    finished = [event for event in events if isinstance(event, RunFinished)]
    assert sorted(event.run for event in finished) == list(range(12))
    assert all(event.outcome.prompt_tokens_reused > 0 for event in finished if event.run >= 8)
    result = events[-1]
    assert isinstance(result, StrategiesResult)
    assert [len(column.steps) for column in result.runs] == [4] * 12


def test_a_cancel_ends_all_and_keeps_what_was_written(engine: BlockingEngine) -> None:
    strategies = make_strategies(["story", "quiz"], seed=1, seeds=6)
    result = None
    for event in run_strategies(engine, PROMPT, strategies, tokens=500):
        if isinstance(event, RunStepped) and event.step.index == 3:
            engine.cancel()
        if isinstance(event, StrategiesResult):
            result = event
    engine.clear_cancel()
    assert result is not None
    assert result.cancelled
    at_once = (CONTEXT - result.prompt_tokens) // 500  # of which the context has room
    assert all(len(column.steps) >= 3 for column in result.runs[:at_once])
    assert all(not column.steps for column in result.runs[at_once:])


def test_ctrl_c_after_the_last_word_of_a_batch_begins_no_other(engine: BlockingEngine) -> None:
    strategies = make_strategies(["story"], seed=5, seeds=9)  # one more than a batch holds
    finished = 0
    for event in run_strategies(engine, PROMPT, strategies, tokens=4):
        finished += isinstance(event, RunFinished)
        if isinstance(event, RunFinished) and finished == 8:
            signal.raise_signal(signal.SIGINT)
    assert isinstance(event, StrategiesResult)
    assert event.cancelled
    assert event.seconds > 0
    assert [len(column.steps) for column in event.runs] == [4] * 8 + [0]


def test_one_that_ends_early_does_not_hold_the_others(engine: BlockingEngine) -> None:
    end = 2  # <|im_end|>
    early = Strategy("early", parse_strategy(f"logit-bias {end}=100")[1], 1)
    result = run(engine, [early, *make_strategies(["story"], seed=4)])
    reasons = [column.outcome.reason for column in result.runs if column.outcome is not None]
    assert reasons == ["end", "length"]
    assert len(result.runs[1].steps) == 24


def test_a_prompt_longer_than_the_context_is_refused(engine: BlockingEngine) -> None:
    with pytest.raises(InputError, match="context"):
        run(engine, make_strategies(["greedy"], seed=1), prompt="lamp " * 2 * CONTEXT)


def test_the_chat_template_needs_room_too(engine: BlockingEngine) -> None:
    prompt = "lamp " * (CONTEXT - 34)
    count = len(engine.tokenize(prompt))
    tokens = CONTEXT - count
    assert operations.count_together(engine, prompt, tokens=tokens) == 1
    with pytest.raises(InputError, match="the chat template and"):
        operations.count_together(engine, prompt, tokens=tokens, chat=True)


def test_variety_by_hand() -> None:
    tokens = [1, 2, 3, 4, 1, 2, 3, 4, 1]
    steps = [step(token, -0.5 * token, 0.1 * token) for token in tokens]
    variety = measure_variety(steps)
    assert variety.distinct_2 == 4 / 8
    assert variety.repeated_4 == 2 / 6  # 1234 and 2341 come again
    assert math.isclose(variety.mean_logprob, -0.5 * sum(tokens) / 9)
    assert math.isclose(variety.mean_entropy, 0.1 * sum(tokens) / 9)
    assert find_repeated(tokens) == {4, 5, 6, 7, 8}
    assert measure_variety([]).distinct_2 == 1


def test_where_two_texts_part() -> None:
    assert find_parting([1, 2, 3], [1, 2, 4]) == 2
    assert find_parting([1, 2], [1, 2, 3]) is None
    assert find_parting([], [1]) is None


def test_reports(engine: BlockingEngine, tmp_path: Path) -> None:
    prompt = "Two fences: ``` and ```` | <b>"
    result = run(engine, make_strategies(["greedy", "story"], seed=9), prompt)
    for suffix in (".md", ".html", ".json"):
        export_strategies(result, tmp_path / f"report{suffix}")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;" in page
    assert page.count("<svg") == 2
    assert not re.search(r"https?://|<script|<link|src=", page)
    assert "`````text" in (tmp_path / "report.md").read_text(encoding="utf-8")
    data = json.loads((tmp_path / "report.json").read_bytes())
    assert [entry["text"] for entry in data["runs"]] == [column.text for column in result.runs]
    assert not list(tmp_path.glob("*.part"))


def test_the_first_text_is_marked_where_others_part_from_it(tmp_path: Path) -> None:
    texts = (["a", "b", "c", "d"], ["a", "B", "c", "d"], ["a", "b", "c", "\n\n# Big <img"])
    runs = [
        Run(strategy, [step(ord(text[-1]), text=text) for text in own])
        for strategy, own in zip(make_strategies(["story"], seed=1, seeds=3), texts, strict=True)
    ]
    result = StrategiesResult("model", "x", 1, 1.0, tuple(runs), cancelled=False)
    assert [result.find_marked(number) for number in range(3)] == [{1, 3}, {1}, {3}]
    export_strategies(result, tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "a<mark>b</mark>c<mark>d</mark>" in page
    export_strategies(result, tmp_path / "r.md")
    written = (tmp_path / "r.md").read_text(encoding="utf-8")
    assert "others part from it at tokens 2, 4." in written
    assert "with “  # Big \\<img”." in written


def test_no_model(tmp_path: Path) -> None:
    with BlockingEngine() as engine, pytest.raises(InputError, match="No model is loaded"):
        list(run_strategies(engine, "x", make_strategies(["greedy"], seed=1), tokens=1))
    assert operations.MOST_BRANCHES == 8


def test_a_failure_comes_after_what_was_written(
    engine: BlockingEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate, calls = engine.generate, []

    def fail_at_the_second(*args: Any, **options: Any) -> Iterator[Any]:
        calls.append(args)
        if len(calls) == 2:
            raise JobError("The engine ended.")
        return generate(*args, **options)

    monkeypatch.setattr(engine, "generate", fail_at_the_second)
    heard: list[object] = []
    strategies = make_strategies(["temperature=1"], seed=1, seeds=10)
    with pytest.raises(JobError, match="The engine ended"):
        heard.extend(run_strategies(engine, PROMPT, strategies, tokens=4))
    result = heard[-1]
    assert isinstance(result, StrategiesResult)
    assert result.cancelled
    assert [len(run.steps) for run in result.runs] == [4] * 8 + [0, 0]


def test_an_interrupt_from_outside_keeps_what_was_written(engine: BlockingEngine) -> None:
    events = run_strategies(engine, PROMPT, make_strategies(["greedy"], seed=1), tokens=8)
    heard: list[object] = []

    def hear(event: object) -> None:
        heard.append(event)
        if isinstance(event, RunStepped) and event.step.index == 2:
            raise KeyboardInterrupt

    hear_all(events, hear)
    result = heard[-1]
    assert isinstance(result, StrategiesResult)
    assert result.cancelled
    assert [len(run.steps) for run in result.runs] == [3]


def test_the_mark_is_on_what_shows() -> None:
    steps = [step(1), step(2, text=""), step(3, text="灯"), step(4, text="")]
    assert [find_shown(steps, index) for index in range(4)] == [0, 2, 2, 3]


def test_a_stage_that_draws_before_greedy() -> None:
    for text in ("top-k 5 > greedy", "temperature=0", "top-k=1,temperature=0.7"):
        assert is_deterministic(parse_strategy(text)[1])
    assert not is_deterministic(parse_strategy("temperature=0.1")[1])
    assert not is_deterministic(Chain((Xtc(), Greedy())))
