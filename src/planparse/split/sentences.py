"""The sentences of a text, and the heading or item that each stands in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from planparse.cache import compiled
from planparse.model import LONGEST_SENTENCE, Node, Sentence, Span

_NAMED = compiled(r"【[^【】\n]{1,24}】(?=[^\s。；])|（[^（）\d，。；、\n]{2,16}）(?=[\u4e00-\u9fff])")
SENTENCE_END = compiled(r"[。！？；](?:[”’》）]+(?=[^，、。；）]))?")


def find_sentences(text: str, blocks: list[Span], nodes: list[Node]) -> list[Sentence]:
    """The sentences in reading order, each without the label that it begins with."""
    sentences: list[Sentence] = []
    starts = sorted({node.start for node in nodes})
    owner: int | None = None
    next_node = paragraph = 0
    for start, stop in blocks:
        if start in starts or not text.endswith("；", 0, start - 1):  # …；|技改投资增长18.6%；| goes on
            paragraph = start
        cuts = {m.end() for m in SENTENCE_END.finditer(text, start, stop)} | {stop}
        cuts.update(starts[bisect_right(starts, start) : bisect_left(starts, stop)])
        begin = start
        for cut in _shorten(text, start, sorted(cuts)):
            while next_node < len(nodes) and nodes[next_node].start <= begin:
                owner = next_node
                next_node += 1
            while owner is not None and nodes[owner].end <= begin:
                owner = nodes[owner].parent
            label = nodes[owner] if owner is not None and nodes[owner].start == begin else None
            label_end = _after_name(text, label.label_end if label else begin, label)
            if text[label_end:cut].strip():
                sentences.append(Sentence(label_end, cut, owner, paragraph))
            begin = cut
    return sentences


def _after_name(text: str, begin: int, label: Node | None) -> int:
    """Where the text of an item begins behind its name in brackets: 【河东区】; also （…） behind 第一条."""
    named = _NAMED.match(text, begin) if text[begin] in "【（" else None
    of_article = label is not None and (label.label or "").endswith("条")
    return int(named.end()) if named and (of_article or text[begin] == "【") else begin


def _shorten(text: str, begin: int, cuts: list[int]) -> Iterator[int]:
    """The cuts, and more where they leave a sentence too long: behind the last mark that fits, or anywhere."""
    for cut in cuts:
        while cut - begin > LONGEST_SENTENCE:
            most = begin + LONGEST_SENTENCE
            begin = max(text.rfind(mark, begin, most) for mark in "；，、") + 1 or most
            yield begin
        yield cut
        begin = cut
