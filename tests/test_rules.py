"""Every rule is held against its own examples, rejects and gaps, and against hostile input."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from planparse.check import check_rules
from planparse.indicators import fold_name
from planparse.model import Kind
from planparse.rules import RULE_FILES, Rule, all_rules, read, rules, unit_table


def test_every_rule_does_what_it_says_of_itself() -> None:
    count, faults = check_rules()
    assert count > 100
    assert faults == []


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
        assert sum(1 for _ in rule.pattern.finditer(text, overlapped=True, timeout=20)) <= len(text) + 1
