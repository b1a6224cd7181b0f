"""`inkglass strategies` as a user runs it."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Inkglass, inkglass_path
from tests.models.cli.samplers import put_sampler, touching
from tests.waiting import wait_for

PROMPT = "The capital of Japan is"


@pytest.mark.slow
@pytest.mark.usefixtures("home_with_starter")
def test_one_object_for_machines(inkglass: Inkglass, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    arguments = ["--strategy", "greedy", "--strategy", "temperature=1.4", "--seed", "3"]
    done = inkglass(
        "strategies", PROMPT, *arguments, "--tokens", "6", "--json", "--export", str(report)
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert {"prompt_tokens", "seconds", "runs"} <= result.keys()
    assert [run["strategy"] for run in result["runs"]] == ["greedy", "temperature 1.4"]
    steps = result["runs"][0]["steps"]
    assert "".join(step["text"] for step in steps) == result["runs"][0]["text"]
    assert {"logprob", "rank", "entropy", "candidates", "stages"} <= steps[0].keys()
    assert "<svg" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--strategy", "hottest"], "hottest"),
        (["--tokens", "0"], "0 tokens"),
        (["--seeds", "0"], "1 or more"),
        (["--export", "report.pdf"], ".html"),
        (["--export", "nowhere/report.md"], "no folder"),
    ],
)
def test_bad_input(inkglass: Inkglass, tmp_path: Path, arguments: list[str], words: str) -> None:
    done = inkglass("strategies", PROMPT, *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert words in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


@pytest.mark.slow
def test_ctrl_c_keeps_what_was_written(home_with_starter: Path, tmp_path: Path) -> None:
    written = tmp_path / "written"
    name = put_sampler(home_with_starter, touching(written, 9))
    endless = f"logit-bias 0=-100 2=-100 > user {name}"
    process = subprocess.Popen(
        [
            *(inkglass_path(), "strategies", PROMPT, "--tokens", "1000", "--json"),
            *("--strategy", endless, "--strategy", "greedy"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"INKGLASS_HOME": str(home_with_starter)},
    )
    wait_for(written.exists, process)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert any(run["steps"] for run in json.loads(out)["runs"])
