"""Holds the rows of rules/constructions.toml against the sentences that they carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from planparse.assemble import assemble, carry
from planparse.assemble.constructions import alphabet, read_phrase, rows_for
from planparse.assemble.tokens import read_tokens
from planparse.dates import Calendar
from planparse.match import find_mentions
from planparse.model import Mentions, NormalText, Outline, Sentence
from planparse.normalise import normalise
from planparse.read import read_bytes
from planparse.rules import Rule, read
from planparse.ruleset import forget, per_ruleset
from planparse.split import split


def named_rows() -> list[dict[str, Any]]:
    """The rows of the file: [[phrase]] ones first."""
    table = read("constructions")
    return [{**row, "phrase": True} for row in table["phrase"]] + list(table["construction"])


def check_names() -> tuple[int, list[str]]:
    """How many rows there are, and a line for each sentence that one does not read as it says."""
    rows = named_rows()
    faults = [
        (f"{row.get('pack', 'rules')}/constructions.toml: {row['id']}", fault)
        for row in rows
        for fault in faults_of(row)
    ]
    return len(rows), [f"{where}: {fault}" for where, fault in faults]


def faults_of(row: Mapping[str, Any]) -> Iterator[str]:
    """What a row lacks, and what it gets wrong of its examples and rejects."""
    if len(row.get("examples", ())) < (1 if "pack" in row else 2) and row.get("name") != "":
        yield "has no example" if "pack" in row else "has fewer than two examples"
    if not row.get("rejects") and "pack" not in row:
        yield "has no reject"
    for text, expected in row.get("examples", ()):
        if (found := names_in(text, row)) != expected:
            yield f"{text!r} gives {found!r}, not {expected!r}"
    for text in row.get("rejects", ()):
        if (found := names_in(text, row)) is not None:
            yield f"{text!r} should not match, but gives {found!r}"


class Parts(NamedTuple):
    """What is known of a text before its numbers are named."""

    normal: NormalText
    outline: Outline
    sentences: list[Sentence]
    mentions: Mentions


def names_in(text: str, row: Mapping[str, Any]) -> str | None:
    """What a row names in a text: the quote, the name and the verb of each number that it reads, or of the phrase."""
    if row.get("phrase"):
        phrase = read_phrase(row["id"], read_tokens(text, 0, len(text), (), alphabet()))
        return f"{phrase.text} | {phrase.verb or '—'}" if phrase else None
    return names_of(parts_of(text), row["id"])


@per_ruleset
def parts_of(text: str) -> Parts:
    """A text taken apart."""
    normal = normalise(read_bytes(text.encode(), "example.txt"))
    return Parts(normal, *split(normal), find_mentions(normal.text))


def names_of(parts: Parts, rule: str | None = None) -> str | None:
    """The quote, the name and the verb of each number, of all or of those that one construction or carry names."""
    found = [
        f"{parts.normal.text[record.span.start : record.span.end]} | {record.indicator} | {record.action or '—'}"
        for record in assemble(*parts, Calendar()).records
        if rule is None or rule in (said.rule for part, said in record.why.items() if part in ("name", "owner"))
    ]
    return " … ".join(found) or None


def carried_in(rule: Rule, text: str) -> str | None:
    """What a rule of rules/carries.toml names in a text, in the place of its row."""
    kept = {missing: carry.rows_of(missing) for missing in ("owner", "name")}
    held = {what: tuple(carry.make_row(rule) if row.rule.id == rule.id else row for row in kept[what]) for what in kept}
    with put(carry, rows_of=held.__getitem__):
        return names_of(parts_of(text), rule.id)


@contextmanager
def put(module: Any, **functions: Any) -> Iterator[None]:
    """Has a module use other functions."""
    kept = {name: vars(module)[name] for name in functions}
    vars(module).update(functions)
    forget(rows_for, carry.rows_for)
    try:
        yield
    finally:
        vars(module).update(kept)
        forget(rows_for, carry.rows_for)
