"""`inkglass ask` as a user runs it."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from models.questions.results import measure_interval
from tests.conftest import Inkglass, inkglass_path
from tests.waiting import (
    environment_with_stopped_engine,
    wait_for,
    wait_for_engine,
    wait_for_stopped_engine,
)

QUESTIONS = (
    "Q: What is the capital of Italy?\nA: Rome\n\nQ: What is the capital of Egypt?\nA: Cairo\n"
)
FAST = ("--threads", "1", "--tokens", "12")
ANSWERING_S = 3.0  # of the processor: the engine has loaded the model by then, and answers


@pytest.mark.slow
@pytest.mark.usefixtures("home_with_starter")
def test_one_object_for_machines(inkglass: Inkglass, tmp_path: Path) -> None:
    (tmp_path / "q.txt").write_text(QUESTIONS, "utf-8")
    arguments = ["ask", "q.txt", "--temperature", "0.2", "--temperature", "1.4", "--repeats", "3"]
    arguments += ["--seed", "1", "--json", *FAST]
    results = []
    for name in ("a.html", "b.md"):
        done = inkglass(*arguments, "--export", name, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stderr == b""
        assert (tmp_path / name).stat().st_size > 1000
        results.append(json.loads(done.stdout))
    for result in results:
        assert result.pop("seconds") > 0
    assert results[0] == results[1]
    cold, hot = results[0]["rows"]
    assert cold.keys() == {
        "model", "temperature", "asked", "correct", "accuracy", "low", "high"
    }  # fmt: skip
    assert (cold["temperature"], cold["asked"], hot["temperature"]) == (0.2, 6, 1.4)
    assert cold["accuracy"] == cold["correct"] / 6
    assert [cold["low"], cold["high"]] == list(measure_interval(cold["correct"], 6))
    assert [question["answers"] for question in results[0]["questions"]] == [["Rome"], ["Cairo"]]
    assert sum(said["count"] for said in results[0]["questions"][0]["said"]) == 6


@pytest.mark.slow
@pytest.mark.usefixtures("home_with_starter")
def test_a_table_for_people(inkglass: Inkglass, tmp_path: Path) -> None:
    (tmp_path / "q.txt").write_text(QUESTIONS, "utf-8")
    done = inkglass("ask", "q.txt", "--temperature", "0", "--seed", "1", *FAST, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    shown = done.stdout.decode()
    assert "2 questions" in shown
    assert "95 % interval" in shown
    assert "100.0%" in shown


@pytest.mark.usefixtures("home_with_starter")
def test_the_prompt_can_be_seen(inkglass: Inkglass) -> None:
    shown = inkglass("ask", "english", "--show-prompt").stdout.decode()
    assert "chat template" in shown
    assert "What is the capital of Canada?" in shown
    assert shown.rstrip().endswith("Answer:")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none.jsonl"], "There is no file none.jsonl"),
        (["bad.jsonl"], "bad.jsonl, line 2"),
        (["english", "--temperature", "0.2", "--temperature", "0.2"], "given twice"),
        (["english", "--repeats", "0"], "0 repeats"),
        (["english", "--repeats", "two"], "'two' is no whole number"),
        (["english", "--temperature", "-1,2"], "temperature -1 is no temperature"),
        (["english", "--export", ""], "the path is empty"),
        (["english", "--model=", "--show-prompt"], "There is no model ''"),
        ([""], "The path is empty"),
        (["english", "--export", "report.pdf"], ".html"),
        (["english", "--model", "nosuch.gguf", "--show-prompt"], "nosuch"),
    ],
)
def test_bad_input(inkglass: Inkglass, tmp_path: Path, arguments: list[str], words: str) -> None:
    (tmp_path / "bad.jsonl").write_text(
        '{"question": "Who?", "answers": ["Ann"]}\n{"question": "", "answers": ["Ann"]}\n'
    )
    done = inkglass("ask", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert words in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


@pytest.mark.slow
def test_ctrl_c_keeps_what_was_answered(home_with_starter: Path) -> None:
    process = subprocess.Popen(
        [inkglass_path(), "ask", "english", "--json", "--repeats", "2", "--threads", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"INKGLASS_HOME": str(home_with_starter)},
    )
    engine = wait_for_engine(process)
    wait_for(lambda: sum(engine.cpu_times()[:2]) > ANSWERING_S, process)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    result = json.loads(out)
    assert result["cancelled"]
    assert len(result["questions"]) == 60


@pytest.mark.usefixtures("home_with_starter")
def test_temperatures_in_one_word(inkglass: Inkglass, tmp_path: Path) -> None:
    (tmp_path / "q.txt").write_text(QUESTIONS, "utf-8")
    shown = inkglass("ask", "q.txt", "--temperature", "0.2,1.4", "--show-prompt", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    for given, words in (("0.2,hot", "is no temperature"), ("0.7,0.7000001", "given twice")):
        refused = inkglass("ask", "q.txt", "--temperature", given, cwd=tmp_path)
        assert refused.returncode == 2
        assert words in refused.stderr.decode()


@pytest.mark.usefixtures("home_with_starter")
def test_the_model_is_not_taken_for_a_report(
    inkglass: Inkglass, starter_path: Path, tmp_path: Path
) -> None:
    model = tmp_path / "model.json"
    model.symlink_to(starter_path)
    (tmp_path / "q.txt").write_text(QUESTIONS, "utf-8")
    for command in (("ask", "q.txt"), ("strategies", "A text")):
        refused = inkglass(
            *command, "--model", "./model.json", "--export", "model.json", cwd=tmp_path
        )
        assert refused.returncode == 2, refused.stderr
        assert "is what is read" in refused.stderr.decode()
    assert starter_path.read_bytes()[:4] == b"GGUF"
    (tmp_path / "q.md").write_text(QUESTIONS, "utf-8")
    refused = inkglass("ask", "~/q.md", "--export", "q.md", cwd=tmp_path, HOME=str(tmp_path))
    assert "is what is read" in refused.stderr.decode()


@pytest.mark.slow
@pytest.mark.usefixtures("home_with_starter")
@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
def test_ctrl_c_before_an_answer_keeps_the_report_of_before(tmp_path: Path) -> None:
    (tmp_path / "q.txt").write_text(QUESTIONS, "utf-8")
    (tmp_path / "r.md").write_text("of before")
    process = subprocess.Popen(
        [inkglass_path(), "ask", "q.txt", "--seed", "1", "--export", "r.md"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment_with_stopped_engine(tmp_path),
    )
    engine = wait_for_stopped_engine(process)  # the report is checked by then
    process.send_signal(signal.SIGINT)
    engine.resume()
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"100" not in out
    assert (tmp_path / "r.md").read_text() == "of before"
