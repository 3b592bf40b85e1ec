"""Twelve reports of invented provinces, to be laid side by side: provinces.py FOLDER"""

from __future__ import annotations

import sys
from pathlib import Path

PLACES = (
    "东川省",
    "西泽省",
    "南岭省",
    "北原省",
    "云泊省",
    "青屿省",
    "海陵省",
    "江汀省",
    "松溪省",
    "岚河省",
    "沙洲省",
    "霞浦省",
)
REPORT = """{place}2026年政府工作报告

一、2025年工作回顾
全省地区生产总值增长{grown}%，城镇新增就业{jobs_before}万人，粮食产量达到{grain_before}万吨。

二、2026年主要目标
地区生产总值增长{growth}%左右，城镇新增就业{jobs}万人以上，城镇调查失业率控制在{idle}%以内；\
居民消费价格上涨2%左右；{grain}。
"""


def report(number: int) -> str:
    """The report of one of the places; what each plans differs, and every fourth says nothing exact of its grain."""
    grain = 1200 + 310 * number
    return REPORT.format(
        place=PLACES[number],
        grown=(42 + number * 7 % 12) / 10,
        growth=f"{4.5 + number * 5 % 4 / 2:g}",
        jobs_before=24 + 7 * number,
        jobs=25 + 7 * number,
        idle=f"{5 + number % 2 / 2:g}",
        grain_before=grain,
        grain="粮食产量保持稳定" if number % 4 == 3 else f"粮食产量达到{grain + 15}万吨以上",
    )


def write_reports(folder: Path) -> None:
    """A text file for each place."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, place in enumerate(PLACES):
        (folder / f"{place}.txt").write_text(report(number), encoding="utf-8")


if __name__ == "__main__":
    write_reports(Path(sys.argv[1]))
