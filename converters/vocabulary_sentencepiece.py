"""Reads tokenizer.model, the protobuf file of SentencePiece (its `sentencepiece_model.proto`)."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from converters.checkpoint import Checkpoint
from converters.vocabulary_tokens import (
    MAX_TOKENS,
    TokenType,
    Vocabulary,
    list_config_tokens,
    looks_special,
    read_added_file,
)
from models.errors import InputError
from models.size import format_size

MAX_MODEL_BYTES = 64 * 2**20
ADDED_SCORE = -1000.0
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_UNIGRAM, _BPE = 1, 2  # TrainerSpec.ModelType


class Piece(NamedTuple):
    text: str
    score: float
    type: int


def read_sentencepiece(checkpoint: Checkpoint, size: int) -> Vocabulary:
    """Read tokenizer.model and the tokens added to it, padded to `size` tokens.

    Follows `_create_vocab_sentencepiece` of llama.cpp's converter. Raises InputError.
    """
    pieces = read_pieces(checkpoint.folder / "tokenizer.model")[:size]
    tokens = [piece.text for piece in pieces]
    scores = [piece.score for piece in pieces]
    types: list[int] = [
        TokenType.NORMAL if piece.type == TokenType.USER_DEFINED else piece.type for piece in pieces
    ]
    for index in range(len(tokens), size):
        tokens.append(f"[PAD{index}]")
        scores.append(-10000.0)
        types.append(TokenType.UNUSED)
    for text, index in read_added_file(checkpoint).items():
        if index < size:
            tokens[index], scores[index] = text, ADDED_SCORE
            types[index] = TokenType.USER_DEFINED
    for token in list_config_tokens(checkpoint):
        if token.id >= size:
            continue
        if token.special or looks_special(token.content):
            tokens[token.id] = token.content
            types[token.id] = TokenType.CONTROL
        else:
            tokens[token.id] = token.content.replace("▁", " ")
            types[token.id] = TokenType.USER_DEFINED
        scores[token.id] = ADDED_SCORE
    return Vocabulary("llama", "default", tokens, scores, types, [])


def read_pieces(path: Path) -> list[Piece]:
    """Read the pieces of a SentencePiece model. Raises InputError."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_MODEL_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from None
    if len(data) > MAX_MODEL_BYTES:
        raise InputError(f"{path.name} is larger than {format_size(MAX_MODEL_BYTES)}.")
    pieces = []
    kind = _UNIGRAM  # the default of the format
    try:
        for field, value in _read_fields(data):
            if field == 1 and isinstance(value, bytes):
                pieces.append(_read_piece(value))
            elif field == 2 and isinstance(value, bytes):
                for inner, number in _read_fields(value):
                    if inner == 3 and isinstance(number, int):
                        kind = number
    except (ValueError, struct.error) as error:
        raise InputError(
            f"{path.name} is not a whole SentencePiece model ({error}): download it again."
        ) from None
    if not 0 < len(pieces) <= MAX_TOKENS:
        raise InputError(
            f"{path.name} holds {len(pieces):,} pieces, so it is not the tokenizer of a model: "
            "download it again."
        )
    if kind != _BPE:
        raise InputError(
            f"{path.name} is not of the kind BPE (its model_type is {kind}), and llama.cpp reads "
            "no other SentencePiece model: this model cannot be converted."
        )
    return pieces


def _read_piece(data: bytes) -> Piece:
    text, score, kind = "", 0.0, int(TokenType.NORMAL)
    for field, value in _read_fields(data):
        if field == 1 and isinstance(value, bytes):
            text = value.decode()
        elif field == 2 and isinstance(value, bytes) and len(value) == 4:
            (score,) = struct.unpack("<f", value)
        elif field == 3 and isinstance(value, int):
            kind = value
    if not text:
        raise ValueError("a piece is empty")
    return Piece(text, score, TokenType(kind))


def _read_fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a protobuf message: numbers, or bytes for all that has a length.

    Raises ValueError for a message that is cut off or uses groups.
    """
    position, end = 0, len(data)
    while position < end:
        tag, position = _read_varint(data, position)
        kind = tag & 7
        if kind == _VARINT:
            number, position = _read_varint(data, position)
            yield tag >> 3, number
            continue
        if kind == _BYTES:
            length, position = _read_varint(data, position)
        elif kind in (_FIXED32, _FIXED64):
            length = 4 if kind == _FIXED32 else 8
        else:
            raise ValueError(f"a field of the kind {kind} at byte {position:,}")
        if length > end - position:
            raise ValueError(f"it is cut off at byte {position:,}")
        yield tag >> 3, data[position : position + length]
        position += length


def _read_varint(data: bytes, position: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if position >= len(data):
            break
        byte = data[position]
        position += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, position
    raise ValueError(f"a number is cut off at byte {position:,}")
