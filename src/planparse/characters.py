"""The explicit character table of normalisation.

Not NFKC: that turns ① into 1 and ㈠ into (一), which would destroy item labels.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from planparse.cache import compiled
from planparse.traditional import TRADITIONAL

_FULL_WIDTH = {chr(0xFF00 + i): chr(0x20 + i) for i in (*range(0x10, 0x1A), *range(0x21, 0x3B), *range(0x41, 0x5B))}
_SIGNS = {
    "％": "%",
    "﹪": "%",
    "＋": "+",
    "－": "-",
    "．": ".",
    "／": "/",
    "〜": "～",
    "∼": "～",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "‒": "–",
    "─": "—",
    "━": "—",
    "＂": "”",
    "∶": ":",
    "﹣": "-",
    "\uf0a3": "≤",  # the Symbol font's codes, where a writer kept no font
    "\uf0b3": "≥",
    "\uf0b4": "×",
    "\uf0bb": "≈",
}
_HALF_WIDTH = {"(": "（", ")": "）", ";": "；", "!": "！", "?": "？", "[": "［", "]": "］"}
_COMPATIBILITY = {
    c: folded
    for c in map(chr, (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)))
    if len(folded := unicodedata.normalize("NFKC", c)) == 1 and folded != c
}
_SIMPLIFIED = (
    "⺠民⻁虎⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⼾户"
)
RADICALS = {**_COMPATIBILITY, **dict(zip(_SIMPLIFIED[::2], _SIMPLIFIED[1::2], strict=True))}
"""The hanzi that a radical or a compatibility ideograph stands for: fonts draw both with one glyph, so that text layers
made from glyphs name the wrong one."""

_QUOTES = {"「": "“", "」": "”", "『": "‘", "』": "’", "﹁": "“", "﹂": "”"}
FOLD = {**_FULL_WIDTH, **_SIGNS, **_HALF_WIDTH, **TRADITIONAL, **RADICALS, **_QUOTES}
"""One character to one character, so that offsets stay: full-width digits and letters become half-width, brackets
and sentence punctuation full-width, radicals and compatibility ideographs the hanzi they stand for, traditional
characters simplified."""

_IN_A_NUMBER = [
    (chars, compiled(pattern), folded)
    for chars, pattern, folded in (
        (
            "○◯",
            r"(?<=[〇一二三四五六七八九][○◯]?[ \u3000]?)[○◯](?=[ \u3000]?[○◯]?[ \u3000]?[〇一二三四五六七八九十年])",
            "〇",
        ),  # 二○○八, 二 ○ 一 二
        ("OoОо0", r"(?<=[〇一二三四五六七八九][OoОо0]?)[OoОо0](?=[OoОо0]?[〇一二三四五六七八九十年])", "〇"),
        ("\ue010", r"(?<=\d)\ue010(?=\d)", "."),  # the fonts of Founder's typesetters: period, minus and dash
        ("\ue011", r"\ue011(?=\d)", "-"),
        ("\ue012", r"(?<=[\d%年月日])\ue012(?=\d)", "—"),
        ("：", r"(?<=\d)：(?=\d)", ":"),
        ("，", r"，(?=\d{3}(?:，\d{3})*(?![\d，]))(?<=(?<![\d.，])[1-9]\d{0,2}(?:，\d{3})*，)", ","),  # 4，565
    )
]
"""What a character stands for between digits only."""

_TABLE = str.maketrans(FOLD)
_SOMETIMES = re.compile(f"[{''.join(chars for chars, _, _ in _IN_A_NUMBER)}]")
FEW = 100  # characters, of which none is looked for
MANY = 40  # characters to fold; a text in traditional script has hundreds, and one pass is then faster

SHORT = 5000  # characters, for which a pattern of thousands of characters is not worth being made

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED_LETTERS = "ᵃᵇᶜᵈᵉᶠᵍʰ"
_NARROW = re.compile(r"[\x00-\u2000\u2002\u2004-\u200a\u202f\u205f]+")
_SEEN = compiled(r"[^\n\r\f]")

VEIL = "\ufdd0"  # stands for what is veiled: no character of any text
INVISIBLE = frozenset("\ufeff\u200b\u200c\u200d\u2060\u00ad\ufffe" + VEIL)
BLANKS = " \t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""What sets words or lines in: every space of Unicode, whatever its width."""
SUPERSCRIPTS = str.maketrans("0123456789", RAISED)
"""Raised figures are none of the line's: 20km² is not 20km2, nor the mark of a note a digit of what stands before."""
_LETTERS = str.maketrans("abcdefgh", RAISED_LETTERS)
CLOSERS = frozenset("”’）》】〕」』")
TERMINAL = frozenset("。！？；：…")


def raised(text: str) -> str:
    """What is set raised, so that it is seen to be: figures, and a single letter, the mark of a note to a table.

    >>> raised("2"), raised("a"), raised("th")
    ('²', 'ᵃ', 'th')
    """
    return text.translate(_LETTERS if len(text.strip()) == 1 else {}).translate(SUPERSCRIPTS)


def foldable(text: str) -> set[str]:
    """The characters of a text that others stand for."""
    return set(_foldable().findall(text)) if len(text) > SHORT else set(FOLD.keys() & set(text))


@cache
def _foldable() -> Any:
    """Every character that is folded: thousands, so that the pattern is kept between runs."""
    return compiled(f"[{re.escape(''.join(FOLD))}]")


def fold(text: str) -> str:
    """The text with every character folded, position by position.

    >>> fold("（１）覆盖率９５％;"), fold("二○二五年增長4，565萬元")
    ('（1）覆盖率95%；', '二〇二五年增长4,565万元')
    """
    found = foldable(text) if len(text) > FEW else ()
    if len(text) <= FEW or len(found) > MANY:
        text = text.translate(_TABLE)
    else:
        for char in found:
            text = text.replace(char, FOLD[char])
    for chars, pattern, folded in _IN_A_NUMBER if _SOMETIMES.search(text) else ():
        if any(map(text.__contains__, chars)):
            text = pattern.sub(folded, text)
    return text


def veil(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with spans of it invisible, position by position; line ends stay.

    >>> veil("**新建**5所", [(0, 2), (4, 6)]).replace(VEIL, "·")
    '··新建··5所'
    """
    pieces, last = [], 0
    for start, end in sorted(spans):
        if end > last:
            start = max(start, last)
            pieces += [text[last:start], _SEEN.sub(VEIL, text[start:end])]
            last = end
    return "".join(pieces) + text[last:] if pieces else text


def columns(text: str) -> int:
    """The width on paper: a hanzi is two columns, a Latin letter or digit one.

    >>> columns("到 2025年")
    9
    """
    return 2 * (len(text) - text.count(VEIL)) - sum(map(len, _NARROW.findall(text)))
