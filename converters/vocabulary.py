"""Puts a checkpoint's vocabulary into the metadata: tokens, special tokens, chat template."""

import re

from converters.checkpoint import Checkpoint
from converters.key_list import KeyList
from converters.vocabulary_bpe import read_byte_level_bpe
from converters.vocabulary_merges import is_sentencepiece_like, read_merged_pieces
from converters.vocabulary_sentencepiece import read_sentencepiece
from converters.vocabulary_special import find_special_tokens
from converters.vocabulary_tokens import Vocabulary
from models.errors import InputError
from models.ggml_types import ValueType

# How a key names the kind of a token (GGUF has none for cls)
_KEY_NAMES = {
    "bos": "bos", "eos": "eos", "unk": "unknown", "sep": "seperator", "pad": "padding",
    "mask": "mask", "eot": "eot", "eom": "eom",
}  # fmt: skip
_ADDED = ("bos", "eos", "sep")
_NOT_PLAIN = re.compile("[^A-Za-z0-9]")


def read_vocabulary(checkpoint: Checkpoint, size: int) -> Vocabulary:
    """Read the vocabulary from whatever files the checkpoint has it in, padded to `size` tokens.

    Raises InputError if there is none, or one that llama.cpp would read differently.
    """
    folder = checkpoint.folder
    if (folder / "tokenizer.model").is_file():
        return read_sentencepiece(checkpoint, size)
    if is_sentencepiece_like(checkpoint):
        return read_merged_pieces(checkpoint, size)
    if (folder / "tokenizer.json").is_file() or (folder / "vocab.json").is_file():
        return read_byte_level_bpe(checkpoint, size)
    extra = ""
    if (folder / "tekken.json").is_file():
        extra = " (its tekken.json is Mistral's own format)"
    raise InputError(
        f"{folder} has no tokenizer.model and no tokenizer.json{extra}: download the files of the "
        "tokenizer."
    )


def put_vocabulary(keys: KeyList, checkpoint: Checkpoint, vocabulary: Vocabulary) -> None:
    """Put the tokenizer.* keys, the special tokens and the chat templates among them."""
    keys.put_text("tokenizer.ggml.model", vocabulary.model)
    keys.put_text("tokenizer.ggml.pre", vocabulary.pre)
    keys.put_list("tokenizer.ggml.tokens", ValueType.STRING, vocabulary.tokens)
    keys.put_list("tokenizer.ggml.scores", ValueType.FLOAT32, vocabulary.scores)
    keys.put_list("tokenizer.ggml.token_type", ValueType.INT32, vocabulary.types)
    keys.put_list("tokenizer.ggml.merges", ValueType.STRING, vocabulary.merges)
    special = find_special_tokens(checkpoint, len(vocabulary.tokens))
    for kind, token_id in special.ids.items():
        if kind in _KEY_NAMES:
            keys.put_integer(f"tokenizer.ggml.{_KEY_NAMES[kind]}_token_id", token_id)
    for kind, adds in special.added.items():
        if kind in _ADDED:
            keys.put_flag(f"tokenizer.ggml.add_{kind}_token", adds)
    names = []
    for name, template in special.templates.items():
        if name != "default":
            names.append(_NOT_PLAIN.sub("_", name))
            keys.put_text(f"tokenizer.chat_template.{names[-1]}", template)
    keys.put_list("tokenizer.chat_templates", ValueType.STRING, names)
    keys.put_text("tokenizer.chat_template", special.templates.get("default", ""))
