"""Documents in, records out, as Arrow tables: what engines for many machines call (Ray, Spark, Dask).

Needs the extra `planparse[parquet]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planparse.api import failed, load, read_whole
from planparse.isolation.bounds import Failure
from planparse.isolation.supervise import supervise
from planparse.limits import DEFAULT, Budget, Limits
from planparse.model import Document, PlanparseError, ReadError, Target
from planparse.pipeline import parse_bytes
from planparse.ruleset import Pack, using
from planparse.rulesets import load as load_rules
from planparse.rulesets import of_packs
from planparse.write import COLUMNS, Column
from planparse.write.to_parquet import Row, arrow_schema, arrow_table

if TYPE_CHECKING:
    import pyarrow as pa

NOTHING: list[Target | None] = [None]


def _or_nothing(column: Column) -> Column:
    """The column for documents without records as well."""
    if column.name in ("source", "title"):
        return column
    return column._replace(value=lambda d, t: None if t is None else column.value(d, t))


ARROW_COLUMNS = (
    *map(_or_nothing, COLUMNS),
    Column("document_status", "文件状态", lambda d, _: d.status),
    Column("document_warnings", "文件警告", lambda d, _: "; ".join(w.code for w in d.warnings)),
)


def schema() -> pa.Schema:
    """The schema of what `arrow_batch` returns: the flat columns, `document_status` and `document_warnings`."""
    return arrow_schema(ARROW_COLUMNS)


def arrow_batch(
    table: pa.Table | pa.RecordBatch,
    *,
    min_confidence: float = 0,
    limits: Limits = DEFAULT,
    budget: Budget | None = None,
    rules: Sequence[str | Path] = (),
    packs: tuple[Pack, ...] = (),
) -> pa.Table:
    """The records of the documents in a table, one row each, in the order of the documents.

    Columns in: `path` (a file or an address that Arrow opens, such as s3://…), and optionally `bytes` (its content,
    which is then not read) and `source` (what the output calls it, `path` without). Columns out: those of `schema`.
    No document is lost: one without records, or that failed, has one row in which `id` is null; its `document_status`
    and `document_warnings` (codes) tell why. With `budget` the documents are read in a process of their own, so that
    one that hangs or crashes costs itself only. `rules` are folders of packs, `packs` those that were read before.

    >>> import pyarrow as pa
    >>> plan = "某县2023年工作要点\\n\\n年内新建公办幼儿园5所。".encode()
    >>> records = arrow_batch(pa.table({"path": ["a.txt", "b.txt"], "bytes": [plan, b""]}))
    >>> records.select(["source", "indicator", "value", "document_status", "document_warnings"]).to_pylist()[0]
    {'source': 'a.txt', 'indicator': '公办幼儿园', 'value': 5.0, 'document_status': 'ok', 'document_warnings': ''}
    >>> records["id"].is_null().to_pylist(), records["document_warnings"].to_pylist()
    ([False, True], ['', 'empty'])
    """
    packs = load_rules(rules).packs if rules else packs
    process = partial(_extract, min_confidence=min_confidence, limits=limits, packs=packs)
    documents = map(process, _items(table)) if budget is None else _supervised(_items(table), process, budget)
    rows: Iterator[Row] = ((document, target) for document in documents for target in document.targets or NOTHING)
    return arrow_table(rows, ARROW_COLUMNS)


class _Item(NamedTuple):
    name: str
    path: str
    content: bytes | None


def _items(table: pa.Table | pa.RecordBatch) -> Iterator[_Item]:
    paths = table.column("path").to_pylist()
    names = table.column("source").to_pylist() if "source" in table.schema.names else paths
    contents = table.column("bytes").to_pylist() if "bytes" in table.schema.names else [None] * len(paths)
    return map(_Item, names, paths, contents)


def _supervised(items: Iterable[_Item], process: partial[Document], budget: Budget) -> Iterator[Document]:
    for item, outcome in supervise(items, process, jobs=1, budget=budget):
        if isinstance(outcome, Failure):
            yield failed(item.name, outcome.error)
        else:
            yield outcome


def _extract(item: _Item, *, min_confidence: float, limits: Limits, packs: tuple[Pack, ...]) -> Document:
    try:
        content = _load(item.path, limits) if item.content is None else item.content
    except PlanparseError as error:
        return failed(item.name, error)
    with using(of_packs(packs)):
        document = parse_bytes(content, item.name, limits=limits)
    if min_confidence:
        document = document.with_confidence(min_confidence)
    return replace(document, text="")


def _load(path: str, limits: Limits) -> bytes:
    if "://" not in path:
        return load(Path(path), limits)
    from pyarrow.fs import FileSystem

    try:
        system, place = FileSystem.from_uri(path)
        with system.open_input_stream(place) as stream:
            return read_whole(stream, limits)
    except (OSError, ValueError) as error:  # Arrow's own errors are of these kinds
        raise ReadError(f"the address cannot be read: {error}", code="unreadable") from None
