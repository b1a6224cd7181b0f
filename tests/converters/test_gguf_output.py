import hashlib
import itertools
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import gguf
import numpy as np
import pytest

from converters import gguf_output
from converters.gguf_output import GgufOutput, build_header, pad
from converters.source import Key
from models.errors import InputError
from models.ggml_types import ValueType

DATA = np.arange(40, dtype=np.uint8)
HOLD = """
import sys
from pathlib import Path
from converters.gguf_output import GgufOutput
output = GgufOutput(Path(sys.argv[1]), b"half", replaces=False)
print("open", flush=True)
sys.stdin.read()
"""


def test_the_gguf_package_reads_what_was_written(tmp_path: Path) -> None:
    keys = [
        Key("general.architecture", ValueType.STRING, "llama"),
        Key("a.number", ValueType.INT64, -5),
        Key("a.flag", ValueType.BOOL, True),
        Key("some.numbers", ValueType.ARRAY, (1.5, -2.0), ValueType.FLOAT32),
        Key("some.texts", ValueType.ARRAY, [b"e", b"\xff"], ValueType.STRING),
        Key("none", ValueType.ARRAY, [], ValueType.INT32),
    ]
    values = np.arange(6, dtype=np.float32)
    header = build_header(keys, [("a", (2, 3), "F32", 24), ("b", (3, 1, 1), "F32", 12)])
    with GgufOutput(tmp_path / "x.gguf", header, replaces=False) as output:
        output.write(values[:2].view(np.uint8))
        output.write(values[2:].view(np.uint8))
        output.end_tensor()
        output.write(values[:3].view(np.uint8))
        output.end_tensor()
        sha256 = output.finish()
    written = (tmp_path / "x.gguf").read_bytes()
    assert hashlib.sha256(written).hexdigest() == sha256
    assert len(written) == len(header) + 64
    reader = gguf.GGUFReader(tmp_path / "x.gguf")
    assert reader.fields["a.number"].contents() == -5
    assert reader.fields["a.flag"].contents() is True
    assert reader.fields["some.numbers"].contents() == [1.5, -2.0]
    assert bytes(reader.fields["some.texts"].parts[-1]) == b"\xff"
    a, b = reader.tensors
    assert a.data.tolist() == values.reshape(2, 3).tolist()
    assert (b.name, b.data.reshape(-1).tolist()) == ("b", [0, 1, 2])


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_tensors_in_any_order_make_the_same_file(
    order: Sequence[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gguf_output, "HASHED_BYTES", 24)
    data = [np.arange(1, length, dtype=np.uint8) for length in (9, 41, 101, 65)]
    header = bytes(range(96))
    padded = [values.tobytes().ljust(pad(len(values)), b"\0") for values in data]
    offsets = list(itertools.accumulate(map(len, padded), initial=len(header)))
    with GgufOutput(tmp_path / "x", header, replaces=False) as output:
        for place in order:
            output.begin_tensor(offsets[place])
            for part in np.array_split(data[place], 3):
                output.write(part)
                output.hash_early()
            output.end_tensor()
        sha256 = output.finish()
    written = (tmp_path / "x").read_bytes()
    assert written == header + b"".join(padded)
    assert sha256 == hashlib.sha256(written).hexdigest()


def test_without_finish_nothing_is_left_and_the_old_file_stays(tmp_path: Path) -> None:
    (tmp_path / "x.gguf").write_bytes(b"old")
    with GgufOutput(tmp_path / "x.gguf", b"new", replaces=True) as output:
        output.write(DATA)
        assert (tmp_path / "x.gguf.part").exists()
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("x.gguf", b"old")]


def test_a_stale_part_is_replaced_and_what_it_links_to_is_not_touched(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    for make in (
        lambda part: part.write_bytes(b"half" * 100),
        lambda part: part.symlink_to(precious),
        lambda part: os.link(precious, part),
    ):
        precious.write_bytes(b"original")
        make(tmp_path / "x.gguf.part")
        with GgufOutput(tmp_path / "x.gguf", b"new", replaces=True) as output:
            output.finish()
        assert (tmp_path / "x.gguf").read_bytes() == b"new"
        assert not (tmp_path / "x.gguf").is_symlink()
        assert precious.read_bytes() == b"original"


def test_what_another_process_is_writing_is_left_to_it(tmp_path: Path) -> None:
    path = tmp_path / "x.gguf"
    command = [sys.executable, "-c", HOLD, str(path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
    ) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(InputError, match=r"^x\.gguf is being written by another Inkglass"):
            GgufOutput(path, b"new", replaces=False)
        other.kill()
    with GgufOutput(path, b"new", replaces=False) as output:
        output.finish()
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
def test_a_part_that_was_replaced_is_not_renamed(tmp_path: Path) -> None:
    part = tmp_path / "x.gguf.part"
    with GgufOutput(tmp_path / "x.gguf", b"new", replaces=True) as output:
        part.unlink()
        part.write_bytes(b"somebody else's")
        with pytest.raises(InputError, match="was moved or replaced"):
            output.finish()
    assert part.read_bytes() == b"somebody else's"
    assert not (tmp_path / "x.gguf").exists()
