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
from planparse.score import Score, read_gold, score

ROOT = Path(__file__).parents[1]
EXTRACT = (
    "import sys, planparse; from planparse.write import render; print(render([planparse.extract(sys.argv[1])], 'json'))"
)


def gold_pairs(folders: list[Path]) -> list[tuple[Path, Path]]:
    """Each gold file with its text: beside it, or one folder up as in samples/."""
    pairs = []
    for folder in folders:
        for gold in sorted(folder.glob("*.gold.jsonl")):
            name = gold.name.replace(".gold.jsonl", ".txt")
            text = next(p for p in (gold.with_name(name), gold.parents[1] / name) if p.exists())
            pairs.append((gold, text))
    return pairs


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
    gained, lost = (len(set(a.notes) - set(b.notes)) for a, b in ((before, after), (after, before)))
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
            for gold_path, text in gold_pairs([f for f in folders if f.is_dir()]):
                before, after = extract_with(last, text), extract_with(ROOT, text)
                gold = read_gold(gold_path, after.text)
                old, new = score(gold, before), score(gold, after)
                print(line(text.stem, old, new))
                for note in sorted(set(new.notes) - set(old.notes)):
                    print(f"    broken: {note}")
                for note in sorted(set(old.notes) - set(new.notes)):
                    print(f"    mended: {note}")
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(last)], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
