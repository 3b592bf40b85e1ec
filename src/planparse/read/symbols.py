"""Characters of symbol fonts: ≥ and ① that an author took from Symbol or Wingdings."""

from __future__ import annotations

SYMBOLS: dict[str, dict[int, str]] = {
    "symbol": {
        **{code: chr(code) for code in b"%()+,./0123456789:;<=>[]"},
        0x2D: "-",
        0x7E: "~",
        0xA3: "≤",
        0xB0: "°",
        0xB1: "±",
        0xB3: "≥",
        0xB4: "×",
        0xB8: "÷",
        0xB9: "≠",
        0xBB: "≈",
        0xD7: "·",
    },
    "wingdings": {0x81 + i: chr(ord("①") + i) for i in range(10)} | {0x8C + i: chr(ord("①") + i) for i in range(10)},
}
PRIVATE = 0xF000  # where Word keeps the codes of symbol fonts


def symbol(font: str, code: int) -> str:
    """The character that a code of a symbol font looks like; the private code itself when it is none that we know.

    >>> symbol("Symbol", 0xF0B3), symbol("Wingdings", 0x82), symbol("Wingdings", 0xF06C)
    ('≥', '②', '\\uf06c')
    """
    return SYMBOLS.get(font.lower(), {}).get(code & 0xFF) or chr(PRIVATE | code & 0xFFF)
