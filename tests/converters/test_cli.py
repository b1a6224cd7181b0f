import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import app
from models.gguf_file import summarize
from tests.conftest import inkglass_path
from tests.converters.random_models import write_random_model


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_random_model(tmp_path / "Quill.gguf", layers=4, feed_forward=288)


def read_lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_json_lines(model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["convert", str(model), "--level", "Q8_0", "--output", str(tmp_path / "out")]
    assert app.main([*arguments, "--json"]) == 0
    *progress, written = read_lines(capsys)
    assert progress
    for line in progress:
        assert list(line) == [
            "event", "tensor", "done_bytes", "total_bytes", "rate", "seconds_left",
        ]  # fmt: skip
        assert line["event"] == "progress"
    assert list(written) == ["event", "file", "level", "bytes", "bits_per_weight", "sha256"]
    assert written["file"] == str(tmp_path / "out" / "Quill-Q8_0.gguf")
    assert written["bytes"] == (tmp_path / "out" / "Quill-Q8_0.gguf").stat().st_size


def test_text(model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["convert", str(model), "--level", "q4_0", "--output", str(tmp_path)]) == 0
    path = tmp_path / "Quill-Q4_0.gguf"
    shown = capsys.readouterr()
    assert shown.out.startswith(f"{path}  ")
    assert shown.out.endswith(f"{summarize(path).bits_per_weight:.2f} bits a weight\n")
    assert shown.err == ""


def test_a_plan_writes_nothing_and_says_why(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["convert", str(model), "--level", "Q4_K_M", "--plan", "--output", str(tmp_path)]
    assert app.main(arguments) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "fits, " in lines[0]
    reason = "its rows do not divide into the blocks of"
    assert any(
        line.startswith("blk.*.ffn_down.weight 2-3 Q8_0 ") and line.endswith(f"{reason} Q6_K")
        for line in lines
    )
    assert any(line.startswith("blk.*.ffn_down.weight 0-1 Q5_0 ") for line in lines)
    assert list(tmp_path.iterdir()) == [model]
    assert app.main([*arguments, "--json"]) == 0
    (plan,) = read_lines(capsys)
    assert plan["verdict"] == "fits"
    assert isinstance(plan["tensors"], list)
    assert {
        "name": "blk.3.ffn_down.weight", "shape": [256, 288], "stored": "BF16", "type": "Q8_0",
        "reason": "row", "wanted": "Q6_K", "bytes": 78336,
    } in plan["tensors"]  # fmt: skip


def test_requantizing_is_warned_of_only_where_it_happens(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--output", str(tmp_path), "--requantize"]
    assert app.main(["convert", str(model), "--level", "Q4_0", *options]) == 0
    assert capsys.readouterr().err == ""
    quantized = str(tmp_path / "Quill-Q4_0.gguf")
    assert app.main(["convert", quantized, "--level", "Q8_0", *options]) == 0
    assert "lose more" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing", "--level", "Q8_0"], "There is no nothing: "),
        (["Quill.gguf"], "The following arguments are required: --level"),
        (["Quill.gguf", "--level", "Q9"], "There is no level Q9 to convert to: "),
    ],
)
def test_a_mistake_is_one_sentence(
    arguments: list[str],
    said: str,
    model: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(model.parent)
    assert app.main(["convert", *arguments]) == 2
    shown = capsys.readouterr()
    assert shown.err.startswith(said)
    assert shown.err.count("\n") == 1
    assert shown.out == ""


@pytest.mark.skipif(sys.platform == "win32", reason="limits as POSIX has them")
def test_a_disk_that_takes_no_more_is_one_sentence_and_leaves_nothing(
    model: Path, tmp_path: Path
) -> None:
    """What a full disk does, a limit on the size of files does as well."""
    script = 'ulimit -f 700; exec "$0" convert "$1" --level Q8_0 --output "$2"'
    command = ["sh", "-c", script, str(inkglass_path()), str(model), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"{tmp_path / 'out'} takes no more (")
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C as POSIX sends it")
def test_ctrl_c_is_silent_and_leaves_nothing(tmp_path: Path) -> None:
    source = write_random_model(tmp_path / "Quill.gguf", embedding=512, feed_forward=1024)
    command = [
        str(inkglass_path()), "convert", str(source), "--level", "IQ4_XS", "--json",
        "--output", str(tmp_path / "out"),
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as job:
        assert job.stdout
        job.stdout.readline()
        job.send_signal(signal.SIGINT)
        _, error = job.communicate()
    assert (job.returncode, error) == (130, b"")
    assert list((tmp_path / "out").iterdir()) == []
