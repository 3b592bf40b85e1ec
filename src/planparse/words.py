"""jieba behind one door: word boundaries for indicator names, with the rules' own lexicon.

Parsing jieba's dictionary of 350,000 words takes a second. It is done once and kept in the private cache; from there a
text loads the words that it may hold, which jieba looks up as ever.
jieba's own cache file in the shared temporary folder is neither read nor written: anyone could have planted it there.
"""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from importlib import import_module
from itertools import groupby, pairwise
from operator import itemgetter
from types import ModuleType
from typing import Any

from planparse import cache as kept
from planparse._version import __version__
from planparse.lexicon import roles, words
from planparse.rules import words as word_list
from planparse.ruleset import BASE, per_ruleset, recent_per_ruleset, using

_LOCK = threading.Lock()
LEXICON_FREQUENCY = 20_000  # of a corpus of 60 million: enough for 得分|为 to win over 得|分为
RARE = 5  # times in that corpus: 引进人才 stands in the dictionary with 3, 建设项目 with 35


class Dictionary:
    """jieba's words and their frequencies, looked up in a file by their first two characters.

    The file holds the sum of all frequencies and the number of pairs, the pairs in order as 64-bit numbers, where the
    words of each end as 32-bit numbers, and the words: `新增=243,新增长=0`. A beginning that is no word itself has
    frequency 0, as jieba wants it.
    """

    def __init__(self, content: bytes | memoryview) -> None:
        """ValueError or TypeError when the content is something else."""
        view = memoryview(content)
        self.total, count = view[:16].cast("Q")
        self.pairs = view[16 : 16 + 8 * count].cast("Q")
        self.ends = view[16 + 8 * count : 16 + 12 * count].cast("I")
        self.lines = view[16 + 12 * count :]
        if not self.total or len(self.ends) != count or self.ends[-1] != len(self.lines):
            raise ValueError("no dictionary")
        self.seen: set[str] = set()
        self.words: dict[str, int] = {}

    def load(self, text: str) -> None:
        """Makes sure of the words that a text may hold: those that begin with two of its characters, or are one."""
        for pair in {*text, *map("".join, pairwise(text))} - self.seen:
            self.seen.add(pair)
            i = bisect_left(self.pairs, _number(pair))
            if i < len(self.pairs) and self.pairs[i] == _number(pair):
                line = bytes(self.lines[self.ends[i - 1] if i else 0 : self.ends[i]]).decode()
                for entry in line.split(","):
                    word, _, frequency = entry.partition("=")
                    self.words[word] = int(frequency)

    def add(self, words: Iterable[str]) -> None:
        """Adds words of packs, as jieba would."""
        for word in words:
            self.load(word)
            self.words[word] = max(LEXICON_FREQUENCY, self.words.get(word, 0))
            self.total += self.words[word]
            for end in range(1, len(word)):
                self.words.setdefault(word[:end], 0)

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


def make_tokenizer() -> tuple[Any, Dictionary]:
    """jieba's tokenizer with the words of the lexicon, and the dictionary that it looks them up in."""
    with _LOCK:
        jieba = _jieba()
        tokenizer = jieba.Tokenizer()
        mark, added = kept.recall("words of our own", _marked)
        name = f"words-{kept.digest(__version__, jieba.__version__, mark)}"
        try:
            dictionary = Dictionary(kept.open_file(name) or b"")
        except (TypeError, ValueError):
            content = _build(tokenizer)
            kept.store(name, content)
            dictionary = Dictionary(content)
        dictionary.add(added)
        return _with(tokenizer, dictionary), dictionary


_tokenizer = per_ruleset(make_tokenizer)


def _with(tokenizer: Any, dictionary: Dictionary) -> Any:
    """A tokenizer that looks its words up in a dictionary."""
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dictionary.words, dictionary.total, True
    return tokenizer


def _build(tokenizer: Any) -> bytes:
    """jieba's dictionary with words of our own added to it, and the phrases that their verbs begin cut."""
    own, _added, verbs = _parted()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in own:
        tokenizer.add_word(word, freq=max(LEXICON_FREQUENCY, tokenizer.FREQ.get(word, 0)))
    for word in [*word_list("apart"), *_phrases(tokenizer.FREQ, frozenset(verbs))]:
        tokenizer.FREQ[word] = 0
    return Dictionary.pack(tokenizer.FREQ, tokenizer.total)


def _phrases(frequencies: dict[str, int], verbs: frozenset[str]) -> list[str]:
    """What jieba takes for a word and is a verb that governs a noun: 引进人才, 开展调研."""
    return [
        word
        for word, frequency in frequencies.items()
        if 0 < frequency <= RARE and len(word) > 3 and word[:2] in verbs and frequencies.get(word[2:])
    ]


def _own_words() -> list[str]:
    """The words of the lexicon that jieba is to know, those of one character apart."""
    return sorted(word for word in roles().keys() | word_list("noun") if len(word) > 1)


def _parted() -> tuple[list[str], list[str], list[str]]:
    """The words of the lexicon that the dictionary is built with, those of packs that are added to it, and the verbs
    that begin no word of it: planparse's own, so that no pack has the dictionary made anew."""
    own = _own_words()
    with using(BASE):
        base, verbs = _own_words(), sorted(words("strong"))
    known = base if set(base) <= set(own) else own  # a pack may switch a word off
    return known, sorted(set(own) - set(known)), verbs


def _marked() -> tuple[str, list[str]]:
    """What stands for all words that the dictionary is built with, and those of packs that are added to it."""
    known, added, verbs = _parted()
    return kept.digest(known, verbs, sorted(word_list("apart"))), added


def _jieba() -> Any:
    """The module without what it can do without: pkg_resources, and its model of unknown words until somebody asks."""
    absent = {"pkg_resources": None, "jieba.finalseg": _Later("jieba.finalseg")}
    before = {name: sys.modules[name] for name in absent if name in sys.modules}
    sys.modules.update(absent | before)  # type: ignore[arg-type]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba 0.42.1 has invalid escapes
            import jieba
    finally:
        for name in absent.keys() - before.keys():
            del sys.modules[name]
    logging.getLogger("jieba").setLevel(logging.WARNING)
    return jieba


class _Later(ModuleType):
    """Stands in for a module until something of it is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


@recent_per_ruleset(4096)
def _pieces(text: str) -> tuple[str, ...]:
    tokenizer, dictionary = _tokenizer()
    dictionary.load(text)
    return tuple(tokenizer.cut(text, HMM=False))


def cut(text: str) -> list[str]:
    """The words of a short text, in order; joined they give the text back.

    Without jieba's guesses at unknown words: they swallow the prepositions that end a name.

    >>> cut("新增学位")
    ['新增', '学位']
    """
    return list(_pieces(text))
