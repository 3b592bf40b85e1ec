"""What a document says of itself: title, issuer, number, period and day, and what only looks like them."""

from __future__ import annotations

from datetime import date

import pytest

import planparse
from planparse.facts import Facts, find_facts
from planparse.normalise import normalise
from planparse.read import read_bytes
from planparse.split import split

BODY = "各有关单位要结合实际抓好落实，按季度报送进展，年底前开展评估，确保各项任务按期完成。"
REST = f"各镇人民政府：\n{BODY}\n一、任务\n{BODY}\n"


def facts(text: str) -> Facts:
    normal = normalise(read_bytes(text.encode(), "plan.txt"))
    return find_facts(normal, split(normal)[0])


TITLES = {
    "whose first glyph is lost": (f"于开展渔业用电交易试点的通知\n{REST}", "关于开展渔业用电交易试点的通知"),
    "a county of that name": (f"于都县2024年工作要点\n{BODY}\n", "于都县2024年工作要点"),
    "over two lines": (f"青溪县关于加快发展\n现代渔业的实施意见\n{REST}", "青溪县关于加快发展现代渔业的实施意见"),
    "a body, and the rest below": (
        f"青溪县人民政府\n关于印发《青溪县渔业规划》的通知\n{REST}",
        "青溪县人民政府关于印发《青溪县渔业规划》的通知",
    ),
    "a bracket that a line breaks in two": (
        f"关于印发《青溪县渔港管理细则\n（2024年修订稿）》的通知\n{REST}",
        "关于印发《青溪县渔港管理细则（2024年修订稿）》的通知",
    ),
    "with its day": (f"青溪县关于发展渔业的通知（2024年3月5日）\n{REST}", "青溪县关于发展渔业的通知"),
    "with its number on the line": (f"青溪县关于发展渔业的通报青办函〔2024〕5号\n{REST}", "青溪县关于发展渔业的通报"),
    "years below it": (f"青溪县渔业发展规划\n（2024—2028年）\n{BODY}\n", "青溪县渔业发展规划（2024—2028年）"),
    "behind a site's menu": (
        f"首页信息公开办事服务\n当前位置：首页>文件\n请输入关键字\n青溪县渔业工作要点\n来源：青溪网\n{BODY}\n",
        "青溪县渔业工作要点",
    ),
    "below an order": (
        "青溪市人民政府令\n第12号\n《青溪市渔港管理办法》已经市人民政府第3次常务会议通过，现予公布。\n市长周明\n"
        "2024年3月5日\n青溪市渔港管理办法\n第一条为加强管理，制定本办法。\n",
        "青溪市渔港管理办法",
    ),
    "in traditional script": (f"青溪鎮2024年漁業工作計劃\n各村：\n{BODY}\n", "青溪鎮2024年漁業工作計劃"),
    "of a press piece": (f"青溪渔港这样变样\n发布时间：2024-03-05\n{BODY}\n", "青溪渔港这样变样"),
    "about files and registration": (
        f"青溪市规范性文件备案管理规定\n第一章 总则\n{BODY}\n",
        "青溪市规范性文件备案管理规定",
    ),
    "words behind a bracket below what is cited": (
        f"《青溪县渔港管理办法》\n（征求意见稿）起草说明\n一、背景\n{BODY}\n",
        "《青溪县渔港管理办法》（征求意见稿）起草说明",
    ),
    "the only words of a notice": (
        f"青溪市水利局公告\n2024年第3号\n为加强管理，现公告如下：\n{BODY}\n",
        "青溪市水利局公告",
    ),
    "behind the name of a page": (f"政务公开\n青溪县水利局2024年预算说明\n{BODY}\n", "青溪县水利局2024年预算说明"),
    "behind what a site tells in a row": (
        f"索引号：12\t发布机构：青溪县水利局\n主题词：渔业\n青溪县关于发展渔业的通知\n{REST}",
        "青溪县关于发展渔业的通知",
    ),
    "of a meeting in the news": (f"青溪县召开渔业发展大会\n2024年3月5日\n{BODY}\n", "青溪县召开渔业发展大会"),
    "above a list": (
        f"青溪渔业相关政策\n补贴、保险\n养殖补贴\n• 养殖户\n• 合作社\n• 其他（渔港、码头）\n{BODY}\n",
        "青溪渔业相关政策",
    ),
    "three bodies, and the rest below": (
        f"青溪市水利局\n青溪市财政局\n国家税务总局青溪市税务局\n关于调整渔民津贴的通知\n青水规〔2024〕5号\n{REST}",
        "青溪市水利局青溪市财政局国家税务总局青溪市税务局关于调整渔民津贴的通知",
    ),
    "a body, and the year below": (f"青溪县教育局\n2024年工作要点\n{BODY}\n", "青溪县教育局2024年工作要点"),
    "years in a bracket before its last word": (
        f"青溪市人民政府办公厅\n关于印发青溪市渔港实施方案\n（2024—2026年）的通知\n{REST}",
        "青溪市人民政府办公厅关于印发青溪市渔港实施方案（2024—2026年）的通知",
    ),
    "below a site's table of what it says of a page": (
        f"公开事项名称：\t青溪县渔业局关于印发《渔港管理办法》的通知\n索引号：\t0021\n青溪县渔业局关于印发《渔港管理办法》的通知\n{REST}",
        "青溪县渔业局关于印发《渔港管理办法》的通知",
    ),
    "of a form": (f"青溪市渔船买卖合同\n（示范文本）\n甲方：\n乙方：\n{BODY}\n", "青溪市渔船买卖合同（示范文本）"),
    "with a number that it cites": (
        f"关于贯彻落实国发〔2020〕1号文件的实施意见\n青政发〔2020〕5号\n{REST}",
        "关于贯彻落实国发〔2020〕1号文件的实施意见",
    ),
    "with a number that it cites in brackets": (
        f"转发省政府关于渔业意见（省发〔2020〕1号）的通知\n青政发〔2020〕5号\n{REST}",
        "转发省政府关于渔业意见（省发〔2020〕1号）的通知",
    ),
    "behind the name of an account": (f"青溪发布\n青溪县渔港管理规程\n第一条 {BODY}\n", "青溪县渔港管理规程"),
    "of a press piece, with a colon": (
        f"青溪市渔业局：渔港改造让渔民住得安心\n2024-03-05 来源：青溪日报\n{BODY}\n",
        "青溪市渔业局：渔港改造让渔民住得安心",
    ),
    "with the class that a site gives": (
        f"渔港办法（部门规章）\n渔业部令\n第3号\n《渔港办法》已经通过，现予公布。\n渔港办法\n第一条 {BODY}\n",
        "渔港办法",
    ),
    "wrapped behind a word that may end it": (
        f"青溪县渔业高质量发展行动\n计划（2024—2026年）\n{REST}",
        "青溪县渔业高质量发展行动计划（2024—2026年）",
    ),
    "no title: prose that is wrapped": (
        "　　3月5日，全县渔业发展大会在青溪渔港召开，部署全年渔业改\n造和码头建设工作。会议要求各镇村抓好落实。\n"
        "　　会议强调，各单位要结合实际抓好落实，按季度报送工作的进\n展，年底前开展评估，确保各项任务按期完成。\n",
        None,
    ),
    "no title: a question": (f"问：渔港改造补贴怎么领？\n答：{BODY}\n", None),
    "no title: the unit of a table": (f"单位：亿元、万吨、公里\n{BODY}\n", None),
    "no title: the text begins at once": (f"为加快渔业发展，结合实际，现提出以下意见。\n{BODY}\n", None),
    "no title: a site's name": (f"青溪市海洋渔业局网站\n第一条 {BODY}\n", None),
    "no title: a heading": (f"第三章 渔港建设\n{BODY}\n", None),
}

ISSUERS = {
    "a banner above the number": (
        f"青溪县人民政府文件\n青政发〔2024〕5号\n关于发展渔业的通知\n{REST}",
        "青溪县人民政府",
    ),
    "a banner of two bodies": (
        f"青溪县农业农村局\n青溪县财政局文件\n青农联〔2024〕5号\n关于发放补助的通知\n{REST}",
        "青溪县农业农村局 青溪县财政局",
    ),
    "two banners read across": (
        f"青溪县青溪县农财业政局局文件\n青农联〔2024〕5号\n关于发放补助的通知\n{REST}青溪县农业局\n青溪县财政局\n2024年3月5日\n",
        "青溪县农业局 青溪县财政局",
    ),
    "two bodies of the title, set apart on its line": (
        f"青溪县水利局 青溪县财政局关于发放补助的通知\n{REST}",
        "青溪县水利局 青溪县财政局",
    ),
    "two bodies on the line of a signature": (
        f"关于发放补助的通知\n{REST}青溪县水利局　　　青 溪 县 财 政 局\n2024年3月5日\n",
        "青溪县水利局 青溪县财政局",
    ),
    "one body whose letters are set apart": (
        f"关于发放补助的通知\n{REST}青 溪 县 财 政 局\n2024年3月5日\n",
        "青溪县财政局",
    ),
    "the title": (f"青溪县教育局2024年工作要点\n一、任务\n{BODY}\n", "青溪县教育局"),
    "the speaker": (
        f"政府工作报告\n各位代表：\n现在，我代表青溪县人民政府向大会报告工作。\n{BODY}\n",
        "青溪县人民政府",
    ),
    "the speaker for short": (
        "政府工作报告\n——2024年1月5日在青溪县第三届人民代表大会第二次会议上\n各位代表：\n"
        f"现在，我代表县人民政府，向大会报告工作。\n{BODY}\n",
        "青溪县人民政府",
    ),
    "a signature in the middle": (
        f"关于发展渔业的通知\n{REST}青溪县水利局\n青溪县财政局\n二〇二四年三月五日\n青溪县渔业方案\n{BODY}\n",
        "青溪县水利局 青溪县财政局",
    ),
    "a signature with its day on the line": (f"关于发展渔业的通知\n{REST}青溪县水利局2024年3月5日\n", "青溪县水利局"),
    "the history of a rule": (
        f"青溪市渔港管理办法\n（2012年5月1日青溪市人民政府令第34号公布）\n第一条 {BODY}\n",
        "青溪市人民政府",
    ),
    "a signature set wide": (
        f"关于发展渔业的通知\n{REST}青溪县水利局 青 溪 县 财 政 局\n二 ○二 四 年 三 月 五 日\n",
        "青溪县水利局青溪县财政局",
    ),
    "all that sign, not only the first": (
        f"青溪县水利局等三部门关于发展渔业的通知\n{REST}青溪县水利局\n青溪县财政局\n青溪县司法局\n2024年3月5日\n",
        "青溪县水利局 青溪县财政局 青溪县司法局",
    ),
    "two below the title": (
        f"青溪县渔业统计公报\n青溪县统计局\n国家统计局青溪调查队\n2024年3月5日\n一、综合\n{BODY}\n",
        "青溪县统计局 国家统计局青溪调查队",
    ),
    "the cover of a standard": (
        f"青溪省地方标准\n渔港排放标准\n2024-03-05发布2024-05-01实施\n青溪省生态环境厅\n发布\n青溪省市场监督管理局\n前言\n{BODY}\n",
        "青溪省生态环境厅 青溪省市场监督管理局",
    ),
    "a site, in a row": (
        f"索引号：12\t发布机构：青溪县水利局\t发文日期：2024-03-05\n关于发展渔业的通知\n{REST}",
        "青溪县水利局",
    ),
    "minutes": (f"青溪县人民政府常务会议纪要\n〔2024〕5号\n{BODY}\n", "青溪县人民政府"),
    "who reports": (
        "关于青溪县2024年预算草案的报告\n——2024年1月5日在青溪县第三届人民代表大会第二次会议上\n青溪县财政局局长周明\n"
        f"各位代表：\n{BODY}\n",
        "青溪县财政局",
    ),
    "the congress, not the site": (
        "青溪市渔港条例\n青溪市农业局 2024-03-09\n（2024年3月5日青溪市第三届人民代表大会常务委员会第五次会议通过）\n"
        f"第一条 {BODY}\n",
        "青溪市人民代表大会常务委员会",
    ),
    "the office, not who agreed": (
        "关于发布渔港规则的通知\n《渔港规则》已经市人民政府第4次常务会议通过，现予印发。\n青溪市水利局\n2024年3月5日\n",
        "青溪市水利局",
    ),
    "a letterhead without its word": (f"青溪县教育局\n青教函〔2024〕5号\n对第12号提案的答复\n{REST}", "青溪县教育局"),
    "all that sign on one line": (
        f"渔业部等八部门关于渔港的意见\n{REST}渔业部 财政部\n2024年3月5日\n",
        "渔业部 财政部",
    ),
    "nobody: the host of a site": (f"渔港管理办法\n第一条 {BODY}\n青溪县水利局主办\n", None),
    "nobody: a body that is handed on": (f"转发县教育局等部门关于助学意见的通知\n{REST}", None),
    "nobody: the office that prints": (f"渔业管理办法\n第一条 {BODY}\n青溪县人民政府办公室2024年3月5日印发\n", None),
    "nobody: a sentence on files": (f"渔业管理办法\n第一条 {BODY}\n应当提交上级部门核准文件\n{BODY}\n", None),
    "nobody: a place in the title": (f"青溪县渔业发展规划\n第一章 总则\n{BODY}\n", None),
}

NUMBERS = {
    "alone on its line": (f"关于渔业的通知\n青政发〔2024〕5号\n{REST}", "青政发〔2024〕5号"),
    "in square brackets": (f"关于渔业的通知\n青政办[2024]15号\n{REST}", "青政办［2024］15号"),
    "in black brackets": (f"关于渔业的通知\n青政办【2024】15号\n{REST}", "青政办【2024】15号"),
    "in round ones": (f"关于渔业的通知\n青政办（2024）第15号\n{REST}", "青政办（2024）第15号"),
    "behind the letterhead": (
        f"青溪县人民政府办公室文件青政办〔2024〕15号\n关于渔业的通知\n{REST}",
        "青政办〔2024〕15号",
    ),
    "behind the title": (f"关于发展渔业的实施意见青政发〔2024〕5号\n{REST}", "青政发〔2024〕5号"),
    "in a name with a word of titles": (f"关于渔业的通知\n青发改规划〔2024〕5号\n{REST}", "青发改规划〔2024〕5号"),
    "that a site tells": (f"关于渔业的通知\n发文字号：青政发〔2024〕5号\n{REST}", "青政发〔2024〕5号"),
    "of an order": (f"青溪市人民政府令\n（第93号）\n青溪市渔港管理办法\n第一条 {BODY}\n", "青溪市人民政府令第93号"),
    "of a notice": (
        f"青溪市水利局公告\n2024年第3号\n为加强管理，现公告如下：\n{BODY}\n",
        "青溪市水利局公告2024年第3号",
    ),
    "of an order, twice its name": (
        f"青溪市人民政府令\n青溪市令第93号\n青溪市渔港管理办法\n第一条 {BODY}\n",
        "青溪市人民政府令第93号",
    ),
    "below a title that cites one": (
        f"关于贯彻落实国发〔2020〕1号文件的实施意见\n青政发〔2020〕5号\n{REST}",
        "青政发〔2020〕5号",
    ),
    "none: cited in the title": (f"转发省政府关于渔业意见（省发〔2020〕1号）的通知\n{REST}", None),
    "none: cited in the first sentence": (
        f"关于渔业的通知\n根据《关于发展渔业的意见》（国发〔2020〕1号），提出如下要求。\n{BODY}\n",
        None,
    ),
    "none: of the document answered": (f"关于渔业的通知\n{REST}按照青政发〔2023〕9号文件执行。\n", None),
}

PERIODS = {
    "the plan's of two years": (f"青溪镇2023年工作总结和2024年工作打算\n{BODY}\n", (2024, 2024)),
    "of a plan in a notice": (f"青溪县关于印发“十四五”渔业规划的通知\n{REST}", (2021, 2025)),
    "in hanzi": (f"青溪县二〇二四年工作要点\n{BODY}\n", (2024, 2024)),
    "of any length": (f"青溪县渔业规划（2021年—2035年）\n{BODY}\n", (2021, 2035)),
    "stated in the text": (f"青溪县渔业规划\n一、总则\n规划期为2023—2027年。{BODY}\n", (2023, 2027)),
    "of the year of a meeting": (
        f"政府工作报告\n——2024年1月5日在青溪县第三届人民代表大会第二次会议上\n各位代表：\n{BODY}\n",
        (2024, 2024),
    ),
    "none: the wording of a rule": (f"青溪市渔港管理办法（2023年版）\n第一条 {BODY}\n", None),
    "none: the history of a rule": (
        f"青溪市渔港管理办法\n（2012年5月1日青溪市第三届人民代表大会第二次会议通过）\n第一条 {BODY}\n",
        None,
    ),
    "none: the day of issue": (f"关于发展渔业的通知\n{REST}青溪县水利局\n2024年3月5日\n", None),
}

DAYS = {
    "signed": (f"关于渔业的通知\n{REST}青溪县水利局\n2024年3月5日\n", date(2024, 3, 5)),
    "in hanzi": (f"关于渔业的通知\n{REST}青溪县水利局\n二○二四年十二月二十一日\n", date(2024, 12, 21)),
    "with zeros": (f"关于渔业的通知\n{REST}青溪县水利局\n二00四年十二月三日\n", date(2004, 12, 3)),
    "under the title": (f"关于渔业的通知\n（2024年3月5日）\n{REST}", date(2024, 3, 5)),
    "told by a site": (f"关于渔业的通知\n发布日期：2024-03-05\n{REST}", date(2024, 3, 5)),
    "signed before told by a site": (
        f"关于渔业的通知\n发布日期：2024-03-09\n{REST}青溪县水利局\n2024年3月5日\n",
        date(2024, 3, 5),
    ),
    "not a deadline": (f"关于渔业的通知\n{REST}请于2024年9月30日前报送。\n", None),
    "not a day of the calendar": (f"关于渔业的通知\n{REST}青溪县水利局\n2023年2月30日\n", None),
}


@pytest.mark.parametrize(("text", "expected"), TITLES.values(), ids=TITLES.keys())
def test_titles(text: str, expected: str | None) -> None:
    assert planparse.extract(text.encode()).document.title == expected


@pytest.mark.parametrize(("text", "expected"), ISSUERS.values(), ids=ISSUERS.keys())
def test_issuers(text: str, expected: str | None) -> None:
    assert facts(text).issuer == expected


@pytest.mark.parametrize(("text", "expected"), NUMBERS.values(), ids=NUMBERS.keys())
def test_document_numbers(text: str, expected: str | None) -> None:
    assert facts(text).doc_number == expected


@pytest.mark.parametrize(("text", "expected"), PERIODS.values(), ids=PERIODS.keys())
def test_periods(text: str, expected: tuple[int, int] | None) -> None:
    start, end = facts(text).period
    assert ((start.year, end.year) if start and end else None) == expected


@pytest.mark.parametrize(("text", "expected"), DAYS.values(), ids=DAYS.keys())
def test_days_of_issue(text: str, expected: date | None) -> None:
    assert facts(text).issued == expected


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (f"青溪镇工作总结\n2019年，我镇完成各项任务。{BODY}\n", 2019),
        (f"主要产品产量\n表1 2019年主要产品产量\n{BODY}\n", 2019),
        (f"渔业交易规则\n2026年4月\n一、总则\n{BODY}\n", 2026),
        (f"关于渔业的通知\n{REST}青溪县水利局\n2024年3月5日\n", 2024),
        (f"渔业管理办法\n一、总则\n{BODY}2019年发布的办法同时废止。\n", None),
    ],
)
def test_the_year_that_a_document_speaks_of(text: str, year: int | None) -> None:
    assert facts(text).year == year
