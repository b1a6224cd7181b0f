"""How a model is asked: a base model by solved examples, a chat model by a message.

The choices of a question are not shown to the model. How probable it holds each is measured behind
the solved examples, for chat models too. A small model finds the right one better so: of twelve
questions the starter chose eleven with the choices hidden, six and four with them listed and
lettered; of the 31 with choices in the English set 21 behind examples, 12 behind a message.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.instructions import find_language, flatten
from models.questions.question_file import Question

_CHAT = {
    "en": "Answer the question. Give the answer alone, in a few words.",
    "ja": "次の質問に答えてください。答えだけを短く書いてください。",
}
_LABELS = {"en": ("Question: ", "Answer:", " "), "ja": ("質問：", "答え：", "")}
_EXAMPLES = {  # none of them is in a set that ships
    "en": (
        ("What color is fresh snow?", "White"),
        ("Which insects make honey?", "Bees"),
        ("How many minutes are there in two hours?", "120"),
        ("In which city does the Eiffel Tower stand?", "Paris"),
    ),
    "ja": (
        ("雪は何色ですか。", "白"),
        ("はちみつを作る昆虫は何ですか。", "ミツバチ"),
        ("二時間は何分ですか。", "120分"),
        ("エッフェル塔はどの都市にありますか。", "パリ"),
    ),
}


@dataclass(frozen=True, slots=True)
class QuestionPrompt:
    """What the engine is to continue, as a message or as a text; an answer ends before `stop`.

    `gap` stands between the prompt and an answer that is put after it.
    """

    text: str
    chat: bool
    gap: str
    stop: tuple[str, ...] = ("\n",)


def build_prompt(question: Question, *, chat: bool) -> QuestionPrompt:
    """Return the prompt that asks a question, as a message (`chat`) or behind solved examples.

    The words around a Japanese question are Japanese.
    """
    asked = flatten(question.question)
    language = find_language(asked)
    if chat:
        return QuestionPrompt(f"{_CHAT[language]}\n\n{asked}", True, "")
    label, answer, gap = _LABELS[language]
    solved = [f"{label}{example}\n{answer}{gap}{said}" for example, said in _EXAMPLES[language]]
    return QuestionPrompt("\n\n".join([*solved, f"{label}{asked}\n{answer}"]), False, gap)
