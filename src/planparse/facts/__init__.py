"""What a document says of itself: title, issuer, document number, period, and when it was issued."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from planparse.dates import NO_DAYS, Days
from planparse.facts.doc_number import find_doc_number, year_of
from planparse.facts.head import read_head
from planparse.facts.issued import find_issued, find_signature
from planparse.facts.issuer import find_issuer, set_apart
from planparse.facts.period import find_period, find_year
from planparse.facts.title import find_title, subtitles
from planparse.model import NormalText, Outline

OPENING = 3000


class Facts(NamedTuple):
    """`period` are the days of the years that a document plans, `issued` the day on which it was signed or published,
    `year` the one that it calls this year; `genre` is the title with the line that a dash sets below it, which tells
    more of what the document is: 凝心聚力谱新篇——青石县2023年工作综述."""

    title: str | None = None
    issuer: str | None = None
    doc_number: str | None = None
    period: Days = NO_DAYS
    issued: date | None = None
    year: int | None = None
    genre: str | None = None


def find_facts(normal: NormalText, outline: Outline) -> Facts:
    """The facts of a document; what it does not say is None."""
    head = read_head(normal, outline)
    title = find_title(head)
    signature = find_signature(normal)
    issued = find_issued(head, signature)
    issuer = find_issuer(title, head, normal.text[:OPENING], signature.issuer)
    period = find_period(title, head, normal.text)
    doc_number = find_doc_number(head)
    year = find_year(period, issued, year_of(doc_number), head, normal.text, title)
    genre = (title or "") + next(iter(subtitles(head)), "") or None
    return Facts(title, issuer and set_apart(issuer, normal), doc_number, period, issued, year, genre)
