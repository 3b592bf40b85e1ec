"""Numbers and times at the edge of what can be: a record, a ledger entry or a refusal, never a traceback."""

from __future__ import annotations

import json

import pytest

import planparse
from invariants import faults
from planparse.pipeline import parse_bytes
from planparse.write import render

HEAD = "2025年工作计划\n\n一、目标\n"
EDGES = {
    "未来99999999999年新建学校5所。": 5,
    "今后三千年内新建学校5所。": 5,
    "总量翻九亿番。": None,
    "总量翻31番。": None,
    "总量翻两番。": 4,
    "新建12345678901234567890所学校。": None,
    "投入1.2345678901234567890123456789亿元。": None,
    "共有学校9999999999999999万亿所。": 9999999999999999 * 10**12,
    "误差占万亿分之一。": 1e-12,
    "占三分之零。": 0,
    "99999999999年前新建学校5所。": 5,
    "2025年13月前新建学校5所。": 5,
    "增长" + "9" * 5000 + "%。": None,
    "第" + "九" * 5000 + "届，新建学校5所。": 5,
}


@pytest.mark.parametrize("text", EDGES, ids=lambda text: text[:24])
def test_an_edge_is_a_record_or_in_the_ledger(text: str) -> None:
    document = planparse.extract((HEAD + text).encode())
    assert faults(document) == []
    found = [target.value for target in document.targets if target.kind != "duration"]
    assert found == ([] if EDGES[text] is None else [EDGES[text]])


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "xlsx", "html", "parquet"])
def test_integers_beyond_64_bits_can_be_written(form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    document = planparse.extract((HEAD + "共有学校9999999999999999万亿所，教师9007199254740993人。").encode())
    content = render([document], form)
    if form == "json":
        values = [target["value"] for target in json.loads(content)["documents"][0]["targets"]]
        assert values == [9999999999999999 * 10**12, 9007199254740993]


SPANS = {
    "11月至2月": ("2025-11-01", "2026-02-28"),
    "12月20日至1月8日": ("2025-12-20", "2026-01-08"),
    "2024年10月至3月": ("2024-10-01", "2025-03-31"),
    "10月14日至3日": None,
    "2025—2021年": None,
}


@pytest.mark.parametrize("time", SPANS)
def test_a_time_ends_after_it_begins(time: str) -> None:
    document = planparse.extract(f"{HEAD}{time}新建学校5所。".encode())
    found = document.targets[0].time
    assert found is None if SPANS[time] is None else (str(found.start), str(found.end)) == SPANS[time]


def test_the_outline_ends_with_the_text() -> None:
    document = planparse.extract("计划\n\n一、目标\n新建学校5所".encode())
    assert document.outline[-1].end == len(document.text)


def test_a_defect_costs_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str) -> None:
        raise KeyError("a defect")

    monkeypatch.setattr("planparse.pipeline.find_mentions", fail)
    document = parse_bytes(HEAD.encode(), "a.txt")
    assert (document.status, document.warnings[0].code) == ("failed", "internal-error")


def test_a_cell_takes_no_number_of_the_unit_that_is_lent() -> None:
    document = planparse.extract("计划\n序号\t项目\t目标值\t单位\n7\t就业率\t亿\t-3米\n8\t毛入园率\t95\t%\n".encode())
    assert faults(document) == []
    assert [target.quote for target in document.targets] == ["95"]


def test_a_page_number_between_the_rows_of_a_table_is_in_the_ledger() -> None:
    table = "序号\t指标名称\t单位\t2025年\n1\n2\t甲镇覆盖率\t%\t4.5\n3\t参保率\t%\t97"
    document = planparse.extract(f"计划\n\n{table}\n\n新建学校5所。".encode())
    assert faults(document) == []
    assert [(s.quote, s.reason) for s in document.skipped] == [("1", "page-furniture"), ("2", "label"), ("3", "label")]
