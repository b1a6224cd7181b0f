"""What the photographed documents say."""

ENGLISH = """# Why a lighthouse keeps its own time

The keeper wound the clock every evening at six, not because he needed the hour, but because the \
lamp did. Ships do not ask a lighthouse what day it is. They ask only whether the dark is the \
*usual* dark.

In winter the mail boat came twice a month, and with it a bundle of newspapers that had already"""

JAPANESE = """# 灯台が自分の時間を持つ理由

灯台守は毎晩六時に時計を巻いた。時刻が必要だったからではない。灯りがそれを必要としたからだ。船は灯台に\
今日が何日かを尋ねない。ただ、この闇が**いつもの闇**かどうかを尋ねるだけである。

## 冬の郵便船

冬になると、郵便船は月に二度しか来なかった。船が置いていくのは、もう誰もが忘れた知らせの載った新聞の束と、\
缶詰と、油の入った樽だった。彼は新聞を日付の順に並べ、一日に一枚ずつ読んだ。そうすれば、島の上でも毎日が\
新しい日になるからである。

嵐の夜には、風が塔の窓を叩き、時計の音も聞こえなくなった。それでも彼は六時になると階段を上り、重い鍵を回した。\
時計が止まれば、灯りも止まる。灯りが止まれば、海は本当の夜になる。

春が近づくと、"""

BROKEN_SAMPLER = '''"""Favours short tokens."""


def sample(logits, tokens, pieces):
    lengths = [len(piece) for piece in pieces]
    best = min(lengths[token] for token in favourites)
    return logits - best
'''
