"""The packs of packs/: made of rows alone, each right on its own documents, and of no effect on others."""

from __future__ import annotations

from pathlib import Path

import pytest

import planparse
from conftest import ROOT, SAMPLES
from planparse.check import check_row, taken_examples
from planparse.check_names import faults_of, named_rows
from planparse.rules import RULE_FILES, rows
from planparse.ruleset import using
from planparse.rulesets import load
from planparse.score import add, gold_beside, read_gold, score
from planparse.write.to_json import as_json

PACKS = sorted(path for path in (ROOT / "packs").iterdir() if path.is_dir())
TAKEN = {"veto.indefinite: '有关二氧化的内容'"}  # 吨二氧化碳当量 is a unit there


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_a_pack_is_right_on_its_own_documents(pack: Path) -> None:
    scores = []
    for path in sorted((pack / "documents").glob("*.txt")):
        document = planparse.extract(path, rules=[pack])
        gold = gold_beside(path)
        assert gold is not None
        scores.append(score(read_gold(gold, document.text), document))
        assert len(planparse.extract(path).targets) < len(document.targets)
    figures = add(scores).figures()
    assert figures["f1"] >= 0.97
    assert figures["strict_f1"] >= 0.93


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_the_rows_of_a_pack_prove_themselves_and_take_nothing(pack: Path) -> None:
    with using(load([pack])):
        own = [row for name in RULE_FILES for row in rows(name) if row.pack]
        assert [f"{row.where}: {fault}" for row in own for fault in check_row(row)] == []
        assert [fault for row in named_rows() if "pack" in row for fault in faults_of(row)] == []
        assert {f"{one.row.split(': ')[1]}: {one.text!r}" for one in taken_examples()} <= TAKEN


def test_the_packs_change_nothing_in_documents_of_other_kinds() -> None:
    for path in SAMPLES:
        before, after = planparse.extract(path), planparse.extract(path, rules=PACKS)
        assert as_json(before.targets) == as_json(after.targets)
