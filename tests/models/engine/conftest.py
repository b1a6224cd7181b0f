"""A tiny model whose vocabulary is SentencePiece and asks for BOS: what the starter is not."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import gguf
import numpy as np
import pytest

from models.engine.blocking import BlockingEngine

WORDS = ("▁", "a", "b", "c", "▁a", "▁b", "▁c", "ab", "▁the", "▁end")
FIRST_BYTE = 3  # after <unk>, <s> and </s>
FIRST_WORD = FIRST_BYTE + 256
TINY_CONTEXT = 256
MIDDLE_MARKS = ("<fim_prefix>", "<fim_suffix>", "<fim_middle>")


def write_random_model(
    path: Path,
    *,
    add_bos: bool = True,
    add_eos: bool = False,
    chat_template: str = "",
    marks: Sequence[str] = (),
) -> Path:
    """Write a llama of two layers with random weights (F32); its vocabulary has byte tokens.

    `marks` are names of control tokens, the last of the vocabulary.
    """
    random = np.random.default_rng(5)
    embedding, feed_forward = 32, 64
    tokens = [b"<unk>", b"<s>", b"</s>", *(b"<0x%02X>" % i for i in range(256))]
    tokens += [word.encode() for word in (*WORDS, *marks)]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("Tiny")
    writer.add_block_count(2)
    writer.add_context_length(1024)
    writer.add_embedding_length(embedding)
    writer.add_feed_forward_length(feed_forward)
    writer.add_head_count(2)
    writer.add_head_count_kv(2)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(embedding // 2)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([-float(i) for i in range(len(tokens))])
    writer.add_token_types([2, 3, 3, *[6] * 256, *[1] * len(WORDS), *[3] * len(marks)])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_bos_token(add_bos)
    writer.add_add_eos_token(add_eos)
    if chat_template:
        writer.add_chat_template(chat_template)

    def add(name: str, *shape: int) -> None:
        data = random.normal(0, 0.3, shape).astype(np.float32)
        writer.add_tensor(f"{name}.weight", data)

    add("token_embd", len(tokens), embedding)
    writer.add_tensor("output_norm.weight", np.ones(embedding, np.float32))
    add("output", len(tokens), embedding)
    for block in range(2):
        for norm in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{block}.{norm}.weight", np.ones(embedding, np.float32))
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            add(f"blk.{block}.{part}", embedding, embedding)
        add(f"blk.{block}.ffn_gate", feed_forward, embedding)
        add(f"blk.{block}.ffn_up", feed_forward, embedding)
        add(f"blk.{block}.ffn_down", embedding, feed_forward)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="module")
def tiny_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlockingEngine]:
    """An engine with the tiny model and a context of TINY_CONTEXT tokens."""
    path = write_random_model(tmp_path_factory.mktemp("tiny") / "tiny.gguf")
    with BlockingEngine() as engine:
        engine.load(path, context=TINY_CONTEXT, threads=1)
        yield engine
