"""Who issued a document: by its letterhead, its title, the speaker, what a site says, the signature, its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from planparse.cache import compiled
from planparse.facts.head import HeadLine, classify
from planparse.facts.title import before_text
from planparse.model import NormalText
from planparse.rules import cue

SHORTEST = 3  # hanzi of a body: 国务院; letters set apart are no bodies
_GAPS = compiled(r"[^\S\n\r]+"), compiled(r"[^\S\n\r]{2,}")  # the letters of a name may be set apart too
LEVELS = ("省", "市", "县", "区", "州", "旗", "盟", "镇", "乡", "自治区", "自治州")


def find_issuer(title: str | None, head: Sequence[HeadLine], opening: str, signed: str | None) -> str | None:
    """The body or bodies that issue a document; None when it names none."""
    place = _place(title, head)
    own = before_text(head)
    banner = _letterhead(own)
    if banner and signed and not Counter(banner) - Counter(signed):
        return signed  # names set beside each other, read across
    named = banner or _of_title(title) or _speaker(opening, place) or _named(head)
    if named:
        return signed if signed and _is_first_of(named, signed, title or "") else named
    history = [line for line in own if line.kind != "enacted"]
    made = _order(history, place) or _passed(history, place) or signed or _order(head, place)
    return made or _publishers(head) or _passed(head, place) or _reporter(title, head, place) or _below_title(own)


def set_apart(issuer: str, normal: NormalText) -> str:
    """The bodies of an issuer with a blank between those that the source sets apart on one line: 甲局　乙局."""
    names: list[str] = []
    for name in issuer.split():
        start = normal.text.find(name)
        span = normal.source_span(start, start + len(name)) if start >= 0 else None
        written = normal.source[slice(*span)] if span else name
        cuts = ([_bare(part) for part in gap.split(written)] for gap in _GAPS)
        names += next((parts for parts in cuts if "".join(parts) == name and all(map(_is_body, parts))), [name])
    return " ".join(names)


def _bare(text: str) -> str:
    return "".join(text.split())


def _is_body(text: str) -> bool:
    return len(text) >= SHORTEST and classify(text).kind == "body"


def _is_first_of(body: str, signed: str, title: str) -> bool:
    """Whether a body is only the first of those that sign."""
    return signed.startswith(f"{body} ") or (signed.startswith(body) and f"{body}等" in title)


def _letterhead(head: Sequence[HeadLine]) -> str | None:
    """The bodies of a banner: on the line of 文件, on lines above it, and below where 文件 stands alone; or those alone
    above the number."""
    at = next((i for i, line in enumerate(head) if line.kind in ("banner", "number")), None)
    if at is None:
        return None
    above = _bodies(head[:at][::-1])[::-1]
    own = [head[at].found["issuer"]] if head[at].found.get("issuer") else []
    below = _bodies(head[at + 1 :]) if head[at].kind == "banner" and not own else []
    return " ".join([*above, *own, *below]) or None


def _bodies(lines: Sequence[HeadLine]) -> list[str]:
    """The names of bodies alone on the lines that follow each other."""
    names: list[str] = []
    for line in lines:
        if line.kind != "body":
            break
        names.append(line.found["issuer"])
    return names


def _of_title(title: str | None) -> str | None:
    match = cue("issuer.in-title").match(title) if title else None
    return title[: match.end("issuer")] if match and title else None


def _speaker(opening: str, place: str | None) -> str | None:
    match = cue("issuer.speaker").search(opening)
    return _at_place(opening[match.start("issuer") : match.end("issuer")], place) if match else None


def _named(head: Sequence[HeadLine]) -> str | None:
    for line in head:
        if match := cue("issuer.named").search(line.text):
            return str(match["issuer"])
    return None


def _order(head: Sequence[HeadLine], place: str | None) -> str | None:
    """The body of an order: 甲省人民政府令, in the head or the history below the title."""
    for line in head:
        if line.kind == "order" and line.found.get("issuer"):
            return line.found["issuer"]
        if line.kind == "adopted" and (match := cue("issuer.order").search(line.text)):
            return _at_place(str(match["issuer"]), place)
    return None


def _publishers(head: Sequence[HeadLine]) -> str | None:
    """The bodies on the cover of a standard: those above 发布, on its line, and below it."""
    at = next((i for i, line in enumerate(head) if line.kind == "publisher"), None)
    if at is None:
        return None
    own = [head[at].found[name] for name in ("issuer", "second") if name in head[at].found]
    below = [] if "second" in head[at].found else _bodies(head[at + 1 :])
    return " ".join([*_bodies(head[:at][::-1])[::-1], *own, *below]) or None


def _passed(head: Sequence[HeadLine], place: str | None) -> str | None:
    """The body that passed a rule."""
    for line in head:
        if line.kind not in ("adopted", "enacted"):
            continue
        if match := cue("issuer.passed").search(line.text):
            return _at_place(str(match["issuer"]), place)
        if match := cue("issuer.congress").search(line.text):
            return f"{match['place']}人民代表大会{match['standing'] or ''}"
    return None


def _reporter(title: str | None, head: Sequence[HeadLine], place: str | None) -> str | None:
    """The body that reports on its work: that of the person who gives the report, else the government of the place."""
    if not title or not cue("issuer.report").search(title):
        return None
    heads = (line.found["issuer"] for line in head if line.kind == "person" and line.found.get("issuer"))
    return next(heads, None) or (f"{place}人民政府" if place and "政府工作报告" in title else None)


def _below_title(head: Sequence[HeadLine]) -> str | None:
    """The bodies alone on their lines between title and text."""
    titled = next((i for i, line in enumerate(head) if not line.kind), len(head))
    first = next((i for i in range(titled, len(head)) if head[i].kind == "body"), len(head))
    return " ".join(_bodies(head[first:])) or None


def _at_place(body: str, place: str | None) -> str:
    """省人民政府 as a text says it for short, with the place that its title or occasion names."""
    level = body.removesuffix("政府").removesuffix("人民").removeprefix("全")
    if level == body or level not in LEVELS:
        return body
    return f"{place}人民政府" if place and place.endswith(level) else body


def _place(title: str | None, head: Sequence[HeadLine]) -> str | None:
    for line in head:
        if match := cue("issuer.place").search(line.text):
            return str(match["place"])
    match = cue("issuer.place-in-title").match(title) if title else None
    return str(match["place"]) if match else None
