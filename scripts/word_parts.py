"""Small Word documents out of their XML: word_parts.py OUT.docx writes one with what plans in Word are made of.

The tests read it, and `tests/fixtures/word-features.doc`, which is the same document saved as a legacy one.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

OFFICE = "http://schemas.openxmlformats.org/"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
NAMESPACES = {
    "w": OFFICE + "wordprocessingml/2006/main",
    "r": OFFICE + "officeDocument/2006/relationships",
    "mc": OFFICE + "markup-compatibility/2006",
    "wp": OFFICE + "drawingml/2006/wordprocessingDrawing",
    "a": OFFICE + "drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
AUTHOR = 'w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"'
CONTENT_TYPES = (
    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
    "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>{}</Types>"
)
RELATIONS = f"<Relationships xmlns='{OFFICE}package/2006/relationships'>{{}}</Relationships>"
RELATION = f"<Relationship Id='{{0}}' Type='{OFFICE}officeDocument/2006/relationships/{{0}}' Target='{{1}}.xml'/>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(content: str = "", *, style: str = "", number: str = "", depth: str = "", properties: str = "") -> str:
    """A paragraph of runs, or of a text; `number` and `depth` put it into a list."""
    place = (f'<w:ilvl w:val="{depth}"/>' if depth else "") + (f'<w:numId w:val="{number}"/>' if number else "")
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbered = f"<w:numPr>{place}</w:numPr>" if place else ""
    content = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{styled}{numbered}{properties}</w:pPr>{content}</w:p>"


def cell(content: str = "", *, columns: int = 1, merge: str = "") -> str:
    """A cell of paragraphs, or of a text; `merge` is begin or continue for one that spans rows."""
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    rows = {"": "", "begin": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    content = content if content.startswith("<") else paragraph(content)
    return f'<w:tc><w:tcPr><w:tcW w:w="{1200 * columns}" w:type="dxa"/>{span}{rows}</w:tcPr>{content}</w:tc>'


def table(*rows: list[str], columns: int) -> str:
    grid = '<w:gridCol w:w="1200"/>' * columns
    return (
        f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>"
        + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def text_box(content: str) -> str:
    """A run with a text box, and with the copy of it for old readers."""
    box = f"<w:txbxContent>{content}</w:txbxContent>"
    zero = "<wp:posOffset>0</wp:posOffset>"
    sides = 'distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0"'
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor {sides} layoutInCell="1" '
        f'allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">{zero}</wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph">{zero}</wp:positionV><wp:extent cx="2000000" cy="900000"/>'
        '<wp:wrapNone/><wp:docPr id="1" name="box"/><a:graphic><a:graphicData uri="'
        + NAMESPACES["wps"]
        + '"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="900000"/>'
        f'</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{box}</wps:txbx><wps:bodyPr/>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
    return mark.format("begin") + code + mark.format("separate") + run(result) + mark.format("end")


def level(depth: int, form: str, pattern: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def definition(key: int, *levels: str) -> str:
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{key}">{kind}{"".join(levels)}</w:abstractNum>'


def use(key: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def style(key: str, base: str = "", number: str = "", depth: str = "") -> str:
    """A paragraph style; what it does not say of its list, the style that it is based on does."""
    name = f'<w:name w:val="{key}"/>' + (f'<w:basedOn w:val="{base}"/>' if base else "")
    place = (f'<w:ilvl w:val="{depth}"/>' if depth else "") + (f'<w:numId w:val="{number}"/>' if number else "")
    numbered = f"<w:numPr>{place}</w:numPr>" if place else ""
    return f'<w:style w:type="paragraph" w:styleId="{key}">{name}<w:pPr>{numbered}</w:pPr></w:style>'


def docx(body: str, **parts: str) -> bytes:
    """The package of a body, and of other parts: numbering, styles, footnotes."""
    names = {"document": f"<w:body>{body}<w:sectPr/></w:body>", **parts}
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    types = "".join(
        f"<Override PartName='/word/{name}.xml' ContentType='{WORD_TYPE}"
        f"{'document.main' if name == 'document' else name}+xml'/>"
        for name in names
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES.format(types))
        package.writestr("_rels/.rels", RELATIONS.format(RELATION.format("officeDocument", "word/document")))
        package.writestr(
            "word/_rels/document.xml.rels",
            RELATIONS.format("".join(RELATION.format(name, name) for name in parts)),
        )
        for name, content in names.items():
            package.writestr(f"word/{name}.xml", f"<w:{name} {declared}>{content}</w:{name}>")
    return out.getvalue()


LISTS = definition(
    0,
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4"),
) + use(1, 0)
LIST_STYLES = (
    style("Normal") + style("Part", "Normal", "1") + style("Section", "Part", depth="1") + style("Same", "Section")
)
FOOTNOTES = (
    '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="1"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{paragraph("脚注：站点已建成4个。")}</w:footnote>'
)
GOALS = table(
    [cell("类别"), cell("指标"), cell("单位"), cell("2020年"), cell("2025年"), cell("属性")],
    [cell("教育", merge="begin"), *map(cell, ("幼儿毛入园率", "%", "85", "≥92")), cell("约束性", merge="begin")],
    [cell(merge="continue"), *map(cell, ("新增学位", "万个", "—", "〔3.5〕")), cell(merge="continue")],
    [cell("二、卫生健康", columns=6)],
    [*map(cell, ("卫生", "千人床位数", "张", "5.1", "6.2", "预期性"))],
    columns=6,
)
FEATURES = [
    paragraph("临江区2021—2025年公共服务规划"),
    paragraph("总体要求", style="Part"),
    paragraph("发展目标", style="Section"),
    paragraph("到2025年，新建学校12所。"),
    paragraph("主要指标", style="Same"),
    GOALS,
    paragraph("重点任务", style="Part"),
    paragraph("补齐短板", number="1", depth="1"),
    paragraph("新建公园7处。", number="1", depth="2"),
    paragraph("改造泵站8座。", number="1", depth="2"),
    paragraph("其中𡌶口泵站2座。", number="1", depth="3"),
    paragraph(
        run("垃圾处理覆盖率达到")
        + f"<w:del {AUTHOR}><w:r><w:delText>90%</w:delText></w:r></w:del><w:ins {AUTHOR}>{run('95%')}</w:ins>"
        + run("以上。")
    ),
    paragraph(run("详见") + field('HYPERLINK "http://example.com/77"', "附表") + run("。")),
    paragraph(run("公开部分。") + run("隐去部分99所。", "<w:vanish/>")),
    paragraph(run("站点") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("继续增加。")),
    paragraph(text_box(paragraph("专栏：新建桥梁6座。")) + run("本规划由区政府负责解释。")),
]


def features() -> bytes:
    """A plan with numbers from styles, merged cells, tracked changes, a field, hidden text, a note and a text box."""
    return docx("".join(FEATURES), styles=LIST_STYLES, numbering=LISTS, footnotes=FOOTNOTES)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(features())
