"""Small GGUF files, written by the `gguf` package."""

from collections.abc import Callable
from pathlib import Path

import gguf
import numpy as np
import pytest

WriteGguf = Callable[..., Path]


def write_gguf(
    path: Path,
    *,
    architecture: str = "llama",
    general_type: str | None = None,
    vocabulary: int = 300,
    embedding: int = 64,
    feed_forward: int = 128,
    heads: int = 4,
    heads_kv: int = 2,
    blocks: int = 2,
    context: int = 1024,
    with_tensors: bool = True,
    with_vocabulary: bool = True,
    extra: Callable[[gguf.GGUFWriter], None] | None = None,
) -> Path:
    """Write a complete, loadable model of zeros and ones (Q4_0); return its path."""
    writer = gguf.GGUFWriter(path, architecture)
    if general_type:
        writer.add_type(general_type)
    writer.add_name("Tiny")
    writer.add_license("mit")
    writer.add_block_count(blocks)
    writer.add_context_length(context)
    writer.add_embedding_length(embedding)
    writer.add_feed_forward_length(feed_forward)
    writer.add_head_count(heads)
    writer.add_head_count_kv(heads_kv)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(embedding // heads)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_0)
    if with_vocabulary:
        tokens = [b"<unk>", b"<s>", b"</s>", *(b"<0x%02X>" % i for i in range(256))]
        tokens += [b"t%d" % i for i in range(len(tokens), vocabulary)]
        writer.add_tokenizer_model("llama")
        writer.add_token_list(tokens)
        writer.add_token_scores([0.0] * vocabulary)
        writer.add_token_types([2, 3, 3] + [6] * 256 + [1] * (vocabulary - 259))
        writer.add_bos_token_id(1)
        writer.add_eos_token_id(2)
        writer.add_add_bos_token(True)
    if extra:
        extra(writer)

    def add(name: str, columns: int, rows: int) -> None:
        data = np.zeros((rows, columns // 32 * 18), np.uint8)
        writer.add_tensor(f"{name}.weight", data, raw_dtype=gguf.GGMLQuantizationType.Q4_0)

    if with_tensors:
        kv = embedding // heads * heads_kv
        add("token_embd", embedding, vocabulary)
        writer.add_tensor("output_norm.weight", np.ones(embedding, np.float32))
        add("output", embedding, vocabulary)
        for block in range(blocks):
            for norm in ("attn_norm", "ffn_norm"):
                writer.add_tensor(f"blk.{block}.{norm}.weight", np.ones(embedding, np.float32))
            add(f"blk.{block}.attn_q", embedding, embedding)
            add(f"blk.{block}.attn_k", embedding, kv)
            add(f"blk.{block}.attn_v", embedding, kv)
            add(f"blk.{block}.attn_output", embedding, embedding)
            add(f"blk.{block}.ffn_gate", embedding, feed_forward)
            add(f"blk.{block}.ffn_up", embedding, feed_forward)
            add(f"blk.{block}.ffn_down", feed_forward, embedding)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="session", name="write_gguf")
def write_gguf_fixture() -> WriteGguf:
    """The function that writes a small model."""
    return write_gguf


@pytest.fixture(scope="session")
def tiny_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small complete model; not to be changed."""
    return write_gguf(tmp_path_factory.mktemp("tiny") / "tiny.gguf")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of the program, as INKGLASS_HOME."""
    path = tmp_path / "home"
    monkeypatch.setenv("INKGLASS_HOME", str(path))
    return path
