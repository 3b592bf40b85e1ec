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
