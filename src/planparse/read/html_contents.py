"""The labels that a table of contents keeps for headings which the page was saved without: 第一章, 第一条."""

from __future__ import annotations

from typing import Any

import regex

from planparse.labels import parse_label

_PAGE = regex.compile(r"[\s.…·]*\d*$")
HEADINGS = ("li", "h1", "h2", "h3", "h4", "h5", "h6", "p")


def contents_labels(tree: Any) -> dict[int, str]:
    """The labels by the `mem_id` of the element that each entry of the contents leads to, where it has none itself."""
    places = {name: node for node in tree.css("a[name], [id]") for name in (_name(node),) if name}
    labels: dict[int, str] = {}
    for link in tree.css("a[href^='#']"):
        entry = " ".join(link.text(deep=True).split())
        label, place = parse_label(entry), places.get((link.attributes["href"] or "")[1:])
        heading = _heading(place) if label and place is not None else None
        if label is None or heading is None:
            continue
        title = "".join(heading.text(deep=True).split())
        if parse_label(title) is None and title == "".join(_PAGE.sub("", entry[label.end :]).split()):
            labels[heading.mem_id] = entry[: label.end].strip()
    return labels


def _name(node: Any) -> str:
    return node.attributes.get("name") or node.attributes.get("id") or ""


def _heading(node: Any) -> Any:
    """The heading, or the item that holds it, in which a place is marked."""
    found = None
    while node is not None and (found is None or node.tag in HEADINGS):
        found = node if node.tag in HEADINGS else found
        node = node.parent
    return found
