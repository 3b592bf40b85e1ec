"""Every rule is held against its own examples, rejects and gaps, and against hostile input."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, get_args

import pytest
import regex

import planparse
from planparse import engine
from planparse.check import CHECKED, check_row, check_rules
from planparse.engine import compile_pattern
from planparse.indicators import fold_name
from planparse.model import Kind
from planparse.name_proofs import unproved_names
from planparse.proofs import find_unproved, unproved_of
from planparse.rules import RULE_FILES, Row, Rule, all_rules, read, rows, rules, unit_table
from planparse.word_proofs import unproved_words


def test_every_rule_does_what_it_says_of_itself() -> None:
    count, faults = check_rules()
    assert count > 100
    assert faults == []


SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))
UNPROVED = tomllib.loads(Path(__file__).with_name("unproved.toml").read_text(encoding="utf-8"))


def test_what_no_proof_asks_for_becomes_less() -> None:
    """Lower the numbers of unproved.toml with each that is proved or deleted; `rules check --proofs` names them."""
    assert dict(Counter(found.source for found in find_unproved(*CHECKED))) == UNPROVED


def test_few_alternatives_of_constructions_are_asked_for_by_no_sentence() -> None:
    assert len(list(unproved_names())) < 100


def test_nearly_every_role_of_a_word_is_asked_for_by_a_sentence() -> None:
    assert len(list(unproved_words())) < 100


def row(pattern: str, **fields: Any) -> Row:
    """A row of rules/vetoes.toml."""
    lists = fields.pop("any", {})
    return Row("vetoes", "veto.own", pattern, lists, {"examples": [], "rejects": ["无"], **fields})


def test_each_word_of_a_list_is_held_against_its_template() -> None:
    own = row("{{sign}}级", any={"sign": ["甲", "乙"]}, each={"sign": ["评为{}级", "{}级"]})
    assert list(check_row(own)) == []
    other = row("{{sign}}级", any={"sign": ["甲", "乙"]}, each={"sign": ["评为{}等", "{}等"]})
    assert len(list(check_row(other))) == 2


def test_a_list_in_what_may_not_follow_has_a_template_that_is_no_example() -> None:
    examples = [["三级站", "三级"], ["三级", "三级"]]
    own = row("三级(?!{{more}})", any={"more": ["跳", "联"]}, never={"more": "三级{}"}, examples=examples)
    assert list(check_row(own)) == []
    assert list(unproved_of(own)) == []


def test_lists_and_templates_belong_together() -> None:
    examples, lists = [["甲级", "甲级"], ["乙级", "乙级"]], {"grade": ["甲", "乙"]}
    own = row("{{grade}}级", any=lists, examples=examples)
    assert list(check_row(own)) == ["the list grade has no template"]
    own = row("[甲乙]级", any=lists, each={"grade": ["{}级", "{}级"]}, examples=examples)
    assert list(check_row(own)) == ["the list grade is not in the pattern"]
    own = row("[甲乙]级", each={"grade": ["{}级", "{}级"]}, examples=examples)
    assert list(check_row(own)) == ["the template grade has no list"]
    own = row("{{grade}}级", any=lists, each={"grade": ["甲级", "甲级"]}, examples=examples)
    assert list(check_row(own)) == ["the template grade has no {} for the word"]


def test_what_can_be_deleted_unnoticed_is_unproved() -> None:
    examples = [["共甲级", "甲级"], ["共丙级", "丙级"]]
    assert list(unproved_of(row("(?:甲|乙|丙)级", examples=examples))) == ["(?:甲|‹乙›|丙)级"]
    assert list(unproved_of(row("[甲丙]级(?!跳|联)", examples=examples, rejects=["甲级跳"]))) == ["[甲丙]级(?!跳|‹联›)"]
    assert list(unproved_of(row("(?:甲|丙)级(?!跳|联)", examples=examples, rejects=["甲级跳", "甲级联"]))) == []


def test_what_another_alternative_takes_too_is_unproved() -> None:
    own = row("{{sign}}级", any={"sign": ["甲", "特甲"]}, each={"sign": ["{}级", "甲级"]})
    assert "sign = ‹特甲›" in list(unproved_of(own))


def test_ids_are_unique_and_kebab_case() -> None:
    ids = [rule.id for rule in all_rules()]
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert all(i == i.lower() and "." in i and "_" not in i for i in ids)


def test_indicators_are_unambiguous_and_written_folded() -> None:
    rows = read("indicators")["indicator"]
    spellings = Counter(spelling for row in rows for spelling in [row["name"], *row["aliases"]])
    assert [s for s, n in spellings.items() if n > 1] == []
    assert [s for s in spellings if fold_name(s) != s] == []
    assert len({row["id"] for row in rows}) == len(rows)


def test_a_word_stands_once_in_a_list() -> None:
    lists = {name: words for name, words in read("lexicon").items() if isinstance(words, list)}
    assert {name: [w for w, n in Counter(words).items() if n > 1] for name, words in lists.items()} == {
        name: [] for name in lists
    }


def test_units_have_one_reading() -> None:
    kinds = {kind for kind, _ in unit_table().values()}
    assert kinds == set(get_args(Kind)) - {"coverage", "milestone"}  # these two have no unit


PUMPS = ("1", "一", "1，", "“一", "推", "2023年", "（1", "第一二三个", "1-", "一、", "万亿", "A1", "1.", "到", "《")


@pytest.mark.parametrize("rule", [rule for name in RULE_FILES for rule in rules(name)], ids=lambda rule: rule.id)
def test_no_rule_backtracks_badly(rule: Rule) -> None:
    """Over 100 kB of what a rule may hope to match a rule needs a fraction of a second, or hours: nothing between."""
    for pump in PUMPS:
        text = pump * (100_000 // len(PUMPS) // len(pump))
        begun = perf_counter()
        assert sum(1 for _ in everywhere(rule.pattern, text)) <= len(text) + 1
        assert perf_counter() - begun < 20, pump


def everywhere(pattern: Any, text: str) -> Iterator[Any]:
    """What a pattern finds at each place of a text, by the engine that it was compiled for."""
    if isinstance(compile_pattern(pattern.pattern), re.Pattern):
        return compile_pattern(f"(?={pattern.pattern})").finditer(text)  # type: ignore[no-any-return]
    return pattern.finditer(text, overlapped=True, timeout=20)  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", RULE_FILES)
def test_both_engines_read_a_pattern_alike(name: str) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SAMPLES)
    patterns = [compile_pattern(rule.pattern.pattern) for rule in rules(name)]
    for pattern in (pattern for pattern in patterns if isinstance(pattern, re.Pattern)):
        found, other = pattern.finditer(text), regex.compile(pattern.pattern).finditer(text)
        assert [(one.span(), one.groupdict()) for one in found] == [(one.span(), one.groupdict()) for one in other]


def test_a_group_taken_whole_is_left_to_regex_where_python_may_lose_what_it_took(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    group, single = r"1(?:\.\d{1,2}){0,3}+年", r"\d{1,2}+年"
    monkeypatch.setattr(engine, "_KEEPS_WHOLE", False)
    assert [isinstance(compile_pattern(pattern), re.Pattern) for pattern in (group, single)] == [False, True]
    monkeypatch.setattr(engine, "_KEEPS_WHOLE", True)
    assert isinstance(compile_pattern(group), re.Pattern)


def test_a_cue_is_proved_by_the_operation_that_the_code_uses() -> None:
    """`at` of a row: begins where the code asks with match, is with fullmatch, nothing where it searches."""
    asked: dict[str, set[str | None]] = {}
    for path in Path(planparse.__file__).parent.rglob("*.py"):
        for name, operation in re.findall(r'cue\("([\w.-]+)"\)\.(\w+)\(', path.read_text(encoding="utf-8")):
            asked.setdefault(name, set()).add({"match": "begins", "fullmatch": "is"}.get(operation))
    cues = {row.id: row for source in ("cues", "facts", "headings") for row in rows(source)}
    assert len(asked) > 60
    assert {name: {cues[name]["at"]} for name in asked} == asked
