"""Vocabularies that the goldens do not show, and those that are refused."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from converters.architectures import open_model
from converters.vocabulary_sentencepiece import read_pieces
from converters.vocabulary_tokens import TokenType
from models.errors import InputError
from tests.converters.small_checkpoints import (
    BPE_MERGES,
    BYTE_LEVEL,
    QWEN_2_PATTERN,
    byte_alphabet,
    pack_sentencepiece,
    sentencepiece_pieces,
    special,
    split_pre_tokenizer,
    write_gpt2,
    write_json,
    write_llama3,
    write_mistral,
    write_qwen2,
)

SPACES = {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}


def read_keys(folder: Path) -> dict[str, Any]:
    """The keys of the tokenizer, by name without tokenizer.ggml."""
    return {key.name.removeprefix("tokenizer.ggml."): key.value for key in open_model(folder).keys}


def edit(path: Path, **values: object) -> None:
    write_json(path, json.loads(path.read_text(encoding="utf-8")) | values)


def refusal(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        open_model(folder)
    return str(caught.value)


def write_fast_tokenizer(folder: Path, normalizer: object = SPACES, **more: object) -> None:
    """Put a tokenizer.json in the place of tokenizer.model, as transformers derives it."""
    pieces = sentencepiece_pieces()
    ids = {text: index for index, (text, _, _) in enumerate(pieces)}
    merges = [
        (text[:cut], text[cut:])
        for text, _, kind in pieces
        for cut in range(1, len(text))
        if kind == 1 and text[:cut] in ids and text[cut:] in ids
    ]
    model = {
        "type": "BPE",
        "byte_fallback": True,
        "unk_token": "<unk>",
        "vocab": ids,
        "merges": [" ".join(pair) for pair in merges],
    }
    added = [{"id": i, **special(name)} for i, name in enumerate(["<unk>", "<s>", "</s>"])]
    added.append({"id": ids["<tool>"], "content": "<tool>", "special": False, "normalized": False})
    tokenizer = {"normalizer": normalizer, "model": model, "added_tokens": added, **more}
    write_json(folder / "tokenizer.json", tokenizer)
    (folder / "tokenizer.model").unlink(missing_ok=True)


def rank_merged(keys: Mapping[str, Any]) -> list[str]:
    """The pieces that merges make, best score first."""
    scored = zip(keys["tokens"], keys["scores"], keys["token_type"], strict=True)
    made = [(s, text) for text, s, kind in scored if kind == TokenType.NORMAL and len(text) > 1]
    return [text for _, text in sorted(made, reverse=True)]


def test_scores_from_merges_order_pieces_as_the_scores_of_sentencepiece_do(tmp_path: Path) -> None:
    write_mistral(tmp_path)
    slow = read_keys(tmp_path)
    write_fast_tokenizer(tmp_path)
    fast = read_keys(tmp_path)
    assert fast["model"] == "llama"
    assert fast["tokens"] == slow["tokens"]
    tool = fast["tokens"].index("<tool>")
    assert fast["token_type"][:4] == [2, 3, 3, 6]
    assert fast["token_type"][tool] == TokenType.USER_DEFINED
    assert rank_merged(fast) == [text for text in rank_merged(slow) if text != "<tool>"]


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"normalizer": {"type": "Lowercase"}}, "changes text in a way"),
        ({"pre_tokenizer": {"type": "Whitespace"}}, "cuts text in a way"),
    ],
)
def test_a_fast_tokenizer_with_other_rules_is_refused(
    tmp_path: Path, values: dict[str, object], fault: str
) -> None:
    write_mistral(tmp_path)
    write_fast_tokenizer(tmp_path, **values)
    assert fault in refusal(tmp_path)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "holds 0 pieces"),
        (b"\x0a\x05ab", "cut off"),
        (b"\x80", "cut off"),
        (b"\xff" * 30, "cut off"),
        (b"\x0b", "a field of the kind 3"),
        (b"\x0a\x02\x18\x01", "a piece is empty"),
        (b"\x0a\x05\x0a\x01a\x18\x09", "9 is not a valid TokenType"),
        (b"\x0a\x03\x0a\x01\xff", "can't decode"),
        (pack_sentencepiece([("a", 0.0, 1)], model_type=1), "not of the kind BPE"),
        (b"bG9yZW0= 0\n", "not a whole SentencePiece model"),
    ],
)
def test_a_damaged_tokenizer_model_is_refused_by_its_fault(
    tmp_path: Path, content: bytes, fault: str
) -> None:
    path = tmp_path / "tokenizer.model"
    path.write_bytes(content)
    with pytest.raises(InputError, match=fault):
        read_pieces(path)


def test_pieces_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.model"
    path.write_bytes(pack_sentencepiece(sentencepiece_pieces()))
    assert [tuple(piece) for piece in read_pieces(path)] == sentencepiece_pieces()


def test_vocab_and_merges_files_do_without_tokenizer_json(tmp_path: Path) -> None:
    write_gpt2(tmp_path)
    whole = read_keys(tmp_path)
    (tmp_path / "tokenizer.json").unlink()
    pieces = [*byte_alphabet(), *(left + right for left, right in BPE_MERGES), "<|endoftext|>"]
    write_json(tmp_path / "vocab.json", {piece: i for i, piece in enumerate(pieces)})
    lines = ["#version: 0.2", *(f"{left} {right}" for left, right in BPE_MERGES), ""]
    (tmp_path / "merges.txt").write_text("\n".join(lines), encoding="utf-8")
    parts = read_keys(tmp_path)
    for name in ("model", "pre", "tokens", "token_type", "merges", "bos_token_id", "eos_token_id"):
        assert parts[name] == whole[name], name
    (tmp_path / "merges.txt").write_text("a b c\n", encoding="utf-8")
    assert "Line 1 of merges.txt" in refusal(tmp_path)
    (tmp_path / "merges.txt").unlink()
    assert "no merges.txt" in refusal(tmp_path)
    edit(tmp_path / "tokenizer_config.json", tokenizer_class="FunnyTokenizer")
    assert "does not say how text is cut" in refusal(tmp_path)
    (tmp_path / "vocab.json").unlink()
    assert "no tokenizer.model and no tokenizer.json" in refusal(tmp_path)


@pytest.mark.parametrize(
    "values",
    [
        {"pre_tokenizer": None},
        {"pre_tokenizer": {**BYTE_LEVEL, "add_prefix_space": True}},
        {"pre_tokenizer": split_pre_tokenizer(r"\p{L}+")},
        {"pre_tokenizer": split_pre_tokenizer(QWEN_2_PATTERN), "normalizer": {"type": "NFKC"}},
        {"normalizer": {"type": "Lowercase"}},
    ],
)
def test_an_unknown_way_to_cut_text_is_refused(tmp_path: Path, values: dict[str, object]) -> None:
    write_gpt2(tmp_path)
    edit(tmp_path / "tokenizer.json", **values)
    assert "cuts text in a way that is not known here" in refusal(tmp_path)


def test_ids_must_fit_the_vocabulary(tmp_path: Path) -> None:
    write_gpt2(tmp_path)
    path = tmp_path / "tokenizer.json"
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    vocabulary = tokenizer["model"]["vocab"]
    edit(path, model=tokenizer["model"] | {"vocab": vocabulary | {"new": 263}})
    assert "gives 'new' the id 263" in refusal(tmp_path)
    edit(path, model=tokenizer["model"] | {"vocab": vocabulary | {"new": 1}})
    assert "to two tokens" in refusal(tmp_path)
    edit(path, model=tokenizer["model"] | {"merges": ["a"]})
    assert "'a' among its merges" in refusal(tmp_path)
    edit(path, model=tokenizer["model"] | {"type": "WordPiece"})
    assert "holds a 'WordPiece' model" in refusal(tmp_path)


def test_a_token_that_only_the_settings_name_is_added(tmp_path: Path) -> None:
    write_qwen2(tmp_path)
    edit(tmp_path / "tokenizer_config.json", pad_token="[PAD]")
    keys = read_keys(tmp_path)
    new = keys["tokens"].index("[PAD]")
    assert new == 266  # after the four that tokenizer.json adds
    assert keys["token_type"][new] == TokenType.CONTROL
    assert keys["tokens"][new + 1] == "[PAD267]"


def test_added_tokens_are_written_as_the_text_they_stand_for(tmp_path: Path) -> None:
    write_qwen2(tmp_path)
    settings = {
        "266": {"content": "Ġ日", "special": False, "normalized": False},  # 日 is no byte's sign
        "267": {"content": "aĠb", "special": False, "normalized": False},
        "268": {"content": "cĠd", "special": False, "normalized": True},
    }
    edit(tmp_path / "tokenizer_config.json", added_tokens_decoder=settings)
    assert read_keys(tmp_path)["tokens"][266:269] == ["Ġ日", "a b", "cĠd"]


def test_special_tokens_may_be_given_as_objects(tmp_path: Path) -> None:
    write_llama3(tmp_path)
    plain = read_keys(tmp_path)
    edit(tmp_path / "tokenizer_config.json", bos_token=special("<|begin_of_text|>"))
    assert read_keys(tmp_path) == plain
    assert (plain["bos_token_id"], plain["eos_token_id"], plain["add_bos_token"]) == (
        262,
        264,
        True,
    )


def test_a_template_that_ends_with_another_token_makes_the_named_one_end_of_turn(
    tmp_path: Path,
) -> None:
    write_llama3(tmp_path)
    around = [
        {"SpecialToken": {"id": "<|begin_of_text|>"}},
        {"Sequence": {"id": "A"}},
        {"SpecialToken": {"id": "<|end_of_text|>"}},
    ]
    processor = {"type": "TemplateProcessing", "single": around, "pair": []}
    edit(tmp_path / "tokenizer.json", post_processor=processor)
    keys = read_keys(tmp_path)
    assert (keys["eos_token_id"], keys["eot_token_id"]) == (263, 264)
    assert (keys["add_bos_token"], keys["add_eos_token"]) == (True, True)


def test_chat_templates_are_found_in_all_three_places(tmp_path: Path) -> None:
    write_llama3(tmp_path)
    single = read_keys(tmp_path)["tokenizer.chat_template"]
    (tmp_path / "additional_chat_templates").mkdir()
    (tmp_path / "additional_chat_templates" / "tool-use.jinja").write_text("T", encoding="utf-8")
    keys = read_keys(tmp_path)
    assert keys["tokenizer.chat_template"] == single
    assert keys["tokenizer.chat_template.tool_use"] == "T"
    assert keys["tokenizer.chat_templates"] == ["tool_use"]
    (tmp_path / "chat_template.jinja").unlink()
    write_json(tmp_path / "chat_template.json", {"chat_template": "J"})
    assert read_keys(tmp_path)["tokenizer.chat_template"] == "J"
    named = [{"name": "default", "template": "D"}, {"name": "rag", "template": "R"}]
    edit(tmp_path / "tokenizer_config.json", chat_template=named)
    keys = read_keys(tmp_path)
    assert keys["tokenizer.chat_template"] == "D"
    assert keys["tokenizer.chat_template.rag"] == "R"
    edit(tmp_path / "tokenizer_config.json", chat_template="x" * (2**20 + 1))
    assert "larger than 1 MiB" in refusal(tmp_path)
