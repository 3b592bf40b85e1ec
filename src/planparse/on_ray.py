"""Extraction on many machines by Ray Data; Ray splits the list, retries lost workers and writes Parquet.

Needs the extra `planparse[ray]`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from planparse.arrow import arrow_batch
from planparse.inputs import Input
from planparse.limits import Budget
from planparse.model import PlanparseError
from planparse.suffixes import IN_FOLDERS

BATCH = 64  # documents: minutes of work at most are lost with a worker


class Outcome(NamedTuple):
    """What a run came to."""

    documents: int
    failed: int
    targets: int


def extract_on_ray(
    inputs: Iterable[Input],
    output: str,
    *,
    address: str | None = None,
    budget: Budget | None = None,
    batch: Callable[..., Any] = arrow_batch,
    **options: Any,
) -> Outcome:
    """Writes the records of all inputs as Parquet files into a new folder, which all machines must reach.

    `address` is that of a Ray cluster; without, one is started on this machine. `options` are those of `arrow_batch`,
    whose columns are written. PlanparseError when Ray is missing or unreachable, or the folder is not empty.
    """
    ray = _connected(address)
    given = [{"path": _anywhere(i.path), "source": i.name} for i in inputs]
    system, place = _file_system(output)
    _refuse_full(system, place, output)
    try:
        documents = ray.data.from_items(given, override_num_blocks=max(1, -(-len(given) // BATCH)))
        records = documents.map_batches(
            partial(batch, budget=budget, **options), batch_size=BATCH, batch_format="pyarrow"
        )
        records.write_parquet(_anywhere(output))
    finally:
        ray.shutdown()
    return _outcome(system, place, len(given))


def list_address(address: str) -> list[Input]:
    """The documents at an address such as s3://bucket/plans: it alone, or all in the folder it names, sorted."""
    from pyarrow import fs

    try:
        system, place = fs.FileSystem.from_uri(address)
        if system.get_file_info(place).type != fs.FileType.Directory:
            return [Input(address, address)]
        found = system.get_file_info(fs.FileSelector(place, recursive=True))
    except (OSError, ValueError) as error:
        return [Input(address, address, PlanparseError(f"cannot be listed: {error}", code="unreadable"))]
    files = sorted(f.path for f in found if f.is_file and PurePath(f.path).suffix.lower() in IN_FOLDERS)
    addresses = [address.rstrip("/") + path.removeprefix(place.rstrip("/")) for path in files]
    return [Input(name, name) for name in addresses]


def _connected(address: str | None) -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.data
    except ImportError:
        raise PlanparseError("this needs Ray: pip install 'planparse[ray]'", code="missing-extra") from None
    alone: dict[str, Any] = {} if address else {"include_dashboard": False, "_node_ip_address": "127.0.0.1"}
    try:
        ray.init(address, log_to_driver=False, logging_level=logging.ERROR, **alone)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise PlanparseError(f"no Ray cluster at {address}: {error}", code="no-cluster") from None
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    return ray


def _anywhere(path: str) -> str:
    """A path that means the same in every working folder."""
    return path if "://" in path else str(Path(path).absolute())


def _file_system(output: str) -> tuple[Any, str]:
    from pyarrow import fs

    if "://" in output:
        system, place = fs.FileSystem.from_uri(output)
        return system, place
    return fs.LocalFileSystem(), _anywhere(output)


def _refuse_full(system: Any, place: str, output: str) -> None:
    from pyarrow import fs

    if system.get_file_info(fs.FileSelector(place, allow_not_found=True)):
        raise PlanparseError(f"{output} is not empty; remove it, or choose another output", code="output-exists")


def _outcome(system: Any, place: str, documents: int) -> Outcome:
    import pyarrow.dataset as ds

    rows = ds.dataset(place, filesystem=system, format="parquet")
    failed = rows.count_rows(filter=ds.field("document_status") == "failed")
    return Outcome(documents, failed, rows.count_rows(filter=ds.field("id").is_valid()))
