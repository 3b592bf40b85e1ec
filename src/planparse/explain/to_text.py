"""Explanations for people: one number in full, or a line each."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.characters import columns as width
from planparse.explain import Explanation, Ground
from planparse.explain.words import part_of, reason_of, say
from planparse.harmless import CONTROL
from planparse.model import Target
from planparse.reasons import in_words, lack_in_words
from planparse.write.to_table import value_text

WIDEST = 36  # columns of a value, so that what decided it stays in sight


def line(one: Explanation, language: str) -> str:
    """A number, what became of it and by which rule."""
    rule = one.target.rule if one.target else one.skipped.rule if one.skipped else ""
    return "  ".join(filter(None, [f"{one.start:>6}", _cell(_bare(one.quote), 14), _outcome(one, language), rule]))


def text(one: Explanation, language: str) -> str:
    """Everything that is known of one number.

    >>> from planparse.explain import explain_at
    >>> from planparse.pipeline import trace
    >>> from planparse.read import read_bytes
    >>> traced = trace(read_bytes("某县2025年工作要点\\n\\n办好第三届书展。".encode(), "-"))
    >>> print(text(explain_at(traced, 15), "zh"))
    第三届  位置 15–18
      不是目标：序数
    依据:
      原因        序数                                  veto.ordinal
                  rules/vetoes.toml; 如：第十四个五年规划
    <BLANKLINE>
    """
    place = [say("place", language, one.start, one.end), *([say("page", language, one.page)] if one.page else [])]
    blocks = [
        f"{_bare(one.quote)}  {', '.join(place)}",
        f"  {_outcome(one, language)}",
        *_sentence(one),
        *_words(one, language),
        *_ways(one, language),
        *_grounds(one, language),
        *_evidence(one, language),
        *_traits(one, language),
        *([f"{say('missing', language)}: {lack_in_words(one.missing, one.beyond, language)}"] if one.missing else []),
    ]
    return "\n".join(blocks) + "\n"


def _outcome(one: Explanation, language: str) -> str:
    if one.target is not None:
        return f"{say('target', language, one.target.id)}  {_summary(one.target, language)}"
    if one.skipped is not None:
        return say("skipped", language, reason_of(one.skipped.reason, language))
    return say(one.outcome, language, say("and", language).join(one.dates))


def _summary(target: Target, language: str) -> str:
    name = target.indicator + (f" ({target.action})" if target.action else "")
    day = (target.time.end or target.time.start) if target.time else None
    parts = [say(target.status, language), _bare(name), value_text(target), str(day or "-")]
    return " | ".join(parts) + f" | {say('confidence', language, target.confidence)}"


def _sentence(one: Explanation) -> Iterator[str]:
    if one.target is not None:
        yield f"  {_bare(one.target.sentence)}"


def _words(one: Explanation, language: str) -> Iterator[str]:
    if one.words:
        yield f"{say('words', language)}:"
        yield "  " + " · ".join(f"{_bare(word.text)} {'/'.join(word.roles)}".rstrip() for word in one.words)


def _ways(one: Explanation, language: str) -> Iterator[str]:
    if one.ways:
        yield f"{say('ways', language)}:"
    for way in one.ways:
        verb = f" ({say('verb', language, way.verb)})" if way.verb else ""
        carried = way.construction not in one.rules
        taken = f"  ← {say('carried' if carried else 'taken', language)}" if way.taken else ""
        yield f"  {_cell(way.construction, 28)}  {_cell(_bare(way.name) + verb, WIDEST)}{taken}".rstrip()


def _grounds(one: Explanation, language: str) -> Iterator[str]:
    if one.grounds:
        yield f"{say('grounds', language)}:"
    for ground in one.grounds:
        cells = [_cell(part_of(ground.part, language), 10), _cell(_value(ground, language), WIDEST), ground.rule]
        yield ("  " + "  ".join(cells)).rstrip()
        if notes := list(_notes(one, ground, language)):
            yield " " * 14 + "; ".join(notes)


def _evidence(one: Explanation, language: str) -> Iterator[str]:
    """Each row that spoke of the status, for which side and how loudly, with the words that it read or what it says of
    itself."""
    if one.evidence:
        total = sum(piece.weight for piece in one.evidence)
        yield f"{say('evidence', language)}: {total:+g}"
    for piece in one.evidence:
        side = say("achieved" if piece.weight > 0 else "planned", language)
        words = f"“{_bare(piece.words)}”" if piece.words else _bare(in_words(piece.rule, language))
        yield f"  {_cell(f'{piece.weight:+g} {side}', 14)}  {_cell(piece.rule, 28)}  {words}".rstrip()


def _traits(one: Explanation, language: str) -> Iterator[str]:
    if one.traits and one.target:
        yield f"{say('traits', language, one.target.confidence)}:"
    for trait in one.traits:
        share = say("measured", language, trait.n, f"{trait.right:.0%}")
        yield f"  {_cell(f'{trait.weight:+.2f}', 6)}  {_cell(trait.name, 28)}  {share}"


def _value(ground: Ground, language: str) -> str:
    if ground.part == "status":
        return say(ground.value, language)
    return reason_of(ground.value, language) if ground.part == "reason" else _bare(ground.value)


def _notes(one: Explanation, ground: Ground, language: str) -> Iterator[str]:
    """The words that a rule read and where they stand; what it says of itself, or an example of it."""
    if ground.words and ground.part not in ("value", "reason"):
        side = "before" if (ground.distance or 0) >= 0 else "behind"
        far = f" ({say(side, language, abs(ground.distance))})" if ground.distance else ""
        yield f"“{_bare(ground.words)}”{far}"
    if row := one.rules.get(ground.rule):
        yield row.file
    if said := _bare(in_words(ground.rule, language)):
        yield said


def _cell(said: str, wide: int) -> str:
    return said + " " * (wide - width(said))


def _bare(said: str) -> str:
    """Words without what would move the cursor or turn the direction of writing."""
    return CONTROL.sub(" ", said)
