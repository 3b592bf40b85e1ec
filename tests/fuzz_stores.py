"""Folders with stores that somebody else prepared, and caches that are garbled: nothing outside is touched."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from planparse import cache
from planparse.batch.deliver import ToFolder
from planparse.batch.parts import Options
from planparse.batch.store import FAULTS, MARK, TABLE, Store
from planparse.inputs import Input
from planparse.model import PlanparseError

PLACES = (
    "../kept/a.json",
    "{kept}/a.json",
    "link/a.json",
    "a.json",
    "x/../../kept/a.json",
    ".",
    "..",
    "",
    "\0",
    "é\n.json",
)
VALUES: tuple[object, ...] = ("ok", "failed", 7, -1, 2**62, None, b"\xff\xfe", "x" * 5000, 1.5)


def hostile_folders(chance: random.Random, work: Path) -> Iterator[tuple[str, bytes, Callable[[], str]]]:
    """A folder with a store, a link out of it, and files beside it that must stay."""
    while True:
        shutil.rmtree(work / "one", ignore_errors=True)
        kept, out = work / "one" / "kept", work / "one" / "out"
        kept.mkdir(parents=True)
        out.mkdir()
        (kept / "a.json").write_text("mine")
        (out / "link").symlink_to(kept)
        content = _store(chance, work / "one" / "made", str(kept))
        (out / ".planparse").write_bytes(content)
        yield "store", content, partial(_use, out, kept, chance.random())
        body = chance.randbytes(chance.randrange(1, 400))
        yield "cache", body, partial(_recall, work / "one" / "cache", body, chance.random())


def _store(chance: random.Random, path: Path, kept: str) -> bytes:
    """A store of our own shape with rows of any kind; now and then with other tables, or damaged."""
    rows = sqlite3.connect(path)
    if chance.random() < 0.9:
        rows.execute(f"PRAGMA application_id = {MARK}")
    rows.execute(TABLE)
    for place in chance.sample(PLACES, 4):
        values = [chance.choice(VALUES) if chance.random() < 0.5 else "ok" for _ in range(4)]
        row = (place.format(kept=kept), chance.choice((b"/gone", b"", os.fsencode(kept), "text", 3)), "", *values)
        try:
            rows.execute("INSERT INTO result VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        except sqlite3.IntegrityError:
            continue
    if chance.random() < 0.1:
        rows.execute("CREATE TABLE more (name TEXT)")
    rows.commit()
    rows.close()
    content = bytearray(path.read_bytes())
    if chance.random() < 0.3:
        at = chance.randrange(len(content))
        content[at : at + 40] = chance.randbytes(40)
    return bytes(content)


def _use(out: Path, kept: Path, chance: float) -> str:
    """What a run makes of a store; the files beside the folder are still there."""
    inputs = [Input("plans/a.txt", "plans/a.txt")]
    outcome = "used"
    try:
        delivery = ToFolder(out, inputs, ["/"], "json")
        store = Store(delivery.store_path, "made by")
        try:
            for place in [*delivery.places, "a.json"]:
                store.find(place), store.part(place), store.knows(place)
            if chance < 0.5:
                delivery.forget(store)
            delivery.finish(store, Options(form="json", alone=True), complete=True)
        finally:
            store.close()
    except (PlanparseError, *FAULTS) as error:
        outcome = type(error).__name__
    assert (kept / "a.json").read_text() == "mine", "a file outside the folder"
    assert (out / "link").is_symlink(), "a link in the folder"
    return outcome


def _recall(folder: Path, body: bytes, at: float) -> str:
    """Whether a garbled file of the cache is taken for what it is."""
    folder.mkdir(mode=0o700, exist_ok=True)
    os.environ["PLANPARSE_CACHE"] = str(folder)
    cache._folder.cache_clear()
    try:
        cache.store("rules-0", body)
        path = folder / "rules-0"
        content = bytearray(path.read_bytes())
        content[int(at * len(content))] ^= 1 + int(at * 254)
        path.write_bytes(content)
        assert cache.open_file("rules-0") is None, "a garbled cache is believed"
    finally:
        del os.environ["PLANPARSE_CACHE"]
        cache._folder.cache_clear()
    return "made anew"
