"""Renders a text sample as a PDF with pages and page numbers: render_pdf.py TEXT PDF

The font is a CID font that every PDF reader knows, so that no font file is needed and the bytes never change.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT, SIZE, LEADING, LEFT, TOP, BOTTOM = "STSong-Light", 12, 22, 85, 770, 80
WIDTH = A4[0] - 2 * LEFT


def wrap(paragraph: str) -> list[str]:
    """The lines of a paragraph at the page's width."""
    lines, line = [], ""
    for char in paragraph:
        if pdfmetrics.stringWidth(line + char, FONT, SIZE) > WIDTH and char not in "，。；：、！？”）》":
            lines.append(line)
            line = ""
        line += char
    return [*lines, line] if line else lines


def render(text: str, path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    page, y = 1, TOP
    canvas.setFont(FONT, SIZE)
    for paragraph in text.splitlines():
        for line in wrap(paragraph.replace("\t", "    ")):
            if y < BOTTOM:
                canvas.drawCentredString(A4[0] / 2, 45, f"— {page} —")
                canvas.showPage()
                canvas.setFont(FONT, SIZE)
                page, y = page + 1, TOP
            canvas.drawString(LEFT, y, line)
            y -= LEADING
    canvas.drawCentredString(A4[0] / 2, 45, f"— {page} —")
    canvas.save()


if __name__ == "__main__":
    render(Path(sys.argv[1]).read_text(encoding="utf-8"), Path(sys.argv[2]))
