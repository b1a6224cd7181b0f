"""A GGUF file of Mistral-7B's shape with random weights in Q4_0, for benchmarks at its size."""

from pathlib import Path

import gguf
import numpy as np
import numpy.typing as npt

from models.catalogue import MISTRAL_7B

Q4_0 = gguf.GGMLQuantizationType.Q4_0
F32 = gguf.GGMLQuantizationType.F32
BLOCK_VALUES, BLOCK_BYTES = gguf.GGML_QUANT_SIZES[Q4_0]


def write_random_mistral(path: Path) -> None:
    """Write the file: about 4.1 GB."""
    shape = MISTRAL_7B.architecture
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_block_count(shape.blocks)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.embedding)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads_kv)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_0)
    add_vocabulary(writer, shape.vocabulary)
    tensors = list_tensors()
    for name, dimensions in tensors:
        kind, size_bytes = storage(dimensions)
        writer.add_tensor_info(name, dimensions, np.dtype(np.float32), size_bytes, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    supply = random_blocks(1 << 20)
    for _, dimensions in tensors:
        kind, size_bytes = storage(dimensions)
        if kind is F32:
            writer.write_tensor_data(np.ones(dimensions, np.float32))
        else:
            writer.write_tensor_data(np.resize(supply, size_bytes))
    writer.close()


def list_tensors() -> list[tuple[str, tuple[int, ...]]]:
    """Return the names and shapes (rows first) of the tensors of Mistral-7B."""
    shape = MISTRAL_7B.architecture
    head = shape.embedding // shape.heads
    inside, outside = shape.embedding, shape.feed_forward
    tensors: list[tuple[str, tuple[int, ...]]] = [
        ("token_embd.weight", (shape.vocabulary, inside)),
        ("output_norm.weight", (inside,)),
        ("output.weight", (shape.vocabulary, inside)),
    ]
    for block in range(shape.blocks):
        for name, dimensions in (
            ("attn_norm", (inside,)),
            ("attn_q", (inside, inside)),
            ("attn_k", (shape.heads_kv * head, inside)),
            ("attn_v", (shape.heads_kv * head, inside)),
            ("attn_output", (inside, inside)),
            ("ffn_norm", (inside,)),
            ("ffn_gate", (outside, inside)),
            ("ffn_up", (outside, inside)),
            ("ffn_down", (inside, outside)),
        ):
            tensors.append((f"blk.{block}.{name}.weight", dimensions))
    return tensors


def storage(dimensions: tuple[int, ...]) -> tuple[gguf.GGMLQuantizationType, int]:
    """Return the type of a tensor and its size in bytes: matrices in Q4_0, vectors in F32."""
    values = int(np.prod(dimensions))
    if len(dimensions) == 1:
        return F32, 4 * values
    return Q4_0, values // BLOCK_VALUES * BLOCK_BYTES


def random_blocks(count: int) -> npt.NDArray[np.uint8]:
    """Return `count` blocks of Q4_0: a scale in half precision, then 32 random nibbles."""
    rng = np.random.default_rng(3)
    blocks = rng.integers(0, 256, (count, BLOCK_BYTES), dtype=np.uint8)
    blocks[:, :2] = np.full((count, 1), 0.002, np.float16).view(np.uint8)
    return blocks.reshape(-1)


def add_vocabulary(writer: gguf.GGUFWriter, size: int) -> None:
    """Add a SentencePiece vocabulary: three special tokens, the bytes, then made-up words."""
    tokens = ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)]
    kinds = [2, 3, 3] + 256 * [6]
    tokens += [f"▁w{number}" for number in range(size - len(tokens))]
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([-float(index) for index in range(size)])
    writer.add_token_types(kinds + (size - len(kinds)) * [1])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_bos_token(True)
