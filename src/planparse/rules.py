"""The only opener of rules/: TOML tables read once, patterns compiled once."""

from __future__ import annotations

import hashlib
from collections import ChainMap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from planparse.cache import compiled, recall, rules_folder
from planparse.engine import compile_pattern
from planparse.merge import merge
from planparse.model import RuleError
from planparse.patterns import NAMED_PIECE, Limited, alternation, expand
from planparse.ruleset import BASE, in_force, per_ruleset, using


@per_ruleset
def read(name: str) -> dict[str, Any]:
    """The content of rules/NAME.toml with what packs add; RuleError says which file is missing or malformed."""
    packs = in_force().packs
    if not any(name in pack.tables for pack in packs):
        return read_base(name)
    table, faults = merge(name, read_base(name), packs, read_base("fields")[name])
    if faults:
        raise RuleError("\n".join(faults))
    return table


@cache
def read_base(name: str) -> dict[str, Any]:
    """The content of rules/NAME.toml."""
    import tomllib

    try:
        return tomllib.loads((rules_folder() / f"{name}.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RuleError(f"rules/{name}.toml is missing; reinstall planparse") from None
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"rules/{name}.toml is not valid TOML: {error}") from None


def fingerprint() -> str:
    """A hash that changes with any rule file, and any pack in force."""
    digest = hashlib.sha256(in_force().fingerprint.encode())
    for path in sorted(rules_folder().glob("*.toml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Row:
    """One row as its file has it: a pattern whose {{fragments}} and {{lists}} are not filled in, and its proof."""

    source: str
    id: str
    pattern: str
    lists: dict[str, list[str]]
    fields: dict[str, Any]
    pack: str = ""

    def __getitem__(self, name: str) -> Any:
        return self.fields.get(name)

    @property
    def where(self) -> str:
        """The file of the row, and its id."""
        return f"{self.pack or 'rules'}/{self.source}.toml: {self.id}"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A row at work: its compiled pattern, whose named groups the code reads, and what else the row says."""

    id: str
    pattern: Any
    fields: dict[str, Any]
    source: str = ""

    def __getitem__(self, name: str) -> Any:
        return self.fields.get(name)


@cache
def files() -> list[str]:
    """The names of the rule files."""
    return sorted(path.stem for path in rules_folder().glob("*.toml"))


@per_ruleset
def _by_id() -> dict[str, tuple[str, dict[str, Any]]]:
    names = files()
    lists = ((name, part) for name in names for part in read(name).values() if isinstance(part, list))
    return {row["id"]: (name, row) for name, part in lists for row in part if isinstance(row, dict) and "id" in row}


def find_row(id_: str) -> tuple[str, dict[str, Any]] | None:
    """The file and the row of this id as it is written, of any kind of row; None when no file has it.

    >>> find_row("count.behind")[0], find_row("none.such")
    ('constructions', None)
    """
    return _by_id().get(id_)


PROOF = ("note", "examples", "rejects", "gaps", "each", "never", "over")


@per_ruleset
def rows(name: str) -> tuple[Row, ...]:
    """The rows of rules/NAME.toml, in file order; those of fragments.toml are tables with a name of their own."""
    table = read(name)
    given = table.get("rule", ()) if name != "fragments" else ({"id": key, **row} for key, row in table.items())
    return tuple(_row(name, row) for row in given)


def _row(name: str, row: dict[str, Any]) -> Row:
    if "id" not in row or "pattern" not in row:
        raise RuleError(f"rules/{name}.toml: {row.get('id', '(no id)')}: a rule needs an id and a pattern")
    fields = {key: value for key, value in row.items() if key not in ("id", "pattern", "any", "pack")}
    return Row(name, row["id"], row["pattern"], row.get("any", {}), fields, row.get("pack", ""))


class Fragments(dict[str, str]):
    """The named pieces that patterns are put together from, each written out when it is first asked for: those of
    rules/fragments.toml, the units and the word lists.

    With `texts`, of all words only those that stand in these: the same for them, and compiled much faster.
    """

    def __init__(self, texts: str | None = None) -> None:
        super().__init__()
        self.texts = texts

    def __missing__(self, name: str) -> str:
        row = next((row for row in rows("fragments") if row.id == name), None)
        self[name] = piece = fill(row, self) if row else self.any_of(word_lists()[name])
        return piece

    def any_of(self, words: list[str]) -> str:
        """A pattern for any of these words."""
        return alternation(words if self.texts is None else [word for word in words if word in self.texts])


@per_ruleset
def fragments() -> Fragments:
    """The pieces with all their words."""
    return Fragments()


def fill(row: Row, pieces: Fragments) -> str:
    """The pattern of a row with its lists and every {{fragment}} written out."""
    own = {name: pieces.any_of(words) for name, words in row.lists.items()}
    try:
        return expand(row.pattern, ChainMap(own, pieces))
    except KeyError as missing:
        raise RuleError(
            f"{row.where}: there is no fragment or list {{{{{missing.args[0]}}}}}; see fragments.toml"
        ) from None
    except RecursionError:
        raise RuleError(f"{row.where}: its fragments are made of themselves; name others") from None


@per_ruleset
def word_lists() -> dict[str, list[str]]:
    """The lists that patterns are made of, by the names that patterns give them: units of each kind, words."""
    lists = {f"unit_{kind}": names for kind, names in unit_names().items()}
    spellings = [name for names in unit_names().values() for name in names]
    lists["unit"] = spellings
    lists["unit_in_hanzi"] = [name for name in spellings if "\u4e00" <= name[0] <= "\u9fff"]
    lists["after_thousand"] = [name[1:] for name in spellings if name.startswith("千")]
    lists["unit_basis"] = list(read("units")["basis_aliases"])
    lists["sign"] = list(read("units")["signs"])
    lists["word_counterparts"] = [part for parts in lexicon()["counterparts"].values() for part in parts]
    table = read("words")
    for role in table["roles"]:
        lists[f"role_{role}"] = [word for word, row in table["words"].items() if role in row.split()]
    return lists | {f"word_{name}": words for name, words in lexicon().items() if isinstance(words, list)}


def compile_row(row: Row, pieces: Fragments) -> Rule:
    """A row with its pattern compiled; RuleError names it when it is malformed."""
    text = fill(row, pieces)
    foreign = row.pack or _is_foreign(row)
    pattern = _base_patterns(row.source).get(text) if in_force() is not BASE and not foreign else None
    try:
        pattern = pattern or (regex.compile(text) if foreign else compile_pattern(text))  # only regex can be timed
    except (regex.error, OverflowError, RecursionError) as error:
        raise RuleError(f"{row.where}: its pattern is none: {error}; mend it there") from None
    if foreign:
        pattern = Limited(pattern, row.where)
    return Rule(row.id, pattern, {k: v for k, v in row.fields.items() if k not in PROOF}, row.source)


@cache
def _base_patterns(name: str) -> dict[str, Any]:
    """The patterns of planparse's own rows by their text, so that packs have only what they change compiled."""
    with using(BASE):
        return {rule.pattern.pattern: rule.pattern for rule in rules(name)} if name in RULE_FILES else {}


def _is_foreign(row: Row) -> bool:
    """Whether a pack wrote a piece of the pattern of a row."""
    named = set(NAMED_PIECE.findall(row.pattern))
    pieces = [piece for piece in rows("fragments") if piece.id in named] if in_force() is not BASE else []
    return any(piece.pack or _is_foreign(piece) for piece in pieces)


@per_ruleset
def rules(name: str) -> tuple[Rule, ...]:
    """The rows of rules/NAME.toml, compiled, in file order."""
    return recall(f"rules {name}", lambda: tuple(compile_row(row, fragments()) for row in rows(name)))


@per_ruleset
def having(field: str, source: str) -> dict[str, Any]:
    """The ids of the rows of a file that have a field, and what they have there."""
    return {rule.id: rule[field] for rule in rules(source) if rule[field]}


@per_ruleset
def cue(name: str) -> Any:
    """The pattern with this id of those that the code names: rules/cues.toml, headings.toml, facts.toml."""
    return _cues()[name]


@per_ruleset
def _cues() -> dict[str, Any]:
    return {rule.id: rule.pattern for name in ("cues", "headings", "facts") for rule in rules(name)}


@per_ruleset
def any_cue(*names: str) -> Any:
    """One pattern for several cues, the first named tried first."""
    return one_of(cue(name) for name in names)


_NAME_OF_GROUP = regex.compile(r"\(\?P<\w+>")


def one_of(patterns: Iterable[Any]) -> Any:
    """One pattern for several, the first tried first, without the names of their groups."""
    given = list(patterns)
    one = "|".join(f"(?:{_NAME_OF_GROUP.sub('(?:', pattern.pattern)})" for pattern in given)
    foreign = next((pattern for pattern in given if isinstance(pattern, Limited)), None)
    return Limited(recall(f"timed {one}", lambda: regex.compile(one)), foreign.where) if foreign else compiled(one)


@per_ruleset
def lexicon() -> dict[str, Any]:
    """The word lists of rules/lexicon.toml, by their names."""
    return recall("lexicon", lambda: read("lexicon"))


@per_ruleset
def words(*names: str) -> frozenset[str]:
    """The words of one or several of the lists."""
    return frozenset(word for name in names for word in lexicon()[name])


# ---------------------------------------------------------------- units


@per_ruleset
def unit_table() -> dict[str, tuple[Any, str]]:
    """Every spelling of every unit: (kind, the unit as it is written to the output)."""
    return recall("units", _read_units)


def _read_units() -> dict[str, tuple[Any, str]]:
    table = read("units")
    units: dict[str, tuple[Any, str]] = {}
    for row in table["unit"]:
        for spelling in [row["unit"], *row.get("aliases", [])]:
            units[spelling] = row["kind"], row["unit"]
    for section, kind in (("measures", "measure"), ("durations", "duration"), ("scores", "score"), ("ranks", "rank")):
        units |= {unit: (kind, unit) for unit in table[section]}
    units |= {alias: ("measure", unit) for alias, unit in table["measure_aliases"].items()}
    for group in table["counts"].values():
        units |= {unit: ("count", unit) for unit in group if unit not in units}
    return units


@per_ruleset
def signs() -> dict[str, str]:
    """The signs that may stand before an amount of money, and the unit that each stands for."""
    return recall("signs", lambda: read("units")["signs"])


@per_ruleset
def basis_aliases() -> dict[str, str]:
    """The symbols behind a slash, and what each is written to the output as."""
    return recall("basis", lambda: read("units")["basis_aliases"])


@per_ruleset
def unit_names() -> dict[str, list[str]]:
    """The spellings of each kind of unit."""
    names: dict[str, list[str]] = {}
    for spelling, (kind, _) in unit_table().items():
        names.setdefault(kind, []).append(spelling)
    return names


RULE_FILES = (
    *("quantities", "comparators", "times", "roles", "vetoes", "changes", "status", "responsible", "cues", "carries"),
    *("labels", "headings", "facts", "furniture", "tables"),
)


def all_rules() -> Iterator[Rule]:
    """Every pattern rule of every rule file."""
    for name in RULE_FILES:
        yield from rules(name)
