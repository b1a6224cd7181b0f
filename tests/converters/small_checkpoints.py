"""Small checkpoints with random weights, as Hugging Face lays them out. The same on every machine.

`make_goldens` gives them to llama.cpp's converter, the tests to ours.
"""

import json
import math
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

Shapes = dict[str, tuple[int, ...]]
LAYERS = 2
MASKS = (".attn.bias", ".attn.masked_bias")
LLAMA_3_PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
QWEN_2_PATTERN = LLAMA_3_PATTERN.replace("{1,3}", "")
TEMPLATE = "{% for message in messages %}<{{ message.role }}>{{ message.content }}{% endfor %}"
CARD = """---
license: apache-2.0
base_model: inkwell/Quill-Base-1B-v0.2
language:
- en
- ja
- no
tags:
- writing
datasets:
- inkwell/letters
version: "1.5"
---
# A model for tests
"""


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def make_values(count: int, seed: int) -> npt.NDArray[np.float32]:
    """Numbers from -0.5 to 0.5, from the raw stream of the generator, which numpy never changes."""
    raw = np.random.PCG64(seed).random_raw(count)
    return ((raw >> np.uint64(40)).astype(np.float32) / np.float32(2**24)) - np.float32(0.5)


def encode(values: npt.NDArray[np.float32], dtype: str) -> bytes:
    if dtype == "BF16":  # cut off: any BF16 will do
        return (values.view(np.uint32) >> np.uint32(16)).astype(np.uint16).tobytes()
    return values.astype(np.float16 if dtype == "F16" else np.float32).tobytes()


def pack_safetensors(tensors: Mapping[str, tuple[str, Sequence[int], bytes]]) -> bytes:
    """The bytes of a safetensors file, its tensors laid out in the order given."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    position = 0
    for name, (dtype, shape, data) in tensors.items():
        end = position + len(data)
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [position, end]}
        position = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    data_parts = [data for _, _, data in tensors.values()]
    return struct.pack("<Q", len(text)) + text + b"".join(data_parts)


def write_weights(folder: Path, shapes: Shapes, dtype: str, shards: int = 1) -> None:
    """Write random tensors, over several files with an index if `shards` is more than one."""
    tensors = {}
    for name, shape in shapes.items():
        values = make_values(math.prod(shape), seed=zlib.crc32(name.encode()))
        tensors[name] = (dtype, shape, encode(values, dtype))
    if shards == 1:
        (folder / "model.safetensors").write_bytes(pack_safetensors(tensors))
        return
    names = list(tensors)
    index = {}
    for shard in range(shards):
        file = f"model-{shard + 1:05}-of-{shards:05}.safetensors"
        part = names[shard::shards]
        index.update(dict.fromkeys(part, file))
        (folder / file).write_bytes(pack_safetensors({name: tensors[name] for name in part}))
    write_json(folder / "model.safetensors.index.json", {"metadata": {}, "weight_map": index})


def decoder_shapes(
    config: Mapping[str, int], head_size: int, *, tied: bool, more: Sequence[str] = ()
) -> Shapes:
    """The tensors of a model of the Llama family; `more` are vectors of the width in a layer."""
    width, hidden = config["hidden_size"], config["intermediate_size"]
    queries = config["num_attention_heads"] * head_size
    keys = config["num_key_value_heads"] * head_size
    shapes: Shapes = {"model.embed_tokens.weight": (config["vocab_size"], width)}
    for layer in range(config["num_hidden_layers"]):
        at = f"model.layers.{layer}."
        shapes |= {
            at + "self_attn.q_proj.weight": (queries, width),
            at + "self_attn.k_proj.weight": (keys, width),
            at + "self_attn.v_proj.weight": (keys, width),
            at + "self_attn.o_proj.weight": (width, queries),
            at + "mlp.gate_proj.weight": (hidden, width),
            at + "mlp.up_proj.weight": (hidden, width),
            at + "mlp.down_proj.weight": (width, hidden),
            at + "input_layernorm.weight": (width,),
            at + "post_attention_layernorm.weight": (width,),
        }
        shapes |= {at + name: (width,) for name in more}
    shapes["model.norm.weight"] = (width,)
    if not tied:
        shapes["lm_head.weight"] = (config["vocab_size"], width)
    return shapes


# --- vocabularies ---


def byte_alphabet() -> list[str]:
    """GPT-2's characters for the bytes 0 to 255."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    spare = iter(range(256, 512))
    return [chr(byte) if byte in printable else chr(next(spare)) for byte in range(256)]


BPE_MERGES = [("h", "e"), ("he", "r"), ("Ġ", "t"), ("Ġt", "he"), ("a", "n"), ("an", "d")]


def bpe_tokenizer(
    pre_tokenizer: object, added: Sequence[Mapping[str, object]], **more: object
) -> dict[str, object]:
    """A tokenizer.json of the byte-level kind; the added tokens take the next ids."""
    pieces = byte_alphabet() + [left + right for left, right in BPE_MERGES]
    fields = {"single_word": False, "lstrip": False, "rstrip": False}
    return {
        "version": "1.0",
        "added_tokens": [
            {"id": len(pieces) + index, **fields, **token} for index, token in enumerate(added)
        ],
        "normalizer": more.get("normalizer"),
        "pre_tokenizer": pre_tokenizer,
        "post_processor": more.get("post_processor"),
        "decoder": BYTE_LEVEL,
        "model": {
            "type": "BPE",
            "dropout": None,
            "ignore_merges": more.get("ignore_merges", False),
            "vocab": {piece: index for index, piece in enumerate(pieces)},
            "merges": [list(pair) for pair in BPE_MERGES],
        },
    }


BYTE_LEVEL = {
    "type": "ByteLevel",
    "add_prefix_space": False,
    "trim_offsets": True,
    "use_regex": True,
}


def split_pre_tokenizer(pattern: str) -> dict[str, object]:
    split = {"pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": False}
    parts = [{"type": "Split", **split}, {**BYTE_LEVEL, "use_regex": False}]
    return {"type": "Sequence", "pretokenizers": parts}


SMOLLM_PRE_TOKENIZER = {
    "type": "Sequence",
    "pretokenizers": [{"type": "Digits", "individual_digits": True}, BYTE_LEVEL],
}


def special(content: str) -> dict[str, object]:
    return {"content": content, "special": True, "normalized": False}


def sentencepiece_pieces() -> list[tuple[str, float, int]]:
    """Pieces as SentencePiece trains them: three special ones, the bytes, merges, characters."""
    pieces = [("<unk>", 0.0, 2), ("<s>", 0.0, 3), ("</s>", 0.0, 3)]
    pieces += [(f"<0x{byte:02X}>", 0.0, 6) for byte in range(256)]
    merged = ["▁t", "he", "▁the", "an", "and", "▁and"]
    pieces += [(piece, -float(rank), 1) for rank, piece in enumerate(merged)]
    letters = "▁etaonihd日本"
    pieces += [(letter, -float(len(merged) + i), 1) for i, letter in enumerate(letters)]
    pieces.append(("<tool>", 0.0, 4))
    return pieces


def pack_sentencepiece(pieces: Sequence[tuple[str, float, int]], model_type: int = 2) -> bytes:
    """The protobuf of a SentencePiece model."""

    def field(number: int, data: bytes) -> bytes:
        assert len(data) < 128
        return bytes([number << 3 | 2, len(data)]) + data

    model = b""
    for text, score, kind in pieces:
        piece = field(1, text.encode()) + b"\x15" + struct.pack("<f", score)
        model += field(1, piece + (bytes([3 << 3, kind]) if kind != 1 else b""))
    byte_fallback = b"\x98\x02\x01"  # field 35
    return model + field(2, bytes([3 << 3, model_type]) + byte_fallback)


def write_sentencepiece(folder: Path) -> int:
    """Write a small tokenizer.model; gives the number of its pieces."""
    pieces = sentencepiece_pieces()
    (folder / "tokenizer.model").write_bytes(pack_sentencepiece(pieces))
    return len(pieces)


# --- one function for each checkpoint ---


def llama_config(architecture: str, model_type: str, **more: object) -> dict[str, object]:
    return {
        "architectures": [architecture],
        "model_type": model_type,
        "hidden_size": 64,
        "intermediate_size": 96,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "torch_dtype": "bfloat16",
        **more,
    }


def sizes(config: Mapping[str, object]) -> dict[str, int]:
    return {name: value for name, value in config.items() if type(value) is int}


def write_mistral(folder: Path, tokenizer: bytes | None = None) -> None:
    """Mistral-7B-v0.1 in small: sharded, BF16; with `tokenizer` for the real vocabulary."""
    config = write_mistral_settings(folder, tokenizer)
    write_weights(folder, decoder_shapes(sizes(config), 16, tied=False), "BF16", shards=2)


def write_mistral_settings(
    folder: Path, tokenizer: bytes | None = None, **more: object
) -> dict[str, object]:
    """Everything of a Mistral but its weights; `more` goes into its config, which is returned."""
    if tokenizer is None:
        write_sentencepiece(folder)
    else:
        (folder / "tokenizer.model").write_bytes(tokenizer)
    size = 32000 if tokenizer is not None else 288
    config = llama_config(
        "MistralForCausalLM",
        "mistral",
        bos_token_id=1,
        eos_token_id=2,
        max_position_embeddings=32768,
        rms_norm_eps=1e-05,
        rope_theta=10000.0,
        sliding_window=4096,
        tie_word_embeddings=False,
        vocab_size=size,
        **more,
    )
    write_json(folder / "config.json", config)
    names = {"0": "<unk>", "1": "<s>", "2": "</s>"}
    write_json(
        folder / "tokenizer_config.json",
        {
            "add_bos_token": True,
            "add_eos_token": False,
            "added_tokens_decoder": {i: special(name) for i, name in names.items()},
            "bos_token": "<s>",
            "eos_token": "</s>",
            "unk_token": "<unk>",
            "pad_token": None,
            "chat_template": TEMPLATE,
            "tokenizer_class": "LlamaTokenizer",
        },
    )
    (folder / "README.md").write_text(CARD, encoding="utf-8")
    return config


def write_llama2(folder: Path) -> None:
    """Llama 2 in small: F16, defaults left out, linear rope scaling, added tokens, biases."""
    size = write_sentencepiece(folder)
    config = llama_config(
        "LlamaForCausalLM",
        "llama",
        attention_bias=True,
        vocab_size=size + 6,
        rope_scaling={"type": "linear", "factor": 2.0},
        _name_or_path="inkwell/Quill-Chat-7B",
    )
    write_json(folder / "config.json", config)
    write_json(folder / "added_tokens.json", {"<pad>": size, "▁two words": size + 1})
    write_json(
        folder / "tokenizer_config.json",
        {
            "add_prefix_space": True,
            "added_tokens_decoder": {
                str(size + 2): special("<|turn|>"),
                str(size + 3): {"content": "a▁b", "special": False, "normalized": True},
            },
            "bos_token": special("<s>"),
        },
    )
    shapes = decoder_shapes(sizes(config), 16, tied=False)
    for layer in range(LAYERS):
        for matrix, rows in (("q", 64), ("k", 32), ("v", 32), ("o", 64)):
            shapes[f"model.layers.{layer}.self_attn.{matrix}_proj.bias"] = (rows,)
    shapes["model.layers.0.self_attn.rotary_emb.inv_freq"] = (8,)
    write_weights(folder, shapes, "F16")


def write_llama3(folder: Path, **more: object) -> None:
    """Llama 3.1 in small: byte-level BPE, rope_freqs, a head size of its own; `more` of config."""
    added = [special("<|begin_of_text|>"), special("<|end_of_text|>"), special("<|eot_id|>")]
    begin = [
        {"SpecialToken": {"id": "<|begin_of_text|>", "type_id": 0}},
        {"Sequence": {"id": "A", "type_id": 0}},
    ]
    template = {
        "type": "TemplateProcessing",
        "single": begin,
        "pair": [*begin, begin[0], {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {
            "<|begin_of_text|>": {
                "id": "<|begin_of_text|>",
                "ids": [262],
                "tokens": ["<|begin_of_text|>"],
            }
        },
    }
    tokenizer = bpe_tokenizer(
        split_pre_tokenizer(LLAMA_3_PATTERN),
        added,
        ignore_merges=True,
        post_processor={"type": "Sequence", "processors": [BYTE_LEVEL, template]},
    )
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(
        folder / "tokenizer_config.json",
        {
            "bos_token": "<|begin_of_text|>",
            "eos_token": "<|eot_id|>",
            "tokenizer_class": "PreTrainedTokenizerFast",
        },
    )
    (folder / "chat_template.jinja").write_text(TEMPLATE, encoding="utf-8")
    config = llama_config(
        "LlamaForCausalLM",
        "llama",
        bos_token_id=262,
        eos_token_id=[263, 264],
        head_dim=64,
        max_position_embeddings=131072,
        rms_norm_eps=1e-05,
        rope_theta=500000.0,
        rope_scaling={
            "factor": 8.0,
            "low_freq_factor": 1.0,
            "high_freq_factor": 4.0,
            "original_max_position_embeddings": 8192,
            "rope_type": "llama3",
        },
        tie_word_embeddings=False,
        vocab_size=272,
        **more,
    )
    write_json(folder / "config.json", config)
    write_json(folder / "generation_config.json", {"temperature": 0.6, "top_p": 0.9, "top_k": 40})
    write_weights(folder, decoder_shapes(sizes(config), 64, tied=False), "BF16")


def write_smollm2(folder: Path) -> None:
    """SmolLM2 in small: digits one by one, tied, and the vocabulary size that upstream knows."""
    added = [special("<|endoftext|>"), special("<|im_start|>"), special("<|im_end|>")]
    write_json(folder / "tokenizer.json", bpe_tokenizer(SMOLLM_PRE_TOKENIZER, added))
    write_json(
        folder / "tokenizer_config.json",
        {
            "add_prefix_space": False,
            "bos_token": "<|im_start|>",
            "eos_token": "<|im_end|>",
            "unk_token": "<|endoftext|>",
            "pad_token": "<|im_end|>",
            "additional_special_tokens": ["<|im_start|>", "<|im_end|>"],
            "chat_template": TEMPLATE,
            "tokenizer_class": "GPT2Tokenizer",
        },
    )
    config = llama_config(
        "LlamaForCausalLM",
        "llama",
        hidden_size=32,
        bos_token_id=263,
        eos_token_id=264,
        max_position_embeddings=8192,
        rms_norm_eps=1e-05,
        rope_parameters={"rope_theta": 100000, "rope_type": "default"},
        tie_word_embeddings=True,
        vocab_size=49152,
    )
    write_json(folder / "config.json", config)
    write_weights(folder, decoder_shapes(sizes(config), 8, tied=True), "BF16")


def write_gpt2(folder: Path, *, masks: bool = True, size: int = 263, width: int = 48) -> None:
    """GPT-2 in small: F32, names without the prefix, no settings, the masks that are dropped.

    The published GPT-2 has these masks, and llama.cpp's converter at this release fails on them.
    With a vocabulary of another `size`, its tokenizer.json has to be replaced.
    """
    tokenizer = bpe_tokenizer(BYTE_LEVEL, [special("<|endoftext|>")])
    tokenizer["post_processor"] = {**BYTE_LEVEL, "add_prefix_space": True}
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", {"model_max_length": 1024})
    config = {
        "architectures": ["GPT2LMHeadModel"],
        "model_type": "gpt2",
        "activation_function": "gelu_new",
        "bos_token_id": size - 1,
        "eos_token_id": size - 1,
        "layer_norm_epsilon": 1e-05,
        "n_ctx": 40,
        "n_embd": width,
        "n_head": 4,
        "n_layer": LAYERS,
        "n_positions": 40,
        "vocab_size": size,
    }
    write_json(folder / "config.json", config)
    shapes: Shapes = {"wte.weight": (size, width), "wpe.weight": (40, width)}
    for layer in range(LAYERS):
        at = f"h.{layer}."
        shapes |= {
            at + "ln_1.weight": (width,),
            at + "ln_1.bias": (width,),
            at + "attn.bias": (1, 1, 40, 40),
            at + "attn.masked_bias": (),
            at + "attn.c_attn.weight": (width, 3 * width),
            at + "attn.c_attn.bias": (3 * width,),
            at + "attn.c_proj.weight": (width, width),
            at + "attn.c_proj.bias": (width,),
            at + "ln_2.weight": (width,),
            at + "ln_2.bias": (width,),
            at + "mlp.c_fc.weight": (width, 4 * width),
            at + "mlp.c_fc.bias": (4 * width,),
            at + "mlp.c_proj.weight": (4 * width, width),
            at + "mlp.c_proj.bias": (width,),
        }
    if not masks:
        shapes = {name: shape for name, shape in shapes.items() if not name.endswith(MASKS)}
    write_weights(folder, shapes | {"ln_f.weight": (width,), "ln_f.bias": (width,)}, "F32")


def write_qwen2(folder: Path, **more: object) -> None:
    """Qwen2.5 in small: NFC, biases, tied, a padded vocabulary, yarn; `more` of config."""
    added = [
        special("<|endoftext|>"),
        special("<|im_start|>"),
        special("<|im_end|>"),
        {"content": "<tool_call>", "special": False, "normalized": False},
    ]
    tokenizer = bpe_tokenizer(
        split_pre_tokenizer(QWEN_2_PATTERN),
        added,
        normalizer={"type": "NFC"},
        post_processor={**BYTE_LEVEL, "use_regex": False},
    )
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(
        folder / "tokenizer_config.json",
        {
            "add_bos_token": False,
            "add_prefix_space": False,
            "bos_token": None,
            "eos_token": "<|im_end|>",
            "pad_token": "<|endoftext|>",
            "chat_template": TEMPLATE,
            "tokenizer_class": "Qwen2Tokenizer",
        },
    )
    config = llama_config(
        "Qwen2ForCausalLM",
        "qwen2",
        bos_token_id=262,
        eos_token_id=264,
        max_position_embeddings=32768,
        rms_norm_eps=1e-06,
        rope_theta=1000000.0,
        rope_scaling={
            "type": "yarn",
            "factor": 4.0,
            "original_max_position_embeddings": 32768,
        },
        sliding_window=131072,
        use_sliding_window=False,
        tie_word_embeddings=True,
        vocab_size=280,
        **more,
    )
    write_json(folder / "config.json", config)
    write_json(
        folder / "generation_config.json",
        {"temperature": 0.7, "top_p": 0.8, "top_k": 20, "repetition_penalty": 1.1},
    )
    head_size = sizes(config)["hidden_size"] // 4
    shapes = decoder_shapes(sizes(config), head_size, tied=True)
    for layer in range(LAYERS):
        for matrix, heads in (("q", 4), ("k", 2), ("v", 2)):
            shapes[f"model.layers.{layer}.self_attn.{matrix}_proj.bias"] = (heads * head_size,)
    write_weights(folder, shapes, "BF16")


def write_gemma3(folder: Path) -> None:
    """Gemma 3 in small: norms plus one, a window, two rope bases."""
    config = gemma3_config(write_gemma3_tokenizer(folder))
    write_json(folder / "config.json", config)
    write_weights(folder, gemma3_shapes(config), "BF16")


def write_gemma3_images(folder: Path) -> None:
    """A Gemma 3 that reads images: its text part below text_config, most values left out there."""
    text = gemma3_config(write_gemma3_tokenizer(folder))
    silent = (
        *("architectures", "hidden_activation", "max_position_embeddings", "rms_norm_eps"),
        *("rope_local_base_freq", "rope_theta", "sliding_window_pattern", "torch_dtype"),
    )
    text = {name: value for name, value in text.items() if name not in silent}
    text["rope_scaling"] = {"factor": 8.0, "rope_type": "linear"}
    config = {
        "architectures": ["Gemma3ForConditionalGeneration"],
        "model_type": "gemma3",
        "eos_token_id": [2, 3],
        "mm_tokens_per_image": 4,
        "text_config": text,
        "torch_dtype": "bfloat16",
        "vision_config": {
            "hidden_size": 32,
            "image_size": 28,
            "intermediate_size": 48,
            "model_type": "siglip_vision_model",
            "num_attention_heads": 2,
            "num_hidden_layers": 1,
            "patch_size": 14,
        },
    }
    write_json(folder / "config.json", config)
    shapes = {f"language_model.{name}": shape for name, shape in gemma3_shapes(text).items()}
    shapes["multi_modal_projector.mm_input_projection_weight"] = (32, 64)
    shapes["vision_tower.vision_model.embeddings.position_embedding.weight"] = (4, 32)
    write_weights(folder, shapes, "BF16", shards=2)


def write_gemma3_tokenizer(folder: Path) -> int:
    """Write the vocabulary of Gemma 3 in small; gives its size."""
    size = write_sentencepiece(folder)
    write_json(
        folder / "tokenizer_config.json",
        {
            "add_bos_token": True,
            "add_eos_token": False,
            "added_tokens_decoder": {
                "0": special("<unk>"),
                "1": special("<s>"),
                "2": special("</s>"),
                str(size): {"content": "<unused0>", "special": False, "normalized": False},
                str(size + 1): {"content": "▁▁", "special": False, "normalized": False},
            },
            "bos_token": "<s>",
            "eos_token": "</s>",
            "tokenizer_class": "GemmaTokenizer",
        },
    )
    return size + 4


def gemma3_config(size: int) -> dict[str, object]:
    return llama_config(
        "Gemma3ForCausalLM",
        "gemma3_text",
        bos_token_id=1,
        eos_token_id=2,
        pad_token_id=0,
        head_dim=32,
        hidden_activation="gelu_pytorch_tanh",
        max_position_embeddings=32768,
        query_pre_attn_scalar=32,
        rms_norm_eps=1e-06,
        rope_local_base_freq=10000,
        rope_theta=1000000,
        sliding_window=512,
        sliding_window_pattern=6,
        vocab_size=size,
    )


def gemma3_shapes(config: Mapping[str, object]) -> Shapes:
    norms = ["pre_feedforward_layernorm.weight", "post_feedforward_layernorm.weight"]
    shapes = decoder_shapes(sizes(config), 32, tied=True, more=norms)
    for layer in range(LAYERS):
        for name in ("q_norm", "k_norm"):
            shapes[f"model.layers.{layer}.self_attn.{name}.weight"] = (32,)
    return shapes


CHECKPOINTS: Mapping[str, Callable[[Path], None]] = {
    "gemma3": write_gemma3,
    "gemma3-images": write_gemma3_images,
    "gpt2": write_gpt2,
    "llama2": write_llama2,
    "llama3": write_llama3,
    "mistral": write_mistral,
    "qwen2": write_qwen2,
    "smollm2": write_smollm2,
}
