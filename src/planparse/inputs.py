"""Which files an argument of the command line means: a file, a folder, a glob."""

from __future__ import annotations

import glob
from pathlib import Path

from planparse.model import ReadError

SUFFIXES = {".txt", ".text", ".md", ".markdown", ".pdf", ".docx", ".doc", ".wps", ".ofd", ".html", ".htm"}


def expand(given: str) -> list[Path]:
    """The files that an argument names, sorted; ReadError when a folder or glob holds none."""
    path = Path(given)
    if path.is_dir():
        found = sorted(
            p
            for p in path.rglob("*")
            if p.suffix.lower() in SUFFIXES
            and p.is_file()
            and not any(part.startswith(".") for part in p.relative_to(path).parts)
        )
        if not found:
            raise ReadError(
                f"the folder holds no document ({', '.join(sorted(SUFFIXES))}); name the files themselves",
                code="no-documents",
            )
        return found
    if not path.exists() and glob.has_magic(given):
        found = sorted(Path(p) for p in glob.glob(given, recursive=True) if Path(p).is_file())  # noqa: PTH207 absolute patterns too
        if not found:
            raise ReadError("the pattern matches no file; check it, and quote it", code="no-documents")
        return found
    return [path]
