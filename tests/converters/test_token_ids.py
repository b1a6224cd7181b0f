"""A converted vocabulary at work: the engine cuts texts as the published tokenizer does."""

import contextlib
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sentencepiece

from converters import operations
from models.engine.blocking import BlockingEngine
from tests.converters.make_token_goldens import GOLDEN
from tests.converters.make_token_goldens import TEXTS as GPT2_TEXTS
from tests.converters.small_checkpoints import byte_alphabet, write_gpt2, write_json, write_mistral

TEXTS = (
    "The keeper wound the clock every evening at six.",
    "  two spaces before, three   inside, one behind ",
    "tabs\tand\nline ends\n\n",
    "灯台守は毎晩六時に時計を巻いた。",
    "かな、カナ、漢字と鯨の𠮷",
    "🐋 a whale, 👩‍🚀 an astronaut, é and e\u0301",
    "2024-11-23, 3.14159, x² ≤ ½",
    "<s> is a text here </s>",
    "",
)


@pytest.fixture(scope="module")
def tokenizer_file() -> Path:
    """Mistral-7B-v0.1's own tokenizer.model, which the package mistral-common carries."""
    found = importlib.util.find_spec("mistral_common")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "data" / "tokenizer.model.v1"


@pytest.fixture(scope="module")
def mistral(
    tokenizer_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BlockingEngine]:
    """A small Mistral with the real vocabulary, converted and loaded."""
    folder = tmp_path_factory.mktemp("mistral") / "checkpoint"
    folder.mkdir()
    write_mistral(folder, tokenizer_file.read_bytes())
    with open_converted(folder) as engine:
        yield engine


@pytest.fixture(scope="module")
def gpt2(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlockingEngine]:
    """A small GPT-2 with those parts of the real vocabulary that the texts need, at their ids."""
    folder = tmp_path_factory.mktemp("gpt2") / "checkpoint"
    folder.mkdir()
    golden = read_golden()
    write_gpt2(folder, size=golden["size"])
    (folder / "tokenizer.json").unlink()
    ids = {character: index for index, character in enumerate(sorted(byte_alphabet()))}
    for rank, merge in golden["merges"].items():
        ids[merge.replace(" ", "")] = 256 + int(rank)
    write_json(folder / "vocab.json", ids | {"<|endoftext|>": golden["size"] - 1})
    merges = ["#version: 0.2", *golden["merges"].values()]
    (folder / "merges.txt").write_text("\n".join(merges) + "\n", encoding="utf-8")
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "GPT2Tokenizer"})
    with open_converted(folder) as engine:
        yield engine


@contextlib.contextmanager
def open_converted(checkpoint: Path) -> Iterator[BlockingEngine]:
    (file,) = (
        event.file
        for event in operations.convert(source=checkpoint, levels=["F16"], output=checkpoint.parent)
        if isinstance(event, operations.Written)
    )
    with BlockingEngine() as engine:
        engine.load(file, context=256, threads=1)
        yield engine


def read_golden() -> dict[str, Any]:
    golden: dict[str, Any] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return golden


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("special", [True, False])
def test_mistral_cuts_as_the_published_tokenizer(
    text: str, special: bool, mistral: BlockingEngine, tokenizer_file: Path
) -> None:
    published = sentencepiece.SentencePieceProcessor(model_file=str(tokenizer_file))
    ids = published.encode(text, add_bos=special)
    assert [piece.id for piece in mistral.tokenize(text, special=special)] == ids


@pytest.mark.parametrize("text", GPT2_TEXTS)
@pytest.mark.parametrize("special", [True, False])
def test_gpt2_cuts_as_the_published_tokenizer(
    text: str, special: bool, gpt2: BlockingEngine
) -> None:
    (ids,) = (entry["ids"] for entry in read_golden()["texts"] if entry["text"] == text)
    assert [piece.id for piece in gpt2.tokenize(text, special=special)] == ids
