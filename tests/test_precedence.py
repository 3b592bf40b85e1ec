"""All rules of a kind read the examples of each: an example is its own row's, or the row that takes it says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

import pytest

from planparse.check import READERS, proof_of
from planparse.facts.head import classify
from planparse.labels import parse_label, read_labels
from planparse.match import find_mentions
from planparse.rules import Row, rows, rules


def examples(row: Row) -> Iterator[tuple[str, str]]:
    yield from ((text, expected) for text, expected in proof_of(row).examples)


def takers(row: Row, text: str, expected: str) -> set[str]:
    """The rows that read the stretch of an example, if its own does not."""
    quote = expected.split(" … ")[0] if row.source == "vetoes" else expected.rpartition(" = ")[0]
    start = text.find(quote)
    mentions = find_mentions(text)
    here = [
        (mention.span, mention.rule)
        for mention in chain(mentions.times, mentions.vetoes, mentions.quantities)
        if mention.span.start < start + len(quote) and start < mention.span.end
    ]
    own = any(rule == row.id and text[span.start : span.end] == quote for span, rule in here)
    return set() if own else {rule for _, rule in here}


def test_times_vetoes_and_quantities_keep_their_examples_or_say_who_takes_them() -> None:
    taken: dict[str, set[str]] = {}
    together = [row for source in ("times", "vetoes", "quantities") for row in rows(source) if not row["with_unit"]]
    for row in together:
        for text, expected in examples(row):
            for taker in takers(row, text, expected) - {"time.span"}:  # two times that are the ends of one
                taken.setdefault(taker, set()).add(row.id)
    assert taken == {row.id: set(row["over"]) for row in together if row["over"]}


def first_label(text: str) -> str | None:
    label = parse_label(text)
    return label.rule if label else None


def test_a_sure_label_is_read_by_its_own_row_and_a_doubtful_one_too() -> None:
    for row in rows("labels"):
        for text, _ in examples(row):
            if row["belief"] == "doubtful":
                assert row.id in [label.rule for label in read_labels(text)], text
            else:
                assert first_label(text) == row.id, text


def test_a_line_of_the_head_is_what_its_own_row_says() -> None:
    for row in rows("facts"):
        assert not row["line"] or {classify(text).kind for text, _ in examples(row)} == {row["line"]}, row.id


def of_side(row: Row, text: str) -> list[str]:
    """The comparators that read a text, of those on the side of this one."""
    same = (rule for rule in rules("comparators") if rule["side"] == row["side"])
    return [rule.id for rule in same if READERS["comparators"](rule, text)]


def of_difference(row: Row, text: str) -> list[str]:
    """The changes that read a text, those that compare only where something is compared."""
    compared = "较" in text or "比" in text
    return [
        rule.id for rule in rules("changes") if (compared or not rule["compares"]) and READERS["changes"](rule, text)
    ]


@pytest.mark.parametrize(("source", "readers"), [("comparators", of_side), ("changes", of_difference)])
def test_the_first_row_that_reads_an_example_is_its_own(source: str, readers: Callable[[Row, str], list[str]]) -> None:
    for row in rows(source):
        for text, _ in examples(row):
            assert readers(row, text)[0] == row.id, text
