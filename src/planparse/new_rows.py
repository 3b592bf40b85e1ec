"""Writes a row into a pack: the text of its file with the row in it, the rest of the file as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

Value = str | bool | Sequence[str] | Sequence[Sequence[str]]


class Addition(NamedTuple):
    """What goes into a file: a [[part]] row, a line of a [part], a pair of a list in a [part], or a word of a list."""

    file: str
    part: str
    row: Mapping[str, Value] = {}
    key: str = ""
    word: str = ""
    pair: tuple[str, str] | tuple[()] = ()


def add(content: str, addition: Addition) -> str:
    """The text of a file with something added to it.

    >>> print(add("", Addition("lexicon", "slogans", word="三港合一")), end="")
    slogans = [
      "三港合一",
    ]
    >>> print(add('[words]\\n"擦亮" = "verb"\\n', Addition("words", "words", key="做靓", word="verb")), end="")
    [words]
    "做靓" = "verb"
    "擦亮" = "verb"
    """
    if addition.row:
        lines = [f"{name} = {_toml(value)}" for name, value in addition.row.items() if value not in ("", [], ())]
        return "\n".join(
            [content.rstrip(), f"\n[[{addition.part}]]" if content.strip() else f"[[{addition.part}]]", *lines, ""]
        ).lstrip()
    if addition.pair:
        return _add_pair(content, addition)
    if addition.key:
        line = f"{_toml(addition.key)} = {_toml(addition.word)}\n"
        return (
            _behind(content, rf"^\[{addition.part}\][^\n]*\n", line) or f"{content}\n[{addition.part}]\n{line}".lstrip()
        )
    word = f"  {_toml(addition.word)},\n"
    return (
        _behind(content, rf"^{addition.part} = \[[ \t]*\n?", "\n" + word) or f"{addition.part} = [\n{word}]\n{content}"
    )


def _add_pair(content: str, addition: Addition) -> str:
    item = f"  {_toml(addition.pair)},\n"
    head, listed = rf"^\[{addition.part}\][^\n]*\n", f"{addition.key} = [\n{item}]\n"
    return (
        _behind(content, rf"{head}(?:[^\[\n][^\n]*\n|\n)*?{addition.key} = \[[ \t]*\n?", "\n" + item)
        or _behind(content, head, listed)
        or f"{content}\n[{addition.part}]\n{listed}".lstrip()
    )


def _behind(content: str, mark: str, added: str) -> str | None:
    """A text with something put behind the first match of a mark; None without one."""
    match = re.search(mark, content, re.MULTILINE)
    if match is None:
        return None
    return content[: match.end()] + (added.lstrip("\n") if match[0].endswith("\n") else added) + content[match.end() :]


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}'" if "\\" in value and "'" not in value else json.dumps(value, ensure_ascii=False)
    return f"[{', '.join(map(_toml, value))}]"


def write_rows(folder: Path, additions: Sequence[Addition]) -> list[Path]:
    """Adds to the files of a pack, which is made if need be; the files."""
    from planparse.files import whole_file

    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for addition in additions:
        path = folder / f"{addition.file}.toml"
        content = path.read_text(encoding="utf-8") if path.exists() else ""
        with whole_file(path) as file:
            file.write(add(content, addition).encode())
        paths.append(path)
    return list(dict.fromkeys(paths))


# ---------------------------------------------------------------- what each kind of row is made of


def unit(name: str, kind: str, aliases: Sequence[str], example: str) -> list[Addition]:
    """A unit."""
    return [Addition("units", "unit", {"unit": name, "kind": kind, "aliases": list(aliases), "example": example})]


def indicator(id: str, name: str, en: str, unit: str, aliases: Sequence[str], *, plain: bool) -> list[Addition]:
    """An indicator; with `plain` also, that its numbers have no unit."""
    row = {"id": id, "name": name, "en": en, "unit": unit, "aliases": list(aliases)}
    plainly = [Addition("lexicon", "index", word=word) for word in (name, *aliases)] if plain else []
    return [Addition("indicators", "indicator", row), *plainly]


def spelling(name: str, usual: str) -> list[Addition]:
    """Another way to say what an indicator is called, both folded."""
    return [Addition("indicators", "folding", key="same", pair=(name, usual))]


def construction(id: str, shape: str, given: Mapping[str, Value], proof: Sequence[Sequence[str]]) -> list[Addition]:
    """A construction with the sentences that it reads."""
    return [Addition("constructions", "construction", {"id": id, "shape": shape, **given, "examples": list(proof)})]


def shape_of(sentence: str, quote: str, name: str, verb: str) -> str | None:
    """A shape for a sentence of which a number, its name and its verb are known, by the words that stand between them;
    None when it does not hold them.

    >>> shape_of("每周挂靠3次本港码头。", "3次", "本港码头", "挂靠")
    '^ ANY* (?<verb>挂靠) Q (?<name> ANY{1,9}? ) $'
    >>> shape_of("岸线上的泊位如今有5个。", "5个", "泊位", "")
    '^ ANY*? (?<name> RUN{1,9}? ) 如今有 Q'
    """
    clause = next((part for part in re.split("[，。；：！？]", sentence) if quote in part), "")
    before, _, behind = clause.partition(quote)
    said = f"(?<verb>{verb})" if verb and verb in before else ""
    if not quote or not name:
        return None
    if behind.startswith(name):
        rest = behind.removeprefix(name)
        return f"^ ANY* {said} Q (?<name> ANY{{1,9}}? ) {rest or '$'}".replace("  ", " ")
    if name in before:
        between = before.rpartition(name)[2]
        words = between.replace(verb, said, 1) if said else between
        return f"^ ANY*? (?<name> RUN{{1,9}}? ) {words} Q".replace("  ", " ")
    return None
