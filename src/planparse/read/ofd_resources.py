"""What the resource files of an OFD hold for its pages: pictures, fonts, and forms that pages draw over and over."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

from planparse.read.font_characters import read_characters
from planparse.read.package import Package, child, local


@dataclass(frozen=True)
class Font:
    """A font file in the package; its characters are only looked for where a page draws glyphs by their numbers."""

    package: Package
    member: str

    @cached_property
    def characters(self) -> Mapping[int, str]:
        """The character of each glyph; none where the file holds no table of them."""
        return read_characters(self.package.read(self.member)) if self.member in self.package.names else {}


@dataclass(frozen=True, slots=True)
class Resources:
    """Pictures as members of the package, fonts, and the contents of forms, each by its id."""

    media: dict[str, str] = field(default_factory=dict)
    fonts: dict[str, Font] = field(default_factory=dict)
    forms: dict[str, Element] = field(default_factory=dict)

    def __or__(self, other: Resources) -> Resources:
        return Resources(self.media | other.media, self.fonts | other.fonts, self.forms | other.forms)


def read_resources(package: Package, folder: str, parent: Element | None, kinds: tuple[str, ...]) -> Resources:
    """All that the resource files which an element names hold (`PublicRes.xml`, `DocumentRes.xml`, `PageRes`)."""
    resources = Resources()
    for item in (e for e in parent or () if local(e) in kinds):
        resources |= _read(package, inside(folder, item.text))
    return resources


def _read(package: Package, member: str) -> Resources:
    root = package.xml(member)
    resources = Resources()
    if root is None:
        return resources
    folder = posixpath.join(posixpath.dirname(member), root.get("BaseLoc") or "")
    for item in root.iter():
        key, kind = item.get("ID") or "", local(item)
        if kind == "MultiMedia" and item.get("Type") == "Image":
            resources.media[key] = inside(folder, _text(child(item, "MediaFile")))
        elif kind == "Font" and (file := _text(child(item, "FontFile"))):
            resources.fonts[key] = Font(package, inside(folder, file))
        elif kind == "CompositeGraphicUnit" and (content := child(item, "Content")) is not None:
            resources.forms[key] = content
    return resources


def _text(element: Element | None) -> str:
    return (element.text or "") if element is not None else ""


def inside(folder: str, location: str | None) -> str:
    """A member's name from a location, which is relative to the file that names it unless it begins with a slash."""
    location = (location or "").strip()
    return location.lstrip("/") if location.startswith("/") else posixpath.normpath(posixpath.join(folder, location))
