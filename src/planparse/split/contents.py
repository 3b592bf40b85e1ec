"""Tables of contents: which paragraphs are entries of one, and the headings that they announce."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from planparse.characters import columns
from planparse.labels import Label, parse_label, read_labels
from planparse.model import Span
from planparse.rules import cue

ENTRY_COLUMNS = 80
LEAST = 3  # entries that a table without a title of its own has


class Contents(NamedTuple):
    """The paragraphs of a table of contents, and the labels of its titles."""

    entries: frozenset[int] = frozenset()
    titles: dict[str, Label] = {}  # noqa: RUF012


def read_contents(text: str, paragraphs: Sequence[Span]) -> Contents:
    """The entries by where they begin: what stands below 目录 with a page or comes again, or three that come again."""
    lines = [text[a:b] for a, b in paragraphs]
    again = _recurring(lines)
    entries: list[int] = []
    for run in _runs(lines, again):
        entries += run
    titles = dict(_titles(lines[i] for i in entries))
    return Contents(frozenset(paragraphs[i].start for i in entries), titles)


def _runs(lines: list[str], again: set[int]) -> Iterator[list[int]]:
    """Stretches of entries."""
    titled = cue("heading.contents")
    run: list[int] = []
    below = False
    for i, line in enumerate(lines):
        if i in again or (below and columns(line) < ENTRY_COLUMNS and cue("heading.contents-entry").match(line)):
            run.append(i)
            continue
        if below or len(run) >= LEAST:
            yield run
        run, below = [], titled.match(line) is not None
        if below:
            run.append(i)
    if below or len(run) >= LEAST:
        yield run


def _recurring(lines: list[str]) -> set[int]:
    """The short labelled lines whose words, their page apart, open a later line."""
    last: dict[str, int] = {}
    for i, line in enumerate(lines):
        last[line[:8]] = i
    found: set[int] = set()
    for i, line in enumerate(lines):
        words = line.rstrip("0123456789-.…· ")
        again = last.get(line[:8], i)
        if len(words) > 3 and again > i and columns(line) < ENTRY_COLUMNS and not words.endswith(("。", "；", "，", "：")):
            if lines[again].startswith(words) and parse_label(line):
                found.add(i)
    return found


def _titles(entries: Iterator[str]) -> Iterator[tuple[str, Label]]:
    """The titles, with and without their labels: a heading may have lost its own."""
    for entry in entries:
        for label in read_labels(entry)[:1]:
            words = entry.rstrip("0123456789-.…· ")
            yield words, label
            yield words[label.end :], label._replace(end=0)
