"""Panels: what makes a cell, what a gap says, the forms, the command."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from conftest import ROOT
from planparse import extract
from planparse.model import Document
from planparse.panels import make_panel
from planparse.panels.render import render_panel
from planparse.places import find_origin
from test_review import contrast

Run = Callable[..., subprocess.CompletedProcess[bytes]]

NORTH = """甲省2026年政府工作报告

一、2025年工作
全省地区生产总值增长5.2%、高于全国0.4个百分点，城镇新增就业40万人，粮食产量达到410亿斤，居全国第5位。

二、2026年工作
新的一年要实现：经济增长5%左右，城镇新增就业42万人以上；居民消费价格上涨2%左右；城镇调查失业率5.5%左右；\
粮食产量保持稳定，单位生产总值能耗下降3%以上。确保城镇新增就业42万人以上。
到2030年，粮食产量达到430亿斤以上。
"""
SOUTH = """乙自治区2026年政府工作报告

一、新的一年要实现：地区生产总值增长5%—5.5%；一般公共预算收入增长3%，城镇新增就业18万人。
实现中心城区新增就业9万人。全年完成粮食播种面积1500万亩、总产量400万吨。
"""


def test_the_colours_of_lines_are_in_sight_on_both_grounds() -> None:
    page = ROOT / "src" / "planparse" / "panels" / "page"
    listed = (page / "chart.js").read_text("utf-8").partition("const COLOURS = [")[2].partition("]")[0]
    grounds = re.findall(r"--paper: (#\w{6})", (page / "panel.css").read_text("utf-8"))
    colours = re.findall(r"#\w{6}", listed)
    assert (len(colours), len(grounds)) == (12, 2)
    assert all(contrast(colour, ground) >= 3 for colour in colours for ground in grounds)


def read(text: str, name: str = "a.txt") -> Document:
    return extract(text.encode(), name=name)


def stated(text: str, *indicators: str) -> list[tuple[object, ...]]:
    panel = make_panel([read(text)], indicators)
    return [
        (
            c.status,
            c.period.label if c.period else "",
            c.measure.key,
            c.amount.comparator,
            c.amount.value,
            c.measure.unit,
        )
        for c in panel.cells
    ]


CELLS = [  # what a sentence of a plan for 2026 makes of the panel
    ("地区生产总值增长5%左右", [("gdp:growth", "~", 5, "%")]),
    ("经济增长5%左右", [("gdp:growth", "~", 5, "%")]),
    ("地区生产总值增速5%", [("gdp:growth", "=", 5, "%")]),
    ("地区生产总值达到3000亿元", [("gdp:level", "=", 300000000000, "元")]),
    ("粮食产量达到400亿斤以上", [("grain-output:level", ">=", 20000000, "吨")]),
    ("单位地区生产总值能耗下降3%以上", [("energy-intensity:growth", "<=", -3, "%")]),
    (
        "粮食播种面积100万亩、总产量40万吨",
        [("grain-area:level", "=", 1000000, "亩"), ("grain-output:level", "=", 400000, "吨")],
    ),
    ("全国城镇新增就业1200万人", []),
]


@pytest.mark.parametrize(("sentence", "expected"), CELLS)
def test_a_record_is_a_cell_of_its_measure(sentence: str, expected: list[tuple[object, ...]]) -> None:
    assert [cell[2:] for cell in stated(f"甲省2026年工作要点\n\n今年，{sentence}。")] == expected


def test_years_and_statuses_are_apart() -> None:
    assert [cell[:3] for cell in stated(NORTH, "gdp-growth", "粮食产量:level", "城镇新增就业")] == [
        ("achieved", "2025", "gdp:growth"),
        ("achieved", "2025", "urban-new-jobs:level"),
        ("achieved", "2025", "grain-output:level"),
        ("planned", "2026", "gdp:growth"),
        ("planned", "2026", "urban-new-jobs:level"),
        ("planned", "2030", "grain-output:level"),
    ]


def test_the_same_said_twice_is_one_cell() -> None:
    panel = make_panel([read(NORTH)], ["城镇新增就业"], statuses=["planned"])
    assert [(len(cell.others), cell.agrees) for cell in panel.cells] == [(1, True)]


def test_an_exact_result_stands_before_the_bound_that_it_passed() -> None:
    text = "甲省2026年政府工作报告\n\n2025年，一般公共预算收入突破2000亿元、达到2105亿元。"
    panel = make_panel([read(text)], ["budget-revenue:level"])
    assert [(cell.record.quote, cell.agrees) for cell in panel.cells] == [("2105亿元", False)]


def test_a_gap_says_the_nearest_thing() -> None:
    panel = make_panel(
        [read(NORTH), read(SOUTH)], ["粮食产量", "居民消费价格涨幅", "城镇新增就业"], statuses=["planned"]
    )
    assert [(gap.entry.name, gap.indicator, gap.reason) for gap in panel.gaps] == [
        ("甲省", "grain-output", "other years"),
        ("乙自治区", "consumer-prices", "not stated"),
    ]
    named = make_panel([read(NORTH.partition("到2030年")[0])], ["粮食产量"], statuses=["planned"]).gaps
    assert [(gap.reason, gap.words) for gap in named] == [("no number", "粮食产量保持稳定")]
    like = make_panel([read("丙市2026年计划\n\n城镇新增就业岗位数5万人。")], ["城镇新增就业"]).gaps
    assert [(gap.reason, [t.value for t in gap.records]) for gap in like] == [("other words", [50000])]


ORIGINS = [
    ("甲省永安市2026年工作要点", "甲省永安市", "city"),
    ("2026年海南省政府工作报告", "海南省", "province"),
    ("萍乡市教育局2026年工作要点", "萍乡市", "city"),
    ("丙市市场监督管理局2026年工作要点", "丙市", "city"),
    ("丁自治区戊市己县2026年计划", "丁自治区戊市己县", "county"),
    ("国务院2026年工作要点", "全国", "country"),
    ("2026年工作要点", None, None),
]


@pytest.mark.parametrize(("title", "place", "level"), ORIGINS)
def test_place_and_level_are_from_the_facts(title: str, place: str | None, level: str | None) -> None:
    origin = find_origin(read(f"{title}\n\n一、重点任务\n新增学位800个。").document)
    assert (origin.place, origin.level, origin.year) == (place, level, 2026)


def both() -> list[Document]:
    return [read(NORTH, "north.txt"), read(SOUTH, "south.txt")]


def test_the_workbook_leads_from_numbers_to_sentences() -> None:
    panel = make_panel(both(), ["gdp-growth", "城镇新增就业"])
    book = openpyxl.load_workbook(io.BytesIO(render_panel(panel, "xlsx", review_link="review.html")))  # type: ignore[arg-type]
    assert book.sheetnames == ["planned", "achieved", "cells", "gaps", "documents"]
    table, cells = book["planned"], book["cells"]
    jobs = next(c for c in table[2] if c.value == 420000)
    assert jobs.number_format == '"≥ "#,##0'
    _, _, place = jobs.hyperlink.location.partition("!")
    row = {head.value: cell for head, cell in zip(cells[1], cells[cells[place].row], strict=True)}
    assert row["value"].value == 420000
    assert "42万人以上" in row["sentence"].value
    assert row["review"].hyperlink.target.partition("#")[0] == "review.html"


def test_the_long_and_the_wide_form_say_the_same() -> None:
    panel = make_panel(both(), ["gdp-growth", "城镇新增就业"], statuses=["planned"])
    long = list(csv.DictReader(io.StringIO(str(render_panel(panel, "csv", bom=False)))))
    wide = list(csv.DictReader(io.StringIO(str(render_panel(panel, "csv", bom=False, wide=True)))))
    assert [(row["place"], row["value"], row["value_max"]) for row in long if row["measure"] == "growth"] == [
        ("甲省", "5", ""),
        ("乙自治区", "5", "5.5"),
    ]
    assert [(row["place"], row["gdp:growth"], row["gdp:growth:max"]) for row in wide] == [
        ("甲省", "5", ""),
        ("乙自治区", "5", "5.5"),
    ]
    assert {row["gdp:growth:id"] for row in wide} <= {row["id"] for row in long}
    pq = pytest.importorskip("pyarrow.parquet")
    table = pq.read_table(io.BytesIO(render_panel(panel, "parquet", wide=True)))  # type: ignore[arg-type]
    assert table["gdp:growth"].to_pylist() == [5, 5]


def test_the_page_asks_nothing_of_a_network_and_holds_no_markup_of_documents() -> None:
    hostile = read(NORTH.replace("全省地区", "</script><img src=x>全省地区"), "</script>.txt")
    page = str(render_panel(make_panel([hostile], ["gdp-growth"]), "html"))
    assert page.count("</script>") == page.count("<script")
    assert not re.search(r"(?:src|href)=[\"']?https?:|<img", page)
    assert "default-src 'none'" in page


def test_the_command(planparse: Run, tmp_path: Path) -> None:
    (tmp_path / "north.txt").write_text(NORTH, "utf-8")
    (tmp_path / "south.txt").write_text(SOUTH, "utf-8")
    given = [
        "panel",
        str(tmp_path),
        "--indicators",
        "经济增速,gdp-growth",
        "--years",
        "2026",
        "-o",
        str(tmp_path / "p.csv"),
    ]
    wrong = planparse(*given)
    assert wrong.returncode == 2
    assert "there is no indicator '经济增速'; perhaps" in wrong.stderr.decode()
    right = planparse(*["gdp-growth" if "经济" in part else part for part in given])
    assert right.returncode == 0, right.stderr.decode()
    rows = list(csv.DictReader((tmp_path / "p.csv").read_text("utf-8-sig").splitlines()))
    assert [row["period"] for row in rows] == ["2026", "2026"]
    for options, words in (
        (["--years", "26"], "--years is"),
        (["-f", "json"], "no format"),
        (["--status", "x"], "--status is"),
    ):
        assert words in planparse("panel", str(tmp_path), *options).stderr.decode()
    output = tmp_path / "both.json"
    assert (
        planparse("extract", str(tmp_path / "north.txt"), str(tmp_path / "south.txt"), "-o", str(output)).returncode
        == 0
    )
    assert len(json.loads(output.read_text("utf-8"))["documents"]) == 2
    assert planparse("panel", str(output), "-f", "html").stdout.startswith(b"<!DOCTYPE html>")
