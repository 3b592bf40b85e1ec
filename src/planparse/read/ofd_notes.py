"""Where an OFD package holds the notes on its pages: its annotations, which are no part of what a page draws."""

from __future__ import annotations

import posixpath
from xml.etree.ElementTree import Element

from planparse.read.ofd_resources import inside
from planparse.read.package import Package, child, local


def find_notes(package: Package, folder: str, root: Element) -> dict[str | None, str]:
    """The file of the notes on each page, by the id of the page, inside the folder of the document.

    None where the document names no notes, or the list of them is missing: then a viewer shows none either.
    """
    named = child(root, "Annotations")
    if named is None:
        return {}
    member = inside(folder, named.text)
    pages = [e for e in package.xml(member) or () if local(e) == "Page"]
    files = {page.get("PageID"): child(page, "FileLoc") for page in pages}
    beside = posixpath.dirname(member)
    return {key: "/" + inside(beside, file.text) for key, file in files.items() if file is not None}
