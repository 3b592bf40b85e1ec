"""A document in other forms, for programs and notebooks: what the methods of `Document` return."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planparse.model import Document, PlanparseError
from planparse.write import COLUMNS, SUFFIXES, format_of, render
from planparse.write.to_table import WORDS, time_text, value_text

if TYPE_CHECKING:
    import pandas

NAMES = [column.name for column in COLUMNS]
MOST_ROWS = 200  # of a table in a notebook


def to_json(document: Document) -> str:
    return str(render([document], "json"))


def rows(document: Document) -> list[dict[str, object]]:
    return [{column.name: column.value(document, target) for column in COLUMNS} for target in document.targets]


def to_pandas(records: list[dict[str, object]], names: list[str]) -> pandas.DataFrame:
    """Rows as a table of pandas; PlanparseError where that is not installed."""
    try:
        import pandas
    except ImportError:
        raise PlanparseError("this needs pandas: pip install pandas", code="missing-extra") from None
    return pandas.DataFrame(records, columns=names)


def write(document: Document, path: str | Path, **style: Any) -> None:
    from planparse.files import whole_file

    form = format_of(Path(path))
    if form is None:
        raise PlanparseError(f"the suffix of {path} names no format; use {', '.join(SUFFIXES)}", code="no-format")
    content = render([document], form, bom=True, before=Path(path), **style)
    with whole_file(Path(path)) as file:
        file.write(content.encode() if isinstance(content, str) else content)


def html_table(document: Document) -> str:
    """The records as an HTML table, every word of the document escaped."""
    head = "".join(f"<th>{word}</th>" for word in ("status", "indicator", "value", "by", "sentence"))
    lines = [
        "".join(
            f'<td style="text-align:left">{escape(str(part))}</td>'
            for part in (t.status, t.indicator, value_text(t), time_text(t, WORDS["en"]), t.sentence)
        )
        for t in document.targets[:MOST_ROWS]
    ]
    more = len(document.targets) - len(lines)
    title = escape(document.document.title or document.document.source)
    return (
        f"<p><b>{title}</b>: {len(document.targets)} records, {document.status}</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"
        + (f"<p>and {more} more</p>" if more > 0 else "")
    )
