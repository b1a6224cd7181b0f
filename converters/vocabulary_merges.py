"""Reads a SentencePiece vocabulary of which only its fast form, tokenizer.json, is there."""

import re

from converters.checkpoint import Checkpoint
from converters.json_file import Settings, shorten
from converters.vocabulary_bpe import list_merges, read_added_tokens
from converters.vocabulary_sentencepiece import ADDED_SCORE
from converters.vocabulary_tokens import TokenType, Vocabulary, check_ids, looks_special
from models.errors import InputError

_BYTE = re.compile(r"<0x[0-9A-Fa-f]{2}>")


def is_sentencepiece_like(checkpoint: Checkpoint) -> bool:
    """Whether tokenizer.json holds a BPE of Unicode pieces with bytes to fall back on."""
    tokenizer = checkpoint.read_optional("tokenizer.json")
    return tokenizer.section("model").flag("byte_fallback", default=False)


def read_merged_pieces(checkpoint: Checkpoint, size: int) -> Vocabulary:
    """Read tokenizer.json as a SentencePiece vocabulary, padded to `size` tokens.

    llama.cpp merges the pair with the best score first; so the score of a piece is less the rank of
    the first merge that makes it. (Its converter gives all the score -1000, and loses the order.)
    Raises InputError.
    """
    file = "tokenizer.json"
    tokenizer = checkpoint.read_optional(file)
    model = tokenizer.section("model")
    _check_spaces(tokenizer)
    base = check_ids(model.section("vocab").values, size, file)
    ranks: dict[str, int] = {}
    merges = list_merges(model)
    for rank, (left, right) in enumerate(merges):
        ranks.setdefault(left + right, rank)
    tokens = [f"[PAD{index}]" for index in range(size)]
    scores = [-10000.0] * size
    types: list[int] = [TokenType.UNUSED] * size
    unknown = model.values.get("unk_token")
    for text, index in base.items():
        tokens[index] = text
        if _BYTE.fullmatch(text):
            types[index], scores[index] = TokenType.BYTE, 0.0
        elif text == unknown:
            types[index], scores[index] = TokenType.UNKNOWN, 0.0
        else:  # what no merge makes comes after all that one does
            types[index] = TokenType.NORMAL
            scores[index] = -float(ranks.get(text, len(merges) + index))
    for token in read_added_tokens(checkpoint, base, size):
        if token.content == unknown:
            continue
        is_control = token.special or looks_special(token.content)
        types[token.id] = TokenType.CONTROL if is_control else TokenType.USER_DEFINED
        tokens[token.id] = token.content if is_control else token.content.replace("▁", " ")
        scores[token.id] = ADDED_SCORE
    return Vocabulary("llama", "default", tokens, scores, types, [])


def _check_spaces(tokenizer: Settings) -> None:
    """Refuse a tokenizer that treats text otherwise than SentencePiece: a space becomes ▁."""
    normalizer = tokenizer.section("normalizer")
    parts = normalizer.values.get("normalizers", [normalizer.values])
    for part in parts if isinstance(parts, list) else [parts]:
        match part:
            case {"type": "Prepend", "prepend": "▁"}:
                continue
            case {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}:
                continue
        if part:
            raise InputError(
                f"tokenizer.json changes text in a way that is not known here "
                f"({shorten(part)}): get the model with its tokenizer.model."
            )
    match tokenizer.values.get("pre_tokenizer"):
        case None | {"type": "Metaspace", "replacement": "▁"}:
            return
        case {"type": "Split", "pattern": {"String": " "}}:
            return
        case other:
            raise InputError(
                f"tokenizer.json cuts text in a way that is not known here ({shorten(other)}): "
                "get the model with its tokenizer.model."
            )
