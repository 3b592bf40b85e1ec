"""Draw docs/pictures/spreadsheet.png: the XLSX of a sample as LibreOffice shows it. Needs soffice and a CJK font."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import openpyxl
import pypdfium2
from PIL import Image, ImageChops

import planparse
from planparse.write import render

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "conference-speech-2024.txt"
PICTURE = ROOT / "docs" / "pictures" / "spreadsheet.png"
COLUMNS = ("status", "indicator", "comparator", "value", "unit", "time_end", "quote", "sentence")
FIRST, LAST = 18, 38  # rows with achieved and planned records


def draw() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sheet = folder / "targets.xlsx"
        document = planparse.extract(SAMPLE, name=SAMPLE.name)
        sheet.write_bytes(bytes(render([document], "xlsx", columns=COLUMNS, review_link="review.html")))
        as_on_screen(sheet)
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        subprocess.run([*command, "--convert-to", "pdf", "--outdir", name, str(sheet)], check=True, timeout=120)
        page = pypdfium2.PdfDocument(folder / "targets.pdf")[0].render(scale=1.9).to_pil().convert("RGB")
    PICTURE.parent.mkdir(exist_ok=True)
    without_margins(page).quantize(64, dither=Image.Dither.NONE).save(PICTURE, optimize=True)


def as_on_screen(path: Path) -> None:
    """Lets the page show what a window would: the letters of columns, the numbers of rows, the grid."""
    book = openpyxl.load_workbook(path)
    sheet = book["records"]
    sheet.print_options.gridLines = sheet.print_options.headings = True
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.delete_rows(2, FIRST - 2)
    sheet.delete_rows(LAST - FIRST + 3, sheet.max_row)
    sheet.column_dimensions[sheet.cell(1, sheet.max_column).column_letter].width = 64  # else the page widens for it
    sheet.print_area = sheet.dimensions
    book.save(path)


def without_margins(page: Image.Image) -> Image.Image:
    box = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
    return page.crop(box) if box else page


if __name__ == "__main__":
    draw()
