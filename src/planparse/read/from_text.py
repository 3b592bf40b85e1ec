"""Text files: UTF-8, UTF-16 and GB18030, the choice recorded, never mojibake."""

from __future__ import annotations

from planparse.cache import compiled
from planparse.model import ReadError, Source, Span, Warning
from planparse.read.grids import find_grids
from planparse.read.stacked_cells import find_stacked

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
PLAUSIBLE_SHARE = 0.7
# the characters that Chinese policy prose consists of; U+FFFD, private use and rare hanzi are not among them
PLAUSIBLE = compiled(r"[\s\x20-\x7e\u2010-\u203b\u2460-\u2473\u3000-\u301f\uff01-\uff5e]|[\u4e00-\u9fa5]")
# characters so common that a Chinese sentence hardly avoids them; what a wrong decoding hardly hits
COMMON = frozenset(
    "的一是和在不了有大中上为到年国人工作发展建设学教育政府市县区全推进加强实施提高计划完成新达个以及各部门行业实现重点"
)
_BLANK = compiled(r"&(?:nbsp|ensp|emsp|#160|#12288);")  # of a web page that somebody saved as text


def read_text(content: bytes, name: str, sha256: str) -> Source:
    """The Source of a text file. ReadError("undecodable") when no encoding gives plausible text."""
    text, encoding, warnings = decode(content)
    return Source(
        name=name,
        text=text,
        media_type="text/plain",
        sha256=sha256,
        tables=find_grids(text) or tuple(find_stacked(text)),
        encoding=encoding,
        warnings=warnings,
        furniture=tuple(Span(*blank.span()) for blank in _BLANK.finditer(text)),
    )


def decode(content: bytes) -> tuple[str, str, tuple[Warning, ...]]:
    """Text, the encoding it was read with, and a warning when the choice was not certain.

    >>> decode("二〇二三年计划".encode("gb18030"))[1]
    'gb18030'
    >>> decode("﻿计划".encode("utf-8"))[:2]
    ('计划', 'utf-8')
    """
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return _strict(content[len(bom) :], encoding), encoding, ()
    candidates = []
    for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        if encoding.startswith("utf-16") and (len(content) % 2 or not _has_utf16_shape(content)):
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" and "\x00" not in text:
            return text, encoding, ()
        candidates.append((_plausibility(text), encoding, text))
    if not candidates:
        raise ReadError("the bytes are no UTF-8, UTF-16 or GB18030 text; convert the file to UTF-8", code="undecodable")
    score, encoding, text = max(candidates, key=lambda c: c[0])
    if score < PLAUSIBLE_SHARE:
        raise ReadError("no encoding gives readable Chinese text; convert the file to UTF-8", code="undecodable")
    rivals = [c for c in candidates if c[1] != encoding and score - c[0] < 0.1]
    warning = (
        Warning(code="encoding-uncertain", message=f"read as {encoding}; {rivals[0][1]} is possible too")
        if rivals
        else None
    )
    return text, encoding, (warning,) if warning else ()


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"the byte-order mark says {encoding}, but byte {error.start} is not; convert the file to UTF-8",
            code="undecodable",
        ) from None


def _has_utf16_shape(content: bytes) -> bool:
    """Whether an ASCII character stands as two bytes, one of them NUL: a line end, a digit, a space."""
    return b"\x00" in content[:4096]


def _plausibility(text: str) -> float:
    """The share of characters that Chinese policy prose consists of, with a bonus for the commonest; from 0 to 1.3."""
    sample = text[:20_000]
    if not sample:
        return 0.0
    plausible = sum(1 for _ in PLAUSIBLE.finditer(sample)) / len(sample)
    common = sum(c in COMMON for c in sample) / len(sample)
    return plausible + min(0.3, common)
