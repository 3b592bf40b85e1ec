"""The streams of a PDF, unpacked under a limit before a library unpacks them without one."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

import regex

from planparse.limits import Limits
from planparse.read.pdf_forms import Drawings

SAMPLE = 20_000  # bytes of a picture that are looked at
PIECE = 1_000_000  # bytes that are unpacked at once
FLOOR = 2_000_000  # bytes; smaller streams may be as repetitive as they like
MOSTLY = 10  # of so many bytes of drawing instructions one may be of none; two thirds of a picture's are
_PICTURE = regex.compile(rb"/Subtype\s*/Image\b")
_FILTER = regex.compile(rb"/(Flate|LZW|ASCII85|ASCIIHex|RunLength)Decode|/(Fl|LZW|A85|AHx|RL)\b")
_LENGTH = regex.compile(rb"/Length\s+(\d{1,9})\b(?!\s+\d+\s+R)")
_WRITTEN = bytes(range(0x20, 0x7F)) + b"\t\n\r"  # the characters that drawing instructions are written in


def check_streams(content: bytes, limits: Limits) -> None:
    """ReadError("bomb") when a stream unpacks to more than the limits allow; pictures are not unpacked for their text.

    The streams of an encrypted file say nothing: it must be decrypted first.
    """
    total, drawings = 0, Drawings()
    for stream in _streams(content):
        unpacked = _unpack(stream.packed, stream.filters, SAMPLE) if stream.pictured else b""
        if not stream.pictured or _is_written(unpacked):
            unpacked = _unpack(stream.packed, stream.filters, limits.max_stream_bytes + 1)
            total += len(unpacked)
            _check_size(unpacked, len(stream.packed), total, limits)
        elif len(unpacked.translate(None, _WRITTEN)) > len(unpacked) / MOSTLY:
            unpacked = b""  # a picture indeed
        drawings.add(stream.before, unpacked)
    drawings.check(limits)


def _check_size(unpacked: bytes, packed: int, total: int, limits: Limits) -> None:
    limits.check("max_stream_bytes", len(unpacked), "bytes that a stream of the PDF unpacks to, at least")
    limits.check("max_total_bytes", total, "bytes that the streams of the PDF unpack to, at least")
    if len(unpacked) > FLOOR:
        ratio = (len(unpacked) - len(unpacked.translate(None, _WRITTEN))) // max(1, packed)
        limits.check("max_stream_ratio", ratio, "ratio of unpacked to packed instructions in a stream of the PDF")


class Stream(NamedTuple):
    """A stream, and what stands in the file between the last one and it."""

    before: bytes
    pictured: bool  # it is said to be a picture
    filters: list[bytes]
    packed: bytes


def _streams(content: bytes) -> Iterator[Stream]:
    """The streams of a file; the last is what stands behind them."""
    end = 0
    while (at := content.find(b"stream", end)) >= 0:
        before = content[end:at]
        described = before[max(before.rfind(b"obj"), 0) :]
        begin = at + len(b"stream\r\n" if content[at + 6 : at + 8] == b"\r\n" else b"stream\n")
        length = _LENGTH.search(described)
        end = content.find(b"endstream", begin + (int(length[1]) if length else 0))
        end = len(content) if end < 0 else end + len(b"endstream")
        filters = [a or b for a, b in _FILTER.findall(described)]
        packed = content[begin:end].removesuffix(b"endstream")
        if not filters and packed[:1] == b"\x78":  # its filter may stand in another object
            filters = [b"Flate"]
        yield Stream(before, _PICTURE.search(described) is not None, filters, packed)
    yield Stream(content[end:], False, [], b"")


def _is_written(sample: bytes) -> bool:
    """Whether what is said to be a picture reads as drawing instructions do."""
    return len(sample) >= SAMPLE and not sample.translate(None, _WRITTEN)


def _unpack(data: bytes, filters: list[bytes], most: int) -> bytes:
    """What a stream unpacks to, cut off at a number of bytes; nothing where it is damaged."""
    for name in filters:
        try:
            data = _UNPACKERS[name](data, most)
        except (zlib.error, binascii.Error, ValueError, EOFError):
            return b""
    return data


def _flate(data: bytes, most: int) -> bytes:
    """What comes out before the data end or turn out to be damaged: a wrong checksum stops no viewer."""
    unpacker, out = zlib.decompressobj(), bytearray()
    while data and len(out) < most and not unpacker.eof:
        try:
            out += unpacker.decompress(data, min(PIECE, most - len(out)))
        except zlib.error:
            break
        data = unpacker.unconsumed_tail
    return bytes(out)


def _lzw(data: bytes, most: int) -> bytes:
    """
    >>> _lzw(bytes.fromhex("800b6050220c0c8501"), 99)
    b'-----A---B'
    """
    out, table, previous = bytearray(), [b""] * 258, b""
    hold = bits = 0
    width = 9
    for byte in data:
        hold, bits = (hold << 8 | byte) & 0xFFFFFF, bits + 8
        if bits < width:
            continue
        bits -= width
        code = hold >> bits & (1 << width) - 1
        if code == 257 or len(out) >= most:
            break
        if code == 256:
            table, previous, width = [*(bytes([n]) for n in range(256)), b"", b""], b"", 9
            continue
        entry = table[code] if code < len(table) else previous + previous[:1]
        if previous:
            table.append(previous + entry[:1])
            width = min(12, (len(table) + 1).bit_length())
        out += entry
        previous = entry
    return bytes(out)


def _run_length(data: bytes, most: int) -> bytes:
    """
    >>> _run_length(b"\\x01ab\\xfdc\\x80", 99)
    b'abcccc'
    """
    out, at = bytearray(), 0
    while at + 1 < len(data) and data[at] != 128 and len(out) < most:
        count = data[at]
        out += data[at + 1 : at + 2 + count] if count < 128 else data[at + 1 : at + 2] * (257 - count)
        at += count + 2 if count < 128 else 2
    return bytes(out)


def _ascii85(data: bytes, most: int) -> bytes:
    return base64.a85decode(data.strip().removesuffix(b"~>"))


def _ascii_hex(data: bytes, most: int) -> bytes:
    return bytes.fromhex(data.partition(b">")[0].decode("latin-1"))


_UNPACKERS: dict[bytes, Callable[[bytes, int], bytes]] = {
    **dict.fromkeys((b"Flate", b"Fl"), _flate),
    b"LZW": _lzw,
    **dict.fromkeys((b"RunLength", b"RL"), _run_length),
    **dict.fromkeys((b"ASCII85", b"A85"), _ascii85),
    **dict.fromkeys((b"ASCIIHex", b"AHx"), _ascii_hex),
}
