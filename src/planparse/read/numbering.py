"""Automatic numbers of Word paragraphs, as the labels that a reader sees: 一、 （一） 1. ①."""

from __future__ import annotations

from collections import defaultdict
from xml.etree.ElementTree import Element

import regex

from planparse.read.package import attribute, child, local

HANZI = "零一二三四五六七八九"
CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "taiwaneseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
}


class Numbering:
    """The lists of a document and where each of them has got to."""

    def __init__(self, root: Element | None) -> None:
        self.levels: dict[str, dict[int, Element]] = {}
        self.counters: dict[str, dict[int, int]] = defaultdict(dict)
        self.lists: dict[str, str] = {}
        abstract = (
            {attribute(e, "abstractNumId"): e for e in root if local(e) == "abstractNum"} if root is not None else {}
        )
        for number in root if root is not None else ():
            if local(number) != "num":
                continue
            key, base = attribute(number, "numId"), attribute(child(number, "abstractNumId"), "val")
            if key is not None and base in abstract:
                self.lists[key] = base or ""
                self.levels[key] = {
                    int(attribute(level, "ilvl") or 0): level for level in abstract[base] if local(level) == "lvl"
                }

    def label(self, properties: Element | None) -> str:
        """The label of a paragraph with these properties, and the counter moved on; "" when it has none."""
        numbered = child(properties, "numPr")
        key = attribute(child(numbered, "numId"), "val")
        depth = int(attribute(child(numbered, "ilvl"), "val") or 0)
        level = self.levels.get(key or "", {}).get(depth)
        if level is None or key is None:
            return ""
        counters = self.counters[self.lists[key]]
        first = int(attribute(child(level, "start"), "val") or 1)
        counters[depth] = counters.get(depth, first - 1) + 1
        for deeper in [d for d in counters if d > depth]:
            del counters[deeper]
        pattern = attribute(child(level, "lvlText"), "val") or ""

        def written(match: regex.Match[str]) -> str:
            at = int(match[1]) - 1
            form = attribute(child(self.levels[key].get(at), "numFmt"), "val") or "decimal"
            return spell(counters.get(at, 1), form)

        text = regex.sub(r"%(\d)", written, pattern)
        return text if any(c.isdigit() or c in HANZI + "十①②③④⑤⑥⑦⑧⑨⑩" for c in text) else ""


def spell(number: int, form: str) -> str:
    """A number in a Word number format.

    >>> spell(12, "chineseCounting"), spell(3, "decimalEnclosedCircle"), spell(4, "decimal")
    ('十二', '③', '4')
    """
    if form in CHINESE and number < 100:
        tens, ones = divmod(number, 10)
        head = "" if not tens else ("十" if tens == 1 else HANZI[tens] + "十")
        return head + (HANZI[ones] if ones or not tens else "")
    if form.startswith("decimalEnclosedCircle") and number <= 20:
        return chr(ord("①") + number - 1)
    return str(number)
