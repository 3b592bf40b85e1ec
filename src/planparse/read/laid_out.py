"""Pages whose lines are in order become a source: tables that go on over a page end, and pages without text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

from planparse.model import Span, Warning
from planparse.read.page_layout import Rows, Run
from planparse.read.pages import SourceBuilder

Unread = Literal["page-without-text", "garbled-text-layer"]
UNREAD: dict[Unread, str] = {
    "page-without-text": "page {} has no text layer, or next to none",
    "garbled-text-layer": "the text layer of page {} is garbled (its fonts name no characters)",
}


def write_pages(pages: Sequence[Sequence[Run]], recognised: Collection[int] = ()) -> SourceBuilder:
    """The pages written one after the other; `recognised` are the numbers of those that were read from a picture."""
    out = SourceBuilder()
    last: Run | None = None  # what stands before, page furniture aside
    for number, lines in enumerate(pages, 1):
        start = out.page()
        turned = True  # nothing but page furniture stands between this and the page before
        for line in lines:
            if line.rows is not None:
                out.table(line.rows, goes_on=turned and last is not None and _same_shape(last.rows, line.rows))
            else:
                out.line(line.text, furniture=line.furniture)
            if not line.furniture:
                last, turned = line, False
        out.write("\f")
        if number in recognised:
            out.recognised.append(Span(start, out.length))
    return out


def warn_of_unread(unread: Mapping[int, Unread], advice: str) -> Iterator[Warning]:
    """A warning for each page that is left without its text, and what to do about it."""
    for number, code in unread.items():
        yield Warning(code=code, message=f"{UNREAD[code].format(number)}; {advice}", page=number)


def _same_shape(before: Rows | None, after: Rows | None) -> bool:
    """Whether a table at the head of a page can go on with the one at the foot of the page before."""
    return before is not None and after is not None and len(before[0]) == len(after[0])
