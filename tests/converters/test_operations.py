import hashlib
import os
import shutil
import threading
from collections import namedtuple
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from converters import gguf_output
from converters.operations import Progress, Written, advise, convert, plan_conversion
from converters.safetensors import StoredTensor
from models.errors import Cancelled, InputError
from models.gguf_file import summarize
from models.memory_plan import Verdict
from tests.conftest import Inkglass
from tests.converters.kill_conversion import kill_conversions
from tests.converters.random_models import write_random_model
from tests.converters.small_checkpoints import (
    write_gpt2,
    write_llama3,
    write_mistral,
    write_qwen2,
)
from tests.converters.upstream import quantize_upstream

WIDE: dict[str, Any] = {"hidden_size": 256, "intermediate_size": 256}  # whole blocks of every type
SMALL: dict[str, Any] = {"layers": 1, "vocabulary": 260, "feed_forward": 256}


def size(path: Path) -> int:
    return path.stat().st_size


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_random_model(tmp_path / "Quill.gguf", **SMALL)


def test_progress_comes_first_and_ends_at_the_whole(model: Path, tmp_path: Path) -> None:
    events = list(convert(source=model, levels=["q8_0", "Q4_0", "Q8_0"], output=tmp_path / "out"))
    progress = [event for event in events if isinstance(event, Progress)]
    written = events[len(progress) :]
    done = [event.done_bytes for event in progress]
    assert done == sorted(done)
    assert done[-1] == progress[-1].total_bytes == summarize(model).weights_bytes
    assert progress[-1].seconds_left == 0
    assert [(e.file.name, e.level) for e in written if isinstance(e, Written)] == [
        ("Quill-Q8_0.gguf", "Q8_0"),
        ("Quill-Q4_0.gguf", "Q4_0"),
    ]
    for event in written:
        assert isinstance(event, Written)
        data = event.file.read_bytes()
        assert event.bytes == len(data)
        assert event.sha256 == hashlib.sha256(data).hexdigest()
        assert event.bits_per_weight == summarize(event.file).bits_per_weight


@pytest.mark.parametrize(
    ("write", "stored"),
    [
        (write_mistral, "BF16"),  # its rows are too short for many types
        pytest.param(partial(write_llama3, **WIDE), "BF16", marks=pytest.mark.slow),
        pytest.param(partial(write_qwen2, **WIDE), "BF16", marks=pytest.mark.slow),
        pytest.param(partial(write_gpt2, width=256), "F32", marks=pytest.mark.slow),
    ],
    ids=["mistral", "llama3", "qwen2", "gpt2"],
)
def test_a_checkpoint_in_one_pass_is_upstreams_two_steps(
    write: Callable[[Path], None], stored: str, tmp_path: Path
) -> None:
    """The first step, to the stored type, is held against upstream in test_architectures."""
    folder = tmp_path / "Quill"
    folder.mkdir()
    write(folder)
    levels = ["Q8_0", "Q4_K_M", "Q2_K", "IQ4_XS"]
    files = {
        event.level: event.file
        for event in convert(source=folder, levels=[stored, *levels], output=tmp_path / "out")
        if isinstance(event, Written)
    }
    expected = quantize_upstream(files[stored], levels, tmp_path)
    for level, path in expected.items():
        assert files[level].read_bytes() == path.read_bytes(), level


def test_a_checkpoint_is_read_once_for_all_levels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the tensors of a level of floats come in another order than those of the others."""
    folder = tmp_path / "Quill"
    folder.mkdir()
    write_mistral(folder)
    alone = [*convert(source=folder, levels=["BF16"], output=tmp_path / "alone")][-1]
    read: list[tuple[str, int]] = []
    read_rows = StoredTensor.read_rows

    def count_rows(tensor: StoredTensor, start: int, stop: int) -> Any:
        read.extend((tensor.name, row) for row in range(start, stop))
        return read_rows(tensor, start, stop)

    monkeypatch.setattr(StoredTensor, "read_rows", count_rows)
    levels = ["Q8_0", "F32", "Q4_0", "BF16"]
    events = list(convert(source=folder, levels=levels, output=tmp_path / "out"))
    assert len(read) == len(set(read)) > 1000
    *_, last = (event for event in events if isinstance(event, Progress))
    assert last.done_bytes == last.total_bytes < sum(map(size, folder.glob("*.safetensors")))
    written = {event.level: event for event in events if isinstance(event, Written)}
    assert list(written) == levels
    for event in written.values():
        assert event.sha256 == hashlib.sha256(event.file.read_bytes()).hexdigest()
    assert isinstance(alone, Written)
    assert written["BF16"].sha256 == alone.sha256


def test_a_stop_is_heard_after_the_last_tensor_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gguf_output, "HASHED_BYTES", 64)
    folder = tmp_path / "Quill"
    folder.mkdir()
    write_mistral(folder)
    wanted = threading.Event()
    events = convert(
        source=folder, levels=["BF16", "Q8_0"], output=tmp_path / "out", stopped=wanted.is_set
    )
    for event in events:
        if isinstance(event, Progress) and event.done_bytes == event.total_bytes:
            break
    wanted.set()
    with pytest.raises(Cancelled):
        next(events)
    assert not list((tmp_path / "out").iterdir())


def test_the_plan_is_what_is_written(model: Path, tmp_path: Path) -> None:
    (file,) = plan_conversion(source=model, levels=["Q4_K_M"], output=tmp_path / "out")
    assert not (tmp_path / "out").exists()
    list(convert(source=model, levels=["Q4_K_M"], output=tmp_path / "out"))
    assert file.file.stat().st_size == file.plan.file_bytes
    assert {tensor.name: tensor.type for tensor in summarize(file.file).tensors} == {
        tensor.source.name: tensor.type for tensor in file.plan.tensors
    }
    advice = advise(file, [])
    assert advice.verdict in {Verdict.FITS, Verdict.TIGHT}
    assert advice.weights_bytes == summarize(file.file).weights_bytes


def test_a_file_that_is_there_stays_unless_forced(model: Path, tmp_path: Path) -> None:
    target = tmp_path / "Quill-Q8_0.gguf"
    target.write_bytes(b"mine")
    with pytest.raises(InputError, match=r"is already there: give --force"):
        list(convert(source=model, levels=["Q4_0", "Q8_0"], output=tmp_path))
    assert target.read_bytes() == b"mine"
    assert not (tmp_path / "Quill-Q4_0.gguf").exists()
    list(convert(source=model, levels=["Q8_0"], output=tmp_path, force=True))
    assert summarize(target).level == "Q8_0"


@pytest.mark.parametrize("link", [shutil.move, os.link, os.symlink])
def test_the_source_is_never_the_target(link: Any, model: Path, tmp_path: Path) -> None:
    target = tmp_path / "Quill-BF16.gguf"
    link(model, target)
    source = model if model.exists() else target
    before = target.read_bytes()
    with pytest.raises(InputError, match="is the source itself"):
        list(convert(source=source, levels=["BF16"], output=tmp_path, force=True))
    assert target.read_bytes() == before


def test_a_shard_of_the_checkpoint_is_never_the_target(tmp_path: Path) -> None:
    folder = tmp_path / "Quill"
    folder.mkdir()
    write_mistral(folder)
    (planned,) = plan_conversion(source=folder, levels=["Q8_0"], output=tmp_path)
    shard = next(folder.glob("*.safetensors"))
    os.link(shard, planned.file)
    with pytest.raises(InputError, match="is the source itself"):
        list(convert(source=folder, levels=["Q8_0"], output=tmp_path, force=True))


def test_quantized_weights_are_refused_unless_asked(model: Path, tmp_path: Path) -> None:
    list(convert(source=model, levels=["Q4_0"], output=tmp_path))
    first = tmp_path / "Quill-Q4_0.gguf"
    with pytest.raises(InputError, match=r"quantized already \(Q4_0, Q6_K\).*--requantize"):
        list(convert(source=first, levels=["Q8_0"], output=tmp_path))
    list(convert(source=first, levels=["Q8_0"], output=tmp_path, requantize=True))
    assert summarize(tmp_path / "Quill-Q8_0.gguf").level == "Q8_0"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"levels": []}, "No level is given"),
        ({"levels": ["Q7"]}, "no level Q7"),
        ({"threads": 0}, "0 threads"),
        ({"threads": 9999}, "9999 threads"),
        ({"output": "Quill.gguf"}, "is not a folder"),
        ({"output": "Quill.gguf/below"}, "is not a folder"),
        ({"source": "absent.gguf"}, "no file"),
    ],
)
def test_a_mistake_is_one_sentence(
    options: dict[str, Any], said: str, model: Path, tmp_path: Path
) -> None:
    given: dict[str, Any] = {"source": model.name, "levels": ["Q8_0"], "output": "out"} | options
    for name in ("source", "output"):
        given[name] = tmp_path / given[name]
    with pytest.raises(InputError, match=said):
        list(convert(**given))
    assert [path.name for path in tmp_path.iterdir()] == [model.name]


def test_a_disk_that_is_too_small_is_known_before(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk cannot be filled on command."""
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10**9, 10**9, 5000))
    with pytest.raises(InputError, match=r"needs .* kB, 5 kB are free"):
        list(convert(source=model, levels=["Q8_0"], output=tmp_path / "out"))
    assert list((tmp_path / "out").iterdir()) == []


def test_what_a_killed_run_left_counts_as_free(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (planned,) = plan_conversion(source=model, levels=["Q8_0"], output=tmp_path / "out")
    usage = namedtuple("usage", "total used free")
    free = planned.plan.file_bytes - 100_000
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10**9, 10**9, free))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "Quill-Q4_0.gguf.part").write_bytes(os.urandom(200_000))  # of another level
    with pytest.raises(InputError, match="make room"):
        list(convert(source=model, levels=["Q8_0"], output=tmp_path / "out"))
    (tmp_path / "out" / "Quill-Q8_0.gguf.part").write_bytes(os.urandom(200_000))
    list(convert(source=model, levels=["Q8_0"], output=tmp_path / "out"))
    assert planned.file.stat().st_size == planned.plan.file_bytes


def test_a_file_that_appears_meanwhile_stays_and_no_work_is_lost(
    model: Path, tmp_path: Path
) -> None:
    target, other = tmp_path / "Quill-Q8_0.gguf", tmp_path / "Quill-Q4_0.gguf"
    events = convert(source=model, levels=["Q8_0", "Q4_0"], output=tmp_path)
    assert isinstance(next(events), Progress)
    target.write_bytes(b"mine")
    written: list[Path] = []
    with pytest.raises(InputError, match=r"-Q8_0\.gguf, which was left .* is .*-Q8_0-2\.gguf\.$"):
        written.extend(event.file for event in events if isinstance(event, Written))
    assert written == [tmp_path / "Quill-Q8_0-2.gguf", other]
    assert target.read_bytes() == b"mine"
    assert summarize(tmp_path / "Quill-Q8_0-2.gguf").level == "Q8_0"
    assert summarize(other).level == "Q4_0"
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.slow
def test_a_kill_never_leaves_a_half_file(tmp_path: Path) -> None:
    """Three kills, and more until one came while a file was written."""
    left_parts = False
    for done, kill in enumerate(kill_conversions(tmp_path, 15), 1):
        assert kill.faults == []
        left_parts |= bool(kill.parts)
        if done >= 3 and left_parts:
            break
    assert left_parts


@pytest.mark.slow
def test_the_starter_speaks_after_a_round_trip(
    starter_path: Path, tmp_path: Path, inkglass: Inkglass
) -> None:
    list(convert(source=starter_path, levels=["F16"], output=tmp_path, requantize=True))
    (middle,) = tmp_path.iterdir()
    list(convert(source=middle, levels=["Q8_0"], output=tmp_path))
    last = tmp_path / middle.name.replace("F16", "Q8_0")
    options = ("--model", str(last), "--tokens", "4", "--temperature", "0")
    assert b" Tokyo" in inkglass("write", "The capital of Japan is", *options).stdout
