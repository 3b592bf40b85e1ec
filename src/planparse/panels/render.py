"""A panel in each of its formats."""

from __future__ import annotations

import io

from planparse.panels.columns import LONG, in_chinese, long_sheet, wide_sheet
from planparse.panels.table import Panel
from planparse.write import Type
from planparse.write.sheet import sheet_csv

FORMATS = ("xlsx", "csv", "parquet", "html")


def render_panel(
    panel: Panel, form: str, *, wide: bool = False, zh: bool = False, bom: bool = True, review_link: str | None = None
) -> str | bytes:
    """The whole output; `wide` is for CSV and Parquet, which are long otherwise."""
    if form == "xlsx":
        from planparse.panels.to_xlsx import to_xlsx

        return to_xlsx(panel, zh=zh, review_link=review_link)
    if form == "html":
        from planparse.panels.to_html import to_html

        return to_html(panel, zh=zh, review_link=review_link)
    if form == "parquet":
        return _to_parquet(panel, wide=wide)
    sheet = wide_sheet(panel) if wide else long_sheet(panel)
    return sheet_csv(in_chinese(sheet) if zh else sheet, bom=bom, zh=zh)


def _to_parquet(panel: Panel, *, wide: bool) -> bytes:
    from planparse.write import Column
    from planparse.write.to_parquet import arrow_schema

    sheet = wide_sheet(panel) if wide else long_sheet(panel)
    known = {column.name: column.type for column in LONG}
    columns = tuple(Column(h.name, h.zh, lambda *_: None, known.get(h.name) or _type_of(h.name)) for h in sheet.columns)
    schema = arrow_schema(columns)
    import pyarrow as pa
    import pyarrow.parquet as pq

    values = list(zip(*sheet.rows, strict=True)) or [()] * len(columns)
    out = io.BytesIO()
    pq.write_table(pa.table([pa.array(v, f.type) for v, f in zip(values, schema, strict=True)], schema=schema), out)
    return out.getvalue()


def _type_of(name: str) -> Type:
    """The type of a column of the wide form: its numbers have the name of their measure alone, or end in :max."""
    return "string" if name.endswith((":comparator", ":id")) or ":" not in name else "number"
