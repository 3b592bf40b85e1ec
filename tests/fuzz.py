"""`make fuzz`: texts of every construction, damaged files of every form, hostile stores and caches.

Usage: fuzz.py [SECONDS [SEED]]: a third of the time for each part. The same seed gives the same inputs; one that breaks
what must hold of it is kept in the folder of the project, and makes a test.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from fuzz_stores import hostile_folders
from fuzz_texts import Writer
from invariants import faults
from planparse.pipeline import parse_bytes

os.environ["PLANPARSE_OFFICE"] = "off"  # damaged files are meant to be refused

ROOT = Path(__file__).parents[1]
SECONDS_EACH = 20  # processor time; a hang, not a slow machine
WRITTEN_EACH = 10  # of so many texts one is written out and read again
Outcome = tuple[str, bytes, Callable[[], str]]  # an input's name, itself, and what comes of it


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
    forms |= {path.name: path.read_bytes() for path in (ROOT / "tests" / "fixtures").iterdir() if path.is_file()}
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


def check(content: bytes, name: str, *, written: bool) -> str:
    """The status of a document, or the code of its failure; AssertionError names what does not hold of it."""
    document = parse_bytes(content, name)
    found = faults(document, written=written)
    assert not found, found
    outcome = document.warnings[0].code if document.status == "failed" else document.status
    assert outcome != "internal-error", document.warnings[0].message
    return outcome


def texts(seed: int) -> Iterator[Outcome]:
    """Every fourth is a web page with a table."""
    writer = Writer(seed)
    for number in range(sys.maxsize):
        name, text = ("text.html", writer.page()) if number % 4 == 3 else ("text.txt", writer.text())
        content, written = text.encode(), number % WRITTEN_EACH == 0
        yield name, content, partial(check, content, name, written=written)


def files(seed: int) -> Iterator[Outcome]:
    chance, forms = random.Random(seed), originals()
    while True:
        name = chance.choice(list(forms))
        content = damage(forms[name], chance)
        yield name, content, partial(check, content, name, written=False)


def stores(seed: int) -> Iterator[Outcome]:
    with tempfile.TemporaryDirectory() as folder:
        yield from hostile_folders(random.Random(seed), Path(folder))


def run(part: Callable[[int], Iterator[Outcome]], seconds: float, seed: int) -> None:
    """Takes inputs of a part until its time is over, and says what came of them."""
    outcomes, until = Counter[str](), time.monotonic() + seconds
    for name, content, outcome in part(seed):
        if time.monotonic() > until:
            break
        began = time.process_time()
        try:
            outcomes[outcome()] += 1
            assert time.process_time() - began < SECONDS_EACH, "too slow"
        except BaseException:
            kept = ROOT / f"fuzz-{name}"
            kept.write_bytes(content)
            print(f"{part.__name__}, number {outcomes.total()} of seed {seed}: kept as {kept}")
            raise
    shown = ", ".join(f"{count:,} {code}" for code, count in outcomes.most_common())
    print(f"{outcomes.total():,} {part.__name__}: {shown}", flush=True)


if __name__ == "__main__":
    whole = float(sys.argv[1]) if len(sys.argv) > 1 else 120
    for each in (texts, files, stores):
        run(each, whole / 3, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
