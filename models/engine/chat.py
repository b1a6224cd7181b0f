"""A message through a model's own chat template, as tokens.

Templates come with model files, so they run in jinja2's sandbox, for a limited time, and only in
the engine process.
"""

from __future__ import annotations

from datetime import datetime

from models.engine.llama import Model
from models.engine.time_limit import limit_time
from models.errors import InputError

LONGEST_FRAME = 100_000  # characters that a template may put around a message
PLACE = "\ufdd0"  # a noncharacter: no text holds it


def encode_message(model: Model, message: str, *, special: bool) -> list[int]:
    """Return the tokens of `message` as the user's turn, up to where the model's answer begins.

    The names of special tokens are read as such in the template, never in the message. BOS comes
    from the tokenizer where that adds it, and then stands once.
    """
    text = _render(model, message)
    if model.tokenize(message, markup=True) == model.tokenize(message):
        tokens = model.tokenize_open(text, special=special, markup=True)
    else:
        before, _, after = _render(model, PLACE).partition(PLACE)
        tokens = model.tokenize_open(before, special=special, markup=True)
        tokens += model.tokenize(message) + model.tokenize(after, markup=True)
    if not model.adds_bos:
        return tokens
    others = [token for token in tokens if token != model.bos]
    return [model.bos, *others] if special else others


def _render(model: Model, message: str) -> str:
    if model.chat_template is None:
        raise InputError(
            "This is a base model, it has no chat template: leave --chat out to continue the text, "
            "or choose a chat model."
        )

    import jinja2  # here: it takes as long to load as numpy, and a continuation needs none of it
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def refuse(reason: str) -> None:
        raise jinja2.TemplateError(reason)

    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    environment.globals["raise_exception"] = refuse
    environment.globals["strftime_now"] = lambda form: datetime.now().strftime(form)
    try:
        with limit_time():
            text = environment.from_string(model.chat_template).render(
                messages=[{"role": "user", "content": message}],
                add_generation_prompt=True,
                bos_token=model.piece_text(model.bos),
                eos_token=model.piece_text(model.eos),
            )
    except Exception as error:  # whatever a foreign template raises
        raise InputError(
            f"The model's chat template cannot be used ({error}): continue the text without --chat."
        ) from error
    if len(text) > len(message) + LONGEST_FRAME:
        raise InputError(
            f"The model's chat template makes {len(text):,} characters of {len(message):,}: "
            "continue the text without --chat."
        )
    return text
