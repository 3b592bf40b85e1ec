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


def coded(words: str) -> str:
    return text(words, 25, 60)


WRITTEN = text("年内新建学校5所，改造道路30公里。", 25, 50)
GBK = "新建学校五所，改造道路三百公里，培训教师两千名，确保如期见效".encode().decode("gbk", "ignore")
LOST = {
    "nameless words": (WRITTEN + coded("\ue012\ue013\ue0a1"), "glyphs-without-characters"),
    "nameless words in a table of the writer's": (
        WRITTEN + coded("其中：\ue9a0\ue9b1\ue9c2\ue9d3"),
        "glyphs-without-characters",
    ),
    "signs for what is unknown": (WRITTEN + coded("\ufffd\ufffd"), "glyphs-without-characters"),
    "blanks with glyphs of words": (WRITTEN + glyphs("　" * 5, "31 32 33 34 35"), "glyphs-without-characters"),
    "fewer blanks than glyphs": (WRITTEN + glyphs("　", "31 32 33 34 35"), "glyphs-without-characters"),
    "glyphs without codes": (
        WRITTEN + glyphs("", "31 32 33").replace('<TextCode X="0" Y="5" DeltaX="g 9 5"></TextCode>', ""),
        "glyphs-without-characters",
    ),
    "a page of nameless words": (coded("".join(map(chr, range(0xE100, 0xE130)))), "garbled-text-layer"),
    "a page of accents": (coded("éùêúëûæöç÷èø" * 4), "garbled-text-layer"),
    "a form that is missing": (WRITTEN + DRAWN.format(9, 5, 5, ""), "damaged-page"),
    "a path that is none": (
        WRITTEN + "<PathObject><AbbreviatedData>M a b</AbbreviatedData></PathObject>",
        "damaged-page",
    ),
    "a place that is none": (WRITTEN + text("其中", 25, 60, code='X="x" Y="5"'), "damaged-page"),
    "steps that are none": (WRITTEN + text("其中", 25, 60, code='DeltaX="g"'), "damaged-page"),
    "other characters than it shows": (coded(GBK), "doubtful-text"),
    "letters for the parts of brackets": (WRITTEN + coded("矩阵为écosπê÷ëû，按此计算。"), "doubtful-text"),
}


@pytest.mark.parametrize("case", LOST)
def test_text_that_is_lost_is_said_with_its_page(case: str) -> None:
    body, code = LOST[case]
    document = planparse.extract(ofd(TITLE, body, resources=FONTS), name="a.ofd")
    assert [(w.code, w.page) for w in document.warnings if w.code != "no-targets"] == [(code, 2)]
    assert document.status == ("ok" if code == "doubtful-text" else "partial")


@pytest.mark.parametrize(
    "body",
    [
        coded("\uf0b7\uf0b7\uf0b7"),
        coded("\uf0b7其中：\uf06e"),
        coded("□是　□否　¤"),
        coded("名称（mín ɡ chēnɡ，lǜ sè，ér nǚ，yú lè）"),
        glyphs("　" * 4, "3 3 3 4"),
        glyphs("", ""),
        "<PathObject/><TextObject/><CompositeObject Visible='false' ResourceID='9'/>",
    ],
    ids=["signs", "marks of a list", "boxes", "readings", "blanks", "nothing", "not seen"],
)
def test_signs_and_blanks_are_no_lost_text(body: str) -> None:
    document = planparse.extract(ofd(TITLE + WRITTEN + body, resources=FONTS), name="a.ofd")
    assert (document.status, [t.quote for t in document.targets]) == ("ok", ["5所", "30公里"])


BROKEN = {"cut": b"<Page><Content>", "empty": b"", "no XML": b"\x00\xff", "missing": None}


@pytest.mark.parametrize("part", BROKEN)
def test_a_damaged_page_leaves_the_others(part: str) -> None:
    content = BROKEN[part]
    package = ofd("A.xml", TITLE + WRITTEN, members={} if content is None else {"A.xml": content})
    document = planparse.extract(package, name="a.ofd")
    assert (document.status, [(t.quote, t.page) for t in document.targets]) == ("partial", [("5所", 2), ("30公里", 2)])
    assert [(w.code, w.page) for w in document.warnings] == [("damaged-page", 1)]
    with pytest.raises(ReadError) as caught:
        read_bytes(ofd("A.xml", members={} if content is None else {"A.xml": content}), "a.ofd")
    assert caught.value.code == "damaged"


def test_a_damaged_template_leaves_the_page() -> None:
    named = '<TemplatePage ID="3" BaseLoc="T.xml"/>'
    page = PAGE.format('<Template TemplateID="3"/>', TITLE + WRITTEN).encode()
    document = planparse.extract(ofd("A.xml", templates=named, members={"A.xml": page, "T.xml": b"<"}), name="a.ofd")
    assert (document.status, len(document.targets)) == ("partial", 2)


# ---------------------------------------------------------------- notes

ANNOTATIONS = '<Annotations><Page PageID="{}"><FileLoc>{}</FileLoc></Page></Annotations>'
NOTE = '<PageAnnot><Annot Type="{}"><Appearance Boundary="20 100 60 20">{}</Appearance></Annot></PageAnnot>'


def annotated(note: str, key: str = "1", place: str = "N1.xml") -> bytes:
    """A document of a page, with a note on it."""
    members = {
        "D.xml": '<Document><CommonData/><Pages><Page ID="1" BaseLoc="A.xml"/></Pages>'
        "<Annotations>Annots/A.xml</Annotations></Document>",
        "A.xml": PAGE.format("", TITLE + WRITTEN),
        "Annots/A.xml": ANNOTATIONS.format(key, place),
        "Annots/N1.xml": note,
    }
    return ofd("A.xml", members={name: content.encode() for name, content in members.items()})


@pytest.mark.parametrize("kind", ["Stamp", "Watermark", "Path", "Highlight"])
def test_what_a_note_says_is_shown_and_no_part_of_the_text(kind: str) -> None:
    note = text("请核对：新建学校应为8所", 0, 0)
    document = planparse.extract(annotated(NOTE.format(kind, note)), name="a.ofd")
    assert "请核对：新建学校应为8所" in document.text
    assert (document.status, [t.quote for t in document.targets]) == ("ok", ["5所", "30公里"])
    assert [s.reason for s in document.skipped if "8" in s.quote] == ["page-furniture"]


@pytest.mark.parametrize(
    "package",
    [
        annotated(NOTE.format("Stamp", text("密件", 0, 0)).replace("<Annot ", '<Annot Visible="false" ')),
        annotated(NOTE.format("Stamp", text("密件", 0, 0)), key="2"),
        annotated(NOTE.format("Link", "")),
    ],
    ids=["not visible", "on no page", "a link"],
)
def test_notes_that_a_viewer_does_not_show_are_left(package: bytes) -> None:
    document = planparse.extract(package, name="a.ofd")
    assert ("密件" in document.text, document.status, len(document.targets)) == (False, "ok", 2)


def test_a_note_that_is_missing_is_said() -> None:
    document = planparse.extract(annotated("", place="N9.xml"), name="a.ofd")
    assert ([(w.code, w.page) for w in document.warnings], len(document.targets)) == ([("damaged-page", 1)], 2)


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
