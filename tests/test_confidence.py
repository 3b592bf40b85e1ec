"""Confidence is measured: what a record is measured by, and how the weights are found."""

from __future__ import annotations

import random
import sys

import pytest

from conftest import ROOT
from planparse import extract
from planparse.assemble.confidence import LOOKS, confidence, measured, name_traits

sys.path.insert(0, str(ROOT / "scripts"))

import calibrate
from calibrate import Case, fit, foretell, sigmoid, tone_down


@pytest.mark.parametrize(
    ("name", "looks"),
    [
        ("森林覆盖率", []),
        ("学位", ["looks.short"]),
        ("服务群众", ["looks.headless"]),
        ("2024年营业收入", ["looks.number"]),
        ("失业率控制到", ["looks.headless", "looks.hanging"]),
        ("全县农村居民饮用水水源地水质监测达标率", []),
        ("全县农村居民集中式饮用水水源地水质监测达标率", ["looks.long"]),
    ],
)
def test_a_name_that_looks_wrong_says_how(name: str, looks: list[str]) -> None:
    assert [*name_traits(name)] == looks


def test_what_looks_wrong_costs() -> None:
    weights = measured()["traits"]
    looks = {name: row["weight"] for name, row in weights.items() if name.startswith("looks.")}
    assert looks and all(weight < 0 for weight in looks.values())
    assert all(row["n"] >= 0 and 0 <= row["right"] <= 1 for row in weights.values())
    assert looks.keys() == set(LOOKS)


def test_a_record_with_a_whole_name_is_surer_than_one_that_hangs() -> None:
    text = "某县2025年工作要点\n\n一、任务\n森林覆盖率达到35%以上。\n"
    (whole,) = extract(text.encode()).targets
    assert whole.confidence > confidence(["looks.headless", "looks.hanging", "looks.number"])


def cases() -> list[Case]:
    """Of records in twenty documents: those with `bad` are right half of the time, `good` ones in nine of ten."""
    chance = random.Random(7)
    found = []
    for i in range(600):
        trait = "bad" if i % 3 == 0 else "good"
        right = chance.random() < (0.5 if trait == "bad" else 0.9)
        found.append(Case(f"d{i % 20}", (trait, calibrate.BASE), right))
    return [*found, Case("d0", ("seldom", calibrate.BASE), right=False)]


def test_weights_tell_good_from_bad_and_trust_no_single_record() -> None:
    weights = fit(cases())
    assert weights["good"] > 0 > weights["bad"]
    assert abs(weights["seldom"]) < abs(weights["bad"])
    assert weights == fit(cases())


def test_what_is_foretold_of_a_document_that_was_left_out_holds() -> None:
    foretold = foretell(cases(), fit(cases()))
    slope, shift = tone_down(foretold)
    bands: dict[float, list[bool]] = {}
    for total, case in foretold:
        bands.setdefault(round(sigmoid(slope * total + shift), 1), []).append(case.right)
    assert all(abs(chance - sum(right) / len(right)) < 0.1 for chance, right in bands.items() if len(right) > 50)
