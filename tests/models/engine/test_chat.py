"""Chat templates are foreign code."""

from pathlib import Path

import pytest

from models.engine.chat import render_message
from models.engine.llama import Model
from models.errors import InputError


def render(template: str, *, adds_bos: bool = True) -> str:
    return render_message(template, "Hello", bos="<s>", eos="</s>", adds_bos=adds_bos)


def test_the_message_is_the_users_and_the_answer_begins() -> None:
    template = (
        "{% for m in messages %}[{{ m.role }}]{{ m.content }}{{ eos_token }}{% endfor %}"
        "{% if add_generation_prompt %}[assistant]{% endif %}"
    )
    assert render(template) == "[user]Hello</s>[assistant]"


@pytest.mark.parametrize(("adds_bos", "text"), [(True, "Hello"), (False, "<s>Hello")])
def test_bos_is_taken_off_where_the_tokenizer_adds_it(adds_bos: bool, text: str) -> None:
    assert render("{{ bos_token }}{{ messages[0].content }}", adds_bos=adds_bos) == text


@pytest.mark.parametrize(
    "template",
    [
        "{{ raise_exception('only in pairs') }}",
        "{{ 1 // 0 }}",
        "{% if %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ messages.append(1) }}",
        "{{ '{}'.format() }}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{{ nothing.at.all }}",
        "{{ range(10 ** 9) | list }}",
    ],
)
def test_whatever_a_template_does_is_one_sentence(template: str) -> None:
    with pytest.raises(InputError, match=r"chat template cannot be used .*--chat\.$"):
        render(template)


def test_the_starters_message_keeps_its_first_token(starter_path: Path) -> None:
    """Its BOS is <|im_start|>, which its tokenizer does not add and its template begins with."""
    model = Model(starter_path)
    assert model.chat_template is not None
    names = {"bos": model.piece_text(model.bos), "eos": model.piece_text(model.eos)}
    text = render_message(model.chat_template, "Hello", **names, adds_bos=model.adds_bos)
    tokens = model.tokenize(text, special=True, markup=True)
    assert text.startswith("<|im_start|>system\n")
    assert text.endswith("<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n")
    assert tokens[0] == model.bos
    assert tokens[1] != model.bos
    model.close()
