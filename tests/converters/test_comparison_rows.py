"""What is remembered of a comparison counts only when it is whole."""

import hashlib
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from converters.comparison_memory import ComparisonMemory, hash_files
from converters.comparison_rows import Detail, Row, Text, name_levels
from models.errors import Cancelled
from models.folder import find_folders

ROW: dict[str, Any] = {
    name: 1 if name in {"bytes", "peak_memory_bytes"} else 0.5 for name in Row.__struct_fields__
} | {"file": "a.gguf", "level": "Q4_0"}
DETAIL: dict[str, Any] = {
    "row": ROW, "nll": [1.0, 2.0], "probability": [0.1, 0.2], "top": [3, 4],
    "divergence": [0.0, 0.1], "continuation": [],
}  # fmt: skip
TEXT: dict[str, Any] = {
    "pieces": ["YQ=="] * 8, "context": 4, "first": 2, "chunks": 2, "left_out": 0
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path / "home"))


@pytest.fixture
def memory(home: None) -> ComparisonMemory:
    return ComparisonMemory(reference="r", text="t", context=4, chunks=0, depth=16.0, threads=1)


@pytest.mark.parametrize(
    ("kind", "whole", "damage"),
    [
        (Detail, DETAIL, {"divergence": [0.0]}),
        (Detail, DETAIL, {"probability": []}),
        (Detail, DETAIL, {"top": [1, 2, 3]}),
        (Detail, DETAIL, {"row": ROW | {"perplexity": 1.7e308}}),
        (Detail, DETAIL, {"row": ROW | {"kl_mean": -1e40}}),
        (Text, TEXT, {"context": 0}),
        (Text, TEXT, {"chunks": -3}),
        (Text, TEXT, {"chunks": 0}),
        (Text, TEXT, {"pieces": []}),
        (Text, TEXT, {"left_out": -1}),
    ],
)
def test_what_somebody_has_changed_is_not_there(
    memory: ComparisonMemory,
    kind: type[msgspec.Struct],
    whole: dict[str, Any],
    damage: dict[str, Any],
) -> None:
    memory.write("x", msgspec.convert(whole, kind))
    assert memory.read("x", kind) is not None
    (path,) = find_folders().comparisons.rglob("x.json")
    path.write_bytes(msgspec.json.encode(whole | damage))
    assert memory.read("x", kind) is None
    path.write_text('{"a":' * 200_000)
    assert memory.read("x", kind) is None


@pytest.mark.usefixtures("home")
def test_hashes_that_cannot_be_read_are_made_again(tmp_path: Path) -> None:
    paths = [tmp_path / "a", tmp_path / "b"]
    paths[0].write_bytes(b"data")
    paths[1].write_bytes(b"other")
    known = find_folders().comparisons / "hashes.json"
    known.parent.mkdir(parents=True)
    known.write_text('{"a":' * 200_000)
    digests = [hashlib.sha256(data).hexdigest() for data in (b"data", b"other")]
    assert hash_all(paths) == digests
    assert msgspec.json.decode(known.read_bytes()).keys() == set(map(str, paths))
    assert hash_all(paths[::-1]) == digests[::-1]
    paths[1].write_bytes(b"changed")
    assert hash_all(paths) == [digests[0], hashlib.sha256(b"changed").hexdigest()]


def hash_all(paths: list[Path]) -> list[str]:
    events = hash_files(paths)
    while True:
        try:
            next(events)
        except StopIteration as end:
            return list(end.value)


@pytest.mark.usefixtures("home")
@pytest.mark.skipif(os.name == "nt", reason="files with holes as POSIX has them")
def test_nobody_waits_for_hashes_that_are_not_wanted_any_more(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.touch()
    os.truncate(path, 1 << 38)  # minutes, and no byte on the disk
    events = hash_files([path])
    first, second = next(events), next(events)
    assert first.done < second.done < second.total == 1 << 38
    with pytest.raises(KeyboardInterrupt):
        events.throw(KeyboardInterrupt)
    with pytest.raises(Cancelled):
        list(hash_files([path], lambda: True))


def test_two_files_of_one_level_have_two_names() -> None:
    details = [
        msgspec.convert(DETAIL | {"row": ROW | {"file": file, "level": level}}, Detail)
        for file, level in (("r.gguf", "Q8_0"), ("a.gguf", "Q4_0"), ("b.gguf", "Q4_0"))
    ]
    assert name_levels(details) == ["Q8_0", "Q4_0 a.gguf", "Q4_0 b.gguf"]
