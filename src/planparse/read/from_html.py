"""Web pages: the main text of a government page without its menus, and its tables."""

from __future__ import annotations

import html
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

import regex

from planparse.limits import DEFAULT, Limits
from planparse.model import ReadError, Source, Warning
from planparse.read.from_text import decode
from planparse.read.html_blocks import FILE, Block, Grid, find_blocks, is_grid
from planparse.read.html_contents import contents_labels
from planparse.read.html_headline import find_headline
from planparse.read.html_lists import ListLabels
from planparse.read.pages import SourceBuilder
from planparse.read.word_warnings import STRUCK_OUT

DROPPED = (
    "script, style, noscript, rt, rp, template, nav, footer, button, select, input, iframe, svg, "
    "header:not(:has(h1, h2)), div[title=header], div[title=footer]"  # the last two by LibreOffice
)
FRAMES = "iframe[src], embed[src], object[data]"
FRAMED = Warning(
    code="embedded-file",
    message="the page shows a document in a file of its own, which is not read: extract that file",
)
BROKEN = "\ufffd"
MOST_BROKEN = 0.01  # of a page's characters; where more are broken, it is another encoding
_CHARSET = regex.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", regex.I)
_CODEC = regex.compile(  # others that Python knows take time that grows with the square, or are no charsets of pages
    r"gb[\w-]*|(?:utf|iso|windows|cp|koi8|euc|big5|latin|us|ascii|shift|hz|x-gbk|mac)[\w-]*"
)
SLOW = ("utf-7", "utf_7", "utf7")
STRUCK = "del, s, strike"
_HIDDEN = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.I)
_NOTE = regex.compile(r"\s*[\[［【（(〔]?\s*(?:\d{1,3}|[①-⑳*†‡])\s*[\]］】）)〕]?\s*")  # the mark of one, a link
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
SLACK = 12  # characters that a block may have beside the title
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
    frames = [node.attributes.get("src") or node.attributes.get("data") for node in tree.css(FRAMES)]
    links = [node.attributes.get("href") for node in tree.css("a[href]")]
    for node in reversed(tree.css(DROPPED)):  # the inner ones first
        node.decompose()
    struck = tree.css(STRUCK)
    notes = [a for a in tree.css("a[href*='#']") if _NOTE.fullmatch(a.text(deep=True))]
    for node in [*reversed(struck), *reversed(notes)]:
        node.decompose()
    body = tree.body
    if body is None:
        raise ReadError("the page has no body; save it again from the browser", code="damaged")
    _drop_hidden(tree, body)
    out = SourceBuilder()
    out.warnings += [*warnings, *lists.warnings, *[STRUCK_OUT] * bool(struck)]
    shown = frames if _weight(body) else [*frames, *links]  # where nothing is said, a link leads to what is
    out.warnings += [FRAMED] * any(FILE.search(address or "") for address in shown)
    main = _main_part(body)
    _write(out, find_headline(tree, main), list(find_blocks(main, lists.labels | contents_labels(tree))))
    if not out.parts:
        raise ReadError(
            "the page holds no text (its text may be loaded by a script); save it from the browser as text",
            code="no-text",
        )
    return out.source(name, "text/html", sha256, encoding)


def _drop_hidden(tree: Any, body: Any) -> None:
    """Takes away what a style hides, unless that is the page: then a script shows it."""
    most = MAIN_SHARE * _weight(body)
    for node in reversed(tree.css("[style], [hidden]")):
        hidden = "hidden" in node.attributes or _HIDDEN.search(node.attributes.get("style") or "")
        if hidden and node.tag not in ("html", "body") and (not most or _weight(node) < most):
            node.decompose()


def _decode(content: bytes, charset: str | None) -> tuple[str, str, tuple[Warning, ...]]:
    """The text of a page, its encoding, and a warning where that is not certain or bytes of it are broken."""
    declared = _CHARSET.search(content[:2048])
    labels = [label.lower() for label in (charset, declared and declared[1].decode("ascii")) if label]
    encodings = [
        "gb18030" if label.startswith("gb") else label
        for label in labels
        if _CODEC.fullmatch(label) and label not in SLOW
    ]
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
    for line in html.unescape(regex.sub(r"<[^<>]*+>", "\n", text)).splitlines():
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
        if len(children) == 1 and children[0].tag != "-text" and not is_grid(children[0]):
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
    return node.tag in ("p", "ol", "ul", "li") or is_grid(node)


def _weight(node: Any) -> int:
    """How much prose an element holds: its sentence marks and cells with figures, links left out."""
    marks = _count_marks(node) - sum(map(_count_marks, node.css("a")))
    return marks + sum(any(c.isdigit() for c in cell.text(deep=True)) for cell in node.css("td:not(:has(td))"))


def _count_marks(node: Any) -> int:
    text: str = node.text(deep=True)
    return sum(text.count(mark) for mark in "，。；")


def _write(out: SourceBuilder, headline: str, blocks: Sequence[Block | Grid]) -> None:
    """The title, unless the text begins with it, then the paragraphs and tables of the text."""
    opening = takewhile(lambda block: isinstance(block, Block) and "。" not in block.text, blocks)
    if not _holds([block.text for block in opening if isinstance(block, Block)], headline):
        out.paragraph(headline)
    for block in blocks:
        if isinstance(block, Block):
            out.paragraph(block.text, furniture=block.entry)
        else:
            out.table(block)


def _holds(blocks: Sequence[str], headline: str) -> bool:
    """Whether a block, or several together, are little more than the title."""
    words, tight = "".join(headline.split()), ["".join(block.split()) for block in blocks]
    for first in range(len(tight)):
        joined = ""
        for block in tight[first:]:
            joined += block
            if words in joined:
                return len(joined) <= len(words) + SLACK
            if len(joined) > len(words) + SLACK:
                break
    return False
