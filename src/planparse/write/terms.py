"""The codes of the output in Chinese: what `--headers zh` writes in cells, and what is read back from them."""

from __future__ import annotations

from collections.abc import Mapping

STATUS = {"planned": "计划", "achieved": "已达"}
KIND = {
    "percentage": "百分比",
    "percentage_point": "百分点",
    "ratio": "比值",
    "count": "数量",
    "money": "金额",
    "measure": "计量",
    "duration": "时长",
    "rank": "名次",
    "score": "分数",
    "coverage": "覆盖",
    "milestone": "节点",
}
CHANGE = {"increase": "增加", "decrease": "减少"}
BINDING = {"binding": "约束性", "expected": "预期性"}
BASIS = {"explicit": "原文", "document": "文件时期"}
DOCUMENT_STATUS = {"ok": "完整", "partial": "部分", "failed": "未能读取"}
REASON = {
    "date": "日期",
    "period": "时期",
    "ordinal": "序数",
    "label": "编号",
    "slogan": "口号",
    "name": "名称",
    "age": "年龄",
    "grade": "年级",
    "document-number": "文号",
    "phone": "电话",
    "structure": "结构",
    "indefinite": "不定指",
    "redacted": "隐去",
    "page-furniture": "页码",
    "unresolved": "未决",
    "rejected": "已驳回",
}
VERDICT = {"accepted": "已确认", "edited": "已修改", "added": "新增", "rejected": "已驳回"}


def in_chinese(value: object, terms: Mapping[str, str]) -> object:
    """A cell's value with a code put into Chinese; what is no code stays.

    >>> in_chinese("planned", STATUS), in_chinese(None, STATUS)
    ('计划', None)
    """
    return terms.get(value, value) if isinstance(value, str) else value
