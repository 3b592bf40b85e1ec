"""Zip packages (DOCX, OFD) opened with limits, and their XML parsed without entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree import ElementTree

from planparse.limits import DEFAULT, Limits
from planparse.model import ReadError


class Package:
    """A zip package whose members are read within limits. ReadError says which limit was passed."""

    def __init__(self, content: bytes, limits: Limits = DEFAULT) -> None:
        self.limits = limits
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError):
            raise ReadError("the package is damaged or truncated; fetch it again", code="damaged") from None
        members = self.zip.infolist()
        limits.check("max_members", len(members), "files in the package")
        limits.check("max_total_bytes", sum(m.file_size for m in members), "bytes that the package unpacks to")
        self.names = {member.filename for member in members}

    def read(self, name: str) -> bytes:
        """The bytes of a member."""
        member = self.zip.getinfo(name)
        if member.flag_bits & 1:
            raise ReadError("the document is protected by a password; remove the protection first", code="password")
        self.limits.check("max_member_bytes", member.file_size, f"bytes that {name} unpacks to")
        ratio = member.file_size // max(member.compress_size, 1_000)
        self.limits.check("max_ratio", ratio, f"ratio of unpacked to packed in {name}")
        try:
            with self.zip.open(member) as stream:
                return stream.read(member.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise ReadError(f"{name} in the package is damaged ({error}); fetch it again", code="damaged") from None

    def xml(self, name: str) -> ElementTree.Element | None:
        """The root of an XML member, or None when there is no such member; entities and DTDs are refused."""
        if name not in self.names:
            return None
        content = self.read(name)
        letters = content.replace(b"\0", b"") if b"\0" in content else content  # of UTF-16, whichever way round
        if b"<!DOCTYPE" in letters or b"<!ENTITY" in letters:
            raise ReadError(
                f"{name} declares a DTD, which no office program writes; refused as unsafe", code="unsafe-xml"
            )
        try:
            return ElementTree.fromstring(content)
        except (ElementTree.ParseError, LookupError) as error:  # the latter: an encoding that there is not
            raise ReadError(f"{name} is not well-formed XML ({error}); fetch the file again", code="damaged") from None


def local(element: ElementTree.Element) -> str:
    """An element's name without its namespace: writers use several for the same thing."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: ElementTree.Element | None, name: str) -> str | None:
    """The value of an attribute whatever its namespace, or None."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def child(element: ElementTree.Element | None, *path: str) -> ElementTree.Element | None:
    """The first descendant along a path of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((e for e in element if local(e) == name), None)
    return element


def whole(element: ElementTree.Element | None, name: str, default: int = 0) -> int:
    """The whole number that an attribute holds."""
    return int(attribute(element, name) or default)


def is_on(element: ElementTree.Element | None) -> bool:
    """Whether a switch such as <w:vanish/> is there, and not turned off by its value."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")
