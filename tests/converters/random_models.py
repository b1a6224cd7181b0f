"""Small random models as GGUF files, written by the `gguf` package."""

from pathlib import Path

import gguf
import numpy as np

TYPES = {
    "F32": gguf.GGMLQuantizationType.F32,
    "F16": gguf.GGMLQuantizationType.F16,
    "BF16": gguf.GGMLQuantizationType.BF16,
}
FILE_TYPES = {"F32": 0, "F16": 1, "BF16": 32}


def write_random_model(
    path: Path,
    *,
    stored: str = "BF16",
    embedding: int = 256,
    feed_forward: int = 512,
    heads: int = 8,
    heads_kv: int = 2,
    layers: int = 4,
    experts: int = 0,
    tied: bool = False,
    vocabulary: int = 300,
    seed: int = 0,
) -> Path:
    """Write a llama model whose matrices are stored in a type; return its path.

    The weights have the spread of trained ones, with some outliers in few columns.
    """
    rng = np.random.default_rng(seed)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_type("model")
    writer.add_name("Random")
    writer.add_block_count(layers)
    writer.add_context_length(512)
    writer.add_embedding_length(embedding)
    writer.add_feed_forward_length(feed_forward)
    writer.add_head_count(heads)
    writer.add_head_count_kv(heads_kv)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-5)
    if experts:
        writer.add_expert_count(experts)
        writer.add_expert_used_count(2)
    writer.add_file_type(FILE_TYPES[stored])
    writer.add_vocab_size(vocabulary)
    writer.add_rope_dimension_count(embedding // heads)
    writer.add_quantization_version(2)
    tokens = [b"<unk>", b"<s>", b"</s>", *(b"<0x%02X>" % i for i in range(256))]
    tokens += ["語%d".encode() % i for i in range(vocabulary - len(tokens))]
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([-float(i) for i in range(vocabulary)])
    writer.add_token_types([2, 3, 3] + [6] * 256 + [1] * (vocabulary - 259))
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_bos_token(True)

    def add(name: str, *shape: int) -> None:
        values = rng.standard_normal(shape, np.float32) * 0.02
        values[..., :: max(1, shape[-1] // 7)] *= 9
        kind = TYPES["F32" if len(shape) == 1 or "ffn_gate_inp" in name else stored]
        data = gguf.quants.quantize(values, kind)
        writer.add_tensor(f"{name}.weight", data, raw_dtype=kind)

    kv = embedding // heads * heads_kv
    add("token_embd", vocabulary, embedding)
    for block in range(layers):
        add(f"blk.{block}.attn_norm", embedding)
        add(f"blk.{block}.attn_q", embedding, embedding)
        add(f"blk.{block}.attn_k", kv, embedding)
        add(f"blk.{block}.attn_v", kv, embedding)
        add(f"blk.{block}.attn_output", embedding, embedding)
        add(f"blk.{block}.ffn_norm", embedding)
        if experts:
            add(f"blk.{block}.ffn_gate_inp", experts, embedding)
        of_each = (experts,) if experts else ()
        suffix = "_exps" if experts else ""
        add(f"blk.{block}.ffn_gate{suffix}", *of_each, feed_forward, embedding)
        add(f"blk.{block}.ffn_up{suffix}", *of_each, feed_forward, embedding)
        add(f"blk.{block}.ffn_down{suffix}", *of_each, embedding, feed_forward)
    add("output_norm", embedding)
    if not tied:
        add("output", vocabulary, embedding)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def write_random_importance(path: Path, model: Path, *, seed: int = 1) -> Path:
    """Write an importance matrix for the matrices of a model but the embedding; return its path."""
    rng = np.random.default_rng(seed)
    writer = gguf.GGUFWriter(path, "")
    writer.kv_data[0].clear()  # no architecture
    writer.add_type("imatrix")
    writer.add_array("imatrix.datasets", ["notes.txt"])
    writer.add_uint32("imatrix.chunk_count", 7)
    writer.add_uint32("imatrix.chunk_size", 512)
    for tensor in gguf.GGUFReader(model).tensors:
        if tensor.name.startswith("blk.") and len(tensor.shape) > 1:
            columns, _rows, matrices = (*map(int, tensor.shape), 1)[:3]
            sums = rng.gamma(0.5, 4000, (matrices, columns)).astype(np.float32)
            counts = rng.integers(0, 3, (matrices, 1)).astype(np.float32) * 512
            if matrices == 1:
                counts[:] = 3584
            writer.add_tensor(f"{tensor.name}.in_sum2", sums)
            writer.add_tensor(f"{tensor.name}.counts", counts)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
