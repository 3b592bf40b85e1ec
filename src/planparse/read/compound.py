"""OLE2 compound files (legacy Word, Excel, PowerPoint) opened with limits."""

from __future__ import annotations

import io
import struct

import olefile

from planparse.model import ReadError

HEADER = struct.Struct("<30xHH10xL16xL12x")  # shifts of sector and mini sector, number of FAT and of mini FAT sectors
DAMAGED = "the file is damaged or truncated ({}); fetch it again"
FAT_SLACK = 109  # FAT sectors that the header names, whatever the file's size


class _Directory(olefile.OleFileIO):  # type: ignore[misc]
    def _check_duplicate_stream(self, first_sect: int, minifat: bool = False) -> None:
        """Left out: its time grows with the square of the number of streams, and a stream named twice does no harm."""


class Compound:
    """The streams of a compound file. ReadError("damaged") when its tables contradict its size, or each other."""

    def __init__(self, content: bytes) -> None:
        self.size = len(content)
        _check_header(content)
        try:
            self.ole = _Directory(io.BytesIO(content))
            self.names = {"/".join(path) for path in self.ole.listdir()}
        except (OSError, IndexError, struct.error) as error:
            raise ReadError(DAMAGED.format(error), code="damaged") from None
        self.is_sound = not self.ole.parsing_issues
        if self.ole.root.size > self.size:
            raise ReadError(DAMAGED.format("its streams are longer than the file"), code="damaged")

    def read(self, name: str) -> bytes:
        """The bytes of a stream; none when there is no such stream."""
        if name not in self.names:
            return b""
        if self.ole.get_size(name) > self.size:  # the library would follow a cyclic chain as far as it says
            raise ReadError(DAMAGED.format(f"{name} is longer than the file"), code="damaged")
        try:
            content: bytes = self.ole.openstream(name).read()
        except (OSError, IndexError, struct.error) as error:
            raise ReadError(DAMAGED.format(error), code="damaged") from None
        return content


def _check_header(content: bytes) -> None:
    """The counts in the header are believed by the library: they must fit the file's size."""
    if len(content) < HEADER.size:
        raise ReadError(DAMAGED.format("it ends in its header"), code="damaged")
    shift, mini_shift, fat_sectors, mini_fat_sectors = HEADER.unpack_from(content)
    sectors = len(content) >> shift if shift in (9, 12) else 0
    if not sectors or mini_shift != 6 or mini_fat_sectors > sectors or fat_sectors > FAT_SLACK + (sectors >> shift - 2):
        raise ReadError(DAMAGED.format("its header contradicts its size"), code="damaged")
