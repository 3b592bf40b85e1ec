"""Holds every rule against the examples, rejects and gaps that it carries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from planparse.dates import Calendar, resolve
from planparse.labels import read_match
from planparse.match import read_quantity
from planparse.model import Quantity, RuleError
from planparse.numerals import plain
from planparse.rules import RULE_FILES, Rule, rules, unit_table

CALENDAR = Calendar(2023, (date(2023, 1, 1), date(2023, 12, 31)), date(2023, 2, 1))


def check_rules() -> tuple[int, list[str]]:
    """How many rules there are, and a line for each that does not do what it says of itself."""
    faults: list[str] = []
    count = 0
    for name in RULE_FILES:
        for rule in rules(name):
            count += 1
            faults += [f"rules/{name}.toml: {rule.id}: {fault}" for fault in check_rule(rule)]
    return count, [*faults, *_check_units()]


def check_rule(rule: Rule) -> Iterator[str]:
    """What a rule gets wrong of its own examples, rejects and gaps."""
    read = READERS[rule.source]
    if len(rule.examples) < 2:
        yield "has fewer than two examples"
    if not rule.rejects:
        yield "has no reject"
    for text, expected in rule.examples:
        if (found := read(rule, text)) != expected:
            yield f"{text!r} gives {found!r}, not {expected!r}"
    for text in rule.rejects:
        known_gap = any(text == gap for gap, _ in rule.gaps)
        if (found := read(rule, text)) is not None and not known_gap:
            yield f"{text!r} should not match, but gives {found!r}"
    for text, expected in rule.gaps:
        if read(rule, text) == (None if expected == "-" else expected):  # "-": should not match at all
            yield f"the gap {text!r} is closed: make it an example"


def _check_units() -> Iterator[str]:
    from planparse.rules import read

    table = read("units")
    for row in table["unit"]:
        if not any(name in row["example"] for name in [row["unit"], *row.get("aliases", [])]):
            yield f"rules/units.toml: {row['unit']}: the example does not hold the unit"
    for section in ("measures", "durations", "scores", "ranks"):
        for unit, example in table[section].items():
            found = [
                q
                for i in range(len(example))
                if (q := read_quantity(example, i)) and example[q.span.start : q.span.end].endswith(unit)
            ]
            if not found:
                yield f"rules/units.toml: {unit}: {example!r} is not read as a quantity of it"
    if len(unit_table()) < 100:
        raise RuleError("rules/units.toml: most units are missing")


def _quantity(rule: Rule, text: str) -> str | None:
    """The first quantity that this rule reads, wherever it begins, and that no longer rule takes from it."""
    for start in range(len(text)):
        quantity = read_quantity(text, start)
        if quantity is not None:
            if rule.id in (quantity.rule, "quantity.with-unit"):
                return show(text, quantity)
            if not rule["behind_unit"] and rule.pattern.match(text, start) is not None:
                return None
    return None


def show(text: str, quantity: Quantity) -> str:
    """A quantity as the examples write it: 1-3个 = 1..3 个."""
    value = str(plain(quantity.value)) + ("" if quantity.value_max is None else f"..{plain(quantity.value_max)}")
    return f"{text[quantity.span.start : quantity.span.end]} = {value}{'+' * quantity.more} {quantity.unit or '-'}"


def _comparator(rule: Rule, text: str) -> str | None:
    for start in range(len(text)):
        quantity = read_quantity(text, start)
        if quantity is None:
            continue
        if rule["side"] == "before":
            return rule["symbol"] if rule.pattern.search(text, 0, start) else None
        return rule["symbol"] if rule.pattern.match(text, quantity.span.end) else None
    return None


def _change(rule: Rule, text: str) -> str | None:
    start = next((i for i in range(len(text)) if read_quantity(text, i)), None)
    return rule["change"] if start is not None and rule.pattern.search(text, 0, start) else None


def _time(rule: Rule, text: str) -> str | None:
    match = rule.pattern.search(text)
    if match is None:
        return None
    groups = {k: v for k, v in match.groupdict().items() if v is not None}
    start, end = resolve(groups, CALENDAR)
    return f"{start or ''}/{end or ''}"


def _veto(rule: Rule, text: str) -> str | None:
    match = rule.pattern.search(text)
    return match[0] if match else None


def _status(rule: Rule, text: str) -> str | None:
    return rule["status"] if rule.pattern.search(text) else None


def _responsible(rule: Rule, text: str) -> str | None:
    match = rule.pattern.search(text)
    return f"{match['lead']} | {match.groupdict().get('bodies') or ''}" if match else None


def _label(rule: Rule, text: str) -> str | None:
    match = rule.pattern.match(text)
    label = read_match(rule, match, 0) if match else None
    return f"{label.bare} {label.number}" if label else None


def _fact(rule: Rule, text: str) -> str | None:
    match = rule.pattern.search(text)
    return (" ".join(v for v in match.groupdict().values() if v) or match[0]) if match else None


READERS: dict[str, Callable[[Rule, str], str | None]] = {
    "quantities": _quantity,
    "comparators": _comparator,
    "changes": _change,
    "times": _time,
    "vetoes": _veto,
    "status": _status,
    "responsible": _responsible,
    "cues": _veto,
    "labels": _label,
    "headings": _veto,
    "facts": _fact,
    "furniture": _veto,
}
