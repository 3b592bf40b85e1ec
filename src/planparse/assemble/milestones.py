"""Milestones: a calendar time that bounds a named action which has no quantity of its own."""

from __future__ import annotations

import regex

from planparse.assemble.clauses import clause_end, clause_start
from planparse.assemble.phrases import Phrase
from planparse.model import Quantity, Sentence, TimeMention

_DONE = (r"完成|到位|完工|竣工|开工|投入使用|投入运营|投入运行|投用|投产|建成|通车|达标|达到|通过|启用|上线|运行|办结|挂牌|实现|解决|齐全|建立|形成|落地|验收|交付|交工|"
         r"搬迁|整改|启动|实施|使用|执行|施行|开展|出台|印发|报送|公布|取消|淘汰|关闭|清退|清零|开通|动工|封顶|试运行|迈入|进入|确立|提升|成型|见效|全覆盖|核准|开馆|开园|开学|招生|运营|结束|退出|改善|完善|健全")
_COMPLETION = regex.compile(_DONE)
_FINISHED = regex.compile(r"投入使用|投入运营|建成(?!的)|竣工|完工|通车|投产|投用|启用|开通(?!了?\d)|上线")
_STATEMENT = regex.compile(r"\s*[，,]?\s*(?:是|为(?!加强)|面对|在以|全[省市县区旗盟州]上下|我们|我[省市县区旗]|各级|来自|以来)")
_LEAD = regex.compile(r"^(?:要|将|力争|争取|确保|全面|基本|努力|大力|认真|持续|由(?=[^，]{2,20}(?:组织|牵头|负责)))+")


def find_milestone(text: str, time: TimeMention, sentence: Sentence, quantities: list[Quantity], *,
                   achieved: bool) -> Phrase | None:
    """The named action that a time bounds, or None when a quantity, a statement or nothing follows it."""
    begin = clause_start(text, time.span.start, sentence.start)
    end = clause_end(text, time.span.end, sentence.end)
    if end == time.span.end and end < sentence.end and text[end] == "，":
        if text[begin:time.span.start].strip("，、 ") and not achieved:
            pass
        end = clause_end(text, end + 1, sentence.end)
    if any(begin <= q.span.start < end for q in quantities) or _STATEMENT.match(text, time.span.end, end):
        return None
    rest = text[time.span.end:end].strip("，、 的")
    pattern = _FINISHED if achieved else _COMPLETION
    if not time.bounds and not _FINISHED.search(rest):
        return None
    if not pattern.search(rest):
        return None
    subject = text[begin:time.span.start].strip("，、 ")
    name = _LEAD.sub("", subject + rest if subject and _LEAD.sub("", subject) else rest)
    match = pattern.search(rest)
    return Phrase(name, begin, end, match[0]) if match and len(name) > 3 else None
