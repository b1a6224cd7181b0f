"""Chains as plain values and as text: `top-k 40 > penalties(repeat=1.1) > temperature 0.7`.

A bare value is a stage's first parameter; those left out have their defaults. A text value that
holds a space, comma or the like stands in JSON quotes, a list in JSON brackets.
"""

import dataclasses
import difflib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from models.errors import InputError
from models.sampling.chain import Chain
from models.sampling.dry import Dry
from models.sampling.penalties import LogitBias, Penalties
from models.sampling.selection import Greedy, MirostatV2
from models.sampling.stage import Stage
from models.sampling.temperature import DynamicTemperature, Temperature
from models.sampling.truncation import MinP, TopK, TopNSigma, TopP, Typical, Xtc
from models.sampling.user import User

STAGES: Mapping[str, type[Stage]] = {
    stage.name: stage
    for stage in (
        LogitBias,
        Penalties,
        Dry,
        TopK,
        Typical,
        TopP,
        MinP,
        TopNSigma,
        Xtc,
        Temperature,
        DynamicTemperature,
        MirostatV2,
        Greedy,
        User,
    )
}

_EXAMPLE = 'write a chain like "top-k 40 > top-p 0.9 > temperature 0.7"'
_PLAIN = re.compile(r"[^\s,=()\[\]{}<>\"']+")


def stage_values(stage: Stage) -> dict[str, Any]:
    """The parameters of `stage` as JSON values; `stage_from_values` takes them back."""
    values = {field.name: getattr(stage, field.name) for field in dataclasses.fields(_data(stage))}
    if isinstance(stage, LogitBias):
        values["biases"] = " ".join(f"{token}={bias!r}" for token, bias in stage.biases)
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}


def stage_from_values(name: str, values: Mapping[str, object]) -> Stage:
    """The stage `name` with these parameters; numbers may also be given as text.

    Raises InputError for an unknown stage or parameter, or a value out of its range.
    """
    if name not in STAGES:
        near = difflib.get_close_matches(name.casefold().replace("_", "-"), STAGES, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}? The" if near else "the"
        raise InputError(
            f'There is no stage "{name[:40]}": {hint} stages are {", ".join(sorted(STAGES))}.'
        )
    stage = STAGES[name]
    fields = {field.name: field for field in dataclasses.fields(_data(stage))}
    for given in values:
        if given not in fields:
            known = f"it has {', '.join(fields)}" if fields else "it has none"
            raise InputError(f'The stage {name} has no parameter "{given}": {known}.')
    for field in fields.values():
        if field.name not in values and field.default is dataclasses.MISSING:
            raise InputError(f"The stage {name} needs its {field.name}, like {name} {_LIKE[name]}.")
    read = {
        given: _READERS[fields[given].type](_name_value(name, given), value)
        for given, value in values.items()
    }
    return stage(**read)


def parse_chain(text: str) -> Chain:
    """The chain that `text` writes down; an empty text is the chain without stages.

    Raises InputError for anything that is no chain.
    """
    if not text.strip():
        return Chain()
    return Chain(_parse_stage(part.strip()) for part in _split(text, ">"))


def format_chain(chain: Chain) -> str:
    """The text of `chain`, such that `parse_chain` gives it back."""
    return " > ".join(format_stage(stage) for stage in chain.stages)


def format_stage(stage: Stage) -> str:
    """The text of one stage: its first parameter, and those that differ from their defaults."""
    values = stage_values(stage)
    fields = dataclasses.fields(_data(stage))
    if not fields:
        return stage.name
    first = fields[0].name
    others = [f.name for f in fields[1:] if getattr(stage, f.name) != f.default]
    if isinstance(stage, LogitBias):
        return f"{stage.name} {values[first]}".rstrip()
    if not others:
        return f"{stage.name} {_format_value(values[first])}"
    pairs = ", ".join(f"{name}={_format_value(values[name])}" for name in (first, *others))
    return f"{stage.name}({pairs})"


def _data(stage: Stage | type[Stage]) -> Any:
    return stage  # every stage is a dataclass, which its base class does not say


def _parse_stage(text: str) -> Stage:
    match = re.match(r"[^\s(]+", text)
    if not match:
        raise InputError(f"A stage of the chain is empty: {_EXAMPLE}.")
    name, rest = match[0], text[match.end() :].strip()
    if name not in STAGES or not rest:
        return stage_from_values(name, {})
    if not rest.startswith("("):
        fields = dataclasses.fields(_data(STAGES[name]))
        return stage_from_values(name, {fields[0].name if fields else rest: _json_or_text(rest)})
    if not rest.endswith(")"):
        raise InputError(f'The stage "{text}" does not end with its bracket: {_EXAMPLE}.')
    values: dict[str, object] = {}
    for pair in _split(rest[1:-1], ",") if rest[1:-1].strip() else ():
        parameter, equals, value = (part.strip() for part in pair.partition("="))
        if not equals or not value:
            raise InputError(f'"{pair.strip()}" in {name} is not like {name}(parameter=value).')
        if parameter in values:
            raise InputError(f"The stage {name} gives {parameter} twice: keep one of the two.")
        values[parameter] = _json_or_text(value)
    return stage_from_values(name, values)


def _split(text: str, separator: str) -> list[str]:
    """`text` cut at each `separator` that stands outside of quotes and brackets."""
    parts, start, depth, quoted, escaped = [], 0, 0, False, False
    for position, character in enumerate(text):
        if quoted:
            quoted = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            quoted = True
        elif character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif character == separator and depth <= 0:
            parts.append(text[start:position])
            start = position + 1
    if quoted:
        raise InputError(f"A quote in {text!r} is not closed: {_EXAMPLE}.")
    return [*parts, text[start:]]


def _json_or_text(text: str) -> object:
    if text.startswith(('"', "[")):
        try:
            value: object = json.loads(text)
        except (json.JSONDecodeError, RecursionError):
            raise InputError(
                f"{text[:40]} is not a text in quotes or a list in brackets, as JSON writes them."
            ) from None
        return value
    return text


def _format_value(value: object) -> str:
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _name_value(stage: str, parameter: str) -> str:
    """What a sentence calls a value: top-p has its p in its name already."""
    return stage if f"-{stage}".endswith(f"-{parameter}") else f"{stage} {parameter}"


def _read_number(what: str, value: object) -> float:
    if isinstance(value, (int, float, str)) and not isinstance(value, bool):
        try:
            return float(value)
        except (ValueError, OverflowError):
            pass
    raise InputError(f"{what} {value!r} is not a number: give one, like 0.5.")


def _read_whole_number(what: str, value: object) -> int:
    number = _read_number(what, value)
    if not number.is_integer() or abs(number) >= 2**31:
        raise InputError(f"{what} {value!r} is not a whole number in range: give one, like 40.")
    return int(number)


def _read_text(what: str, value: object) -> str:
    if not isinstance(value, str):
        raise InputError(f"{what} {value!r} is not a text: give one.")
    return value


def _read_texts(what: str, value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, (list, tuple)) or not all(isinstance(text, str) for text in value):
        raise InputError(f'{what} {value!r} is not a list of texts: give one, like ["\\n", ":"].')
    return tuple(value)


def _read_biases(what: str, value: object) -> tuple[tuple[int, float], ...]:
    pairs = value.replace(",", " ").split() if isinstance(value, str) else None
    if pairs is None or not all(pair.count("=") == 1 for pair in pairs):
        raise InputError(f"{what} {value!r} is not like 15=-inf 29=2.5 (token id = bias).")
    split = [pair.split("=") for pair in pairs]
    return tuple((_read_whole_number(what, t), _read_number(what, bias)) for t, bias in split)


_READERS: Mapping[object, Callable[[str, object], object]] = {
    int: _read_whole_number,
    float: _read_number,
    str: _read_text,
    tuple[str, ...]: _read_texts,
    tuple[tuple[int, float], ...]: _read_biases,
}
_LIKE = {User.name: "without_letter.py"}
