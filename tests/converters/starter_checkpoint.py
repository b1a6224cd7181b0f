"""The starter's GGUF file turned back into the Hugging Face checkpoint that it was made from.

`python -m tests.converters.starter_checkpoint FOLDER` writes it. The weights are the quantized
ones as F32, which holds them exactly: 540 MB.
"""

import argparse
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import numpy.typing as npt

from models import library
from models.catalogue import STARTER
from tests.converters.small_checkpoints import (
    BYTE_LEVEL,
    SMOLLM_PRE_TOKENIZER,
    pack_safetensors,
    special,
    write_json,
)

CONTROL = 3  # llama.h: llama_token_type
OUTSIDE = {"token_embd": "model.embed_tokens", "output_norm": "model.norm"}
INSIDE = {
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def write_starter_checkpoint(model: Path, folder: Path) -> None:
    """Write the checkpoint of a Llama with a byte-level vocabulary that cuts as SmolLM2's does."""
    reader = gguf.GGUFReader(model)
    keys = {name: field.contents() for name, field in reader.fields.items()}
    folder.mkdir()
    write_settings(folder, keys)
    write_tokenizer(folder, keys)
    tensors = {}
    for tensor in reader.tensors:
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        kind = tensor.name.split(".")[-2]
        if kind in {"attn_q", "attn_k"}:
            many = "head_count" if kind == "attn_q" else "head_count_kv"
            values = restore_rows(values, keys[f"llama.attention.{many}"])
        name = rename(tensor.name)
        tensors[name] = ("F32", values.shape, np.ascontiguousarray(values, "<f4").tobytes())
    (folder / "model.safetensors").write_bytes(pack_safetensors(tensors))


def restore_rows(values: npt.NDArray[np.float32], heads: int) -> npt.NDArray[np.float32]:
    """Undo `LlamaModel.permute` of llama.cpp's converter: rows i and i + d/2 of a head pair."""
    rows, columns = values.shape
    pairs = values.reshape(heads, rows // heads // 2, 2, columns)
    return pairs.swapaxes(1, 2).reshape(rows, columns)


def rename(name: str) -> str:
    """blk.3.attn_q.weight is model.layers.3.self_attn.q_proj.weight."""
    match name.split("."):
        case ["blk", layer, kind, suffix]:
            return f"model.layers.{layer}.{INSIDE[kind]}.{suffix}"
        case [kind, suffix]:
            return f"{OUTSIDE[kind]}.{suffix}"
    raise ValueError(name)


def write_settings(folder: Path, keys: Mapping[str, Any]) -> None:
    config = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_act": "silu",
        "hidden_size": keys["llama.embedding_length"],
        "intermediate_size": keys["llama.feed_forward_length"],
        "num_hidden_layers": keys["llama.block_count"],
        "num_attention_heads": keys["llama.attention.head_count"],
        "num_key_value_heads": keys["llama.attention.head_count_kv"],
        "max_position_embeddings": keys["llama.context_length"],
        "rms_norm_eps": round_number(keys["llama.attention.layer_norm_rms_epsilon"]),
        "rope_theta": keys["llama.rope.freq_base"],
        "vocab_size": keys["llama.vocab_size"],
        "bos_token_id": keys["tokenizer.ggml.bos_token_id"],
        "eos_token_id": keys["tokenizer.ggml.eos_token_id"],
        "tie_word_embeddings": True,
        "torch_dtype": "float32",
    }
    write_json(folder / "config.json", config)


def round_number(value: float) -> float:
    """The number that was written by hand, 1e-05, of what float32 made of it."""
    return round(value, 3 - math.floor(math.log10(value)))


def write_tokenizer(folder: Path, keys: Mapping[str, Any]) -> None:
    tokens, types = keys["tokenizer.ggml.tokens"], keys["tokenizer.ggml.token_type"]
    merges = [merge.split(" ") for merge in keys["tokenizer.ggml.merges"]]
    write_json(
        folder / "tokenizer.json",
        {
            "version": "1.0",
            "added_tokens": [
                {"id": index, **special(token)}
                for index, (token, kind) in enumerate(zip(tokens, types, strict=True))
                if kind == CONTROL
            ],
            "normalizer": None,
            "pre_tokenizer": SMOLLM_PRE_TOKENIZER,
            "post_processor": None,
            "decoder": BYTE_LEVEL,
            "model": {
                "type": "BPE",
                "vocab": {token: index for index, token in enumerate(tokens)},
                "merges": merges,
            },
        },
    )
    names = {"bos": "bos", "eos": "eos", "unk": "unknown", "pad": "padding"}
    write_json(
        folder / "tokenizer_config.json",
        {
            "add_prefix_space": False,
            "tokenizer_class": "GPT2Tokenizer",
            "chat_template": keys["tokenizer.chat_template"],
            **{
                f"{name}_token": tokens[keys[f"tokenizer.ggml.{key}_token_id"]]
                for name, key in names.items()
            },
        },
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="starter_checkpoint", description=__doc__)
    parser.add_argument("folder", type=Path)
    write_starter_checkpoint(library.find_model(STARTER.id), parser.parse_args().folder)


if __name__ == "__main__":
    main()
