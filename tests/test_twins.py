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
HANZI = "〇一二三四五六七八九"


def in_hanzi(count: int) -> str:
    """A day or month as documents write it."""
    tens, ones = divmod(count, 10)
    return (HANZI[tens] if tens > 1 else "") + "十" * bool(tens) + (HANZI[ones] if ones else "")


def with_hanzi_dates(text: str) -> str:
    """The text with its years, months and days in hanzi: 二〇二五年十二月二十日."""
    text = re.sub(r"(?<!\d)(?:19|20)\d\d(?=年|[-—至]20\d\d年)", lambda m: "".join(HANZI[int(d)] for d in m[0]), text)
    text = re.sub(r"(?<![\d.])\d{1,2}(?=月(?!龄))", lambda m: in_hanzi(int(m[0])), text)
    return re.sub(r"(?<=月)\d{1,2}(?=日)", lambda m: in_hanzi(int(m[0])), text)


OTHER_SIGNS = {"full-width.txt", "hanzi-dates.txt", "straight-quotes.txt", "points-for-stops.txt"}
ANY_SIGN = str.maketrans("", "", '“”".。')
FORMS: dict[str, Callable[[list[twins.Block]], bytes]] = {
    "wrapped-26.txt": lambda b: twins.as_text(b, 26).encode(),
    "wrapped-40.txt": lambda b: twins.as_text(b, 40).encode(),
    "blank-lines.txt": lambda b: twins.as_text(b, 40, blank=True).encode(),
    "page-numbers.txt": lambda b: twins.as_text(b, 30, page_lines=24).encode(),
    "running-heads.txt": lambda b: twins.as_text(b, 30, page_lines=8, head="临江区政府公报").encode(),
    "blanks-around-numbers.txt": lambda b: AROUND_NUMBERS.sub(" ", twins.as_text(b, 40)).encode(),
    "straight-quotes.txt": lambda b: twins.as_text(b, 40).translate(str.maketrans("“”", '""')).encode(),
    "points-behind-labels.txt": lambda b: re.sub(
        "(?m)^(　*[一二三四五六七八九十])、", r"\1．", twins.as_text(b, 40)
    ).encode(),
    "points-for-stops.txt": lambda b: re.sub(r"(?<=[一-龥）”%])。", ".", twins.as_text(b, 5000)).encode(),
    "blanks-of-a-web-page.txt": lambda b: twins.as_text(b, 5000).replace("　　", "&nbsp;&nbsp;").encode(),
    "hanzi-dates.txt": lambda b: with_hanzi_dates(twins.as_text(b, 40)).encode(),
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


def outline(document: planparse.Document) -> list[tuple[str | None, str]]:
    return [(node.label, with_hanzi_dates(fold(node.title)).translate(ANY_SIGN)) for node in document.outline]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_twins_say_the_same(sample: Path, form: str) -> None:
    twin = planparse.extract(FORMS[form](twins.blocks(sample)), name=form)
    original = planparse.extract(sample)
    same_words = form not in OTHER_SIGNS
    assert facts(twin, as_written=same_words) == facts(original, as_written=same_words)
    assert outline(twin) == outline(original)
    assert [w.code for w in twin.warnings] == [w.code for w in original.warnings]
