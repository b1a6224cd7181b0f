import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from models import operations
from models.cli import library
from models.engine.blocking import BlockingEngine
from models.errors import InputError

WriteGguf = Callable[..., Path]


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    library.register(parser.add_subparsers())
    parsed = parser.parse_args(["models", *arguments])
    code: int = parsed.run(parsed)
    return code


@pytest.fixture
def model(home: Path, write_gguf: WriteGguf) -> Path:
    (home / "models").mkdir(parents=True)
    return write_gguf(home / "models" / "tiny.gguf")


def test_the_list_is_tab_separated_where_it_is_piped(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("list") == 0
    here, first, known, *catalogue, samplers = capsys.readouterr().out.splitlines()
    assert here == f"# Models in {model.parent}"
    assert first.split("\t")[:2] == ["tiny.gguf", "Q4_0"]
    assert known == "# To fetch with `inkglass models get`"
    assert samplers.endswith(str(model.parent.parent / "samplers"))
    assert [line.split("\t")[0] for line in catalogue] == [
        "smollm2-135m-instruct",
        "mistral-7b-v0.1",
        "mistral-7b-instruct-v0.3",
        "gpt2-xl",
    ]


def test_a_name_cannot_break_the_list(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model.rename(model.with_name("a\n\tb\x1b[2J.gguf"))
    assert run("list") == 0
    assert capsys.readouterr().out.splitlines()[1].split("\t")[:2] == [
        "a\\n\\tb\\x1b[2J.gguf",
        "Q4_0",
    ]


def test_names_can_be_read_in_a_narrow_terminal(
    model: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    model.rename(model.with_name("a-model-with-a-rather-long-name.Q4_K_M.gguf"))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")
    assert run("list") == 0
    shown = capsys.readouterr().out
    assert "Tiny" in shown
    assert "a-model-with-a-rathe" in shown
    assert f"Samplers of your own in {model.parent.parent / 'samplers'}" in shown
    assert max(map(len, shown.splitlines()[:6])) <= 80


def test_the_list_as_json(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (model.parent / "bad.gguf").write_bytes(b"")
    assert run("list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    bad, tiny = listed["models"]
    assert "is empty" in bad["problem"]
    assert tiny["file"] == str(model)
    assert tiny["level"] == "Q4_0"
    assert listed["catalogue"][1]["parameters"] == 7_241_732_096
    assert listed["catalogue"][1]["levels"]["Q4_K_M"] == 4_367_704_064


def test_inspect_tells_what_the_model_needs(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("inspect", "tiny", "--context", "300", "--json") == 0
    inspected = json.loads(capsys.readouterr().out)
    assert inspected["vocabulary_size"] == 300
    assert inspected["memory"]["context"] == 512
    assert inspected["memory"]["verdict"] in {"fits", "tight", "does not fit"}
    assert sum(tensor["bytes"] for tensor in inspected["tensors"]) < inspected["bytes"]
    assert inspected["keys"]["general.architecture"] == inspected["architecture"]
    assert inspected["keys"]["tokenizer.ggml.tokens"]["length"] == 300
    assert run("inspect", str(model)) == 0
    lines = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert lines["vocabulary"] == "300 tokens (llama)"
    assert lines["prompt"] == "plain text (base)"


def test_inspect_plans_what_write_would_take(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with BlockingEngine() as engine:
        opened = operations.open_model(engine, model="tiny", threads=1, gpu_layers=0)
    assert run("inspect", "tiny", "--json") == 0
    memory = json.loads(capsys.readouterr().out)["memory"]
    assert memory["context"] == opened.loaded.context == 1024
    assert memory["compute_bytes"] == opened.plan.compute_bytes
    assert memory["needed_bytes"] == opened.plan.needed_bytes
    with pytest.raises(InputError, match="at most 1,024"):
        run("inspect", "tiny", "--context", "2000")


def test_inspect_says_when_a_file_generates_no_text(
    home: Path, tmp_path: Path, write_gguf: WriteGguf, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_gguf(tmp_path / "vocabulary.gguf", with_tensors=False)
    assert run("inspect", str(path)) == 0
    assert "holds a vocabulary only" in capsys.readouterr().out
    assert run("inspect", str(path), "--json") == 0
    assert "holds a vocabulary only" in json.loads(capsys.readouterr().out)["problem"]


def test_inspect_refuses_a_damaged_file(home: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.gguf").write_bytes(b"GGUF")
    with pytest.raises(InputError, match="damaged or cut off"):
        run("inspect", str(tmp_path / "bad.gguf"))


@pytest.mark.parametrize("context", ["-5", "0", "255"])
def test_inspect_refuses_a_context_that_write_refuses(model: Path, context: str) -> None:
    with pytest.raises(InputError, match=f"A context of {context} tokens .* give 256"):
        run("inspect", "tiny", "--context", context)


def test_an_empty_path_is_not_this_folder(home: Path) -> None:
    with pytest.raises(InputError, match="The path is empty"):
        run("add", "")
    with pytest.raises(InputError, match="There is no model ''"):
        run("inspect", "")


def test_a_model_is_added_and_removed(
    home: Path, tmp_path: Path, write_gguf: WriteGguf, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_gguf(tmp_path / "linked.gguf")
    assert run("add", str(path), "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"added": str(path)}
    assert run("remove", "linked") == 0
    forgotten = f"Forgot the link to {path}; the file was not touched\n"
    assert capsys.readouterr().out == forgotten
    assert path.exists()


def test_a_link_whose_file_is_gone_is_forgotten_not_deleted(
    home: Path, tmp_path: Path, write_gguf: WriteGguf, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_gguf(tmp_path / "linked.gguf")
    run("add", str(path))
    path.unlink()
    capsys.readouterr()
    assert run("remove", str(path)) == 0
    assert capsys.readouterr().out.startswith("Forgot the link to")
    assert not run("list")
    assert str(path) not in capsys.readouterr().out


def test_a_kept_model_is_deleted(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("remove", "tiny", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"removed": str(model), "deleted": True}
    assert not model.exists()


def test_get_prints_json_lines(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = home / "models" / "mistral-7b-v0.1.Q4_K_M.gguf"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"here already")
    assert run("get", "mistral-7b-v0.1", "--json") == 0
    written = {"event": "written", "file": str(path), "bytes": 12}
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [written]
    assert run("get", "mistral-7b-v0.1") == 0
    assert capsys.readouterr().out == f"{path}\n"


def test_a_command_is_required(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run()
    assert caught.value.code == 2
    assert "COMMAND" in capsys.readouterr().err
