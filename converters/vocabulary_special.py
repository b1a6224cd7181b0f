"""Finds the special tokens of a checkpoint, whether text begins and ends with them, its template.

Follows `SpecialVocab` of the package gguf as llama-cpp-python 0.3.36 carries it. (The package on
the index has other releases, which give other keys.) Two differences: a token that is given as an
object counts as its content everywhere, and an id that is no token's is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from converters.checkpoint import Checkpoint
from converters.json_file import read_text, shorten
from models.errors import InputError

MAX_TEMPLATE_BYTES = 2**20  # as in models.gguf_header
KINDS = ("bos", "eos", "unk", "sep", "pad", "cls", "mask")


@dataclass(slots=True)
class SpecialTokens:
    """Each in the order in which llama.cpp's converter writes them."""

    ids: dict[str, int] = field(default_factory=dict)
    """By kind: bos, eos, ..."""
    added: dict[str, bool] = field(default_factory=dict)
    """Whether the tokenizer adds the token of a kind by itself."""
    templates: dict[str, str] = field(default_factory=dict)
    """Chat templates by name; that of most models is `default`."""


def find_special_tokens(checkpoint: Checkpoint, size: int) -> SpecialTokens:
    """Read tokenizer.json, tokenizer_config.json and config.json. Raises InputError."""
    special = SpecialTokens()
    config = checkpoint.read_optional("tokenizer_config.json").values
    tokens = {kind: text for kind in KINDS if (text := _read_content(config.get(f"{kind}_token")))}
    tokenizer = checkpoint.read_optional("tokenizer.json").values
    if tokenizer:
        tokens.setdefault("bos", tokens.get("cls", ""))
        tokens.setdefault("eos", tokens.get("sep", ""))
        processor = tokenizer.get("post_processor")
        parts = processor.get("processors", [processor]) if isinstance(processor, dict) else []
        for part in parts if isinstance(parts, list) else []:
            if not isinstance(part, dict):
                continue
            if part.get("type") == "ByteLevel":
                special.added.setdefault("bos", False)
                special.added.setdefault("eos", False)
            elif part.get("type") == "TemplateProcessing":
                _read_template_processing(part, tokens, special.added)
    kinds = [*KINDS, *(kind for kind in ("eot", "eom") if kind in tokens)]
    if config:
        special.templates = _read_templates(checkpoint)
        known = _list_added(tokenizer)
        for kind in kinds:
            adds = config.get(f"add_{kind}_token")
            if isinstance(adds, bool):
                special.added.setdefault(kind, adds)
            if (token_id := known.get(tokens.get(kind, ""))) is not None and token_id < size:
                special.ids.setdefault(kind, token_id)
    of_text = checkpoint.config.section("text_config").values  # of a model that reads images, too
    for kind in kinds:
        name = f"{kind}_token_id"
        number = checkpoint.config.values.get(name)
        number = of_text.get(name) if number is None else number
        if isinstance(number, int) and not isinstance(number, bool) and 0 <= number < size:
            special.ids.setdefault(kind, number)
    return special


def _read_content(entry: object) -> str:
    """The text of a token that is given as text or as an object."""
    content = entry.get("content") if isinstance(entry, dict) else entry
    return content if isinstance(content, str) else ""


def _list_added(tokenizer: Mapping[str, object]) -> dict[str, int]:
    entries = tokenizer.get("added_tokens")
    found: dict[str, int] = {}
    for entry in entries if isinstance(entries, list) else []:
        match entry:
            case {"content": str(content), "id": int(token_id)} if token_id >= 0:
                found.setdefault(content, token_id)
    return found


def _read_template_processing(
    part: Mapping[str, object], tokens: dict[str, str], added: dict[str, bool]
) -> None:
    """Read from a template for one text, and for two, what the tokenizer puts around them."""
    single, pair = _list_items(part.get("single")), _list_items(part.get("pair"))
    first = last = ""
    if len(single) > 1:
        if first := single[0][1]:
            for kind in ("bos", "cls"):
                if not tokens.get(kind) and first not in (tokens.get("bos"), tokens.get("cls")):
                    tokens[kind] = first
            added["bos"] = first in (tokens.get("bos"), tokens.get("cls"))
        if last := single[-1][1]:
            if last != tokens.get("eos"):
                end_of_turn = "eom" if "eot" in tokens else "eot"
                tokens[end_of_turn] = tokens.get("eos", "")
                tokens["eos"] = last
            added["eos"] = True
    start = 1 if pair and first and pair[0][1] == first else 0
    stop = -1 if pair and last and pair[-1][1] == last else None
    match pair[start:stop]:
        case [("A", _), *between, ("B", _)] if between:
            ends = [text in (tokens.get("sep"), tokens.get("eos")) for _, text in between]
            added["sep"] = (ends[0] and not last) or (len(ends) == 2 and ends[1])


def _list_items(template: object) -> list[tuple[str, str]]:
    """A template's items as (name of the text, special token), one of them empty."""
    items = []
    for item in template if isinstance(template, list) else []:
        match item:
            case {"Sequence": {"id": str(name)}}:
                items.append((name, ""))
            case {"SpecialToken": {"id": str(text)}}:
                items.append(("", text))
            case _:
                raise InputError(
                    f"tokenizer.json has {shorten(item)} in a template: download it again."
                )
    return items


def _read_templates(checkpoint: Checkpoint) -> dict[str, str]:
    """The chat templates: of tokenizer_config.json, or in a file of their own."""
    given = checkpoint.read_optional("tokenizer_config.json").values.get("chat_template")
    file = checkpoint.folder / "chat_template.jinja"
    if given is None and file.is_file():
        more = sorted((checkpoint.folder / "additional_chat_templates").glob("*.jinja"))
        return {"default": read_text(file, MAX_TEMPLATE_BYTES)} | {
            path.stem: read_text(path, MAX_TEMPLATE_BYTES) for path in more
        }
    if given is None:
        given = checkpoint.read_optional("chat_template.json").values.get("chat_template")
    if isinstance(given, str):
        return {"default": _check_template(given)}
    templates = {}
    for entry in given if isinstance(given, list) else []:
        match entry:
            case {"name": str(name), "template": str(template)} if name:
                templates[name] = _check_template(template)
    return templates


def _check_template(template: str) -> str:
    if len(template) > MAX_TEMPLATE_BYTES:
        raise InputError("The chat template is larger than 1 MiB: download its file again.")
    return template
