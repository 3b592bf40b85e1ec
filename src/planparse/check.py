"""Holds every rule against the examples, rejects and gaps that its row carries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from planparse.check_names import carried_in, check_names, named_rows, names_of, parts_of
from planparse.dates import Calendar, resolve
from planparse.labels import read_match
from planparse.match import QuantityRules, find_mentions, read_quantity
from planparse.model import Quantity, RuleError
from planparse.numerals import plain
from planparse.rules import RULE_FILES, Row, Rule, compile_row, fragments, rows, rules, unit_table, word_lists
from planparse.ruleset import BASE, per_ruleset, recent_per_ruleset, using

CALENDAR = Calendar(2023, (date(2023, 1, 1), date(2023, 12, 31)), date(2023, 2, 1))
CHECKED = (*RULE_FILES, "fragments")
FOUND = "(found)"  # what an example says that is a text alone: the row reads something of it, whatever that is


class Proof(NamedTuple):
    """What a row must read, as [text, what it makes of it], what it must leave alone, and what it still gets wrong.

    A text alone asks only that the row finds something in it: all that the code wants to know of many a cue.
    """

    examples: list[list[str]]
    rejects: list[str]
    gaps: list[list[str]]

    @property
    def texts(self) -> str:
        """All of its texts."""
        return "\n".join([*(text for text, _ in self.examples), *self.rejects, *(text for text, _ in self.gaps)])


def proof_of(row: Row) -> Proof:
    """The proof of a row, its templates filled in."""
    filled = [proof_of_word(row, name, word) for name, words in lists_of(row).items() for word in words]
    return Proof(
        [*map(_example, row["examples"] or ()), *(example for proof in filled for example in proof.examples)],
        [*(row["rejects"] or ()), *(reject for proof in filled for reject in proof.rejects)],
        row["gaps"] or [],
    )


def _example(given: str | list[str]) -> list[str]:
    return [given, FOUND] if isinstance(given, str) else given


def lists_of(row: Row) -> dict[str, list[str]]:
    """The lists of a row, and those of the lexicon that it has a template for."""
    named = {*(row["each"] or ()), *(row["never"] or ())}
    return {name: words for name, words in (word_lists() | row.lists).items() if name in row.lists or name in named}


def proof_of_word(row: Row, name: str, word: str) -> Proof:
    """What the templates of a list ask for one of its words."""
    each, never = (row["each"] or {}).get(name), (row["never"] or {}).get(name)
    return Proof(
        [[part.replace("{}", word) for part in _example(each)]] if each else [],
        [never.replace("{}", word)] if never else [],
        [],
    )


def check_rules() -> tuple[int, list[str]]:
    """How many rules there are, and a line for each that does not do what it says of itself."""
    faults: list[str] = []
    count = 0
    for row in (row for name in CHECKED for row in rows(name)):
        count += 1
        faults += [f"{row.where}: {fault}" for fault in check_row(row)]
    named, wrong = check_names()
    return count + named, [*faults, *wrong, *_check_units()]


def check_row(row: Row) -> Iterator[str]:
    """What a row lacks, and what it gets wrong."""
    proof = proof_of(row)
    if len(proof.examples) < (1 if row.pack else 2):
        yield "has no example" if row.pack else "has fewer than two examples"
    if not proof.rejects and not row.pack:
        yield "has no reject"
    yield from _check_lists(row)
    yield from find_faults(compile_row(row, fragments()), proof)


def _check_lists(row: Row) -> Iterator[str]:
    """What is wrong with the lists of a row and their templates."""
    templates = {**(row["each"] or {}), **(row["never"] or {})}
    for name in row.lists:
        if f"{{{{{name}}}}}" not in row.pattern:
            yield f"the list {name} is not in the pattern"
        if name not in templates:
            yield f"the list {name} has no template"
    for name, template in templates.items():
        if name not in lists_of(row):
            yield f"the template {name} has no list"
        if "{}" not in (template if isinstance(template, str) else template[0]):
            yield f"the template {name} has no {{}} for the word"


def find_faults(rule: Rule, proof: Proof) -> Iterator[str]:
    """What a rule gets wrong of a proof."""
    read = READERS[rule.source]
    for text, expected in proof.examples:
        if (found := read(rule, text)) != expected and (expected != FOUND or found is None):
            yield f"{text!r} gives {found!r}, not {expected!r}"
    for text in proof.rejects:
        known_gap = any(text == gap for gap, _ in proof.gaps)
        if (found := read(rule, text)) is not None and not known_gap:
            yield f"{text!r} should not match, but gives {found!r}"
    for text, expected in proof.gaps:
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


class Taken(NamedTuple):
    """An example of planparse that packs have read otherwise: its row, its text, and both readings."""

    row: str
    text: str
    before: str
    after: str


def taken_examples() -> Iterator[Taken]:
    """The examples of planparse's own rows that the packs in force have read otherwise."""
    with using(BASE):
        texts = [(row.where, text) for name in CHECKED for row in rows(name) for text, _ in proof_of(row).examples]
        before = {text: _mentioned(text) for _, text in texts}
        named = [
            (f"rules/constructions.toml: {row['id']}", text) for row in named_rows() for text, _ in row["examples"]
        ]
        named += [(row.where, text) for row in rows("carries") for text, _ in proof_of(row).examples]
        names = {text: names_of(parts_of(text)) for _, text in named}
    for where, text in texts:
        if (now := _mentioned(text)) != before[text]:
            yield Taken(where, text, before[text], now)
    for where, text in named:
        if (name := names_of(parts_of(text))) != names[text]:
            yield Taken(where, text, names[text] or "-", name or "-")


def _mentioned(text: str) -> str:
    """What is found in a text, in a line."""
    found = find_mentions(text)
    times = [f"{time.text} ({time.rule})" for time in found.times]
    vetoes = [f"{text[veto.span.start : veto.span.end]} ({veto.rule})" for veto in found.vetoes]
    return " … ".join([*times, *vetoes, *(show(text, quantity) for quantity in found.quantities)]) or "-"


def _quantity(rule: Rule, text: str) -> str | None:
    """The first quantity that this rule reads, wherever it begins, and that no longer rule takes from it."""
    among = _with(rule)
    for start in range(len(text)):
        quantity = read_quantity(text, start, among)
        if quantity is not None:
            if rule.id == quantity.rule or rule["with_unit"]:
                return show(text, quantity)
            if not rule["behind_unit"] and rule.pattern.match(text, start) is not None:
                return None
    return None


@recent_per_ruleset(1)
def _with(rule: Rule) -> QuantityRules:
    """The rules of quantities, this one in the place of its row."""
    return QuantityRules.of(rule if other.id == rule.id else other for other in rules("quantities"))


def show(text: str, quantity: Quantity) -> str:
    """A quantity as the examples write it: 1-3个 = 1..3 个."""
    value = str(plain(quantity.value)) + ("" if quantity.value_max is None else f"..{plain(quantity.value_max)}")
    return f"{text[quantity.span.start : quantity.span.end]} = {value}{'+' * quantity.more} {quantity.unit or '-'}"


def _comparator(rule: Rule, text: str) -> str | None:
    numbers = _numbers(text)
    if not numbers:
        return None
    before, span = rule["side"] == "before", numbers[0].span
    match = rule.pattern.search(text, 0, span.start) if before else rule.pattern.match(text, span.end)
    return f"{rule['symbol']} {match[0]}" if match else None


@per_ruleset
def _numbers(text: str) -> list[Quantity]:
    return find_mentions(text).quantities


def _change(rule: Rule, text: str) -> str | None:
    numbers = _numbers(text)
    if not numbers or numbers[-1].kind not in (rule["kinds"] or (numbers[-1].kind,)):
        return None
    match = rule.pattern.search(text, 0, numbers[-1].span.start)
    return " ".join(filter(None, (rule["change"], match.groupdict().get("than")))) if match else None


def _time(rule: Rule, text: str) -> str | None:
    match = rule.pattern.search(text)
    if match is None:
        return None
    groups = {k: v for k, v in match.groupdict().items() if v is not None}
    start, end = resolve(groups, CALENDAR)
    return f"{match[0]} = {start or ''}/{end or ''}"


def _veto(rule: Rule, text: str) -> str | None:
    return " … ".join(match[0] for match in rule.pattern.finditer(text)) or None


def _found(rule: Rule, text: str) -> str | None:
    match = _held(rule, text)
    return match[0] if match else None


def _held(rule: Rule, text: str) -> Any:
    """What a pattern finds by the operation with which the code asks for it."""
    find = {"begins": rule.pattern.match, "is": rule.pattern.fullmatch}.get(rule["at"] or "", rule.pattern.search)
    return find(text)


def _status(rule: Rule, text: str) -> str | None:
    return rule["status"] if rule.pattern.search(text) else None


def _role(rule: Rule, text: str) -> str | None:
    return rule["role"] if rule.pattern.search(text) else None


def _responsible(rule: Rule, text: str) -> str | None:
    match = rule.pattern.search(text)
    return f"{match['lead']} | {match.groupdict().get('bodies') or ''}" if match else None


def _label(rule: Rule, text: str) -> str | None:
    match = rule.pattern.match(text)
    label = read_match(rule, match, 0) if match else None
    return f"{label.bare} {label.number}" if label else None


def _fact(rule: Rule, text: str) -> str | None:
    match = _held(rule, text)
    return (" ".join(v for v in match.groupdict().values() if v) or match[0]) if match else None


READERS: dict[str, Callable[[Rule, str], str | None]] = {
    "quantities": _quantity,
    "comparators": _comparator,
    "changes": _change,
    "times": _time,
    "vetoes": _veto,
    "status": _status,
    "roles": _role,
    "responsible": _responsible,
    "cues": _found,
    "carries": carried_in,
    "labels": _label,
    "headings": _found,
    "facts": _fact,
    "furniture": _found,
    "tables": _found,
    "fragments": _found,
}
