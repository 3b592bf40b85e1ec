"""Every rule is held against its own examples, rejects and gaps, and against hostile input."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from planparse.check import check_rules
from planparse.indicators import fold_name
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


def test_units_have_one_reading() -> None:
    kinds = {kind for kind, _ in unit_table().values()}
    assert kinds == {
        "percentage",
        "percentage_point",
        "ratio",
        "money",
        "measure",
        "duration",
        "score",
        "rank",
        "count",
    }


PUMPS = {
    "digits": "1" * 20_000,
    "hanzi": "一" * 20_000,
    "commas": "1，" * 10_000,
    "quotes": "“一" * 10_000,
    "plain": "推" * 20_000,
    "years": "2023年" * 4_000,
    "brackets": "（1" * 10_000,
}


@pytest.mark.parametrize("rule", [rule for name in RULE_FILES for rule in rules(name)], ids=lambda rule: rule.id)
def test_no_rule_backtracks_badly(rule: Rule) -> None:
    started = time.perf_counter()
    for pump in PUMPS.values():
        window = pump[:400]
        for start in range(0, 400, 40):
            rule.pattern.match(window, start)
            rule.pattern.search(window, 0, start)
    assert time.perf_counter() - started < 2
