"""Reviews that travel: JSON, spreadsheet and CSV put on documents; what is lost or ambiguous is said."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import planparse as library
from conftest import SAMPLES
from planparse.contract import read_output
from planparse.model import Document, PlanparseError, Review
from planparse.reviews import take_up
from planparse.reviews.agreement import agree
from planparse.reviews.corrections import EDITED, Correction, Outcome, apply
from planparse.write import render
from planparse.write.differences import differences

Run = Callable[..., subprocess.CompletedProcess[bytes]]
PLAN = next(path for path in SAMPLES if path.stem == "work-plan-2025")


@pytest.fixture(scope="module")
def plan() -> Document:
    return library.extract(PLAN)


@pytest.fixture(scope="module")
def reviewed(plan: Document) -> Document:
    """The first record accepted, the second rejected, the third edited, and one added."""
    one, two, three, four = plan.targets[:4]
    added = replace(four, id="0123456789ab", indicator="补录的指标", start=0, end=2, quote=plan.text[:2])
    by = {"reviewer": "王", "time": "2026-01-02T03:04:05Z"}
    said = [
        Correction(one.id, Review(verdict="accepted", **by)),
        Correction(two.id, Review(verdict="rejected", note="不是目标", **by)),
        Correction(three.id, Review(verdict="edited", **by), {"value": 7.5, "indicator": "改过的指标", **EDITED}),
        Correction(added.id, Review(verdict="added", **by), {}, added),
    ]
    return apply(plan, said, Outcome())


def as_json(*documents: Document) -> bytes:
    return str(render(list(documents), "json")).encode()


def without_text(document: Document) -> Document:
    [again] = read_output(as_json(document)).documents
    return again


def taken(document: Document, content: bytes) -> tuple[Document, list[str]]:
    [corrected], outcome = take_up([document], content)
    return corrected, outcome.notes


def test_a_rejected_record_is_in_the_ledger_as_rejected(plan: Document, reviewed: Document) -> None:
    second = plan.targets[1]
    assert second.id not in {target.id for target in reviewed.targets}
    assert [(s.quote, s.reason) for s in reviewed.skipped if s.start == second.start] == [(second.quote, "rejected")]
    assert [target.id for target in reviewed.rejected] == [second.id]
    assert [t.start for t in reviewed.targets] == sorted(t.start for t in reviewed.targets)


def test_a_review_is_taken_up_again_by_the_document(plan: Document, reviewed: Document) -> None:
    again, notes = taken(plan, as_json(reviewed))
    assert notes == []
    assert as_json(again) == as_json(reviewed)
    assert as_json(taken(again, as_json(reviewed))[0]) == as_json(reviewed)


def test_flat_forms_say_the_review(reviewed: Document) -> None:
    columns = ["indicator", "review", "reviewer", "note"]
    rows = list(csv.reader(io.StringIO(str(render([reviewed], "csv", columns=columns, headers="zh")), newline="")))
    assert rows[0] == ["指标", "审核", "审核人", "备注"]
    assert ["补录的指标", "新增", "王", ""] in rows and ["改过的指标", "已修改", "王", ""] in rows
    assert rows[-1][1:] == ["", "", ""]
    ledger = openpyxl.load_workbook(io.BytesIO(bytes(render([reviewed], "xlsx"))))["ledger"]
    head = [cell.value for cell in ledger[1]]
    [row] = [
        dict(zip(head, r, strict=True)) for r in ledger.iter_rows(values_only=True, min_row=2) if r[2] == "rejected"
    ]
    assert (row["id"], row["reviewer"], row["note"]) == (reviewed.rejected[0].id, "王", "不是目标")


def test_newer_rules_keep_what_was_reviewed(plan: Document, reviewed: Document) -> None:
    """One accepted record is read otherwise now, the edited one too, one that was accepted is no longer found."""
    one, _, three, four, five = plan.targets[:5]
    newer = replace(
        plan,
        targets=[replace(one, value=1), plan.targets[1], replace(three, unit="项", value=2), four, *plan.targets[5:]],
    )
    said = apply(reviewed, [Correction(five.id, Review(verdict="accepted"), {}, five)], Outcome())
    again, notes = taken(newer, as_json(said))
    by_id = {target.id: target for target in again.targets}
    assert (by_id[one.id].value, by_id[three.id].value, by_id[three.id].unit) == (one.value, 7.5, "项")
    assert by_id[five.id].quote == five.quote
    assert again.reviews[one.id].before == {"value": 1}
    assert len(notes) == 1 and "read otherwise now" in notes[0]


def test_what_no_longer_stands_in_the_text_is_said(reviewed: Document) -> None:
    other = library.extract("2025年工作要点\n\n年内新增学位800个。".encode(), name=str(PLAN))
    again, notes = taken(other, as_json(reviewed))
    assert again.targets == other.targets and again.reviews == {}
    assert len(notes) == 4
    assert sum("no longer stands there" in note for note in notes) == 3


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda plan: as_json(plan), "it holds no reviews"),
        (lambda plan: as_json(replace(plan, document=replace(plan.document, sha256="0", source="x"))), "no reviews"),
    ],
)
def test_what_holds_nothing_says_so(content: Callable[[Document], bytes], says: str, plan: Document) -> None:
    again, notes = taken(plan, content(plan))
    assert again.targets == plan.targets
    assert any(says in note for note in notes)


# ---------------------------------------------------------------- spreadsheets


def change(content: bytes, cells: dict[tuple[int, str], object]) -> bytes:
    """An XLSX with cells changed: by row as a spreadsheet counts and header."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    for (row, name), value in cells.items():
        sheet.cell(row, head.index(name) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("headers", ["en", "zh"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_untouched_sheet_corrects_nothing(form: str, headers: str, reviewed: Document) -> None:
    base = without_text(reviewed)
    content = render([base], form, headers=headers, bom=True)
    again, notes = taken(base, content if isinstance(content, bytes) else content.encode())
    assert (as_json(again), notes) == (as_json(base), [])


@pytest.mark.parametrize(
    ("column", "value", "field", "after"),
    [
        ("目标值", 12, "value", 12),
        ("目标值", "1,200.5", "value", 1200.5),
        ("指标", "别的名称", "indicator", "别的名称"),
        ("状态", "已达", "status", "achieved"),
        ("状态", "achieved", "status", "achieved"),
        ("类型", "金额", "kind", "money"),
        ("比较", "<=", "comparator", "<="),
        ("单位", None, "unit", None),
        ("责任单位", "甲局、乙局", "responsible", ["甲局", "乙局"]),
        ("完成时限", "2026/6/30", "time", date(2026, 6, 30)),
    ],
)
def test_a_changed_cell_is_a_correction(column: str, value: object, field: str, after: object, plan: Document) -> None:
    base = without_text(plan)
    content = bytes(render([base], "xlsx", headers="zh"))
    again, notes = taken(base, change(content, {(5, column): value}))
    before, now = base.targets[3], again.targets[3]
    got = getattr(now, field)
    assert (got.end if field == "time" else got, notes) == (after, [])
    assert (again.reviews[now.id].verdict, now.rule) == ("edited", "review.edited")
    assert set(again.reviews) == {before.id} and again.targets[:3] == base.targets[:3]


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({(5, "value"): "很多"}, "row 5, value: '很多' is no number"),
        ({(5, "status"): "未定"}, "row 5, status: '未定' is none of planned, achieved"),
        ({(5, "indicator"): None}, "row 5, indicator: it is empty"),
        ({(5, "id"): None}, "row 5 has no id"),
        ({(5, "id"): "000000000000"}, "row 5: no record has the id 000000000000"),
        ({(5, "deadline"): "明年"}, "row 5, deadline: '明年' is no day"),
        ({(5, "deadline"): "2026-01-01", (5, "time_end"): "2027-01-01"}, "row 5: its days differ"),
    ],
)
def test_what_is_ambiguous_is_said_and_left(cells: dict[tuple[int, str], object], says: str, plan: Document) -> None:
    base = without_text(plan)
    again, notes = taken(base, change(bytes(render([base], "xlsx")), cells))
    assert (again.targets, again.reviews) == (base.targets, {})
    assert notes[0].startswith(says)


def test_rows_that_contradict_each_other_are_left(plan: Document) -> None:
    base = without_text(plan)
    content = change(bytes(render([base], "xlsx")), {(6, "id"): base.targets[3].id})
    again, notes = taken(base, content)
    assert again.targets == base.targets
    assert notes[0].startswith(f"rows 5 and 6 have the id {base.targets[3].id}")
    assert notes[1].startswith("2 records of")


def test_a_verdict_typed_into_a_sheet_counts(plan: Document) -> None:
    base = without_text(plan)
    cells = {(2, "审核"): "已确认", (2, "审核人"): "李", (3, "审核"): "已驳回", (3, "备注"): "重复"}
    again, notes = taken(base, change(bytes(render([base], "xlsx", headers="zh")), cells))
    one, two = base.targets[:2]
    assert notes == []
    assert again.reviews == {
        one.id: Review(verdict="accepted", reviewer="李"),
        two.id: Review(verdict="rejected", note="重复"),
    }
    assert [target.id for target in again.rejected] == [two.id]


def test_a_sheet_brings_rejected_records_to_a_new_extraction(plan: Document, reviewed: Document) -> None:
    again, _ = taken(plan, bytes(render([reviewed], "xlsx")))
    assert [target.id for target in again.rejected] == [plan.targets[1].id]
    assert again.reviews[plan.targets[1].id].note == "不是目标"


def test_a_csv_as_a_chinese_spreadsheet_saves_it(plan: Document) -> None:
    base = without_text(plan)
    rows = list(csv.reader(io.StringIO(str(render([base], "csv", headers="zh")), newline="")))
    place = rows[0].index("指标")
    rows[1][place] = "改名"
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[cell.replace("2025-12-31", "2025/12/31") for cell in row] for row in rows])
    again, notes = taken(base, out.getvalue().encode("gb18030"))
    assert (again.targets[0].indicator, len(again.reviews), notes) == ("改名", 1, [])


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"indicator,value\r\nx,1\r\n", "no-id"), (b"PK\3\4 broken", "damaged"), (b'{"documents": 1}', "not-an-output")],
)
def test_what_cannot_be_read_is_refused(content: bytes, code: str, plan: Document) -> None:
    with pytest.raises(PlanparseError) as caught:
        take_up([plan], content)
    assert caught.value.code == code


def test_the_commands(planparse: Run, reviewed: Document, tmp_path: Path) -> None:
    (tmp_path / "corrected.json").write_bytes(as_json(reviewed))
    corrections = ("--corrections", str(tmp_path / "corrected.json"))
    done = planparse("extract", str(PLAN), *corrections, "-f", "json")
    assert read_output(done.stdout).documents[0].reviews == reviewed.reviews
    assert b"4 corrections taken up (1 accepted, 1 added, 1 edited, 1 rejected)" in done.stderr
    sheet = tmp_path / "targets.xlsx"
    assert planparse("convert", str(tmp_path / "corrected.json"), "-o", str(sheet)).returncode == 0
    sheet.write_bytes(change(sheet.read_bytes(), {(9, "value"): 4321}))
    done = planparse("convert", str(tmp_path / "corrected.json"), "--corrections", str(sheet), "-f", "json")
    [again] = read_output(done.stdout).documents
    assert sorted(again.reviews.keys() - reviewed.reviews.keys()) == [again.targets[7].id]
    assert (again.targets[7].value, again.rejected) == (4321, without_text(reviewed).rejected)
    assert planparse("extract", str(PLAN), *corrections, "-o", f"{tmp_path}/out/").returncode == 2
    assert planparse("extract", str(PLAN), "--corrections", "missing.json").returncode == 1


def test_a_page_of_a_json_shows_the_text_of_its_document(planparse: Run, tmp_path: Path) -> None:
    beside = tmp_path / PLAN.name
    beside.write_bytes(PLAN.read_bytes())
    assert planparse("extract", str(beside), "-o", f"{tmp_path}/plan.json").returncode == 0
    assert planparse("extract", str(beside), "-o", f"{tmp_path}/straight.html").returncode == 0
    convert = ("convert", f"{tmp_path}/plan.json", "-o", f"{tmp_path}/review.html")
    assert planparse(*convert).returncode == 0
    assert (tmp_path / "review.html").read_bytes() == (tmp_path / "straight.html").read_bytes()
    beside.write_text("another")
    assert b"[document-changed]" in planparse(*convert).stderr
    beside.unlink()
    assert b"[document-missing]" in planparse(*convert).stderr


# ---------------------------------------------------------------- two reviewers


def test_agreement(planparse: Run, plan: Document, reviewed: Document, tmp_path: Path) -> None:
    found = agree([plan], [reviewed])
    count = len(plan.targets)
    assert (found.first, found.second, found.both) == (count, count, count - 1)
    assert found.f1 == (count - 1) / count
    assert (found.fields["value"], found.fields["unit"], found.kappa) == ((count - 2) / (count - 1), 1, 1)
    for name, document in (("a", plan), ("b", reviewed)):
        (tmp_path / f"{name}.json").write_bytes(as_json(document))
    pair = (str(tmp_path / "a.json"), str(tmp_path / "b.json"))
    shown = planparse("eval", *pair, "--agreement").stdout.decode()
    assert f"f1 {found.f1:.3f}" in shown and "kappa on status: 1.000" in shown
    assert json.loads(planparse("eval", *pair, "--agreement", "--json").stdout)["both"] == count - 1


def test_where_two_differ(plan: Document, reviewed: Document) -> None:
    found = differences(plan, reviewed)
    _, two, three, _ = plan.targets[:4]
    assert {id_: (one["verdict"], sorted(one["fields"])) for id_, one in found.items()} == {
        two.id: ("rejected", []),
        three.id: ("edited", ["indicator", "value"]),
        "0123456789ab": ("accepted", []),
    }
