"""What LibreOffice makes of our files, and we of its: `make test-office` where it is installed.

A CSV and an XLSX: no text changed, none a formula. A page that it saves: the outline of the document.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import hostile
import planparse
from conftest import ROOT
from planparse.model import Target
from planparse.write import render
from planparse.write.to_csv import cell

sys.path.insert(0, str(ROOT / "scripts"))
import word_parts as word

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed; see make test-office")

QUOTED_IS_TEXT = "--infilter=CSV:44,34,76,1,,0,true"
AS_IN_CHINA = "--infilter=CSV:44,34,76,1,,2052,false,true"  # takes what looks like a number or a date for one
TEXT_IS_QUOTED = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,true"
FIELD = re.compile(r'("(?:[^"]|"")*"|[^",\n]*)(,|\n)')
COLUMNS = ("indicator", "value", "sentence")
DOCUMENT = hostile.document()


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profile")


@pytest.fixture(scope="module")
def writer(profile: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skips where LibreOffice came without the part that opens texts."""
    path = tmp_path_factory.mktemp("writer") / "page.docx"
    path.write_bytes(word.features())
    try:
        saved_as("html", path, profile)
    except FileNotFoundError:
        pytest.skip("LibreOffice is installed without Writer")


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    path = tmp_path / "targets.csv"
    path.write_text(str(render([DOCUMENT], "csv", bom=True, columns=COLUMNS)), encoding="utf-8", newline="")
    return path


@pytest.fixture
def xlsx_file(tmp_path: Path) -> Path:
    path = tmp_path / "targets.xlsx"
    path.write_bytes(bytes(render([DOCUMENT], "xlsx", columns=COLUMNS)))
    return path


def saved_as(form: str, path: Path, profile: Path, *options: str) -> str:
    """A file as LibreOffice saves it in another form."""
    command = [str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless", *options, "--convert-to", form]
    out = path.parent / "saved"
    subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=120)
    return (out / path.with_suffix("." + form.partition(":")[0]).name).read_bytes().decode()


def rows_of(saved: str) -> list[list[str | float | None]]:
    """The rows below the header: quoted fields are text; what is not quoted must be a number, never a formula."""
    rows: list[list[str | float | None]] = [[]]
    for field, end in FIELD.findall(saved):
        rows[-1].append(field[1:-1].replace('""', '"') if field.startswith('"') else float(field) if field else None)
        if end == "\n":
            rows.append([])
    assert len(rows) == 1002
    return rows[1:-1]


def same_number(value: str | float | None, target: Target) -> bool:
    written = value.replace(",", "") if isinstance(value, str) else value  # 140,000,000, as the cell shows it
    return written in (target.value, str(target.value))


def test_csv_keeps_every_text(csv_file: Path, profile: Path) -> None:
    rows = rows_of(saved_as(TEXT_IS_QUOTED, csv_file, profile, QUOTED_IS_TEXT))
    for target, (indicator, value, sentence) in zip(DOCUMENT.targets, rows, strict=True):
        assert (indicator, sentence) == (cell(target.indicator), cell(target.sentence))
        assert same_number(value, target)


def test_xlsx_keeps_every_text(xlsx_file: Path, profile: Path) -> None:
    rows = rows_of(saved_as(TEXT_IS_QUOTED, xlsx_file, profile))
    for target, (indicator, more, value, sentence, rest) in zip(DOCUMENT.targets, rows, strict=True):
        assert (f"{indicator}{more or ''}", f"{sentence}{rest or ''}") == (target.indicator, target.sentence)
        assert same_number(value, target)


@pytest.mark.parametrize("options", [[], [AS_IN_CHINA]], ids=["default", "china"])
def test_no_cell_of_a_csv_is_a_formula(options: list[str], csv_file: Path, profile: Path) -> None:
    assert "table:formula" not in saved_as("fods", csv_file, profile, *options)


@pytest.mark.usefixtures("writer")
def test_a_page_that_it_saves_keeps_the_outline(tmp_path: Path, profile: Path) -> None:
    path = tmp_path / "features.docx"
    path.write_bytes(word.features())
    page = planparse.extract(saved_as("html", path, profile).encode(), name="features.html")
    assert [w.code for w in page.warnings] == ["list-labels"]
    assert [(n.title, n.level) for n in page.outline] == [(n.title, n.level) for n in planparse.extract(path).outline]


LISTS = (
    r"{\*\listtable{\list{\listlevel\levelnfc39\levelstartat1{\leveltext\'02\'00\'a1\'a2;}{\levelnumbers\'01;}\f0}"
    r"\listid100}}{\*\listoverridetable{\listoverride\listid100\listoverridecount0\ls1}}"
)


def rich_text(*paragraphs: str) -> bytes:
    """An RTF file as Word writes it: GBK in escapes; a paragraph that begins with # is an item of a list 一、二、"""
    fonts = r"{\fonttbl{\f0\fnil\fcharset134 SimSun;}}"
    body = "".join(
        (r"\pard\ls1\ilvl0\f0 " if text.startswith("#") else r"\pard\f0 ")
        + "".join(f"\\'{byte:02x}" for byte in text.removeprefix("#").encode("gbk"))
        + r"\par"
        for text in paragraphs
    )
    return rf"{{\rtf1\ansi\ansicpg936\deff0{fonts}{LISTS}{body}}}".encode()


@pytest.mark.usefixtures("writer")
def test_rich_text_is_read_by_way_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANPARSE_OFFICE", str(SOFFICE))
    document = planparse.extract(rich_text("2025年工作计划", "#目标", "年内新建学校5所。"), name="plan.rtf")
    assert [(t.indicator, t.value, t.section) for t in document.targets] == [("学校", 5, ["一"])]
    assert [(w.code, w.message[:12]) for w in document.warnings] == [("converted", "LibreOffice ")]


@pytest.mark.usefixtures("writer")
def test_a_damaged_legacy_document_is_read_by_way_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANPARSE_OFFICE", str(SOFFICE))
    content = (ROOT / "tests" / "fixtures" / "work-plan-2025.doc").read_bytes()
    whole = planparse.extract(content, name="plan.doc")
    lists = content.index(b"\xec\xa5") + 0x9A + 8 * 74
    document = planparse.extract(content[:lists] + b"\xff\xff\xff\x7f" + content[lists + 4 :], name="plan.doc")
    assert (document.status, document.warnings[0].code) == ("partial", "repaired")
    assert [(t.indicator, t.value) for t in document.targets] == [(t.indicator, t.value) for t in whole.targets]
