"""Renders a text sample in the other forms that a plan circulates in: twins.py TEXT OUT.(pdf|docx|html)

The tests ask every twin for the same records. The PDF font is a CID font that every reader knows, so that no font
file is needed and the bytes never change.
"""

from __future__ import annotations

import html
import io
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from planparse.normalise import normalise
from planparse.read import read_bytes

Rows = list[list[str]]
Block = str | Rows  # a paragraph, or a table

FONT, SIZE, LEADING, MARGIN, TOP, BOTTOM, GUTTER = "STSong-Light", 12, 21, 72, 760, 80, 30
OFD_LINES = 30  # of a page
RUNNING_HEAD = "临江区人民政府公报　2025年第3期"
NO_LINE_START = "，。；：、！？”）》"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def blocks(path: Path) -> list[Block]:
    """The paragraphs and tables of a text sample, in order."""
    source = read_bytes(path.read_bytes(), path.name)
    normal = normalise(source)
    placed: list[tuple[int, Block]] = []
    at = 0
    for paragraph in normal.text.splitlines(keepends=True):
        if paragraph.strip():
            placed.append((normal.place(at), paragraph.rstrip("\n")))
        at += len(paragraph)
    for table in source.tables:
        first = next(cell for cell in table.rows[0] if cell)
        placed.append((first.start, [[cell.text if cell else "" for cell in row] for row in table.rows]))
    return [block for _, block in sorted(placed, key=lambda item: item[0])]


def as_text(content: Iterable[Block], width: int, *, blank: bool = False, page_lines: int = 0, head: str = "") -> str:
    """Hard-wrapped at a number of hanzi; with blank lines between paragraphs, or with a page number every few lines,
    where pages have a head set apart by no more than a line."""
    lines: list[str] = []
    for block in content:
        if isinstance(block, str):
            lines += wrap("　　" + block, width * SIZE)
        else:
            lines += ["\t".join(row) for row in block]
        if blank:
            lines.append("")
    if not page_lines:
        return "\n".join(lines) + "\n"
    pages = [lines[i : i + page_lines] for i in range(0, len(lines), page_lines)]
    feed = f"{head}\n" if head else "\f"
    return feed.join("\n".join([*page, f"- {number} -", ""]) for number, page in enumerate(pages, 1))


def as_html(content: Sequence[Block]) -> bytes:
    """A page as government sites have it: a menu above, a foot below, the text in the middle."""
    body = "".join(_html_block(block) for block in content)
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>政务公开</title></head><body>'
        '<div class="nav"><a href="/">首页</a> <a href="/zw">政务公开</a> <a href="/hd">互动交流</a></div>'
        f'<div class="main"><div class="content">{body}</div></div>'
        '<div class="footer">主办单位：临江区人民政府办公室 网站标识码：1234567890</div></body></html>'
    ).encode()


def _html_block(block: Block) -> str:
    if isinstance(block, str):
        return f"<p>　　{html.escape(block)}</p>\n"
    rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in block)
    return "<table>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>\n"


def as_docx(content: Iterable[Block]) -> bytes:
    import docx

    document = docx.Document()
    for block in content:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=len(block), cols=len(block[0]))
        for row, cells in zip(block, table.rows, strict=True):
            for text, cell in zip(row, cells.cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(
    content: Iterable[Block],
    *,
    columns: int = 1,
    by_row: bool = False,
    head: bool = True,
    repeat: bool = False,
    rules: Literal["grid", "level", "none"] = "grid",
) -> bytes:
    """Pages with a running head and numbers. `by_row` draws the lines of a page from left to right, over the columns,
    as some producers do; without it a column is drawn after the other. `repeat` sets a table's header on each page.
    The cells of a table without upright rules are centred."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    _PageWriter(canvas, columns, by_row, head, repeat, rules).write(content)
    canvas.save()
    return out.getvalue()


def as_scan(
    content: Iterable[Block],
    *,
    columns: int = 1,
    rules: Literal["grid", "level", "none"] = "grid",
    state: str = "fair",
) -> bytes:
    """The pages of the PDF twin as pictures, in a PDF without a text layer; `state` is one of `scans.STATES`."""
    from scans import ScanCanvas  # its font is needed for nothing else

    canvas = ScanCanvas(state)
    _PageWriter(canvas, columns, rules=rules).write(content)
    return canvas.as_pdf()


def as_markdown(content: Iterable[Block]) -> bytes:
    parts = []
    for number, block in enumerate(content):
        if isinstance(block, str):
            parts.append(f"# {block}\n" if number == 0 else f"{block}\n")
        else:
            rows = ["| " + " | ".join(row) + " |" for row in block]
            parts.append("\n".join([rows[0], "|" + "---|" * len(block[0]), *rows[1:]]) + "\n")
    return "\n".join(parts).encode()


def as_ofd(content: Iterable[Block]) -> bytes:
    """Pages of text objects, one a line, with the running head in a template, page numbers, and ruled tables."""
    pages: list[list[str]] = []
    used = OFD_LINES
    for block in content:
        rows = [_ofd_row(row) for row in block] if isinstance(block, list) else _ofd_lines(block)
        for height, draw in rows:
            if used + height > OFD_LINES:
                pages.append([])
                used = 0
            pages[-1] += draw(30 + 8 * used)
            used += height
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        body = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        package.writestr("OFD.xml", _ofd("OFD", body))
        entries = "".join(
            f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(1, len(pages) + 1)
        )
        area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        frame = '<ofd:TemplatePage ID="900" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
        document = f"<ofd:CommonData>{area}{frame}</ofd:CommonData><ofd:Pages>{entries}</ofd:Pages>"
        package.writestr("Doc_0/Document.xml", _ofd("Document", document))
        package.writestr("Doc_0/Tpls/Tpl_0/Content.xml", _ofd_page([_ofd_text(RUNNING_HEAD, 25, 12, 3)], ""))
        for number, drawn in enumerate(pages, 1):
            page = _ofd_page([*drawn, _ofd_text(f"— {number} —", 100, 285, 3)], '<ofd:Template TemplateID="900"/>')
            package.writestr(f"Doc_0/Pages/Page_{number}/Content.xml", page)
    return out.getvalue()


Drawn = tuple[int, Callable[[float], list[str]]]  # how many lines high, and what is drawn at a height in millimetres


def _ofd_lines(paragraph: str) -> Iterator[Drawn]:
    for line in wrap("　　" + paragraph, 26 * SIZE):
        text = line.lstrip("　")
        yield (
            1,
            partial(lambda y, text, x: [_ofd_text(text, x, y, 4.2)], text=text, x=25 + 4.2 * (len(line) - len(text))),
        )


def _ofd_row(cells: list[str]) -> Drawn:
    wide = 160 / len(cells)
    lines = [wrap(cell, (wide - 2) / 4.2 * SIZE) for cell in cells]
    height = max(len(cell) for cell in lines)

    def draw(y: float) -> list[str]:
        box = f"M 0 0 L {wide} 0 L {wide} {8 * height} L 0 {8 * height} C"
        drawn = []
        for i, cell in enumerate(lines):
            x = 25 + wide * i
            drawn.append(
                f'<ofd:PathObject Boundary="{x} {y - 2} {wide} {8 * height}" LineWidth="0.3">'
                f"<ofd:AbbreviatedData>{box}</ofd:AbbreviatedData></ofd:PathObject>"
            )
            drawn += [_ofd_text(line, x + 1, y + 8 * n, 4.2) for n, line in enumerate(cell)]
        return drawn

    return height, draw


def _ofd_page(drawn: list[str], template: str) -> str:
    return _ofd("Page", f"{template}<ofd:Content><ofd:Layer>{''.join(drawn)}</ofd:Layer></ofd:Content>")


def _ofd(root: str, body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:{root} xmlns:ofd="http://www.ofdspec.org/2016">{body}</ofd:{root}>'
    )


def _ofd_text(text: str, x: float, y: float, size: float) -> str:
    width = size * len(text)
    return (
        f'<ofd:TextObject Boundary="{x} {y} {width} {size}" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}">{html.escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


class _PageWriter:
    """Sets paragraphs and tables on the pages of a canvas."""

    def __init__(
        self,
        canvas: Any,
        columns: int = 1,
        by_row: bool = False,
        head: bool = True,
        repeat: bool = False,
        rules: str = "grid",
    ) -> None:
        self.canvas = canvas
        self.columns, self.by_row, self.head, self.repeat = columns, by_row, head, repeat
        self.rules = rules
        self.width = (A4[0] - 2 * MARGIN - GUTTER * (columns - 1)) / columns
        self.page, self.column, self.y = 1, 0, float(TOP)
        self.drawn: list[tuple[float, float, str]] = []

    def write(self, content: Iterable[Block]) -> None:
        for block in content:
            if isinstance(block, str):
                for line in wrap("　　" + block, self.width):
                    self._room(LEADING)
                    # The indent is a place on the page, not a character.
                    text = line.lstrip("　")
                    self.drawn.append((self._left() + SIZE * (len(line) - len(text)), self.y, text))
                    self.y -= LEADING
            else:
                self._table(block)
        self._finish_page()

    def _left(self) -> float:
        return MARGIN + self.column * (self.width + GUTTER)

    def _room(self, height: float) -> None:
        if self.y - height >= BOTTOM - LEADING:
            return
        self.column, self.y = self.column + 1, float(TOP)
        if self.column == self.columns:
            self._finish_page()
            self.page, self.column = self.page + 1, 0

    def _finish_page(self) -> None:
        self.canvas.setFont(FONT, 9)
        if self.head:
            self.canvas.drawString(MARGIN, A4[1] - 45, RUNNING_HEAD)
        self.canvas.drawCentredString(A4[0] / 2, 45, f"— {self.page} —")
        self.canvas.setFont(FONT, SIZE)
        for x, y, text in sorted(self.drawn, key=lambda d: (-d[1], d[0])) if self.by_row else self.drawn:
            self.canvas.drawString(x, y, text)
        self.canvas.showPage()
        self.drawn = []

    def _table(self, rows: Rows) -> None:
        width = self.width / len(rows[0])
        for row in rows:
            cells = [wrap(cell, width - 8) or [""] for cell in row]
            page = self.page
            self._room(LEADING * max(len(lines) for lines in cells))
            if self.repeat and self.page > page:
                self._row([wrap(cell, width - 8) for cell in rows[0]], width)
            self._row(cells, width)
        self.y -= LEADING / 2

    def _row(self, cells: list[list[str]], width: float) -> None:
        height = LEADING * max(len(lines) for lines in cells)
        for i, lines in enumerate(cells):
            x, top = self._left() + i * width, self.y + LEADING - 6
            if self.rules == "grid":
                self.canvas.rect(x, top - height, width, height)
            elif self.rules == "level":
                self.canvas.line(x, top, x + width, top)
                self.canvas.line(x, top - height, x + width, top - height)
            for n, line in enumerate(lines):
                room = 8 if self.rules == "grid" else width - pdfmetrics.stringWidth(line, FONT, SIZE)
                self.drawn.append((x + room / 2, self.y - LEADING * n, line))
        self.y -= height


def wrap(paragraph: str, width: float) -> list[str]:
    """The lines of a paragraph at a width in points; no line begins with a closing mark."""
    lines, line = [], ""
    for char in paragraph:
        if pdfmetrics.stringWidth(line + char, FONT, SIZE) > width and char not in NO_LINE_START:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line] if line else lines


def main(source: Path, out: Path) -> None:
    render = {".pdf": as_pdf, ".docx": as_docx, ".html": as_html}[out.suffix]
    out.write_bytes(render(blocks(source)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
