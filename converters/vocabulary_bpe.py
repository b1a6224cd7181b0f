"""Reads byte-level BPE: tokenizer.json, or vocab.json with merges.txt."""

import functools
from collections.abc import Mapping

from converters.checkpoint import Checkpoint
from converters.json_file import Settings, read_text, shorten
from converters.vocabulary_tokens import (
    AddedToken,
    TokenType,
    Vocabulary,
    check_ids,
    list_config_tokens,
    looks_special,
    read_added_file,
    read_added_token,
)
from models.errors import InputError

_SPECIAL = ("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token")  # fmt: skip  # noqa: E501
# Patterns of tokenizer.json (\p{L} letters, \p{N} digits); llama.cpp holds its own forms of them
_LLAMA_3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|"
    r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_QWEN_2 = _LLAMA_3.replace(r"\p{N}{1,3}", r"\p{N}")
# The class of a tokenizer that comes as vocab.json: its pre-tokenizer, the special token it knows
_CLASSES = {"GPT2Tokenizer": "gpt-2", "Qwen2Tokenizer": "qwen2"}
_END = "<|endoftext|>"


def read_byte_level_bpe(checkpoint: Checkpoint, size: int) -> Vocabulary:
    """Read a byte-level BPE vocabulary, padded to `size` tokens.

    Follows `get_vocab_base` of llama.cpp's converter. Raises InputError.
    """
    if (checkpoint.folder / "tokenizer.json").is_file():
        tokenizer = checkpoint.read_optional("tokenizer.json")
        model = tokenizer.section("model")
        if model.values.get("type", "BPE") != "BPE":
            raise InputError(
                f"tokenizer.json holds a {shorten(model.values['type'])} model, and BPE and "
                "SentencePiece can be converted: this model cannot."
            )
        pre = find_pre_tokenizer(tokenizer)
        merges = [
            f"{left.replace(' ', 'Ġ')} {right.replace(' ', 'Ġ')}"
            for left, right in list_merges(model)
        ]
        file, pieces = "tokenizer.json", model.section("vocab").values
    else:
        pre = _CLASSES.get(_find_class(checkpoint), "")
        if not pre:
            raise InputError(
                "The model has vocab.json alone, which does not say how text is cut: get it with "
                "its tokenizer.json."
            )
        file = "vocab.json"
        pieces = checkpoint.read_optional(file).values
        merges = _read_merges_file(checkpoint)
    base = check_ids(pieces, size, file)
    added = read_added_tokens(checkpoint, base, size)
    tokens = [f"[PAD{index}]" for index in range(size)]
    types: list[int] = [TokenType.UNUSED] * size
    for text, index in base.items():
        tokens[index], types[index] = text, TokenType.NORMAL
    for token in added:
        text = token.content if token.normalized else _decode_bytes(token.content)
        is_control = token.special or looks_special(text)
        types[token.id] = TokenType.CONTROL if is_control else TokenType.USER_DEFINED
        tokens[token.id] = text if is_control else text.replace("▁", " ")
    return Vocabulary("gpt2", pre, tokens, [], types, merges)


def find_pre_tokenizer(tokenizer: Settings) -> str:
    """Name, as llama.cpp does, the rule by which tokenizer.json cuts text before BPE.

    Raises InputError for a rule that has no name here: with another, the model would read
    something else than was written.
    """
    ignores_merges = tokenizer.section("model").flag("ignore_merges", default=False)
    match _strip(tokenizer.values.get("normalizer")), _strip(tokenizer.values.get("pre_tokenizer")):
        case None, {"type": "ByteLevel", "use_regex": True} if not ignores_merges:
            return "gpt-2"
        case None, {"type": "Sequence", "pretokenizers": [
            {"type": "Digits", "individual_digits": True},
            {"type": "ByteLevel", "use_regex": True},
        ]} if not ignores_merges:  # fmt: skip
            return "smollm"
        case normalizer, {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated"},
            {"type": "ByteLevel", "use_regex": False},
        ]}:  # fmt: skip
            if normalizer is None and pattern == _LLAMA_3 and ignores_merges:
                return "llama-bpe"
            if normalizer in (None, {"type": "NFC"}) and pattern == _QWEN_2 and not ignores_merges:
                return "qwen2"
    raise InputError(
        "tokenizer.json cuts text in a way that is not known here "
        f"({shorten(tokenizer.values.get('pre_tokenizer'))}): those of GPT-2, Llama 3, SmolLM2 "
        "and Qwen2 can be converted."
    )


def _strip(part: object) -> object:
    """A pre-tokenizer with the defaults that matter filled in; refuses a prefix space."""
    if isinstance(part, list):
        return [_strip(item) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "ByteLevel":
        return {
            "type": "ByteLevel with a space before" if part.get("add_prefix_space", True) else
            "ByteLevel",
            "use_regex": part.get("use_regex", True),
        }  # fmt: skip
    if part.get("type") == "Sequence" and isinstance(part.get("pretokenizers"), list):
        return {"type": "Sequence", "pretokenizers": _strip(part["pretokenizers"])}
    return {"type": "an inverted Split"} if part.get("invert", False) else part


def list_merges(model: Settings) -> list[tuple[str, str]]:
    """The merges of a BPE model in their order; either of the two spellings of tokenizer.json."""
    merges = model.values.get("merges")
    if not isinstance(merges, list):
        raise InputError("tokenizer.json has no list of merges: download it again.")
    pairs = []
    for merge in merges:
        parts = merge.split(" ") if isinstance(merge, str) else merge
        match parts:
            case [str(left), str(right)] if type(merge) is type(merges[0]):
                pairs.append((left, right))
            case _:
                raise InputError(
                    f"tokenizer.json has {shorten(merge)} among its merges: download it again."
                )
    return pairs


def _read_merges_file(checkpoint: Checkpoint) -> list[str]:
    """The merges of merges.txt: two pieces a line, after a first line that may name the version."""
    path = checkpoint.folder / "merges.txt"
    if not path.is_file():
        raise InputError("The model has vocab.json and no merges.txt: download it too.")
    merges = []
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        parts = line.split()
        if not parts or (number == 1 and line.startswith("#")):
            continue
        if len(parts) != 2:
            raise InputError(f"Line {number:,} of merges.txt is not two pieces: download it again.")
        merges.append(" ".join(parts))
    return merges


def read_added_tokens(
    checkpoint: Checkpoint, base: Mapping[str, int], size: int
) -> list[AddedToken]:
    """The tokens that are known beside the trained vocabulary `base`, by id.

    They stand in tokenizer.json, in tokenizer_config.json (which counts more), in
    added_tokens.json; and each special token that tokenizer_config.json names is one.
    """
    found: dict[str, AddedToken] = {}
    entries = checkpoint.read_optional("tokenizer.json").values.get("added_tokens") or []
    if not isinstance(entries, list):
        raise InputError("added_tokens in tokenizer.json is not a list: download it again.")
    for entry in entries:
        token_id = entry.get("id") if isinstance(entry, dict) else None
        token = read_added_token(entry, token_id, "tokenizer.json")
        found[token.content] = token
    for content, number in read_added_file(checkpoint).items():
        found.setdefault(content, AddedToken(number, content, special=False, normalized=True))
    for token in list_config_tokens(checkpoint):
        found[token.content] = token
    for content in _name_special(checkpoint):
        if content not in found:
            taken = [token.id + 1 for token in found.values()]
            new = max([len(base), *taken])
            found[content] = AddedToken(base.get(content, new), content, True, False)
        elif not found[content].special:
            found[content] = AddedToken(found[content].id, content, True, False)
    ids = check_ids({t.content: t.id for t in found.values()}, size, "the list of added tokens")
    return sorted(
        (token for token in found.values() if token.content in ids), key=lambda token: token.id
    )


def _name_special(checkpoint: Checkpoint) -> list[str]:
    """The special tokens that the tokenizer's settings, or its class, name."""
    config = checkpoint.read_optional("tokenizer_config.json").values
    entries = [config.get(name) for name in _SPECIAL]
    more = config.get("additional_special_tokens")
    entries.extend(more if isinstance(more, list) else [])
    if _find_class(checkpoint) in _CLASSES:
        entries.append(_END)
    names = []
    for entry in entries:
        content = entry.get("content") if isinstance(entry, dict) else entry
        if isinstance(content, str) and content and content not in names:
            names.append(content)
    return names


def _find_class(checkpoint: Checkpoint) -> str:
    """The class of the tokenizer in transformers, without "Fast"."""
    config = checkpoint.read_optional("tokenizer_config.json").values
    given = config.get("tokenizer_class")
    by_model = {"gpt2": "GPT2Tokenizer", "qwen2": "Qwen2Tokenizer"}
    if isinstance(given, str):
        return given.removesuffix("Fast")
    return by_model.get(str(checkpoint.config.values.get("model_type")), "")


def _decode_bytes(text: str) -> str:
    """What the byte-level alphabet spells in `text`; `text` itself if it is not written in it."""
    data = bytearray()
    alphabet = _spell_bytes()
    for character in text:
        number = alphabet.get(character)
        if number is None:
            return text
        data.append(number)
    return data.decode(errors="replace")


@functools.cache
def _spell_bytes() -> dict[str, int]:
    """GPT-2's alphabet (its `encoder.py`): a printable character for each of the 256 bytes."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [number for number in range(256) if number not in printable]
    alphabet = {chr(number): number for number in printable}
    return alphabet | {chr(256 + index): number for index, number in enumerate(others)}
