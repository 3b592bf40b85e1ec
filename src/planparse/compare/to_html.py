"""A comparison as one page: nothing loaded, everything escaped; a script only hides rows that are not asked for."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

from planparse.compare.amounts import place_of
from planparse.compare.rows import SIDES, ZH, Comparison, Row
from planparse.model import Document, Target
from planparse.write.to_table import WORDS, time_text, value_text

SCRIPT = """
"use strict";
const rows = [...document.querySelectorAll("tbody tr")], find = document.getElementById("find");
const boxes = [...document.querySelectorAll("[data-verdict]")];
function show() {
  const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.dataset.verdict));
  const words = find.value.trim();
  for (const row of rows) row.hidden = !wanted.has(row.dataset.of) || !row.textContent.includes(words);
  document.getElementById("shown").textContent = rows.filter((row) => !row.hidden).length + " / " + rows.length;
}
for (const box of boxes) box.addEventListener("change", show);
find.addEventListener("input", show);
show();
"""
STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  margin: 1.5rem auto; max-width: 76rem; padding: 0 1rem; }
h1 { font-size: 1.25rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-top: 1px solid #8886; padding: .5rem .6rem; text-align: left; vertical-align: top; }
th { font-weight: 600; }
small { display: block; opacity: .75; }
td[class] small { opacity: 1; }
mark { background: #fd06; color: inherit; }
.missed, .lowered { color: #c5221f; } .kept, .raised { color: #188038; } .unclear { color: #b06000; }
@media (prefers-color-scheme: dark) { .missed, .lowered { color: #f28b82; } .kept, .raised { color: #81c995; }
  .unclear { color: #fdd663; } }
#asked { position: sticky; top: 0; background: Canvas; padding: .5rem 0; display: flex; flex-wrap: wrap;
  gap: .25rem 1rem; }
[hidden] { display: none !important; }
@media (max-width: 40rem) { thead { display: none; }
  tr { display: block; border-top: 2px solid #8886; padding: .5rem 0; }
  td { display: block; border: 0; padding: .15rem 0; }
  td[data-side]::before { content: attr(data-side) "　"; opacity: .75; } }
"""


def to_html(comparison: Comparison, review_link: str | None = None) -> str:
    """The whole page: title, a filter by verdict with the counts, a search, and a row for each verdict with both
    sentences; `review_link` is the review page in which values lead to their place."""
    style, script = (b64encode(sha256(text.encode()).digest()).decode() for text in (STYLE, SCRIPT))
    title = escape(comparison.title)
    counts = "".join(
        f'<label><input type="checkbox" data-verdict="{name}" checked> {ZH[name]} {name} {count}</label>'
        for name, count in comparison.counts.items()
    )
    titles = [zh for _, zh in SIDES[comparison.kind]]
    head = "".join(f"<th>{zh}</th>" for zh in ("结论", "指标", *titles))
    links = [_address(document, review_link) for document in (comparison.one, comparison.two)]
    body = "".join(_row(row, titles, links) for row in comparison.rows)
    policy = f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'"
    find = '<input type="search" id="find" placeholder="查找 / search"><span id="shown"></span>'
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>\n"
        f'<div id="asked">{counts}{find}</div>\n'
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"
        f"<script>{SCRIPT}</script>\n</html>\n"
    )


def _address(document: Document, review_link: str | None) -> str | None:
    """Where the records of a document are in a review page, but for their ids."""
    return None if review_link is None else f"{review_link}#{document.document.sha256[:12]}/"


def _row(row: Row, titles: list[str], links: list[str | None]) -> str:
    verdict = f'<td class="{row.verdict.replace(" ", "-")}">{ZH[row.verdict]}<small>{row.verdict}</small></td>'
    name = f"<td>{escape(row.indicator)}<small>{escape(row.reason_zh)}</small><small>{escape(row.reason)}</small></td>"
    sides = "".join(
        f'<td data-side="{zh}">{_side(target, link)}</td>'
        for zh, target, link in zip(titles, (row.one, row.two), links, strict=True)
    )
    return f'<tr data-of="{row.verdict}">{verdict}{name}{sides}</tr>\n'


def _side(target: Target | None, link: str | None) -> str:
    if target is None:
        return "—"
    sentence = target.sentence
    start, end = place_of(target) or (0, 0)
    marked = f"{escape(sentence[:start])}<mark>{escape(sentence[start:end])}</mark>{escape(sentence[end:])}"
    shown = escape(value_text(target))
    if link is not None:
        shown = f'<a href="{escape(link + target.id)}">{shown}</a>'
    value = f"{shown} <small>{time_text(target, WORDS['zh'])}</small>"
    return f"{value}<small>{marked}</small>"
