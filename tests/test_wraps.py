"""A text wrapped at any width, with page numbers and tables between, gives the paragraphs that its author wrote."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

import planparse
from planparse.characters import columns
from planparse.normalise import normalise
from planparse.read import read_bytes

PLAN = [
    "临江区2025年教育工作要点",
    "一、扩大普惠供给",
    "抓住人口变化的窗口期，统筹城区和镇街布局，年内新建公办园4所，改扩建公办园7所，新增学位1260个，普惠园覆盖率达到93%以上，让更多孩子在家门口入园。",
    "（一）补齐镇街短板",
    "优先保障新建小区和人口净流入的镇街，配备专任教师320名，每个镇街至少建成1所中心园；对偏远村实行巡回支教，每月不少于2次，全年培训保教人员800人次。",
    "二、提升办学质量",
    "落实课程方案，小学生近视率较上年降低1.2个百分点，体质健康优良率提高到62%，课后服务覆盖全部学校，建成市级实验校3所、区级基地12个，投入改造资金1.4亿元。",
    "三、强化各项保障",
    "教育支出占一般公共预算支出的比例不低于18%，义务教育集团化办学覆盖率达到75%，四月底前完成学校布局调整方案编制，年底前全部校舍完成安全排查。",
]
WIDE = "\t".join(["工业园区配套道路及排水管网改造提升工程建设项目（二期）"] * 5)
NUMBERS = [
    "— {} —",
    "-{}-",
    "{}",
    "－ {} －",
    "第{}页",
    "{}/9",
    "· {} ·",
    "共9页，第{}页",
    "Page {} of 9",
    "P. {}",
    "第{}页 共9页",
]
INDENTS = ["", "　　", "\u2003\u2003", "    ", "\u2002\u2002\u2002\u2002", "\u00a0\u00a0\u00a0\u00a0"]


def wrap(paragraph: str, width: int, indent: str) -> Iterable[str]:
    """Lines of so many hanzi; no mark begins one."""
    line = indent
    for char in paragraph:
        if columns(line + char) > 2 * width and char not in "，。；、":
            yield line
            line = ""
        line += char
    yield line


def wrapped(width: int, *, indent: str = "", number: str = "", every: int = 9, paragraphs: Iterable[str] = PLAN) -> str:
    lines = [line for paragraph in paragraphs for line in wrap(paragraph, width, indent)]
    pages = [lines[i : i + every] for i in range(0, len(lines), every)]
    return "\n".join(line for n, page in enumerate(pages, 1) for line in [*page, *[number.format(n)] * bool(number)])


BULLETS = ["•", "● ", "■", "◆ ", "▪ ", "‣ ", "➢ ", "✓ ", "★", "◇", "□ ", "○ ", "· ", "\uf06c ", "\uf0b7", "\uf0d8 "]
ITEMS = ["父母一方有三年居住证", "父母一方三年连续参保", "考生连续三年在本区就读", "随迁子女持有学籍满两年"]
NO_BULLETS = ["○二五年新建学校5所", "○○区新建学校5所", "※本表为预计数", "——新建学校", "··新建学校5所"]


def paragraphs_of(text: str) -> list[str]:
    return normalise(read_bytes(text.encode(), "plan.txt")).text.splitlines()


@pytest.mark.parametrize("indent", INDENTS, ids=["flush", "U+3000", "U+2003", "spaces", "U+2002", "U+00A0"])
@pytest.mark.parametrize("width", [18, 23, 30, 37, 44, 52, 64])
def test_paragraphs_at_any_width(width: int, indent: str) -> None:
    assert paragraphs_of(wrapped(width, indent=indent)) == PLAN


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(("width", "every"), [(20, 7), (28, 6), (40, 5), (40, 8)])
def test_page_numbers_inside_sentences(width: int, every: int, number: str, newline: str) -> None:
    text = wrapped(width, number=number, every=every, indent="　　").replace("\n", newline)
    assert paragraphs_of(text) == PLAN
    document = planparse.extract(text.encode())
    plain = planparse.extract("\n".join(PLAN).encode())
    assert [(t.id, t.value) for t in document.targets] == [(t.id, t.value) for t in plain.targets]
    numbers = [s.quote for s in document.skipped if s.reason == "page-furniture"]
    assert len(numbers) == text.count(number.partition("{}")[0] or "\n1") or numbers


@pytest.mark.parametrize("width", [24, 28, 30])
def test_the_number_of_the_first_page_of_two_stands_alone(width: int) -> None:
    lines = wrapped(width).splitlines()
    at = next(i for i, line in enumerate(lines) if i > 5 and columns(line) > 2 * width - 4 and line[-1] not in "，。；")
    assert paragraphs_of("\n".join([*lines[: at + 1], "1", *lines[at + 1 :]])) == PLAN


@pytest.mark.parametrize("lines", [["3", "5"], ["2"]], ids=["of no order", "no first page"])
def test_other_numbers_alone(lines: list[str]) -> None:
    text = wrapped(28).splitlines()
    document = planparse.extract("\n".join([*text[:7], *lines, *text[7:]]).encode())
    assert not {s.quote for s in document.skipped if s.reason == "page-furniture"}


def test_blank_lines_around_a_page_number_end_no_paragraph() -> None:
    text = wrapped(28, number="\n\n— {} —\n\n", every=6)
    assert paragraphs_of(text) == PLAN


@pytest.mark.parametrize("rows", [1, 5, 30])
def test_wide_lines_and_rows_of_tables_have_no_say(rows: int) -> None:
    table = "\n".join(f"{i}\t{WIDE}" for i in range(1, rows + 1))
    for text in (f"{wrapped(26)}\n\n{table}\n", f"{table}\n\n{wrapped(26)}"):
        assert [line for line in paragraphs_of(text) if "配套道路" not in line] == PLAN


@pytest.mark.parametrize("number", ["", "— {} —"])
def test_a_box_is_set_with_all_its_lines_indented(number: str) -> None:
    box = ["专栏1校园安全工程", PLAN[4].replace("；", "、"), PLAN[6], PLAN[8]]
    lines = [box[0], *("　　" + line for text in box[1:] for line in wrap(text, 24, ""))]
    boxed = "\n".join([*lines[:5], *[number.format(7)] * bool(number), *lines[5:]])
    text = "\n".join([wrapped(28, indent="　　"), boxed, "\n".join(wrap(PLAN[2], 28, "　　"))])
    assert paragraphs_of(text) == [*PLAN, *box, PLAN[2]]


@pytest.mark.parametrize("width", range(24, 40))
def test_the_label_of_an_article_takes_room_in_its_line(width: int) -> None:
    duty = "举办单位按照不低于上一年度保教费收入总额的百分之五提取奖助资金，用于减免家庭困难幼儿的保教费和伙食费。"
    articles = [f"第{n}条　{duty}" for n in ("十一", "十二", "十三", "十四")]
    document = planparse.extract(wrapped(width, indent="　　", paragraphs=[PLAN[0], *articles]).encode())
    assert {t.sentence for t in document.targets} == {duty}


def test_many_short_items_beside_wrapped_prose() -> None:
    """Rules have more items on one line than lines that a wrap breaks."""
    items = [f"（{'一二三四五六七八'[n]}）报送第{n + 1}类校舍的安全档案；" for n in range(8)]
    articles = [f"第{'一二三四五六七八九十'[n]}条{text}" for n, text in enumerate((PLAN[2::2] * 3)[:10])]
    rules = [line for text in articles for line in (text, *items[:3])]
    assert paragraphs_of(wrapped(40, indent="　　", paragraphs=rules)) == rules


@pytest.mark.parametrize("indent", ["", "　　"], ids=["flush", "indented"])
def test_one_item_of_a_list_that_breaks_off(indent: str) -> None:
    """Where everything else stands on one line, only its width tells that an item goes on below."""
    items = [f"{n}.{text}" for n, text in enumerate(PLAN[2::2], 1)]
    short = [text[: text.index("，")] + "。" for text in items[1:]]
    text = wrapped(50, indent=indent, paragraphs=[PLAN[0], items[0], *short])
    assert paragraphs_of(text) == [PLAN[0], items[0], *short]


@pytest.mark.parametrize("pages", [2, 3, 6])
@pytest.mark.parametrize(
    "head", [PLAN[0], "青溪市教育局办公室　内部资料", "教育工作要点汇编_青溪市人民政府网 2025/3/5 10:20"]
)
def test_heads_that_recur_below_page_numbers(head: str, pages: int) -> None:
    lines = wrapped(28, indent="　　", paragraphs=[*PLAN, *PLAN[2::2] * 2]).splitlines()
    every = -(-len(lines) // (pages + (head != PLAN[0])))
    parts = [lines[i : i + every] for i in range(0, len(lines), every)]
    paged = [line for n, part in enumerate(parts, 1) for line in (*part, f"— {n} —", head)]
    assert paragraphs_of("\n".join(paged[:-1])) == [*PLAN, *PLAN[2::2] * 2]


def test_a_page_that_a_browser_printed_into_text() -> None:
    """Address and number at the foot, title and clock at the head, wherever the sentence stands."""
    lines = wrapped(28, indent="　　").splitlines()
    for n, at in ((1, 6), (2, 13)):
        lines[at:at] = [
            f"https://www.example.org/2025/t{n}.htm 第{n}/3页",
            "2025年教育工作要点_青溪市政府网 2025/3/5 10:20",
        ]
    assert paragraphs_of("\n".join(lines)) == PLAN


def test_a_form_feed_is_no_blank_line() -> None:
    lines = wrapped(28).splitlines()
    ended = next(i for i, line in enumerate(lines) if i > 5 and columns(line) > 52 and line[-1] == "，")
    for at in (4, ended + 1, 12):
        assert paragraphs_of("\n".join(lines[:at]) + "\n\f" + "\n".join(lines[at:])) == PLAN


def test_a_heading_below_a_sentence_that_nearly_fills_its_line() -> None:
    text = "\n".join(
        [
            "　　" + PLAN[2],
            "　　" + PLAN[4],
            "　　确保各项任务按期完成，让人民群众有更多获得感！",
            "名词解释",
            "　　" + PLAN[6],
        ]
    )
    lines = [line for part in text.split("\n") for line in wrap(part, 28, "")]
    assert "名词解释" in paragraphs_of("\n".join(lines))


def test_rows_are_not_joined() -> None:
    rows = "\n".join(f"{name}\t{i}\t{2 * i}" for i, name in enumerate(["河东街道中心小学", "河西街道中心小学"] * 3))
    text = f"{wrapped(26)}\n\n附表\n{rows}\n"
    assert sum("街道中心小学" in line for line in paragraphs_of(text)) == 6


def test_numbers_of_rows_are_no_page_numbers() -> None:
    cells = ["新建公园", "市园林局", "区住建局", "区财政局", "各镇街"]
    lines = [line for row in range(1, 6) for line in [str(row), *cells]]
    document = planparse.extract("\n".join(["2025年任务清单", *lines]).encode())
    assert "page-furniture" not in {s.reason for s in document.skipped}


def test_lines_that_are_paragraphs_are_not_joined() -> None:
    assert paragraphs_of("\n".join(PLAN)) == PLAN
    assert paragraphs_of("\n".join([*PLAN, "附件：任务分工表", "联系人：王某", "电话：略"])) == [
        *PLAN,
        "附件：任务分工表",
        "联系人：王某",
        "电话：略",
    ]


def test_short_lines_below_paragraphs_are_not_joined() -> None:
    text = (
        f"关于发展渔业的通知\n{PLAN[2]}\n{PLAN[4]}\n青溪县农业农村和水利局\n青 溪 县 财 政 局\n二○二四年三月二十五日\n"
    )
    assert normalise(read_bytes(text.encode(), "plan.txt")).text.count("\n") == 6


def test_text_that_breaks_off_anywhere_is_put_together() -> None:
    """As programs that take text out of pages leave it: a line end at every change of the font."""
    text = "\n".join(piece for line in PLAN for piece in line.replace("，", "，\n").replace("到", "\n到").split("\n"))
    assert [(t.indicator, t.value) for t in planparse.extract(text.encode()).targets][:3] == [
        ("公办园", 4),
        ("公办园", 7),
        ("学位", 1260),
    ]


CONTENTS = [
    ["一、扩大普惠供给……………1", "二、提升办学质量...........- 12 -", "三、强化各项保障 · · · · 20"],
    ["一、扩大普惠供给\t1", "二、提升办学质量\t（12）", "三、强化各项保障\t20"],
    ["一、扩大普惠供给", "二、提升办学质量", "三、强化各项保障"],
]


@pytest.mark.parametrize("entries", CONTENTS, ids=["leaders", "tabs", "titles alone"])
@pytest.mark.parametrize("title", ["目录", "目　　次", "【目录】"])
def test_a_table_of_contents_is_furniture(title: str, entries: list[str]) -> None:
    text = "\n\n".join([PLAN[0], title, *entries, *PLAN[1:]])
    assert paragraphs_of(text) == PLAN


def test_a_list_below_that_word_which_heads_nothing_is_kept() -> None:
    text = "\n\n".join(["2025年征订目录", "目录", "一、教材", "二、教具", "以上由各校自选。"])
    assert paragraphs_of(text) == ["2025年征订目录", "目录", "一、教材", "二、教具", "以上由各校自选。"]


@pytest.mark.parametrize("bullet", BULLETS)
def test_items_behind_a_bullet_are_paragraphs_without_it(bullet: str) -> None:
    text = "临江区入学要点\n" + "".join(f"{bullet}{item}\n" for item in ITEMS)
    assert paragraphs_of(text) == ["临江区入学要点", *ITEMS]


@pytest.mark.parametrize("line", NO_BULLETS)
def test_what_looks_like_a_bullet_stays(line: str) -> None:
    assert paragraphs_of(f"临江区入学要点\n\n{line}\n")[-1] == line
