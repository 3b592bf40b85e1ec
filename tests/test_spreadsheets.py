"""The XLSX, the CSV and its schema: types, order, links, limits, same bytes."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pytest
from frictionless import Resource, Schema
from openpyxl.worksheet.worksheet import Worksheet

import hostile
import planparse as library
from conftest import SAMPLES
from planparse import model
from planparse.contract import read_output
from planparse.model import Document, PlanparseError, Time
from planparse.write import COLUMNS, render, terms, workbook
from planparse.write.table_schema import table_schema
from planparse.write.to_csv import cell

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [library.extract(path) for path in SAMPLES]


def book(documents: list[Document], **options: object) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(bytes(render(documents, "xlsx", **options))))  # type: ignore[arg-type]


def by_header(sheet: Worksheet) -> list[dict[object, object]]:
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_sheets_hold_everything(documents: list[Document]) -> None:
    sheets = book(documents)
    assert sheets.sheetnames == ["records", "outline", "ledger", "documents"]
    counts = [sum(len(part(d)) for d in documents) for part in (lambda d: d.targets, lambda d: d.outline)]
    assert [sheet.max_row - 1 for sheet in sheets] == [*counts, sum(len(d.skipped) for d in documents), len(documents)]
    for sheet in sheets:
        frozen = "E2" if sheet.title == "records" else "A2"
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == (frozen, sheet.dimensions)
    assert book(documents, headers="zh").sheetnames == ["记录", "结构", "台账", "文件"]


def test_cells_are_numbers_and_dates(documents: list[Document]) -> None:
    targets = [target for document in documents for target in document.targets]
    rows = by_header(book(documents)["records"])
    assert list(rows[0])[:5] == ["indicator", "comparator", "value", "unit", "quote"]
    assert set(rows[0]) == {column.name for column in COLUMNS}
    for target, row in zip(targets, rows, strict=True):
        assert (row["value"], row["unit"], row["quote"]) == (target.value, target.unit, target.quote)
        until = row["deadline"] if target.status == "planned" else row["as_of"]
        assert (until and until.date()) == (target.time and target.time.end)  # type: ignore[attr-defined]
    dated = next(c for c in book(documents, columns=["deadline"])["records"]["A"][1:] if c.value)
    assert (dated.is_date, dated.number_format) == (True, "yyyy-mm-dd")


def test_achieved_is_told_apart_by_word_fill_and_slant(documents: list[Document]) -> None:
    for row in book(documents, columns=["status", "indicator"])["records"].iter_rows(min_row=2):
        achieved = row[0].value == "achieved"
        assert all(c.font.italic == achieved and (c.fill.fill_type == "solid") == achieved for c in row)


def test_each_record_leads_to_its_place(documents: list[Document]) -> None:
    sheet = book(documents, review_link="out/审 阅.html", headers="zh")["记录"]
    links = [row[0].hyperlink for row in sheet.iter_rows(min_row=2)]
    assert sheet["A1"].value == "打开"
    assert [link.location for link in links] == [
        f"{d.document.sha256[:12]}/{t.id}" for d in documents for t in d.targets
    ]
    assert {link.target for link in links} == {"out/审%20阅.html"}


def test_amounts_have_separators_and_keep_their_digits() -> None:
    shown = {93: "#,##0", 0.274: "#,##0.000", 723200000000: "#,##0", 1234.5: "#,##0.0", 1e-7: "General"}
    document = hostile.document(("指标",) * len(shown))
    targets = [replace(target, value=value) for target, value in zip(document.targets, shown, strict=True)]
    cells = book([replace(document, targets=targets)], columns=["value"])["records"]["A"][1:]
    assert {cell.value: cell.number_format for cell in cells} == shown


@pytest.mark.parametrize("sheet", [0, 1, 2, 3])
def test_it_prints_on_landscape_pages_under_its_header(sheet: int, documents: list[Document]) -> None:
    page = book(documents).worksheets[sheet]
    assert (page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (
        "landscape",
        None,  # which is 1
        0,
    )
    assert page.print_title_rows == "$1:$1"
    assert sheet or str(page.print_area).startswith("'records'!$A$1:$M$")


def test_the_ledger_has_the_words_around(documents: list[Document]) -> None:
    rows = by_header(book(documents)["ledger"])
    skipped = [entry for document in documents for entry in document.skipped]
    for row, entry in zip(rows, skipped, strict=True):
        assert row["sentence"] == entry.sentence
        assert "".join(entry.quote.split()) in "".join(entry.sentence.split())


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_chinese_headers_have_chinese_cells(form: str, documents: list[Document]) -> None:
    """And both names of a column mean it."""
    options: dict[str, Any] = {"headers": "zh", "columns": ["状态", "kind", "增减", "时间依据", "比较"]}
    if form == "csv":
        rows = list(csv.reader(io.StringIO(str(render(documents, "csv", **options)), newline="")))
    else:
        rows = [
            [value or "" for value in row] for row in book(documents, **options)["记录"].iter_rows(values_only=True)
        ]
    assert rows[0] == ["状态", "类型", "增减", "时间依据", "比较"]
    status, kind, change, basis, comparator = (set(values) for values in zip(*rows[1:], strict=True))
    assert (status, change) == ({"计划", "已达"}, {"增加", "减少", ""})
    assert {"百分比", "金额", "节点"} <= kind and not any(map(str.isascii, kind))
    assert basis <= {"原文", "文件时期", ""}
    assert comparator <= {"=", ">=", "<=", ">", "<", "~", "range"}


@pytest.mark.parametrize("group", ["STATUS", "KIND", "CHANGE", "BINDING", "REASON", "DOCUMENT_STATUS"])
def test_every_code_has_its_words(group: str) -> None:
    codes = {
        "STATUS": model.Status,
        "KIND": model.Kind,
        "CHANGE": model.Change,
        "BINDING": model.Binding,
        "REASON": model.Reason,
        "DOCUMENT_STATUS": model.DocumentStatus,
    }[group]
    assert set(getattr(terms, group, {})) == set(get_args(codes))


def test_a_compressed_csv(planparse: Run, documents: list[Document], tmp_path: Path) -> None:
    one, many = tmp_path / "one.csv.gz", tmp_path / "many.csv.gz"
    assert planparse("extract", str(SAMPLES[0]), "-o", str(one)).returncode == 0
    assert planparse("extract", *map(str, SAMPLES), "-o", str(many)).returncode == 0
    assert gzip.decompress(one.read_bytes()) == planparse("extract", str(SAMPLES[0]), "-f", "csv", "--bom").stdout
    assert gzip.decompress(many.read_bytes()) == planparse("extract", *map(str, SAMPLES), "-f", "csv", "--bom").stdout


@pytest.mark.parametrize(
    ("text", "written"),
    [
        *(("=", "="), ("-", "-"), ("=1", "'=1"), ("3-5", "'3-5"), ("1/3", "'1/3"), ("2025-12-31", "'2025-12-31")),
        *(("3月5日", "3月5日"), ("1-3个", "1-3个"), ("1:15", "1:15"), ("3.5", "3.5")),
    ],
)
def test_what_would_run_or_become_a_day_is_guarded(text: str, written: str) -> None:
    assert cell(text) == written


def test_a_comparator_is_found_in_every_flat_form(documents: list[Document]) -> None:
    rows = list(csv.DictReader(io.StringIO(str(render(documents, "csv")), newline="")))
    targets = [target for document in documents for target in document.targets]
    assert [row["id"] for row in rows if row["comparator"] == "="] == [t.id for t in targets if t.comparator == "="]


def test_columns_are_as_wide_as_hanzi() -> None:
    wide, narrow = (hostile.document((text,)) for text in ("义务教育巩固率完成情况", "abcdefghijk"))
    widths = [book([d], columns=["indicator"])["records"].column_dimensions["A"].width for d in (wide, narrow)]
    assert widths[0] > 22 > widths[1]


def test_same_records_same_bytes(documents: list[Document]) -> None:
    assert render(documents, "xlsx") == render(documents, "xlsx")


def test_hostile_texts_are_texts() -> None:
    document = hostile.document()
    sheet = book([document], columns=["indicator"])["records"]
    assert {c.data_type for row in sheet.iter_rows() for c in row if c.value is not None} == {"s"}
    assert all(c.hyperlink is None for row in sheet.iter_rows() for c in row)


@pytest.mark.parametrize("text", ["长" * 40_000, "𠮷" * 40_000])
def test_long_texts_go_on_in_further_columns(text: str) -> None:
    header, row = book([hostile.document((text,))], columns=["sentence", "unit"])["records"].iter_rows(values_only=True)
    assert header[:2] == ("sentence", "sentence (2)") and header[-1] == "unit"
    assert "".join(part or "" for part in row) == text
    assert all(len((part or "").encode("utf-16-le")) <= 2 * 32_767 for part in row)


@pytest.mark.parametrize("text", ["甲\ud800乙", "甲\uffff乙", "甲\ufffe乙"])
def test_what_xml_cannot_hold_is_replaced(text: str) -> None:
    assert book([hostile.document((text,))], columns=["indicator"])["records"]["A2"].value == "甲\ufffd乙"


def test_days_before_excel_counts_right_are_texts() -> None:
    document = hostile.document(("指标",))
    early = replace(document.targets[0], time=Time(end=date(1899, 12, 31)))
    sheet = book([replace(document, targets=[early])], columns=["deadline"])["records"]
    assert sheet["A2"].value == "1899-12-31"


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 9)
    with pytest.raises(PlanparseError, match="write CSV") as raised:
        render([hostile.document(hostile.TEXTS[:10])], "xlsx")
    assert raised.value.code == "too-many-rows"


def test_csv_quotes_what_looks_like_something_else() -> None:
    document = hostile.document(("1:15", "00123", "学位", "true", "甲,乙", ""))
    written = str(render([document], "csv", columns=["indicator"]))
    assert written.splitlines() == ["indicator", '"1:15"', '"00123"', "学位", '"true"', '"甲,乙"', '""']


def test_csv_reads_back_as_it_was() -> None:
    document = hostile.document()
    written = str(render([document], "csv", columns=["indicator", "value"]))
    rows = list(csv.reader(io.StringIO(written, newline="")))[1:]
    assert rows == [[cell(target.indicator), repr(target.value)] for target in document.targets]


def faults(written: str, schema: dict[str, Any], folder: Path) -> list[list[str]]:
    """What frictionless, the reference implementation, finds wrong."""
    (folder / "targets.csv").write_text(written, encoding="utf-8", newline="")
    resource = Resource(path="targets.csv", basepath=str(folder), schema=Schema.from_descriptor(schema))
    return resource.validate().flatten(["type", "fieldName"])


@pytest.mark.parametrize("headers", ["en", "zh"])
@pytest.mark.parametrize("columns", [[], ["indicator", "value", "unit", "deadline"]], ids=["all", "chosen"])
def test_the_table_schema_validates_the_csv(
    headers: str, columns: list[str], documents: list[Document], tmp_path: Path
) -> None:
    written = str(render(documents, "csv", headers=headers, columns=columns, bom=True))
    schema = table_schema(columns, headers)
    assert faults(written, schema, tmp_path) == []
    other = str(render(documents, "csv", headers={"en": "zh", "zh": "en"}[headers], columns=columns))
    kinds = {kind for kind, _ in faults(other, schema, tmp_path)}
    assert kinds == {"incorrect-label", *([] if columns else ["constraint-error"])}


@pytest.mark.parametrize(
    ("column", "wrong", "fault"),
    [
        ("value", "九十三", "type-error"),
        ("deadline", "2025年底", "type-error"),
        ("page", "1.5", "type-error"),
        ("status", "计划", "constraint-error"),
        ("confidence", "1.5", "constraint-error"),
        ("id", "", "constraint-error"),
    ],
)
def test_the_table_schema_finds_a_fault(
    column: str, wrong: str, fault: str, documents: list[Document], tmp_path: Path
) -> None:
    header, first, *_ = csv.reader(io.StringIO(str(render(documents, "csv")), newline=""))
    out = io.StringIO(newline="")
    csv.writer(out).writerows(
        [header, [wrong if name == column else old for name, old in zip(header, first, strict=True)]]
    )
    assert faults(out.getvalue(), table_schema([], "en"), tmp_path) == [[fault, column]]


def test_the_table_schema_from_the_command(planparse: Run) -> None:
    options = ("--headers", "zh", "--columns", "value,unit")
    assert json.loads(planparse("schema", "--table", *options).stdout) == table_schema(["value", "unit"], "zh")


def test_an_xlsx_from_the_command(planparse: Run, tmp_path: Path) -> None:
    path = tmp_path / "targets.xlsx"
    assert planparse("extract", str(SAMPLES[0]), "-o", str(path), "--headers", "zh").returncode == 0
    piped = planparse("extract", str(SAMPLES[0]), "-f", "xlsx", "--headers", "zh").stdout
    assert piped == path.read_bytes() and piped.startswith(b"PK")


def test_an_output_read_back_gives_the_same_in_every_format(documents: list[Document]) -> None:
    again = read_output(str(render(documents, "json"))).documents
    for form in ("json", "jsonl", "csv", "xlsx"):
        assert render(again, form) == render(documents, form)


def test_convert(planparse: Run, documents: list[Document]) -> None:
    found = str(render(documents, "json")).encode()
    assert planparse("convert", "-", "-f", "csv", stdin=found).stdout.decode() == render(documents, "csv")


def test_convert_refuses_what_extract_did_not_write(planparse: Run) -> None:
    done = planparse("convert", "-", "-f", "csv", stdin=b'{"documents": 1}')
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"[not-an-output]" in done.stderr
