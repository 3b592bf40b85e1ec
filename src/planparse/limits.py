"""What is refused, so that any input ends in bounded time and memory. README lists these."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NamedTuple

MAX_SPAN = 50  # columns that one cell of a table covers; more are not believed
MAX_SIDE = 2_000  # pixels of a page that is recognised; A4 at 150 dpi has 1,754


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of everything a file may hold. Each can be raised, on the command line by `--limit NAME=VALUE`."""

    max_file_bytes: int = 300_000_000
    """of an input, before anything is unpacked; three hundred scanned pages have some 100 million"""
    max_characters: int = 5_000_000
    """of text: two minutes of work; the longest five-year plan has 120,000"""
    max_pages: int = 3_000
    """of a PDF or OFD"""
    max_page_objects: int = 5_000_000
    """pieces of text and of drawings on all pages of a PDF"""
    max_stream_bytes: int = 50_000_000
    """that one stream of a PDF unpacks to, pictures apart"""
    max_stream_ratio: int = 50
    """of unpacked to packed, of the drawing instructions of a PDF; pages stay below 15"""
    max_members: int = 2_000
    """files in a package (Word, OFD)"""
    max_member_bytes: int = 100_000_000
    """that one of them unpacks to"""
    max_total_bytes: int = 300_000_000
    """that a package, or the streams of a PDF, unpack to in all; that a PDF draws, a form as often as it is drawn"""
    max_ratio: int = 200
    """of unpacked to packed, of a file in a package; office documents stay below 50"""
    max_nesting: int = 2_000
    """elements of a web page in each other: the parser needs time that grows with the square of this"""
    max_pixels: int = 80_000_000
    """of a picture, before it is made smaller; A4 at 600 dpi has 35 million, the decoder refuses 178 million"""
    max_scanned_pages: int = 300
    """that are recognised in one document; a page takes some three seconds"""
    max_office_seconds: int = 60
    """that LibreOffice may take to convert one file"""

    def check(self, name: str, found: int, what: str, code: str = "bomb") -> None:
        """ReadError when something is more than its limit; the message names the option that raises it."""
        limit = getattr(self, name)
        if found > limit:
            from planparse.model import ReadError

            raise ReadError(
                f"{what}: {found:,}, the limit is {limit:,}; if you trust the file, add --limit {name}={2 * found}",
                code=code,
            )

    @classmethod
    def names(cls) -> list[str]:
        return [field.name for field in fields(cls)]


DEFAULT = Limits()


class Budget(NamedTuple):
    """What one document may take: seconds on the clock, megabytes of memory of the process that reads it."""

    seconds: float = 300
    megabytes: int = 2_000


ALONE = Budget(seconds=1_800)
"""Where no other document waits: three hundred scanned pages take half of it."""
