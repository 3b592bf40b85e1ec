"""The scores on the annotated corpus, where it stands beside the checkout; floors are raised, never lowered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import planparse
from conftest import CORPUS, ROOT
from planparse.write import render

SCORE = CORPUS.parent / "tools" / "score.py"
FLOORS = {"f1": 0.98, "strict_f1": 0.95, "outline_f1": 0.98, "document": 0.98}


@pytest.mark.skipif(not SCORE.exists(), reason="the annotated corpus is not here")
def test_floors(tmp_path: Path) -> None:
    for path in sorted((CORPUS / "dev").glob("*.txt")):
        document = planparse.extract(path, name=path.name)
        (tmp_path / f"{path.stem}.json").write_text(render([document], "json"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(SCORE), "--json", str(CORPUS / "dev"), str(tmp_path)],
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    total = json.loads(done.stdout)["ALL"]
    assert {name: total[name] for name in FLOORS if total[name] < FLOORS[name]} == {}
    assert total["bad_quote"] == 0
