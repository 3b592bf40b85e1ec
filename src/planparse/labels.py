"""Item labels of Chinese official documents: 一、 （一） 1. 1.1 （1） ① 第一章 第一条 一是 专栏1. They are rows of
rules/labels.toml."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import regex

from planparse.cache import compiled, recall
from planparse.dates import number
from planparse.rules import Rule, rules

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
    for rule in _openings().get(text[start : start + 1], ()):
        if label := _label(rule, text, start):
            return label
    return None


def may_begin(char: str) -> bool:
    """Whether some label begins with a character."""
    return char in _openings(doubtful=True)


def read_labels(text: str, start: int = 0) -> list[Label]:
    """All that the beginning of a text may be, sure labels first.

    >>> [label.bare for label in read_labels("3.1个人贷款")]
    ['3', '3.1']
    """
    rows = _openings(doubtful=True).get(text[start : start + 1], ())
    return [label for rule in rows if (label := _label(rule, text, start))]


def find_inline(text: str, start: int, end: int) -> list[Label]:
    """Labels inside a paragraph, behind a mark that they may follow."""
    found: list[Label] = []
    for mark in _pauses().finditer(text, max(0, start - 1), end):
        if mark[0] == "）" and not _closes_aside(text, start, mark.start()):
            continue
        rows = _openings().get(text[mark.end() : mark.end() + 1], ())
        readings = (_label(rule, text, mark.end()) for rule in rows if mark[0] in (rule["after"] or ""))
        found += [label for label in readings if label][:1]
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


@cache
def rank(style: str) -> int:
    """How far out a style usually stands: 0 the outermost."""
    return list(dict.fromkeys(rule["style"] for rule in rules("labels"))).index(style)


@cache
def row(rule: str) -> Rule:
    """The row of a label by its id."""
    return next(one for one in rules("labels") if one.id == rule)


@cache
def _openings(doubtful: bool = False) -> dict[str, tuple[Rule, ...]]:
    """The rows that can match by the character that they begin with, sure ones first."""
    names = recall("labels by first character", _opened)
    rows = sorted(rules("labels"), key=lambda rule: rule["belief"] == "doubtful")
    kept = [rule for rule in rows if doubtful or rule["belief"] != "doubtful"]
    return {char: tuple(rule for rule in kept if rule.id in ids) for char, ids in names.items()}


@cache
def _pauses() -> Any:
    """The marks that a label may follow, each before the characters that such labels begin with."""
    marks = sorted({mark for rule in rules("labels") for mark in rule["after"] or ""})
    begun = {
        m: "".join(c for c, rows in _openings().items() if any(m in (r["after"] or "") for r in rows)) for m in marks
    }
    return compiled("|".join(f"{mark}(?=[{regex.escape(chars)}])" for mark, chars in begun.items()))


def _opened() -> dict[str, list[str]]:
    signs = "".join(chr(ord(first) + i) for first, count in _SIGNS.items() for i in range(count))
    return {
        char: [rule.id for rule in rules("labels") if char.isspace() or rule.pattern.match(char, partial=True)]
        for char in _OPENERS + _LATIN + signs
    }


def _blanks(text: str, at: int) -> int:
    """How many blanks stand at a place."""
    end = at
    while text[end : end + 1].isspace() and text[end] != "\n":
        end += 1
    return end - at


def _label(rule: Rule, text: str, start: int) -> Label | None:
    """What a row makes of the beginning of a text; None when it does not match."""
    match = rule.pattern.match(text, start + _blanks(text, start))
    return read_match(rule, match, start) if match is not None else None


def read_match(rule: Rule, match: Any, start: int) -> Label | None:
    """What a match of a row says; None for a number that is none."""
    groups = match.groupdict()
    path = _path(groups["path"]) if groups.get("path") else ()
    count = path[-1] if path else _count(groups)
    if not count:
        return None
    whole = match[0] if rule["whole"] else groups.get("path") or groups.get("n") or groups.get("letter") or match[0]
    bare = "" if rule["silent"] else whole if path else _MARKS.sub("", whole)
    end = match.end() + _blanks(match.string, match.end())
    return Label(rule["style"], count, bare, start, end, path, rule.id)


def _path(written: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else ord(part) for part in written.split("."))


def _count(groups: dict[str, str | None]) -> int | None:
    if letter := groups.get("letter"):
        return ord(letter.lower()) - ord("a") + 1
    if sign := groups.get("sign"):
        return ord(sign) - max(ord(first) for first in _SIGNS if first <= sign) + 1
    return number(groups.get("n"))
