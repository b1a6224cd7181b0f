"""What is asked of a selection, and what is made of the answers of small models."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import InputError
from models.instructions import (
    INSTRUCTIONS,
    clean_answer,
    find_instruction,
    find_language,
    read_titles,
)

ENGLISH = "The shop at the harbour was closed, and the wind turned its sign."
JAPANESE = "港の店は閉まっていて、看板が風に回っていた。"
IDS = ["rewrite", "shorten", "expand", "english", "japanese", "titles", "join"]


def test_every_instruction_has_both_languages() -> None:
    assert [instruction.id for instruction in INSTRUCTIONS] == IDS
    for instruction in INSTRUCTIONS:
        for language in ("en", "ja"):
            wording = instruction.wordings[language]
            assert len(wording.examples) >= 2
            assert all(answer for _, answer in wording.examples)


@pytest.mark.parametrize("instruction_id", IDS[:5])
@pytest.mark.parametrize("text", [ENGLISH, JAPANESE])
def test_a_chat_model_gets_a_message_in_the_language_of_the_text(
    instruction_id: str, text: str
) -> None:
    prompt = find_instruction(instruction_id).build(f" {text}\n", chat=True)
    assert prompt.chat
    assert prompt.text.endswith(f"\n\n{text}")
    assert find_language(prompt.text.removesuffix(text)) == find_language(text)
    assert prompt.stop == ()


@pytest.mark.parametrize("instruction_id", IDS[:5])
@pytest.mark.parametrize("text", [ENGLISH, JAPANESE])
def test_a_base_model_gets_examples_that_end_where_the_answer_begins(
    instruction_id: str, text: str
) -> None:
    instruction = find_instruction(instruction_id)
    prompt = instruction.build(text, chat=False)
    wording = instruction.wordings[find_language(text)]
    assert not prompt.chat
    assert prompt.text.endswith(f"\n\n{wording.label}{text}\n{wording.answer}")
    assert prompt.text.count(wording.label) == len(wording.examples) + 1
    assert prompt.stop == ("\n",)


def test_a_text_of_several_lines_ends_before_the_next_example() -> None:
    prompt = find_instruction("rewrite").build("One.\n\nTwo {braces}.", chat=False)
    assert prompt.stop == ("\n\nText:",)
    assert "One.\n\nTwo {braces}.\nClear:" in prompt.text


@pytest.mark.parametrize("chat", [True, False])
def test_titles_go_on_from_the_first_number(chat: bool) -> None:
    prompt = find_instruction("titles").build(JAPANESE, chat=chat)
    assert not prompt.chat
    assert prompt.text.endswith(f"{JAPANESE}\n題名：\n1.")
    assert prompt.stop == ("\n\n文章：",)


def test_a_join_tells_both_sides_in_a_line_each() -> None:
    prompt = find_instruction("join").build("", "He left.\n\nAlone.", "It\nrained.", chat=True)
    assert prompt.text.endswith("Before: He left. Alone.\nAfter: It rained.\nBetween:")
    assert prompt.stop == ("\n",)
    long = find_instruction("join").build("", "a" * 9000, "b" * 9000, chat=False)
    assert len(long.text) < 4000
    with pytest.raises(InputError, match="nothing to join"):
        find_instruction("join").build("x", "before", " ", chat=False)


def test_an_answer_may_be_as_long_as_the_instruction_needs() -> None:
    text = ENGLISH * 20
    limit = {
        instruction_id: find_instruction(instruction_id).build(text, chat=False).tokens
        for instruction_id in IDS[:5]
    }
    assert limit["shorten"] < limit["rewrite"] < limit["expand"] < limit["japanese"]
    assert limit["rewrite"] > len(text) / 4
    assert find_instruction("shorten").build("Yes.", chat=False).tokens >= 32


def test_what_cannot_be_asked_is_named() -> None:
    with pytest.raises(InputError, match="select some"):
        find_instruction("rewrite").build(" \n", chat=True)
    with pytest.raises(InputError, match="choose one of rewrite, shorten"):
        find_instruction("sing")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (JAPANESE, "ja"),
        ("", "en"),
        ("GGUF を読む", "ja"),
        ("a 水 " + "b" * 20, "en"),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert find_language(text) == language


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (" The shop was shut.\n", "The shop was shut."),
        ('"The shop was shut."', "The shop was shut."),
        ("「店は閉まっていた。」", "店は閉まっていた。"),
        ("Sure! Here is the rewritten text:\n\nThe shop was shut.", "The shop was shut."),
        ("Sure, here's a shorter version of it: “Shut.”", "Shut."),
        ("Here are two sentences that say it:\nThe shop was shut.", "The shop was shut."),
        ("Rewritten text: The shop was shut.", "The shop was shut."),
        ("**Translation:** The shop was shut.", "The shop was shut."),
        ("The shop was shut.\n\nExplanation: I used fewer words.", "The shop was shut."),
        ("The shop was shut.\n\nI hope this helps!", "The shop was shut."),
        ("はい、以下は書き直した文章です：\n店は閉まっていた。", "店は閉まっていた。"),
        ("訳文：店は閉まっていた。", "店は閉まっていた。"),
        ("店は閉まっていた。\n\n※意訳です。", "店は閉まっていた。"),
        # what only looks like it
        ("Sure enough, the shop was shut.", "Sure enough, the shop was shut."),
        ("Here is the house: it stands by the sea.", "Here is the house: it stands by the sea."),
        ("Of course, he knew.", "Of course, he knew."),
        ('"Shut," he said. "For good."', '"Shut," he said. "For good."'),
        ("以下、同文。", "以下、同文。"),
        ("The answer: nobody knew.", "The answer: nobody knew."),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("", ""),
    ],
)
def test_an_answer_is_stripped_of_what_stands_around_it(answer: str, text: str) -> None:
    assert clean_answer(answer) == text
    assert clean_answer(text) == text


@given(st.text(st.sampled_from('Sure! Here is text:\n"「」。Note1.はい以下訳'), max_size=60))
def test_cleaning_only_takes_away(answer: str) -> None:
    assert clean_answer(answer) in answer


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        (" Gone\n2. Back\n3. There", ["Gone", "Back", "There"]),
        ("1. Gone\n2. Back\n3. There\n4. More", ["Gone", "Back", "There"]),
        ('Here are three titles:\n\n1. "Gone"\n2. **Back**\n3. 「帰る」\n\nI like them.',
         ["Gone", "Back", "帰る"]),
        ("- Gone\n- Gone\n- Back", ["Gone", "Back"]),
        ("Gone\nBack", ["Gone", "Back"]),
        ("１．行く\n２．帰る", ["行く", "帰る"]),
        ("1984\n2. Back", ["1984", "Back"]),
        ("", []),
    ],
)  # fmt: skip
def test_titles_are_read_out_of_an_answer(answer: str, titles: list[str]) -> None:
    assert read_titles(answer) == titles
    assert find_instruction("titles").clean(answer) == "\n".join(titles)
