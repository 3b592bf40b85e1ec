"""Who answers for an item, as the text itself names them: （牵头单位：甲，配合单位：乙、丙）."""

from __future__ import annotations

from bisect import bisect_right

from planparse.assemble.clauses import split_names
from planparse.model import Outline, Sentence
from planparse.rules import rules


class Responsibles:
    """The bodies named in the brackets of a document, and which sentences each bracket speaks for."""

    def __init__(self, text: str, outline: Outline) -> None:
        self.outline = outline
        found = sorted(
            (match.start(), _bodies(match)) for rule in rules("responsible") for match in rule.pattern.finditer(text)
        )
        self.starts = [start for start, _ in found]
        self.bodies = [bodies for _, bodies in found]

    def of(self, sentence: Sentence) -> list[str]:
        """The bodies of the first bracket after a sentence's start and inside its item; empty when there is none."""
        i = bisect_right(self.starts, sentence.start)
        if i == len(self.starts) or sentence.node is None:
            return []
        return self.bodies[i] if self.starts[i] < self.outline.nodes[sentence.node].end else []


def _bodies(match: object) -> list[str]:
    groups = match.groupdict()  # type: ignore[attr-defined]
    names = split_names(groups.get("lead") or "") + [
        name for part in (groups.get("bodies") or "").split("，") for name in split_names(part)
    ]
    return list(dict.fromkeys(name.removesuffix("等") for name in names if name))
