"""What each construction, carry and scope of the rules read in some documents, and how much of it is right by gold.

The shapes that only the general reading took, most frequent first, are what is still to be written as constructions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from planparse.assemble.constructions import Heard, alphabet
from planparse.assemble.tokens import Tokens
from planparse.lexicon import roles_of
from planparse.model import Target
from planparse.pipeline import Trace
from planparse.rules import find_row
from planparse.score import Gold, score

_SHOWN = ("lead", "level", "verb", "grant", "head", "after", "preposition", "adverb", "pronoun", "average", "place")
"""Of the roles of a word the first of these is shown, so that one clause has one shape."""


@dataclass(slots=True)
class Reach:
    """How many records a rule had a part in; of those that gold speaks of, how many are right, how many have an exact
    name."""

    records: int = 0
    judged: int = 0
    right: int = 0
    exact: int = 0


@dataclass(slots=True)
class Shape:
    """The roles of the words around a number, how often no special construction took them, how often that was wrong,
    and a clause."""

    shape: str
    records: int = 0
    wrong: int = 0
    example: str = ""


@dataclass(slots=True)
class Coverage:
    """What was read of some documents: by the rules that decided one part, and by shape."""

    documents: int = 0
    records: int = 0
    general: int = 0
    """Records whose name no special construction read."""
    rules: dict[str, Reach] = field(default_factory=dict)
    shapes: list[Shape] = field(default_factory=list)


def cover(texts: Iterable[tuple[Trace, Gold | None]], part: str = "name") -> Coverage:
    """The coverage of some documents by the rules that decided a part of each record: its name, time, status …"""
    found = Coverage()
    shapes: dict[str, Shape] = {}
    for trace, gold in texts:
        found.documents += 1
        judged = {one.target.id: one for one in score(gold, trace.document).judged} if gold else {}
        for target in trace.document.targets:
            found.records += 1
            reach = found.rules.setdefault(target.why.get(part, "-"), Reach())
            reach.records += 1
            if one := judged.get(target.id):
                reach.judged += 1
                reach.right += one.right
                reach.exact += one.exact
            if is_general(target.why.get("name", "-")):
                found.general += 1
                heard = trace.heard.get(trace.made[target.id][0].span) if target.id in trace.made else None
                if heard is not None:
                    _count(shapes, heard, target, wrong=one is not None and not one.right)
    found.rules = dict(sorted(found.rules.items(), key=lambda item: -item[1].records))
    found.shapes = sorted(shapes.values(), key=lambda shape: (-shape.records, shape.shape))
    return found


def is_general(rule: str) -> bool:
    """Whether a name comes from no special construction: a row that is `general`, or what stood before the clause.

    >>> is_general("name.before"), is_general("carry.before"), is_general("penalty.fine"), is_general("carry.last")
    (True, True, False, False)
    """
    found = find_row(rule)
    return bool(found[1].get("general")) if found else not rule.startswith(("group.", "milestone", "table."))


def _count(shapes: dict[str, Shape], heard: Heard, target: Target, *, wrong: bool) -> None:
    before, behind = (list(_roles(tokens)) for tokens in (heard.stretch.before, heard.stretch.behind))
    words = [*before, "Q", *behind]
    shape = shapes.setdefault(_folded(words), Shape(_folded(words)))
    shape.records += 1
    shape.wrong += wrong
    around = heard.stretch.before.written(), heard.stretch.behind.written()
    shape.example = shape.example or f"{around[0]}⟦{''.join(target.quote.split())}⟧{around[1]}"


def _roles(tokens: Tokens) -> Iterable[str]:
    atoms = {code: name for name, code in alphabet().by_atom.items()}
    for i, code in enumerate(tokens.codes):
        roles = roles_of(tokens.word(i))
        yield atoms.get(code) or next((role.upper() for role in _SHOWN if role in roles), "WORD")


def _folded(words: list[str]) -> str:
    """The shape with runs of what is alike as one.

    >>> _folded(["WORD", "WORD", "LEVEL", "Q"])
    'WORD+ LEVEL Q'
    """
    runs: Counter[int] = Counter()
    kept: list[str] = []
    for word in words:
        if not kept or kept[-1] != word:
            kept.append(word)
        runs[len(kept) - 1] += 1
    return " ".join(word + "+" * (runs[i] > 1) for i, word in enumerate(kept))
