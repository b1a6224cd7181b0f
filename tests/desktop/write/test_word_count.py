import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.write import word_count
from desktop.write.word_count import count_text

SPACED = st.text(st.sampled_from("ab 灯😀\n\t\u3000\xa0\u2028\x1f\ud800"), max_size=60)


@given(SPACED | st.text())
@example("")
def test_words_are_those_of_split(text: str) -> None:
    assert count_text(text) == (len(text.split()), len(text) - text.count("\n"))


@given(SPACED)
def test_words_across_blocks_are_counted_once(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_count, "_BLOCK", 3)
        assert count_text(text)[0] == len(text.split())
