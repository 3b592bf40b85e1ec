"""Item labels of Chinese official documents: 一、 （一） 1. 1.1 （1） ① 第一章 第一条 一是 专栏1. They are rows of
rules/labels.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from planparse.cache import compiled
from planparse.dates import number
from planparse.finder import Finder
from planparse.rules import Rule, rules
from planparse.ruleset import per_ruleset

_HANZI = "一二三四五六七八九十百"
_OPENERS = "第（(其专專 \t\u3000" + _HANZI + "0123456789"
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SIGNS = {"①": 20, "⑴": 20, "⒈": 20, "㈠": 10}  # the first of each row of numbered signs, and how many there are
_MARKS = compiled(r"[\s、．.（）()，：]")
_SIGN = compiled(r"[（第]")
_TITLED = ("section", "article", "hanzi-bracket")  # what may follow a title at once


class Label(NamedTuple):
    """A label where one begins: its style, its number, its bare text, and where the text after it begins.

    `path` holds all numbers of a decimal one, a letter in front as its code; `rule` the row that it was found by.
    """

    style: str
    number: int
    bare: str
    start: int
    end: int
    path: tuple[int, ...] = ()
    rule: str = ""

    @property
    def series(self) -> str:
        """What labels of one list share: their style, the depth of decimal ones, 是 or 要 of ordinal ones."""
        if self.path:
            return f"{self.style}.{len(self.path)}"
        return self.style + (self.bare.strip(_HANZI) if self.style == "ordinal" else "")


def parse_label(text: str, start: int = 0) -> Label | None:
    """The label that text has at `start`, or None; doubtful ones are left to `read_labels`.

    >>> parse_label("（三）完善体系。")[:5]
    ('hanzi-bracket', 3, '三', 0, 3)
    >>> parse_label("11.推动").bare, parse_label("一是推进").bare, parse_label("1.5个百分点")
    ('11', '一是', None)
    """
    return next(_readings(text, start), None)


def may_begin(char: str) -> bool:
    """Whether some label begins with a character."""
    return _finder().may_begin(char)


def read_labels(text: str, start: int = 0) -> list[Label]:
    """All that the beginning of a text may be, sure labels first.

    >>> [label.bare for label in read_labels("3.1个人贷款")]
    ['3', '3.1']
    """
    return list(_readings(text, start, doubtful=True))


def find_inline(text: str, start: int, end: int) -> list[Label]:
    """Labels inside a paragraph, behind a mark that they may follow."""
    found: list[Label] = []
    for mark in _pauses().finditer(text, max(0, start - 1), end):
        if mark[0] == "）" and not _closes_aside(text, start, mark.start()):
            continue
        if label := next(_readings(text, mark.end(), after=mark[0]), None):
            found.append(label)
    return found


def find_in_title(text: str, start: int, end: int, outer: str) -> list[Label]:
    """Labels that stand in the title of an outer one without a mark before them: 总体要求（一）指导思想."""
    found: list[Label] = []
    for sign in _SIGN.finditer(text, start, end):
        label = parse_label(text, sign.start())
        if label and rank(outer) < rank(label.style) and label.style in _TITLED:
            found.append(label)
    return found


def _closes_aside(text: str, start: int, at: int) -> bool:
    """Whether a bracket that closes here was opened behind a sentence: 。（市教育局负责）"""
    opened = text.rfind("（", start, at)
    return opened > start and text[opened - 1] in "。；"


@per_ruleset
def rank(style: str) -> int:
    """How far out a style usually stands: 0 the outermost."""
    return list(dict.fromkeys(rule["style"] for rule in rules("labels"))).index(style)


@per_ruleset
def row(rule: str) -> Rule:
    """The row of a label by its id."""
    return next(one for one in rules("labels") if one.id == rule)


@per_ruleset
def _finder() -> Finder:
    """The rows, sure ones first."""
    return Finder("labels", sorted(rules("labels"), key=lambda rule: rule["belief"] == "doubtful"))


@per_ruleset
def _pauses() -> Any:
    """The marks that a label may follow, before what labels begin with."""
    marks = "".join(sorted({mark for rule in rules("labels") for mark in rule["after"] or ""}))
    return compiled(rf"[{re.escape(marks)}](?=\s|{_finder().opener.pattern})")


def _blanks(text: str, at: int) -> int:
    """How many blanks stand at a place."""
    end = at
    while text[end : end + 1].isspace() and text[end] != "\n":
        end += 1
    return end - at


def _readings(text: str, start: int, *, doubtful: bool = False, after: str = "") -> Iterator[Label]:
    """What the rows make of the beginning of a text; only those that may follow a mark, where one is given."""
    at = start + _blanks(text, start)
    for rule, match_at in _finder().opened_at(text, at):
        if (doubtful or rule["belief"] != "doubtful") and after in (rule["after"] or ""):
            match = match_at(text, at)
            if match is not None and (label := read_match(rule, match, start)):
                yield label


def read_match(rule: Rule, match: Any, start: int) -> Label | None:
    """What a match of a row says; None for a number that is none."""
    count, bare, path = _read(rule, match[0], match.groups())
    end = match.end() + _blanks(match.string, match.end())
    return Label(rule["style"], count, bare, start, end, path, rule.id) if count else None


@lru_cache(maxsize=1024)
def _read(rule: Rule, written: str, found: tuple[str | None, ...]) -> tuple[int | None, str, tuple[int, ...]]:
    """The number of a label, its bare text, and all numbers of a decimal one; in every document they are the same."""
    groups = {name: found[i - 1] for name, i in rule.pattern.groupindex.items()}
    path = _path(groups["path"]) if groups.get("path") else ()
    whole = written if rule["whole"] else groups.get("path") or groups.get("n") or groups.get("letter") or written
    bare = "" if rule["silent"] else whole if path else _MARKS.sub("", whole)
    return path[-1] if path else _count(groups), bare, path


def _path(written: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else ord(part) for part in written.split("."))


def _count(groups: dict[str, str | None]) -> int | None:
    if letter := groups.get("letter"):
        return ord(letter.lower()) - ord("a") + 1
    if sign := groups.get("sign"):
        return ord(sign) - max(ord(first) for first in _SIGNS if first <= sign) + 1
    return number(groups.get("n"))
