"""Web pages: the main text of a government page without its menus, and its tables."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

import regex

from planparse.characters import SUPERSCRIPTS
from planparse.labels import parse_label
from planparse.limits import DEFAULT, Limits
from planparse.model import ReadError, Source, Warning
from planparse.read.from_text import decode
from planparse.read.grids import lay_out
from planparse.read.html_lists import ListLabels, whole_number
from planparse.read.numbering import with_label
from planparse.read.pages import SourceBuilder
from planparse.read.word_warnings import STRUCK_OUT

DROPPED = (
    "script, style, noscript, rt, rp, template, nav, footer, button, select, input, iframe, svg, [hidden], "
    "header:not(:has(h1, h2)), div[title=header], div[title=footer]"  # the last two by LibreOffice
)
BLOCKS = {
    "p",
    "pre",
    "div",
    "section",
    "article",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "br",
    "tr",
    "td",
    "blockquote",
    "dd",
    "dt",
    "ul",
    "ol",
    "body",
    "main",
    "center",
}
BROKEN = "\ufffd"
MOST_BROKEN = 0.01  # of a page's characters; where more are broken, it is another encoding
MIN_TITLE = 8  # hanzi; shorter page titles name a section of the site
_CHARSET = regex.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", regex.I)
_MENU = regex.compile(
    r"menu|nav|foot|head(?:er)?bar|side|crumb|share|copyright|toolbar|banner|breadcrumb|pagination|related|search",
    regex.I,
)
STRUCK = "del, s, strike"
_HIDDEN = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.I)
_TAG = regex.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)[^<>]*>")
UNCLOSED = {
    "p",
    "li",
    "td",
    "th",
    "tr",
    "br",
    "img",
    "input",
    "meta",
    "link",
    "hr",
    "option",
    "dd",
    "dt",
    "col",
    "area",
}
MAX_DEPTH = 200  # of nested elements that are looked into; a page has some thirty
MAIN_SHARE = 0.6  # the main part holds at least this share of the page's prose
LEFT_OUT = 12  # and all but so many sentence marks: a long document keeps its annex, a note on copyright stays out


def read_html(
    content: bytes, name: str, sha256: str, limits: Limits = DEFAULT, *, charset: str | None = None
) -> Source:
    """The Source of a page. Its charset is the one given, or what it declares, else what its bytes show."""
    from selectolax.lexbor import LexborHTMLParser

    text, encoding, warnings = _decode(content, charset)
    nesting = _nesting(text)
    if nesting > limits.max_nesting:
        return _without_structure(text, name, sha256, encoding, nesting)
    tree = LexborHTMLParser(text)
    lists = ListLabels(tree)
    for node in reversed(tree.css(DROPPED)):  # the inner ones first
        node.decompose()
    struck = tree.css(STRUCK)
    for node in reversed(struck):
        node.decompose()
    for node in reversed(tree.css("[style]")):
        if _HIDDEN.search(node.attributes.get("style") or ""):
            node.decompose()
    body = tree.body
    if body is None:
        raise ReadError("the page has no body; save it again from the browser", code="damaged")
    out = SourceBuilder()
    out.warnings += [*warnings, *lists.warnings, *[STRUCK_OUT] * bool(struck)]
    title = tree.css_first("title")
    _write(out, _main_part(body), title.text(strip=True) if title else "", lists.labels)
    if not out.parts:
        raise ReadError(
            "the page holds no text (its text may be loaded by a script); save it from the browser as text",
            code="no-text",
        )
    return out.source(name, "text/html", sha256, encoding)


def _decode(content: bytes, charset: str | None) -> tuple[str, str, tuple[Warning, ...]]:
    """The text of a page, its encoding, and a warning where that is not certain or bytes of it are broken."""
    declared = _CHARSET.search(content[:2048])
    labels = [label.lower() for label in (charset, declared and declared[1].decode("ascii")) if label]
    encodings = ["gb18030" if label.startswith("gb") else label for label in labels]
    for encoding in encodings:
        try:
            return content.decode(encoding), encoding, ()
        except (UnicodeDecodeError, LookupError):
            pass
    try:
        return decode(content)
    except ReadError as error:
        return _mended(content, error)


def _mended(content: bytes, error: ReadError) -> tuple[str, str, tuple[Warning, ...]]:
    """The text of a page in which some bytes are broken, as a browser shows it: programs that cut a text after so many
    bytes leave half a character."""
    texts = {encoding: content.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")}
    encoding = min(texts, key=lambda name: texts[name].count(BROKEN))
    broken = texts[encoding].count(BROKEN)
    if broken > MOST_BROKEN * len(texts[encoding]):
        raise error
    message = f"{broken} characters are broken in {encoding}; each is left as {BROKEN}"
    return texts[encoding], encoding, (Warning(code="broken-characters", message=message),)


def _nesting(text: str) -> int:
    """How deep elements stand in each other; those that a page may leave open are not counted."""
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        if tag["name"].lower() not in UNCLOSED:
            depth = max(0, depth + (-1 if tag["end"] else 1))
            deepest = max(deepest, depth)
    return deepest


def _without_structure(text: str, name: str, sha256: str, encoding: str, nesting: int) -> Source:
    """The text of a page that no parser reads in bounded time, every tag a line end."""
    out = SourceBuilder()
    for line in html.unescape(regex.sub(r"<[^>]*>", "\n", text)).splitlines():
        out.paragraph(line)
    if not out.parts:
        raise ReadError("the page holds no text, only nested tags; save it from the browser as text", code="no-text")
    message = (
        f"elements are nested {nesting:,} deep; the text was read without them, menus included; "
        f"raise the limit with --limit max_nesting={nesting}"
    )
    out.warnings.append(Warning(code="nested-too-deep", message=message))
    return out.source(name, "text/html", sha256, encoding)


def _main_part(body: Any) -> Any:
    """The smallest element that still holds the page's prose."""
    part = body
    whole = _weight(body)
    for _ in range(MAX_DEPTH if whole else 0):
        children = list(part.iter(include_text=True))
        if len(children) == 1 and children[0].tag != "-text" and not _is_grid(children[0]):
            part = children[0]  # a mere wrapper: nothing to weigh
            continue
        least = max(MAIN_SHARE * whole, whole - LEFT_OUT)
        heavier = next((c for c in part.iter() if _weight(c) >= least), None)
        if heavier is None or _belongs(heavier):
            break
        part = heavier
    return part


def _belongs(node: Any) -> bool:
    """Whether an element is a piece of what stands around it: a paragraph, a list or its item, a table or its row."""
    if node.tag in ("tr", "td"):
        return not node.css("table")  # a row of layout, with the title in the row above
    return node.tag in ("p", "ol", "ul", "li") or _is_grid(node)


def _weight(node: Any) -> int:
    """How much prose an element holds: its sentence marks and cells with figures, links left out."""
    marks = _count_marks(node) - sum(map(_count_marks, node.css("a")))
    return marks + sum(any(c.isdigit() for c in cell.text(deep=True)) for cell in node.css("td"))


def _count_marks(node: Any) -> int:
    text: str = node.text(deep=True)
    return sum(text.count(mark) for mark in "，。；")


def _write(out: SourceBuilder, main: Any, title: str, labels: Mapping[int, str]) -> None:
    """The paragraphs and tables of the main part, in order, the page's title first when the text lacks it."""
    paragraphs = list(_blocks(main, labels))
    first = next((b for b in paragraphs if isinstance(b, str)), "")
    headline = regex.split(r"[_|—-]{1,2}", title)[0].strip() if title else ""
    if len(headline) >= MIN_TITLE and headline not in first and "".join(headline.split()) not in "".join(first.split()):
        out.paragraph(headline)
    for block in paragraphs:
        if isinstance(block, str):
            out.paragraph(block)
        else:
            out.table(block)


class _Label(str):
    """Of the item that begins."""


def _blocks(node: Any, labels: Mapping[int, str]) -> Iterator[str | list[list[str | None]]]:
    """The text blocks and tables under an element, items with their labels; without recursion: pages nest deeply."""
    text: list[str] = []
    label = ""
    stack: list[Any] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, _Label):
            label = item
        elif isinstance(item, str):
            text.append(item)
        elif item is None or _is_grid(item):
            if joined := _flat(text):
                yield _labelled(joined, label)
                label = ""
            text = []
            if item is not None:
                yield from (" ".join(caption.text().split()) for caption in item.css("caption"))
                yield _grid(item)
        elif item.tag == "-text":
            written = item.text(deep=False) or ""
            text.append(written.translate(SUPERSCRIPTS) if item.parent.tag == "sup" else written)
        elif item.tag != "-comment" and not _is_menu(item):
            ends = [None] if item.tag in BLOCKS else []
            begun = [_Label(labels[item.mem_id])] if labels.get(item.mem_id) else []
            stack += [*[_Label()] * len(begun), *ends, *reversed(_parts(item)), *ends, *begun]
    if joined := _flat(text):
        yield _labelled(joined, label)


def _parts(node: Any) -> list[Any]:
    """What is in an element; the lines of one that keeps them as its author set them."""
    if node.tag == "pre" and node.css_first("br, p, div, table") is None:
        return [part for line in node.text(deep=True).splitlines() for part in (line, None)]
    return list(node.iter(include_text=True))


def _labelled(text: str, label: str) -> str:
    """The text of an item after its label, unless it writes out one of its own: the page then hides the other."""
    own = parse_label(text)
    return text if own and own.style != "ordinal" else with_label(label, text)


def _is_grid(node: Any) -> bool:
    """Whether a table holds data: old sites lay their pages out with tables, in each other or with prose in a cell."""
    if node.tag != "table" or len(node.css("table")) > 1 or len(node.css("tr")) < 2:  # the first is itself
        return False
    cells = node.css("td, th")
    return len(cells) > 3 and not any(len(cell.css("p, br")) > 2 and "。" in cell.text(deep=True) for cell in cells)


def _is_menu(node: Any) -> bool:
    marks = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return bool(_MENU.search(marks)) and "。" not in (node.text(deep=True) or "")


def _flat(text: list[str]) -> str:
    return " ".join("".join(text).split())


def _grid(table: Any) -> list[list[str | None]]:
    """The cells of a table with row and column spans as gaps."""
    return lay_out([_spanning(cell) for cell in tr.css("td, th")] for tr in table.css("tr"))


def _spanning(cell: Any) -> tuple[str, int, int]:
    """The text of a cell, and how many columns and rows it spans."""
    return _flat([cell.text(deep=True)]), whole_number(cell, "colspan", 1), whole_number(cell, "rowspan", 1)
