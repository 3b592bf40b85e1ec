"""A sentence without an end (a list that lost its marks, a file made to be slow) is cut where its members end."""

from __future__ import annotations

import pytest

import planparse
from planparse.model import LONGEST_SENTENCE


@pytest.mark.parametrize(
    ("member", "marked"),
    [
        ("新建学校5所，", True),
        ("学位2400个、", True),
        ("占比达到5%；", True),
        ("（园所5个）", False),
        ("学位2400个", False),
    ],
)
def test_every_number_of_a_sentence_without_an_end_is_a_record(member: str, marked: bool) -> None:
    times = 3 * LONGEST_SENTENCE // len(member)
    document = planparse.extract(f"2025年工作要点\n一、目标\n{member * times}".encode(), name="list.txt")
    quotes = {target.quote for target in document.targets}
    assert (len(document.targets), len(quotes)) == (times, 1)
    assert max(len(target.sentence) for target in document.targets) <= LONGEST_SENTENCE
    if marked:
        assert {target.sentence[-1] for target in document.targets} == {member[-1]}


def test_sentences_as_authors_write_them_stay_whole() -> None:
    sentence = "，".join(f"第{i}中心新建学校{i}所" for i in range(2, 60)) + "。"
    document = planparse.extract(f"2025年工作要点\n一、目标\n{sentence}".encode(), name="plan.txt")
    assert {target.sentence for target in document.targets} == {sentence}
