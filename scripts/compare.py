"""What this checkout reads otherwise than another revision does: scores, faults mended and broken, and records gained
and lost, per document.

    compare.py [--base REVISION] [FOLDER ...]

Every NAME.txt of the folders is read, and scored where its gold stands beside it or in gold/ below.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from shown import show

import planparse
from planparse.contract import read_output
from planparse.model import Document
from planparse.score import Score, add, gold_beside, read_gold, score

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
FOLDERS = [ROOT / "samples", *(CORPUS / name for name in ("dev", "wild", "unlabelled"))]
EXTRACT = (
    "import sys, planparse; from planparse.write import render; "
    "print(render(list(planparse.extract_many(sys.argv[1:])), 'json'))"
)


def read_with(checkout: Path, texts: list[Path]) -> list[Document]:
    """The Documents that another checkout's code gives."""
    done = subprocess.run(
        [sys.executable, "-c", EXTRACT, *map(str, texts)],
        env={**os.environ, "PYTHONPATH": str(checkout / "src")},
        stdout=subprocess.PIPE,
        check=True,
    )
    return read_output(done.stdout).documents


def read_at(base: str, texts: list[Path]) -> list[Document]:
    """The Documents that a revision gives."""
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder) / "base"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(other), base], cwd=ROOT, check=True)
        try:
            return read_with(other, texts)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(other)], cwd=ROOT, check=True)


def changes(before: Document, after: Document) -> Iterator[str]:
    """The records that only one of two readings has, a line each, in reading order."""
    old, new = Counter(map(show, before.targets)), Counter(map(show, after.targets))
    lines = [(t.start, "-", show(t)) for t in before.targets] + [(t.start, "+", show(t)) for t in after.targets]
    only = {"-": old - new, "+": new - old}
    for _, sign, line in sorted(lines, key=lambda item: (item[0], item[1] == "+")):
        if only[sign][line] > 0:
            only[sign][line] -= 1
            yield f"    {sign} {line}"


def summary(name: str, old: Score, new: Score) -> str:
    """The scores before and after, and how many faults are gone and have come."""
    one, two = old.figures(), new.figures()
    gained, lost = len(old.faults_beyond(new)), len(new.faults_beyond(old))
    shares = (f"{figure} {one[figure]:.3f} → {two[figure]:.3f}" for figure in ("f1", "strict_f1", "exact"))
    return f"{name}: {', '.join(shares)}, {gained} mended, {lost} broken"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default="HEAD", help="the revision to compare with; the last commit by default")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    texts = [text for folder in options.folders or FOLDERS for text in sorted(folder.glob("*.txt"))]
    earlier = read_at(options.base, texts)
    scores: list[tuple[Score, Score]] = []
    for text, before, after in zip(texts, earlier, planparse.extract_many(texts), strict=True):
        lines = list(changes(before, after))
        if path := gold_beside(text):
            gold = read_gold(path, after.text)
            old, new = score(gold, replace(before, text=after.text)), score(gold, after)
            scores.append((old, new))
            if lines or old.count != new.count:
                print(summary(text.stem, old, new))
            lines += [f"    broken: {fault}" for fault in new.faults_beyond(old)]
            lines += [f"    mended: {fault}" for fault in old.faults_beyond(new)]
        elif lines:
            print(f"{text.stem}:")
        print(*lines, sep="\n", end="\n" if lines else "")
    if scores:
        print(summary("ALL", *(add(side) for side in zip(*scores, strict=True))))


if __name__ == "__main__":
    main()
