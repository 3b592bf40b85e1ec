"""Pages as government sites have them: the plan comes out, and no record of what stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest

import planparse

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
PARAGRAPHS = [
    "一、扩大普惠供给",
    "年内新建公办园4所，新增学位1260个，普惠园覆盖率达到93%以上。",
    "二、提升办学质量",
    "小学生近视率较上年降低1.2个百分点，课后服务覆盖全部学校；培训教师800人次。",
]
FOUND = [("公办园", 4), ("学位", 1260), ("普惠园覆盖率", 93), ("小学生近视率", 1.2), ("教师", 800)]
AROUND = ("办事服务", "互动交流", "友情链接", "公交线路", "九成")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_plan_and_nothing_around_it(page: Path) -> None:
    content = page.read_bytes().decode().encode("gb18030" if ".gb" in page.name else "utf-8")
    document = planparse.extract(content, name=page.name)
    assert [(t.indicator, t.value) for t in document.targets] == FOUND
    assert [line for line in document.text.splitlines() if line in PARAGRAPHS] == PARAGRAPHS
    assert not [words for words in AROUND if words in document.text]
    assert document.document.title == "临江区2025年教育工作要点"
    assert [node.label for node in document.outline] == ["一", "二"]
    assert not document.warnings
