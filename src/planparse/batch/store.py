"""What a batch has finished, on disk: the next run goes on from there.

SQLite, because it survives a kill at any moment, keeps a second run away, and holds any number of documents in
little memory. Every finished document is one row, committed at once; its write-ahead log needs no fsync for that,
so a power failure can cost the last few rows, which are then done again, but never tears one.

What lies under its name is not believed: it may have come with the folder. A file without our mark and exactly our
table is refused, and so is a link; what a row says is taken only where it is of the right kind.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from planparse.batch.task import Kept, Result
from planparse.model import PlanparseError

FAULTS = (sqlite3.Error, UnicodeDecodeError)  # SQLite says of a damaged file what stands in it
MARK = 0x706C616E  # "plan": the application's number in the file's header
TABLE = """CREATE TABLE result (
    name TEXT PRIMARY KEY,  -- of the file for this document, or of the document where all share a file
    path BLOB NOT NULL,     -- of the input, absolute, in the bytes of the file system
    made_by TEXT NOT NULL,  -- what decides about a result beside the content
    sha256 TEXT NOT NULL,   -- of the content
    status TEXT NOT NULL,
    targets INTEGER NOT NULL,
    part BLOB               -- NULL where it is a file
)"""


class Store:
    """The finished documents of a batch; `path` is None for a batch that nobody will resume."""

    def __init__(self, path: Path | None, made_by: str) -> None:
        self.path, self.made_by = path, made_by
        if path is not None and any(Path(f"{path}{end}").is_symlink() for end in ("", "-wal", "-journal", "-shm")):
            raise _foreign(path)
        try:
            self.rows = sqlite3.connect(path or "", timeout=0, isolation_level=None)
            self.rows.execute("PRAGMA trusted_schema = OFF")
            self.rows.execute("PRAGMA locking_mode = EXCLUSIVE")
            self.rows.execute("PRAGMA journal_mode = WAL")
            self.rows.execute("PRAGMA synchronous = NORMAL")
            self._make_or_check()
        except FAULTS as error:
            raise explained(error, path) from None

    def _make_or_check(self) -> None:
        made = self.rows.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type").fetchall()
        (mark,) = self.rows.execute("PRAGMA application_id").fetchone()
        if not made and not mark:
            self.rows.execute("BEGIN")
            self.rows.execute(TABLE)
            self.rows.execute(f"PRAGMA application_id = {MARK}")
            self.rows.execute("COMMIT")
        elif mark != MARK or made != [("index", "sqlite_autoindex_result_1", None), ("table", "result", TABLE)]:
            self.rows.close()
            raise _foreign(self.path)

    def find(self, name: str) -> Kept | None:
        """A finished document, unless another version, other rules or options made its result, or it failed:
        that is tried again."""
        row = self.rows.execute(
            "SELECT sha256, status, targets FROM result WHERE name = ? AND made_by = ? AND status IN ('ok', 'partial') "
            "AND typeof(sha256) = 'text' AND typeof(targets) = 'integer'",
            (name, self.made_by),
        ).fetchone()
        return Kept(*row) if row else None

    def claim(self, name: str, path: str) -> None:
        """Notes that a file of this name is being written, so that a later run knows it for its own after a kill."""
        self.rows.execute(
            "INSERT OR IGNORE INTO result VALUES (?, ?, '', '', 'failed', 0, NULL)", (name, os.fsencode(path))
        )

    def knows(self, name: str) -> bool:
        """Whether a result of this name was written, or begun."""
        return self.rows.execute("SELECT 1 FROM result WHERE name = ?", (name,)).fetchone() is not None

    def keep(self, name: str, path: str, result: Result, part: bytes | None) -> None:
        """Adds a finished document, or replaces what was known of it."""
        self.rows.execute(
            "INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?, ?, ?)",
            (name, os.fsencode(path), self.made_by, result.sha256, result.status, result.targets, part),
        )

    def part(self, name: str) -> bytes | None:
        """The part of a document that this version, these rules and options made."""
        query = "SELECT part FROM result WHERE name = ? AND made_by = ? AND typeof(part) = 'blob'"
        row = self.rows.execute(query, (name, self.made_by)).fetchone()
        return row[0] if row else None

    def inputs(self) -> Iterator[tuple[str, str]]:
        """The name and the input's path of everything kept."""
        query = "SELECT name, path FROM result WHERE typeof(name) = 'text' AND typeof(path) = 'blob' ORDER BY name"
        for name, path in self.rows.execute(query):
            yield name, os.fsdecode(path)

    def forget(self, name: str) -> None:
        self.rows.execute("DELETE FROM result WHERE name = ?", (name,))

    def close(self, *, delete: bool = False) -> None:
        """Ends it; `delete` when there is nothing to go on with."""
        self.rows.close()
        if delete and self.path is not None:
            self.path.unlink(missing_ok=True)


def _foreign(path: Path | None) -> PlanparseError:
    return PlanparseError(
        f"{path} is not what planparse keeps there; look where it comes from, and choose another output",
        code="no-store",
    )


def explained(error: Exception, path: Path | None) -> PlanparseError:
    """What to do about a store that fails."""
    if "locked" in str(error):
        return PlanparseError(
            f"another run is writing here ({path}); wait for it, or choose another output", code="in-use"
        )
    return PlanparseError(
        f"{path}, where finished documents are kept, cannot be used ({error}); remove it, or choose another output",
        code="no-store",
    )
