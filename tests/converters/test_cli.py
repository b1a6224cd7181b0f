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
from tests.converters.small_adapters import write_mistral_adapter
from tests.converters.small_checkpoints import write_mistral


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
    assert "fits, " in lines[0] or "tight, " in lines[0]
    reason = "its rows do not divide into the blocks of"
    assert any(
        line.startswith("blk.*.ffn_down.weight 2-3 Q8_0 ") and line.endswith(f"{reason} Q6_K")
        for line in lines
    )
    assert any(line.startswith("blk.*.ffn_down.weight 0-1 Q5_0 ") for line in lines)
    assert list(tmp_path.iterdir()) == [model]
    assert app.main([*arguments, "--json"]) == 0
    (plan,) = read_lines(capsys)
    assert plan["verdict"] in {"fits", "tight"}
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
        (["Quill.gguf"], "No level is given: name one, like Q4_K_M."),
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
        "--threads", "1", "--output", str(tmp_path / "out"),
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as job:
        assert job.stdout
        job.stdout.readline()
        job.send_signal(signal.SIGINT)
        _, error = job.communicate()
    assert (job.returncode, error) == (130, b"")
    assert list((tmp_path / "out").iterdir()) == []


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "base"
    folder.mkdir()
    write_mistral(folder)
    write_mistral_adapter(folder, tmp_path / "letters")
    return folder


def test_an_adapter_is_converted_and_used(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = ["--output", str(tmp_path)]
    assert app.main(["convert", str(base), "--level", "Q8_0", "--json", *output]) == 0
    model = str(read_lines(capsys)[-1]["file"])
    assert app.main(["convert", str(tmp_path / "letters"), "--base", model, "--json", *output]) == 0
    (written,) = read_lines(capsys)
    assert list(written) == ["event", "file", "level", "bytes", "bits_per_weight", "sha256"]
    assert written["level"] == "F32"
    adapter = str(written["file"])
    asked = ["write", "the hand", "--model", model, "--tokens", "12", "--temperature", "0"]
    texts = {}
    for scale in ("", "=1", "=0", "=0.5"):
        assert app.main([*asked, "--adapter", adapter + scale, "--json"]) == 0
        loaded, *steps, _ = read_lines(capsys)
        assert loaded["adapters"] == [{"path": adapter, "scale": float(scale[1:] or 1)}]
        texts[scale] = [step["token"] for step in steps]
    assert texts[""] == texts["=1"] != texts["=0"]
    assert app.main([*asked, "--json"]) == 0
    assert [step["token"] for step in read_lines(capsys)[1:-1]] == texts["=0"]


def test_bad_adapters_are_one_sentence(
    base: Path, model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letters, output = str(tmp_path / "letters"), ["--output", str(tmp_path / "out")]

    def refused(*arguments: str) -> str:
        assert app.main([*arguments]) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        assert len(shown.err.splitlines()) == 1
        return shown.err

    assert "with --base" in refused("convert", letters, *output)
    assert "--base is for an adapter" in refused(
        "convert", str(base), "--base", str(base), "--level", "F16", *output
    )
    for option in (["--plan"], ["--tensor-type", "a=F32"], ["--importance", "x"], ["--requantize"]):
        message = refused("convert", letters, "--base", str(base), *option, *output)
        assert message.startswith(f"{option[0]} is for models")
    assert "No level is given" in refused("convert", str(base), *output)
    assert not (tmp_path / "out").exists()
    assert app.main(["convert", letters, "--base", str(base), *output]) == 0
    adapter = str(tmp_path / "out" / "letters-F32.gguf")
    capsys.readouterr()
    write = ["write", "a", "--tokens", "1", "--model"]
    assert "is not a scale" in refused(*write, str(model), "--adapter", f"{adapter}=much")
    assert "is not a scale" in refused(*write, str(model), "--adapter", f"{adapter}=nan")
    assert "There is no file" in refused(*write, str(model), "--adapter", "nothing.gguf=1")
    assert "is a model, not an adapter" in refused(*write, str(model), "--adapter", str(model))
    assert "choose the model that" in refused(*write, str(model), "--adapter", adapter)
    assert "is an adapter (LoRA)" in refused(*write, adapter)


def test_the_price_is_told_only_when_it_is_paid(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--output", str(tmp_path), "--requantize"]
    assert app.main(["convert", str(model), "--level", "Q8_0", *arguments]) == 0
    again = ["convert", str(tmp_path / "Quill-Q8_0.gguf"), "--level", "Q4_0", *arguments]
    (tmp_path / "Quill-Q4_0.gguf").write_bytes(b"")
    capsys.readouterr()
    assert app.main(again) == 2
    assert "lose more" not in capsys.readouterr().err
    assert app.main([*again, "--force"]) == 0
    assert "lose more" in capsys.readouterr().err


def test_a_plan_for_what_is_no_folder(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["convert", str(model), "--level", "Q8_0", "--output", str(model), "--plan"]
    assert app.main(arguments) == 2
    assert capsys.readouterr().err == f"{model} is not a folder: give one to write into.\n"
