"""The number of a document: alone on a line of its head, behind its letterhead or title, or that of an order."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.cache import compiled
from planparse.facts.head import HeadLine
from planparse.facts.title import before_text
from planparse.rules import cue

_YEAR = compiled(r"[〔\[［（(【](?P<year>(?:19|20)\d\d)[〕\]］）)】]")


def find_doc_number(head: Sequence[HeadLine]) -> str | None:
    """The number before the text begins; one that the text cites is another document's."""
    own = before_text(head)
    number = next((line.found["number"] for line in own if line.kind == "number"), None)
    return number or _order(own) or _adopted(own)


def year_of(number: str | None) -> int | None:
    """The year in which a document was numbered; orders do not say it.

    >>> year_of("乙政发〔2022〕15号"), year_of("甲县人民政府令第34号"), year_of(None)
    (2022, None, None)
    """
    match = _YEAR.search(number or "")
    return int(match["year"]) if match else None


def _order(lines: Sequence[HeadLine]) -> str | None:
    """甲省人民政府令第196号, on one line or two."""
    orders = [line for line in lines if line.kind == "order"]
    name = next((line.text for line in orders if line.found.get("issuer")), "")
    number = next((line.found["number"] for line in orders if "number" in line.found), None)
    if number is None:
        return None
    if not name:
        return number if "令" in number else None
    return name.partition("第")[0].partition("（")[0] + (number.partition("令")[2] or number).strip("（）")


def _adopted(lines: Sequence[HeadLine]) -> str | None:
    """The order in the history of a rule: …人民政府令第34号公布."""
    for line in lines:
        if line.kind == "adopted" and (match := cue("issuer.order").search(line.text)):
            return f"{match['issuer']}令{match['number']}"
    return None
