"""The sentences of a text, and the heading or item that each stands in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from planparse.cache import compiled
from planparse.model import LONGEST_SENTENCE, Node, Sentence, Span

_NAMED = compiled(r"【[^【】\n]{1,24}】|（[^（）\d，。；、\n]{2,16}）(?=[\u4e00-\u9fff])")
SENTENCE_END = compiled(r"[。！？；](?:[”’》）]+(?=[^，、。；）]))?")


def find_sentences(text: str, blocks: list[Span], nodes: list[Node]) -> list[Sentence]:
    """The sentences in reading order, each without the label that it begins with."""
    sentences: list[Sentence] = []
    starts = sorted({node.start for node in nodes})
    owner: int | None = None
    next_node = 0
    for start, stop in blocks:
        cuts = {m.end() for m in SENTENCE_END.finditer(text, start, stop)} | {stop}
        cuts.update(starts[bisect_right(starts, start) : bisect_left(starts, stop)])
        begin = start
        for cut in _shorten(text, start, sorted(cuts)):
            while next_node < len(nodes) and nodes[next_node].start <= begin:
                owner = next_node
                next_node += 1
            while owner is not None and nodes[owner].end <= begin:
                owner = nodes[owner].parent
            label_end = _after_label(text, nodes[owner]) if owner is not None and nodes[owner].start == begin else begin
            if text[label_end:cut].strip():
                sentences.append(Sentence(label_end, cut, owner, start))
            begin = cut
    return sentences


def _after_label(text: str, node: Node) -> int:
    """Where the text of an item begins: behind its label, and behind the name that an article has in brackets."""
    named = _NAMED.match(text, node.label_end) if (node.label or "").endswith("条") else None
    return named.end() if named else node.label_end


def _shorten(text: str, begin: int, cuts: list[int]) -> Iterator[int]:
    """The cuts, and more where they leave a sentence too long: behind the last mark that fits, or anywhere."""
    for cut in cuts:
        while cut - begin > LONGEST_SENTENCE:
            most = begin + LONGEST_SENTENCE
            begin = max(text.rfind(mark, begin, most) for mark in "；，、") + 1 or most
            yield begin
        yield cut
        begin = cut
