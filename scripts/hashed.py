"""Requirements with hashes for what pip would install: hashed.py REPORT, of `pip install --dry-run --report REPORT`.

Each package is printed as it stands in `constraints.hashes.txt`; a file that was given to pip, with its own hash. What
they lead to is installed by `pip install --require-hashes`, which takes no other byte.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

HASHES = Path(__file__).parents[1] / "constraints.hashes.txt"


def locked() -> dict[str, str]:
    """The lines of each package, by its name."""
    blocks = re.split(r"\n(?=\S)", HASHES.read_text(encoding="utf-8").strip())
    return {plain(block.partition("==")[0]): block for block in blocks}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def requirement(package: dict[str, Any], blocks: dict[str, str]) -> str:
    name = plain(package["metadata"]["name"])
    if not package["is_direct"]:
        return blocks[name]
    download = package["download_info"]
    return f"{name} @ {download['url']} --hash=sha256:{download['archive_info']['hashes']['sha256']}"


if __name__ == "__main__":
    blocks = locked()
    for package in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["install"]:
        print(requirement(package, blocks))
