"""Tables: each form of a cell and of a head with the record that it makes, and tables that are none of indicators."""

from __future__ import annotations

import pytest

import planparse
from planparse.model import Target
from planparse.write.to_table import value_text

TITLE = "临江县“十四五”发展规划"
YEARS = "指标\t单位\t2020年\t2025年"


def read(table: str, title: str = TITLE) -> list[str]:
    """The records of a text with a table as quote | indicator | value | last day | what else there is."""
    document = planparse.extract(f"{title}\n\n主要指标\n{table}\n".encode())
    assert all(document.text[t.start : t.end] == t.quote for t in document.targets)
    return [show(target) for target in document.targets]


def show(target: Target) -> str:
    end = str(target.time.end) if target.time and target.time.basis == "explicit" else "-"
    more = [target.status[0], target.binding, target.per, *target.responsible]
    more += [None if target.baseline is None else f"from {target.baseline}"]
    return " | ".join([target.quote, target.indicator, value_text(target), end, *(word for word in more if word)])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("学位\t个\t—\t800", "800 | 学位 | 800个"),
        ("学位\t万个\t\t3.5", "3.5 | 学位 | 3.5万个"),
        ("从业人员\t人\t/\t3万", "3万 | 从业人员 | 3万人"),
        ("从业人员\t万人\t/\t3万", "3万 | 从业人员 | 3万人"),
        ("从业人员\t人\t-\t至少3万", "3万 | 从业人员 | ≥ 3万人"),
        ("从业人员\t人\t-\t逾60万", "60万 | 从业人员 | > 60万人"),
        ("入园率\t%\t-\t≥92", "92 | 入园率 | ≥ 92%"),
        ("失业率\t%\t-\t≤4.5", "4.5 | 失业率 | ≤ 4.5%"),
        ("失业率\t%\t-\t控制在4.5以内", "4.5 | 失业率 | ≤ 4.5%"),
        ("失业率\t%\t-\t不高于4.5", "4.5 | 失业率 | ≤ 4.5%"),
        ("入园率\t%\t-\t92以上", "92 | 入园率 | ≥ 92%"),
        ("入园率\t%\t-\t>92", "92 | 入园率 | > 92%"),
        ("失业率\t%\t-\t＜5", "5 | 失业率 | < 5%"),
        ("人均经费\t元\t-\t12000左右", "12000 | 人均经费 | ≈ 1.2万元"),
        ("绿道里程\t公里\t-\t约120", "120 | 绿道里程 | ≈ 120公里"),
        ("达标率\t%\t-\t90-95", "90-95 | 达标率 | 90–95%"),
        ("示范校\t所\t-\t3—5", "3—5 | 示范校 | 3–5所"),
        ("示范校\t所\t-\t〔20〕", "20 | 示范校 | 20所"),
        ("示范校\t所\t-\t[20]", "20 | 示范校 | 20所"),
        ("入园率\t\t-\t92%", "92% | 入园率 | 92%"),
        ("师生比\t-\t-\t1:20", "1:20 | 师生比 | 0.05"),
        ("综合排位\t-\t-\t第3位", "第3位 | 综合排位 | 3名"),
        ("服务站\t%\t-\t全覆盖", "全覆盖 | 服务站 | 100%"),
        ("失业率\t%\t-\t下降0.3个百分点", "0.3个百分点 | 失业率 | ↓ 0.3百分点"),
        ("地区生产总值增速\t%\t-\t6左右", "6 | 地区生产总值增速 | ↑ ≈ 6%"),
        ("工业增加值增速\t%\t-\t-1.5", "-1.5 | 工业增加值增速 | ↓ 1.5%"),
        ("用地\t公顷\t-\t1,200", "1,200 | 用地 | 1200公顷"),
        ("用地\t公顷\t-\t２５", "２５ | 用地 | 25公顷"),
        ("路网密度\t公里/百平方公里\t-\t118", "118 | 路网密度 | 118公里/百平方公里"),
        ("病床\t张/千人\t-\t6.5", "6.5 | 病床 | 6.5张/千人"),
        ("人均预期寿命\t岁\t-\t79.5", "79.5 | 人均预期寿命 | 79.5岁"),
        ("死亡率\t‰\t-\t4", "4 | 死亡率 | 4‰"),
        ("发电量\t万亿千瓦时\t-\t1.5", "1.5 | 发电量 | 15000亿千瓦时"),
        ("1.1 学位\t个\t-\t800", "800 | 学位 | 800个"),
        ("（三）学位\t个\t-\t800", "800 | 学位 | 800个"),
        ("其中：学位\t个\t-\t800", "800 | 学位 | 800个"),
        ("3岁以下托位\t个\t-\t800", "800 | 3岁以下托位 | 800个"),
        ("PM2.5浓度\t微克/立方米\t-\t35", "35 | PM2.5浓度 | 35微克/立方米"),
        ("新增学位（万个）\t\t-\t1.2", "1.2 | 新增学位 | 1.2万个"),
    ],
)
def test_a_cell(row: str, expected: str) -> None:
    assert read(f"{YEARS}\n{row}") == [f"{expected} | 2025-12-31 | p"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            f"{YEARS}\t属性\n学位\t个\t500\t800\t约束性",
            [
                "500 | 学位 | 500个 | 2020-12-31 | a | binding",
                "800 | 学位 | 800个 | 2025-12-31 | p | binding | from 500",
            ],
        ),
        (
            "指标名称\t2023年实际\t2025年目标\n地区生产总值（亿元）\t320.5\t365\n增速（%）\t5.8\t6.5左右",
            [
                "320.5 | 地区生产总值 | 320.5亿元 | 2023-12-31 | a",
                "365 | 地区生产总值 | 365亿元 | 2025-12-31 | p | from 32050000000",
                "5.8 | 增速 | ↑ 5.8% | 2023-12-31 | a",
                "6.5 | 增速 | ↑ ≈ 6.5% | 2025-12-31 | p | from 5.8",
            ],
        ),
        (
            "污染物\t最高允许排放浓度（毫克/立方米）\n苯\t0.4",
            ["0.4 | 苯排放浓度 | ≤ 0.4毫克/立方米 | - | p"],
        ),
        ("序号\t任务内容\t数量\t单位\n1\t老年食堂\t20\t个", ["20 | 老年食堂 | 20个 | - | p"]),
        ("任务\t2025年目标\n教育\t新增学位600个", ["600个 | 学位 | 600个 | 2025-12-31 | p"]),
        ("指标\t产量（万吨）\n粮食\t12", ["12 | 粮食产量 | 12万吨 | - | p"]),
        ("指标\t2025\n学位（个）\t800", ["800 | 学位 | 800个 | 2025-12-31 | p"]),
        ("指标\t单位\t2025年目标值\n学位\t个\t800", ["800 | 学位 | 800个 | 2025-12-31 | p"]),
        ("指标\t单位\t“十四五”末\n学位\t个\t800", ["800 | 学位 | 800个 | 2025-12-31 | p"]),
        ("指标\t单位\t2021-2025\n学位\t个\t800", ["800 | 学位 | 800个 | 2025-12-31 | p"]),
        (
            "指标\t单位\t2025年\t年均增长（%）\n学位\t个\t800\t5",
            ["800 | 学位 | 800个 | 2025-12-31 | p", "5 | 学位 | ↑ 5%（年均） | - | p | 年均"],
        ),
        (
            "指标\t规划数\t完成数\t完成比\n安居房（万套）\t24\t24.62\t103%",
            [
                "24 | 安居房 | 24万套 | - | p",
                "24.62 | 安居房 | 24.62万套 | - | a",
                "103% | 安居房 | 103% | - | a",
            ],
        ),
        (
            "指标\t单位\t基期值\t目标值\n学位\t个\t500\t800",
            ["500 | 学位 | 500个 | - | a", "800 | 学位 | 800个 | - | p | from 500"],
        ),
        (
            "类别\t单位\t2025年\t责任单位\n学位\t个\t800\t县教育局、县财政局",
            ["800 | 学位 | 800个 | 2025-12-31 | p | 县教育局 | 县财政局"],
        ),
        (
            "表1 各区任务（单位：套）\n区\t2024年\t2025年\t合计\n甲区\t12\t15\t27",
            [
                "12 | 甲区 | 12套 | 2024-12-31 | p",
                "15 | 甲区 | 15套 | 2025-12-31 | p",
                "27 | 甲区 | 27套 | - | p",
            ],
        ),
        (
            "指标\t单位\t目标值\t\n\t\t2023年\t2025年\n学位\t个\t500\t800",
            ["500 | 学位 | 500个 | 2023-12-31 | p", "800 | 学位 | 800个 | 2025-12-31 | p"],
        ),
        (
            "指标\t单位\t2025年\n教育\t\t\n学位\t个\t800\n指标\t单位\t2025年\n卫生\n床位\t张\t90",
            ["800 | 学位 | 800个 | 2025-12-31 | p", "90 | 床位 | 90张 | 2025-12-31 | p"],
        ),
        (
            "指标   单位   2025年\n\n1. 教育\n\n学位   个   800\n\n床位   张   90\n",
            ["800 | 学位 | 800个 | 2025-12-31 | p", "90 | 床位 | 90张 | 2025-12-31 | p"],
        ),
        (
            "指标          单位   2020年   2025年\n入园率        %      85       92\n"
            "中小学专任教师本科\n              %      70       80\n以上学历比例\n床位          张     5        6\n",
            [
                "85 | 入园率 | 85% | 2020-12-31 | a",
                "92 | 入园率 | 92% | 2025-12-31 | p | from 85",
                "70 | 中小学专任教师本科以上学历比例 | 70% | 2020-12-31 | a",
                "80 | 中小学专任教师本科以上学历比例 | 80% | 2025-12-31 | p | from 70",
                "5 | 床位 | 5张 | 2020-12-31 | a",
                "6 | 床位 | 6张 | 2025-12-31 | p | from 5",
            ],
        ),
        (
            "指标 单位 2020年 2025年\n入园率 % 85 92\n床位 张 5 6\n",
            [
                "85 | 入园率 | 85% | 2020-12-31 | a",
                "92 | 入园率 | 92% | 2025-12-31 | p | from 85",
                "5 | 床位 | 5张 | 2020-12-31 | a",
                "6 | 床位 | 6张 | 2025-12-31 | p | from 5",
            ],
        ),
        (
            "指标\n单位\n2020年\n2025年\n入园率\n%\n85\n92\n床位\n张\n5\n6\n",
            [
                "85 | 入园率 | 85% | 2020-12-31 | a",
                "92 | 入园率 | 92% | 2025-12-31 | p | from 85",
                "5 | 床位 | 5张 | 2020-12-31 | a",
                "6 | 床位 | 6张 | 2025-12-31 | p | from 5",
            ],
        ),
        (
            "序号\t项目名称\t建设内容\t总投资（万元）\t完成时限\n1\t实验小学扩建\t新增学位600个\t3000\t2024年8月底前\n",
            [
                "600个 | 学位 | 600个 | 2024-08-31 | p",
                "3000 | 实验小学扩建总投资 | 3000万元 | - | p",
            ],
        ),
        (
            "单位：毫克/立方米\n生产过程\t生产设备\t颗粒物\n水泥制造\t水泥窑\t30\n\t磨机\t20\n\t烘干机\t25",
            [
                "30 | 水泥窑颗粒物 | 30毫克/立方米 | - | p",
                "20 | 磨机颗粒物 | 20毫克/立方米 | - | p",
                "25 | 烘干机颗粒物 | 25毫克/立方米 | - | p",
            ],
        ),
        (
            "表1 排放浓度（日均值） 单位 mg/L\n序号\t项目\t标准值\t序号\t项目\t标准值\n"
            "1\t总镍\t0.05\t3\t甲苯\t0.1\n2\t总锌\t1.0\t\t\t",
            [
                "0.05 | 总镍 | ≤ 0.05毫克/升 | - | p",
                "0.1 | 甲苯 | ≤ 0.1毫克/升 | - | p",
                "1.0 | 总锌 | ≤ 1毫克/升 | - | p",
            ],
        ),
        (
            "表2 水质（单位：mg/L）\n项目\t限值\npH值（无量纲）\t6～9\n色度（稀释倍数）\t30\n"
            "氨氮②\t8\n大肠菌群\t10³\n总磷\t0.5①",
            [
                "6～9 | pH值（无量纲） | 6–9 | - | p",
                "30 | 色度（稀释倍数） | ≤ 30 | - | p",
                "8 | 氨氮 | ≤ 8毫克/升 | - | p",
                "0.5 | 总磷 | ≤ 0.5毫克/升 | - | p",
            ],
        ),
        (
            "一级指标\t指标内容\t指标分值\n激励条件\t专利发明人\t100分\n"
            "引导条件\t在两类镇工作\t在甲类镇工作的加20分；在乙类镇工作的加30分\n"
            "计划生育\t纳入属地管理\t申报信息的加5分",
            [
                "100分 | 激励条件指标分值 | 100分 | - | p",
                "20分 | 在甲类镇工作加分 | ↑ 20分 | - | p",
                "30分 | 在乙类镇工作加分 | ↑ 30分 | - | p",
                "5分 | 申报信息加分 | ↑ 5分 | - | p",
            ],
        ),
        (
            "序号\t任务\t责任单位\t完成时限\n1\t新增学位600个\t县教育局\t2024年8月底前\n"
            "2\t新建公园2个，改造管网5公里\t县住建局\t2023年底\n",
            [
                "600个 | 学位 | 600个 | 2024-08-31 | p | 县教育局",
                "2个 | 公园 | 2个 | 2023-12-31 | p | 县住建局",
                "5公里 | 管网 | 5公里 | 2023-12-31 | p | 县住建局",
            ],
        ),
    ],
)
def test_a_table(table: str, expected: list[str]) -> None:
    assert read(table) == expected


HEADS = """<p>临江市排放标准</p><p>单位：mg/m³</p><table>
<tr><td rowspan="3">项目</td><td rowspan="2">浓度限值</td><td colspan="4">与烟囱高度对应的速率限值（kg/h）</td></tr>
<tr><td colspan="2">15米</td><td colspan="2">30米</td></tr>
<tr><td>一级</td><td>一级</td><td>二级</td><td>一级</td><td>二级</td></tr>
<tr><td>苯</td><td>1</td><td>0.2</td><td>0.3</td><td>1.5</td><td>1.6</td></tr>
<tr><td rowspan="2">总磷</td><td>5</td><td>6</td><td>7</td><td>8</td><td>9</td></tr></table>"""


@pytest.mark.parametrize(
    ("years", "statuses"),
    [
        ("2024年\t2027年", ["achieved", "planned"]),
        ("2024年（现状）\t2027年", ["achieved", "planned"]),
        ("2026年\t2027年", ["planned", "planned"]),
        ("2026年目标\t2028年目标", ["planned", "planned"]),
        ("2026年\t2028年\t2030年", ["planned", "planned", "planned"]),
    ],
)
def test_the_base_of_a_plan_that_tells_no_years(years: str, statuses: list[str]) -> None:
    row = "床位（张）\t500\t800" + "\t900" * (years.count("\t") - 1)
    targets = planparse.extract(f"某市养老服务规划\n\n指标\t{years}\n{row}\n".encode()).targets
    assert [t.status for t in targets] == statuses


def test_a_head_of_three_rows_with_amounts_in_the_second() -> None:
    targets = planparse.extract(f"<html><body>{HEADS}</body></html>".encode()).targets
    assert [(t.indicator, t.value) for t in targets][:5] == [
        ("苯浓度一级", 1),
        ("苯与烟囱高度对应的速率15米一级", 0.2),
        ("苯与烟囱高度对应的速率15米二级", 0.3),
        ("苯与烟囱高度对应的速率30米一级", 1.5),
        ("苯与烟囱高度对应的速率30米二级", 1.6),
    ]


def test_a_cell_of_a_folded_table_is_placed_as_it_is_set() -> None:
    text = "2025年计划\n\n镇\t学位（个）\t镇\t学位（个）\n河东镇\t20\t河西镇\t30\n"
    targets = planparse.extract(text.encode()).targets
    assert [(t.quote, t.table and (t.table.row, t.table.column)) for t in targets] == [("20", (1, 1)), ("30", (1, 3))]


def test_months_are_of_the_year_above_the_table() -> None:
    table = "表2 2024年用电量\n指标\t单位\t1月\t1-2月累计\t同比±%\n用电量\t万千瓦时\t1200\t2300\t-3.2"
    assert read(table, "临江县2025年经济运行情况") == [
        "1200 | 用电量 | 1200万千瓦时 | 2024-01-31 | a",
        "2300 | 用电量 | 2300万千瓦时 | 2024-02-29 | a",
        "-3.2 | 用电量 | ↓ 3.2% | 2024-02-29 | a",
    ]


def test_a_table_that_compares_with_what_was_reports() -> None:
    table = "单位：亿元\n指标\t6月末\t比年初增减额\n存款余额\t20.5\t-1.5\n　贷款余额\t10\t2\t\t"
    assert read(table, "临江县2025年金融月报") == [
        "20.5 | 存款余额 | 20.5亿元 | 2025-06-30 | a",
        "-1.5 | 存款余额 | ↓ 1.5亿元 | 2025-06-30 | a",
        "10 | 贷款余额 | 10亿元 | 2025-06-30 | a",
        "2 | 贷款余额 | ↑ 2亿元 | 2025-06-30 | a",
    ]


@pytest.mark.parametrize(
    "table",
    [
        "序号\t项目号\t区\t规模\n1\t20160003\t市政道路\t120\n2\t6\t台站\t85",
        "场次\t内容\t人数\n1\t开班\t30\n2\t讲座\t45",
        "班级\t节数\t教室\n甲\t12\t305\n乙\t14\t306",
    ],
)
def test_amounts_of_which_no_head_says_what_they_are(table: str) -> None:
    document = planparse.extract(f"临江县2026年建设计划\n\n{table}\n".encode())
    assert document.targets == []
    assert "table-not-read" in {warning.code for warning in document.warnings}
    assert document.status == "ok"
    assert {s.reason for s in document.skipped if s.start > 15} <= {"unresolved", "label", "name"}


@pytest.mark.parametrize(
    "table",
    [
        "姓名\t职务\t电话\n甲某\t主任\t13800000001\n乙某\t科员\t13800000002",
        "日期\t时间\t内容\n3月5日\t9:00\t报到\n3月6日\t14:30\t开班",
        "学校\t地址\t邮编\n一中\t人民路12号\t010020\n二中\t新华街3号\t010030",
    ],
)
def test_tables_without_amounts(table: str) -> None:
    document = planparse.extract(f"临江县2026年培训安排\n\n{table}\n".encode())
    assert document.targets == []
    assert "table-not-read" not in {warning.code for warning in document.warnings}


def as_page(table: str) -> bytes:
    """A web page with a table, below the lines of it that have but one cell."""
    lines = table.split("\n")
    above = "".join(f"<p>{line}</p>" for line in lines if "\t" not in line)
    rows = ("".join(f"<td>{cell}</td>" for cell in line.split("\t")) for line in lines if "\t" in line)
    cells = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<h1>临江县摊位管理规范</h1><p>第一条 按下表执行。</p>{above}<table>{cells}</table>".encode()


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "表2 作坊废水水质（单位：mg/L）\n污染物\t悬浮物\t油脂\n平均浓度\t40～60\t800～1 200",
            [
                "40～60 | 平均浓度悬浮物 | 40–60毫克/升",
                "800～1 200 | 平均浓度油脂 | 800–1200毫克/升",
            ],
        ),
        (
            "表3.1 夜市噪声限值 单位：分贝\n工作日\t假日\n60\t55",
            ["60 | 夜市噪声限值工作日 | ≤ 60分贝", "55 | 夜市噪声限值假日 | ≤ 55分贝"],
        ),
        (
            "表4 摊位单位用电限额 单位：千瓦时\n摊位\t夏季\n小吃\t30\n果蔬\t20",
            ["30 | 小吃夏季 | ≤ 30千瓦时", "20 | 果蔬夏季 | ≤ 20千瓦时"],
        ),
        (
            "表5 排放限值 单位：mg/m³\n设备\t粉尘\n喷漆设备（线）\t30\n氨（¹）\t20",
            ["30 | 喷漆设备粉尘 | ≤ 30毫克/立方米", "20 | 氨粉尘 | ≤ 20毫克/立方米"],
        ),
        (
            "序号\t店铺面积/m²\t排风量/（m³/h）\n1\t≤100\t4 000\n2\t101～200\t6 000～9 000",
            [
                "4 000 | 店铺面积≤100排风量 | 4000立方米/小时",
                "6 000～9 000 | 店铺面积101～200排风量 | 6000–9000立方米/小时",
            ],
        ),
        (
            "一级指标\t二级指标\t三级指标\t指标值\n产出\t数量\t新建泵站数\t≥5座\n\t质量\t验收合格率\t100%",
            ["5座 | 新建泵站数 | ≥ 5座", "100% | 验收合格率 | 100%"],
        ),
        (
            "序号\t参数名称\t参数取值\n1\t超额收益系数k1\t暂定0.91\n2\t偏差考核系数k2\t甲类机组暂定1.5",
            ["0.91 | 超额收益系数k1 | 0.91", "1.5 | 偏差考核系数k2 | 1.5"],
        ),
        (
            "姓名\t\t性别\t\n职业\t\t住址\t\n一级指标\t二级指标①\t分值\n素质\t学历\t20分\n\t技能\t40分",
            ["20分 | 学历分值 | 20分", "40分 | 技能分值 | 40分"],
        ),
    ],
    ids=[
        "thousands",
        "a row without a name",
        "a word like the unit",
        "its own unit",
        "sizes",
        "levels",
        "parameters",
        "a form above",
    ],
)
def test_a_table_of_a_standard_or_an_application(table: str, expected: list[str]) -> None:
    records = planparse.extract(as_page(table), name="rules.html").targets
    assert [f"{t.quote} | {t.indicator} | {value_text(t)}" for t in records] == expected


@pytest.mark.parametrize(
    "table",
    [
        "各镇情况\n甲镇\t乙镇\n60\t55",
        "表3 夜市\n甲镇\t乙镇\n60\t55",
        "表3 夜市噪声 单位：分贝\n甲镇\t乙镇\n60\t55\n50\t45",
    ],
    ids=["no caption", "no unit", "two rows without a name"],
)
def test_a_row_without_a_name(table: str) -> None:
    assert planparse.extract(as_page(table), name="rules.html").targets == []


def test_the_caption_of_a_table_at_the_foot_of_the_page_before() -> None:
    table = "设备\t粉尘\t苯\n抛光机\t20\t1\n喷漆机\t30\t2"
    text = f"临江县作坊管理规范\n\n第一条 按表2执行。\n表2 作坊排放限值\n\n3\n\f单位：mg/m³\n{table}\n"
    records = planparse.extract(text.encode()).targets
    assert [(t.indicator, t.comparator, t.unit) for t in records][:2] == [
        ("抛光机粉尘", "<=", "毫克/立方米"),
        ("抛光机苯", "<=", "毫克/立方米"),
    ]
