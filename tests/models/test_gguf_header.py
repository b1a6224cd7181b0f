import os
import socket
import struct
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import gguf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import gguf_header
from models.gguf_file import check_generates_text, summarize
from models.gguf_header import Array, ModelFileError, read_header

UINT32, STRING, ARRAY, UINT64, FLOAT32 = 4, 8, 9, 10, 6


def text(value: bytes) -> bytes:
    return struct.pack("<Q", len(value)) + value


def entry(key: bytes, value_type: int, value: bytes) -> bytes:
    return text(key) + struct.pack("<I", value_type) + value


def tensor(
    name: bytes, shape: Sequence[int], type_number: int = 0, offset: int = 0, dimensions: int = -1
) -> bytes:
    count = len(shape) if dimensions < 0 else dimensions
    lengths = b"".join(struct.pack("<Q", length) for length in shape)
    return text(name) + struct.pack("<I", count) + lengths + struct.pack("<IQ", type_number, offset)


def header(
    entries: Sequence[bytes] = (),
    tensors: Sequence[bytes] = (),
    *,
    version: int = 3,
    counts: tuple[int, int] | None = None,
    data: int = 0,
) -> bytes:
    n_tensors, n_entries = counts or (len(tensors), len(entries))
    start = b"GGUF" + struct.pack("<IQQ", version, n_tensors, n_entries)
    whole = start + b"".join(entries) + b"".join(tensors)
    return whole + bytes(-len(whole) % 32 + data)


def refusal(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(ModelFileError) as caught:
        summarize(path)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def texts_entry(count: int, *texts: bytes, key: bytes = b"a") -> bytes:
    return entry(key, ARRAY, struct.pack("<IQ", STRING, count) + b"".join(texts))


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return tmp_path / "model.gguf"


def test_every_value_type_is_read(model: Path) -> None:
    array = struct.pack("<IQ", UINT32, 3) + struct.pack("<3I", 7, 8, 9)
    texts = struct.pack("<IQ", STRING, 2) + text(b"a") + text(b"bc")
    model.write_bytes(
        header(
            [
                entry(b"number", UINT64, struct.pack("<Q", 2**63)),
                entry(b"fraction", FLOAT32, struct.pack("<f", 0.5)),
                entry(b"flag", 7, b"\x01"),
                entry(b"text", STRING, text("日本".encode())),
                entry(b"numbers", ARRAY, array),
                entry(b"texts", ARRAY, texts),
            ],
            [tensor(b"a", (4, 3)), tensor(b"b", (8,), 1, offset=64)],
            data=96,
        )
    )
    read = read_header(model)
    assert read.metadata["number"] == 2**63
    assert read.metadata["fraction"] == 0.5
    assert read.metadata["flag"] is True
    assert read.metadata["text"] == "日本"
    numbers, texts_read = read.metadata["numbers"], read.metadata["texts"]
    assert isinstance(numbers, Array)
    assert isinstance(texts_read, Array)
    assert numbers.values == (7, 8, 9)
    assert texts_read.length == 2
    first, second = read.tensors
    assert (first.name, first.shape, first.type, first.size_bytes) == ("a", (4, 3), "F32", 48)
    assert (second.shape, second.type, second.size_bytes) == ((8,), "F16", 16)
    assert second.offset == first.offset + 64


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=r"no file .*nothing\.gguf: check the path"):
        summarize(tmp_path / "nothing.gguf")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="is a folder"):
        summarize(tmp_path)


def test_a_pipe_or_socket_is_refused_unopened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "pipe.gguf")
    with pytest.raises(ModelFileError, match="not a regular file"):
        summarize(tmp_path / "pipe.gguf")
    with socket.socket(socket.AF_UNIX) as listener:
        monkeypatch.chdir(tmp_path)  # the name of a socket must be short
        listener.bind("socket.gguf")
        with pytest.raises(ModelFileError, match="not a regular file"):
            summarize(tmp_path / "socket.gguf")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_an_impossible_name_is_refused(name: str) -> None:
    with pytest.raises(ModelFileError):
        summarize(name)


def test_a_file_without_permission_is_refused(model: Path) -> None:
    model.write_bytes(header())
    model.chmod(0)
    if os.access(model, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(ModelFileError, match="may not be read by this user"):
        summarize(model)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Once upon a time\n" * 50, "is a text file"),
        ("むかしむかし、あるところに".encode() * 20, "is a text file"),
        (b"<!DOCTYPE html><html>", "is a web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "Git LFS pointer"),
        (struct.pack("<Q", 90) + b'{"__metadata__":{}}', "safetensors"),
        (b"PK\x03\x04" + bytes(30), "PyTorch or zip"),
        (b"\x80\x02}q\x00.", "PyTorch or zip"),
        (b"lmgg" + bytes(30), "old GGML"),
        (b"tjgg" + bytes(30), "old GGML"),
        (b"\x7fELF" + bytes(range(256)), "not a GGUF file"),
        (b"GGU", "is a text file"),
        (b"GGUF", "damaged or cut off"),
        (b"GGUF\x03\x00\x00\x00", "damaged or cut off"),
        (b"GGUF" + struct.pack(">IQQ", 3, 0, 0), "big-endian"),
        (header(version=1), "version 1"),
        (header(version=4), "version 4"),
        (header(version=0), "big-endian"),
    ],
)
def test_another_format_is_named(model: Path, content: bytes, words: str) -> None:
    assert words in refusal(model, content)


def test_a_truncated_model_says_how_much_is_missing(tmp_path: Path, tiny_path: Path) -> None:
    content = tiny_path.read_bytes()
    assert "its last 1,000 bytes (1 kB) are missing" in refusal(
        tmp_path / "tiny.gguf", content[:-1000]
    )


def test_a_file_cut_inside_of_its_header_is_refused(tmp_path: Path, tiny_path: Path) -> None:
    content = tiny_path.read_bytes()
    for size in (5, 20, 30, 500, 3000):
        assert "damaged or cut off" in refusal(tmp_path / "tiny.gguf", content[:size])


HUGE = 2**60


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (header(counts=(HUGE, 0)), "tensors"),
        (header(counts=(0, HUGE)), "metadata entries"),
        (header([struct.pack("<Q", HUGE)]), "metadata key of 1,152"),
        (header([text(b"")]), "empty or there twice"),
        (header([entry(b"a", UINT32, bytes(4))] * 2), "empty or there twice"),
        (header([text(b"\xff\xfe")]), "not text"),
        (header([text(b"\x1b]0;title\x07")]), "not text"),
        (header([entry(b"a", 99, b"")]), "unknown type 99"),
        (header([entry(b"a", STRING, struct.pack("<Q", HUGE))]), "cut off"),
        (header([entry(b"a", ARRAY, struct.pack("<IQ", UINT32, HUGE))]), "cut off"),
        (header([entry(b"a", ARRAY, struct.pack("<IQ", STRING, HUGE))]), "texts"),
        (header([texts_entry(2**60)], data=99), "more than there is room for"),
        (header([texts_entry(6, text(b"a" * 20), text(b"b" * 20))]), "cut off"),
        (header([texts_entry(2, text(b"a"), struct.pack("<Q", HUGE))], data=99), "cut off"),
        (header([entry(b"a", ARRAY, struct.pack("<IQ", ARRAY, 1))]), "array of arrays"),
        (
            header([entry(b"tokenizer.chat_template", STRING, text(b"x" * (2**20 + 1)))]),
            "chat template",
        ),
        (header([entry(b"general.alignment", UINT32, struct.pack("<I", 24))]), "alignment"),
        (header([entry(b"general.alignment", UINT32, struct.pack("<I", 0))]), "alignment"),
        (header([entry(b"general.alignment", UINT32, struct.pack("<I", 2**21))]), "alignment"),
        (header([entry(b"general.alignment", STRING, text(b"32"))]), "alignment"),
        (header(tensors=[tensor(b"x" * 64, (1,))], data=32), "tensor name of 64"),
        (header(tensors=[tensor(b"a", (8,)), tensor(b"a", (8,), 0, 32)], data=64), "twice"),
        (header(tensors=[tensor(b"a", (1, 1, 1, 1, 1))], data=64), "5 dimensions"),
        (header(tensors=[tensor(b"a", (), dimensions=2**31)], data=64), "dimensions"),
        (header(tensors=[tensor(b"a", (0, 4))], data=64), "has the shape"),
        (header(tensors=[tensor(b"a", (2**40, 2**40))], data=64), "cut off"),
        (header(tensors=[tensor(b"a", (2**62, 4))], data=64), "cut off"),
        (header(tensors=[tensor(b"a", (8,), 77)], data=64), "type 77, which is unknown"),
        (header(tensors=[tensor(b"a", (8,), 4)], data=64), "type 4, which is unknown"),
        (header(tensors=[tensor(b"a", (40,), 2)], data=64), "do not divide into Q4_0 blocks"),
        (header(tensors=[tensor(b"a", (8,), 0, 8)], data=64), "begin at 8 instead of 0"),
        (
            header(tensors=[tensor(b"a", (8,)), tensor(b"b", (8,), 0, 0)], data=64),
            "begin at 0 instead of 32",
        ),
        (header(tensors=[tensor(b"a", (8,)), tensor(b"b", (8,), 0, 64)], data=64), "64 instead"),
    ],
)
def test_a_damaged_header_is_refused(model: Path, content: bytes, words: str) -> None:
    assert words in refusal(model, content)


def test_a_long_text_that_nothing_asks_for_is_passed_over(model: Path) -> None:
    long_text = entry(b"tokenizer.huggingface.json", STRING, text(b"x" * 2**21))
    model.write_bytes(header([long_text, entry(b"after", UINT32, struct.pack("<I", 5))]))
    read = read_header(model)
    assert read.metadata["after"] == 5
    assert read.metadata["tokenizer.huggingface.json"] == ""


def test_texts_of_every_length_are_passed_over(model: Path) -> None:
    texts = [text(b"x" * length) for length in (0, 1, 4095, 4096, 4097, 300_000, 0)]
    after = entry(b"after", UINT32, struct.pack("<I", 5))
    model.write_bytes(header([texts_entry(len(texts), *texts), after]))
    assert read_header(model).metadata["after"] == 5


def test_more_texts_than_any_vocabulary_has_are_refused(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Empty ones cost 8 bytes and as much time as others; all lists count together."""
    monkeypatch.setattr(gguf_header, "MAX_TEXTS", 2000)
    lists = [texts_entry(1000, bytes(8000), key=key) for key in (b"a", b"b", b"c")]
    model.write_bytes(header(lists[:2]))
    read_header(model)
    assert "c claims 1,000 texts" in refusal(model, header(lists))


def test_a_text_beyond_the_headers_limit_is_refused(model: Path) -> None:
    model.write_bytes(header([texts_entry(1, struct.pack("<Q", 2**27))]))
    with model.open("rb+") as file:
        file.truncate(2**28)
    with pytest.raises(ModelFileError, match="more than 134 MB"):
        summarize(model)


def test_a_huge_claim_in_a_huge_file_reads_and_allocates_little(model: Path) -> None:
    """2 GB of empty texts, in a sparse file: refused at the header's limit of 128 MiB."""
    claim = entry(b"a", ARRAY, struct.pack("<IQ", UINT32, 2**29))
    model.write_bytes(header([claim]))
    with model.open("rb+") as file:
        file.truncate(2**31 + 2**20)
    tracemalloc.start()
    with pytest.raises(ModelFileError, match="more than 134 MB"):
        summarize(model)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_bytes < 2**20


@pytest.mark.slow
@settings(max_examples=400)
@given(
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6),
    bursts=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=16))),
    kept=st.floats(0, 1),
    in_header=st.booleans(),
)
def test_nothing_but_a_model_file_error_escapes(
    tiny_path: Path,
    tmp_path: Path,
    flips: list[tuple[float, int]],
    bursts: list[tuple[float, bytes]],
    kept: float,
    in_header: bool,
) -> None:
    """Byte flips, overwritten stretches and truncations of a real file, most in its header."""
    content = bytearray(tiny_path.read_bytes())
    reach = read_header(tiny_path).tensors[0].offset if in_header else len(content)
    for place, byte in flips:
        content[int(place * reach)] = byte
    for place, burst in bursts:
        start = int(place * reach)
        content[start : start + len(burst)] = burst
    size = len(content) if kept > 0.7 else int(kept * len(content))
    path = tmp_path / "mutated.gguf"
    path.write_bytes(content[:size])
    tracemalloc.start()
    try:
        summary = summarize(path)
        check_generates_text(summary)
    except ModelFileError:
        pass
    else:
        assert summary.weights_bytes <= size
    finally:
        peak_bytes = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak_bytes < 4 * 2**20


@pytest.mark.slow
def test_the_starter_is_read_as_the_gguf_package_reads_it(starter_path: Path) -> None:
    oracle = gguf.GGUFReader(starter_path)
    read = read_header(starter_path)
    assert [tensor.name for tensor in read.tensors] == [tensor.name for tensor in oracle.tensors]
    for ours, theirs in zip(read.tensors, oracle.tensors, strict=True):
        assert ours.shape == tuple(theirs.shape)
        assert ours.type == theirs.tensor_type.name
        assert ours.offset == theirs.data_offset
        assert ours.size_bytes == theirs.n_bytes
    keys = [key for key in oracle.fields if not key.startswith("GGUF.")]
    assert list(read.metadata) == keys
    for key, ours_value in read.metadata.items():
        field = oracle.fields[key]
        if isinstance(ours_value, Array):
            assert ours_value.length == len(field.data)
        else:
            assert ours_value == field.contents()
