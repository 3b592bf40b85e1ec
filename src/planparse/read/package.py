"""Zip packages (DOCX, OFD) opened with limits, and their XML parsed without entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree import ElementTree

from planparse.limits import MAX_MEMBER_BYTES, MAX_MEMBERS, MAX_RATIO, MAX_TOTAL_BYTES
from planparse.model import ReadError


class Package:
    """A zip package whose members are read within limits. ReadError says which limit was passed."""

    def __init__(self, content: bytes) -> None:
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError):
            raise ReadError("the package is damaged or truncated; fetch it again", code="damaged") from None
        members = self.zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise ReadError(f"the package holds {len(members)} members, more than {MAX_MEMBERS}", code="bomb")
        if sum(member.file_size for member in members) > MAX_TOTAL_BYTES:
            raise ReadError(f"the package unpacks to more than {MAX_TOTAL_BYTES:,} bytes", code="bomb")
        self.names = {member.filename for member in members}

    def read(self, name: str) -> bytes:
        """The bytes of a member."""
        member = self.zip.getinfo(name)
        if member.flag_bits & 1:
            raise ReadError("the document is protected by a password; remove the protection first", code="password")
        if member.file_size > MAX_MEMBER_BYTES or member.file_size > MAX_RATIO * max(member.compress_size, 1_000):
            raise ReadError(f"{name} unpacks to {member.file_size:,} bytes, more than is safe", code="bomb")
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
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise ReadError(
                f"{name} declares a DTD, which no office program writes; refused as unsafe", code="unsafe-xml"
            )
        try:
            return ElementTree.fromstring(content)
        except ElementTree.ParseError as error:
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
