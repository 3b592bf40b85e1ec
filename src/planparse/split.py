"""Stage 3, split: headings and numbered items in the text's own nesting, and the sentences between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from planparse.cache import compiled
from planparse.characters import columns
from planparse.labels import RANK, Label, find_inline, parse_label
from planparse.model import LONGEST_SENTENCE, Node, NormalText, Outline, Sentence

_SENTENCE_END = compiled(r"[。！？；](?:[”’》）]+(?=[^，、。；）]))?")
_TITLE_END = compiled(r"[。！？\n]|：$")
_NOT_HEADING = compiled(
    r"[，。；：？]|记者|通讯员|来源|时间|^(?:各位|同志|[—-]{2})|\d{4}年\d+月|^[^\u4e00-\u9fff]*$|附件|责任编辑|作者|编辑"
)
_PERIOD_HEADING = compiled(
    r"(?:过去|今后|未来|下一步|(?:19|20)\d{2}年|“?十[一二三四五]五”?)[^，。；：！？\d]{0,16}"
    r"(?:回顾|总结|安排|打算|建议|部署|任务|目标|思路|工作|要点|计划)"
)  # 2023年工作回顾: stands without a number above numbered headings
_SALUTATION = compiled(r"(?:各位代表|各位委员|同志们|各位领导)[！!，,：:]")
HEADING_COLUMNS = (12, 60)  # an unnumbered heading: 6 to 30 hanzi
OUTER = ("part", "chapter", "section", "hanzi")


@dataclass(slots=True)
class _Open:
    """A node whose end is not yet known."""

    index: int
    style: str
    inline: bool


def split(normal: NormalText) -> tuple[Outline, list[Sentence]]:
    """The outline of a text, and its sentences with the node that each stands in."""
    paragraphs = list(_paragraphs(normal.text))
    nodes = _find_nodes(normal.text, paragraphs)
    return Outline(tuple(nodes)), _find_sentences(normal.text, paragraphs, nodes)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while (stop := text.find("\n", start)) >= 0:
        yield start, stop
        start = stop + 1


def _find_nodes(text: str, paragraphs: list[tuple[int, int]]) -> list[Node]:
    labels = [(parse_label(text, start), start, stop) for start, stop in paragraphs]
    numbered = any(label and label.style in OUTER for label, _, _ in labels)
    prose = text.find("。")
    nodes: list[Node] = []
    stack: list[_Open] = []

    def close_to(depth: int, at: int) -> None:
        while len(stack) > depth:
            last = stack.pop()
            nodes[last.index] = nodes[last.index]._replace(end=at)

    def add(label: Label | None, start: int, stop: int, inline: bool) -> None:
        close_to(_depth(stack, label, inline), start)
        begin = label.end if label else start
        title_end = _title_end(text, begin, stop)
        parent = stack[-1].index if stack else None
        nodes.append(
            Node(
                label.bare if label else None,
                text[begin:title_end].strip("，；。：、 "),
                len(stack) + 1,
                start,
                title_end,
                len(text),
                parent,
                begin,
            )
        )
        stack.append(_Open(len(nodes) - 1, label.style if label else "heading", inline))

    for number, (first, start, stop) in enumerate(labels):
        if first is not None and _believable(first, stack):
            add(first, start, stop, False)
        elif 0 <= prose < start and (
            _PERIOD_HEADING.fullmatch(text, start, stop) or (not numbered and _is_heading(text, start, stop, number))
        ):
            add(None, start, stop, False)
        elif stack and _SALUTATION.match(text, start):
            close_to(1, start)
        elif stack and stack[-1].inline:
            close_to(next(i for i, o in enumerate(stack) if o.inline), start)
        begin = first.end if first else start
        inner = find_inline(text, begin, stop, first)
        for i, label in enumerate(inner):
            add(label, label.start, inner[i + 1].start if i + 1 < len(inner) else stop, True)
    close_to(0, len(text))
    return nodes


def _believable(label: Label, stack: list[_Open]) -> bool:
    """一是 opens a list or goes on with one; every other label at the beginning of a paragraph is taken at its word."""
    return label.style != "ordinal" or label.number == 1 or any(o.style == "ordinal" for o in stack)


def _depth(stack: list[_Open], label: Label | None, inline: bool) -> int:
    """How many open nodes a new one stands in: beside its own style, else below what outranks it."""
    if label is None:
        return 0
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].style == label.style:
            return depth
    if inline or label.style == "ordinal":
        return len(stack)
    depth = len(stack)
    while depth and stack[depth - 1].style != "heading" and RANK[stack[depth - 1].style] > RANK[label.style]:
        depth -= 1
    return depth


def _title_end(text: str, begin: int, stop: int) -> int:
    match = _TITLE_END.search(text, begin, stop)
    return match.start() if match else stop


def _is_heading(text: str, start: int, stop: int, number: int) -> bool:
    """An unnumbered heading of a press piece: a short line without punctuation, not the first, between prose."""
    title = text[start:stop]
    return (
        number > 1
        and HEADING_COLUMNS[0] <= columns(title) <= HEADING_COLUMNS[1]
        and not _NOT_HEADING.search(title)
        and "。" in text[stop : stop + 600]
    )


def _find_sentences(text: str, paragraphs: list[tuple[int, int]], nodes: list[Node]) -> list[Sentence]:
    sentences: list[Sentence] = []
    starts = sorted({node.start for node in nodes})
    owner: int | None = None
    next_node = 0
    for start, stop in paragraphs:
        cuts = {m.end() for m in _SENTENCE_END.finditer(text, start, stop)} | {stop}
        cuts.update(starts[bisect_right(starts, start) : bisect_left(starts, stop)])
        begin = start
        for cut in _shorten(text, start, sorted(cuts)):
            while next_node < len(nodes) and nodes[next_node].start <= begin:
                owner = next_node
                next_node += 1
            while owner is not None and nodes[owner].end <= begin:
                owner = nodes[owner].parent
            if text[begin:cut].strip():
                label_end = nodes[owner].label_end if owner is not None and nodes[owner].start == begin else begin
                sentences.append(Sentence(label_end, cut, owner, start))
            begin = cut
    return sentences


def _shorten(text: str, begin: int, cuts: list[int]) -> Iterator[int]:
    """The cuts, and more where they leave a sentence too long: behind the last mark that fits, or anywhere."""
    for cut in cuts:
        while cut - begin > LONGEST_SENTENCE:
            most = begin + LONGEST_SENTENCE
            begin = max(text.rfind(mark, begin, most) for mark in "；，、") + 1 or most
            yield begin
        yield cut
        begin = cut
