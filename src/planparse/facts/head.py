"""The head of a document, line by line: letterhead, number, title, day, whom it is sent to, and the site around it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from planparse.cache import compiled
from planparse.model import NormalText, Outline, Span
from planparse.rules import Rule, cue, rules
from planparse.ruleset import per_ruleset
from planparse.typesetting import read_setting

REACH = 8000  # characters
LINES = 80
LONG = 80  # characters
NEAR = 3  # characters behind a number
HISTORY = 20  # lines of the history of a rule below its title
_LINE_END = compiled(r"\n")
_NUMBERED = ("文件", "文号", "字号", "编号")  # behind these a number is the document's own


class HeadLine(NamedTuple):
    """A line of the head, or the part of one that says a thing of its own: its words, what it is, what it holds.

    `kind` is that of the row in rules/facts.toml, or label; empty where nothing fits, as with a title. `joined` lines
    go on with the paragraph of the line before; `prose` ones are of a paragraph that opens as running text does.
    """

    text: str
    kind: str = ""
    found: dict[str, str] = {}  # noqa: RUF012
    joined: bool = False
    prose: bool = False


def read_head(normal: NormalText, outline: Outline) -> list[HeadLine]:
    """The first lines as the source set them, the facts that share one apart."""
    labels = {node.start for node in outline.nodes if node.label}
    lines: list[HeadLine] = []
    prose = False
    for start, stop in _source_lines(normal):
        text = normal.text[start:stop].strip()
        text = text[_site_prefix(text) :]
        if start in labels:
            lines.append(HeadLine(text, "label"))
            break
        joined = start > 0 and normal.text[start - 1] != "\n"
        if not joined:
            rest = normal.text[stop : max(stop, normal.text.find("\n", start))]
            prose = "。" in text + rest and bool(cue("title.preamble").match(text) or (rest and "，" in text))
        for i, part in enumerate(_parts(text)):
            lines.append(classify(text[part.start : part.end])._replace(joined=joined or i > 0, prose=prose))
    return list(_histories(lines))


def _source_lines(normal: NormalText) -> Iterator[tuple[int, int]]:
    """Where the first lines of the source begin and end, in normal offsets."""
    ends = (match.end() for match in _LINE_END.finditer(normal.text, 0, REACH))
    starts = sorted({0, *ends, *read_setting(normal).lines})[: LINES + 1]
    whole = 0
    for start, stop in pairwise([*starts, len(normal.text)]):
        if start >= whole and normal.text[start:stop].strip():
            whole = _end_of_occasion(normal.text, start, stop)
            yield start, whole


def _end_of_occasion(text: str, start: int, stop: int) -> int:
    """Where a line ends, the rest of an occasion that is wrapped with it: 2024年1月8日在甲县第十七届人民|代表大会上."""
    end = max(stop, text.find("\n", start))
    wrapped = stop < end <= start + LONG and classify(text[start:end].strip()).kind == "occasion"
    return end if wrapped else stop


def classify(text: str) -> HeadLine:
    """A line with its kind: that of the first row that fits."""
    for rule in _kinds(len(text) > LONG):
        if match := rule.pattern.search(text):
            found = {name: text[match.start(name) : match.end(name)] for name in match.groupdict() if match[name]}
            return HeadLine(text, rule["line"], found)
    return HeadLine(text)


@per_ruleset
def _kinds(long: bool) -> tuple[Rule, ...]:
    """The rows of lines; only some are as long as a paragraph."""
    return tuple(rule for rule in rules("facts") if rule["line"] and (rule["long"] or not long))


def _site_prefix(text: str) -> int:
    match = cue("title.site").match(text)
    return match.end() if match else 0


def _parts(text: str) -> list[Span]:
    """A line cut before and behind the number that stuck to a letterhead or title."""
    number = cue("number.any").search(text) if "号" in text else None
    foreign = cue("number.before").match(number["name"]) if number else None
    if number is None or (not foreign and cue("line.number").search(text)):
        return [Span(0, len(text))]
    start = number.start("name") + (foreign.end() if foreign else 0)
    before = text[:start].rstrip("（(：: ")
    if cue("number.cited").search(text, start, number.end() + NEAR) or not _may_end_before_number(before):
        return [Span(0, len(text))]
    behind = number.end() + len(text[number.end() :]) - len(text[number.end() :].lstrip("）)—-_ "))
    return [Span(a, b) for a, b in ((0, len(before)), (start, number.end()), (behind, len(text))) if a < b]


def _may_end_before_number(before: str) -> bool:
    """Whether a number may stand behind these words: none, a letterhead, a title that cites nothing."""
    if not before or before.endswith(_NUMBERED):
        return True
    cites = "《" in before and not cue("title.opens").match(before.partition("《")[0][-4:])
    return bool(cue("title.ends").search(before)) and not cites and not cue("title.prose").search(before)


def _histories(lines: list[HeadLine]) -> Iterator[HeadLine]:
    """The lines, those that tell how a rule was made put together: up to the end of their bracket or sentence."""
    i = 0
    while i < len(lines):
        line, end = lines[i], i + 1
        mark = "。" if line.kind == "enacted" else "）" if line.kind == "adopted" and line.text[0] in "（(" else ""
        while end < min(len(lines), i + HISTORY) and mark not in "".join(x.text for x in lines[i:end]):
            end += 1
        whole = "".join(x.text for x in lines[i:end])
        yield line._replace(text=whole)
        i = end
