"""What is slow to make and always the same, kept between runs: compiled patterns, parsed tables, jieba's dictionary.

It lies in the user's own cache folder (`XDG_CACHE_HOME`, else `~/.cache`), in a folder that nobody else may write to;
one that others may write to is neither read nor written. Nothing depends on it but time: without it everything is made
anew. `PLANPARSE_CACHE` names another folder, or is `off`. Only the commands write it, library calls read it.
"""

from __future__ import annotations

import copyreg
import gc
import io
import mmap
import os
import pickle
import re
import stat
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import regex

from planparse._version import __version__
from planparse.engine import Kept, compile_pattern, from_program, program
from planparse.ruleset import Ruleset, in_force

T = TypeVar("T")
_RULES = (Path(__file__).parent / "_rules", Path(__file__).parents[2] / "rules")  # inside the wheel, in a checkout
_MAKERS = (  # the code that makes what is kept
    *("rules.py", "patterns.py", "engine.py", "indicators.py", "finder.py", "openings.py", "lexicon.py"),
    "necessities.py",
    *("assemble/constructions.py", "assemble/shapes.py", "assemble/tokens.py"),
    *("assemble/confidence.py", "assemble/evidence.py"),
)
HEAD = 12  # bytes
KEPT = {"rules": 8, "words": 2}
"""How many files of each kind stay: those of other versions, and of other packs."""
_unsaved: list[Ruleset] = []


def rules_folder() -> Path:
    """Where the rule files are."""
    return next((path for path in _RULES if path.is_dir()), _RULES[0])


def recall(name: str, make: Callable[[], T]) -> T:
    """What an earlier run made under this name from the same rules and versions, or what `make` makes now."""
    ruleset = in_force()
    if not ruleset.loaded:
        _load(ruleset)
    if name not in ruleset.entries and name in ruleset.kept:
        with suppress(Exception):  # whatever is wrong with it, it can be made anew
            ruleset.entries[name] = _unpacked(ruleset.kept[name])
    if name not in ruleset.entries:
        ruleset.entries[name] = make()
        if ruleset not in _unsaved:
            _unsaved.append(ruleset)
    return ruleset.entries[name]  # type: ignore[no-any-return]


def compiled(pattern: str) -> Any:
    """The compiled pattern."""
    return recall(f"pattern {pattern}", lambda: compile_pattern(pattern))


def save() -> None:
    """Keeps for later runs what this one had to make, beside what others have kept since it began."""
    for ruleset in _unsaved:
        _load(ruleset)
        made = {name: _packed(entry) for name, entry in ruleset.entries.items() if name not in ruleset.kept}
        store(_name(ruleset), _packed(ruleset.kept | made))
    _unsaved.clear()


def _load(ruleset: Ruleset) -> None:
    """Reads what earlier runs have kept, each entry packed by itself: unpacked is what this run asks for."""
    ruleset.loaded = True
    content = open_file(_name(ruleset))
    if content is not None:
        with suppress(Exception):
            ruleset.kept.update(_unpacked(content))


def _packed(entry: Any) -> bytes:
    content = io.BytesIO()
    _Pickler(content, protocol=5).dump(entry)
    return content.getvalue()


def _unpacked(content: bytes | memoryview) -> Any:
    """An entry. Python looks for no garbage meanwhile, for none of it is any: it takes a quarter of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        return _Unpickler(io.BytesIO(content)).load()
    finally:
        if enabled:
            gc.enable()


def _name(ruleset: Ruleset) -> str:
    """A file's name, made of all that its content depends on; as Python's own bytecode does, by times and sizes."""
    marks: list[object] = [__version__, regex.__version__, sys.version, ruleset.fingerprint]
    for path in (*sorted(rules_folder().glob("*.toml")), *(Path(__file__).parent / name for name in _MAKERS)):
        status = path.stat()
        marks += [path, status.st_mtime_ns, status.st_size]
    return f"rules-{digest(*marks)}"


def digest(*marks: object) -> str:
    """Eight hex digits for what a file's content depends on."""
    return f"{zlib.crc32(repr(marks).encode()):08x}"


_PICKLED = {
    *("regex._regex.compile", "planparse.engine.from_program", "planparse.engine.Kept", "planparse.rules.Rule"),
    *("planparse.patterns.Limited", "builtins.frozenset"),
}


class _Pickler(pickle.Pickler):
    """Keeps the programs of patterns, which are compiled of them when they are first used."""

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, re.Pattern):
            return Kept, (from_program, program(obj.pattern))
        return (Kept, copyreg.dispatch_table[regex.Pattern](obj)) if isinstance(obj, regex.Pattern) else NotImplemented


class _Unpickler(pickle.Unpickler):
    """Makes patterns and rules, and nothing else."""

    _found: ClassVar[dict[tuple[str, str], Any]] = {}  # hundreds of entries ask for the same

    def find_class(self, module: str, name: str) -> Any:
        found = self._found.get((module, name))
        if found is None:
            if f"{module}.{name}" not in _PICKLED:
                raise pickle.UnpicklingError(f"{module}.{name} has no place in the cache")
            found = self._found[module, name] = super().find_class(module, name)
        return found


# ---------------------------------------------------------------- files


def open_file(name: str) -> memoryview | None:
    """The content of a cache file just as it was written, mapped into memory; None when there is none."""
    folder = _folder()
    if folder is None:
        return None
    try:
        with (folder / name).open("rb") as file:
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):  # ValueError: the file is empty
        return None
    body = view[HEAD:]
    return body if _head(body) == view[:HEAD] else None


def _head(body: bytes | memoryview) -> bytes:
    """How long a body is, and its checksum: what stands in a garbled file is made anew, not believed."""
    return len(body).to_bytes(8, "big") + zlib.crc32(body).to_bytes(4, "big")


def store(name: str, body: bytes | memoryview) -> None:
    """Writes a cache file whole, its head in front, and takes away those of its kind that were written longest ago.

    A folder that cannot be written to is left alone.
    """
    folder = _folder()
    if folder is None:
        return
    part = folder / f"{name}.{os.getpid()}"
    try:
        with part.open("wb") as file:
            file.write(_head(body) + body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / name)
        kind = name.partition("-")[0]
        alike = [old for old in folder.glob(f"{kind}-*") if "." not in old.name]
        for old in sorted(alike, key=lambda old: old.stat().st_mtime)[: -KEPT[kind]]:
            old.unlink(missing_ok=True)
    except OSError:
        return


@cache
def _folder() -> Path | None:
    """The private folder, made if need be; None when there is none that only this user can write to."""
    given = os.environ.get("PLANPARSE_CACHE")
    if given == "off":
        return None
    try:
        base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
        folder = Path(given) if given else Path(base) / "planparse"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except (OSError, RuntimeError):  # RuntimeError: this user has no home
        return None
    if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)):
        return None
    return folder
