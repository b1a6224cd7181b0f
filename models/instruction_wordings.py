"""The words in which a model is asked, and the solved examples that show it how to answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "ja"]

Example = tuple[str, str]
"""What is given, as the labels of the wording put it, and its answer."""


@dataclass(frozen=True, slots=True)
class Wording:
    """An instruction in one language.

    ask       the message, which the text follows; empty where examples serve chat models too
    task      what stands before the examples
    label     before each text
    answer    before each answer
    examples  texts and answers
    second    before the text after a gap, for joins
    """

    ask: str
    task: str
    label: str
    answer: str
    examples: tuple[Example, ...]
    second: str = ""

    def continue_examples(self, given: str) -> str:
        """Return the examples, and then `given` without its answer."""
        solved = [
            f"{self.label}{example}\n{self.answer}{self._gap(answer)}{answer}"
            for example, answer in self.examples
        ]
        return "\n\n".join([self.task, *solved, f"{self.label}{given}\n{self.answer}"])

    def _gap(self, answer: str) -> str:
        """A space between label and answer, where neither brings its own."""
        return "" if answer.startswith("\n") or self.answer.endswith("：") else " "


def _answer_japanese(what: str) -> str:
    return f"次の文章を{what}ください。できた文章だけを答えてください。"


WORDINGS: dict[str, dict[Language, Wording]] = {
    "rewrite": {
        "en": Wording(
            ask="Rewrite the input text in simple, clear words. Use different words and "
            "shorter sentences, and keep the meaning.",
            task="Each text, rewritten in simple, clear words.",
            label="Text: ",
            answer="Clear:",
            examples=(
                (
                    "Due to the fact that it was raining, we made the decision to stay inside.",
                    "Because of the rain, we stayed in.",
                ),
                (
                    "The letter what he has written to me it was full with mistakes.",
                    "The letter he wrote to me was full of mistakes.",
                ),
                (
                    "It is our intention to effect the repair of the bridge prior to winter.",
                    "We want to repair the bridge before winter.",
                ),
            ),
        ),
        "ja": Wording(
            ask=_answer_japanese("、意味を変えずに、わかりやすく書き直して"),
            task="文章を、わかりやすく書き直す。",
            label="文章：",
            answer="書き直し：",
            examples=(
                (
                    "雨が降っているということがあったため、外出はしないという判断をした。",
                    "雨が降っていたので、外出しないことにした。",
                ),
                (
                    "この機械は、使うことに際して、注意をすることが必要であります。",
                    "この機械を使うときは、注意が必要です。",
                ),
            ),
        ),
    },
    "shorten": {
        "en": Wording(
            ask="Rewrite the input text to make it more concise while preserving its core meaning.",
            task="Each text, and the same in fewer words.",
            label="Text: ",
            answer="Short:",
            examples=(
                (
                    "There are several reasons why the train, which should have come at nine, "
                    "came at ten.",
                    "For several reasons, the train came an hour late.",
                ),
                (
                    "Please remember that you should always lock the door whenever you leave "
                    "the room.",
                    "Always lock the door when you leave.",
                ),
                (
                    "She opened the window, because the air in the room was so bad that it "
                    "gave her a headache.",
                    "The bad air gave her a headache, so she opened the window.",
                ),
            ),
        ),
        "ja": Wording(
            ask=_answer_japanese("、大切なことを残して、短くして"),
            task="文章を、意味を変えずに短くする。",
            label="文章：",
            answer="短縮：",
            examples=(
                (
                    "九時に着くはずだった電車は、いくつかの理由があって、十時に着くことになった。",
                    "電車はいくつかの理由で一時間遅れた。",
                ),
                (
                    "部屋を出るときには、いつでも忘れずに鍵をかけるようにしてください。",
                    "部屋を出るときは鍵をかけてください。",
                ),
            ),
        ),
    },
    "expand": {
        "en": Wording(
            ask="Rewrite the following text with more detail. Make it two or three sentences "
            "longer.",
            task="Each text, and the same with more detail.",
            label="Text: ",
            answer="Long:",
            examples=(
                (
                    "The shop was closed.",
                    "The shop was closed. A handwritten card hung in the door, and behind the "
                    "dusty glass the shelves stood empty.",
                ),
                (
                    "We walked home in the snow.",
                    "We walked home in the snow, slowly, one behind the other. It lay on the "
                    "walls and on the wires, and nobody said a word until we saw the light in "
                    "the kitchen.",
                ),
            ),
        ),
        "ja": Wording(
            ask=_answer_japanese("、くわしく、二、三文長く書き直して"),
            task="文章を、くわしく書く。",
            label="文章：",
            answer="加筆：",
            examples=(
                (
                    "店は閉まっていた。",
                    "店は閉まっていた。戸口には手書きの札が下がり、曇ったガラスの向こうの棚には"
                    "何も残っていなかった。",
                ),
                (
                    "雪の中を歩いて帰った。",
                    "雪の中を、一列になってゆっくり歩いて帰った。塀にも電線にも雪が積もり、"
                    "台所の明かりが見えるまで、だれも口をきかなかった。",
                ),
            ),
        ),
    },
    "english": {
        "en": Wording(
            ask="Translate the following text into English. Answer with the translation only.",
            task="Each text, and the same in English.",
            label="Text: ",
            answer="English:",
            examples=(
                ("Il fait beau aujourd'hui.", "The weather is fine today."),
                (
                    "Zum Bahnhof geht man zehn Minuten.",
                    "It takes ten minutes to walk to the station.",
                ),
            ),
        ),
        "ja": Wording(
            ask="次の文章を英語に訳してください。訳文だけを答えてください。",
            task="日本語の文章と、その英訳。",
            label="日本語：",
            answer="English:",
            examples=(
                ("今日は天気がいいです。", "The weather is fine today."),
                ("駅までは歩いて十分かかる。", "It takes ten minutes to walk to the station."),
                (
                    "父は古い時計を直すのが好きだった。",
                    "My father liked to repair old clocks.",
                ),
            ),
        ),
    },
    "japanese": {
        "en": Wording(
            ask="Translate the following text into Japanese. Answer with the translation only.",
            task="English texts, and the same in Japanese.",
            label="English: ",
            answer="日本語：",
            examples=(
                ("The weather is fine today.", "今日は天気がいいです。"),
                ("It takes ten minutes to walk to the station.", "駅までは歩いて十分かかる。"),
                (
                    "My father liked to repair old clocks.",
                    "父は古い時計を直すのが好きだった。",
                ),
            ),
        ),
        "ja": Wording(
            ask="次の文章を自然な日本語に訳してください。訳文だけを答えてください。",
            task="文章を、自然な日本語にする。",
            label="文章：",
            answer="日本語：",
            examples=(
                ("私はそれを知らないのことです。", "私はそれを知りません。"),
                ("本は机の上にあるをしている。", "本は机の上にある。"),
            ),
        ),
    },
    "titles": {
        "en": Wording(
            ask="",
            task="Each text, and three titles for it.",
            label="Text: ",
            answer="Titles:",
            examples=(
                (
                    "The bakery on the corner opens at four in the morning. By six, every loaf "
                    "is gone.",
                    "\n1. Gone by Six\n2. The Corner Bakery\n3. Bread Before Dawn",
                ),
                (
                    "He learned to swim at sixty, in a cold lake, with his granddaughter "
                    "watching from the pier.",
                    "\n1. Late to the Water\n2. Swimming at Sixty\n3. The Cold Lake",
                ),
            ),
        ),
        "ja": Wording(
            ask="",
            task="文章と、その題名の案を三つ。",
            label="文章：",
            answer="題名：",
            examples=(
                (
                    "角のパン屋は朝の四時に開く。六時には、もう一つも残っていない。",
                    "\n1. 六時には売り切れ\n2. 角のパン屋\n3. 夜明け前のパン",
                ),
                (
                    "祖父は六十歳で泳ぎを覚えた。冷たい湖で、孫が桟橋から見ていた。",
                    "\n1. 六十歳の水泳\n2. 冷たい湖\n3. 桟橋の孫",
                ),
            ),
        ),
    },
    "join": {
        "en": Wording(
            ask="",
            task="What stands before and after a gap in a text, and the sentence between.",
            label="Before: ",
            second="After: ",
            answer="Between:",
            examples=(
                (
                    "She packed her bag in the dark.\nAfter: The train left without her.",
                    "On the stairs she stopped to listen, and she stood there too long.",
                ),
                (
                    "The soup was ready at noon.\nAfter: They ate it cold, without a word.",
                    "But the guests lost their way, and came two hours late.",
                ),
                (
                    "He bought the house for its garden.\nAfter: Now he grows pears, and gives "
                    "most of them away.",
                    "The first two winters killed everything that he had planted.",
                ),
            ),
        ),
        "ja": Wording(
            ask="",
            task="文章の前と後と、そのあいだに入る一文。",
            label="前：",
            second="後：",
            answer="あいだ：",
            examples=(
                (
                    "彼女は暗いうちに荷物をまとめた。\n後：列車は彼女を乗せずに出ていった。",
                    "階段で耳を澄まして、そこに長く立ちすぎた。",
                ),
                (
                    "昼には汁ができていた。\n後：みな黙って、冷めたのを飲んだ。",
                    "ところが客は道に迷い、二時間遅れて来た。",
                ),
            ),
        ),
    },
}
