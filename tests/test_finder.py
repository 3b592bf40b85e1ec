"""A finder sees every match that the patterns see one by one, but for those that begin inside a number."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import regex

from planparse.assemble import constructions
from planparse.check import proof_of
from planparse.check_names import put
from planparse.finder import SEPARATORS, Finder
from planparse.model import Span
from planparse.necessities import find_necessary
from planparse.openings import OTHER_HANZI, find_openings
from planparse.pipeline import parse
from planparse.read import read_bytes
from planparse.rules import RULE_FILES, Rule, cue, rows, rules

LINES = 50  # of a text that is put together
SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))


def batched(items: list[tuple[str, ...]], size: int) -> list[list[tuple[str, ...]]]:
    return [items[i : i + size] for i in range(0, len(items), size)]


def rule(pattern: str) -> Rule:
    return Rule("test", regex.compile(pattern), {})


def numbers_of(text: str) -> list[Span]:
    return [Span(*match.span()) for match in cue("number.amount").finditer(text)]


def found(finder: Finder, text: str) -> list[tuple[int, int, str]]:
    return [(start, match.end(), found.id) for start, found, match in finder.find(text, numbers_of(text)) if match[0]]


def seen_one_by_one(finder: Finder, text: str) -> list[tuple[int, int, str]]:
    inside = {
        at for span in numbers_of(text) for at in range(span.start + 1, span.end) if text[at - 1] not in SEPARATORS
    }
    matches = [
        (match.start(), place, match.end(), rule.id)
        for place, rule in enumerate(finder.rules)
        for match in regex.finditer(rule.pattern.pattern, text, overlapped=True)
        if match.start() not in inside and match[0]
    ]
    return [(start, end, name) for start, _, end, name in sorted(matches)]


@pytest.mark.parametrize(
    ("pattern", "first", "second", "after_number"),
    [
        ("[一二三]年内", "一二三", "年", "年"),
        (r"(?:近|过去)三年", "近过", "去三", ""),
        (r"\d{1,4}(?:人|户)(?=[，。])", "0123456789٣", "0123456789٣人户", "0123456789٣人户"),
        ("到?底(?<=年底)", "到底", None, ""),  # 底 may be all of it
        ("(?P<a>三)成|(?P<a>半)数", "三半", "成数", "成"),
        ("百日(?!攻坚)", "百", "日", "日"),
        ("(?=三)[三四]所", "三", None, None),  # a lookahead takes what it sees, then anything
        ("三(?=$)", "三", "\n", "\n"),
        ("(?P<a>三|半)年(?P=a)", "三半", "年", "年"),
    ],
)
def test_openings_are_read_off_the_syntax(
    pattern: str, first: str, second: str | None, after_number: str | None
) -> None:
    opening = find_openings([pattern])[0]
    everything = find_openings(["(?s:.)"])[0].first
    assert opening.first == set(first)
    for chars, expected in ((opening.second, second), (opening.after_number, after_number)):
        assert chars - {""} == (set(expected) if expected is not None else chars - {""})
        assert expected is not None or chars >= everything - {""} - set(pattern)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_nothing_that_a_pattern_sees_is_missed_in_the_samples(path: Path) -> None:
    finder = Finder("test", [rule for kind in ("times", "vetoes", "quantities") for rule in rules(kind)])
    text = path.read_text(encoding="utf-8")
    assert found(finder, text) == seen_one_by_one(finder, text)


def test_nothing_that_a_pattern_sees_is_missed_in_the_examples_of_the_rules() -> None:
    """Each as it stands, in other words, cut, and with other digits: lines of one text, and some of them alone."""
    finder = Finder("test", [rule for kind in ("times", "vetoes", "quantities") for rule in rules(kind)])
    texts = sorted({text for name in RULE_FILES for row in rows(name) for text in proof_of(row).texts.split("\n")})
    assert len(texts) > 400
    changed = [(text, f"共{text}，", text[1:], text.replace("1", "٣").replace("三", "十三")) for text in texts]
    together = ["\n".join(lines) for batch in batched(changed, LINES) for lines in zip(*batch, strict=True)]
    for text in (*together, *(one for few in changed[::LINES] for one in few)):
        assert found(finder, text) == seen_one_by_one(finder, text), text


def test_every_rule_begins_with_something_of_its_own() -> None:
    rows = [rule for kind in ("times", "vetoes", "quantities") for rule in rules(kind) if not rule["behind_unit"]]
    openings = find_openings([rule.pattern.pattern for rule in rows])
    assert [rule.id for rule, opening in zip(rows, openings, strict=True) if OTHER_HANZI in opening.first] == []


@pytest.mark.parametrize(
    "pattern",
    ["[^，。]{2}所", ".年", r"\w{2}率", "(?i)pm2", "(?i:pm)2", "[①-⑳]项", r"\u3000\d", r"[\s\S]所", "所?"],
)
def test_a_pattern_that_may_begin_anywhere_is_tried_everywhere(pattern: str) -> None:
    finder = Finder(pattern, [rule(pattern)])
    text = "新建\u30003所，完成②项；到年底入园率PM2.5"
    assert found(finder, text) == seen_one_by_one(finder, text)


@pytest.mark.parametrize(
    ("pattern", "given", "necessary"),
    [
        ("[甲乙丙]占?全部", "", "全"),
        ("[甲乙](?:占|居)", "", "甲乙"),
        ("(?:占|居)甲?", "", "占居"),
        ("(?:占甲|居[乙丙丁]|)", "", ""),  # may be nothing
        ("甲*乙?", "", ""),
        ("甲{2,3}[^丙]", "", "甲"),
        ("甲[a-c]", "甲", "abc"),
        (r"甲\d", "甲", ""),
        ("(?P<a>甲)乙|(?P<a>丙)丁", "", "甲丙"),
        ("(?!丁)[甲乙](?=丙)", "", "丙"),
        ("(?<=丁)甲", "甲", ""),  # stands before the text that is tried
        ("(?i:a)甲?", "", ""),
    ],
)
def test_what_a_pattern_cannot_match_without_is_read_off_the_syntax(pattern: str, given: str, necessary: str) -> None:
    assert find_necessary(pattern, given) == set(necessary)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_constructions_that_are_not_tried_would_have_named_nothing(path: Path) -> None:
    source = read_bytes(path.read_bytes(), path.name)
    filtered = parse(source)
    every = tuple(replace(row, necessary=frozenset()) for row in constructions.constructions())
    with put(constructions, constructions=lambda: every):
        assert parse(source) == filtered
    assert sum(bool(row.necessary) for row in constructions.constructions()) > len(every) / 2
