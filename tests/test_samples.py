"""The samples give the outputs that were reviewed: `make golden` rewrites them, the diff is what to read."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import get_args

import pytest
from jsonschema import Draft202012Validator

import planparse
from conftest import ROOT, SAMPLES
from planparse.contract import json_schema, read_output
from planparse.model import Kind, Reason
from planparse.write import render

sys.path.insert(0, str(ROOT / "scripts"))
import twins

SCHEMA = json_schema()


def output_of(path: Path) -> str:
    document = planparse.extract(path, name=f"samples/{path.name}")
    return render([document], "json")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_expected_output(path: Path) -> None:
    expected = ROOT / "samples" / "expected" / f"{path.stem}.json"
    assert output_of(path) == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_output_is_valid(path: Path) -> None:
    Draft202012Validator(SCHEMA).validate(json.loads(output_of(path)))


def test_the_samples_hold_every_construction() -> None:
    targets = [t for path in SAMPLES for t in planparse.extract(path).targets]
    assert {t.kind for t in targets} == set(get_args(Kind))
    assert {t.comparator for t in targets} == {"=", ">=", "<=", ">", "~", "range"}
    assert {t.change for t in targets} == {None, "increase", "decrease"}
    assert {t.status for t in targets} == {"planned", "achieved"}
    assert any(t.baseline is not None for t in targets)
    assert any(t.table is not None for t in targets)
    assert any(t.binding == "binding" for t in targets)
    assert any(t.responsible for t in targets)
    assert any(t.per for t in targets)
    reasons = {s.reason for path in SAMPLES for s in planparse.extract(path).skipped}
    assert reasons >= set(get_args(Reason)) - {"ordinal", "unresolved", "rejected"}


def test_the_pdf_gives_the_same_records() -> None:
    text = planparse.extract(ROOT / "samples" / "work-plan-2025.txt")
    pdf = planparse.extract(ROOT / "samples" / "work-plan-2025.pdf")
    assert [t.id for t in pdf.targets] == [t.id for t in text.targets]
    assert pdf.document.pages is not None
    assert {t.page for t in pdf.targets} == set(range(1, pdf.document.pages + 1))
    assert [t.indicator for t in pdf.targets] == [t.indicator for t in text.targets]


def test_the_pdf_is_what_its_script_makes(tmp_path: Path) -> None:
    """By its content: other versions of the renderer may pack the same page in other bytes."""
    made = tmp_path / "work-plan-2025.pdf"
    twins.main(ROOT / "samples" / "work-plan-2025.txt", made)
    shipped, anew = (planparse.extract(path) for path in (ROOT / "samples" / made.name, made))
    assert shipped.text == anew.text
    assert shipped.targets == anew.targets


def test_an_output_reads_back_as_what_was_written() -> None:
    written = output_of(SAMPLES[0])
    assert render(read_output(written).documents, "json") == written
