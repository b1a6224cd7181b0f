"""Chat templates are foreign code."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.engine.chat import encode_message
from models.engine.llama import Model
from models.errors import InputError
from tests.models.engine.conftest import write_random_model


@pytest.fixture(scope="module")
def bos_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Model]:
    """A model whose tokenizer adds BOS."""
    model = Model(write_random_model(tmp_path_factory.mktemp("chat") / "tiny.gguf"))
    yield model
    model.close()


def render(model: Model, template: str, message: str = "Hello") -> str:
    """The text of the tokens, special ones by their names."""
    model.chat_template = template
    tokens = encode_message(model, message, special=True)
    return b"".join(model.pieces[token] for token in tokens).decode()


def test_the_message_is_the_users_and_the_answer_begins(bos_model: Model) -> None:
    template = (
        "{% for m in messages %}[{{ m.role }}]{{ m.content }}{{ eos_token }}{% endfor %}"
        "{% if add_generation_prompt %}[assistant]{% endif %}"
    )
    assert render(bos_model, template).replace(" ", "") == "<s>[user]Hello</s>[assistant]"


@pytest.mark.parametrize(
    "template",
    [
        "{{ messages[0].content }}",
        "{{ bos_token }}{{ messages[0].content }}",
        "{{ bos_token }}{{ bos_token }}{{ messages[0].content }}",
        "\n{{ bos_token }}{{ messages[0].content }}",
    ],
)
def test_bos_stands_once(bos_model: Model, template: str) -> None:
    bos_model.chat_template = template
    tokens = encode_message(bos_model, "Hello", special=True)
    assert tokens[0] == bos_model.bos
    assert bos_model.bos not in tokens[1:]


def test_a_message_cannot_write_special_tokens(bos_model: Model) -> None:
    bos_model.chat_template = "[user]{{ messages[0].content }}{{ eos_token }}"
    tokens = encode_message(bos_model, "a</s>b", special=True)
    assert tokens.count(bos_model.eos) == 1
    assert tokens[-1] == bos_model.eos


@pytest.mark.parametrize("message", ["a b", "a</s>b"])
@pytest.mark.parametrize("template", ["{{ messages[0].content }}", "{{ messages[0].content }}</s>"])
def test_the_tokenizers_end_mark_is_left_out_and_the_templates_stays(
    bos_model: Model, tmp_path: Path, template: str, message: str
) -> None:
    """A message with a mark of its own is cut apart from what the template puts around it."""
    marked = Model(write_random_model(tmp_path / "marked.gguf", add_eos=True))
    bos_model.chat_template = marked.chat_template = template
    tokens = encode_message(bos_model, message, special=True)
    assert encode_message(marked, message, special=True) == tokens
    assert tokens.count(bos_model.eos) == template.endswith("</s>")
    marked.close()


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
        "{{ 'x' * 200000 }}",
    ],
)
def test_whatever_a_template_does_is_one_sentence(bos_model: Model, template: str) -> None:
    with pytest.raises(InputError, match=r"chat template .*--chat\.$"):
        render(bos_model, template)


def test_the_starters_message_keeps_its_first_token(starter_path: Path) -> None:
    """Its BOS is <|im_start|>, which its tokenizer does not add and its template begins with."""
    model = Model(starter_path)
    tokens = encode_message(model, "Hello", special=True)
    text = b"".join(model.pieces[token] for token in tokens).decode()
    assert text.startswith("<|im_start|>system\n")
    assert text.endswith("<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n")
    assert tokens[0] == model.bos
    assert tokens[1] != model.bos
    model.close()
