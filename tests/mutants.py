"""`make mutants`: small faults put into the stages one at a time, as slips of a hand would; the tests notice most.

A mutant has one operator, constant or condition changed, or one statement taken out. It is put into a copy of the
project, and the tests that read documents run on it until one fails. Those that no test notices are listed: each wants
a case, or shows a line that nothing needs.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
STAGES = ("assemble", "split", "facts", "tables", "normalise.py", "match.py", "ledger.py")
TESTS = (
    *("cases.py", "samples.py", "lines.py", "rules.py::test_every_rule_does_what_it_says_of_itself", "spellings.py"),
    *("outline.py", "facts.py", "numerals.py", "precedence.py", "merged_cells.py", "tables_over_pages.py", "wraps.py"),
    *("twins.py", "page_titles.py", "converted.py", "long_sentences.py", "contract.py"),
)
LEAST = 0.6  # of the mutants noticed
LIMIT = 120  # seconds: one that runs on is noticed
OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    one: other
    for pair in ((ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.In, ast.NotIn), (ast.Is, ast.IsNot))
    for one, other in (pair, pair[::-1])
}
REMOVED = (ast.AugAssign, ast.Continue, ast.Break, ast.Return, ast.If)


class Mutant(NamedTuple):
    """A file of the stages, the line of the fault, what stands there and what is put in its place, the text with it."""

    path: Path
    line: int
    before: str
    after: str
    text: str


def mutants_of(path: Path) -> Iterator[Mutant]:
    """All that can be made of a file."""
    text = path.read_text(encoding="utf-8")
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    source = text.encode()
    for node in _changeable(ast.parse(text)):
        for after in _changed(node):
            begin = starts[node.lineno - 1] + node.col_offset
            end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
            mutated = source[:begin] + after.encode() + source[end:]
            yield Mutant(path, node.lineno, " ".join(source[begin:end].decode().split()), after, mutated.decode())


def _changeable(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """The expressions and statements below a node, those of types and decorators apart."""
    for name, field in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in field if isinstance(field, list) else [field]:
            if isinstance(child, ast.expr | ast.stmt) and not isinstance(child, ast.JoinedStr):
                yield child
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                yield from _changeable(child)


def _changed(node: ast.expr | ast.stmt) -> Iterator[str]:
    """The slips that can happen to a node."""
    if isinstance(node, ast.Compare):
        for i, operator in enumerate(node.ops):
            other = deepcopy(node)
            other.ops[i] = OPPOSITE[type(operator)]()
            yield f"({ast.unparse(other)})"
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield from (str(node.value + 1), f"({node.value - 1})")
    elif isinstance(node, ast.BoolOp):
        yield f"({ast.unparse(ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))})"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield f"bool({ast.unparse(node.operand)})"
    elif isinstance(node, REMOVED) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield "pass"


def is_noticed(work: Path, mutant: Mutant | None) -> bool:
    """Whether the tests in a copy of the project fail with a mutant in it."""
    place = work / mutant.path.relative_to(ROOT) if mutant else work
    if mutant:
        place.write_text(mutant.text, encoding="utf-8")
    tests = [str(work / "tests" / f"test_{name}") for name in TESTS]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(work / "src"), "PLANPARSE_CACHE": str(work / ".cache")}
    try:
        done = subprocess.run(
            [*command, str(place)] if mutant else command,
            cwd=work,
            env=environment,
            timeout=LIMIT,
            capture_output=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        if mutant:
            shutil.copy2(mutant.path, place)  # with its time: what is kept of the rules stays theirs
    return done.returncode != 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    package = ROOT / "src" / "planparse"
    paths = sorted(path for stage in STAGES for path in (package / stage, *package.glob(f"{stage}/*.py")))
    mutants = [mutant for path in paths if path.is_file() for mutant in mutants_of(path)]
    chosen = random.Random(options.seed).sample(mutants, min(options.count, len(mutants)))
    noticed = 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "planparse"
        shutil.copytree(ROOT, work, ignore=shutil.ignore_patterns(".*", "__pycache__"), copy_function=shutil.copy2)
        if is_noticed(work, None):
            sys.exit("the tests fail without a mutant")
        for mutant in sorted(chosen):
            if is_noticed(work, mutant):
                noticed += 1
            else:
                place = f"{mutant.path.relative_to(ROOT)}:{mutant.line}"
                print(f"{place}: {mutant.before[:70]} → {mutant.after[:70]}", flush=True)
    print(f"{noticed} of {len(chosen)} mutants noticed ({len(mutants)} possible)")
    sys.exit(noticed < LEAST * len(chosen))


if __name__ == "__main__":
    main()
