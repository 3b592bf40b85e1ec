"""Prints what a thousand documents cost: the figures of docs/scale.md."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from planparse.api import extract_many
from planparse.write import render

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))
CHARACTERS = 8_000  # of a county's yearly plan


def write_plans(folder: Path, documents: int) -> None:
    """Documents of the usual length, made of the samples, no two alike."""
    samples = [path.read_text(encoding="utf-8") for path in SAMPLES]
    for number in range(documents):
        turned = samples[number % len(samples) :] + samples[: number % len(samples)]
        text = f"{2000 + number % 30}年第{number}号\n\n" + "\n\n".join(turned * 9)
        (folder / f"{number:05}.txt").write_text(text[:CHARACTERS], encoding="utf-8")


def one_process(paths: list[Path]) -> None:
    """Processor time of reading, extracting and rendering, and the sizes of the outputs."""
    list(extract_many(paths[:2]))  # rules compiled, dictionary loaded
    began = time.process_time()
    documents = list(extract_many(paths))
    contents = {"JSON": render(documents, "json")}
    seconds = time.process_time() - began
    contents |= {"CSV": render(documents, "csv"), "Parquet": render(documents, "parquet")}
    targets = sum(len(document.targets) for document in documents)
    print(f"processor time: {seconds / len(paths) * 1000:.0f} s, {targets / len(paths) * 1000:,.0f} targets")
    for form, content in contents.items():
        length = len(content.encode() if isinstance(content, str) else content)
        print(f"{form}: {length / len(paths) / 1000:.1f} MB")


def batches(plans: Path, documents: int, work: Path) -> None:
    """Time on the clock of the command, start-up included."""
    for label, *arguments in (
        ("one job", f"{work}/out1/", "-j1"),
        ("two jobs", f"{work}/out2/", "-j2"),
        ("two jobs, nothing changed", f"{work}/out2/", "-j2"),
    ):
        began = time.monotonic()
        command = [sys.executable, "-m", "planparse", "extract", str(plans), "-o", *arguments]
        subprocess.run(command, check=True, capture_output=True)
        print(f"{label}: {time.monotonic() - began:.1f} s for {documents} documents", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=500)
    documents = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as folder:
        (plans := Path(folder) / "plans").mkdir()
        write_plans(plans, documents)
        print(f"A thousand documents of {CHARACTERS:,} characters:")
        one_process(sorted(plans.iterdir())[:100])
        batches(plans, documents, Path(folder))


if __name__ == "__main__":
    main()
