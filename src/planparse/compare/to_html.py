"""A comparison as one static page: no script, nothing loaded, everything escaped."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

from planparse.compare.rows import SIDES, ZH, Comparison, Row
from planparse.model import Target
from planparse.write.to_table import deadline_text, value_text

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  margin: 1.5rem auto; max-width: 76rem; padding: 0 1rem; }
h1 { font-size: 1.25rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-top: 1px solid #8886; padding: .5rem .6rem; text-align: left; vertical-align: top; }
th { font-weight: 600; }
small { display: block; opacity: .75; }
mark { background: #fd06; color: inherit; }
.missed, .lowered { color: #c5221f; } .kept, .raised { color: #188038; } .unclear { color: #b06000; }
@media (prefers-color-scheme: dark) { .missed, .lowered { color: #f28b82; } .kept, .raised { color: #81c995; }
  .unclear { color: #fdd663; } }
@media (max-width: 40rem) { thead { display: none; }
  tr { display: block; border-top: 2px solid #8886; padding: .5rem 0; }
  td { display: block; border: 0; padding: .15rem 0; } }
"""


def to_html(comparison: Comparison) -> str:
    """The whole page: title, counts, and a row for each verdict with both sentences."""
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    title = escape(comparison.sheet().title)
    counts = " · ".join(f"{ZH[name]} {name} {count}" for name, count in comparison.counts.items())
    head = "".join(f"<th>{zh}</th>" for zh in ("结论", "指标", *(zh for _, zh in SIDES[comparison.kind])))
    body = "".join(map(_row, comparison.rows))
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>\n<p>{counts}</p>\n"
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</html>\n"
    )


def _row(row: Row) -> str:
    verdict = f'<td class="{row.verdict.replace(" ", "-")}">{ZH[row.verdict]}<small>{row.verdict}</small></td>'
    name = f"<td>{escape(row.indicator)}<small>{escape(row.reason)}</small></td>"
    return f"<tr>{verdict}{name}{_side(row.one)}{_side(row.two)}</tr>\n"


def _side(target: Target | None) -> str:
    if target is None:
        return "<td>—</td>"
    quote = "".join(target.quote.split())
    before, found, after = target.sentence.partition(quote)
    sentence = f"{escape(before)}<mark>{escape(found)}</mark>{escape(after)}" if found else escape(before)
    value = f"{escape(value_text(target))} <small>{deadline_text(target)}</small>"
    return f"<td>{value}<small>{sentence}</small></td>"
