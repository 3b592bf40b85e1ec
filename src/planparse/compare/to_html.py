"""A comparison as one static page: no script, nothing loaded, everything escaped."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

from planparse.compare.amounts import place_of
from planparse.compare.rows import SIDES, ZH, Comparison, Row
from planparse.model import Target
from planparse.write.to_table import WORDS, time_text, value_text

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
@media (max-width: 40rem) { thead { display: none; }
  tr { display: block; border-top: 2px solid #8886; padding: .5rem 0; }
  td { display: block; border: 0; padding: .15rem 0; }
  td[data-side]::before { content: attr(data-side) "　"; opacity: .75; } }
"""


def to_html(comparison: Comparison) -> str:
    """The whole page: title, counts, and a row for each verdict with both sentences."""
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    title = escape(comparison.title)
    counts = " · ".join(f"{ZH[name]} {name} {count}" for name, count in comparison.counts.items())
    titles = [zh for _, zh in SIDES[comparison.kind]]
    head = "".join(f"<th>{zh}</th>" for zh in ("结论", "指标", *titles))
    body = "".join(_row(row, titles) for row in comparison.rows)
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>\n<p>{counts}</p>\n"
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</html>\n"
    )


def _row(row: Row, titles: list[str]) -> str:
    verdict = f'<td class="{row.verdict.replace(" ", "-")}">{ZH[row.verdict]}<small>{row.verdict}</small></td>'
    name = f"<td>{escape(row.indicator)}<small>{escape(row.reason)}</small></td>"
    sides = "".join(
        f'<td data-side="{zh}">{_side(target)}</td>' for zh, target in zip(titles, (row.one, row.two), strict=True)
    )
    return f"<tr>{verdict}{name}{sides}</tr>\n"


def _side(target: Target | None) -> str:
    if target is None:
        return "—"
    sentence = target.sentence
    start, end = place_of(target) or (0, 0)
    marked = f"{escape(sentence[:start])}<mark>{escape(sentence[start:end])}</mark>{escape(sentence[end:])}"
    value = f"{escape(value_text(target))} <small>{time_text(target, WORDS['zh'])}</small>"
    return f"{value}<small>{marked}</small>"
