"""An indicator table of twenty rows comes out whole from every form, the page break included."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

import planparse
from conftest import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import twins

HEADER = ["序号", "指标", "单位", "2023年", "2025年", "属性"]
UNITS = ["%", "所", "万人", "亿元", "个"]


def row(n: int) -> list[str]:
    name = f"{'甲乙丙丁戊己庚辛壬癸'[n % 10]}类设施{'覆盖率' if n % 5 == 0 else '总量'}"
    goal = f"≥{60 + n}" if n % 2 else str(60 + n)
    return [str(n), name, UNITS[n % 5], str(50 + n), goal, "约束性" if n % 3 else "预期性"]


ROWS = [row(n) for n in range(1, 21)]
CONTENT: list[twins.Block] = [
    "临江区“十四五”公共服务规划",
    "为提高公共服务水平，制定本规划，规划期为2021年至2025年。",
    *["各部门要按照职责分工，抓好各项任务的组织实施，确保取得实效。"] * 12,
    [HEADER, *ROWS],
    "本规划由区政府负责解释。",
]
FORMS: dict[str, Callable[[list[twins.Block]], bytes]] = {
    "plan.pdf": twins.as_pdf,
    "level-rules.pdf": lambda b: twins.as_pdf(b, rules="level"),
    "no-rules.pdf": lambda b: twins.as_pdf(b, rules="none"),
    "plan.ofd": twins.as_ofd,
    "plan.docx": twins.as_docx,
    "plan.html": twins.as_html,
    "plan.md": twins.as_markdown,
    "plan.txt": lambda b: twins.as_text(b, 40).encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_cell_is_a_record(form: str) -> None:
    document = planparse.extract(FORMS[form](CONTENT), name=form)
    planned = [t for t in document.targets if t.table and t.time and t.time.end and t.time.end.year == 2025]
    achieved = [t for t in document.targets if t.table and t.status == "achieved"] or [
        t for t in document.targets if t.table and t.time and t.time.end and t.time.end.year == 2023
    ]
    scales = {"万人": 10**4, "亿元": 10**8}
    assert [t.indicator for t in planned] == [row[1] for row in ROWS]
    assert [t.value for t in planned] == [int(row[4].lstrip("≥")) * scales.get(row[2], 1) for row in ROWS]
    assert [t.comparator for t in planned] == [">=" if row[4].startswith("≥") else "=" for row in ROWS]
    assert [t.binding for t in planned] == ["binding" if row[5] == "约束性" else "expected" for row in ROWS]
    assert [t.value for t in achieved] == [int(row[3]) * scales.get(row[2], 1) for row in ROWS]
    if form.endswith(".pdf"):
        assert {t.page for t in planned} == {1, 2}


def test_a_header_that_the_next_page_repeats_makes_no_record() -> None:
    once = planparse.extract(twins.as_pdf(CONTENT))
    twice = planparse.extract(twins.as_pdf(CONTENT, repeat=True))
    assert twice.text.count(HEADER[1] + "\t") == 2
    assert [(t.indicator, t.value) for t in once.targets] == [(t.indicator, t.value) for t in twice.targets]


LEFT = [72, 110, 210, 260, 330, 400]  # of the columns, in points


def wrapped(cut: str, step: float) -> bytes:
    """A table without rules, its names in three lines, the other cells in the middle of them; a row that the page break
    cuts has its figures, or its name's last line, on the other side. `step` is what stands between two rows."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    y = 740.0

    def draw(line: list[str], step: float = 21) -> None:
        nonlocal y
        canvas.setFont(twins.FONT, 12)
        for x, text in zip(LEFT, line, strict=True):
            canvas.drawString(x, y, text)
        y -= step

    draw(["", CONTENT[0], "", "", "", ""], 50)
    draw(HEADER, step)
    for number, *cells in ROWS:
        whole = f"{cells[0][:3]}共建共享和日常使用{cells[0][3:]}"
        first, second, third = whole[:6], whole[6:12], whole[12:]
        if y < 130 and cut == "figures":
            draw([number, "", *cells[1:]], step)
            canvas.showPage()
            y = 740
            for text in (first, second):
                draw(["", text, "", "", "", ""])
        else:
            draw(["", first, "", "", "", ""])
            draw([number, second, *cells[1:]])
        if y < 110:
            canvas.showPage()
            y = 740
        draw(["", third, "", "", "", ""], step)
    draw(["", "　　本规划由区政府负责解释，自印发之日起施行。", "", "", "", ""])
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(("cut", "step"), [("figures", 25), ("name", 25), ("name", 21)])
def test_a_row_without_rules_keeps_its_name_over_lines_and_pages(cut: str, step: float) -> None:
    document = planparse.extract(wrapped(cut, step))
    planned = [t for t in document.targets if t.table and t.time and t.time.end and t.time.end.year == 2025]
    assert [t.indicator for t in planned] == [f"{r[1][:3]}共建共享和日常使用{r[1][3:]}" for r in ROWS]
    assert [t.quote for t in planned] == [r[4].strip("≥") for r in ROWS]
    assert not document.warnings
