"""What an explanation says of itself, in both languages; words of the documents and of the rules stand as they are."""

from __future__ import annotations

from typing import Literal

from planparse.write.terms import REASON

Language = Literal["en", "zh"]

WORDS = {
    "en": {
        "place": "at {0}–{1}",
        "page": "page {0}",
        "target": "record {0}",
        "skipped": "no target: {0}",
        "time": "a time; it dates {0}",
        "none": "no rule reads it",
        "words": "words",
        "ways": "possible readings",
        "taken": "taken: the first row of rules/constructions.toml that fits",
        "carried": "taken: no construction named it in its clause",
        "grounds": "decided by",
        "before": "{0} before",
        "behind": "{0} behind",
        "verb": "verb {0}",
        "confidence": "confidence {0}",
        "evidence": "evidence of status",
        "traits": "confidence {0}",
        "measured": "{0} records of gold, {1} right",
        "missing": "missing",
        "planned": "planned",
        "achieved": "achieved",
        "and": ", ",
    },
    "zh": {
        "place": "位置 {0}–{1}",
        "page": "第 {0} 页",
        "target": "记录 {0}",
        "skipped": "不是目标：{0}",
        "time": "时间，所属记录 {0}",
        "none": "没有规则读它",
        "words": "词",
        "ways": "可能的读法",
        "taken": "采用：rules/constructions.toml 中第一条相符的句式",
        "carried": "采用：本小句没有句式给出名称",
        "grounds": "依据",
        "before": "在前 {0} 字",
        "behind": "在后 {0} 字",
        "verb": "动词 {0}",
        "confidence": "置信度 {0}",
        "evidence": "状态的证据",
        "traits": "置信度 {0}",
        "measured": "标注里 {0} 条，对 {1}",
        "missing": "缺少",
        "planned": "计划",
        "achieved": "已达",
        "and": "、",
    },
}
PARTS = {
    "value": "数值",
    "name": "名称",
    "owner": "所属",
    "comparator": "比较",
    "change": "增减",
    "per": "频次或口径",
    "time": "时间",
    "status": "状态",
    "unit": "单位",
    "reason": "原因",
}
NOTES = {
    "carry.last": (
        "its clause names nothing: the name goes on from the number before",
        "小句没有名称，沿用前一个数字的",
    ),
    "carry.before": ("named by the sentence, clause or heading before", "取自前面的句子、小句或标题"),
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
    "carry.of-which": ("a part of what the number before it measures", "前一个数字所指之物的一部分"),
    "carry.in-full": ("in full just before", "前面刚说出全称"),
    "time.document": ("the period of the document", "文件所定的时期"),
    "status.narrow": ("nearly as much speaks for the other", "另一种的证据几乎一样多"),
    "split.label": ("the label of a heading or item", "标题或条目的编号"),
    "ledger.unresolved": ("no rule settles what it is", "规则未能确定是什么"),
    "normalise.furniture": ("a page number or running head", "页码或页眉"),
    "table.cell": ("the cell of a table", "表格的单元格"),
    "context.duration": ("years and days that nothing promises", "没有说要持续多久的年、日"),
    "context.one-thing": ("一 that counts nothing", "不计数的“一”"),
    "context.counted-word": ("a small number inside a word", "词里的小数目"),
    "context.size-of-class": ("the size of what is counted, no amount", "被数之物的大小"),
    "context.counts-a-list": ("counts the list that follows", "说后面列举了几项"),
    "context.existing": ("what is there already, as part of a name", "已有之物，是名称的一部分"),
    "context.baseline": ("what the number after it is counted from", "后一个数字的基期值"),
}
"""What is decided without a row of the rules."""


def say(key: str, language: str, *values: object) -> str:
    """A phrase with its values filled in.

    >>> say("page", "zh", 3), say("before", "en", 12)
    ('第 3 页', '12 before')
    """
    return WORDS[language][key].format(*values)


def part_of(name: str, language: str) -> str:
    """The name of a part of a record."""
    return PARTS.get(name, name) if language == "zh" else name


def reason_of(name: str, language: str) -> str:
    """The name of a reason of the ledger."""
    return REASON.get(name, name) if language == "zh" else name
