"""What OFD packages are made of: sizes on one line, glyphs, forms, turned pages, parts that many pages name."""

from __future__ import annotations

import io
import struct
import zipfile
from collections import Counter

import pytest

import planparse
from planparse.model import ReadError
from planparse.read import read_bytes
from planparse.read.package import Package

TITLE = '<TextObject Boundary="25 20 150 5" Size="5"><TextCode X="0" Y="5">2025年计划</TextCode></TextObject>'
PAGE = "<Page>{}<Content><Layer>{}</Layer></Content></Page>"


def ofd(*pages: str, resources: str = "", templates: str = "", members: dict[str, bytes] | None = None) -> bytes:
    entries = "".join(f'<Page BaseLoc="{page}"/>' if page.endswith(".xml") else "" for page in pages)
    entries += "".join(f'<Page BaseLoc="P{n}.xml"/>' for n, page in enumerate(pages) if not page.endswith(".xml"))
    common = f"<CommonData><PublicRes>R.xml</PublicRes>{templates}</CommonData>"
    written = {
        "OFD.xml": "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>",
        "D.xml": f"<Document>{common}<Pages>{entries}</Pages></Document>",
        "R.xml": f'<Res BaseLoc="Res">{resources}</Res>',
    }
    written |= {f"P{n}.xml": PAGE.format("", page) for n, page in enumerate(pages) if not page.endswith(".xml")}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in {**written, **(members or {})}.items():
            package.writestr(name, content)
    return out.getvalue()


def text(
    words: str, x: float, y: float, size: float = 5, *, tall: float = 5, code: str = 'X="0" Y="5"', more: str = ""
) -> str:
    box = f'Boundary="{x} {y} 150 {tall}"'
    return f'<TextObject {box} Size="{size}" {more}><TextCode {code}>{words}</TextCode></TextObject>'


def lines(content: bytes) -> list[str]:
    return [line.strip() for line in read_bytes(content, "a.ofd").text.splitlines() if line.strip()]


AROUND = text("新增学位", 25, 40), text("个。", 56, 40)
PARTS = {
    "base line said": text("1260", 45, 40, 3.5),
    "base line of the box": text("1260", 45, 40, 3.5, code=""),
    "boxes that fit": text("1260", 45, 41.5, 3.5, tall=3.5, code='X="0" Y="3.5"'),
    "larger": text("1260", 45, 38, 7, tall=7, code='X="0" Y="7" DeltaX="2.8 2.8 2.8"'),
    "by its matrix": text("1260", 45, 40, 1, more='CTM="3.5 0 0 3.5 0 -12.5"'),
    "steps down of nothing": text("1260", 45, 40, code='X="0" Y="5" DeltaY="g 3 0"'),
    "small steps down": text("1260", 45, 40, code='X="0" Y="5" DeltaX="g 3 2.5" DeltaY="0.2 -0.2 0"'),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_size_that_changes_on_a_line_raises_nothing(part: str) -> None:
    assert [line.replace(" ", "") for line in lines(ofd(TITLE + AROUND[0] + PARTS[part] + AROUND[1]))][
        1
    ] == "新增学位1260个。"


@pytest.mark.parametrize(
    "body",
    [
        '<TextObject CTM="1 0 0 1 25 40"><TextCode>新增学位1260个。</TextCode></TextObject>',
        '<TextObject Size="4" CTM="1 0 0 1 25 40"><TextCode X="0" Y="4">新增学位1260个。</TextCode></TextObject>',
        '<TextObject Boundary="25 40 90 5"><TextCode X="0">新增学位1260个。</TextCode></TextObject>',
        '<TextObject Boundary="25 40 0 0" Size="0"><TextCode X="0" Y="0">隐</TextCode></TextObject>'
        + text("新增学位1260个。", 25, 40),
        '<TextObject Boundary="25 40 90 5" Size="5" Visible="false"><TextCode Y="5">隐去</TextCode></TextObject>'
        + text("新增学位1260个。", 25, 40),
    ],
    ids=["no size, no box", "no box", "no size", "no height", "not visible"],
)
def test_objects_without_a_box_have_one(body: str) -> None:
    assert lines(ofd(TITLE + body)) == ["2025年计划", "新增学位1260个。"]
    assert [t.value for t in planparse.extract(ofd(TITLE + body), name="a.ofd").targets] == [1260]


# ---------------------------------------------------------------- forms

FORM = '<CompositeGraphicUnit ID="{}" Width="100" Height="50"><Content>{}</Content></CompositeGraphicUnit>'
DRAWN = '<CompositeObject ResourceID="{}" Boundary="{} {} 100 50" {}/>'


def forms(*contents: str) -> str:
    units = "".join(FORM.format(key, content) for key, content in enumerate(contents, 1))
    return f"<CompositeGraphicUnits>{units}</CompositeGraphicUnits>"


@pytest.mark.parametrize(
    ("body", "units"),
    [
        (DRAWN.format(1, 25, 40, ""), forms(text("新增学位1260个。", 0, 0))),
        (
            DRAWN.format(1, 25, 40, 'CTM="0.5 0 0 0.5 0 0"'),
            forms(text("新增学位1260个。", 0, 0, 10, code='X="0" Y="10"')),
        ),
        (DRAWN.format(2, 20, 30, ""), forms(text("新增学位1260个。", 0, 0), DRAWN.format(1, 5, 10, ""))),
        (f"<PageBlock>{DRAWN.format(1, 25, 40, '')}</PageBlock>", forms(text("新增学位1260个。", 0, 0))),
        (text("新增学位", 25, 40) + DRAWN.format(1, 45, 40, ""), forms(text("1260个。", 0, 0))),
    ],
    ids=["drawn", "smaller", "in a form", "in a block", "goes on with a line"],
)
def test_text_in_forms_is_text(body: str, units: str) -> None:
    assert lines(ofd(TITLE + body, resources=units)) == ["2025年计划", "新增学位1260个。"]


def test_a_table_in_a_form_is_a_table() -> None:
    rows = [["指标", "2025年"], ["学位（个）", "1260"]]
    cells = "".join(text(cell, 40 * i + 2, 10 * j + 2) for j, row in enumerate(rows) for i, cell in enumerate(row))
    path = "".join(f"M 0 {y} L 80 {y} " for y in (0, 10, 20)) + "".join(f"M {x} 0 L {x} 20 " for x in (0, 40, 80))
    rules = f'<PathObject Boundary="0 0 80 20"><AbbreviatedData>{path}</AbbreviatedData></PathObject>'
    source = read_bytes(ofd(TITLE + DRAWN.format(1, 25, 40, ""), resources=forms(cells + rules)), "a.ofd")
    assert [[[cell and cell.text for cell in row] for row in table.rows] for table in source.tables] == [rows]


@pytest.mark.parametrize("drawn", [[1, 1], [2] * 9])
def test_forms_without_end_are_refused(drawn: list[int]) -> None:
    contents = [DRAWN.format(n % 8 + 2, 0, 0, "") * len(drawn) for n in range(8)]
    units = forms("".join(DRAWN.format(key, 0, 0, "") for key in drawn), *contents)
    with pytest.raises(ReadError) as caught:
        read_bytes(ofd(TITLE + DRAWN.format(1, 0, 0, ""), resources=units), "a.ofd")
    assert caught.value.code == "bomb"


# ---------------------------------------------------------------- glyphs


def font(characters: str) -> bytes:
    """A font file that holds nothing but its table of characters; the first is glyph 1."""
    groups = b"".join(
        struct.pack(">3L", ord(c), ord(c), n) for n, c in sorted(enumerate(characters, 1), key=lambda p: p[1])
    )
    table = (
        struct.pack(">HHL", 12, 0, 16 + len(groups))[:4]
        + struct.pack(">LLL", 16 + len(groups), 0, len(characters))
        + groups
    )
    cmap = struct.pack(">HHHHL", 0, 1, 3, 10, 12) + table
    return b"\0\1\0\0" + struct.pack(">4H", 1, 16, 0, 0) + struct.pack(">4sLLL", b"cmap", 0, 28, len(cmap)) + cmap


WORDS = "新增学位1260个。"
FONTS = '<Fonts><Font ID="7" FontName="a"><FontFile>a.ttf</FontFile></Font></Fonts>'


def glyphs(codes: str, numbers: str, position: int = 0, count: int | None = None) -> str:
    count = len(codes) if count is None else count
    transform = (
        f'<CGTransform CodePosition="{position}" CodeCount="{count}" GlyphCount="{len(numbers.split())}">'
        f"<Glyphs>{numbers}</Glyphs></CGTransform>"
    )
    box = 'Boundary="25 40 150 5" Size="5" Font="7"'
    return f'<TextObject {box}>{transform}<TextCode X="0" Y="5" DeltaX="g 9 5">{codes}</TextCode></TextObject>'


ALL = " ".join(map(str, range(1, 11)))


@pytest.mark.parametrize(
    "body",
    [
        glyphs("\ue000" * 10, ALL),
        glyphs("\ufffd" * 10, ALL),
        glyphs("¤" * 10, ALL),
        glyphs("　" * 10, ALL),
        glyphs("", ALL, count=0),
        glyphs("新增学位\ue001\ue002\ue003\ue004个。", "5 6 7 8", 4, 4),
        glyphs(WORDS, "91 92 93 94 95 96 97 98 99 90"),
    ],
    ids=["private", "unknown", "signs", "blanks", "no codes", "figures", "codes that say it"],
)
def test_characters_of_glyphs(body: str) -> None:
    content = ofd(TITLE + body, resources=FONTS, members={"Res/a.ttf": font(WORDS)})
    document = planparse.extract(content, name="a.ofd")
    assert ([t.quote.replace(" ", "") for t in document.targets], document.status) == (["1260个"], "ok")


ENDLESS = font(WORDS).replace(struct.pack(">2L", ord("。"), ord("。")), struct.pack(">2L", ord("。"), 0xFFFFFFFF))


@pytest.mark.parametrize("file", [b"", b"no font at all", font(WORDS)[:40], font("甲"), ENDLESS])
def test_glyphs_without_characters_are_missing_text(file: bytes) -> None:
    body = text("年内新建学校5所。", 25, 50) + glyphs("\ue000" * 10, ALL.replace("1", "31"))
    content = ofd(TITLE + body, resources=FONTS, members={"Res/a.ttf": file} if file else {})
    document = planparse.extract(content, name="a.ofd")
    assert document.status == "partial"
    assert [(w.code, w.page) for w in document.warnings] == [("glyphs-without-characters", 1)]


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize(
    "matrix", ["0 1 -1 0 5 0", "0 -1 1 0 -5 0", "-1 0 0 -1 0 0"], ids=["clockwise", "against it", "upside down"]
)
def test_a_page_on_its_side_is_read(matrix: str) -> None:
    a, b = map(int, matrix.split()[:2])
    first, second = (100 + 20 * b, 150 - 20 * a), (100, 150)
    body = "".join(
        f'<TextObject Boundary="{x} {y} 5 5" Size="5" CTM="{a} {b} {-b} {a} 0 0">'
        f'<TextCode X="0" Y="0">{words}</TextCode>'
        "</TextObject>"
        for (x, y), words in ((first, "2025年计划"), (second, "新增学位1260个。"))
    )
    document = planparse.extract(ofd(body), name="a.ofd")
    assert [line for line in document.text.split() if line] == ["2025年计划", "新增学位1260个。"]


def test_what_many_pages_name_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()
    original = Package.read

    def read(self: Package, name: str) -> bytes:
        asked[name] += 1
        return original(self, name)

    monkeypatch.setattr(Package, "read", read)
    used = '<Template TemplateID="9"/>'
    head = text("公报第3期", 25, 10)
    members = {
        "A.xml": PAGE.format(used, TITLE + text("　　新增学位1260个。", 25, 40)).encode(),
        "T.xml": PAGE.format("", head).encode(),
    }
    names = '<TemplatePage ID="9" BaseLoc="T.xml"/>'
    written = read_bytes(ofd(*["A.xml"] * 40, templates=names, members=members), "a.ofd").text
    assert (asked["A.xml"], asked["T.xml"]) == (1, 1)
    assert written.count("新增学位1260个。") == 40
    assert len(set(written.split("\f")[:-1])) == 1
