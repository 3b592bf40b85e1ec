"""Item labels of Chinese official documents: 一、 （一） 1. （1） ① 第一章 第一条 一是 一要."""

from __future__ import annotations

from typing import NamedTuple

from planparse.cache import compiled, recall
from planparse.dates import number

HANZI = "[一二三四五六七八九十百]{1,3}"

# outermost first: the order of GB/T 9704 and of statutes, used where a document's own nesting does not say
STYLES = {
    "part": rf"第(?P<n>{HANZI})(?:部分|篇|编)",
    "chapter": rf"第(?P<n>{HANZI})章",
    "section": rf"第(?P<n>{HANZI})节",
    "article": rf"第(?P<n>{HANZI})条(?!措施|意见|规定)",
    "hanzi": rf"(?P<n>{HANZI})(?:[、．](?!{HANZI}(?:年级|类|线|级|产))|\.(?!\d)|\s+(?=[\u4e00-\u9fff]{{4}}))",
    "hanzi-bracket": rf"（\s?(?P<n>{HANZI})\s?）[、.]?|(?P<enclosed>[㈠-㈩])",
    "digit": r"(?P<n>\d{1,2})(?:[、．](?!\d)|\.(?!\d)|\.(?=\d{3,}[\u4e00-\u9fff]))",
    "digit-bracket": r"[（(]\s?(?P<n>\d{1,2})\s?[）)][、.]?|(?P<n>\d{1,2})）",
    "circled": r"(?P<enclosed>[①-⑳])",
    "ordinal": rf"(?P<n>{HANZI})(?P<word>是|要|抓(?=[\u4e00-\u9fff]{{2}})|强(?=化))(?!求|点|件|素|否|非)",
}
RANK = {style: rank for rank, style in enumerate(STYLES)}
_PATTERNS = {style: compiled(rf"\s*(?:{pattern})\s*") for style, pattern in STYLES.items()}
_INLINE = compiled(
    rf"[。；：，！？](?=(?:{STYLES['ordinal']})|(?<=[：；。])(?:\d{{1,2}}[.、．](?!\d)|（\d{{1,2}}）|[①-⑳]))"
)  # the mark that a label inside a paragraph follows
_ENCLOSED = "".join(chr(c) for c in (*range(ord("①"), ord("⑳") + 1), *range(ord("㈠"), ord("㈩") + 1)))
_OPENED = recall(
    "labels by first character",
    lambda: {
        char: tuple(style for style, pattern in _PATTERNS.items() if pattern.match(char, partial=True))
        for char in "第（(一二三四五六七八九十百0123456789 \t\u3000" + _ENCLOSED
    },
)
_BARE = compiled(r"[\s、．.（）()]")


class Label(NamedTuple):
    """A label where one begins: its style, its number, its bare text, and where the text after it begins."""

    style: str
    number: int
    bare: str
    start: int
    end: int


def parse_label(text: str, start: int = 0) -> Label | None:
    """The label that text has at `start`, or None.

    >>> parse_label("（三）完善体系。")
    Label(style='hanzi-bracket', number=3, bare='三', start=0, end=3)
    >>> parse_label("11.推动").bare, parse_label("一是推进").bare, parse_label("1.5个百分点")
    ('11', '一是', None)
    """
    for style in _OPENED.get(text[start : start + 1], ()):
        match = _PATTERNS[style].match(text, start)
        if match is None:
            continue
        enclosed = match.groupdict().get("enclosed")
        count = _enclosed(enclosed) if enclosed else number(match["n"])
        if not count:
            return None
        written = (
            match[0].strip()
            if style in ("part", "chapter", "section", "article", "ordinal")
            else (match[0] if enclosed else match["n"])
        )
        return Label(style, count, _BARE.sub("", written), start, match.end())
    return None


def find_inline(text: str, start: int, end: int, first: Label | None = None) -> list[Label]:
    """Labels inside a paragraph whose numbering begins at one, or goes on from the paragraph's own `first` label."""
    found: list[Label] = []
    last = {_series(first): first.number} if first else {}
    for match in _INLINE.finditer(text, max(0, start - 1), end):
        label = parse_label(text, match.end())
        if label and (label.number == 1 or last.get(_series(label)) == label.number - 1):
            found.append(label)
            last[_series(label)] = label.number
    return _continued(found)


def _continued(labels: list[Label]) -> list[Label]:
    """Without a lone first: （1） that no （2） follows is a reference, not a list; 一是 may stand alone."""
    counts: dict[str, int] = {}
    for label in labels:
        counts[label.style] = counts.get(label.style, 0) + 1
    return [label for label in labels if counts[label.style] > 1 or label.style == "ordinal"]


def _series(label: Label) -> str:
    """What labels of one list share: their style, and 是 or 要."""
    return label.style + (label.bare[-1] if label.style == "ordinal" else "")


def _enclosed(char: str) -> int:
    return ord(char) - (ord("①") if char <= "⑳" else ord("㈠")) + 1
