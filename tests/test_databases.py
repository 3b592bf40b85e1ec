"""The database as datasette and DuckDB open it: `make test-databases` installs both. `make test` passes them over."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from conftest import SAMPLES
from planparse import extract
from planparse.model import Document
from planparse.write.to_sqlite import TABLES, write_sqlite

PLAN = "甲县2024年工作要点\n\n一、教育\n新增学位{}个，九年义务教育巩固率达到95%以上。2023年，全县城镇新增就业700人。"
VAST = "乙县2025年计划\n\n投资99999999999999999999亿元。"


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    texts = {"a.txt": PLAN.format(800), "vast.txt": VAST, "bare.txt": "通知"}
    return [*(extract(text=text, name=name) for name, text in texts.items()), *map(extract, SAMPLES)]


@pytest.fixture(scope="module")
def file(documents: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that grew: half of it first, then all."""
    folder = tmp_path_factory.mktemp("database")
    with (folder / "half.db").open("wb") as half:
        write_sqlite(documents[::2], half)
    with (folder / "targets.db").open("wb") as whole:
        write_sqlite(documents, whole, folder / "half.db")
    return folder / "targets.db"


# ---------------------------------------------------------------- DuckDB


@pytest.fixture(scope="module")
def duck(file: Path) -> Any:
    duckdb = pytest.importorskip("duckdb", reason="the extra `databases` is not installed")
    extensions = pytest.importorskip("duckdb_extensions")
    extensions.import_extension("sqlite_scanner")
    return duckdb.connect(str(file), read_only=True)


def test_duckdb_reads_every_table_with_its_types(duck: Any, documents: list[Document]) -> None:
    for table in TABLES:
        rows = duck.sql(f'SELECT * FROM "{table.name}"').fetchall()
        assert len(rows) == sum(len(list(table.items(document))) for document in documents)
    types = dict(duck.sql("SELECT column_name, column_type FROM (DESCRIBE records)").fetchall())
    names = ("indicator", "value", "time_end", "start", "confidence")
    assert [types[name] for name in names] == ["VARCHAR", "DOUBLE", "DATE", "BIGINT", "DOUBLE"]


def test_duckdb_asks_the_views(duck: Any, documents: list[Document]) -> None:
    planned = sum(target.status == "planned" for document in documents for target in document.targets)
    assert duck.sql("SELECT count(*) FROM plans").fetchone() == (planned,)
    asked = "SELECT document, value, time_end FROM plans WHERE source = 'a.txt' AND time_end < DATE '2025-01-01'"
    day = date(2024, 12, 31)
    assert duck.sql(asked).fetchall() == [("甲县2024年工作要点", value, day) for value in (800.0, 95.0)]
    assert duck.sql("SELECT quote FROM results WHERE source = 'a.txt'").fetchall() == [("700人",)]


# ---------------------------------------------------------------- datasette


def get(file: Path, address: str) -> Any:
    pytest.importorskip("datasette", reason="the extra `databases` is not installed")
    command = [sys.executable, "-m", "datasette", str(file), "--get", address]
    done = subprocess.run(command, capture_output=True, check=True).stdout
    return json.loads(done) if ".json" in address else done.decode()


@pytest.mark.parametrize(
    ("address", "quotes"),
    [
        (f"records.json?_search={quote('义务教育')}&source=a.txt", ["800个", "95%"]),
        (f"records.json?sentence__contains={quote('就业')}&source=a.txt", ["700人"]),
        ("results.json?source=a.txt", ["700人"]),
        ("plans.json?source=a.txt&value__gt=100", ["800个"]),
    ],
)
def test_datasette_lists_and_searches(file: Path, address: str, quotes: list[str]) -> None:
    assert [row["quote"] for row in get(file, f"/targets/{address}&_shape=array")] == quotes


@pytest.mark.parametrize("name", [*(table.name for table in TABLES), "plans", "results"])
def test_datasette_shows_every_table(file: Path, name: str) -> None:
    shown = get(file, f"/targets/{name}")
    assert f"<title>targets: {name}" in shown
    assert "a.txt" in shown
