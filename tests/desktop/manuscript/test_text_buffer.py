"""The text in code units, against plain bytes."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.manuscript.text_buffer import (
    TextBuffer,
    decode_utf16,
    encode_utf16,
    unify_line_ends,
)

PLACES = st.tuples(st.floats(0, 1), st.floats(0, 1), st.text(max_size=5))


@given(st.text(), st.lists(PLACES, max_size=8))
def test_edits_are_those_of_plain_bytes(text: str, edits: list[tuple[float, float, str]]) -> None:
    buffer, plain = TextBuffer(encode_utf16(text)), encode_utf16(text)
    for a, b, inserted in edits:
        start, end = sorted((round(a * len(buffer)), round(b * len(buffer))))
        buffer.replace(start, end, encode_utf16(inserted))
        plain = plain[: 2 * start] + encode_utf16(inserted) + plain[2 * end :]
        assert len(buffer) == len(plain) // 2
        assert buffer.read(0, len(buffer)) == plain
        for start, end in ((0, len(buffer) // 2), (len(buffer) // 2, len(buffer))):
            assert buffer.read(start, end) == plain[2 * start : 2 * end]


def test_an_insertion_larger_than_the_gap() -> None:
    buffer = TextBuffer(encode_utf16("ab"))
    buffer.replace(1, 1, encode_utf16("x" * 1_000_000))
    buffer.replace(0, 1, b"")
    assert decode_utf16(buffer.read(0, len(buffer))) == "x" * 1_000_000 + "b"


def test_half_a_character_survives() -> None:
    units = encode_utf16("😀")[:2]
    assert encode_utf16(decode_utf16(units)) == units


def test_all_that_qt_takes_for_a_line_end_is_one() -> None:
    assert unify_line_ends("a\r\nb\rc\u2029d\ufdd0e\ufdd1f\u2028") == "a\nb\nc\nd\ne\nf\u2028"
