"""Which steps of an answer wrote the part of it that goes into the text."""

from collections.abc import Sequence

import pytest

from desktop.write.rewriting import cut_steps
from models.engine.protocol import Step
from models.engine.text import TextStream

ANSWER = (b" \xe7", b"\x81\xaf", b"\xe5\x8f", b"\xb0", b"", b"\xe3\x81", b"\xae", b" x", b"\xe7")
TEXT = " 灯台の x"


def write(pieces: Sequence[bytes]) -> list[Step]:
    """The steps of an engine that writes these bytes, a token each."""
    stream = TextStream()
    return [
        Step(i, i, stream.add(piece), piece.hex(), -1.0, 0, 0.5, 1.0, [], [])
        for i, piece in enumerate(pieces)
    ]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("灯台の", [0, 1, 2, 3, 4, 5, 6]),
        ("灯", [0, 1]),
        ("台", [2, 3]),
        ("の", [4, 5, 6]),
        ("の x", [4, 5, 6, 7]),
        (TEXT, [0, 1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_bytes_that_begin_a_character_go_with_it(text: str, tokens: list[int]) -> None:
    kept = cut_steps(write(ANSWER), text)
    assert [step.token for step in kept] == tokens
    assert "".join(step.text for step in kept) == text


def test_the_first_and_the_last_step_lose_what_is_outside() -> None:
    kept = cut_steps(write((b'"The ', b"lamp", b'." Yes')), "The lamp.")
    assert [step.text for step in kept] == ["The ", "lamp", "."]
