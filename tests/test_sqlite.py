"""The database: its tables, views and full-text index, and how it grows document by document."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from planparse import extract
from planparse.model import PlanparseError
from planparse.write.to_sqlite import to_sqlite

Run = Callable[..., subprocess.CompletedProcess[bytes]]

PLAN = "甲县2024年工作要点\n\n一、教育\n新增学位{}个，九年义务教育巩固率达到95%以上。2023年，全县城镇新增就业700人。"


def ask(content: bytes | Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(content if isinstance(content, Path) else ":memory:")) as database:
        if isinstance(content, bytes):
            database.deserialize(content)
        return database.execute(query, values).fetchall()


def test_records_are_rows_with_types_views_and_an_index() -> None:
    document = extract(PLAN.format(800).encode(), name="a.txt")
    made = to_sqlite([document])
    assert ask(made, "SELECT quote, value, deadline FROM plans WHERE kind = 'count'") == [
        ("800个", 800.0, "2024-12-31")
    ]
    assert ask(made, "SELECT document, quote FROM results") == [("甲县2024年工作要点", "700人")]
    assert ask(made, "SELECT count(*) FROM ledger") == [(len(document.skipped),)]
    assert ask(made, "SELECT title FROM outline") == [("教育",)]
    found = "SELECT r.quote FROM records_fts f JOIN records r ON r.number = f.rowid WHERE records_fts MATCH ?"
    assert ask(made, found, "义务教育") == [("800个",), ("95%",)]


def test_a_document_is_updated_and_others_stay(tmp_path: Path) -> None:
    file = tmp_path / "targets.db"
    file.write_bytes(
        to_sqlite([extract(PLAN.format(n).encode(), name=name) for name, n in (("1.txt", 1), ("2.txt", 2))])
    )
    again = to_sqlite([extract(PLAN.format(900).encode(), name="1.txt")], file)
    counted = "SELECT source, quote FROM plans WHERE kind = 'count' ORDER BY source"
    assert ask(again, counted) == [("1.txt", "900个"), ("2.txt", "2个")]
    assert ask(again, "SELECT count(*) FROM records_fts WHERE records_fts MATCH '新增学位'") == [(4,)]


@pytest.mark.parametrize("content", [b"no database at all", None], ids=["text", "another database"])
def test_what_is_not_ours_is_left_alone(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "other.db"
    if content:
        file.write_bytes(content)
    else:
        with closing(sqlite3.connect(file)) as database:
            database.execute("CREATE TABLE records (name)")
    before = file.read_bytes()
    with pytest.raises(PlanparseError, match=r"cannot be added to|did not make"):
        to_sqlite([], file)
    assert file.read_bytes() == before


def test_one_and_many_documents_go_to_the_same_database(planparse: Run, tmp_path: Path) -> None:
    for name, number in (("a.txt", 3), ("b.txt", 4), ("c.txt", 5)):
        (tmp_path / name).write_text(PLAN.format(number), "utf-8")
    file, names = tmp_path / "targets.db", [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt")]
    for given in (names[:1], names[1:], names[:2]):
        done = planparse("extract", *given, "-o", str(file))
        assert done.returncode == 0, done.stderr
    assert ask(file, "SELECT count(*) FROM documents") == [(3,)]
    assert ask(file, "SELECT quote FROM plans WHERE kind = 'count' ORDER BY source") == [("3个",), ("4个",), ("5个",)]
    file.write_bytes(b"no database")
    refused = planparse("extract", *names, "-o", str(file))
    assert (refused.returncode, b"no-database" in refused.stderr, b"Traceback" in refused.stderr) == (1, True, False)
    assert file.read_bytes() == b"no database"
