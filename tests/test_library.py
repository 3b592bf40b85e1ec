"""The library: what is public, the ways in, the forms out, threads, and what it leaves alone."""

from __future__ import annotations

import gc
import io
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import pytest

import planparse
from conftest import ROOT
from planparse import forms

sys.path.insert(0, str(ROOT / "scripts"))
from write_api import page

PLAN = "甲县2024年工作要点\n\n一、教育\n新增学位800个，九年义务教育巩固率达到95%以上。"


def test_what_is_public_is_listed_and_written_down() -> None:
    assert dir(planparse) == sorted(planparse.__all__)
    assert all(getattr(planparse, name) is not None for name in planparse.__all__)
    assert (ROOT / "docs" / "api.md").read_text("utf-8") == page(), "run scripts/write_api.py"
    assert files("planparse").joinpath("py.typed").is_file()
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = planparse.nothing


def test_every_way_in_gives_the_same(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, "utf-8")
    with path.open("rb") as binary, path.open(encoding="utf-8") as text:
        given = [path, str(path), PLAN.encode(), binary, text, io.BytesIO(PLAN.encode()), io.StringIO(PLAN)]
        found = [planparse.extract(source) for source in given]
    found.append(planparse.extract(text=PLAN))
    assert {tuple(document.targets[0].id for _ in "1") for document in found} == {(found[0].targets[0].id,)}
    assert [document.document.source for document in found] == [*[str(path)] * 2, "-", *[str(path)] * 2, "-", "-", "-"]
    for wrong in ({}, {"source": PLAN.encode(), "text": PLAN}):
        with pytest.raises(TypeError):
            planparse.extract(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["plan.json", "plan.jsonl", "plan.csv", "plan.xlsx", "plan.db", "plan.html"])
def test_a_document_writes_itself(name: str, tmp_path: Path) -> None:
    document = planparse.extract(text=PLAN)
    document.write(tmp_path / name)
    assert (tmp_path / name).stat().st_size > 100
    if name.startswith("plan.json"):
        [again] = planparse.load(tmp_path / name)
        assert again.rows() == [{**row, "title": again.document.title} for row in document.rows()]
    with pytest.raises(planparse.PlanparseError, match="names no format"):
        document.write(tmp_path / "plan.odt")


def test_a_notebook_shows_a_table_without_markup_of_the_document() -> None:
    shown = planparse.extract(text=PLAN.replace("教育\n", "教育\n<img src=x>"))._repr_html_()
    assert shown.count("<tr>") == 3 and "<img" not in shown


def test_pandas_or_a_word_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    document = planparse.extract(text=PLAN)
    monkeypatch.setitem(sys.modules, "pandas", None)
    for call in (document.to_pandas, planparse.panel([document]).to_pandas):
        with pytest.raises(planparse.PlanparseError, match="pip install pandas"):
            call()


def test_a_table_of_pandas_has_every_column_with_its_type() -> None:
    pandas = pytest.importorskip("pandas")
    document = planparse.extract(text=PLAN)
    table = document.to_pandas()
    assert list(table.columns) == forms.NAMES and len(table) == len(document.targets)
    assert pandas.api.types.is_numeric_dtype(table["value"])
    assert table.loc[table["unit"] == "个", "value"].sum() == 800
    cells = planparse.panel([document]).to_pandas()
    assert list(cells["source"].unique()) == ["-"] and cells["value"].notna().all()


def test_threads_give_what_one_gives_and_the_collector_is_left_alone() -> None:
    plans = [PLAN.replace("800", str(number)) for number in range(40)]
    alone = [planparse.extract(text=plan).to_json() for plan in plans]
    gc.unfreeze()  # what another test has frozen may die meanwhile
    before = gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda plan: planparse.extract(text=plan).to_json(), plans)) == alone
    assert (gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()) == before
