"""The language in which constructions are written: regular expressions whose characters are tokens.

    (?<name>NOUN+) LEVEL BOUND? Q

An upper-case word is a role of rules/words.toml, an atom, or a macro of the file of constructions; hanzi stand for
themselves; [A B 的] is any of these, [^A B] anything else; ANY is any token, Q the number that is read. Everything else
is the usual syntax, blanks apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import regex

from planparse.assemble.tokens import ATOMS, Alphabet
from planparse.cache import compiled, recall
from planparse.model import RuleError

MARKERS = {"Q": "\uf8f0", "BOUND": "\uf8f1"}
"""The number that is read, and the words between a name and it that say how it is bounded or compared."""
_SYMBOL = compiled(r"\(\?<?[=!]|\(\?<[a-z_0-9]+>|\(\?:|[A-Z_]+(?:@[a-z]+)?|[\u3001\uff0c\u4e00-\u9fff]+|\S")
_GROUP = compiled(r"\(\?P<(?:name|grant)>")
_NAMED = compiled(r"[\u3001\uff0c\u4e00-\u9fff]+")


def named_words(shapes: list[str]) -> set[str]:
    """The words that some shapes name."""
    return {word for shape in shapes for word in _NAMED.findall(shape)}


def asked_roles(shapes: list[str]) -> list[str]:
    """The roles that some shapes ask for, those first that they ask for most often."""
    symbols = Counter(match[0].partition("@")[0] for shape in shapes for match in _SYMBOL.finditer(shape))
    return [symbol.lower() for symbol, _ in symbols.most_common() if symbol.isupper()]


def compile_shape(
    shape: str, macros: Mapping[str, str], alphabet: Alphabet, where: str, make: Callable[[str], Any]
) -> Any:
    """The pattern of a shape over the codes of tokens; RuleError names the row when it is malformed."""
    try:
        return recall(f"shape {shape}", lambda: make(translate(shape, macros, alphabet, where)))
    except regex.error as error:
        raise RuleError(f"{where}: {error}") from None


def translate(shape: str, macros: Mapping[str, str], alphabet: Alphabet, where: str) -> str:
    """The pattern of a shape as text."""
    pieces: list[str] = []
    inside = False  # a set
    for match in _SYMBOL.finditer(shape):
        symbol, _, name = match[0].partition("@")
        if symbol in macros and not inside:
            body = translate(macros[symbol], macros, alphabet, where)
            pieces.append(f"(?:{_GROUP.sub(f'(?P<{name}>', body) if name else body})")
        elif symbol.isupper() or _NAMED.fullmatch(symbol):
            codes = _codes(symbol, macros, alphabet, where)
            pieces.append(codes if inside or len(codes) == 1 else f"[{codes}]")
        else:
            inside = symbol == "[" or (inside and symbol != "]")
            pieces.append(
                symbol.replace("(?<", "(?P<") if symbol.startswith("(?<") and symbol.endswith(">") else symbol
            )
    return "".join(pieces)


def _codes(symbol: str, macros: Mapping[str, str], alphabet: Alphabet, where: str) -> str:
    """The codes that a name of the language stands for."""
    if symbol in MARKERS:
        return MARKERS[symbol]
    if symbol in ATOMS:
        return alphabet.by_atom[symbol]
    if symbol in ("ANY", "WORD"):
        return _ranges("".join([*alphabet.codes.values(), *(alphabet.by_atom.values() if symbol == "ANY" else ())]))
    if symbol in macros:  # of a set: a macro that is one itself
        return translate(macros[symbol], macros, alphabet, where).strip("[]")
    if not symbol.isupper():
        return alphabet.of_word(symbol)
    if codes := alphabet.of_role(symbol.lower()):
        return _ranges(codes)
    raise RuleError(f"{where}: there is no role, atom or macro {symbol}")


@lru_cache(maxsize=4096)
def _ranges(codes: str) -> str:
    """Codes in order as the inside of a set: \ue000-\ue004."""
    runs: list[list[str]] = []
    for code in codes:
        if runs and ord(code) == ord(runs[-1][-1]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return "".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
