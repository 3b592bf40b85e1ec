"""`diff` and `fulfil`: verdicts by construction, the sample pairs, the commands."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

import planparse
from conftest import ROOT
from planparse.compare import diff, fulfil
from planparse.compare.align import GENERAL
from planparse.compare.rows import ZH, Row
from planparse.compare.to_html import to_html
from planparse.write.sheet import sheet_xlsx

sys.path.insert(0, str(ROOT / "scripts"))
from pairs import PAIRS, comparisons, table

Run = Callable[..., subprocess.CompletedProcess[bytes]]
PLAN, REPORT = str(PAIRS / "plan-2023.txt"), str(PAIRS / "report-2024.txt")

VERDICTS = [
    # comparators and their edges
    ("入园率不低于93%", "入园率达到93%", "kept"),
    ("入园率不低于93%", "入园率达到92.9%", "missed"),
    ("入园率超过93%", "入园率达到93%", "unclear"),
    ("入园率超过93%", "入园率达到92.9%", "missed"),
    ("失业率控制在5.5%以内", "失业率为5.5%", "kept"),
    ("失业率控制在5.5%以内", "失业率为5.6%", "missed"),
    ("入园率达到93%", "入园率达到95%以上", "kept"),
    ("入园率达到93%", "入园率达到90%以上", "unclear"),
    ("入园率达到93%", "入园率约95%", "unclear"),
    ("入园率达到93%左右", "入园率达到93.5%", "kept"),
    ("入园率达到93%左右", "入园率达到92%", "unclear"),
    ("近视率降到48%", "近视率降到47%", "kept"),
    ("税收占比80%", "税收占比82%", "unclear"),
    ("税收占比80%", "税收占比80%", "kept"),
    ("新建公园3—5个", "新建公园6个", "kept"),
    ("新建公园3—5个", "新建公园2个", "missed"),
    # changes
    ("旅游总收入增长6%", "旅游总收入增长5.2%", "missed"),
    ("旅游总收入增长6%", "旅游总收入下降5.2%", "missed"),
    ("单位产值能耗下降3%", "单位产值能耗下降3.1%", "kept"),
    ("旅游总收入增长6%", "旅游总收入达到52亿元", "unclear"),
    ("签约率提高5个百分点", "签约率提高6%", "unclear"),
    ("旅游总收入增长6%", "旅游总收入五年增长38%", "unclear"),
    # units, populations, readings
    ("治理沙地15万亩", "治理沙地1万公顷", "kept"),
    ("旅游总收入达到5亿元", "旅游总收入达到48000万元", "missed"),
    ("旅游总收入达到5亿元", "旅游总收入达到6000万美元", "unclear"),
    ("小学生近视率降到40%", "初中生近视率降到39%", "not reported"),
    ("新增养老床位300张", "养老床位达到900张", "unclear"),
    ("每个乡镇建设2个文化广场", "建设文化广场30个", "unclear"),
    ("壮大县域特色农产品产业集群40个", "新建产业集群1个", "not reported"),
    ("安全饮水全覆盖", "安全饮水覆盖率达到100%", "kept"),
    ("安全饮水全覆盖", "安全饮水覆盖率达到99.9%", "missed"),
    ("综合考评进入全市前三名", "综合考评居全市第四名", "missed"),
    ("综合考评进入全市前三名", "综合考评居全市第三名", "kept"),
    ("新建公园5个", "新建公园60个", "unclear"),
    ("新建公园5个", "启动建设公园5个", "unclear"),
    ("新建农村公路5公里", "新改建农村公路6公里", "unclear"),
    ("改造提升农村公路5公里", "新建农村公路5公里", "unclear"),
    ("新改建农村公路5公里", "新改建农村公路6公里", "kept"),
    ("旅游总收入增长6%", "旅游总收入年均增长7%，2023年增长5%", "missed"),
    ("完成投资5亿元", "完成投资6亿元", "unclear"),
    # times
    ("到2025年入园率达到95%", "入园率达到96%", "unclear"),
    ("上半年新建公园5个", "新建公园5个", "unclear"),
    ("新建公园5个", None, "not reported"),
]


@pytest.mark.parametrize(("planned", "reported", "verdict"), VERDICTS, ids=[f"{p} → {r}" for p, r, _ in VERDICTS])
def test_verdict(planned: str, reported: str | None, verdict: str) -> None:
    plan = planparse.extract(f"云岭县2023年工作要点\n\n一、任务\n{planned}。".encode())
    done = f"2023年，{reported}。" if reported else "2023年，各项工作稳步推进。"
    report = planparse.extract(f"云岭县2024年政府工作报告\n\n一、2023年工作回顾\n{done}".encode())
    (row,) = fulfil(plan, report).rows
    assert (row.verdict, bool(row.reason)) == (verdict, verdict == "unclear" or bool(row.reason)), row.reason


@pytest.mark.parametrize("name", ["fulfil.md", "diff.md"])
def test_the_sample_pairs(name: str) -> None:
    assert table(comparisons()[name]) == (PAIRS / name).read_text(encoding="utf-8")


def test_a_document_does_not_differ_from_itself() -> None:
    document = planparse.extract(PAIRS / "plan-2023.txt")
    assert diff(document, document).counts == {"unchanged": len(document.targets)}


def test_a_value_given_twice_is_no_verdict() -> None:
    plan = planparse.extract("云岭县2023年工作要点\n\n一、任务\n新建公园5个。新建公园8个。".encode())
    report = planparse.extract("云岭县2024年政府工作报告\n\n一、2023年工作回顾\n2023年，新建公园6个。".encode())
    assert {row.verdict for row in fulfil(plan, report).rows} == {"unclear"}


def test_of_several_that_are_reported_the_nearest_is_shown() -> None:
    plan = planparse.extract("云岭县2023年工作要点\n\n一、任务\n旅游总收入增长6%左右。".encode())
    said = "这五年，旅游总收入年均增长7%。2023年，旅游总收入达到52亿元，旅游总收入增长5%。"
    report = planparse.extract(f"云岭县2024年政府工作报告\n\n一、2023年工作回顾\n{said}".encode())
    (row,) = fulfil(plan, report).rows
    assert (row.verdict, row.two and row.two.value) == ("unclear", 5)
    assert row.reason.startswith("about this much")


def test_every_reason_is_said_in_chinese(planparse: Run) -> None:
    rows = [row for comparison in comparisons().values() for row in comparison.rows]
    extra = [Row("unclear", None, None, reason) for reason in ("last year before, a level of it after", GENERAL)]
    said = [row.reason_zh for row in [*rows, *extra] if row.reason]
    assert len(said) > 15
    assert [text for text in said if re.search("[a-z]{3}", text)] == []
    table = planparse("--lang", "zh", "fulfil", PLAN, REPORT, "-f", "table").stdout.decode()
    assert ("一个是增减" in table, "one is a change" in table) == (True, False)  # it may be wrapped
    lines = planparse("fulfil", PLAN, REPORT, "-f", "csv", "--headers", "zh").stdout.decode().splitlines()
    assert lines[1].startswith("未完成,,地区生产总值")
    assert any(line.startswith("不判定,一个是增减，一个是水平,") for line in lines)


def test_exit_statuses(planparse: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("云岭县2024年政府工作报告\n\n一、2023年工作回顾\n2023年，新建公园5个。", encoding="utf-8")
    plan = tmp_path / "plan.txt"
    plan.write_text("云岭县2023年工作要点\n\n一、任务\n新建公园5个。", encoding="utf-8")
    assert planparse("fulfil", str(plan), str(kept)).returncode == 0
    assert planparse("fulfil", PLAN, REPORT).returncode == 1
    assert planparse("diff", PLAN, PLAN).returncode == 0
    for wrong in (("nope.txt", REPORT), (PLAN, str(tmp_path)), (PLAN, REPORT, "-f", "xml"), (PLAN,)):
        done = planparse("fulfil", *wrong)
        assert (done.returncode, done.stdout, b"Traceback" in done.stderr) == (2, b"", False)


def test_forms_of_output(planparse: Run, tmp_path: Path) -> None:
    rows = json.loads(planparse("fulfil", PLAN, REPORT).stdout)["rows"]
    assert rows[0]["planned"]["sentence"] and rows[0]["reported"]["sentence"]
    out = tmp_path / "rows.csv"
    planparse("fulfil", PLAN, REPORT, "-o", str(out), "--headers", "zh")
    table = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"), newline="")))
    assert [row["结论"] for row in table] == [ZH[row["verdict"]] for row in rows]
    assert table[0]["计划原句"] == rows[0]["planned"]["sentence"]
    shown = planparse("fulfil", PLAN, REPORT, "-f", "table").stdout.decode()
    assert "missed" in shown and "学前三年毛入园率" in shown


def test_extracted_json_gives_the_same(planparse: Run, tmp_path: Path) -> None:
    saved = tmp_path / "plan.json"
    planparse("extract", PLAN, "-o", str(saved))
    assert planparse("fulfil", str(saved), REPORT).stdout == planparse("fulfil", PLAN, REPORT).stdout


def test_the_page_escapes_everything() -> None:
    hostile = '<script>alert(1)</script>"&'
    plan = planparse.extract(f"云岭县2023年{hostile}要点\n\n一、任务\n建设“{hostile}”公园5个，新建公园3个。".encode())
    page = to_html(diff(plan, plan))
    tags: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, _: tags.append(tag)  # type: ignore[method-assign]
    parser.feed(page)
    assert tags.count("script") == 1 and "alert(1)" in page  # the page's own, which its policy allows by hash
    assert "default-src 'none'" in page


def test_converted_units_are_units() -> None:
    from planparse.rules import read, unit_table

    table = read("compare")["conversions"]
    known = {unit for _, unit in unit_table().values()}
    bare = {unit: {unit.partition("/")[0], base.partition("/")[0]} for unit, (base, _) in table.items()}
    assert {unit for unit, parts in bare.items() if not parts <= known} == set()
    assert not {base for base, _ in table.values()} & table.keys()


def test_a_spreadsheet_of_a_comparison() -> None:
    comparison = fulfil(planparse.extract(ROOT / PLAN), planparse.extract(ROOT / REPORT))
    sheet = openpyxl.load_workbook(io.BytesIO(sheet_xlsx(comparison.sheet(), zh=True))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("结论", "理由", "指标")
    assert [row[0] for row in rows[1:]] == [row.verdict for row in comparison.rows]
    assert any(isinstance(value, (int, float)) for row in rows[1:] for value in row)


PAIRS_OF_RECORDS = [  # what the earlier plan says, the later one, the verdict
    (
        "新增养老床位300张。到2030年，新增养老床位2000张",
        "到2030年，新增养老床位2200张。新增养老床位350张",
        ["unclear", "raised"],
    ),
    ("培育规上工业企业30户", "培育规上工业企业40家", ["raised"]),
    ("旅游总收入增长8%", "旅游总收入达到50亿元", ["unclear", "unclear"]),
    ("工业增加值增长8%、高于全省1个百分点", "工业增加值增长8%、高于全省2个百分点", ["unchanged", "raised"]),
    ("农村居民人均可支配收入增长34%", "农村居民人均可支配收入增长5%", ["unclear"]),
    ("培育省级制造业中试平台10家", "新认定省级中试平台10家", ["unclear"]),
    ("新增家庭农场示范社10家", "家庭农场示范社达到20家", ["unclear"]),
    ("新建农村公路5公里", "新改建农村公路5公里", ["unclear"]),
    ("旅游总收入增长8%", "旅游总收入增速高于全省2个百分点", ["unclear", "unclear"]),
    ("城镇新增就业3万人以上。确保城镇新增就业3万人以上", "城镇新增就业2万人以上", ["lowered", "lowered"]),
    ("城镇新增就业3万人以上", "城镇新增就业4万人。全年实现城镇新增就业4万人", ["raised", "raised"]),
    ("城镇新增就业3万人。到2030年，城镇新增就业9万人", "城镇新增就业4万人", ["raised", "dropped"]),
    ("发电量突破30亿度", "新能源发电量突破30亿度", ["unclear"]),
    ("发电量突破30亿度", "新能源发电量突破40亿度", ["dropped", "new"]),
]


@pytest.mark.parametrize(("before", "after", "verdicts"), PAIRS_OF_RECORDS)
def test_pairs_of_a_diff(before: str, after: str, verdicts: list[str]) -> None:
    plans = [
        planparse.extract(f"云岭县{year}年工作要点\n\n一、任务\n{said}。".encode())
        for year, said in ((2025, before), (2026, after))
    ]
    found = diff(*plans).rows
    assert [row.verdict for row in found] == verdicts
    assert not any("another name" in row.reason and row.one.indicator == row.two.indicator for row in found)


def test_two_places_have_neutral_words() -> None:
    plans = [
        planparse.extract(f"{place}2026年工作要点\n\n一、任务\n{said}。".encode())
        for place, said in (("云岭县", "新建公园3个。造林5万亩"), ("石桥县", "新建公园4个。治沙2万亩"))
    ]
    assert [row.verdict for row in diff(*plans).rows] == ["higher in B", "only in A", "only in B"]


def test_rows_and_columns_are_chosen(planparse: Run, tmp_path: Path) -> None:
    next_plan = str(PAIRS / "plan-2024.txt")
    done = planparse("diff", PLAN, next_plan, "-f", "csv", "--only", "raised,调低", "--columns", "结论,indicator")
    lines = done.stdout.decode().splitlines()
    assert (done.returncode, lines[0]) == (1, "verdict,indicator")
    assert {line.split(",")[0] for line in lines[1:]} == {"raised", "lowered"}
    assert planparse("diff", PLAN, PLAN, "-f", "csv", "--only", "differs").stdout.count(b"\n") == 1
    page = planparse("diff", PLAN, next_plan, "-f", "html", "--review-link", "review.html").stdout.decode()
    assert page.count('href="review.html#') > 20
    for wrong in (("--only", "x"), ("-f", "csv", "--columns", "x"), ("-f", "json", "--columns", "verdict")):
        assert planparse("diff", PLAN, next_plan, *wrong).returncode == 2
