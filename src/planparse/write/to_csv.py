"""CSV by RFC 4180, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

from planparse.model import Document
from planparse.write import Column

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet runs when a cell begins with it (OWASP)


def to_csv(documents: list[Document], columns: tuple[Column, ...], *, bom: bool, zh: bool) -> str:
    """One row a record under one header; lines end in CR LF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.zh if zh else column.name for column in columns])
    for document in documents:
        for target in document.targets:
            writer.writerow([cell(column.value(document, target)) for column in columns])
    return ("\ufeff" if bom else "") + out.getvalue()


def cell(value: object) -> str:
    """A value as a cell: numbers plain, text that would run as a formula behind an apostrophe.

    >>> cell(140000000), cell(0.274), cell("=1+1"), cell(None)
    ('140000000', '0.274', "'=1+1", '')
    """
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return repr(value)
    text = str(value)
    return "'" + text if text.startswith(FORMULA) else text
