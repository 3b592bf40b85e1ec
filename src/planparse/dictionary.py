"""The words of jieba's dictionary and of the rules' own lexicon, each with how likely it is.

Parsing the 350,000 lines of jieba's takes half a second. It is done once and kept in the private cache; from there a
text loads the words that it may hold. Of jieba nothing but that file is used: its code would only be imported to read
it, and its own cache file in the shared temporary folder is one that anyone could have planted there.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from math import inf, log
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from planparse import cache as kept
from planparse.lexicon import roles
from planparse.rules import words as word_list

LEXICON_FREQUENCY = 20_000  # of a corpus of 60 million: enough for 得分|为 to win over 得|分为


class Beginning(NamedTuple):
    """The words that can begin with two characters: the first alone, both, and longer ones by their length. Each is
    given by the logarithm of its share of all words; what is no word has none."""

    alone: float
    both: float = -inf
    longer: Sequence[tuple[int, dict[str, float]]] = ()


class Dictionary(dict[str, Beginning]):
    """The words that can begin with two characters, or with one at an end. What has not been asked for yet is looked up
    in a file.

    The file holds the sum of all frequencies and the number of pairs, the pairs in order as 64-bit numbers, where the
    words of each end as 32-bit numbers, and the words: `新增=243,新增长=12`. A word of one character is a pair, too.
    """

    def __init__(self, content: bytes | memoryview) -> None:
        """ValueError or TypeError when the content is something else."""
        super().__init__()
        view = memoryview(content)
        total, count = view[:16].cast("Q")
        self.pairs = view[16 : 16 + 8 * count].cast("Q")
        self.ends = view[16 + 8 * count : 16 + 12 * count].cast("I")
        self.lines = view[16 + 12 * count :]
        if not total or len(self.ends) != count or self.ends[-1] != len(self.lines):
            raise ValueError("no dictionary")
        self.total = log(total)

    def __missing__(self, pair: str) -> Beginning:
        self[pair] = found = self._begin(pair)
        return found

    def _begin(self, pair: str) -> Beginning:
        words = self._read(_number(pair))
        if len(pair) == 1:
            return Beginning(words.get(pair, -inf))
        if not words:
            return self[pair[0]]
        both = words.pop(pair, -inf)
        longer = groupby(sorted(words, key=len), len)
        return Beginning(
            self[pair[0]].alone, both, [(length, {word: words[word] for word in group}) for length, group in longer]
        )

    def _read(self, number: int) -> dict[str, float]:
        """The words of a pair, whole."""
        i = bisect_left(self.pairs, number)
        if i == len(self.pairs) or self.pairs[i] != number:
            return {}
        line = bytes(self.lines[self.ends[i - 1] if i else 0 : self.ends[i]]).decode()
        entries = (entry.split("=") for entry in line.split(","))
        return {word: log(int(frequency)) - self.total for word, frequency in entries}

    @staticmethod
    def pack(words: dict[str, int], total: int) -> bytes:
        """The content of the file for these words."""
        pairs, ends, lines = array("Q"), array("I"), bytearray()
        for pair, group in groupby(sorted(words), key=itemgetter(slice(2))):
            pairs.append(_number(pair))
            lines += ",".join([f"{word}={words[word]}" for word in group]).encode()
            ends.append(len(lines))
        return array("Q", [total, len(pairs)]).tobytes() + pairs.tobytes() + ends.tobytes() + lines


def _number(pair: str) -> int:
    return (ord(pair[0]) << 32) + (ord(pair[1]) if len(pair) > 1 else 0)


@cache
def dictionary() -> Dictionary:
    """The dictionary, from the cache where it is kept."""
    source = _source()
    status = source.stat()
    name = f"words-{kept.digest(source, status.st_mtime_ns, status.st_size, _own_words())}"
    try:
        return Dictionary(kept.open_file(name) or b"")
    except (TypeError, ValueError):
        content = Dictionary.pack(*_count(source))
        kept.store(name, content)
        return Dictionary(content)


def _source() -> Path:
    """jieba's dictionary, found without importing jieba."""
    spec = find_spec("jieba")
    return Path(spec.submodule_search_locations[0]) / "dict.txt"  # type: ignore[union-attr,index]


def _count(source: Path) -> tuple[dict[str, int], int]:
    """How often each word of the file and of the lexicon stands in jieba's corpus, and their sum."""
    words: dict[str, int] = {}
    total = 0
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            word, frequency, _ = line.split(" ", 2)
            words[word] = int(frequency)
            total += words[word]
    for word in _own_words():
        words[word] = max(LEXICON_FREQUENCY, words.get(word, 0))
        total += words[word]
    return words, total


def _own_words() -> list[str]:
    """The words of the lexicon, those of one character apart."""
    return sorted(word for word in roles().keys() | word_list("noun") if len(word) > 1)
