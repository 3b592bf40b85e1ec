"""Packs: folders with files of the names that rules/ has, whose rows are added to those of planparse.

A pack is data: nothing in it runs, and nothing but the TOML files in its folder is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from planparse.model import RuleError
from planparse.ruleset import Pack

LARGEST = 2_000_000  # bytes of a file; the largest of planparse has 150,000


def stamp(folders: Iterable[str | Path]) -> tuple[tuple[str, int, int], ...] | None:
    """What changes when a file of some packs does: names, times and sizes; None where one cannot be looked at."""
    try:
        files = [path for folder in folders for path in sorted(Path(folder).glob("*.toml"))]
        seen = [(str(path), path.stat()) for path in files]
    except OSError:
        return None
    return tuple((name, status.st_mtime_ns, status.st_size) for name, status in seen)


def read_packs(folders: Iterable[str | Path], known: Iterable[str]) -> tuple[Pack, ...]:
    """The packs in some folders, in their order, one that is named twice once; RuleError has a line for each fault.

    `known` are the names that their files may have.
    """
    names = list(known)
    packs: list[Pack] = []
    faults: list[str] = []
    for folder in dict.fromkeys(Path(folder) for folder in folders):
        try:
            pack = read_pack(folder, names)
        except RuleError as error:
            faults.append(str(error))
            continue
        if any(other.fingerprint == pack.fingerprint for other in packs):
            continue
        if any(other.name == pack.name for other in packs):
            faults.append(f"{folder}: another pack is called {pack.name}, too; rename one of the folders")
        packs.append(pack)
    if faults:
        raise RuleError("\n".join(faults))
    return tuple(packs)


def read_pack(folder: Path, known: list[str]) -> Pack:
    """The pack in a folder; RuleError has a line for each file that is none."""
    files = _files(folder)
    faults = [
        f"{path}: no file of rules has this name; {_names(path.stem, known)}"
        for path in files
        if path.stem not in known
    ]
    digest = hashlib.sha256()
    tables: dict[str, dict[str, Any]] = {}
    for path in files:
        try:
            content = _content(path)
            digest.update(path.name.encode() + b"\0" + content + b"\0")
            tables[path.stem] = _table(path, content)
        except RuleError as error:
            faults.append(str(error))
    if faults:
        raise RuleError("\n".join(faults))
    return Pack(folder.absolute().name, folder, digest.hexdigest()[:12], tables)


def _files(folder: Path) -> list[Path]:
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".toml" and not path.name.startswith("."))
    except FileNotFoundError:
        raise RuleError(f"{folder}: there is no such folder; check what --rules or PLANPARSE_RULES names") from None
    except NotADirectoryError:
        raise RuleError(f"{folder}: a pack is a folder with files such as units.toml; name the folder") from None
    except OSError as error:
        raise RuleError(f"{folder}: the folder cannot be read: {error.strerror}; check whose it is") from None
    if not files:
        raise RuleError(f"{folder}: holds no rules; a pack has files such as units.toml (see `planparse rules new`)")
    return files


def _names(given: str, known: list[str]) -> str:
    close = get_close_matches(given, known, 1)
    return f"did you mean {close[0]}.toml?" if close else f"the files are {', '.join(known)}"


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise RuleError(f"{path}: larger than {LARGEST:,} bytes; part it over several packs")
        return path.read_bytes()
    except OSError as error:
        raise RuleError(f"{path}: cannot be read: {error.strerror}; check whose it is") from None


def _table(path: Path, content: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RuleError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{path}: is not valid TOML: {error}; mend that place") from None
    except RecursionError:
        raise RuleError(f"{path}: is nested too deeply; rows have at most lists of lists") from None
