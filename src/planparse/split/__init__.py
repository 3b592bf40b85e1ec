"""Stage 3, split: headings and numbered items in the text's own nesting, and the sentences between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from planparse.labels import Label
from planparse.model import Node, NormalText, Outline, Sentence, Span
from planparse.rules import cue
from planparse.split.belief import believe
from planparse.split.blocks import Room, cut_blocks, find_paragraphs
from planparse.split.candidates import Candidate, find_candidates
from planparse.split.contents import Contents, find_announced, read_contents
from planparse.split.headings import Heading, find_headings
from planparse.split.nesting import Tree
from planparse.split.sentences import find_sentences
from planparse.typesetting import read_setting

_STOPS = "。！？；：”）"


def split(normal: NormalText) -> tuple[Outline, list[Sentence]]:
    """The outline of a text, and its sentences with the node that each stands in."""
    setting = read_setting(normal)
    paragraphs = find_paragraphs(normal.text, setting)
    contents = read_contents(normal, paragraphs)
    plain = [span for span in paragraphs if span.start not in contents.entries]
    labels = believe(find_candidates(normal, setting, plain))
    room = Room(normal.text, setting, paragraphs)
    blocks = cut_blocks(normal.text, setting, room, paragraphs, labels)
    labels = _with_announced(normal.text, blocks, labels, contents)
    body = [block for block in blocks if block.start not in contents.entries]
    nodes = _grow(normal.text, body, labels, ragged=room.ragged)
    listed = tuple(block for block in blocks if block.start in contents.entries)
    return Outline(tuple(nodes), listed), find_sentences(normal.text, body, nodes)


def _with_announced(text: str, blocks: Sequence[Span], labels: list[Candidate], contents: Contents) -> list[Candidate]:
    """The labels, those of headings in the table of contents as it has them: files lose the labels of headings."""
    own = {candidate.label.start: candidate for candidate in labels if candidate.place != "inline"}
    ends = {start: candidate.label.end for start, candidate in own.items()}
    announced = find_announced(text, blocks, ends, contents)
    own |= {start: Candidate(label, "paragraph") for start, label in announced.items()}
    inline = (candidate for candidate in labels if candidate.place == "inline")
    return sorted([*own.values(), *inline], key=lambda candidate: candidate.label.start)


def _grow(text: str, blocks: Sequence[Span], labels: list[Candidate], *, ragged: bool) -> list[Node]:
    """The nodes of a text: its labels, block by block, and its headings without one, which lines that break off at
    random only feign."""
    tree = Tree(text, labels, ragged=ragged)
    starts = [candidate.label.start for candidate in labels]
    own = {c.label.start: c.label for c in labels if c.place != "inline"}
    headings = {} if ragged else find_headings(text, blocks, own)
    ended = True
    for i, (start, stop) in enumerate(blocks):
        first, last = bisect_left(starts, start), bisect_left(starts, stop)
        if start not in own:
            _open_unlabelled(tree, Span(start, stop), headings.get(start), first, ended)
        for number in range(first, last):
            end = starts[number + 1] if number + 1 < last else stop
            title = Span(labels[number].label.end, end)
            tree.add_label(number, title if text[title.start : end].strip() else _next(blocks, i, own) or title)
        ended = text[stop - 1 : stop] in _STOPS
    tree.close_to(0, len(text))
    return tree.nodes


def _open_unlabelled(tree: Tree, block: Span, heading: Heading | None, number: int, ended: bool) -> None:
    """Opens a heading, or closes what a paragraph without a label ends: nothing, where it goes on with a sentence."""
    text = tree.text[block.start : block.end]
    if heading is not None:
        tree.add_heading(block, inner=heading is Heading.INNER)
    elif cue("heading.annex").match(text):
        tree.close_to(0, block.start)
    elif tree.stack and cue("heading.salutation").match(text):
        tree.close_to(1, block.start)
    elif ended:
        tree.close_lists(number, block.start)


def _next(blocks: Sequence[Span], i: int, own: dict[int, Label]) -> Span | None:
    """The paragraph below a label that stands alone on its line."""
    return blocks[i + 1] if i + 1 < len(blocks) and blocks[i + 1].start not in own else None
