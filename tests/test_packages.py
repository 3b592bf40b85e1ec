"""What planparse brings with it is pinned, by version and by hash, and its licence is told."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires

from conftest import ROOT

PINNED = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
HASHED = (ROOT / "constraints.hashes.txt").read_text(encoding="utf-8")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(name: str, found: set[str]) -> set[str]:
    """The packages that one needs, and those that they need, without extras."""
    for line in requires(name) or ():
        package = plain(re.match(r"[\w.-]+", line)[0])  # type: ignore[index]
        if ";" not in line and package not in found:
            found.add(package)
            try:
                needed(package, found)
            except PackageNotFoundError:  # of another platform
                found.discard(package)
    return found


def test_every_pin_has_hashes_and_names_no_host() -> None:
    hashed = re.findall(r"^(\S+==\S+) \\\n    --hash=sha256:[0-9a-f]{64}", HASHED, re.MULTILINE)
    assert sorted(map(plain, hashed)) == sorted(map(plain, PINNED))
    assert not re.search(r"https?:|@|--(?:extra-)?index", HASHED)


def test_what_is_installed_is_pinned_and_its_licence_told() -> None:
    told = {plain(name) for name in re.findall(r"[\w.-]+", (ROOT / "docs" / "trust.md").read_text(encoding="utf-8"))}
    pins = {plain(pin.partition("==")[0]) for pin in PINNED}
    packages = needed("planparse", set())
    assert len(packages) > 20
    assert packages <= pins
    assert packages <= told
