"""What of a pattern can match at all in texts without a certain character: the rest is slow to compile, and says
nothing of them."""

from __future__ import annotations

from collections import deque

import regex

_TOKEN = regex.compile(
    r"(?P<open>\((?:\?(?:P?<\w+>|<?[=!]|:))?)|(?P<between>[|)])|\[(?P<not>\^?)(?P<set>(?:\\.|[^\]\\])*)\]"
    r"|(?P<repeat>(?:[*+?]|\{[\d,]+\})[+?]?)|(?P<char>\\.|.)",
    regex.DOTALL,
)
_ANY = "(?s:.)"
_MAY_BE_ABSENT = ("*", "?", "{0")


def possible(pattern: str, absent: str) -> str | None:
    """A pattern without the alternatives and sets that need an absent character; None where all of it does.

    >>> possible("甲(?:乙丙|丁+|[戊乙])乙?(?!乙)", "乙"), possible("(?:甲乙|[乙])", "乙")
    ('甲(?:丁+|[戊])', None)
    """
    return _alternatives(deque(_TOKEN.finditer(pattern)), absent)


def _alternatives(tokens: deque[regex.Match[str]], absent: str) -> str | None:
    """What is possible of the alternatives up to the end of their group."""
    kept = []
    while True:
        sequence = _sequence(tokens, absent)
        if sequence is not None:
            kept.append(sequence)
        if not tokens or tokens.popleft()[0] == ")":
            return "|".join(kept) if kept else None


def _sequence(tokens: deque[regex.Match[str]], absent: str) -> str | None:
    """What is possible of what stands in a row, up to the next alternative or the end."""
    parts: list[str | None] = []
    while tokens and not tokens[0]["between"]:
        part = _part(tokens.popleft(), tokens, absent)
        if tokens and tokens[0]["repeat"]:
            repeat = tokens.popleft()[0]
            part = part + repeat if part else "" if repeat.startswith(_MAY_BE_ABSENT) else part
        parts.append(part)
    return None if None in parts else "".join(part or "" for part in parts)


def _part(token: regex.Match[str], tokens: deque[regex.Match[str]], absent: str) -> str | None:
    """What is possible of a character, a set or a group."""
    if token["open"]:
        body = _alternatives(tokens, absent)
        if body is None:
            return "" if token[0].endswith("!") else None
        return f"{token[0]}{body})"
    if token["set"] is None:
        return None if token[0] == absent else token[0]
    chars = token["set"].replace(absent, "")
    return f"[{token['not']}{chars}]" if chars else _ANY if token["not"] else None
