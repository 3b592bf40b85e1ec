"""Headings without a label: lines of a press piece between prose, 2023年工作回顾 above numbered ones, sentences that
head what follows them alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from planparse.characters import columns
from planparse.labels import Label
from planparse.model import Span
from planparse.rules import cue

HEADING_COLUMNS = (12, 60)  # 6 to 30 hanzi
SENTENCE = 60  # characters
LEAST = 3  # sentences that begin alike
PROSE_REACH = 600
NUMBERED = ("part", "chapter", "section", "hanzi", "article", "decimal")


class Heading(Enum):
    """Where a heading stands: outermost, or in a chapter."""

    OUTER = "outer"
    INNER = "inner"


def find_headings(text: str, blocks: Sequence[Span], labels: dict[int, Label]) -> dict[int, Heading]:
    """The headings by where they begin; `labels` are those of the blocks."""
    prose = text.find("。")
    free = [i for i, block in enumerate(blocks) if block.start not in labels and i]
    found = {blocks[i].start: Heading.INNER for i in _sentences(text, blocks, labels)}
    if not any(label.style in NUMBERED for label in labels.values()):
        lines = [i for i in free if _is_line(text, blocks, i)]
        below_prose = [i for i in lines if 0 <= prose < blocks[i].start]
        found |= {blocks[i].start: Heading.OUTER for i in lines if below_prose and (i in below_prose or i == 1)}
    for start, stop in (blocks[i] for i in free):
        if 0 <= prose < start and cue("heading.period").match(text[start:stop]):
            found[start] = Heading.OUTER
    return found


def _is_line(text: str, blocks: Sequence[Span], i: int) -> bool:
    """A short line without punctuation that prose follows; directly, where it stands right under the title."""
    start, stop = blocks[i]
    title = text[start:stop]
    if not HEADING_COLUMNS[0] <= columns(title) <= HEADING_COLUMNS[1] or cue("heading.refused").search(title):
        return False
    after = text[stop : blocks[i + 1].end] if i == 1 and i + 1 < len(blocks) else text[stop : stop + PROSE_REACH]
    return "。" in after


def _sentences(text: str, blocks: Sequence[Span], labels: dict[int, Label]) -> Iterator[int]:
    """Paragraphs of one sentence that begin alike, each above a longer paragraph, no label between them."""
    runs: dict[str, list[int]] = {}
    for i, (start, stop) in enumerate(blocks):
        if start in labels:
            yield from _long_enough(runs)
            runs = {}
        elif i and stop - start <= SENTENCE and i + 1 < len(blocks):
            longer = blocks[i + 1].end - blocks[i + 1].start > 2 * (stop - start)
            if longer and cue("heading.sentence").match(text[start:stop]):
                runs.setdefault(text[start : start + 1 if text[start] in "-—–" else start + 3], []).append(i)
    yield from _long_enough(runs)


def _long_enough(runs: dict[str, list[int]]) -> Iterator[int]:
    return (i for run in runs.values() if len(run) >= LEAST for i in run)
