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


def test_a_long_document_keeps_its_annex() -> None:
    parts = [
        "年内新建公园7处，改造泵站8座；补齐短板，确保取得实效。" * 9,
        "附件：年内新建桥梁6座，全部通车；巡查120次。" * 6,
    ]
    page = "".join(f"<div><p>{part}</p></div>" for part in parts)
    text = planparse.extract(f"<html><body><div>{page}</div><p>版权所有，请勿转载。</p></body></html>".encode()).text
    assert text.split() == parts


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ol><li>甲。<li value=4><p>乙。</p></li><li></ol><p>丙。</p>", ["1.甲。", "4.乙。", "丙。"]),
        ("<ol start='2'><li>15所学校。</li></ol><ul><li>丁。</li></ul>", ["2. 15所学校。", "丁。"]),
        ("<table><tr><td>甲<td>乙<td rowspan=0>丙<tr><td rowspan=2>丁</table>", ["甲\t乙\t丙", "丁"]),
        ("<div title='header'>公报</div><p>甲。</p><div title='footer'>— 1 —</div>", ["甲。"]),
    ],
    ids=["items", "start", "no rows", "running head"],
)
def test_structure(body: str, expected: list[str]) -> None:
    text = planparse.extract(f"<html><body>{body}</body></html>".encode()).text
    assert [line for line in text.splitlines() if line] == expected
