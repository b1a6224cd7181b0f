from collections.abc import Callable
from pathlib import Path

import gguf
import pytest

from models.gguf_file import check_generates_text, summarize
from models.gguf_header import ModelFileError

WriteGguf = Callable[..., Path]
Change = Callable[[gguf.GGUFWriter], None]


def test_the_starter_is_summarized(starter_path: Path) -> None:
    """Against the model's own config.json: https://doi.org/10.48550/arXiv.2502.02737, 135M."""
    summary = summarize(starter_path)
    assert summary.architecture == "llama"
    assert summary.licence == "apache-2.0"
    assert summary.parameter_count == 134_515_008
    assert summary.file_size_bytes == 98_362_432
    assert summary.level == "Q4_1"
    assert summary.bits_per_weight == pytest.approx(8 * 96_576_768 / 134_515_008)
    assert summary.context_length == 8192
    assert summary.embedding_length == 576
    assert summary.feed_forward_length == 1536
    assert summary.block_count == 30
    assert summary.head_count == 9
    assert summary.head_counts_kv == (3,) * 30
    assert (summary.key_length, summary.value_length) == (64, 64)
    assert (summary.vocabulary_size, summary.vocabulary_kind) == (49_152, "gpt2")
    assert summary.has_chat_template
    assert summary.add_bos is False
    assert (summary.bos_token_id, summary.eos_token_id) == (1, 2)
    check_generates_text(summary)


def test_a_tiny_model_is_summarized(tiny_path: Path) -> None:
    summary = summarize(tiny_path)
    assert (summary.name, summary.licence, summary.level) == ("Tiny", "mit", "Q4_0")
    assert (summary.vocabulary_kind, summary.vocabulary_size) == ("llama", 300)
    assert summary.add_bos is True
    assert not summary.has_chat_template
    assert summary.weights_bytes == sum(tensor.size_bytes for tensor in summary.tensors)
    check_generates_text(summary)


def add_head_counts(writer: gguf.GGUFWriter) -> None:
    writer.add_array("llama.attention.head_count_kv", [1, 2])


def test_head_counts_may_differ_from_layer_to_layer(
    tmp_path: Path, write_gguf: WriteGguf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gguf.GGUFWriter, "add_head_count_kv", lambda writer, _: None)
    path = write_gguf(tmp_path / "model.gguf", extra=add_head_counts)
    assert summarize(path).head_counts_kv == (1, 2)


def test_without_a_count_of_kv_heads_every_head_has_its_own(
    tmp_path: Path, write_gguf: WriteGguf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gguf.GGUFWriter, "add_head_count_kv", lambda writer, _: None)
    assert summarize(write_gguf(tmp_path / "model.gguf")).head_counts_kv == (4, 4)


def test_without_a_file_type_the_dominant_type_is_the_level(
    tmp_path: Path, write_gguf: WriteGguf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gguf.GGUFWriter, "add_file_type", lambda writer, _: None)
    assert summarize(write_gguf(tmp_path / "model.gguf")).level == "Q4_0"


def test_what_is_shown_of_a_file_cannot_steer_a_terminal(
    tmp_path: Path, write_gguf: WriteGguf
) -> None:
    change = replace("general.name", "日本\x1b]0;title\x07\nnext\tline")
    summary = summarize(write_gguf(tmp_path / "model.gguf", extra=change))
    assert summary.name == "日本 ]0;title  next line"


def test_a_token_id_outside_of_the_vocabulary_is_none(
    tmp_path: Path, write_gguf: WriteGguf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(writer: gguf.GGUFWriter, _: int) -> None:
        writer.add_uint32("tokenizer.ggml.eos_token_id", 300)

    monkeypatch.setattr(gguf.GGUFWriter, "add_eos_token_id", add)
    assert summarize(write_gguf(tmp_path / "model.gguf")).eos_token_id is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"with_tensors": False}, "holds a vocabulary only"),
        ({"with_vocabulary": False}, "has no vocabulary"),
        ({"architecture": "bert"}, "is an embedding model"),
        ({"architecture": "nomic-bert"}, "is an embedding model"),
        ({"architecture": "jina-bert-v2"}, "is an embedding model"),
        ({"architecture": "gemma-embedding"}, "is an embedding model"),
        ({"extra": lambda w: w.add_uint32("llama.pooling_type", 3)}, "is an embedding model"),
        ({"architecture": "clip"}, "projector of another model"),
        ({"general_type": "mmproj"}, "projector of another model"),
        ({"general_type": "adapter"}, "is an adapter"),
        ({"general_type": "imatrix"}, "is an importance matrix"),
        ({"architecture": "t5encoder"}, "is an encoder"),
        ({"architecture": "wavtokenizer-dec"}, "generates sound"),
        ({"architecture": "dream"}, "does not write one token after another"),
        ({"extra": lambda w: w.add_bool("llama.attention.causal", False)}, "one token after"),
        ({"blocks": 0}, "gives no number of blocks"),
    ],
)
def test_what_does_not_generate_text_is_refused(
    tmp_path: Path, write_gguf: WriteGguf, options: dict[str, object], words: str
) -> None:
    summary = summarize(write_gguf(tmp_path / "model.gguf", **options))
    with pytest.raises(ModelFileError, match=words):
        check_generates_text(summary)


def replace_scores(writer: gguf.GGUFWriter) -> None:
    del writer.kv_data[0]["tokenizer.ggml.scores"]
    writer.add_token_scores([0.0] * 299)


def replace_types(writer: gguf.GGUFWriter) -> None:
    del writer.kv_data[0]["tokenizer.ggml.token_type"]
    writer.add_array("tokenizer.ggml.token_type", [1.0] * 300)


def replace_tokens(writer: gguf.GGUFWriter) -> None:
    del writer.kv_data[0]["tokenizer.ggml.tokens"]
    writer.add_array("tokenizer.ggml.tokens", [1] * 300)


def replace(key: str, value: str | int | float | list[int]) -> Change:
    def change(writer: gguf.GGUFWriter) -> None:
        writer.kv_data[0].pop(key, None)
        match value:
            case str():
                writer.add_string(key, value)
            case int():
                writer.add_uint32(key, value)
            case float():
                writer.add_float32(key, value)
            case _:
                writer.add_array(key, value)

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (replace("llama.block_count", 513), "513, not a whole number up to 512"),
        (replace("llama.context_length", 2**31), "context_length"),
        (replace("llama.embedding_length", "wide"), "embedding_length is no number"),
        (replace("llama.embedding_length", 0.5), "embedding_length is 0.5"),
        (replace("llama.attention.head_count_kv", 2**30 + 2), "not a whole number up to 4,096"),
        (replace("llama.attention.key_length", 2**20), "not a whole number up to 65,536"),
        (replace("llama.attention.head_count", [4]), "has 1 values for 2 layers"),
        (replace("llama.attention.layer_norm_rms_epsilon", -1e-5), "not a small positive"),
        (replace("llama.attention.layer_norm_rms_epsilon", float("nan")), "not a small positive"),
        (replace("general.architecture", 7), "general.architecture is not a text"),
        (replace("tokenizer.ggml.add_bos_token", 1), "neither true nor false"),
        (replace("split.count", 3), "is part 1 of a model split into 3 files"),
        (replace_scores, "does not give one value for each of 300"),
        (replace_types, "does not give one value for each of 300"),
        (replace_tokens, "is not a list of texts"),
    ],
)
def test_absurd_metadata_is_refused(
    tmp_path: Path, write_gguf: WriteGguf, change: Change, words: str
) -> None:
    path = write_gguf(tmp_path / "model.gguf", extra=change)
    with pytest.raises(ModelFileError, match=words):
        summarize(path)
