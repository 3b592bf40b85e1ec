"""The explicit character table of normalisation.

Not NFKC: that turns ① into 1 and ㈠ into (一), which would destroy item labels.
"""

from __future__ import annotations

import unicodedata

from planparse.cache import compiled

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
_KANGXI = {
    chr(c): folded
    for c in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))
    if len(folded := unicodedata.normalize("NFKC", chr(c))) == 1 and folded != chr(c)
}

FOLD = {**_FULL_WIDTH, **_SIGNS, **_HALF_WIDTH, **_KANGXI}
"""One character to one character, so that offsets stay: full-width digits and letters become half-width, brackets
and sentence punctuation full-width, Kangxi radicals and compatibility ideographs the hanzi they stand for."""

_NARROW = compiled(r"[\x00-\u2000]+")

INVISIBLE = frozenset("\ufeff\u200b\u200c\u200d\u2060\u00ad\ufffe")
CLOSERS = frozenset("”’）》】〕」』")
TERMINAL = frozenset("。！？；：…")


def fold(text: str) -> str:
    """The text with every character folded, position by position.

    >>> fold("（１）覆盖率９５％;")
    '（1）覆盖率95%；'
    """
    for char in FOLD.keys() & set(text):
        text = text.replace(char, FOLD[char])
    return text


def columns(text: str) -> int:
    """The width on paper: a hanzi is two columns, a Latin letter or digit one.

    >>> columns("到 2025年")
    9
    """
    return 2 * len(text) - sum(map(len, _NARROW.findall(text)))
