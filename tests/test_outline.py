"""Headings and labels: what is one, what only looks like one, and how they nest."""

from __future__ import annotations

import pytest

import planparse

BODY = "各有关单位要结合实际抓好落实，按季度报送进展，年底前开展评估，确保各项任务按期完成。"
WIDE = (  # prose set to a width of 30 hanzi, as a page has it
    "要坚持问题导向和目标导向相统一，把各项任务分解到单位、落实到\n"
    "个人，建立清单、逐项销号，定期通报进展情况，及时研究解决推进\n"
    "过程中的困难，对工作不力的单位严肃约谈，确保年度目标顺利完成。\n"
)


def outline(text: str) -> list[str]:
    """The nodes of a text, indented by their level."""
    nodes = planparse.extract(text.encode()).outline
    return [f"{'  ' * (node.level - 1)}{node.label or '-'} {node.title}" for node in nodes]


FOUND = {
    "decimal labels nest by their points": (
        f"1 总则\n1.1 编制目的\n{BODY}\n1.2 适用范围\n1.2.1 本区企业\n{BODY}\n2 组织体系\n2.1 领导机构\n{BODY}\n",
        ["1 总则", "  1.1 编制目的", "  1.2 适用范围", "    1.2.1 本区企业", "2 组织体系", "  2.1 领导机构"],
    ),
    "a word behind a decimal label may begin like a unit": (
        f"3.1个人消费贷款\n{BODY}\n3.2本级项目储备\n{BODY}\n3.3条件成熟的试点\n{BODY}\n3.4资金拨付\n{BODY}\n",
        ["3.1 个人消费贷款", "3.2 本级项目储备", "3.3 条件成熟的试点", "3.4 资金拨付"],
    ),
    "a paragraph may number what begins like a unit, below its chapter": (
        f"5 控制要求\n5.1 设施维护\n{BODY}\n6.实施与监督\n6.1本标准由各区组织实施。\n6.2 省、市两级可以另行规定。\n",
        ["5 控制要求", "  5.1 设施维护", "6 实施与监督", "  6.1 本标准由各区组织实施", "  6.2 省、市两级可以另行规定"],
    ),
    "decimals that do not go on number nothing": (
        "1.2 水网规划提速。\n3.5 电网规划提速。\n7.1 通信规划提速。\n",
        [],
    ),
    "annexes of standards number by letters": (
        f"4 要求\n4.1 限值\n{BODY}\n附录A（规范性附录）\nA.1 仪器\n{BODY}\nA.2 步骤\n{BODY}\n",
        ["4 要求", "  4.1 限值", "A.1 仪器", "A.2 步骤"],
    ),
    "numbers of three digits": (
        f"一、任务清单\n（98）更换水表。{BODY}\n（99）改造泵站。{BODY}\n（101）清洗水箱。{BODY}\n",
        ["一 任务清单", "  98 更换水表", "  99 改造泵站", "  101 清洗水箱"],
    ),
    "articles above a hundred": (
        f"第九十九条 违约处理。{BODY}\n第一百条 争议处理。{BODY}\n第一百零一条 解释。{BODY}\n",
        ["第九十九条 违约处理", "第一百条 争议处理", "第一百零一条 解释"],
    ),
    "第一， and 第二， count": (
        f"一、几点要求\n第一，统一思想。{BODY}\n第二，压实责任。{BODY}\n",
        ["一 几点要求", "  第一 统一思想", "  第二 压实责任"],
    ),
    "ordinals from the middle of a list": (
        f"三是完善制度。{BODY}\n四是强化督查。{BODY}\n",
        ["三是 完善制度", "四是 强化督查"],
    ),
    "an ordinal goes on over a page": (
        "一、工作情况\n一是抓培训。举办讲座6场。二是抓设备。购置仪器3台，并按计划逐步向各镇\n\n"
        "卫生院下沉使用。三是抓考核。组织测评2次。\n",
        ["一 工作情况", "  一是 抓培训", "  二是 抓设备", "  三是 抓考核"],
    ),
    "a label follows who answers for the item before": (
        f"5.压缩审批时限。{BODY}（市政务局负责）（十九）完善兜底保障，扩大救助范围。{BODY}\n",
        ["5 压缩审批时限", "十九 完善兜底保障，扩大救助范围"],
    ),
    "articles run on in one line": (
        "第一章总则第一条为规范管理，制定本办法。第二条本办法适用于全县。第二章职责第三条县水利局负责日常工作。\n",
        [
            "第一章 总则",
            "  第一条 为规范管理，制定本办法",
            "  第二条 本办法适用于全县",
            "第二章 职责",
            "  第三条 县水利局负责日常工作",
        ],
    ),
    "a page number stuck to a heading": (
        f"五、组织实施\n{BODY}\n50六、监督检查\n{BODY}\n",
        ["五 组织实施", "六 监督检查"],
    ),
    "a heading set like the body": (
        f"一、总体思路\n{WIDE}二、重点任务\n{WIDE}",
        ["一 总体思路", "二 重点任务"],
    ),
    "a heading on two lines set like the body": (
        f"一、围绕现代化产业体系建设，推动传统产业转型升级和新兴产业发\n展壮大\n{WIDE}",
        ["一 围绕现代化产业体系建设，推动传统产业转型升级和新兴产业发展壮大"],
    ),
    "a body behind an indent on the line of its heading": (
        f"三、保障措施　　加强领导，落实经费。{BODY}\n",
        ["三 保障措施"],
    ),
    "a label on a line of its own": (
        f"第一条\n为加强管理，制定本办法。\n第二条\n本办法由县财政局解释。{BODY}\n",
        ["第一条 为加强管理，制定本办法", "第二条 本办法由县财政局解释"],
    ),
    "a box keeps the path of its chapter": (
        f"二、重点任务\n（一）完善网络\n{BODY}\n专栏3 路网工程\n1.新建道路。{BODY}\n（二）提升服务\n{BODY}\n",
        ["二 重点任务", "  一 完善网络", "    专栏3 路网工程", "      1 新建道路", "  二 提升服务"],
    ),
    "an annex closes what is before it": (
        f"三、工作要求\n{BODY}\n附件2\n任务分工\n一、综合组\n{BODY}\n",
        ["三 工作要求", "一 综合组"],
    ),
    "a list inside an item whose own list goes on": (
        f"1.完善设施。{BODY}\n（一）校舍。{BODY}\n（二）操场。{BODY}\n2.培训教师。{BODY}\n（一）集中培训。{BODY}\n",
        ["1 完善设施", "  一 校舍", "  二 操场", "2 培训教师", "  一 集中培训"],
    ),
    "numbers that run through chapters": (
        f"一、能力建设\n（一）强基础。{BODY}\n（二）建平台。{BODY}\n二、制度建设\n（三）立规章。{BODY}\n",
        ["一 能力建设", "  一 强基础", "  二 建平台", "二 制度建设", "  三 立规章"],
    ),
    "sentences that head what follows": (
        "一、工作回顾\n"
        + "".join(
            f"这一年，我们{work}，成效不断显现。\n{BODY}{BODY}\n" for work in ("狠抓项目", "深化改革", "改善民生")
        )
        + f"二、工作安排\n{BODY}\n",
        [
            "一 工作回顾",
            "  - 这一年，我们狠抓项目，成效不断显现",
            "  - 这一年，我们深化改革，成效不断显现",
            "  - 这一年，我们改善民生，成效不断显现",
            "二 工作安排",
        ],
    ),
    "a heading right under the title": (
        f"我市这样抓好冬季供暖\n完善管网设施建设\n{BODY}\n强化应急值守力量\n{BODY}\n",
        ["- 完善管网设施建设", "- 强化应急值守力量"],
    ),
    "years above numbered headings": (
        f"某镇工作汇报\n开篇先作说明，{BODY}\n“十二五”发展成效和2015年工作总结\n一、基本情况\n{BODY}\n",
        ["- “十二五”发展成效和2015年工作总结", "  一 基本情况"],
    ),
    "contents give headings back the labels they lost": (
        f"某区规划\n目录\n第一章 现状1\n第一条 人口2\n第二章 目标5\n现状\n{BODY}\n人口\n{BODY}\n目标\n{BODY}\n",
        ["第一章 现状", "  第一条 人口", "第二章 目标"],
    ),
    "a label before a number with a unit": (
        f"一、时间安排\n1.制定方案。{BODY}\n2.7月下旬组织初审。{BODY}\n3.9月上旬公布结果。{BODY}\n",
        ["一 时间安排", "  1 制定方案", "  2 7月下旬组织初审", "  3 9月上旬公布结果"],
    ),
}

MISSED = {
    "a decimal with its unit at the beginning of a line": (
        "一、能耗\n1.5个百分点的降幅来自工业，2.1个百分点来自建筑。\n2.5公里管网完成更换。\n",
        ["一 能耗"],
    ),
    "a decimal where a line of prose was broken": (
        "一、医疗\n1.硬件改善。改造诊室43间，配备设备22台，县域内就诊率达到九成以上，提高\n"
        "2.4个百分点；群众满意度位居前列，各项指标保持稳定，群众就医更加方便，\n"
        "3.1万人次得到服务，各项工作平稳有序，达到年初确定的目标，受到群众好评。\n",
        ["一 医疗", "  1 硬件改善"],
    ),
    "prices in a list": (f"一、水价\n3.5元的居民水价不变。\n4.2元的工业水价不变。\n{BODY}\n", ["一 水价"]),
    "members of a class": ("一、作业\n一、二年级不留书面作业。\n一、二、三产业融合发展。\n", ["一 作业"]),
    "第一、第二产业": ("一、结构\n第一、第二产业稳步发展。\n第一名将获得奖励。\n", ["一 结构"]),
    "an article that another text cites": (
        f"一、依据\n{BODY}\n第三条第二款规定了程序。\n第五条和第六条规定了期限。\n二、程序\n{BODY}\n",
        ["一 依据", "二 程序"],
    ),
    "items of another list": (
        "一、情形\n有（一）、（二）项所列情形的，从其规定。\n（一）项中的期限为五日。\n",
        ["一 情形"],
    ),
    "a lone reference in brackets": (f"一、计算\n按照公式：（1）式中系数取三。{BODY}\n", ["一 计算"]),
    "要素 and 要点": ("一、市场\n一要素市场化配置。二要点突出。\n", ["一 市场"]),
    "rows of a table": (
        "一、项目表\n1.     道路     12公里     3000万元\n2.     桥梁     3座     1200万元\n",
        ["一 项目表"],
    ),
    "numbered rows between sections of a standard": (
        f"4 要求\n4.1 选址\n{BODY}\n5 限值\n5.1 水样\n{BODY}\n6 悬浮物20\n7 总磷①1\n6 监测\n6.1 频次\n{BODY}\n",
        ["4 要求", "  4.1 选址", "5 限值", "  5.1 水样", "6 监测", "  6.1 频次"],
    ),
    "a numbered thing in a box is no part of the path": (
        f"一、重大工程\n专栏2 能源工程\n01 村镇微能网\n{BODY}\n02 绿色园区\n{BODY}\n",
        ["一 重大工程", "  专栏2 能源工程", "    - 村镇微能网", "    - 绿色园区"],
    ),
    "a table of contents": (
        f"某县规划\n目录\n第一章 总则\n第二章 任务\n第一章 总则\n{BODY}\n第二章 任务\n{BODY}\n",
        ["第一章 总则", "第二章 任务"],
    ),
    "contents with pages and leaders": (
        f"某县规则\n目录\n5.1 省级平台......-5-\n5.2 市场登记......-6-\n5.1 省级平台\n{BODY}\n5.2 市场登记\n{BODY}\n",
        ["5.1 省级平台", "5.2 市场登记"],
    ),
    "contents in one line": (
        f"某市规定\n目录：第一章总则；第二章基金；第三章附则\n第一章 总则\n{BODY}\n第二章 基金\n{BODY}\n",
        ["第一章 总则", "第二章 基金"],
    ),
    "a list of annexes": (
        f"一、请于月底前报送。{BODY}\n附件：1.任务清单\n2.联系人名单\n",
        ["一 请于月底前报送"],
    ),
    "a box that is only mentioned": (f"一、工程\n专栏3中的项目优先实施。{BODY}\n", ["一 工程"]),
    "a body that signs, a date and an author between prose": (
        f"冬季供暖这样抓\n{BODY}\n完善管网设施建设\n{BODY}\n本报记者王某\n2025年1月5日\n来源：某日报\n{BODY}\n",
        ["- 完善管网设施建设"],
    ),
    "sentences of a rule that begin alike": (
        f"一、范围\n本标准规定了限值要求。\n{BODY}{BODY}\n本标准适用于本区企业。\n{BODY}{BODY}\n本标准首次发布于去年。\n{BODY}{BODY}\n",
        ["一 范围"],
    ),
    "two short sentences are no headings yet": (
        f"一、回顾\n这一年，我们狠抓项目不放松。\n{BODY}{BODY}\n这一年，我们深化改革不停步。\n{BODY}{BODY}\n",
        ["一 回顾"],
    ),
    "a short last line of wrapped prose": (f"一、思路\n{WIDE}各项工作都要按时完成\n", ["一 思路"]),
    "a page number alone": (f"五、实施\n{BODY}\n12一、二年级学生免费乘车。\n", ["五 实施"]),
    "第二节课 and 第一部分的": (f"一、课程\n第二节课后安排锻炼。{BODY}\n第一部分的内容另行通知。\n", ["一 课程"]),
    "a year is no label": (f"一、安排\n（2023）年的任务顺延。{BODY}\n2023.推进的项目续建。\n", ["一 安排"]),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND.keys())
def test_headings_are_found(text: str, expected: list[str]) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(("text", "expected"), MISSED.values(), ids=MISSED.keys())
def test_what_looks_like_a_heading_is_none(text: str, expected: list[str]) -> None:
    assert outline(text) == expected


def test_the_section_of_a_record_is_the_path_of_bare_labels() -> None:
    text = f"二、任务\n1.2 供水\n1.2.1 管网。改造管网8公里。{BODY}\n1.2.2 泵站。新建泵站3座。{BODY}\n"
    sections = {target.quote: target.section for target in planparse.extract(text.encode()).targets}
    assert sections["8公里"] == ["二", "1.2", "1.2.1"]
    assert sections["3座"] == ["二", "1.2", "1.2.2"]


@pytest.mark.parametrize("named", ["【办理条件】", " 【办理条件】 ", "（办理条件）", "　（办理条件）"])
def test_what_an_article_is_called_is_no_part_of_its_text(named: str) -> None:
    text = f"临江市居住证办法\n\n第一条{named}登记期限不少于半年。\n\n第二条{named}补办收取20元。\n"
    targets = planparse.extract(text.encode()).targets
    assert [(t.indicator, t.status) for t in targets] == [("登记期限", "planned"), ("补办收取", "planned")]


def test_a_name_in_brackets_before_a_paragraph_is_no_part_of_its_text() -> None:
    text = "临江市2025年入学指南\n\n【河东区】租期不少于一年。\n\n【河西区】新增学位300个。\n"
    assert [t.indicator for t in planparse.extract(text.encode()).targets] == ["租期", "学位"]


def test_a_cell_stands_in_the_section_of_its_table() -> None:
    table = "指标\t单位\t2025年\t2030年\n森林覆盖率\t%\t41\t43\n养老床位\t张\t1200\t1800\n"
    text = f"某县“十五五”规划\n三、主要目标\n{BODY}\n专栏1 主要指标\n{table}四、重点任务\n{BODY}\n"
    cells = [target for target in planparse.extract(text.encode()).targets if target.table]
    assert {tuple(target.section) for target in cells} == {("三", "专栏1")}


def test_numbers_of_contents_are_accounted_for() -> None:
    text = (
        "某县规则\n目录\n5.1 省级平台....-5-\n5.2 市级平台....-12-\n5.1 省级平台\n新建5个。\n5.2 市级平台\n新建12个。\n"
    )
    document = planparse.extract(text.encode())
    assert [target.quote for target in document.targets] == ["5个", "12个"]
    assert all(entry.reason != "unresolved" for entry in document.skipped)
