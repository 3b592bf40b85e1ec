"""What a document says of itself: title, issuer, document number, period."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import NamedTuple

import regex

from planparse.cache import compiled
from planparse.characters import columns
from planparse.dates import number, plan_years
from planparse.model import NormalText, Outline

HANZI_NUMBER = r"[一二三四五六七八九十]{1,3}"
_YEAR = r"(?:19|20)\d{2}"
_DOC_NUMBER = compiled(r"[\u4e00-\u9fff]{1,14}[〔\[【（]\s?(?:19|20)\d{2}\s?[〕\]】）]\s?(?:第)?\d{1,5}号")
_NOISE = compiled(
    r"[^\u4e00-\u9fff]*|[加大还原减小中【】：:]+|□.*|.*\d{1,2}月\d{1,2}日.*|.{0,12}日报|"
    r".*(?:记者|通讯员)[\u4e00-\u9fff ]{2,8}|"
    r".*(?:文件|下载|打印|全屏|收藏|字号|字体|分享|来源|时间|发布|日期|索引号|主题分类|浏览|当前位置|您的位置|要闻|首页|责任编辑|签发人|机密|特急).*|"
    r".*(?:记者|通讯员|编辑|作者)"
)
_SALUTATION = compiled(r".*[：:]$|(?:各位|同志们).*")
_TITLE_WORD = compiled(
    r"(?:要点|规划|报告|意见|通知|方案|计划|办法|讲话|纲要|决定|措施|条例|规定|细则|公报|安排|总结|决议|批复|函|清单|行动|白皮书|部署|目标)(?:[》）)]|（.*）|的通知)*$"
)
_ISSUER = compiled(
    r"^(?:中共)?(?P<issuer>[\u4e00-\u9fff、]{2,28}?(?:人民政府办公厅|人民政府办公室|人民政府|国务院办公厅|国务院|委员会|教育体育局|管理局|监督局|办公厅|办公室|局|厅|党委|部|委|署|会))"
    r"\s*(?=关于|印发|\d{4}年|[一二]〇|办公室关于|“|《|转发|贯彻)"
)
_LETTERHEAD = compiled(r"^(?P<issuer>[\u4e00-\u9fff]{2,24}(?:人民政府(?:办公厅|办公室)?|委员会|局|厅|部|委))文件$")
_SPEAKER = compiled(r"代表(?P<issuer>[\u4e00-\u9fff]{1,16}?人民政府)")
_PLACE = compiled(r"(?P<place>[\u4e00-\u9fff]{2,10}?(?:省|自治区|市|区|县|旗|州|盟))(?=人民政府|政府|第|人大)")
_MEETING = compiled(rf"(?P<year>{_YEAR})年\d{{1,2}}月\d{{1,2}}日.{{0,4}}在?.*(?:会议|大会)")
_YEAR_OF_WORK = compiled(
    rf"(?P<year>{_YEAR})年(?:全[市县区省旗盟州国]|我[市县区省旗])?[\u4e00-\u9fff]{{0,12}}?(?:工作会议|工作要点|工作计划|工作安排|主要任务|重点工作|工作思路|工作部署|任务清单)"
)
_YEAR_PLANNED = compiled(rf"(?:部署|安排|谋划|研究)(?:好|做好|了)?(?P<year>{_YEAR})年")
_YEARS_FROM = compiled(rf"(?P<year>{_YEAR})年起，?(?:用)?(?P<count>{HANZI_NUMBER}|\d{{1,2}})年(?:内|时间)")
_RANGE = compiled(rf"(?P<first>{_YEAR})年?\s*[-—–―~～至]{{1,2}}\s*(?P<last>{_YEAR})年?")
_SCHOOL_YEAR = compiled(_RANGE.pattern + "学年")
_YEAR_NAMED = compiled(rf"(?P<year>{_YEAR})年")
_DAY = compiled(r"\d{4}年\d{1,2}月\d{1,2}日")
_SIGNATORY = compiled(r"[\u4e00-\u9fff]{2,24}(?:国务院|政府|局|厅|部|委|办公厅|办公室|委员会|会)|国务院")
_PLAN = compiled(
    rf"“?(?P<plan>{HANZI_NUMBER})五”?(?=规划|时期|[^，。]{{0,20}}(?:规划|计划|方案|纲要))|第(?P<nth>{HANZI_NUMBER})个五年规划"
)


class Facts(NamedTuple):
    title: str | None = None
    issuer: str | None = None
    doc_number: str | None = None
    period: tuple[date | None, date | None] = (None, None)


def find_facts(normal: NormalText, outline: Outline) -> Facts:
    """The facts of a document; what it does not say is None."""
    preface = normal.text[: outline.nodes[0].start if outline.nodes else 1500]
    lines = [line for line in preface.split("\n") if line.strip()]
    title = _find_title(lines)
    doc_number = next((m[0] for line in lines[:16] if (m := _DOC_NUMBER.search(line)) and len(line) < 40), None)
    issuer = _find_issuer(title, lines, normal.text)
    return Facts(title, issuer, doc_number, _find_period(title, lines, normal.text))


def _find_title(lines: list[str]) -> str | None:
    """The first short lines that are neither letterhead nor furniture, up to the salutation or the prose."""
    title = ""
    for line in lines[:30]:
        if _NOISE.fullmatch(line) and not title:
            continue
        if (_SALUTATION.fullmatch(line) and "：" in line[-1:]) or line.startswith(("同志们", "各位")):
            break
        prose = "。" in line or columns(line) > 130
        if title:
            goes_on = line.startswith(("（19", "（20")) or not (_TITLE_WORD.search(title) or title[-1] in "！？了")
            if (
                prose
                or not goes_on
                or _NOISE.fullmatch(line)
                or _DOC_NUMBER.search(line)
                or _SALUTATION.fullmatch(line)
                or (line.startswith(("-", "—", "□", "（", "(")) and not line.startswith(("（19", "（20")))
            ):
                break
            title += line
        elif prose:
            break
        elif not _NOISE.fullmatch(line) and not _DOC_NUMBER.fullmatch(line) and columns(line) >= 8:
            title = line
    return title or None


def _find_issuer(title: str | None, lines: list[str], text: str) -> str | None:
    for line in lines[:8]:
        if match := _LETTERHEAD.match(line):
            return str(match["issuer"])
    if title and (match := _ISSUER.match(title)):
        return str(match["issuer"])
    if match := _SPEAKER.search(text[:3000]):
        return _with_place(match["issuer"], title, lines)
    return _signature(text)


def _with_place(issuer: str, title: str | None, lines: list[str]) -> str:
    """省人民政府 as the speaker says it, with the province that the title names."""
    if len(issuer) > len("自治区人民政府"):
        return issuer
    level = issuer.removesuffix("人民政府")
    for line in [title or "", *lines[:24]]:
        for match in regex.finditer(rf"(?:年|在|^|，|—)(?P<place>[\u4e00-\u9fff]{{2,8}}?{level})", line):
            if level:
                return f"{match['place']}人民政府"
    return issuer


def _signature(text: str) -> str | None:
    """The body that signs at the end: a name alone on a line, a date on the next."""
    lines = [line for line in text.split("\n") if line.strip()][-6:]
    for line, following in pairwise(lines):
        if _DAY.fullmatch(following) and _SIGNATORY.fullmatch(line):
            return line
    return None


def _find_period(title: str | None, lines: list[str], text: str) -> tuple[date | None, date | None]:
    """The years a document plans: from its title, the meeting it was given at, or its opening words."""
    if title:
        named = _period_of(title)
        if named != (None, None):
            return named
    for line in lines[:24]:
        if columns(line) < 130 and (match := _MEETING.search(line)):
            return _years(int(match["year"]), int(match["year"]))
    opening = "\n".join(lines)[:1200]
    if match := _YEAR_PLANNED.search(opening) or _YEAR_OF_WORK.search(opening):
        return _years(int(match["year"]), int(match["year"]))
    if match := _YEARS_FROM.search(text[:2500]):
        first = int(match["year"])
        return _years(first, first + (number(match["count"]) or 1) - 1)
    return None, None


def _period_of(title: str) -> tuple[date | None, date | None]:
    if match := _SCHOOL_YEAR.search(title):
        return date(int(match["first"]), 9, 1), date(int(match["last"]), 8, 31)
    if match := _RANGE.search(title):
        return _years(int(match["first"]), int(match["last"]))
    if (match := _PLAN.search(title)) and (years := plan_years(match["plan"] or match["nth"])):
        return _years(*years)
    if match := _YEAR_NAMED.search(title):
        return _years(int(match["year"]), int(match["year"]))
    return None, None


def _years(first: int, last: int) -> tuple[date, date]:
    return date(first, 1, 1), date(last, 12, 31)
