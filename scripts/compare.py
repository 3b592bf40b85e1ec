"""Scores this checkout against the last commit: gains and losses per document. Usage: compare.py [GOLD_DIR ...]"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import planparse
from planparse.contract import read_output
from planparse.model import Document
from planparse.score import Score, find_gold, read_gold, score

ROOT = Path(__file__).parents[1]
EXTRACT = (
    "import sys, planparse; from planparse.write import render; print(render([planparse.extract(sys.argv[1])], 'json'))"
)


def extract_with(source: Path, text: Path) -> Document:
    """The Document that another checkout's code gives."""
    done = subprocess.run(
        [sys.executable, "-c", EXTRACT, str(text)],
        env={**os.environ, "PYTHONPATH": str(source / "src")},
        capture_output=True,
        check=True,
    )
    document = read_output(done.stdout).documents[0]
    return replace(document, text=planparse.extract(text).text)


def line(name: str, before: Score, after: Score) -> str:
    old, new = before.figures(), after.figures()
    gained, lost = (len(a.faults_beyond(b)) for a, b in ((before, after), (after, before)))
    return (
        f"{name:28} f1 {old['f1']:.3f} → {new['f1']:.3f}   strict {old['strict_f1']:.3f} → {new['strict_f1']:.3f}"
        f"   {gained} mended, {lost} broken"
    )


def main() -> None:
    folders = [Path(a) for a in sys.argv[1:]] or [ROOT / "samples" / "gold", ROOT.parent / "shared" / "corpus" / "dev"]
    with tempfile.TemporaryDirectory() as folder:
        last = Path(folder) / "last"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(last), "HEAD"], cwd=ROOT, check=True)
        try:
            for _, gold_path, text in [pair for folder in folders if folder.is_dir() for pair in find_gold(folder)]:
                before, after = extract_with(last, text), extract_with(ROOT, text)
                gold = read_gold(gold_path, after.text)
                old, new = score(gold, before), score(gold, after)
                print(line(text.stem, old, new))
                for fault in new.faults_beyond(old):
                    print(f"    broken: {fault}")
                for fault in old.faults_beyond(new):
                    print(f"    mended: {fault}")
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(last)], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
