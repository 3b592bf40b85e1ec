"""Which rules are in force: those of planparse, or these and packs of the user's own.

What is made of rules (tables, patterns, finders) is made once for each ruleset and kept with it, so that calls with
other packs go on beside each other in one process, in threads too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from inspect import CO_VARARGS
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Pack(NamedTuple):
    """A folder of rows: its name, the tables in it by the names of their files, and a hash of these files."""

    name: str
    folder: Path
    fingerprint: str
    tables: Mapping[str, Mapping[str, Any]]


class _Made(dict[Any, Any]):
    """What was made of some rules, by what made it."""

    def __missing__(self, made: Any) -> Any:
        value = self[made] = made.begin()
        return value


class Ruleset:
    """The rules of planparse with packs added in their order; `fingerprint` is "" where there are none."""

    __slots__ = ("__weakref__", "entries", "kept", "loaded", "made", "packs")

    def __init__(self, packs: tuple[Pack, ...] = ()) -> None:
        self.packs = packs
        self.made = _Made()
        self.entries: dict[str, Any] = {}
        """What is kept between runs: see cache.py."""
        self.kept: dict[str, bytes] = {}
        """The same as an earlier run has packed it."""
        self.loaded = False

    @property
    def fingerprint(self) -> str:
        return " ".join(pack.fingerprint for pack in self.packs)


BASE = Ruleset()
_IN_FORCE = ContextVar("ruleset", default=BASE)
in_force = _IN_FORCE.get


@contextmanager
def using(ruleset: Ruleset) -> Iterator[None]:
    """Has a ruleset in force."""
    token = _IN_FORCE.set(ruleset)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def forget(*functions: Callable[..., Any]) -> None:
    """Has what some functions made of the rules in force made anew."""
    for made in functions:
        in_force().made.pop(made, None)


def per_ruleset(make: Callable[P, T]) -> Callable[P, T]:
    """A function whose results are kept, as by `functools.cache`, but for each ruleset its own."""
    code = make.__code__
    if code.co_kwonlyargcount:
        return _of_calls(make, None)
    if code.co_flags & CO_VARARGS or code.co_argcount > 1:
        return _of_several(make)
    return _of_one(make) if code.co_argcount else _of_nothing(make)


def recent_per_ruleset(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """The same for functions that are asked too much to keep all: the latest results, so many at most."""
    return lambda make: _of_calls(make, most)


def _of_calls(make: Callable[P, T], most: int | None) -> Callable[P, T]:
    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> T:
        return in_force().made[made](*args, **kwargs)  # type: ignore[no-any-return]

    made.begin = lambda: lru_cache(maxsize=most)(make)  # type: ignore[attr-defined]
    return made


class _Results(dict[Any, Any]):
    """What a function gave for each argument: half as dear to ask as an `lru_cache`."""

    def __init__(self, make: Callable[..., Any]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, argument: Any) -> Any:
        value = self[argument] = self.make(argument)
        return value


def _of_several(make: Callable[P, T]) -> Callable[P, T]:
    @wraps(make)
    def made(*arguments: Any) -> T:
        return in_force().made[made][arguments]  # type: ignore[no-any-return]

    made.begin = lambda: _Results(lambda arguments: make(*arguments))  # type: ignore[attr-defined, call-arg]
    return made  # type: ignore[return-value]


def _of_one(make: Callable[P, T]) -> Callable[P, T]:
    @wraps(make)
    def made(argument: Any) -> T:
        return in_force().made[made][argument]  # type: ignore[no-any-return]

    made.begin = lambda: _Results(make)  # type: ignore[attr-defined]
    return made  # type: ignore[return-value]


def _of_nothing(make: Callable[P, T]) -> Callable[P, T]:
    @wraps(make)
    def made() -> T:
        return in_force().made[made]  # type: ignore[no-any-return]

    made.begin = make  # type: ignore[attr-defined]
    return made  # type: ignore[return-value]
