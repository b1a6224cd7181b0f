"""Whole characters only, and nothing of a stop text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.engine.text import StopTexts, TextStream, decode_whole


def cut(data: bytes, places: list[int]) -> list[bytes]:
    """`data` in pieces, cut at the places (modulo its length)."""
    cuts = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[a:b] for a, b in pairwise(cuts)]


places = st.lists(st.integers(0, 1000), max_size=20)


@given(st.text(), places)
def test_the_pieces_of_a_text_make_the_text(text: str, places: list[int]) -> None:
    stream = TextStream()
    shown = ""
    for piece in cut(text.encode(), places):
        shown += stream.add(piece)
        assert text.startswith(shown)
        assert (
            shown.encode() + stream.pending
            == text.encode()[: len(shown.encode()) + len(stream.pending)]
        )
    assert shown == text
    assert stream.pending == b""


@given(st.binary(), places)
def test_bytes_that_are_no_text_are_left_out_and_never_shown_as_a_sign(
    data: bytes, places: list[int]
) -> None:
    stream = TextStream()
    shown = "".join(stream.add(piece) for piece in cut(data, places))
    assert shown == data.removesuffix(stream.pending).decode("utf-8", "ignore")
    assert shown.count("\ufffd") == data.count("\ufffd".encode())


def test_a_character_of_four_bytes_is_whole_at_its_last() -> None:
    stream = TextStream()
    assert [stream.add(bytes([byte])) for byte in "末🙂".encode()] == [
        "",
        "",
        "末",
        "",
        "",
        "",
        "🙂",
    ]


def test_a_character_that_is_given_up_does_not_swallow_what_follows() -> None:
    stream = TextStream()
    assert stream.add("🙂".encode()[:2]) == ""
    assert stream.add(b" so") == " so"


@pytest.mark.parametrize(
    ("data", "text"), [(b"", ""), (b"ab", "ab"), (b"\xe6\x9c", None), (b"a\xff", None)]
)
def test_decoding_whole_texts(data: bytes, text: str | None) -> None:
    assert decode_whole(data) == text


def show_until_stop(stops: list[str], pieces: list[str]) -> tuple[str, bool]:
    """What a reader sees of `pieces`, with what is held back withheld; and whether it stopped."""
    finder = StopTexts(stops)
    text, shown = "", ""
    for piece in pieces:
        text += piece
        held, stopped = finder.add(piece)
        visible = text[: len(text) - held]
        assert visible.startswith(shown), "what was shown is taken back"
        shown = visible
        if stopped:
            return shown, True
    return text, False


def first_complete(stops: list[str], text: str) -> int | None:
    """Where the stop text begins that is complete first; of two at once, the longer."""
    found = [(at + len(stop), at) for stop in stops if (at := text.find(stop)) >= 0]
    return min(found)[1] if found else None


few_letters = st.text("ab\n末", max_size=30)


@given(few_letters, st.text("ab\n末", min_size=1, max_size=5), places)
def test_a_stop_text_is_found_as_in_the_whole(text: str, stop: str, places: list[int]) -> None:
    cuts = sorted({0, len(text), *(place % (len(text) + 1) for place in places)})
    pieces = [text[a:b] for a, b in pairwise(cuts)]
    at = text.find(stop)
    assert show_until_stop([stop], pieces) == (text if at < 0 else text[:at], at >= 0)


@given(few_letters, st.lists(st.text("ab\n末", min_size=1, max_size=4), max_size=3), places)
def test_of_several_the_one_that_is_complete_first(
    text: str, stops: list[str], places: list[int]
) -> None:
    cuts = sorted({0, len(text), *(place % (len(text) + 1) for place in places)})
    pieces = [text[a:b] for a, b in pairwise(cuts)]
    at = first_complete(stops, text)
    shown, stopped = show_until_stop(stops, pieces)
    assert (shown, stopped) == (text if at is None else text[:at], at is not None)
    assert not any(stop in shown for stop in stops)
