"""What is said to a person, in Chinese where that is asked for: by --lang, else by the locale of messages.

Everything is written in English where it arises; it is put into Chinese where it is shown, by the sentences of
`messages.zh.toml`. What that does not hold is shown as it is.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import NamedTuple

LANGUAGES = ("en", "zh")
VARIABLE = "PLANPARSE_LANG"  # what --lang sets, so that started processes say the same


class Sentence(NamedTuple):
    """A sentence with gaps, as a pattern, and what it is in Chinese."""

    pattern: re.Pattern[str]
    zh: str


def language() -> str:
    """zh or en: what --lang has asked for, else zh where the locale of messages is Chinese."""
    if os.environ.get(VARIABLE) in LANGUAGES:
        return os.environ[VARIABLE]
    given = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if given.lower().startswith("zh") else "en"


def said(message: str) -> str:
    """A line for standard error in the language of the reader.

    >>> os.environ[VARIABLE] = "zh"
    >>> said("planparse: 甲.pdf: there is no such file; check the path [missing]")
    'planparse: 甲.pdf: 没有这个文件，请检查路径 [missing]'
    >>> del os.environ[VARIABLE]
    """
    return "\n".join(map(line_in_chinese, message.split("\n"))) if language() == "zh" else message


def line_in_chinese(message: str) -> str:
    """A message with its name or page before it and its code behind it; as it is where no Chinese is known.

    >>> line_in_chinese("page 3: “5 200” may be one number or two; left unresolved")
    '第 3 页：“5 200” 可能是一个数，也可能是两个；记为未决'
    """
    code = re.search(r"(?: \[[\w.-]+\])?\s*$", message)
    end = code.start() if code else len(message)
    body, tail = message[:end], message[end:]
    start = len(body) - len(body.lstrip())
    for place in [start, *(match.end() for match in re.finditer(r": ", body))]:
        if (found := in_chinese(body[place:])) is not None:
            return body[:place] + found + tail
    return message


def in_chinese(sentence: str, kind: str = "messages") -> str | None:
    """A whole sentence in Chinese; None where there is none for it.

    >>> in_chinese("--headers is en or zh, not 'fr'")
    "--headers 可以是 en 或 zh，不能是 'fr'"
    """
    whole, patterns = _catalogue(kind)
    if sentence in whole:
        return whole[sentence]
    for pattern, zh in patterns:
        if match := pattern.fullmatch(sentence):
            return zh.format(*(in_chinese(part, kind) or in_chinese(part) or part for part in match.groups()))
    return None


@cache
def _catalogue(kind: str) -> tuple[dict[str, str], tuple[Sentence, ...]]:
    """The sentences without gaps, and those with gaps, the longest first: it says the most."""
    import tomllib
    from importlib.resources import files

    table = tomllib.loads(files("planparse").joinpath("messages.zh.toml").read_text(encoding="utf-8"))[kind]
    gaps = sorted((english for english in table if "{}" in english), key=len, reverse=True)
    patterns = (Sentence(_pattern(english), table[english]) for english in gaps)
    return {english: zh for english, zh in table.items() if "{}" not in english}, tuple(patterns)


def _pattern(english: str) -> re.Pattern[str]:
    """A sentence with gaps as a pattern; a gap at its beginning takes no file or row that stands before the sentence.

    >>> pattern = _pattern("{} is empty")
    >>> bool(pattern.fullmatch("'a' is empty")), bool(pattern.fullmatch("a.toml: b is empty"))
    (True, False)
    """
    pattern = "(.+?)".join(map(re.escape, english.split("{}")))
    if english.startswith("{}"):
        pattern = "((?:(?!: ).)+?)" + pattern.removeprefix("(.+?)")
    return re.compile(pattern, re.DOTALL)
