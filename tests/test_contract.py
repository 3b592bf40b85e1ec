"""What holds of every document: offsets, ids, the ledger, determinism."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

import planparse
from command import run_anew
from conftest import CORPUS, ROOT, SAMPLES
from planparse.characters import fold
from planparse.model import Document

SEEN = SAMPLES + sorted(CORPUS.glob("dev/*.txt"))
DOCUMENTS = SEEN + sorted(CORPUS.glob("wild/*.txt")) + sorted(CORPUS.glob("unlabelled/*.txt"))


@pytest.fixture(scope="module", params=DOCUMENTS, ids=lambda path: path.stem)
def document(request: pytest.FixtureRequest) -> Document:
    return planparse.extract(request.param)


def test_offsets_lead_to_the_quote(document: Document) -> None:
    for record in [*document.targets, *document.skipped]:
        assert document.text[record.start : record.end] == record.quote


def test_every_number_is_accounted_for(document: Document) -> None:
    """Each run of digits is in a target, in a time that a target uses, or in the ledger."""
    covered = bytearray(len(document.text))
    for record in [*document.targets, *document.skipped]:
        covered[record.start : record.end] = b"\1" * (record.end - record.start)
    for target in document.targets:
        for place in times_of(document, target.time.text if target.time else None):
            covered[place[0] : place[1]] = b"\1" * (place[1] - place[0])
    lost = [m for m in regex.finditer(r"\d+", document.text) if not all(covered[m.start() : m.end()])]
    assert [document.text[max(0, m.start() - 10) : m.end() + 10] for m in lost] == []


def times_of(document: Document, text: str | None) -> list[tuple[int, int]]:
    if not text:
        return []
    spaced = r"\s*".join(regex.escape(char) for char in fold(text))
    return [m.span() for m in regex.finditer(spaced, fold(document.text))]


def test_each_record_of_the_prose_says_what_decided_it(document: Document) -> None:
    for target in document.targets:
        assert target.table is not None or {"name", "status"} <= target.why.keys()


def test_ids_are_unique(document: Document) -> None:
    ids = [target.id for target in document.targets]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("path", SEEN, ids=lambda path: path.stem)
def test_few_numbers_are_unresolved(path: Path) -> None:
    document = planparse.extract(path)
    unresolved = [s.quote for s in document.skipped if s.reason == "unresolved"]
    assert len(unresolved) <= 0.02 * (len(document.skipped) + len(document.targets)) + 1


def test_levels_and_parents_agree(document: Document) -> None:
    levels = {node.id: node.level for node in document.outline}
    for node in document.outline:
        assert node.level == (1 if node.parent is None else levels[node.parent] + 1)


def test_hash_seed_does_not_matter() -> None:
    """Processes started anew: one that is forked has its parent's seed."""
    seeds = ({}, *({"PYTHONHASHSEED": seed} for seed in ("0", "1", "4242")))
    runs = [run_anew(["extract", str(SAMPLES[0])], b"", ROOT, {**os.environ, **seed}) for seed in seeds]
    assert len({run.stdout for run in runs}) == 1 and runs[0].stdout


PARAGRAPHS = [
    "2025年工作计划",
    "一、主要任务",
    "1.改善条件。年内新建教学楼3栋，新增学位1200个，确保巩固率达到98%以上。",
    "2.培养人才。招聘教师近50名，培训2万余人次，每学期开展两次教研活动，四月底前完成学校布局调整方案编制。",
]


def wrapped(width: int, blank: bool, page_every: int) -> str:
    """The paragraphs hard-wrapped, with a page number after every so many lines."""
    lines = [paragraph[i : i + width] for paragraph in PARAGRAPHS for i in range(0, len(paragraph), width)]
    pages = [lines[i : i + page_every] for i in range(0, len(lines), page_every)]
    paged = [line for number, page in enumerate(pages, 1) for line in [*page, f"- {number} -"]]
    return ("\n\n" if blank else "\n").join(paged)


@settings(max_examples=60, deadline=None)
@given(
    width=st.integers(18, 60),
    blank=st.booleans(),
    page_every=st.integers(4, 30),
    full_width=st.booleans(),
    crlf=st.booleans(),
)
def test_layout_does_not_change_the_records(
    width: int, blank: bool, page_every: int, full_width: bool, crlf: bool
) -> None:
    """Wraps, blank lines, page numbers, full-width digits and line ends leave ids and names as they are."""
    plain = planparse.extract("\n".join(PARAGRAPHS).encode())
    text = wrapped(width, blank, page_every)
    if full_width:
        body = text.split("- ")[0]
        text = body.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)}) + text[len(body) :]
    other = planparse.extract((text.replace("\n", "\r\n") if crlf else text).encode())
    assert [(t.indicator, t.value, t.unit) for t in other.targets] == [
        (t.indicator, t.value, t.unit) for t in plain.targets
    ]
    if not full_width:
        assert [t.id for t in other.targets] == [t.id for t in plain.targets]


def test_records_match_through_a_pipe(planparse: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    path = SAMPLES[0]
    named = planparse("extract", str(path), "-f", "jsonl", "--columns", "id,indicator,value,start").stdout
    piped = planparse(
        "extract", "-", "-f", "jsonl", "--columns", "id,indicator,value,start", stdin=Path(path).read_bytes()
    ).stdout
    assert named == piped
    assert named
