"""Tables of contents: which paragraphs are entries of one, and the headings that they announce."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from planparse.characters import columns, fold
from planparse.labels import Label, parse_label, read_labels
from planparse.model import NormalText, Span
from planparse.rules import cue

_PAGE = "0123456789-—–.…·‥⋯（） "
ENTRY_COLUMNS = 80
LEAST = 3  # entries that a table without a title of its own has


class Contents(NamedTuple):
    """The paragraphs of a table of contents by where they begin, and its titles without and with their labels."""

    entries: frozenset[int] = frozenset()
    titles: tuple[tuple[str, Label], ...] = ()


def read_contents(normal: NormalText, paragraphs: Sequence[Span]) -> Contents:
    """The entries by where they begin: what stands below 目录 with a page or comes again, or three that come again.
    Those that are furniture already lend their titles."""
    lines = [normal.text[a:b] for a, b in paragraphs]
    again = _recurring(lines)
    entries: list[int] = []
    for run in _runs(lines, again):
        entries += run
    left_out = ("".join(fold(normal.source[a:b]).split()) for a, b in normal.furniture)
    entitled = (line.rstrip(_PAGE) for line in (*left_out, *(lines[i] for i in entries)))
    titles = ((words, label) for words in entitled for label in read_labels(words)[:1])
    return Contents(frozenset(paragraphs[i].start for i in entries), tuple(titles))


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
        words = line.rstrip(_PAGE)
        again = last.get(line[:8], i)
        title = again > i and len(words) > 3 and words[-1] not in "。；，：" and lines[again].startswith(words)
        if title and columns(line) < ENTRY_COLUMNS and parse_label(line):
            found.add(i)
    return found


def find_announced(text: str, blocks: Sequence[Span], ends: dict[int, int], contents: Contents) -> dict[int, Label]:
    """The headings of a table of contents by where they stand in the text, each once and in order, with the labels that
    they have there; `ends` tells where a label in the text ends."""
    whole = {words: i for i, (words, _) in enumerate(contents.titles)}
    words_alone = {words[label.end :]: i for i, (words, label) in enumerate(contents.titles)}
    found: list[tuple[int, int, int]] = []
    for start, stop in blocks if whole else ():
        end = ends.get(start, start)
        if start in contents.entries:
            continue
        if (i := whole.get(text[start:stop], -1)) >= 0:
            found.append((i, start, start + contents.titles[i][1].end))
        elif (i := words_alone.get(text[end:stop], -1)) >= 0:
            found.append((i, start, end))
    return {start: contents.titles[i][1]._replace(start=start, end=end) for i, start, end in _longest_rising(found)}


def _longest_rising(pairs: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The longest run of pairs, not all neighbours, whose first numbers rise."""
    tails: list[int] = []  # the last pair of the best run of each length
    before: list[int] = []
    for i, (number, _, _) in enumerate(pairs):
        length = bisect_left([pairs[j][0] for j in tails], number)
        before.append(tails[length - 1] if length else -1)
        tails[length : length + 1] = [i]
    run: list[tuple[int, int, int]] = []
    i = tails[-1] if tails else -1
    while i >= 0:
        run.insert(0, pairs[i])
        i = before[i]
    return run
