"""The pages of a PDF that need pdfplumber: those with ruling lines, and those where pdfium loses characters."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2.raw as pdfium

from planparse.read.page_layout import Run, join_lines

MIN_RULES = 4  # lines that make a table of one row and two columns, or a frame


class PlumbedPages:
    """The tables and characters of a PDF's pages. pdfplumber is ten times slower: it is opened when a page needs it."""

    def __init__(self, content: bytes, password: str | None) -> None:
        self.content, self.password = content, password
        self.document: Any = None
        self.failed: list[int] = []  # numbers of the pages that it could not read

    def needs(self, page: Any) -> bool:
        """Whether a page has ruling lines, or text that pdfium leaves out: a single hanzi of a font that the file does
        not hold has an empty box, and pdfium drops what has none."""
        rules = 0
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT], max_depth=2):
            if item.type == pdfium.FPDF_PAGEOBJ_PATH:
                rules += 1
            else:
                left, _, right, _ = item.get_bounds()
                if right <= left:
                    return True
        return rules >= MIN_RULES

    def characters(self, index: int) -> list[Run]:
        """The characters of a page with their boxes, blanks left out."""
        page = self._page(index)
        height = float(page.height)
        return [
            Run(c["x0"], height - c["bottom"], c["x1"], height - c["top"], c["text"])
            for c in page.chars
            if c["text"].strip()
        ]

    def tables(self, index: int, characters: list[Run]) -> list[Run]:
        """The tables of a page as runs with rows."""
        page = self._page(index)
        found = (table_run(table, float(page.height), characters) for table in page.find_tables())
        return [run for run in found if run is not None]

    def _page(self, index: int) -> Any:
        if self.document is None:
            import pdfplumber

            self.document = pdfplumber.open(io.BytesIO(self.content), password=self.password or "")
        return self.document.pages[index]

    def close(self) -> None:
        if self.document is not None:
            self.document.close()


def table_run(table: Any, height: float, characters: list[Run]) -> Run | None:
    """A table of pdfplumber on a page of this height as a run with rows; a frame of a single column is no table."""
    left, top, right, bottom = table.bbox
    rows = [[_cell(cell, height, characters) for cell in row.cells] for row in table.rows]
    if max(map(len, rows)) == 1 or not any(any(row) for row in rows):
        return None
    return Run(left, height - bottom, right, height - top, rows=rows)


def _cell(box: tuple[float, float, float, float] | None, height: float, characters: list[Run]) -> str | None:
    """The text of a cell; None where a merged cell covers it."""
    if box is None:
        return None
    left, top, right, bottom = box
    place = Run(left, height - bottom, right, height - top)
    return join_lines(run for run in characters if place.holds(run))
