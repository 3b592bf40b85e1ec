"""Why, in words: what the row of a rule says of itself, an example, what the code means; and what a number lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planparse.messages import in_chinese
from planparse.rules import find_row

MULTIPLES = "百千万亿"

NOTES = {
    "group.named-before": ("an enumeration takes the names of the one before", "并列的数字沿用前一组的名称"),
    "milestone": ("what is done by the time beside it", "旁边的时间所限定的事项"),
    "unit.none": ("a bare number", "数字没有单位"),
    "per.before": ("counted on what stands before the number", "按数字前面的频次或口径计"),
    "time.sentence": ("a time of its own sentence", "本句的时间"),
    "time.paragraph": ("the time that opened the paragraph", "段首的时间"),
    "time.heading": ("the time in a heading", "标题里的时间"),
    "time.lead": ("the time of the words that lead in a list", "引出列举的话里的时间"),
    "time.column": ("the head of its column", "所在列的表头"),
    "table.name": ("the name of its row", "所在行的名称"),
    "time.document": ("the period of the document", "文件所定的时期"),
    "status.narrow": ("nearly as much speaks for the other", "另一种的证据几乎一样多"),
    "status.past": ("its last day lies before the document's own first", "截止日早于文件所定时期的第一天"),
    "status.past-heading": ("the time of its heading lies before the document's own", "标题里的时间早于文件所定的时期"),
    "status.long-begun": (
        "a span that began years before and ends in the document's own year",
        "时期起于数年之前，止于文件当年",
    ),
    "status.before-issue": ("its day lies before the day of issue", "日期早于发文日"),
    "status.coming": ("its day lies in the period that the document plans", "日期在文件所计划的时期之内"),
    "status.far": ("its day lies after the period that the document plans", "日期在文件所计划的时期之后"),
    "status.like-the-last-result": ("as the record before it", "与前一条记录相同"),
    "status.like-the-last-plan": ("as the record before it", "与前一条记录相同"),
    "change.level": ("the verb leads to the level that is reached", "动词说的是达到的水平"),
    "change.points-taken": ("points that are taken from a sum of points", "从总分里扣去的分数"),
    "change.below": ("how far below another place or time", "比别处或别时低多少"),
    "comparator.at-least-loose": ("a bound with words between it and the number", "界限词与数字之间隔着别的词"),
    "time.plan": ("a five-year plan by its number", "以第几个五年规划说的时期"),
    "level.of-whole-of-the-last": ("a share of what the number before it measures", "占前一个数字所指之物的比重"),
    "split.label": ("the label of a heading or item", "标题或条目的编号"),
    "ledger.unresolved": ("no rule settles what it is", "规则未能确定是什么"),
    "normalise.furniture": ("a page number or running head", "页码或页眉"),
    "table.cell": ("the cell of a table", "表格的单元格"),
    "context.duration": ("years and days that nothing promises", "没有说要持续多久的年、日"),
    "context.one-thing": ("一 that counts nothing", "不计数的“一”"),
    "context.counted-word": ("a small number inside a word", "词里的小数目"),
    "context.size-of-class": ("the size of what is counted, no amount", "被数之物的大小"),
    "context.in-a-condition": ("what must be so for the rest to hold", "条件里的数目"),
    "context.of-whom": ("how large those must be to whom something is given", "限定给谁的条件"),
    "context.counts-a-list": ("counts the list that follows", "说后面列举了几项"),
    "context.existing": ("what is there already, as part of a name", "已有之物，是名称的一部分"),
    "context.one-of": ("of how many one is spoken of", "说的是其中之一"),
    "context.title": ("what the title of the document counts", "文件标题中的数目"),
    "context.explained": ("what a report says of its words at its end", "报告末尾的名词解释"),
    "context.baseline": ("what the number after it is counted from", "后一个数字的基期值"),
}
"""What is decided without a row of the rules, or by a row whose pattern and examples say it to nobody."""
LACKS = {
    "unit": (
        "a unit: none of rules/units.toml follows it, but “{0}”; a row there would read it",
        "单位：后面的“{0}”不是 rules/units.toml 里的单位；在该文件加一行即可读出",
    ),
    "numeral-without-unit": (
        "a unit: a numeral in hanzi is a number only where one follows it, and “{0}” is none",
        "单位：汉字数字后面有单位才算数字，“{0}”不是单位",
    ),
    "sentence": (
        "a sentence: it is a quantity, but stands in a heading or a table of contents, where none is read",
        "句子：这是一个数量，但在标题或目录里，标题和目录不读目标",
    ),
}
"""What a number would need to become a record; {0} is what follows it."""

Missing = Literal["unit", "numeral-without-unit", "sentence"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a row stands, what it says of itself, and its first example."""

    file: str
    note: str | None
    example: str | None


def describe(rule: str) -> Rule | None:
    """What the row of a rule says of itself; None for what the code decides without one."""
    found = find_row(rule)
    if found is None:
        return None
    file, row = found
    example = next(iter(row.get("examples", ())), None)
    said = example if isinstance(example, str) else example[0] if example else None
    return Rule(f"rules/{file}.toml", row.get("note"), said if isinstance(said, str) else None)


def in_words(rule: str, language: str) -> str:
    """What a rule reads, for people: its note, else an example; nothing where neither is known.

    >>> in_words("carry.last", "zh"), in_words("veto.ordinal", "en")
    ('小句没有名称，沿用前一个数字的', 'as in 第十四个五年规划')
    """
    zh = language == "zh"
    if rule in NOTES:
        return NOTES[rule][zh]
    row = describe(rule)
    if row is None:
        return ""
    example = row.example and f"如：{row.example}" if zh else row.example and f"as in {row.example}"
    if not row.note:
        return example or ""
    return row.note if not zh else in_chinese(row.note, "notes") or example or row.note


def lack_in_words(missing: Missing, beyond: str, language: str) -> str:
    """What a number would need to become a record, with what follows it.

    >>> lack_in_words("unit", "标箱", "zh")
    '单位：后面的“标箱”不是 rules/units.toml 里的单位；在该文件加一行即可读出'
    """
    return LACKS[missing][language == "zh"].format(beyond)


def likely_lack(quote: str) -> Missing:
    """What an unresolved number lacks, as far as its own characters tell.

    >>> likely_lack("15"), likely_lack("三农"), likely_lack("4500万吨")
    ('unit', 'numeral-without-unit', 'sentence')
    """
    bare = "".join(quote.split())
    if not any(char.isdecimal() for char in bare):
        return "numeral-without-unit"
    return "unit" if bare[-1:].isdecimal() or bare[-1:] in MULTIPLES else "sentence"
