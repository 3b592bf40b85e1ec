"""Measures start-up, the core, real PDFs, jobs, length and memory, as ratios in one run: `make bench`.

Kept in docs/benchmarks.md. Figures of one machine mean little; ratios to what the same machine does in the same minute
do. The PDFs are those that lie in ../shared/corpus/files/unlabelled, if any do.
Usage: bench.py [TEXT ...]
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from planparse.limits import Limits
from planparse.model import ReadError
from planparse.pipeline import parse
from planparse.read import read_bytes
from planparse.words import make_tokenizer

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
SMALL = ROOT / "samples" / "press-piece-2024.txt"
BIN = Path(sys.executable).parent
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
REAL = ROOT.parent / "shared" / "corpus" / "files" / "unlabelled"
LONG, MANY = 2_000_000, 500_000  # characters: of one document, and enough to tell how fast they are read

Row = tuple[str, str, str, str]  # what, the figure, what it is held against, the ratio


def main() -> None:
    paths = [Path(argument) for argument in sys.argv[1:]] or SAMPLES
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths) + "\n"
    compile_bytecode()
    gc.set_threshold(200_000)  # as in commands
    rows = [*start_up(), *core(text), *length(text), *real_pdfs(), *jobs(text), *memory(text)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    head = "| what | figure | against | ratio |\n|---|---|---|---|\n"
    print(head + table)
    if paths == SAMPLES:
        (ROOT / "docs" / "benchmarks.md").write_text(
            f"# Benchmarks\n\n{__doc__.splitlines()[0].split(':')[0]}.\n"
            "Last result of `make bench`, on two cores; text: the samples, repeated.\n\n" + head + table + "\n",
            encoding="utf-8",
        )


def compile_bytecode() -> None:
    """What pip does when it installs; without it every start would compile every module."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", ROOT / "src"], env=ENVIRONMENT, check=True)
    run(BIN / "planparse", "extract", SMALL, "-f", "json")  # rules and dictionary into the cache


def start_up(rounds: int = 15) -> list[Row]:
    """Processor seconds of whole processes, those in which they read documents too."""
    commands: dict[str, tuple[str | Path, ...]] = {
        "python -c pass": (sys.executable, "-c", "pass"),
        "planparse --version": (BIN / "planparse", "--version"),
        "its libraries": (sys.executable, "-c", "import typer, rich, pydantic, regex"),
        "planparse extract SMALL -f json": (BIN / "planparse", "extract", SMALL, "-f", "json"),
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(spent(lambda command=command: run(*command)))
    median = {name: 1000 * statistics.median(seconds) for name, seconds in times.items()}
    return [
        (
            what,
            f"{median[what]:.0f} ms",
            f"{against}: {median[against]:.0f} ms",
            f"{median[what] / median[against]:.2f}",
        )
        for what, against in (
            ("planparse --version", "python -c pass"),
            ("planparse extract SMALL -f json", "its libraries"),
        )
    ]


def core(text: str) -> list[Row]:
    """Characters a second of one warm core, against those of jieba cutting the same text into words."""
    whole = text * (MANY // len(text))
    tokenizer, dictionary = make_tokenizer()
    dictionary.load(text)
    rates = []
    for _ in range(3):
        extracting = len(whole) / extraction(whole)
        cutting = len(text) / min(processor(lambda: [*tokenizer.cut(text, HMM=False)]) for _ in range(3))
        rates.append((extracting, cutting))
    extracting, cutting = (statistics.median(column) for column in zip(*rates, strict=True))
    targets = len(parse(read_bytes(text.encode(), "text.txt")).targets) * 1000 / len(text)
    return [
        (
            f"extraction, {len(whole):,} characters with {targets:.0f} targets a thousand, one core",
            f"{extracting:,.0f} characters/s",
            f"jieba cutting words: {cutting:,.0f}",
            f"{extracting / cutting:.2f}",
        )
    ]


def length(text: str) -> list[Row]:
    rows: list[Row] = []
    for name, unit in (("in lines", text), ("in one line", text.replace("\n", ""))):
        one = min(extraction(unit) for _ in range(9))
        hundred = min(extraction(unit * 100) for _ in range(2))
        rows.append((f"100 times the text, {name}", f"{hundred:.2f} s", f"once: {one:.4f} s", f"{hundred / one:.0f}"))
    return rows


def real_pdfs(rounds: int = 3) -> list[Row]:
    """What reading PDFs of offices costs, against pypdfium2 for the words of the same pages alone; none where no such
    files lie."""
    costs = [cost for path in sorted(REAL.glob("*.pdf")) if (cost := pdf_cost(path.read_bytes(), rounds))]
    if not costs:
        return []
    ours, plain, pages = (sum(column) for column in zip(*costs, strict=True))
    middle = statistics.median(cost / words for cost, words, _ in costs)
    one = f"{1000 * ours / pages:.1f} ms a page"
    return [
        (
            f"text of {len(costs)} real PDFs, in sum",
            one,
            f"pypdfium2: {1000 * plain / pages:.1f} ms",
            f"{ours / plain:.2f}",
        ),
        ("text of a real PDF, the median file", "", "pypdfium2", f"{middle:.2f}"),
    ]


def pdf_cost(content: bytes, rounds: int) -> tuple[float, float, int] | None:
    """Processor seconds for a PDF's text, ours and pypdfium2's alone, and its pages; None where nothing can be read."""

    def plainly() -> None:
        with pypdfium2.PdfDocument(content) as document:
            for page in document:
                page.get_textpage().get_text_range()

    try:
        plainly()
        pages = len(read_bytes(content, "real.pdf").page_starts)
    except (ReadError, pypdfium2.PdfiumError):  # a scan; one that is mended before it is read
        return None
    ours = min(processor(lambda: read_bytes(content, "real.pdf")) for _ in range(rounds))
    return ours, min(processor(plainly) for _ in range(rounds)), pages


def processor(action: Callable[[], object]) -> float:
    began = time.process_time()
    action()
    return time.process_time() - began


def jobs(text: str, documents: int = 60, characters: int = 60_000) -> list[Row]:
    """A folder of documents on one worker and on two."""
    with tempfile.TemporaryDirectory() as folder:
        plans = Path(folder) / "plans"
        plans.mkdir()
        for number in range(documents):
            content = f"{number}\n" + text * (characters // len(text) + 1)
            (plans / f"{number:03}.txt").write_text(content[:characters], encoding="utf-8")
        times: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(3):
            for count in times:
                command = (BIN / "planparse", "extract", plans, "-o", f"{folder}/out.jsonl", "--fresh", "-q")
                times[count].append(timed(lambda command=command, count=count: run(*command, "--jobs", str(count))))
    one, two = (statistics.median(times[count]) for count in (1, 2))
    return [
        (
            "--jobs 2, documents a second",
            f"{documents / two:.0f}",
            f"--jobs 1: {documents / one:.0f}",
            f"{one / two:.2f}",
        )
    ]


def memory(text: str) -> list[Row]:
    def peak(path: Path) -> float:
        command = [sys.executable, "-c", PEAK, BIN / "planparse", path]
        return int(subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True).stdout) / 1000

    with tempfile.TemporaryDirectory() as folder:
        long = Path(folder) / "long.txt"
        long.write_text(text * (LONG // len(text)), encoding="utf-8")
        small, large = peak(SMALL), peak(long)
    return [("peak memory, 2,000,000 characters", f"{large:.0f} MB", f"SMALL: {small:.0f} MB", f"{large / small:.1f}")]


PEAK = """
import resource, subprocess, sys
subprocess.run([sys.argv[1], "extract", sys.argv[2], "-f", "json"], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def extraction(text: str) -> float:
    """Processor seconds from a text's bytes to its records."""
    content = text.encode()
    return processor(lambda: parse(read_bytes(content, "text.txt", limits=Limits(max_characters=10**9))))


def spent(action: Callable[[], object]) -> float:
    """Processor seconds of the processes that an action starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    action()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def run(*command: str | Path) -> None:
    subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    main()
