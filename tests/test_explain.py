"""`planparse explain`: what a number became, how it could be read, what decided, and what is missing."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CORPUS, ROOT, SAMPLES
from planparse.explain import Explanation, explain_all, explain_at, explain_id
from planparse.explain.to_text import line, text
from planparse.model import PlanparseError
from planparse.pipeline import Trace, trace
from planparse.read import read_bytes

Run = Callable[..., subprocess.CompletedProcess[bytes]]
PLAN = """某县2025年工作要点

一、三类设施建设
年内新建泵站12座，覆盖率达到85%以上，其中农村不低于70%。办好三农讲堂，举办第四届书展，另有15驶入。
"""


@pytest.fixture(scope="module")
def traced() -> Trace:
    return trace(read_bytes(PLAN.encode(), "plan.txt"))


def at(traced: Trace, quote: str) -> Explanation:
    return explain_at(traced, PLAN.index(quote))


def test_a_record_has_its_readings_and_what_decided_each_part(traced: Trace) -> None:
    one = at(traced, "85%")
    assert one.target is not None and (one.outcome, one.target.indicator) == ("target", "覆盖率")
    assert [word.text for word in one.words] == ["覆盖率", "达到", "85%"]
    assert "level" in one.words[1].roles
    assert [way.name for way in one.ways if way.taken] == ["覆盖率"] and len(one.ways) > 1
    grounds = {ground.part: ground for ground in one.grounds}
    assert grounds["name"].rule == one.target.why["name"] and grounds["name"].words == "覆盖率"
    assert (grounds["comparator"].value, grounds["comparator"].rule) == (">=", one.target.why["comparator"])
    assert grounds["time"].words == "年内" and grounds["time"].distance == PLAN.index("85%") - PLAN.index("新建")
    assert one.rules[grounds["comparator"].rule].file == "rules/comparators.toml"


def test_a_time_says_what_it_dates(traced: Trace) -> None:
    one = at(traced, "年内")
    assert one.outcome == "time" and len(one.dates) == 3
    assert explain_id(traced, one.dates[0]).quote == "12座"


def test_what_is_skipped_has_its_rule(traced: Trace) -> None:
    one = at(traced, "第四届")
    assert one.skipped is not None and one.skipped.reason == "ordinal"
    assert one.rules[one.skipped.rule].file == "rules/vetoes.toml"


def test_a_number_that_no_rule_reads_says_what_it_lacks(traced: Trace) -> None:
    unit, numeral = at(traced, "15驶入"), at(traced, "三农")
    assert (unit.outcome, unit.missing, unit.beyond) == ("skipped", "unit", "驶入。")
    assert (numeral.outcome, numeral.missing, numeral.beyond[:2]) == ("none", "numeral-without-unit", "农讲")
    assert "a numeral in hanzi" in text(numeral, "en") and "汉字数字" in text(numeral, "zh")


@pytest.mark.parametrize(
    ("offset", "code", "message"),
    [
        (PLAN.index("泵站"), "no-number", "the nearest is '12座' at"),
        (len(PLAN), "no-such-offset", f"the text has {len(PLAN)} characters"),
        (-1, "no-such-offset", "there is no offset -1"),
    ],
)
def test_where_no_number_stands_the_nearest_is_named(traced: Trace, offset: int, code: str, message: str) -> None:
    with pytest.raises(PlanparseError, match=message) as raised:
        explain_at(traced, offset)
    assert raised.value.code == code


@pytest.mark.parametrize("id_", ["", "no-such-id"])
def test_an_id_is_of_one_record(traced: Trace, id_: str) -> None:
    with pytest.raises(PlanparseError, match="id") as raised:
        explain_id(traced, id_)
    assert raised.value.code == "no-such-record"


@pytest.mark.parametrize("path", [*SAMPLES, *sorted(CORPUS.glob("dev/*.txt"))], ids=lambda path: path.stem)
def test_every_number_of_a_document_can_be_explained(path: Path) -> None:
    source = read_bytes(path.read_bytes(), path.name)
    document = trace(source).document
    said = explain_all(trace(source))
    assert [one.target for one in said if one.target] == document.targets
    assert len([one for one in said if one.skipped]) == len(document.skipped)
    for one in said:
        assert document.text[one.start : one.end] == one.quote
        for language in ("en", "zh"):
            assert line(one, language) and text(one, language).endswith("\n")
        if one.ways:
            assert [way.taken for way in one.ways].count(True) == 1


def test_the_command_speaks_both_languages_and_json(planparse: Run) -> None:
    path = "samples/work-plan-2025.txt"
    offset = (ROOT / path).read_text(encoding="utf-8").index("35%")
    english = planparse("explain", path, "--at", str(offset), LC_ALL="C.UTF-8").stdout.decode()
    chinese = planparse("explain", path, "--at", str(offset), LC_ALL="zh_CN.UTF-8").stdout.decode()
    assert "possible readings" in english and "可能的读法" in chinese
    one = json.loads(planparse("explain", path, "--at", str(offset), "--json").stdout)
    assert one["quote"] == "35%" and {ground["part"] for ground in one["grounds"]} >= {"value", "name", "status"}
    assert any(way["taken"] for way in one["ways"])
    every = json.loads(planparse("explain", path, "--json").stdout)
    listed = planparse("explain", path, "--lang", "zh").stdout.decode().splitlines()
    assert len(every) == len(listed) and one in every


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--at", "0"], 1, "[no-number]"),
        (["--id", "ffffffffffff"], 1, "[no-such-record]"),
        (["--at", "1", "--id", "x"], 2, "give one of them"),
        (["--lang", "fr"], 2, "zh or en"),
    ],
)
def test_what_cannot_be_explained_is_said(planparse: Run, arguments: list[str], status: int, message: str) -> None:
    done = planparse("explain", "samples/work-plan-2025.txt", *arguments)
    assert (done.returncode, done.stdout, b"Traceback" in done.stderr) == (status, b"", False)
    assert message in done.stderr.decode()


def test_a_page_is_named(planparse: Run) -> None:
    path = "samples/work-plan-2025.pdf"
    id_ = planparse("explain", path, "--lang", "en").stdout.decode().partition("record ")[2][:12]
    assert "page 1" in planparse("explain", path, "--id", id_[:8], "--lang", "en").stdout.decode()


def test_an_input_that_cannot_be_read(planparse: Run) -> None:
    done = planparse("explain", "no-such-file.txt")
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False) and b"[missing]" in done.stderr
