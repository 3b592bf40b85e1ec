"""jieba behind one door: word boundaries for indicator names, with the rules' own lexicon.

Loaded on first use, in memory: jieba's cache file in the shared temporary folder is neither read nor written, since
anyone could have planted it there.
"""

from __future__ import annotations

import logging
import threading
import warnings
from functools import cache
from typing import Any

from planparse.rules import words as word_list

_LOCK = threading.Lock()
LEXICON_FREQUENCY = 20_000  # of a corpus of 60 million: enough for 得分|为 to win over 得|分为
_LEXICON = ("action", "lead", "adverb", "level", "head", "after", "pronoun", "preposition", "finishing", "noun")


@cache
def _tokenizer() -> Any:
    with _LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 has invalid escapes and imports pkg_resources
        import jieba

        logging.getLogger("jieba").setLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
        for name in _LEXICON:
            for word in word_list(name):
                if len(word) > 1:
                    tokenizer.add_word(word, freq=max(LEXICON_FREQUENCY, tokenizer.FREQ.get(word, 0)))
        return tokenizer


@cache
def _pieces(text: str) -> tuple[str, ...]:
    return tuple(_tokenizer().cut(text, HMM=False))


def cut(text: str) -> list[str]:
    """The words of a short text, in order; joined they give the text back.

    Without jieba's guesses at unknown words: they swallow the prepositions that end a name.

    >>> cut("新增学位")
    ['新增', '学位']
    """
    return list(_pieces(text))
