"""What the styles of a Word package (`styles.xml`) say: lists, hidden and raised text, tables of contents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from planparse.read.docx_lists import ListPlace, list_place
from planparse.read.package import attribute, child, is_on

MAX_BASES = 12  # styles that one is based on; Word stops at eleven
UNSEEN = ("vanish", "strike", "dstrike")  # marks of characters that a reader does not see, or sees struck out


class Style(NamedTuple):
    """What a style of paragraphs or characters says, by its own words or those of a style that it is based on."""

    place: ListPlace = ListPlace()
    unseen: frozenset[str] = frozenset()
    raised: bool = False
    contents: bool = False  # an entry of a table of contents


def read_styles(root: Element | None) -> dict[str, Style]:
    """The styles by their ids."""
    found = {key: style for style in root if (key := attribute(style, "styleId"))} if root is not None else {}
    styles: dict[str, Style] = {}
    for key, element in found.items():
        chain = [found[name] for name in _bases(key, found)]
        place = ListPlace()
        for style in chain:
            place = place.or_else(list_place(child(style, "pPr")))
        raised = next((v for s in chain if (v := attribute(child(s, "rPr", "vertAlign"), "val"))), "")
        name = (attribute(child(element, "name"), "val") or "").lower()
        styles[key] = Style(
            place, unseen_marks([child(s, "rPr") for s in chain]), raised == "superscript", name.startswith("toc ")
        )
    return styles


def unseen_marks(properties: list[Element | None], otherwise: frozenset[str] = frozenset()) -> frozenset[str]:
    """Which marks are on, by the first of some properties that says so of each, the nearest first."""
    said = {
        mark: next((is_on(found) for p in properties if (found := child(p, mark)) is not None), mark in otherwise)
        for mark in UNSEEN
    }
    return frozenset(mark for mark in UNSEEN if said[mark])


def _bases(key: str, styles: dict[str, Element]) -> Iterator[str]:
    """A style and those that it is based on; styles based on each other are malformed, and end there, as longer chains
    than any program makes do."""
    seen = set[str]()
    while key in styles and key not in seen and len(seen) < MAX_BASES:
        seen.add(key)
        yield key
        key = attribute(child(styles[key], "basedOn"), "val") or ""
