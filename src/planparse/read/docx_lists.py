"""The lists of a Word package (`numbering.xml`), and where paragraphs stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from planparse.read.numbering import Level, NumberedList
from planparse.read.package import attribute, child, is_on, local, whole


class ListPlace(NamedTuple):
    """Which list a paragraph is in, and how deep; None where its style decides."""

    key: str | None = None
    depth: int | None = None

    def or_else(self, other: ListPlace) -> ListPlace:
        return ListPlace(self.key or other.key, other.depth if self.depth is None else self.depth)


def list_place(properties: Element | None) -> ListPlace:
    """What the properties of a paragraph or style say of themselves."""
    number = child(properties, "numPr")
    depth = child(number, "ilvl")
    return ListPlace(attribute(child(number, "numId"), "val"), None if depth is None else whole(depth, "val"))


def read_lists(root: Element | None, styles: Mapping[str, ListPlace]) -> dict[object, NumberedList]:
    """The lists by the id that paragraphs give; those of one definition count on together."""
    parts = list(root) if root is not None else []
    definitions = {attribute(e, "abstractNumId"): e for e in parts if local(e) == "abstractNum"}
    uses = {attribute(e, "numId"): e for e in parts if local(e) == "num"}
    lists: dict[object, NumberedList] = {}
    for key, use in uses.items():
        group = attribute(child(use, "abstractNumId"), "val")
        style = attribute(child(definitions.get(group), "numStyleLink"), "val") or ""
        if style in styles:  # the definition stands with the list of a style
            group = attribute(child(uses.get(styles[style].key), "abstractNumId"), "val")
        levels, restarts = _levels(definitions.get(group)), {}
        for override in (e for e in use if local(e) == "lvlOverride"):
            depth = whole(override, "ilvl")
            levels |= _levels(override)
            if child(override, "startOverride") is not None:
                restarts[depth] = whole(child(override, "startOverride"), "val")
        lists[key] = NumberedList(group, levels, restarts)
    return lists


def _levels(parent: Element | None) -> dict[int, Level]:
    return {whole(e, "ilvl"): _level(e) for e in parent if local(e) == "lvl"} if parent is not None else {}


def _level(element: Element) -> Level:
    restart = child(element, "lvlRestart")
    return Level(
        pattern=attribute(child(element, "lvlText"), "val") or "",
        form=attribute(child(element, "numFmt"), "val") or "decimal",
        start=whole(child(element, "start"), "val", 1),
        restarts=restart is None or whole(restart, "val") > 0,
        legal=is_on(child(element, "isLgl")),
    )
