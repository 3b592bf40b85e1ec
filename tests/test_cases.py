"""Cases by construction: what is read of each document is what was reviewed."""

from __future__ import annotations

import pytest

from written_cases import FILES, Case, read_cases, records_of


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{path.stem}: {case.title}") for path in FILES for case in read_cases(path)]
)
def test_case(case: Case) -> None:
    assert records_of(case.document) == case.expected


def test_the_files_hold_cases() -> None:
    assert FILES and all(read_cases(path) for path in FILES)
