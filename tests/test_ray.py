"""Ray Data on two workers, one of which is killed: the records of a local run. `make test-ray` installs Ray first."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("ray")

import pyarrow.dataset as ds
import pyarrow.parquet as pq

from conftest import SAMPLES
from planparse.arrow import arrow_batch
from planparse.inputs import find_inputs
from planparse.limits import Budget
from planparse.on_ray import extract_on_ray, list_address
from planparse.write import render
from poisons import write_plans

pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own


def killed_once(table: Any, *, mark: Path, **options: Any) -> Any:
    """As `arrow_batch`, in a worker that is killed at the first batch."""
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return arrow_batch(table, **options)


def test_the_records_of_a_local_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from planparse.api import extract_many

    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))  # where Ray's workers find `killed_once`
    monkeypatch.setattr("planparse.on_ray.BATCH", 20)
    plans = tmp_path / "plans"
    write_plans(plans, 60)
    (plans / "empty.txt").write_bytes(b"")
    (plans / "nothing.txt").write_text("一份没有数字的通知。", encoding="utf-8")
    inputs = list(find_inputs([str(plans), *map(str, SAMPLES)]))
    outcome = extract_on_ray(
        inputs,
        str(tmp_path / "records"),
        budget=Budget(seconds=60),
        batch=partial(killed_once, mark=tmp_path / "killed"),
    )
    assert (tmp_path / "killed").exists()
    (tmp_path / "local.parquet").write_bytes(render(list(extract_many(i.name for i in inputs)), "parquet"))  # type: ignore[arg-type]
    local = pq.read_table(tmp_path / "local.parquet")
    found = ds.dataset(tmp_path / "records").to_table()
    records = found.filter(ds.field("id").is_valid()).select(local.column_names)
    order = [("source", "ascending"), ("start", "ascending"), ("id", "ascending")]
    assert records.sort_by(order).equals(local.sort_by(order))
    assert {*found["source"].to_pylist()} == {i.name for i in inputs}
    without = found.filter(ds.field("id").is_null()).select(["source", "document_status", "document_warnings"])
    assert sorted(without.to_pylist(), key=lambda row: row["source"]) == [
        {"source": f"{plans}/empty.txt", "document_status": "failed", "document_warnings": "empty"},
        {"source": f"{plans}/nothing.txt", "document_status": "ok", "document_warnings": "no-targets"},
    ]
    assert outcome == (len(inputs), 1, local.num_rows)


def test_an_address_is_listed_as_a_folder_is(tmp_path: Path) -> None:
    write_plans(tmp_path, 3)
    listed = list_address(tmp_path.as_uri())
    assert [i.name.removeprefix("file://") for i in listed] == [i.name for i in find_inputs([str(tmp_path)])]
    assert list_address(listed[0].name) == listed[:1]
    assert list_address("nowhere://x/y")[0].error is not None
