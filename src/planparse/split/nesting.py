"""The tree of headings and items: each label beside its own list, or below what it belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from planparse.cache import compiled
from planparse.labels import Label, rank
from planparse.model import Node, Span
from planparse.split.belief import goes_on
from planparse.split.candidates import Candidate

_TITLE_END = compiled(r"[。！？\n]|：$")
_LISTED = ("digit", "digit-bracket", "circled", "letter", "rank", "ordinal", "box-item")
LEAST = 2  # items that show that each is one paragraph
_FIXED = ("part", "chapter", "section", "article", "box")  # their order is in their names


@dataclass(slots=True)
class _Open:
    """A node whose end is not yet known: of a list inside a paragraph, or a heading without a label in a chapter.

    `single` counts the items of its list so far, it among them, while each is one paragraph.
    """

    index: int
    label: Label | None
    inline: bool = False
    inner: bool = False
    single: int = 0


class Tree:
    """The nodes so far, and those still open."""

    def __init__(self, text: str, labels: Sequence[Candidate], *, ragged: bool) -> None:
        self.text = text
        self.ragged = ragged  # a paragraph may be part of a sentence
        self.labels = labels
        self.nodes: list[Node] = []
        self.stack: list[_Open] = []
        self.pairs: set[tuple[str, str]] = set()  # styles that this document nests
        self.places: dict[str, list[int]] = defaultdict(list)
        for i, candidate in enumerate(labels):
            self.places[candidate.label.style].append(i)

    def add_label(self, number: int, title: Span) -> None:
        """Adds a label by its number; its title begins and ends within a stretch of the text."""
        label, place = self.labels[number]
        inline = place == "inline" and label.style in _LISTED
        depth = self._depth(number, inline)
        before = self.stack[depth] if depth < len(self.stack) else None
        beside = before is not None and before.label is not None and goes_on(before.label, label)
        single = before.single + 1 if before and beside and before.single else int(not beside)
        self.close_to(depth, label.start)
        if self.stack and (outer := self.stack[-1].label):
            self.pairs.add((outer.style, label.style))
        self._open(_Open(len(self.nodes), label, inline, single=single), label.start, title)

    def add_heading(self, block: Span, *, inner: bool) -> None:
        """Adds a heading without a label: an outermost one, or one of a chapter."""
        depth = 0
        if inner:
            listed = (i for i, o in enumerate(self.stack) if o.inner or (o.label and o.label.style in _LISTED))
            depth = next(listed, len(self.stack))
        self.close_to(depth, block.start)
        self._open(_Open(len(self.nodes), None, inner=inner), block.start, block)

    def close_to(self, depth: int, at: int) -> None:
        """Ends the open nodes below a depth."""
        while len(self.stack) > depth:
            last = self.stack.pop()
            self.nodes[last.index] = self.nodes[last.index]._replace(end=at)

    def close_lists(self, number: int, at: int) -> None:
        """Ends what a paragraph without a label ends: a list inside the paragraph before, and one whose items had a
        paragraph each where no later label, from the one with this number on, goes on with it."""
        if not self.stack:
            return
        last = self.stack[-1]
        if last.inline:
            self.close_to(next(i for i, o in enumerate(self.stack) if o.inline), at)
        elif self._is_over(last, number):
            self.close_to(len(self.stack) - 1, at)
        else:
            last.single = 0

    def _is_over(self, last: _Open, number: int) -> bool:
        """Whether a list whose items are one paragraph each has had its last."""
        if self.ragged or last.label is None or last.label.style not in _LISTED or last.single < LEAST:
            return False
        return not self._resumes(last.label, number - 1)

    def _open(self, opened: _Open, start: int, title: Span) -> None:
        end = _TITLE_END.search(self.text, title.start, title.end)
        title_end = end.start() if end else title.end
        parent = self.stack[-1].index if self.stack else None
        bare = (opened.label.bare or None) if opened.label else None
        words = self.text[title.start : title_end].strip("，；。：、 ")
        level = len(self.stack) + 1
        self.nodes.append(Node(bare, words, level, start, title_end, len(self.text), parent, title.start))
        self.stack.append(opened)

    def _depth(self, number: int, inline: bool) -> int:
        """How many open nodes a label stands in."""
        label = self.labels[number].label
        beside = self._beside(number)
        if beside is not None:
            return beside
        depth = len(self.stack)
        if inline or label.style == "ordinal":
            return depth
        while depth and not self._holds(self.stack[depth - 1], number):
            depth -= 1
        return depth

    def _beside(self, number: int) -> int | None:
        """Where a label's own list is open, best the one that it goes on with; a box opens lists of its own. A |6.|
        above 6.1 stands beside 5."""
        label, below = self.labels[number].label, self.labels[number + 1 : number + 2]
        chaptered = label.style == "digit" and [c.label.path for c in below] == [(label.number, 1)]
        alike = [label, label._replace(style="decimal", path=(label.number,))] if chaptered else [label]
        lists = [(i, o.label) for i, o in enumerate(self.stack) if o.label and _in_one_list(o.label, alike)]
        going_on = [i for i, last in lists if goes_on(last, label)]
        same = [i for i, _ in lists]
        boxes = [i for i, o in enumerate(self.stack) if o.label and o.label.style == "box"]
        if boxes and label.number == 1 and label.style not in _FIXED:
            same = [i for i in same if i > boxes[-1]]
        return next(iter((going_on or same)[-1:]), None)

    def _holds(self, outer: _Open, number: int) -> bool:
        """Whether an open node holds a label: by the usual order, or since its own list goes on behind the label's."""
        inner = self.labels[number].label
        if outer.label is None:
            return not outer.inner or inner.style in _LISTED
        if inner.style == "box" or outer.label.style == "box":
            return inner.style in ("box", "box-item") or (inner.number == 1 and inner.style not in _FIXED)
        if _order(outer.label) < _order(inner) or goes_on(outer.label, inner):
            return True
        quoted = inner.style == "article"  # 第三十九条 of another text, between 一、 and 二、
        if outer.label.style in _FIXED or (not quoted and (inner.style in _FIXED or inner.number != 1)):
            return False
        return (outer.label.style, inner.style) in self.pairs or self._resumes(outer.label, number)

    def _resumes(self, outer: Label, number: int) -> bool:
        """Whether the next label of a list goes on with it."""
        places = self.places[outer.style]
        after = bisect_right(places, number)
        return after < len(places) and goes_on(outer, self.labels[places[after]].label)


def _in_one_list(one: Label, others: Sequence[Label]) -> bool:
    return any(one.style == other.style and len(one.path) == len(other.path) for other in others)


def _order(label: Label) -> tuple[int, int]:
    return rank(label.style), len(label.path)
