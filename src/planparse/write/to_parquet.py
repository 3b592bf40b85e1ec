"""Parquet, and the Arrow tables it is made of. Needs the extra `planparse[parquet]`."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from planparse.model import Document, PlanparseError, Target
from planparse.write import Column

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 50_000  # of a row group: what a writer or a reader holds at a time
TYPES = {"string": "string", "number": "float64", "integer": "int64", "date": "date32"}

Row = tuple[Document, Target | None]


def to_parquet(documents: Iterable[Document], columns: tuple[Column, ...]) -> bytes:
    """One row a record; numbers and dates are typed, everything else is text."""
    out = io.BytesIO()
    write_parquet(documents, columns, out)
    return out.getvalue()


def write_parquet(documents: Iterable[Document], columns: tuple[Column, ...], file: BinaryIO) -> None:
    """The same into a file, one row group in memory at a time."""
    schema = arrow_schema(columns)
    import pyarrow.parquet as pq

    rows: Iterator[Row] = ((document, target) for document in documents for target in document.targets)
    with pq.ParquetWriter(file, schema) as writer:
        while group := list(islice(rows, ROWS)):
            writer.write_table(arrow_table(group, columns))


def arrow_schema(columns: tuple[Column, ...]) -> pa.Schema:
    """The Arrow types of columns; PlanparseError when pyarrow is not installed."""
    try:
        import pyarrow as pa
    except ImportError:
        raise PlanparseError("this needs pyarrow: pip install 'planparse[parquet]'", code="missing-extra") from None
    return pa.schema([(column.name, pa.type_for_alias(TYPES[column.type])) for column in columns])


def arrow_table(rows: Iterable[Row], columns: tuple[Column, ...]) -> pa.Table:
    """A table with these rows, typed as `arrow_schema` says."""
    schema = arrow_schema(columns)
    import pyarrow as pa

    values = zip(*([column.value(*row) for column in columns] for row in rows), strict=True)
    filled = list(values) or [()] * len(columns)
    return pa.table(
        [
            pa.array(map(_whole_too, v) if pa.types.is_floating(field.type) else v, field.type)
            for v, field in zip(filled, schema, strict=True)
        ],
        schema=schema,
    )


def _whole_too(value: Any) -> float | None:
    """A number as Arrow takes it: of whole ones it refuses those that are too long for a float to hold exactly."""
    return None if value is None else float(value)
