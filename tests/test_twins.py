"""The same plan in every form it circulates in gives the same targets."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import planparse
from conftest import ROOT, SAMPLES
from planparse.characters import fold

sys.path.insert(0, str(ROOT / "scripts"))
import twins

AROUND_NUMBERS = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=[\d%])(?=[\u4e00-\u9fff])")
FULL_WIDTH = str.maketrans("0123456789%", "０１２３４５６７８９％")
FORMS: dict[str, Callable[[list[twins.Block]], bytes]] = {
    "wrapped-26.txt": lambda b: twins.as_text(b, 26).encode(),
    "wrapped-40.txt": lambda b: twins.as_text(b, 40).encode(),
    "blank-lines.txt": lambda b: twins.as_text(b, 40, blank=True).encode(),
    "page-numbers.txt": lambda b: twins.as_text(b, 30, page_lines=24).encode(),
    "running-heads.txt": lambda b: twins.as_text(b, 30, page_lines=8, head="临江区政府公报").encode(),
    "blanks-around-numbers.txt": lambda b: AROUND_NUMBERS.sub(" ", twins.as_text(b, 40)).encode(),
    "crlf-gb18030.txt": lambda b: twins.as_text(b, 40).replace("\n", "\r\n").encode("gb18030"),
    "full-width.txt": lambda b: twins.as_text(b, 40).translate(FULL_WIDTH).encode(),
    "page.html": twins.as_html,
    "word.docx": twins.as_docx,
    "plan.md": twins.as_markdown,
    "plan.ofd": twins.as_ofd,
    "one-column.pdf": twins.as_pdf,
    "level-rules.pdf": lambda b: twins.as_pdf(b, rules="level"),
    "no-rules.pdf": lambda b: twins.as_pdf(b, rules="none"),
    "two-columns.pdf": lambda b: twins.as_pdf(b, columns=2),
    "two-columns-by-row.pdf": lambda b: twins.as_pdf(b, columns=2, by_row=True),
}


def facts(document: planparse.Document, *, as_written: bool = True) -> list[tuple[object, ...]]:
    """What an analyst reads; tables apart, because a page may set them before or after the text around them."""
    rows = [
        (t.indicator, t.value, t.value_max, t.unit, t.comparator, t.status, t.time and (t.time.start, t.time.end))
        + ((t.id, t.time and "".join((t.time.text or "").split())) if as_written else ())
        + (bool(t.table),)
        for t in document.targets
    ]
    return sorted(rows, key=lambda row: row[-1])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_twins_say_the_same(sample: Path, form: str) -> None:
    twin = planparse.extract(FORMS[form](twins.blocks(sample)), name=form)
    original = planparse.extract(sample)
    same_words = form != "full-width.txt"
    assert facts(twin, as_written=same_words) == facts(original, as_written=same_words)
    assert [(n.label, fold(n.title)) for n in twin.outline] == [(n.label, fold(n.title)) for n in original.outline]
    assert [w.code for w in twin.warnings] == [w.code for w in original.warnings]
