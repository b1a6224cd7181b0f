"""The measured matrix against llama.cpp's own program, and against numpy."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import gguf
import msgspec
import numpy as np
import numpy.typing as npt
import psutil
import pytest

from converters.importance import read_importance
from converters.importance_collection import Task, measure
from converters.operations import ImportanceWritten, Measuring, Written, collect_importance, convert
from desktop import app
from models.errors import Cancelled, InputError, JobError
from tests.conftest import inkglass_path
from tests.converters.make_importance_goldens import (
    CONTEXT,
    GOLDEN,
    TEXT,
    read_header,
    summarize_matrix,
    write_model,
)
from tests.converters.random_models import write_random_model
from tests.converters.upstream import quantize_upstream

Floats = npt.NDArray[np.float32]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of the program; the log of a measurement goes there."""
    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8", newline="")
    return path


def collect(model: Path, text: Path, output: Path, **options: Any) -> Path:
    options = {"context": CONTEXT, "threads": 1} | options
    *_, written = collect_importance(model=model, text=text, output=output, **options)
    assert isinstance(written, ImportanceWritten)
    assert written.bytes == output.stat().st_size
    return written.file


def golden() -> dict[str, Any]:
    values: dict[str, Any] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return values


def test_the_file_is_that_of_upstream(text: Path, tmp_path: Path) -> None:
    model = write_model(tmp_path / "random.gguf")
    path = collect(model, text, tmp_path / "matrix.gguf")
    expected = golden()
    assert read_header(path).hex() == expected["header"]
    found = summarize_matrix(path)
    assert list(found) == list(expected["random"])
    for name, values in expected["random"].items():
        assert found[name]["counts"] == values["counts"]
        # float32 sums in another order (1e-5), and keys and values in F16 (5e-4)
        np.testing.assert_allclose(found[name]["columns"], values["columns"], rtol=1e-3)
        np.testing.assert_allclose(found[name]["total"], values["total"], rtol=1e-3)


@pytest.mark.slow
def test_the_starter_is_measured_as_upstream_does(
    starter_path: Path, text: Path, tmp_path: Path
) -> None:
    found = summarize_matrix(collect(starter_path, text, tmp_path / "matrix.gguf"))
    expected = golden()["starter"]
    assert list(found) == list(expected)
    for name, values in expected.items():
        assert found[name]["counts"] == values["counts"]
        # Q4_1 rounds its inputs to 8 bits: another processor's kernels differ by more than ours
        # does from upstream on one (1e-5)
        np.testing.assert_allclose(found[name]["total"], values["total"], rtol=1e-3)


@pytest.mark.slow
def test_blocks_have_the_bytes_of_upstream_with_a_measured_matrix(
    text: Path, tmp_path: Path
) -> None:
    model = write_random_model(tmp_path / "random.gguf", layers=1, vocabulary=260)
    matrix = collect(model, text, tmp_path / "matrix.gguf")
    levels = ["Q4_K_M", "IQ4_XS", "Q2_K"]
    expected = quantize_upstream(model, levels, tmp_path, importance=matrix)
    files = convert(source=model, levels=levels, output=tmp_path / "out", importance=matrix)
    written = [event for event in files if isinstance(event, Written)]
    assert len(written) == len(levels)
    for file in written:
        assert file.file.read_bytes() == expected[file.level].read_bytes(), file.level


def patch(model: Path, name: str, value: float) -> None:
    """Fill a tensor of F32 with a number."""
    tensor = next(t for t in gguf.GGUFReader(model).tensors if t.name == name)
    with model.open("r+b") as file:
        file.seek(tensor.data_offset)
        file.write(np.full(tensor.n_elements, value, np.float32).tobytes())


def test_experts_are_measured_by_what_is_routed_to_them(tmp_path: Path) -> None:
    # Attention adds nothing, so that numpy can follow the only layer in a few lines
    model = write_random_model(
        tmp_path / "m.gguf", stored="F32", layers=1, experts=5, embedding=64, feed_forward=96
    )
    patch(model, "blk.0.attn_output.weight", 0)
    text = tmp_path / "text.txt"
    text.write_bytes(b"clay, " * 40)
    matrix = read_importance(collect(model, text, tmp_path / "i.gguf", context=32, chunks=3))
    weights = {t.name: np.array(t.data) for t in gguf.GGUFReader(model).tensors}
    tokens = [1] + [3 + byte for byte in ("▁" + "clay,▁" * 40).encode()]
    tokens = [1 if i % 32 == 0 else token for i, token in enumerate(tokens[:96])]
    stream = weights["token_embd.weight"][tokens]
    scaled = stream / np.sqrt((stream**2).mean(axis=1, keepdims=True) + 1e-5)
    expected: dict[str, list[Floats]] = {}
    attention = scaled * weights["blk.0.attn_norm.weight"]
    for name in ("attn_q", "attn_k", "attn_v"):
        expected[name] = [attention]
    inputs = scaled * weights["blk.0.ffn_norm.weight"]
    expected["ffn_gate_inp"] = [inputs]
    chosen = np.argsort(-(inputs @ weights["blk.0.ffn_gate_inp.weight"].T), axis=1)[:, :2]
    routed = [inputs[(chosen == expert).any(axis=1)] for expert in range(5)]
    expected["ffn_gate_exps"] = expected["ffn_up_exps"] = routed
    gates, ups = (weights[f"blk.0.ffn_{name}_exps.weight"] for name in ("gate", "up"))
    expected["ffn_down_exps"] = [
        (gate := rows @ gates[e].T) / (1 + np.exp(-gate)) * (rows @ ups[e].T)
        for e, rows in enumerate(routed)
    ]
    assert len({len(rows) for rows in routed}) > 1
    for name, parts in expected.items():
        means = [(rows**2).mean(axis=0) if len(rows) else np.ones(rows.shape[1]) for rows in parts]
        np.testing.assert_allclose(matrix.weights[f"blk.0.{name}.weight"], means, rtol=1e-4)
    assert matrix.weights.keys() == {f"blk.0.{n}.weight" for n in (*expected, "attn_output")}


def test_progress_and_json(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model = write_random_model(tmp_path / "Quill.gguf", layers=1)
    monkeypatch.chdir(tmp_path)
    arguments = ["importance", str(model), "--text", str(text), "--chunks", "2", "--threads", "1"]
    assert app.main([*arguments, "--context", "32", "--json"]) == 0
    *progress, written = map(json.loads, capsys.readouterr().out.splitlines())
    assert [(line["done_chunks"], line["total_chunks"]) for line in progress] == [
        (0, 2), (1, 2), (2, 2),
    ]  # fmt: skip
    assert [list(line) for line in progress] == 3 * [
        ["event", "done_chunks", "total_chunks", "rate", "seconds_left"]
    ]
    path = tmp_path / "Quill.imatrix.gguf"
    assert written == {
        "event": "written", "file": path.name, "tensors": 7, "chunks": 2, "tokens": 64,
        "bytes": path.stat().st_size,
    }  # fmt: skip
    assert app.main(arguments) == 2
    assert "already there: give --force" in capsys.readouterr().err
    assert app.main([*arguments, "--context", "64", "--force"]) == 0
    assert "7 tensors measured on 128 tokens" in capsys.readouterr().out
    assert read_importance(path).datasets == ("text.txt",)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"chunks": 0}, "--chunks 1 or more"),
        ({"context": 15}, "--context 16 to 512"),
        ({"context": 513}, "--context 16 to 512"),
        ({"threads": 0}, "0 threads"),
        ({"text": "missing.txt"}, "cannot be read"),
        ({"text": "latin.txt"}, r"is not UTF-8 \(byte 4\)"),
        ({"text": "short.txt", "context": 64}, r"has 9 tokens, and one chunk takes 64"),
        ({"output": "random.gguf", "force": True}, "is the source itself"),
        ({"output": "text.txt", "force": True}, "is the source itself"),
        ({"output": ".", "force": True}, "is a folder"),
    ],
)
def test_what_cannot_be_measured_is_said_and_leaves_nothing(
    options: dict[str, Any], said: str, text: Path, tmp_path: Path
) -> None:
    model = write_random_model(tmp_path / "random.gguf", layers=1)
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    (tmp_path / "short.txt").write_bytes(b"kilns\n")
    given = {"text": text.name, "output": "matrix.gguf"} | options
    for name in ("text", "output"):
        given[name] = tmp_path / given[name]
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with pytest.raises(InputError, match=said):
        list(collect_importance(model=model, **given))
    assert {p: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()} == before


def test_a_model_that_computes_no_numbers_is_refused(text: Path, tmp_path: Path) -> None:
    model = write_random_model(tmp_path / "m.gguf", stored="F32", layers=2)
    patch(model, "blk.1.attn_norm.weight", np.nan)
    with pytest.raises(InputError, match=r"not a number before blk\.1\.attn_"):
        collect(model, text, tmp_path / "matrix.gguf")
    assert not (tmp_path / "matrix.gguf").exists()


def test_a_caller_can_stop_it(text: Path, tmp_path: Path) -> None:
    model = write_random_model(tmp_path / "m.gguf", layers=1)
    wanted = threading.Event()
    events = collect_importance(
        model=model, text=text, output=tmp_path / "i.gguf", context=32, stopped=wanted.is_set
    )
    assert isinstance(next(events), Measuring)
    wanted.set()
    with pytest.raises(Cancelled):
        next(events)
    assert not list(tmp_path.glob("i.gguf*"))


def test_a_file_that_appears_meanwhile_stays(text: Path, tmp_path: Path) -> None:
    model = write_random_model(tmp_path / "m.gguf", layers=1)
    target, kept = tmp_path / "i.gguf", tmp_path / "i-2.gguf"
    events = collect_importance(model=model, text=text, output=target, context=32)
    assert isinstance(next(events), Measuring)
    target.write_bytes(b"mine")
    written: list[Path] = []
    with pytest.raises(InputError, match=r"i\.gguf, which was left alone: .*i-2\.gguf\.$"):
        written.extend(event.file for event in events if isinstance(event, ImportanceWritten))
    assert written == [kept]
    assert target.read_bytes() == b"mine"
    assert len(read_importance(kept).weights) == 7


def test_a_process_that_dies_is_named(tmp_path: Path) -> None:
    model = write_random_model(tmp_path / "m.gguf", layers=1)
    reports = measure(Task(str(model), TEXT * 2000, 32, 0, 1))
    next(reports)
    for child in psutil.Process().children():
        child.kill()
    with pytest.raises(JobError, match=r"evaluation of m\.gguf ended: it was killed"):
        list(reports)


def test_the_process_ends_with_its_caller(tmp_path: Path) -> None:
    model = write_random_model(tmp_path / "m.gguf", layers=1)
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "converters.importance_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(msgspec.json.encode(Task(str(model), TEXT * 2000, 32, 0, 1)) + b"\n")
        worker.stdin.flush()
        assert b"loading" in worker.stdout.readline()
        worker.stdin.close()
        assert b"complete" not in worker.stdout.read()
        assert worker.wait() == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
def test_ctrl_c_leaves_no_half_file(text: Path, tmp_path: Path) -> None:
    model = write_random_model(tmp_path / "m.gguf", layers=1)
    text.write_text(TEXT * 200, encoding="utf-8")
    before = set(tmp_path.iterdir())
    command = [str(inkglass_path()), "importance", str(model), "--text", str(text), "--json"]
    with subprocess.Popen(
        [*command, "--context", "32"], stdout=subprocess.PIPE, cwd=tmp_path, process_group=0
    ) as process:
        assert process.stdout is not None
        assert b"progress" in process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the child gets it too
        process.stdout.read()
        assert process.wait() == 130
    assert set(tmp_path.iterdir()) - before <= {tmp_path / "home"}
