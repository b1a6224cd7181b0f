"""Writes goldens/gpt2-tokens.json: how GPT-2's own vocabulary cuts some texts.

Not part of the test run. It needs the package tokenizers (Hugging Face's own) and llama.cpp's
source at the release of llama-cpp-python, which carries GPT-2's vocabulary:

    PYTHONPATH=. python tests/converters/make_token_goldens.py LLAMA_CPP_FOLDER

First the vocabulary is held against the ids that llama.cpp publishes with it. Then each text is cut
by tokenizers. Of the merges, the golden has those that make a piece of some text: no other can take
part. The bytes come first, then the result of each merge, by its rank.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.converters.small_checkpoints import BYTE_LEVEL, byte_alphabet, write_json

GOLDEN = Path(__file__).parent / "goldens" / "gpt2-tokens.json"
SEPARATOR = "\n__ggml_vocab_test__\n"
TEXTS = (
    "The keeper wound the clock every evening at six, because the lamp did.",
    "She'd said it's theirs; WE'RE not sure they've asked. I'll wait.",
    "  two spaces before, three   inside, one behind ",
    "tabs\tand\t\tline ends\n\n\n  then\r\nmore \n",
    "nothing but spaces:        \u3000\u00a0 and so on",
    "灯台守は毎晩六時に時計を巻いた。ランプもそうしたからだ。",
    "かな、カナ、漢字と鯨の𠮷 ｶﾅ",
    "🐋 a whale, 👩‍🚀 an astronaut, é and e\u0301",
    "2024-11-23, 3.14159, 1000000, x² ≤ ½, ④",
    "def bowl(glaze: str) -> int:\n    return len(glaze) << 2  # 青い\n",
    "",
)


def main() -> None:
    sys.path.insert(0, str(Path(sys.argv[1]) / "gguf-py"))
    import gguf
    from tokenizers import Tokenizer  # type: ignore[import-not-found, unused-ignore]

    vocabulary = Path(sys.argv[1]) / "models" / "ggml-vocab-gpt-2.gguf"
    fields = gguf.GGUFReader(vocabulary).fields
    tokens = fields["tokenizer.ggml.tokens"].contents()
    merges = fields["tokenizer.ggml.merges"].contents()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tokenizer.json"
        write_json(file, describe_tokenizer(tokens, merges))
        published = Tokenizer.from_file(str(file))
    texts = vocabulary.with_suffix(".gguf.inp").read_text(encoding="utf-8").split(SEPARATOR)[:-1]
    lines = vocabulary.with_suffix(".gguf.out").read_text(encoding="utf-8").splitlines()
    for text, ids in zip(texts, lines, strict=True):  # each text ends with the separator
        assert published.encode(text).ids == [int(index) for index in ids.split()], text
    alphabet = byte_alphabet()
    assert tokens[: len(alphabet)] == sorted(alphabet)
    written = ["".join(alphabet[byte] for byte in text.encode()) for text in TEXTS]
    taken = {}
    for rank, merge in enumerate(merges):
        piece = merge.replace(" ", "")
        assert tokens[len(alphabet) + rank] == piece
        if any(piece in text for text in written):
            taken[rank] = merge
    golden = {
        "size": len(tokens),
        "merges": taken,
        "texts": [{"text": text, "ids": published.encode(text).ids} for text in TEXTS],
    }
    GOLDEN.write_text(json.dumps(golden, ensure_ascii=False, indent=0), encoding="utf-8")


def describe_tokenizer(tokens: list[str], merges: list[str]) -> dict[str, Any]:
    """The tokenizer.json of a byte-level vocabulary."""
    return {
        "version": "1.0",
        "added_tokens": [],
        "normalizer": None,
        "pre_tokenizer": BYTE_LEVEL,
        "post_processor": None,
        "decoder": BYTE_LEVEL,
        "model": {
            "type": "BPE",
            "vocab": {token: index for index, token in enumerate(tokens)},
            "merges": merges,
        },
    }


if __name__ == "__main__":
    main()
