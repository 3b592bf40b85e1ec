"""Who answers for an item, as the text itself names them: （牵头单位：甲，配合单位：乙、丙）."""

from __future__ import annotations

from bisect import bisect_right

from planparse.assemble.clauses import split_names
from planparse.cache import compiled
from planparse.model import Outline, Sentence
from planparse.rules import cue, rules

_NEXT_LINE = compiled(r"\n\s*")


class Responsibles:
    """The bodies named in the brackets of a document, and which sentences each bracket speaks for."""

    def __init__(self, text: str, outline: Outline) -> None:
        self.text, self.outline = text, outline
        found = sorted(
            (match.start(), _bodies(match)) for rule in rules("responsible") for match in rule.pattern.finditer(text)
        )
        self.starts = [start for start, _ in found]
        self.bodies = [bodies for _, bodies in found]

    def of(self, sentence: Sentence) -> list[str]:
        """The bodies of the first bracket after a sentence's start and inside its item; empty when there is none.

        Where no item is, the bracket stands in the sentence's line or at the beginning of the next.
        """
        i = bisect_right(self.starts, sentence.start)
        if i == len(self.starts):
            return []
        end = self.outline.nodes[sentence.node].end if sentence.node is not None else self._next_line(sentence.end)
        return self.bodies[i] if self.starts[i] < end else []

    def _next_line(self, at: int) -> int:
        """Just behind where the line after the one of a place begins."""
        match = _NEXT_LINE.search(self.text, at)
        return match.end() + 1 if match else len(self.text)


def _bodies(match: object) -> list[str]:
    groups = match.groupdict()  # type: ignore[attr-defined]
    said = [part for role in ("lead", "bodies") for part in (groups.get(role) or "").split("，")]
    return list(dict.fromkeys(name.removesuffix("等") for part in said for name in _split(part) if _is_body(name)))


def _is_body(name: str) -> bool:
    """Whether a member of the bracket is a body, not the time by which the item is done: 县林业局，|6月底前完成."""
    return bool(name) and not cue("responsible.by-when").search(name)


def _split(said: str) -> list[str]:
    """The bodies of an enumeration; 和 parts two only where the first is named to its end: 市人力资源|和|社会保障局."""
    bodies: list[str] = []
    for name in split_names(said):
        whole = f"{bodies[-1]}和{name}" if bodies else ""
        if whole and whole in said and not cue("responsible.named-in-full").search(bodies[-1]):
            bodies[-1] = whole
        else:
            bodies.append(name)
    return bodies
