"""What every kind of vocabulary becomes, and how tokens are added to one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from converters.checkpoint import Checkpoint
from converters.json_file import Settings, shorten
from models.errors import InputError

MAX_TOKENS = 2**20  # the largest vocabularies in use have a quarter


class TokenType(IntEnum):
    """The numbers of tokenizer.ggml.token_type."""

    NORMAL = 1
    UNKNOWN = 2
    CONTROL = 3
    USER_DEFINED = 4
    UNUSED = 5
    BYTE = 6


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokens of a model in the order of their ids."""

    model: str
    """llama (SentencePiece) or gpt2 (byte-level BPE)."""
    pre: str
    """llama.cpp's name of the rule that cuts text before BPE."""
    tokens: list[str]
    scores: list[float]
    """For llama alone: pairs merge in the order of the score of what they make."""
    types: list[int]
    merges: list[str]
    """For gpt2 alone."""


@dataclass(frozen=True, slots=True)
class AddedToken:
    """A token that a tokenizer knows beside its trained vocabulary."""

    id: int
    content: str
    special: bool
    normalized: bool


def read_added_token(entry: object, token_id: object, file: str) -> AddedToken:
    """Check one entry of added_tokens (a list) or added_tokens_decoder (by id)."""
    if isinstance(token_id, str) and token_id.isdecimal() and len(token_id) < 10:
        token_id = int(token_id)
    if (
        not isinstance(entry, dict)
        or not isinstance(content := entry.get("content"), str)
        or isinstance(token_id, bool)
        or not isinstance(token_id, int)
        or not 0 <= token_id < MAX_TOKENS
    ):
        raise InputError(
            f"{file} adds a token {shorten(token_id)} as {shorten(entry)}: download it again."
        )
    values = Settings(entry, file)
    special = values.flag("special", default=False)
    return AddedToken(token_id, content, special, values.flag("normalized", default=not special))


def list_config_tokens(checkpoint: Checkpoint) -> Iterator[AddedToken]:
    """The tokens of added_tokens_decoder in tokenizer_config.json."""
    file = "tokenizer_config.json"
    decoder = checkpoint.read_optional(file).section("added_tokens_decoder")
    for token_id, entry in decoder.values.items():
        yield read_added_token(entry, token_id, file)


def read_added_file(checkpoint: Checkpoint) -> dict[str, int]:
    """The tokens of added_tokens.json, an older form, and their ids."""
    file = "added_tokens.json"
    return check_ids(checkpoint.read_optional(file).values, MAX_TOKENS, file)


def check_ids(vocabulary: Mapping[str, object], size: int, file: str) -> dict[str, int]:
    """Hold a vocabulary, token to id, against the size that config.json gives."""
    ids: set[int] = set()
    checked = {}
    for token, token_id in vocabulary.items():
        if isinstance(token_id, bool) or not isinstance(token_id, int) or token_id < 0:
            raise InputError(f"{file} gives {shorten(token)} the id {shorten(token_id)}.")
        if token_id >= size:
            raise InputError(
                f"{file} gives {shorten(token)} the id {token_id:,}, and config.json says that "
                f"the vocabulary has {size:,} tokens (vocab_size): the files do not belong "
                "together."
            )
        if token_id in ids:
            raise InputError(f"{file} gives the id {token_id:,} to two tokens.")
        ids.add(token_id)
        checked[token] = token_id
    return checked


def looks_special(token: str) -> bool:
    """Whether a token is one that models call ordinary and use as a control token."""
    return (
        token in ("<pad>", "<mask>", "<2mass>", "[@BOS@]")
        or (token.startswith(("<|", "<｜")) and token.endswith(("|>", "｜>")))
        or (token.startswith("<unused") and token.endswith(">"))
    )
