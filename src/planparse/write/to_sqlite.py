"""SQLite: documents, records, outline and ledger as tables, with views of plans and results and a full-text index.

A database grows: a document that it holds already, by its source, is written anew with all its rows, others stay.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from planparse.model import Document, PlanparseError
from planparse.write import COLUMNS, Column
from planparse.write.to_xlsx import DOCUMENTS, LEDGER, OUTLINE

MARK = 0x706C616F  # the application's number in the file's header: a file without it is not ours to change
TYPES = {"string": "TEXT", "number": "REAL", "integer": "INTEGER", "date": "DATE"}
INTEGERS = {"level", "page", "start", "end", "records", "skipped", "pages", "characters"}
DATES = {"period_start", "period_end"}


class Table(NamedTuple):
    """A table: its columns, what of a document its rows are, and what beside the source tells rows apart."""

    name: str
    columns: tuple[Column, ...]
    items: Callable[[Document], Iterable[Any]]
    key: str = ""


TABLES = (
    Table("documents", DOCUMENTS, lambda d: [d]),
    Table("records", tuple(c for c in COLUMNS if c.name != "title"), lambda d: d.targets, "id"),
    Table("outline", OUTLINE, lambda d: d.outline, "id"),
    Table("ledger", LEDGER, lambda d: d.skipped),
)
VIEWS = """
CREATE VIEW plans AS SELECT d.title AS document, r.* FROM records r JOIN documents d USING (source)
  WHERE r.status = 'planned';
CREATE VIEW results AS SELECT d.title AS document, r.* FROM records r JOIN documents d USING (source)
  WHERE r.status = 'achieved';
"""
# Three characters at a time, because hanzi have no blanks between words.
SEARCH = """CREATE VIRTUAL TABLE records_fts USING fts5(indicator, sentence, content="records", content_rowid="number",
  tokenize='trigram')"""
FORGET = """INSERT INTO records_fts (records_fts, rowid, indicator, sentence)
  SELECT 'delete', number, indicator, sentence FROM records WHERE source = ?"""
LEARN = """INSERT INTO records_fts (rowid, indicator, sentence)
  SELECT number, indicator, sentence FROM records WHERE source = ?"""


def to_sqlite(documents: Iterable[Document], before: Path | None = None) -> bytes:
    """The bytes of a database with these documents, beside those of the file `before` where that is there."""
    with tempfile.TemporaryFile() as file:
        write_sqlite(documents, file, before)
        file.seek(0)
        return file.read()


def write_sqlite(documents: Iterable[Document], file: BinaryIO, before: Path | None = None) -> None:
    """The same into a file; PlanparseError when `before` is not a database that planparse made."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "targets.db"
        if before is not None and before.is_file() and before.stat().st_size:
            shutil.copyfile(before, place)
        try:
            with closing(sqlite3.connect(place, isolation_level=None)) as database:
                _update(database, documents)
        except sqlite3.DatabaseError as error:
            raise PlanparseError(
                f"{before or 'the database'} cannot be added to ({error}); write a new one", code="no-database"
            ) from None
        with place.open("rb") as made:
            shutil.copyfileobj(made, file)


def _update(database: sqlite3.Connection, documents: Iterable[Document]) -> None:
    (mark,) = database.execute("PRAGMA application_id").fetchone()
    (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if mark != MARK and tables:
        raise PlanparseError(
            "there is a database already that planparse did not make; choose another output", code="no-database"
        )
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("BEGIN")
    if not tables:
        _create(database)
    search = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'records_fts'").fetchone()
    for document in documents:
        source = (_plain(document.document.source),)
        if search:
            database.execute(FORGET, source)
        for table in TABLES:
            database.execute(f'DELETE FROM "{table.name}" WHERE source = ?', source)
            _insert(database, table, document)
        if search:
            database.execute(LEARN, source)
    database.execute("COMMIT")


def _create(database: sqlite3.Connection) -> None:
    for table in TABLES:
        columns = [f'"{column.name}" {_type(column)}' for column in table.columns]
        if table.name == "documents":
            columns[0] += " PRIMARY KEY"
        else:
            columns = ["number INTEGER PRIMARY KEY", *columns, "FOREIGN KEY (source) REFERENCES documents (source)"]
        if table.key:
            columns.append(f'UNIQUE (source, "{table.key}")')
        database.execute(f'CREATE TABLE "{table.name}" ({", ".join(columns)})')
    for statement in VIEWS.split(";\n"):
        database.execute(statement)
    database.execute("CREATE INDEX records_by_indicator ON records (indicator_id, time_end)")
    if _can_search(database):
        database.execute(SEARCH)
    database.execute(f"PRAGMA application_id = {MARK}")


def _can_search(database: sqlite3.Connection) -> bool:
    """Whether this SQLite has the index that hanzi need (3.34, with FTS5); without it, LIKE does."""
    options = {option for (option,) in database.execute("PRAGMA compile_options")}
    return "ENABLE_FTS5" in options and sqlite3.sqlite_version_info >= (3, 34)


def _insert(database: sqlite3.Connection, table: Table, document: Document) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    places = ", ".join("?" for _ in table.columns)
    rows = ([_plain(column.value(document, item)) for column in table.columns] for item in table.items(document))
    database.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', rows)


def _type(column: Column) -> str:
    if column.name in INTEGERS:
        return "INTEGER"
    return "DATE" if column.name in DATES else TYPES[column.type]


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and abs(value) >= 2**63:
        return float(value)
    return value if value is None or isinstance(value, (int, float)) else str(value).encode(errors="replace").decode()
