"""What a person asks of a selection: rewrite it, shorten it, translate it, name it, join its ends.

A chat model gets a message. A base model gets solved examples and goes on with the next one; so
does a chat model for titles and joins, where the starter copies the message or its examples, and
completes the examples better than it answers. Which wording is asked for depends on the language of
the text: Japanese text has Japanese examples.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.errors import InputError
from models.instruction_wordings import WORDINGS, Language, Wording

TITLES = 3
NEAREST = 1500  # characters of the text on each side of a gap that a join looks at
FLOOR = 64  # tokens that an answer may have, however short the text
TOKENS_A_BYTE: dict[Language, float] = {
    "en": 0.35,
    "ja": 0.8,
}  # of UTF-8; the starter's, rounded up


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the engine is to continue, as a message or as a text; at most `tokens` are written."""

    text: str
    chat: bool
    stop: tuple[str, ...]
    tokens: int


@dataclass(frozen=True, slots=True)
class Instruction:
    """One thing to ask of a text. `longer` is how long an answer may be, in lengths of the text."""

    id: str
    longer: float
    wordings: dict[Language, Wording]

    def build(
        self,
        text: str,
        before: str = "",
        after: str = "",
        language: Language | None = None,
        *,
        chat: bool,
    ) -> Prompt:
        """Return the prompt that asks this of `text`, of a model that takes messages or not.

        `before` and `after` are what stands around it; only `join` asks about them, and needs
        them instead of a text. Raises InputError where what is needed is not there.
        """
        joins = self.id == "join"
        if joins and not (before.strip() and after.strip()):
            raise InputError("There is nothing to join: put the cursor between two texts.")
        if not joins and not text.strip():
            raise InputError("There is no text: select some first.")
        language = language or find_language(text or before)
        wording = self.wordings[language]
        if joins:
            given = f"{flatten(before[-NEAREST:])}\n{wording.second}{flatten(after[:NEAREST])}"
        else:
            given = text.strip()
        size_bytes = 0 if joins else len(given.encode("utf-8", "replace"))
        tokens = FLOOR + int(self.longer * size_bytes * TOKENS_A_BYTE[language])
        if chat and wording.ask:
            return Prompt(f"{wording.ask}\n\n{given}", True, (), tokens)
        several = self.id == "titles" or ("\n" in given and not joins)
        stop = f"\n\n{wording.label.strip()}" if several else "\n"
        start = wording.continue_examples(given) + ("\n1." if self.id == "titles" else "")
        return Prompt(start, False, (stop,), tokens)

    def clean(self, answer: str) -> str:
        """Return an answer without what models put around it; titles one to a line."""
        if self.id == "titles":
            return "\n".join(read_titles(answer))
        return clean_answer(answer)


def find_language(text: str) -> Language:
    """Return "ja" for a text of which a tenth or more is kana or kanji, else "en"."""
    japanese = sum("\u3040" <= character <= "\u30ff" for character in text)
    japanese += sum("\u4e00" <= character <= "\u9fff" for character in text)
    return "ja" if 10 * japanese >= max(1, len(text)) else "en"


def flatten(text: str) -> str:
    """Return `text` in one line: an example ends with its line."""
    return " ".join(text.split())


PREAMBLE = re.compile(
    r"\A(?:(?:sure|certainly|of course|absolutely)(?:!|[,.]? (?=here\b))[ \t]*\n*)?"
    r"(?:here(?:'s|’s| is| are)\b[^\n:]{0,60}\b(?:text|version|sentences?|paragraph|translation"
    r"|titles?|summary|rewrite|answer)\b[^\n:]{0,60}:\s*)?",
    re.IGNORECASE,
)
PREAMBLE_JA = re.compile(
    r"\A(?:はい、|もちろんです。|承知しました。|かしこまりました。)*(?:以下[^\n：:]{0,60}[：:。]\s*)?"
)
ANSWER_LABEL = re.compile(
    r"\A\W{0,2}(?:(?:the )?(?:rewritten|revised|shortened|shorter|expanded|translated|new)"
    r" (?:text|version|sentence)|answer|output|rewrite|clear|short|long|translation|english"
    r"|japanese|between|書き直し|短縮|加筆|訳文|訳|英語|日本語|答え)\W{0,2}[:：]\W{0,2}\s*(?=\S)",
    re.IGNORECASE,
)
AFTERWORD = re.compile(
    r"\n\s*\n\W{0,2}(?:explanation\b|note\b|i hope\b|let me know\b|please let\b|rewritten text\b"
    r"|(?:in )?this (?:sentence|version|rewrite|translation)\b|the original\b|these are\b"
    r"|説明|注[：:]|この訳|※).*\Z",
    re.IGNORECASE | re.DOTALL,
)
QUOTES = (('"', '"'), ("“", "”"), ("「", "」"), ("『", "』"), ("'", "'"), ("‘", "’"), ("**", "**"))
LIST_MARK = re.compile(
    r"\A\s*(?:title )?(?:[-*•・]\s+|#+\s+|[(（]?[0-9０-９]{1,2}[.)）．、:：]\s*)+", re.IGNORECASE
)


def clean_answer(answer: str) -> str:
    """Return what was asked for, out of an answer: no "Here is ...:", no label, no quotes around
    it, no explanation after it.
    """
    text = answer.strip()
    text = AFTERWORD.sub("", text)
    for start in (PREAMBLE, PREAMBLE_JA, ANSWER_LABEL):
        text = start.sub("", text, count=1) or text
    return unquote(text.strip())


def unquote(text: str) -> str:
    """Return `text` without one pair of quotes that stands around the whole of it."""
    for opening, closing in QUOTES:
        inner = text[len(opening) : -len(closing)]
        wraps = text.startswith(opening) and text.endswith(closing) and inner.strip()
        if wraps and opening not in inner and closing not in inner:
            return inner.strip()
    return text


def read_titles(answer: str) -> list[str]:
    """Return up to three different titles out of an answer, without numbers and quotes.

    Lines that are sentences about the titles are passed over: those that end with a colon, and in
    a numbered answer those without a number.
    """
    lines = [line.strip() for line in answer.strip().splitlines() if line.strip()]
    if sum(bool(LIST_MARK.match(line)) for line in lines[1:]):  # the first may go on from "1."
        lines = [line for i, line in enumerate(lines) if i == 0 or LIST_MARK.match(line)]
    titles: list[str] = []
    for line in lines:
        title = unquote(LIST_MARK.sub("", line).strip())
        if title and not title.endswith((":", "：")) and title not in titles:
            titles.append(title)
    return titles[:TITLES]


def find_instruction(instruction_id: str) -> Instruction:
    """Return an instruction by its id. Raises InputError for one that there is not."""
    for instruction in INSTRUCTIONS:
        if instruction.id == instruction_id:
            return instruction
    known = ", ".join(instruction.id for instruction in INSTRUCTIONS)
    raise InputError(f"There is no instruction {instruction_id}: choose one of {known}.")


INSTRUCTIONS = tuple(
    Instruction(instruction_id, longer, WORDINGS[instruction_id])
    for instruction_id, longer in (
        ("rewrite", 1.5),
        ("shorten", 1.0),
        ("expand", 3.5),
        ("english", 1.5),
        ("japanese", 4.0),
        ("titles", 0.2),
        ("join", 0.0),
    )
)
