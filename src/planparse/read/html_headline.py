"""The title that a web page gives its text: in its own description, above the text, or as the title of its window."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

import regex

from planparse.labels import parse_label
from planparse.read.html_blocks import BLOCKS, without_furniture

STATED = ("articletitle", "og:title")  # the first is of the guide to government sites of 2017
OFFICE = regex.compile(r"office|word|wps", regex.I)  # programs whose window title is the name of some older document
LEAST, LEAST_IN_WINDOW, MOST = 5, 8, 120  # characters; what is shorter names a part of the site
NEAR = 20  # blocks above the text among which its title is
_MARKED = regex.compile(r"title|tit(?![a-z])|biaoti|headline|(?<![a-z])bt(?![a-z])", regex.I)
_CUT = regex.compile(r"[_|｜»«]+|\s+[-–—－]+\s+|(?<![\dA-Za-z])[-–—－]+|[-–—－]+(?![\dA-Za-z])")
_SITE = regex.compile(r".*(?:网|网站|网站群|门户|平台|首页|频道|栏目|专栏|专题|公开|[局厅部委会府院社]|办公室|中心)")
_COPIED = regex.compile(r"\A[（(\[【](?:转载|转发|图解)[）)\]】]\s*")
_ABOUT = regex.compile(
    r".{0,6}(?:来源|日期|时间|作者|编辑|索引号|索取号|分类|机构|机关|单位|文号|字号|字体|有效性|方式|名称|主题词|点击|浏览|分享|打印)"
    r"\s*[:：].*|[^\u4e00-\u9fff]*|.*\d{4}年\d{1,2}月\d{1,2}日.{0,8}|欢迎.*",
    regex.S,
)


def find_headline(tree: Any, main: Any) -> str:
    """The title of the page's text; "" where the page gives none, or the text has one itself."""
    stated = {
        str(meta.attributes.get("name") or meta.attributes.get("property")).lower(): _flat(
            meta.attributes.get("content")
        )
        for meta in tree.css("meta[content]")
    }
    if OFFICE.search(stated.get("generator", "")) or OFFICE.search(stated.get("progid", "")):
        return ""
    for name in STATED:
        if len(headline := stated.get(name, "")) >= LEAST:
            return str(_COPIED.sub("", headline))
    if any(_is_marked(block) and _may_be_title(text) for block, text in _until_prose(main)):
        return ""
    above = [(block, text) for block, text in _blocks_above(tree.body, main) if _may_be_title(text)][-NEAR:]
    marked = [text for block, text in above if _is_marked(block)]
    window = tree.css_first("title")
    parts = [part.strip() for part in _CUT.split(_flat(window.text(deep=True)) if window is not None else "")]
    named = [part for part in parts if len(part) >= LEAST_IN_WINDOW and not _SITE.fullmatch(part)]
    found = marked[-1:] or sorted(named, key=len)[-1:] or [text for _, text in above][-1:]
    return str(_COPIED.sub("", found[0])) if found else ""


def _until_prose(main: Any) -> Iterator[tuple[Any, str]]:
    """The blocks that an element begins with, up to its first sentence."""
    return takewhile(lambda found: "。" not in found[1], _leaves(main))


def _blocks_above(body: Any, main: Any) -> Iterator[tuple[Any, str]]:
    return _leaves(body, main.mem_id)


def _leaves(node: Any, end: int = -1) -> Iterator[tuple[Any, str]]:
    """Each stretch of text with the block that holds it, links and site furniture left out, up to an element."""
    block, words = None, ""
    for part in node.traverse(include_text=True):
        if part.mem_id == end:
            break
        if part.tag != "-text" or not (text := _flat(part.text(deep=False))):
            continue
        holder = part.parent
        while holder.tag not in BLOCKS and holder.tag != "a" and holder.parent is not None:
            holder = holder.parent
        if holder.tag == "a":
            continue
        if block is not None and holder.mem_id != block.mem_id:
            yield block, without_furniture(words)
            words = ""
        block, words = holder, words + text
    if block is not None:
        yield block, without_furniture(words)


def _is_marked(block: Any) -> bool:
    """Whether a block is set as a title: by its kind, or the name of it or of what it fills."""
    names = " ".join(f"{n.attributes.get('class')} {n.attributes.get('id')}" for n in (block, block.parent) if n)
    return block.tag in ("h1", "h2", "h3") or _MARKED.search(names) is not None


def _may_be_title(text: str) -> bool:
    return LEAST <= len(text) <= MOST and not _ABOUT.fullmatch(text) and parse_label(text) is None and "。" not in text


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())
