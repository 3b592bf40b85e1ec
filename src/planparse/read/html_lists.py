"""The labels of a web page's list items, as a browser shows them: 1. by itself, 一、 where a style asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile, islice
from typing import Any

import regex

from planparse.labels import parse_label
from planparse.model import Warning
from planparse.read.numbering import Level, spell

NUMBERED = Level("%1.")
COUNTED = Level("%1、", "chineseCounting")
NONE = Level("", "none")
TYPES = {  # of the attribute `type`
    "1": NUMBERED,
    "a": Level("%1.", "lowerLetter"),
    "A": Level("%1.", "upperLetter"),
    "i": Level("%1.", "lowerRoman"),
    "I": Level("%1.", "upperRoman"),
}
STYLES = {  # of `list-style-type`, with the marks that CSS gives them
    **dict.fromkeys(("decimal", "decimal-leading-zero"), NUMBERED),
    **dict.fromkeys(
        ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "japanese-informal"), COUNTED
    ),
    "cjk-decimal": Level("%1、", "ideographDigital"),
    "cjk-heavenly-stem": Level("%1、", "ideographTraditional"),
    "cjk-earthly-branch": Level("%1、", "ideographZodiac"),
    **dict.fromkeys(("lower-alpha", "lower-latin"), TYPES["a"]),
    **dict.fromkeys(("upper-alpha", "upper-latin"), TYPES["A"]),
    "lower-roman": TYPES["i"],
    "upper-roman": TYPES["I"],
    **dict.fromkeys(("none", "disc", "circle", "square"), NONE),
}
CLASSES = {  # of UEditor, whose styles draw the labels as pictures; many government sites are written with it
    "custom_cn": COUNTED,
    "custom_cn1": Level("%1）", "chineseCounting"),
    "custom_cn2": Level("（%1）", "chineseCounting"),
    "custom_num": NUMBERED,
    "custom_num1": Level("%1）"),
    "custom_num2": Level("（%1）"),
}
OFFICIAL = {  # of GB/T 9704, outermost first
    "hanzi": COUNTED,
    "hanzi-bracket": CLASSES["custom_cn2"],
    "digit": NUMBERED,
    "digit-bracket": CLASSES["custom_num2"],
    "circled": Level("%1", "decimalEnclosedCircle"),
}
MAX_RULES = 100  # of a style sheet that say something of lists
_RULE = regex.compile(r"([\w\s.#>,*-]+)\{[^{}]*?\blist-style(?:-type)?\s*:([^;{}]*)")
_OWN = regex.compile(r"\blist-style(?:-type)?\s*:([^;]*)", regex.I)
_COUNTED_BY_STYLE = regex.compile(r"([\w\s.#>,*-]+)::?before\s*\{[^{}]*\bcontent\s*:[^;{}]*\bcounters?\(")
BY_DEPTH = Warning(
    code="list-labels",
    message="LibreOffice saved this page without the labels of its lists (一、 （一） 1.); they are given by how deep "
    "the items stand, and may differ from the document's own: extract the document itself",
)
BY_STYLE = Warning(
    code="list-labels",
    message="style rules of the page number some of its paragraphs; these numbers were not read: "
    "save the page from the browser as text",
)


class ListLabels:
    """The labels of the items of one page, by the `mem_id` of their element; an item without a label has none.

    What LibreOffice saves says neither style nor mark: there, the depth of an item decides, after the labels that the
    page itself writes out.
    """

    def __init__(self, tree: Any) -> None:
        self.warnings: list[Warning] = []
        self.levels: dict[int, Level] = {}  # of lists and items, where a style says it
        self._read_styles(tree)
        self.by_depth: list[Level] = []
        if tree.css_first("meta[name=generator][content*=Office]") and tree.css_first("ol:not([type])"):
            self.by_depth = _by_depth(tree)
            self.warnings.append(BY_DEPTH)
        self.labels = self._number(tree)

    def _read_styles(self, tree: Any) -> None:
        sheets = "\n".join(style.text() for style in tree.css("style"))
        for rule in islice(_RULE.finditer(sheets), MAX_RULES):
            for node in _select(tree, rule[1]):
                self._set(node, rule[2])
        for node in tree.css("ol[style], ul[style], li[style]"):
            if own := _OWN.search(node.attributes["style"] or ""):
                self._set(node, own[1])
        for node in tree.css("ol[class]"):
            for name in CLASSES.keys() & set((node.attributes["class"] or "").split()):
                self.levels[node.mem_id] = CLASSES[name]
        if any(_select(tree, rule[1]) for rule in islice(_COUNTED_BY_STYLE.finditer(sheets), MAX_RULES)):
            self.warnings.append(BY_STYLE)

    def _set(self, node: Any, value: str) -> None:
        found = [STYLES[word] for word in value.lower().split() if word in STYLES]
        if found and node.tag in ("ol", "ul", "li"):
            self.levels[node.mem_id] = found[0]

    def _number(self, tree: Any) -> dict[int, str]:
        """Counts the items of every list, in the order in which they stand on the page."""
        labels: dict[int, str] = {}
        lists: dict[int, _List] = {}
        reached = [1] * (len(OFFICIAL) + 1)  # the next number, by depth
        for item in tree.css("ol > li, ul > li"):
            parent = item.parent
            if parent.mem_id not in lists:
                lists[parent.mem_id] = self._open(parent, reached)
            counted = lists[parent.mem_id]
            number = whole_number(item, "value", counted.number)
            level = self.levels.get(item.mem_id, counted.level)
            labels[item.mem_id] = level.pattern.replace("%1", spell(number, level.form))
            counted.number = number + counted.step
            reached[counted.depth :] = [counted.number] + [1] * (len(OFFICIAL) - counted.depth)
        return labels

    def _open(self, node: Any, reached: Sequence[int]) -> _List:
        depth, step = _depth(node), -1 if "reversed" in node.attributes else 1
        first = 1 if step > 0 else sum(part.tag == "li" for part in node.iter())
        if self.by_depth and next(part.tag for part in node.iter()) == "ol":
            first = reached[depth]  # opened again, without its start, for an item that stands further in
        return _List(self._level(node, depth), whole_number(node, "start", first), step, depth)

    def _level(self, node: Any, depth: int) -> Level:
        written = node.attributes.get("type")
        if node.mem_id in self.levels:
            return self.levels[node.mem_id]
        if node.tag == "ul":
            return NONE
        if written is None and self.by_depth:
            return self.by_depth[min(depth, len(self.by_depth)) - 1]
        return TYPES.get(written or "", NUMBERED)


@dataclass(slots=True)
class _List:
    """A list whose items are being counted: its next number, and what that changes by."""

    level: Level
    number: int
    step: int
    depth: int


def _by_depth(tree: Any) -> list[Level]:
    """The labels that official documents have by depth, below the outer ones that the page writes out itself; none
    where all lists stand side by side and nothing tells what they are."""
    written = {label.style for p in tree.css("p:not(td p, li p)") if (label := parse_label(p.text().strip()))}
    if not written.intersection(OFFICIAL) and tree.css_first("ol ol") is None:
        return []
    outermost = any(_depth(ol) == 1 for ol in tree.css("ol:has(> li)"))
    return [OFFICIAL[style] for style in dropwhile(lambda style: outermost and style in written, OFFICIAL)]


def _select(tree: Any, selector: str) -> list[Any]:
    """The elements that a selector of a style sheet means; none for one that is malformed."""
    from selectolax.lexbor import SelectolaxError

    try:
        return list(tree.css(selector.strip()))
    except SelectolaxError:
        return []


def _depth(node: Any) -> int:
    """How many numbered lists an element stands in, itself among them; no more than have labels of their own."""
    depth = 0
    while node is not None and depth < len(OFFICIAL):
        depth += node.tag == "ol"
        node = node.parent
    return depth


def whole_number(node: Any, name: str, default: int) -> int:
    """The whole number that an attribute holds."""
    written = (node.attributes.get(name) or "").strip()
    return int(written) if written.isdecimal() and len(written) < 9 else default
