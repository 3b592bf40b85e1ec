"""Markdown, by markdown-it-py: headings, paragraphs and list items without their marks, tables as tables."""

from __future__ import annotations

from planparse.cache import compiled
from planparse.model import Source
from planparse.read.from_text import decode
from planparse.read.pages import SourceBuilder

_HEADING = compiled(r"(?m)^#{1,6}[ \t]+\S")
_MARKS = compiled(r"(?m)^#{1,6}[ \t]+\S|^\s*[-*+][ \t]+\S|\*\*[^*\n]+\*\*|^\|?[ :]*-{3,}[ :]*\||^>[ \t]")


def is_markdown(text: str) -> bool:
    """Whether a text is marked up: it has headings, and other marks beside them.

    >>> is_markdown("# 工作要点\\n\\n## 一、目标\\n\\n**新建**学校5所。"), is_markdown("1. 新建学校5所\\n# 注")
    (True, False)
    """
    return len(_HEADING.findall(text)) >= 2 and len(_MARKS.findall(text)) >= 3


def read_markdown(content: bytes, name: str, sha256: str) -> Source:
    """The Source of a Markdown file."""
    from markdown_it import MarkdownIt

    text, encoding, warnings = decode(content)
    out = SourceBuilder()
    out.warnings += warnings
    rows: list[list[str | None]] = []
    items: list[int] = []  # the next number of every ordered list that is open
    first_of_item = ""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "ordered_list_open":
            items.append(int(token.attrGet("start") or 1))
        elif token.type == "bullet_list_open":
            items.append(-1)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            items.pop()
        elif token.type == "list_item_open":
            first_of_item = f"{items[-1]}{token.markup}" if items[-1] >= 0 else ""
            items[-1] += items[-1] >= 0
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            out.table(rows)
            rows = []
        elif token.type == "inline":
            plain = "".join(c.content if not c.type.endswith("break") else "\n" for c in token.children or ())
            if rows:
                rows[-1].append(plain)
            else:
                out.paragraph(first_of_item + plain)
                first_of_item = ""
        elif token.type in ("fence", "code_block", "html_block"):
            out.paragraph(token.content)
    return out.source(name, "text/markdown", sha256, encoding)
