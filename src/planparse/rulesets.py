"""Makes a ruleset of the packs that a user names: everything in them is checked before anything is read with them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from planparse import cache
from planparse.assemble.carry import GROUP, WHOLE, rows_of
from planparse.assemble.constructions import constructions, phrases
from planparse.indicators import fold_name
from planparse.model import RuleError
from planparse.packs import read_packs, stamp
from planparse.patterns import Limited, backtracks
from planparse.pipeline import parse_bytes
from planparse.row_faults import find_faults
from planparse.rules import RULE_FILES, compile_row, files, fragments, read, read_base, rows, rules
from planparse.ruleset import BASE, Pack, Ruleset, using

KEPT = 8
"""How many rulesets a process keeps at hand."""
_AT_HAND: deque[Ruleset] = deque(maxlen=KEPT)
_LOADED: dict[tuple[tuple[str, int, int], ...], Ruleset] = {}
_TRIED = "2024年工作要点\n\n年内新建公办幼儿园5所，毛入园率达到95%以上。"


def load(folders: Iterable[str | Path]) -> Ruleset:
    """The ruleset with the packs in some folders, in their order; RuleError has a line for each fault: file, row, cure.

    >>> load([]).packs
    ()
    """
    given = list(folders)
    if not given:
        return BASE
    now = stamp(given)
    if now and now in _LOADED:
        return _LOADED[now]
    ruleset = of_packs(read_packs(given, [name for name in files() if name != "fields"]))
    if now:
        _LOADED.clear()  # the latest is enough: calls mostly follow each other with the same packs
        _LOADED[now] = ruleset
    return ruleset


def of_packs(packs: tuple[Pack, ...]) -> Ruleset:
    """The ruleset with these packs; what an earlier run has checked is not checked again."""
    if not packs:
        return BASE
    wanted = Ruleset(packs)
    for ruleset in _AT_HAND:
        if ruleset.fingerprint == wanted.fingerprint:
            return ruleset
    with using(wanted):
        if not cache.recall(f"checked {wanted.fingerprint}", lambda: ""):
            _check(packs)
            wanted.entries[f"checked {wanted.fingerprint}"] = "yes"
    _AT_HAND.append(wanted)
    return wanted


def _check(packs: tuple[Pack, ...]) -> None:
    """RuleError with a line for each fault of packs; the first kind that there is, for it brings forth the others."""
    for find in (_field_faults, _merge_faults, _word_faults, _unit_faults, _name_faults, _pattern_faults):
        if faults := list(find(packs)):
            raise RuleError("\n".join(faults))
    tried = parse_bytes(_TRIED.encode(), "tried")
    if tried.status == "failed":
        raise RuleError(tried.warnings[0].message)


def _field_faults(packs: tuple[Pack, ...]) -> Iterator[str]:
    for pack in packs:
        yield from find_faults(pack, read_base("fields"))


def _merge_faults(packs: tuple[Pack, ...]) -> Iterator[str]:
    for name in sorted({name for pack in packs for name in pack.tables}):
        try:
            read(name)
        except RuleError as error:
            yield str(error)


def _word_faults(packs: tuple[Pack, ...]) -> Iterator[str]:
    """Roles that there are not."""
    roles = read_base("words")["roles"]
    for pack in packs:
        table = pack.tables.get("words", {})
        for word, said in [*table.get("words", {}).items(), *table.get("endings", {}).items()]:
            for role in (role for role in said.split() if role not in roles):
                yield f"{pack.folder}/words.toml: {word}: there is no role {role!r}; the roles are {', '.join(roles)}"


def _unit_faults(packs: tuple[Pack, ...]) -> Iterator[str]:
    """Spellings of units that stand for something else already."""
    known = dict(_spellings(read_base("units"), "planparse"))
    for pack in packs:
        table = pack.tables.get("units", {})
        away = {*table.get("off", ()), *(row.get("replaces") for row in table.get("unit", ()))}
        for spelling, (kind, unit, _) in _spellings(table, pack.name):
            old = known.get(spelling)
            if old and old[:2] != (kind, unit) and not away & {spelling, old[1]}:
                yield (
                    f"{pack.folder}/units.toml: {spelling}: {old[2]} has it as a {old[0]} written {old[1]}; leave it "
                    f"out, or add off = [{spelling!r}] at the top of the file"
                )
            known[spelling] = kind, unit, f"the pack {pack.name}"


def _spellings(table: Mapping[str, Any], owner: str) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Every spelling of a table of units, with its kind, how it is written out, and whose it is."""
    for row in table.get("unit", ()):
        for spelling in (row["unit"], *row.get("aliases", ())):
            yield spelling, (row["kind"], row["unit"], owner)
    for part, kind in (("measures", "measure"), ("durations", "duration"), ("scores", "score"), ("ranks", "rank")):
        for unit in table.get(part, ()):
            yield unit, (kind, unit, owner)
    for spelling, unit in table.get("measure_aliases", {}).items():
        yield spelling, ("measure", unit, owner)
    for group in table.get("counts", {}).values():
        for unit in group:
            yield unit, ("count", unit, owner)


def _name_faults(packs: tuple[Pack, ...]) -> Iterator[str]:
    """Spellings of indicators that stand for another one already."""
    known = dict(_names(read_base("indicators")["indicator"]))
    for pack in packs:
        table = pack.tables.get("indicators", {})
        away = {*table.get("off", ()), *(row.get("replaces") for row in table.get("indicator", ()))}
        for spelling, id in _names(table.get("indicator", ())):
            if known.setdefault(spelling, id) not in (id, *away):
                yield (
                    f"{pack.folder}/indicators.toml: {id}: {spelling} is a name of {known[spelling]}; leave it out, or "
                    f"say replaces = {known[spelling]!r}"
                )


def _names(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        for spelling in (row["name"], *row.get("aliases", ())):
            yield fold_name(spelling), row["id"]


def _pattern_faults(packs: tuple[Pack, ...]) -> Iterator[str]:
    """Patterns that are none, that lack a group that is asked for or have one that is not, or that backtrack."""
    own = [row for name in (*RULE_FILES, "fragments") for row in rows(name) if row.pack]
    if faults := [fault for row in own for fault in _row_faults(row.source, row)]:
        yield from faults
        return
    try:
        for name in RULE_FILES:
            rules(name)
        rows_of("name"), rows_of("owner")
        for one in (*constructions(), *phrases().values()):
            if isinstance(one.pattern, Limited) and (text := backtracks(one.pattern.compiled)):
                yield _slow(one.pattern.where, text)
    except RuleError as error:
        yield str(error)


def _row_faults(name: str, row: Any) -> Iterator[str]:
    try:
        pattern = compile_row(row, fragments()).pattern
    except RuleError as error:
        yield str(error)
        return
    shape = read_base("fields").get(name, {}).get("rows", {}).get("rule", {})
    groups, allowed, needed = set(pattern.groupindex), shape.get("groups"), set(shape.get("needs", ()))
    if allowed is not None and not groups <= set(allowed):
        foreign = min(groups - set(allowed))
        yield f"{row.where}: nothing asks for the group {foreign}; the groups are {', '.join(allowed) or 'none'}"
    needed |= set(_replaced_groups(name, row.id))
    if name == "carries":
        needed |= set(GROUP.findall(row["name"] or WHOLE))
    if not needed <= groups:
        yield f"{row.where}: the pattern lacks the group {min(needed - groups)}; add (?P<{min(needed - groups)}>…)"
    if name == "quantities" and not (row["kind"] or row["with_unit"]):
        yield f"{row.where}: kind is missing: what it measures; add it"
    if name == "quantities" and not (groups & {"low", "part"} or row["value"] is not None or row["behind_unit"]):
        yield f"{row.where}: the pattern lacks the group low, the number; add (?P<low>{{{{amount}}}})"
    if name == "labels" and not groups & {"n", "path", "letter", "sign"}:
        yield f"{row.where}: the pattern lacks a group with the number; add (?P<n>{{{{label_no}}}})"
    if pattern.search("") is not None and name in ("vetoes", "times", "quantities", "furniture"):
        yield f"{row.where}: the pattern matches nothing at all, everywhere; make a part of it obligatory"
    elif text := backtracks(pattern.compiled if isinstance(pattern, Limited) else pattern):
        yield _slow(row.where, text)


def _replaced_groups(name: str, id: str) -> Iterable[str]:
    """The groups of the row of planparse that one of a pack stands in the place of under its id."""
    with using(BASE):
        return next((row.pattern.groupindex for row in rules(name) if row.id == id), ()) if name in RULE_FILES else ()


def _slow(where: str, text: str) -> str:
    cure = "let no two repetitions take the same, or bound them: {1,16}, ++"
    return f"{where}: its pattern backtracks on “{text}”; {cure}"
