"""A converted vocabulary at work: the engine cuts texts as the published tokenizer does."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest
import sentencepiece

from converters import operations
from models.engine.blocking import BlockingEngine
from tests.converters.small_checkpoints import write_mistral

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
    written = [
        event
        for event in operations.convert(source=folder, levels=["F16"], output=folder.parent)
        if isinstance(event, operations.Written)
    ]
    with BlockingEngine() as engine:
        engine.load(written[0].file, context=256, threads=1)
        yield engine


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("special", [True, False])
def test_mistral_cuts_as_the_published_tokenizer(
    text: str, special: bool, mistral: BlockingEngine, tokenizer_file: Path
) -> None:
    published = sentencepiece.SentencePieceProcessor(model_file=str(tokenizer_file))
    ids = published.encode(text, add_bos=special)
    assert [piece.id for piece in mistral.tokenize(text, special=special)] == ids
