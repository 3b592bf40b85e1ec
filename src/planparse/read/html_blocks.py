"""What a browser shows of an element of a web page, block by block: paragraphs, items with their labels, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

import regex

from planparse.characters import raised
from planparse.labels import parse_label
from planparse.read.grids import lay_out
from planparse.read.html_lists import whole_number
from planparse.read.numbering import with_label
from planparse.rules import rules
from planparse.ruleset import per_ruleset

Grid = list[list[str | None]]
# fmt: off
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "legend", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
))
# fmt: on
LISTS = ("ul", "ol", "dl", "div", "p", "table", "td")  # what may hold nothing but links
LEAST_LINKS, LINKED = 4, 0.8  # of a block that leads elsewhere: its links, and their share of its text
LEAST_ENTRIES = 3  # of a table of contents
MAX_NESTED = 20  # tables in one that holds data
MAX_LIST = 3_000  # characters of a list of links
_MENU = regex.compile(
    r"menu|nav|foot(?!note)|head(?:er)?bar|(?<![a-z])side|crumb|share|copyright|toolbar|banner|pagination|related"
    r"|(?<!re)search",
    regex.I,
)
FILE = regex.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|zip|rar|rtf|txt|pptx?)\b", regex.I)


class Block(NamedTuple):
    """A paragraph; `entry` tells that it is one of a table of contents, which only leads to places of the page."""

    text: str
    entry: bool = False


def find_blocks(node: Any, labels: Mapping[int, str]) -> Iterator[Block | Grid]:
    """The paragraphs and tables of an element in order, without site furniture."""
    for entry, group in groupby(_blocks(node, labels), key=lambda block: isinstance(block, Block) and block.entry):
        blocks = list(group)
        for block in blocks:
            if not isinstance(block, Block):
                yield block
            elif text := without_furniture(block.text):
                yield Block(text, entry and len(blocks) >= LEAST_ENTRIES)


def without_furniture(text: str) -> str:
    """A block without what sites put around texts: switches, buttons, where the reader is.

    >>> without_furniture("来源：区教育局 【字体：大 中 小】"), without_furniture("当前位置：首页 > 公告")
    ('来源：区教育局', '')
    """
    for pattern in _furniture():
        text = pattern.sub("", text)
    return " ".join(text.split())


@per_ruleset
def _furniture() -> list[Any]:
    return [rule.pattern for rule in rules("furniture")]


def is_grid(node: Any) -> bool:
    """Whether a table holds data: old sites lay their pages out with tables, one in the other or with all of the prose
    in a cell."""
    if node.tag != "table":
        return False
    rows = [_cells(row) for row in _rows(node)]
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or len(cells) <= 3 or all(sum(map(bool, map(_length, row))) < 2 for row in rows):
        return False
    nested = node.css("table")[1:]  # the first is the table itself
    half = _length(node) / 2
    parts = [*nested[:MAX_NESTED], *(cell for cell in cells if _is_prose(cell))]
    return len(nested) <= MAX_NESTED and all(_length(part) <= half for part in parts)


def is_navigation(node: Any) -> bool:
    """Whether an element is a menu, by its name or because it holds nothing but links; those to files are annexes."""
    text = None
    if _MENU.search(f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"):
        text = node.text(deep=True) or ""
        if "。" not in text:
            return True
    links = node.css("a[href]:not([href^='#'])") if node.tag in LISTS else ()
    if len(links) < LEAST_LINKS:
        return False
    text = text or node.text(deep=True) or ""
    if (
        "。" in text
        or "附件" in text
        or len(text) > MAX_LIST
        or any(FILE.search(a.attributes.get("href") or "") for a in links)
    ):
        return False
    return sum(map(_length, links)) >= LINKED * _length(node)


def _length(node: Any) -> int:
    """The characters of an element, blanks left out."""
    return sum(map(len, node.text(deep=True).split()))


# ---------------------------------------------------------------- the walk


class _Label(str):
    """Of the item that begins."""


class _Link(str):
    """Whether what follows leads to another place of the page."""


def _blocks(node: Any, labels: Mapping[int, str], *, grids: bool = True) -> Iterator[Block | Grid]:
    """The text blocks and tables under an element; without recursion: pages nest deeply."""
    text: list[str] = []
    label, linked, outside = "", False, 0
    stack: list[Any] = [node, None]
    stack.reverse()
    while stack:
        item = stack.pop()
        if isinstance(item, _Label):
            label = item
        elif isinstance(item, _Link):
            linked = bool(item)
        elif isinstance(item, str):
            text.append(item)
            outside += 0 if linked else len(item.strip())
        elif item is None or (grids and is_grid(item)):
            if joined := " ".join("".join(text).split()):
                yield Block(_labelled(joined, label), entry=not outside)
                label = ""
            text, outside = [], 0
            if item is not None:
                yield from (Block(" ".join(caption.text().split())) for caption in item.css("caption"))
                yield lay_out([_spanning(cell, labels) for cell in _cells(row)] for row in _rows(item))
        elif item.tag == "-text":
            written = item.text(deep=False) or ""
            stack.append(raised(written) if item.parent.tag == "sup" else written)
        elif item.tag != "-comment" and not is_navigation(item):
            stack += reversed(_opened(item, labels))


def _opened(item: Any, labels: Mapping[int, str]) -> list[Any]:
    """What stands in an element, between the ends of a block, its label or the ends of a link."""
    parts = _parts(item)
    if item.tag == "a" and (item.attributes.get("href") or "").startswith("#"):
        parts = [_Link("in"), *parts, _Link("")]
    if item.tag in BLOCKS:
        parts = [None, *parts, None]
    if own := labels.get(item.mem_id):
        parts = [_Label(own), *parts, _Label("")]
    return parts


def _parts(node: Any) -> list[Any]:
    """What is in an element; the lines of one that keeps them as its author set them."""
    if node.tag == "pre" and node.css_first("br, p, div, table") is None:
        return [part for line in node.text(deep=True).splitlines() for part in (line, None)]
    return list(node.iter(include_text=True))


def _labelled(text: str, label: str) -> str:
    """The text of an item after its label, unless it writes out one of its own: the page then hides the other."""
    own = parse_label(text)
    return text if own and own.style != "ordinal" else with_label(label, text)


# ---------------------------------------------------------------- tables


def _rows(table: Any) -> list[Any]:
    """The rows of a table, not those of tables in it."""
    rows: list[Any] = []
    for part in table.iter():
        rows += [part] if part.tag == "tr" else [row for row in part.iter() if row.tag == "tr"]
    return rows


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row.iter() if cell.tag in ("td", "th")]


def _is_prose(cell: Any) -> bool:
    return len(cell.css("p, br, div")) > 2 and "。" in cell.text(deep=True)


def _spanning(cell: Any, labels: Mapping[int, str]) -> tuple[str, int, int]:
    """The lines of a cell, and how many columns and rows it spans."""
    blocks: Iterable[Any] = _blocks(cell, labels, grids=False)
    return (
        "\n".join(block.text for block in blocks),
        whole_number(cell, "colspan", 1),
        whole_number(cell, "rowspan", 1),
    )
