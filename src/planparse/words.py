"""jieba behind one door: word boundaries for indicator names, with the rules' own lexicon.

Parsing jieba's dictionary of 350,000 words takes a second. It is done once and kept in the private cache, sorted by
first character; a text then loads the words that begin with one of its characters, which jieba looks up as ever.
jieba's own cache file in the shared temporary folder is neither read nor written: anyone could have planted it there.
"""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from planparse import cache as kept
from planparse.rules import words as word_list

_LOCK = threading.Lock()
LEXICON_FREQUENCY = 20_000  # of a corpus of 60 million: enough for 得分|为 to win over 得|分为
_LEXICON = ("action", "lead", "adverb", "level", "head", "after", "pronoun", "preposition", "finishing", "noun")


class Dictionary:
    """jieba's words and their frequencies, loaded by first character.

    The content has the sum of all frequencies in its first line and the first characters in its second; then a line for
    each, its words and their frequencies. A beginning that is no word itself has frequency 0, as jieba wants it.
    """

    def __init__(self, content: bytes) -> None:
        total, chars, *lines = content.split(b"\n")
        self.total = int(total)
        self.unread = dict(zip(chars.decode(), lines, strict=True))
        self.words: dict[str, int] = {}

    def load(self, text: str) -> None:
        """Makes sure of the words that begin with a character of the text."""
        for char in self.unread.keys() & set(text):
            words, frequencies = self.unread.pop(char).decode().split(" ")
            self.words.update(zip(words.split(","), map(int, frequencies.split(",")), strict=True))

    @staticmethod
    def pack(words: dict[str, int], total: int) -> bytes:
        """The content for these words."""
        groups = [list(group) for _, group in groupby(sorted(words), key=lambda word: word[0])]
        lines = [f"{','.join(group)} {','.join(str(words[word]) for word in group)}" for group in groups]
        return "\n".join([str(total), "".join(group[0][0] for group in groups), *lines]).encode()


@cache
def _tokenizer() -> tuple[Any, Dictionary]:
    with _LOCK:
        jieba = _jieba()
        tokenizer = jieba.Tokenizer()
        name = f"words-{kept.digest(jieba.__version__, [sorted(word_list(name)) for name in _LEXICON])}"
        content = kept.load(name)
        if content is None:
            content = _build(tokenizer)
            kept.store(name, content)
        dictionary = Dictionary(content)
        tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dictionary.words, dictionary.total, True
        return tokenizer, dictionary


def _build(tokenizer: Any) -> bytes:
    """jieba's dictionary with the lexicon added to it."""
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for name in _LEXICON:
        for word in word_list(name):
            if len(word) > 1:
                tokenizer.add_word(word, freq=max(LEXICON_FREQUENCY, tokenizer.FREQ.get(word, 0)))
    return Dictionary.pack(tokenizer.FREQ, tokenizer.total)


def _jieba() -> Any:
    """The module, imported without pkg_resources, which it can do without and which takes longer than all the rest."""
    before = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba 0.42.1 has invalid escapes
            import jieba
    finally:
        if before is None:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = before
    logging.getLogger("jieba").setLevel(logging.WARNING)
    return jieba


@lru_cache(maxsize=50_000)
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
