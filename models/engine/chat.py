"""A message through a model's own chat template.

Templates come with model files, so they run in jinja2's sandbox, and only in the engine process:
one that never ends is killed with it.
"""

from __future__ import annotations

from datetime import datetime

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from models.errors import InputError


def render_message(template: str, message: str, *, bos: str, eos: str, adds_bos: bool) -> str:
    """Return `message` as the user's turn, up to where the model's answer begins.

    Some templates write BOS themselves. Where the tokenizer adds it (`adds_bos`), it is taken off
    here: it comes from one place, and never twice.
    """

    def refuse(reason: str) -> None:
        raise jinja2.TemplateError(reason)

    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    environment.globals["raise_exception"] = refuse
    environment.globals["strftime_now"] = lambda form: datetime.now().strftime(form)
    try:
        text = environment.from_string(template).render(
            messages=[{"role": "user", "content": message}],
            add_generation_prompt=True,
            bos_token=bos,
            eos_token=eos,
        )
    except Exception as error:  # whatever a foreign template raises
        raise InputError(
            f"The model's chat template cannot be used ({error}): continue the text without --chat."
        ) from error
    return text.removeprefix(bos) if adds_bos else text
