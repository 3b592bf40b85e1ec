"""A hundred faulty packs, made by chance from a right one: each fault is a line that names its file."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

import planparse
from conftest import ROOT
from planparse.model import RuleError

RIGHT = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "packs" / "ports").glob("*.toml"))}
Break = Callable[[random.Random, str], str]


def _replace_line(chance: random.Random, content: str, field: str, said: str) -> str:
    """The content with another value in one of the lines of a field, or with the line added to its first row."""
    lines = content.splitlines()
    places = [i for i, line in enumerate(lines) if line.startswith(f"{field} = ")]
    if not places:
        return content + f"\n[[rule]]\nid = \"own.{chance.randrange(99)}\"\npattern = '甲乙'\n{field} = {said}\n"
    lines[chance.choice(places)] = f"{field} = {said}"
    return "\n".join(lines)


BREAKS: dict[str, Break] = {
    "cut off": lambda chance, text: text[: text.rindex("]")] + chance.choice("=[{'\""),
    "another field": lambda _, text: text + '\n[[rule]]\nid = "own.a"\npattern = "甲"\ncolour = "red"\n',
    "a number for a text": lambda chance, text: _replace_line(chance, text, "id", "7"),
    "a text for a list": lambda chance, text: _replace_line(chance, text, "examples", '"甲"'),
    "a list in a list": lambda chance, text: _replace_line(chance, text, "rejects", '[["甲"]]'),
    "no such part": lambda _, text: text + "\n[[rows]]\na = 1\n",
    "a part that is no table": lambda _, text: (
        "rule = 3\nunit = 3\nindicator = 3\nconstruction = 3\nwords = 3\nnoun = 3\n" + text
    ),
    "off that is none": lambda _, text: "off = 3\n" + text,
    "off what is not there": lambda chance, text: f'off = ["none.{chance.randrange(99)}"]\n' + text,
    "a group that is open": lambda chance, text: _replace_line(chance, text, "pattern", "'(甲'"),
    "a pattern of nothing": lambda chance, text: _replace_line(chance, text, "pattern", "'甲?'"),
    "a fragment that is none": lambda chance, text: _replace_line(chance, text, "pattern", "'{{none}}'"),
    "a pattern that backtracks": lambda chance, text: _replace_line(chance, text, "pattern", r"'(?:\d|\d\d)+甲'"),
    "a shape that is none": lambda chance, text: _replace_line(chance, text, "shape", "'(?<name> NONE ) Q'"),
    "a kind that is none": lambda chance, text: _replace_line(chance, text, "kind", '"weight"'),
    "a reason that is none": lambda chance, text: _replace_line(chance, text, "reason", '"because"'),
    "a row that is not there": lambda chance, text: _replace_line(chance, text, "before", '"none.such"'),
    "twice": lambda _, text: text + "\n" + text,
}
FILES = [name for name in RIGHT if name != "words.toml"]


@pytest.mark.parametrize("number", range(100))
def test_a_faulty_pack_is_named(number: int, tmp_path: Path) -> None:
    chance = random.Random(number)
    kind = list(BREAKS)[number % len(BREAKS)]
    name = chance.choice(FILES)
    own = tmp_path / "own"
    own.mkdir()
    for other, content in RIGHT.items():
        content = BREAKS[kind](chance, content) if other == name else content
        (own / other).write_text(content, encoding="utf-8")
    with pytest.raises(RuleError) as raised:
        planparse.extract("2025年计划\n\n新建学校5所。".encode(), rules=[own])
    lines = str(raised.value).splitlines()
    assert lines
    assert all(line.removeprefix(f"{tmp_path}/").startswith("own/") for line in lines), (kind, lines)
    assert any(name in line for line in lines), (kind, lines)
