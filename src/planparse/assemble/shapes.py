"""The language in which constructions are written: regular expressions whose characters are tokens.

    (?<name>NOUN+) LEVEL BOUND? Q

An upper-case word is a role of rules/words.toml, an atom, or a macro of the file of constructions; hanzi stand for
themselves; [A B 的] is any of these, [^A B] anything else; ANY is any token, Q the number that is read. Everything else
is the usual syntax, blanks apart.
"""

from __future__ import annotations

from collections.abc import Mapping
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


def compile_shape(shape: str, macros: Mapping[str, str], alphabet: Alphabet, where: str) -> Any:
    """The pattern of a shape over the codes of tokens; RuleError names the row when it is malformed."""
    try:
        return compiled(recall(f"shape {where}", lambda: translate(shape, macros, alphabet, where)))
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
            pieces.append(codes if inside else codes if len(codes) == 1 else f"[{codes}]")
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
    if symbol == "ANY":
        return alphabet.words() + "".join(alphabet.by_atom.values())
    if symbol == "WORD":
        return alphabet.words()
    if symbol in macros:  # of a set: a macro that is one itself
        return translate(macros[symbol], macros, alphabet, where).strip("[]")
    if not symbol.isupper():
        return alphabet.by_word[symbol]
    if codes := alphabet.of_role(symbol.lower()):
        return codes
    raise RuleError(f"{where}: there is no role, atom or macro {symbol}")
