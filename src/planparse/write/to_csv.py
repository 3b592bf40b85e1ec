"""CSV by RFC 4180, safe to open in a spreadsheet."""

from __future__ import annotations

import gzip
import re

from planparse.model import Document
from planparse.write import Column
from planparse.write.exact import is_exact

# What a spreadsheet runs when a cell begins with it (OWASP, CSV injection): Excel in East Asian locales and Numbers
# take the full-width signs for the plain ones.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
# What it turns into a day, so that the words are lost: 3-5 and 1/3. Of 3月5日 it keeps what is seen.
DAY = re.compile(r"\d{1,4}(?:[-/]\d{1,4}){1,2}")
SPECIAL = (",", '"', "\r", "\n")
TRUTH = ("TRUE", "FALSE")


def to_csv(documents: list[Document], columns: tuple[Column, ...], *, bom: bool, headers: str) -> str:
    """One row a record under one header; lines end in CR LF."""
    lines = [",".join(column.header(headers) for column in columns)]
    for document in documents:
        for target in document.targets:
            # a line of one empty cell is quoted, because readers skip blank lines
            lines.append(",".join(field(column.cell(document, target, headers)) for column in columns) or '""')
    return ("\ufeff" if bom else "") + "".join(line + "\r\n" for line in lines)


def compressed(content: bytes) -> bytes:
    """A file compressed by gzip: the same content, the same bytes."""
    return gzip.compress(content, mtime=0)


def field(value: object) -> str:
    """A cell, quoted where RFC 4180 asks for it, and where a spreadsheet could take a text for a number,
    a date or a truth value.

    Readers of CSV see no difference; a spreadsheet that reads quoted fields as text keeps 1:15 and 00123 as they are.

    >>> field(93), field("93%"), field("学位"), field("甲,乙"), field(123456789012345678)
    ('93', '"93%"', '学位', '"甲,乙"', '"123456789012345678"')
    """
    text = cell(value)
    if isinstance(value, str):
        quoted = any(char.isdecimal() or char in SPECIAL for char in text) or text.upper() in TRUTH
    else:
        quoted = isinstance(value, (int, float)) and not is_exact(value)
    return '"' + text.replace('"', '""') + '"' if quoted else text


def cell(value: object) -> str:
    """The content of a cell: numbers plain; text that would run as a formula, or become a day, behind an apostrophe.

    >>> cell(140000000), cell(0.274), cell("=1+1"), cell("3-5"), cell("="), cell(None)
    ('140000000', '0.274', "'=1+1", "'3-5", '=', '')
    """
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return repr(value)
    text = str(value)
    runs = len(text) > 1 and text.startswith(FORMULA)
    return "'" + text if runs or (isinstance(value, str) and DAY.fullmatch(text)) else text
