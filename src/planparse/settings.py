"""What a user has set once for all: planparse.toml beside the documents or above them, and PLANPARSE_* before it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from planparse.model import PlanparseError

FILE = "planparse.toml"


class Setting(NamedTuple):
    """A value as an option takes it, and where it was set: a file, or a variable of the environment."""

    name: str
    value: Any
    whence: str


class _Key(NamedTuple):
    option: str  # of the command line, whose default it becomes
    is_right: Callable[[Any], bool]
    said: str


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _one_of(*values: str) -> _Key:
    return _Key("", lambda value: value in values, f"one of {', '.join(values)}")


KEYS = {
    "columns": _Key("columns", _is_texts, 'a list of names: ["indicator", "value"]'),
    "headers": _one_of("en", "zh")._replace(option="headers"),
    "format": _one_of("json", "jsonl", "csv", "xlsx", "parquet", "html", "table")._replace(option="form"),
    "rules": _Key("rules", _is_texts, 'a list of folders: ["my-rules"]'),
    "limits": _Key(
        "limit",
        lambda value: isinstance(value, dict) and all(type(one) is int and one > 0 for one in value.values()),
        "a table of numbers: { max_pages = 5000 }",
    ),
    "language": _one_of("en", "zh")._replace(option="lang"),
    "ocr": _one_of("auto", "always", "never")._replace(option="ocr"),
    "min_confidence": _Key(
        "min_confidence", lambda value: type(value) in (int, float) and 0 <= value <= 1, "a number from 0 to 1"
    ),
}


def find_settings(inputs: Iterable[str], environment: Mapping[str, str] | None = None) -> list[Setting]:
    """What holds for some documents, by the names of KEYS; PlanparseError has a line for each fault.

    >>> find_settings([], {"PLANPARSE_HEADERS": "zh"})
    [Setting(name='headers', value='zh', whence='PLANPARSE_HEADERS')]
    """
    found = {one.name: one for one in _of_file(_file_for(list(inputs)))}
    found |= {one.name: one for one in _of_environment(os.environ if environment is None else environment)}
    return [found[name] for name in KEYS if name in found]


def as_defaults(settings: Iterable[Setting]) -> dict[str, Any]:
    """Settings as the defaults of the options of a command."""
    return {KEYS[one.name].option: _as_option(one.name, one.value) for one in settings}


def _as_option(name: str, value: Any) -> Any:
    if name == "columns":
        return ",".join(value)
    return [f"{limit}={most}" for limit, most in value.items()] if name == "limits" else value


def _file_for(inputs: list[str]) -> Path | None:
    """The nearest planparse.toml above the first of the documents, or above the working folder."""
    first = Path(next((given for given in inputs if given != "-" and "://" not in given), ".")).absolute()
    return next((folder / FILE for folder in (first, *first.parents) if (folder / FILE).is_file()), None)


def _of_file(path: Path | None) -> Iterator[Setting]:
    if path is None:
        return
    import tomllib

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PlanparseError(f"{path}: is not valid TOML: {error}; mend that place", code="bad-settings") from None
    except OSError as error:
        raise PlanparseError(f"{path}: cannot be read: {error.strerror}", code="bad-settings") from None
    if faults := [f"{path}: {fault}" for name, value in table.items() if (fault := _fault(name, value))]:
        raise PlanparseError("\n".join(faults), code="bad-settings")
    for name, value in table.items():
        yield Setting(name, [str(path.parent / folder) for folder in value] if name == "rules" else value, str(path))


def _of_environment(environment: Mapping[str, str]) -> Iterator[Setting]:
    for name in KEYS:
        variable = f"PLANPARSE_{name.upper()}"
        if given := environment.get(variable):
            value = _parsed(name, given)
            if fault := _fault(name, value):
                raise PlanparseError(f"{variable}: {fault}", code="bad-settings")
            yield Setting(name, value, variable)


def _parsed(name: str, given: str) -> Any:
    """A value as the environment writes it: lists with commas, folders as the system parts paths."""
    if name == "rules":
        return [folder for folder in given.split(os.pathsep) if folder]
    if name == "columns":
        return [column.strip() for column in given.split(",")]
    if name == "limits":
        pairs = [pair.partition("=") for pair in given.split(",")]
        return {limit.strip(): int(most) if most.strip().isdecimal() else most for limit, _, most in pairs}
    try:
        return float(given) if name == "min_confidence" else given
    except ValueError:
        return given


def _fault(name: str, value: Any) -> str | None:
    if name not in KEYS:
        close = get_close_matches(name, KEYS, 1)
        return f"there is no setting {name!r}; " + (
            f"did you mean {close[0]}?" if close else f"there are {', '.join(KEYS)}"
        )
    return None if KEYS[name].is_right(value) else f"{name} = {value!r}: is {KEYS[name].said}"
