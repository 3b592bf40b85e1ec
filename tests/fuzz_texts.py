"""Texts of every construction: the examples of the rules, numbers and times of a grammar, joined as plans join them."""

from __future__ import annotations

import random
import re
import tomllib
from functools import cache

from planparse.cache import rules_folder
from planparse.rules import unit_table

_MARKS = re.compile("[⟦⟧«»‹›|]")  # of the rows of roles and constructions

DIGITS = "一二三四五六七八九"
HEADS = {
    "name": ("指标", "指标名称", "项目", "任务"),
    "unit": ("单位", "计量单位"),
    "value": ("2025年", "目标值", "2024年", "2025年目标", "增长（%）", "数量", "“十四五”末", "投资（万元）"),
    "time": ("完成时限", "时间节点"),
    "other": ("序号", "属性", "责任单位", "备注", ""),
}
LABELS = ("一、", "（二）", "3.", "（4）", "①", "第五条 ", "六是", "1.2.3 ", "专栏7 ", "第二章 ")
JOINTS = (
    "，",
    "，",
    "，",
    "、",
    "；",
    "。",
    "。",
    "：",
    "\n",
    "\n",
    "",
    " ",
    "\t",
    "  ",
    "和",
    "至",
    "—",
    "从",
    "（",
    "）",
    "\f",
    "“",
    "”",
    "/",
)
NAMES = (
    "毛入园率",
    "新建学校",
    "覆盖率",
    "地区生产总值增长",
    "甲镇道路",
    "森林蓄积量",
    "招聘教师",
    "补助标准每人每月",
    "城区PM2.5",
)
VERBS = (
    "达到",
    "完成",
    "新增",
    "提高到",
    "下降",
    "控制在",
    "翻",
    "超过",
    "不低于",
    "从",
    "分别为",
    "累计",
    "力争",
    "已",
    "较上年",
)
BEHIND = ("以上", "以内", "左右", "的", "余", "多", "以下", "", "", "", "个百分点", "各", "半")
WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
TITLES = (
    "2025年工作计划",
    "某县“十四五”规划",
    "2024年工作总结和2025年打算",
    "关于印发2023—2025年行动方案的通知",
    "工作要点",
    "",
)


@cache
def phrases() -> tuple[str, ...]:
    """The texts of the examples, rejects and gaps of all rules."""
    found: set[str] = set()
    for path in rules_folder().glob("*.toml"):
        for row in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", []):
            for proof in (*row.get("examples", ()), *row.get("rejects", ()), *row.get("gaps", ())):
                found.add(_MARKS.sub("", proof if isinstance(proof, str) else proof[0]))
    return tuple(sorted(found - {""}))


@cache
def units() -> tuple[str, ...]:
    return tuple(sorted(unit_table()))


class Writer:
    """Writes one text after another from a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def text(self) -> str:
        pick = self.chance.choice
        lines = [pick(TITLES)]
        for _ in range(pick((1, 2, 3, 8))):
            lines += [self.line()] if self.chance.random() < 0.85 else ["\t".join(row) for row in self.table()]
        return pick(("\n", "\n", "\n\n", "\r\n", "\n\u3000\u3000")).join(lines)

    def page(self) -> str:
        """A web page with a text and a table."""
        rows = "".join(f"<tr>{''.join(self.html_cell(cell) for cell in row)}</tr>" for row in self.table())
        return f"<!doctype html><body><p>{'</p><p>'.join(self.text().splitlines())}</p><table>{rows}</table>"

    def html_cell(self, words: str) -> str:
        spans = self.chance.choice(("", "", "", "", " rowspan=2", " colspan=2", " rowspan=0", " colspan=99"))
        return f"<td{spans}>{words}</td>"

    def table(self) -> list[list[str]]:
        """A table of a few columns; some cells are not what their column is of."""
        pick = self.chance.choice
        columns = [pick(tuple(HEADS)) for _ in range(self.chance.randrange(2, 6))]
        heads = [pick(HEADS[column]) for column in columns]
        makers = {"name": lambda: pick(NAMES), "unit": lambda: pick(units()), "value": self.number, "time": self.time}
        body = [
            [makers.get(column, self.cell)() if self.chance.random() < 0.8 else self.cell() for column in columns]
            for _ in range(self.chance.randrange(1, 6))
        ]
        return [heads, *body]

    def line(self) -> str:
        pick = self.chance.choice
        if self.chance.random() < 0.15:
            return pick(("\t", "|", "  ")).join(self.cell() for _ in range(self.chance.randrange(2, 5)))
        parts = [pick(LABELS)] if self.chance.random() < 0.4 else []
        for _ in range(self.chance.randrange(1, 7)):
            parts += [self.part(), pick(JOINTS)]
        line = "".join(parts)
        return line.translate(WIDE) if self.chance.random() < 0.1 else line

    def cell(self) -> str:
        pick = self.chance.choice
        return pick((self.number, self.time, self.quantity, lambda: pick(NAMES), lambda: pick(units()), lambda: "—"))()

    def part(self) -> str:
        pick = self.chance.choice
        match self.chance.randrange(8):
            case 0 | 1:
                return pick(phrases())
            case 2:
                cut = pick(phrases())
                return cut[self.chance.randrange(len(cut) or 1) :]
            case 3:
                return self.time()
            case 4:
                return f"{pick(NAMES)}{pick(VERBS)}{self.quantity()}"
            case 5:
                return f"{self.time()}{pick(VERBS)}{self.quantity()}{pick(BEHIND)}"
            case 6:
                return self.quantity()
            case _:
                return f"{pick(NAMES)}由{self.quantity()}{pick(VERBS)}{self.quantity()}"

    def quantity(self) -> str:
        pick = self.chance.choice
        joined = pick(("", "", "", pick(("-", "—", "至", "到", "~", "、", "/", ":", "×")) + self.number()))
        return f"{pick(('', '', '近', '约', '￥', '-', '第'))}{self.number()}{joined}{pick(units())}{pick(BEHIND)}"

    def number(self) -> str:
        pick, chance = self.chance.choice, self.chance
        match chance.randrange(12):
            case 0 | 1 | 2:
                return str(chance.randrange(1000))
            case 3:
                return f"{chance.randrange(1000)}.{chance.randrange(1000)}"
            case 4:
                return f"{chance.randrange(10**7):,}"
            case 5:
                return f"{chance.randrange(100)}{pick(('万', '亿', '百', '千', '万亿', '千万', '余万', '多'))}"
            case 6 | 7:
                return "".join(pick(DIGITS + "十百千万亿零〇两半几") for _ in range(chance.randrange(1, 6)))
            case 8:
                return f"{pick(DIGITS)}{pick('十百千万')}{pick(DIGITS)}"
            case 9:
                return str(chance.randrange(10 ** chance.choice((12, 20, 40))))
            case 10:
                return f"{chance.randrange(3000)}分之{chance.randrange(3000)}"
            case _:
                return pick(
                    ("0", "00", "007", "1.2.3", "1,23", "1 000", "3 20", "99999999999", "0.0000001", "九亿", "½", "²")
                )

    def time(self) -> str:
        pick, chance = self.chance.choice, self.chance
        year = pick(
            (
                "2025年",
                "2024年",
                "今年",
                "明年",
                "20" + str(chance.randrange(100)) + "年",
                "",
                "",
                "98年",
                "二〇三〇年",
                "9999年",
                "0001年",
                "0年",
            )
        )
        month = f"{pick((*map(str, range(14)), '十二', '四'))}月"
        ends = pick(
            (
                "",
                "底前",
                "前",
                "起",
                "以来",
                "末",
                "内",
                "中旬",
                f"{chance.randrange(40)}日",
                "至" + f"{chance.randrange(14)}月",
                "初",
            )
        )
        match chance.randrange(6):
            case 0:
                return f"“{pick(DIGITS + '十')}{pick('一二三四五')}五”{pick(('', '期间', '末', '前三年', '以来'))}"
            case 1:
                return f"{year}{pick(('第', ''))}{pick('一二三四五')}季度{pick(('', '前', '末'))}"
            case 2:
                count = pick(("未来", "近", "过去", "连续", "")) + self.number()
                return count + pick(("年", "个月", "天", "日", "周")) + pick(("内", "", "以来", "前"))
            case _:
                return f"{year}{month}{ends}"
