"""Rewrites the expected outputs of the samples; the diff is what to review."""

from __future__ import annotations

from pathlib import Path

import planparse
from planparse.write import render

SAMPLES = Path(__file__).parents[1] / "samples"

for path in sorted(SAMPLES.glob("*.txt")):
    document = planparse.extract(path, name=f"samples/{path.name}")
    (SAMPLES / "expected" / f"{path.stem}.json").write_text(render([document], "json"), encoding="utf-8")
    print(f"{path.stem}: {len(document.targets)} targets, {len(document.skipped)} skipped")
