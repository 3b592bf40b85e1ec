"""The boundaries of words: of all ways to cut a text the likeliest, as jieba finds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import inf

from planparse.dictionary import dictionary

_BLOCK = re.compile(r"([\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+)|(?s:.)")  # what may hold words, or a mark
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def cut(text: str) -> list[str]:
    """The words of a short text, in order; joined they give the text back.

    Without guesses at unknown words: they would swallow the prepositions that end a name.

    >>> cut("新增学位")
    ['新增', '学位']
    """
    return list(_pieces(text))


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[str, ...]:
    pieces: list[str] = []
    for block in _BLOCK.finditer(text):
        pieces += _words(block[0]) if block[1] else block[0]
    return tuple(pieces)


def _words(block: str) -> Iterable[str]:
    """The words whose shares of all texts have the greatest product, longer ones first among equals."""
    known = dictionary()
    rare = -known.total  # the share of a character that is no word: of one that was met once
    size = len(block)
    likely, ends = [0.0] * (size + 2), [0] * size
    for i in range(size - 1, -1, -1):
        alone, both, longer = known[block[i : i + 2]]
        best, end = alone + likely[i + 1], i + 1
        if both + likely[i + 2] >= best:
            best, end = both + likely[i + 2], i + 2
        for length, shares in longer:
            share = shares.get(block[i : i + length])
            if share is not None and share + likely[i + length] >= best:
                best, end = share + likely[i + length], i + length
        if best == -inf:
            best, end = rare + likely[i + 1], i + 1
        likely[i], ends[i] = best, end
    words = []
    start = 0
    while start < size:
        words.append(block[start : ends[start]])
        start = ends[start]
    return words if _LATIN.isdisjoint(words) else _joined(words)


def _joined(words: list[str]) -> Iterator[str]:
    """The words, Latin letters and figures that are none together."""
    latin = ""
    for word in words:
        if word in _LATIN:
            latin += word
            continue
        if latin:
            yield latin
            latin = ""
        yield word
    if latin:
        yield latin
