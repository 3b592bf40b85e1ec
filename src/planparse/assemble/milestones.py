"""Milestones: a calendar time that bounds a named action which has no quantity of its own."""

from __future__ import annotations

import regex

from planparse.assemble.clauses import clause_end, clause_start
from planparse.assemble.phrases import Phrase
from planparse.model import Quantity, Sentence, TimeMention

# what can be finished by a day; after 起 and 开始 a practice begins instead
_COMPLETION = regex.compile(
    r"完成|到位|完工|竣工|开工|投入使用|投入运营|投入运行|投用|投产|建成|通车|达标|达到|通过|启用|上线|办结|挂牌|实现|解决|齐全|建立|形成|落地|验收|交付|交工|搬迁|"
    r"启动|取消|淘汰|关闭|清退|开通|动工|封顶|试运行|迈入|进入|确立|成型|全覆盖|核准|开馆|开园|开学|退出|完善|健全|出台|印发|报送|全面推行")
_FINISHED = regex.compile(r"投入使用|投入运营|建成(?!的)|竣工|完工|通车|投产|投用|启用|开通(?!了?\d)|上线")
_PRACTICE = regex.compile(r"使用|实施|执行|施行|开展|推行|实行|启用|纳入|取消|停止|不再|统一|采用|试行|征收|发放|提高|调整|组织|适用")
_STATEMENT = regex.compile(r"(?:（[^（）]*）)?\s*[，,]?\s*(?:是|为(?!加强)|面对|在以|全[省市县区旗盟州]上下|我们|我[省市县区旗]|各级|来自|以来)")
_LEAD = regex.compile(r"^(?:要|将|力争|争取|确保|全面|基本|努力|大力|认真|持续|由(?=[^，]{2,20}(?:组织|牵头|负责)))+")


def find_milestone(text: str, time: TimeMention, sentence: Sentence, quantities: list[Quantity], *,
                   achieved: bool, subject_before: str = "") -> Phrase | None:
    """The named action that a time bounds, or None when a quantity, a statement or nothing follows it.

    `subject_before` is whose action it is when the clause does not say: 工程8月完工，|9月投入使用|.
    """
    begin = clause_start(text, time.span.start, sentence.start)
    end = clause_end(text, time.span.end, sentence.end)
    if end == time.span.end and end < sentence.end and text[end] == "，":
        end = clause_end(text, end + 1, sentence.end)
    first = end
    if _is_horizon(time):
        end = _before_quantity(text, end, sentence, quantities)
    if any(time.span.end <= q.span.start < end for q in quantities) or _STATEMENT.match(text, time.span.end, end):
        return None
    rest = text[time.span.end:end].strip("，、 的")
    done = _of_practice(time) if not achieved else _FINISHED
    match = done.search(rest) if time.bounds or _of_practice(time) is _PRACTICE else _FINISHED.search(rest)
    if match is None or text[begin - 1:begin] == "（":
        return None
    subject = _LEAD.sub("", text[begin:time.span.start].strip("，、 "))
    if not subject and match.start() == 0:
        subject = subject_before
    name = _LEAD.sub("", subject + (rest if end == first else text[time.span.end:first].strip("，、 的")))
    return Phrase(name, begin, end, match[0]) if len(name) > 3 else None


def subject_of(text: str, time: TimeMention, sentence: Sentence) -> str:
    """Whose time it is: the words of its clause before it."""
    begin = clause_start(text, time.span.start, sentence.start)
    return _LEAD.sub("", regex.sub(r"(?:力争|争取|确保|计划|将|要)+$", "", text[begin:time.span.start].strip("，、 ")))


def _of_practice(time: TimeMention) -> regex.Pattern[str]:
    return _PRACTICE if time.groups.get("edge") in ("起", "开始") else _COMPLETION


def _is_horizon(time: TimeMention) -> bool:
    """到2025年, 到“十四五”末: what they date runs on over several clauses."""
    return time.rule in ("time.to-year", "time.plan-end")


def _before_quantity(text: str, end: int, sentence: Sentence, quantities: list[Quantity]) -> int:
    """The end of the last clause before the first that holds a quantity."""
    while end < sentence.end and text[end] == "，":
        following = clause_end(text, end + 1, sentence.end)
        if any(end <= q.span.start < following for q in quantities):
            break
        end = following
    return end
