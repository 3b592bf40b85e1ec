"""`make fuzz`: damaged files in every form. Each ends in time with a status and a code; none with a traceback.

Usage: fuzz.py [SECONDS [SEED]]
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

from planparse.model import Document
from planparse.pipeline import parse_bytes

os.environ["PLANPARSE_OFFICE"] = "off"  # damaged files are meant to be refused

ROOT = Path(__file__).parents[1]
SECONDS_EACH = 20  # processor time; a hang, not a slow machine


def originals() -> dict[str, bytes]:
    """The samples in the forms that tests render them in, and the Word files that are kept."""
    sys.path.insert(0, str(ROOT / "scripts"))
    import twins

    forms: dict[str, bytes] = {}
    for path in sorted((ROOT / "samples").glob("*.txt")):
        blocks = twins.blocks(path)
        forms |= {
            f"{path.stem}.txt": path.read_bytes(),
            f"{path.stem}.gb18030.txt": path.read_text(encoding="utf-8").encode("gb18030"),
            f"{path.stem}.html": twins.as_html(blocks),
            f"{path.stem}.docx": twins.as_docx(blocks),
            f"{path.stem}.md": twins.as_markdown(blocks),
            f"{path.stem}.ofd": twins.as_ofd(blocks),
            f"{path.stem}.pdf": twins.as_pdf(blocks),
        }
    forms |= {path.name: path.read_bytes() for path in (ROOT / "tests" / "fixtures").iterdir()}
    return forms


def damage(content: bytes, chance: random.Random) -> bytes:
    """Cut off, bytes changed, a stretch taken out, doubled or put elsewhere."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 3, 10))):
        at, length = chance.randrange(len(data) or 1), chance.choice((1, 4, 64, 1024))
        match chance.randrange(5):
            case 0:
                del data[at:]
            case 1:
                data[at : at + length] = chance.randbytes(length)
            case 2:
                del data[at : at + length]
            case 3:
                data[at:at] = data[at : at + length]
            case _:
                data[at : at + 1] = bytes([chance.choice((0, 1, 0x7F, 0x80, 0xFF))])
    return bytes(data)


def check(document: Document) -> None:
    assert document.status in ("ok", "partial", "failed")
    assert document.status == "ok" or document.warnings
    for record in [*document.targets, *document.skipped]:
        assert document.text[record.start : record.end] == record.quote


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 120
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns())
    forms, outcomes, until = originals(), Counter[str](), time.monotonic() + seconds
    while time.monotonic() < until:
        name = chance.choice(list(forms))
        content = damage(forms[name], chance)
        began = time.process_time()
        try:
            document = parse_bytes(content, name)
            check(document)
            assert time.process_time() - began < SECONDS_EACH, "too slow"
        except BaseException:
            kept = ROOT / f"fuzz-{name}"
            kept.write_bytes(content)
            print(f"kept as {kept}")
            raise
        outcomes[document.warnings[0].code if document.status == "failed" else document.status] += 1
    print(
        f"{sum(outcomes.values()):,} damaged files: " + ", ".join(f"{n} {code}" for code, n in outcomes.most_common())
    )


if __name__ == "__main__":
    main()
