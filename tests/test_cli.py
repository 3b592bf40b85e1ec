"""The commands as a user runs them: streams, formats, exit statuses."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import SAMPLES
from planparse.write.to_csv import cell

Run = Callable[..., subprocess.CompletedProcess[bytes]]
PLAN = "2025年计划\n\n新增学位800个。\n".encode()


def test_version_and_help(planparse: Run) -> None:
    assert planparse("--version").stdout.startswith(b"planparse 0.")
    helped = planparse("--help")
    assert helped.returncode == 0
    assert all(name in helped.stdout for name in (b"extract", b"outline", b"text", b"schema", b"rules"))


def test_json_has_one_shape_for_one_and_many(planparse: Run) -> None:
    one = json.loads(planparse("extract", str(SAMPLES[0])).stdout)
    many = json.loads(planparse("extract", *map(str, SAMPLES)).stdout)
    assert one.keys() == many.keys() == {"schema_version", "generator", "documents"}
    assert [d["document"]["source"] for d in many["documents"]] == [str(p) for p in SAMPLES]


def test_csv_opens_as_a_table(planparse: Run, tmp_path: Path) -> None:
    piped = planparse("extract", str(SAMPLES[0]), "-f", "csv").stdout
    assert not piped.startswith(b"\xef\xbb\xbf")
    out = tmp_path / "targets.csv"
    assert planparse("extract", str(SAMPLES[0]), "-o", str(out)).returncode == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert out.read_bytes()[3:] == piped
    rows = list(csv.DictReader(io.StringIO(piped.decode(), newline="")))
    records = json.loads(planparse("extract", str(SAMPLES[0])).stdout)["documents"][0]["targets"]
    assert [row["quote"] for row in rows] == [record["quote"] for record in records]
    assert {len(row) for row in rows} == {37}
    assert "sentence" in rows[0] and all(None not in row for row in rows)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text) == "'" + text


def test_chinese_headers_and_chosen_columns(planparse: Run) -> None:
    out = planparse(
        "extract", "-", "-f", "csv", "--headers", "zh", "--columns", "indicator,value,unit", stdin=PLAN
    ).stdout
    assert out.decode().splitlines() == ["指标,目标值,单位", "学位,800,个"]


def test_outline_and_text(planparse: Run) -> None:
    tree = planparse("outline", str(SAMPLES[0])).stdout.decode()
    assert tree.splitlines()[0].startswith("一  ")
    assert planparse("text", "-", stdin=PLAN).stdout == PLAN


def test_schema_describes_the_output(planparse: Run) -> None:
    schema = json.loads(planparse("schema").stdout)
    assert {"schema_version", "generator", "documents"} <= schema["properties"].keys()


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "x", "-f", "docx"),
        ("extract", "x", "-o", "out.doc"),
        ("extract",),
        ("extract", "x", "--columns", "nope"),
        ("extract", "x", "--ocr", "nope"),
    ],
)
def test_wrong_usage_is_2(planparse: Run, arguments: tuple[str, ...]) -> None:
    done = planparse(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


def test_a_failed_input_does_not_stop_the_others(planparse: Run, tmp_path: Path) -> None:
    good, bad, missing = tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt"
    good.write_bytes(PLAN)
    bad.write_bytes(b"")
    done = planparse("extract", str(bad), str(good), str(missing))
    documents = json.loads(done.stdout)["documents"]
    assert [d["status"] for d in documents] == ["failed", "ok", "failed"]
    assert documents[1]["targets"][0]["value"] == 800
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 3  # and the summary
    assert (
        str(bad) in done.stderr.decode() and "[empty]" in done.stderr.decode() and "[missing]" in done.stderr.decode()
    )


def test_folders_and_globs(planparse: Run, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.txt", "notes.xyz"):
        (tmp_path / name).write_bytes(PLAN)
    found = json.loads(planparse("extract", str(tmp_path)).stdout)["documents"]
    assert [Path(d["document"]["source"]).name for d in found] == ["a.txt", "b.txt", "c.txt"]
    found = json.loads(planparse("extract", str(tmp_path / "*.txt")).stdout)["documents"]
    assert [Path(d["document"]["source"]).name for d in found] == ["a.txt", "b.txt"]


def test_a_folder_without_documents_fails(planparse: Run, tmp_path: Path) -> None:
    done = planparse("extract", str(tmp_path))
    assert done.returncode == 1
    assert b"holds no document" in done.stderr


def test_no_targets_is_said(planparse: Run) -> None:
    done = planparse("extract", "-", stdin="没有数字的通知。".encode())
    assert done.returncode == 0
    assert b"no-targets" in done.stderr


def test_rules_check(planparse: Run) -> None:
    done = planparse("rules", "check")
    assert done.returncode == 0
    assert b"0 faults" in done.stderr


def test_min_confidence_moves_records_to_the_ledger(planparse: Run) -> None:
    everything = json.loads(planparse("extract", str(SAMPLES[0])).stdout)["documents"][0]
    sure = json.loads(planparse("extract", str(SAMPLES[0]), "--min-confidence", "0.9").stdout)["documents"][0]
    assert 0 < len(sure["targets"]) < len(everything["targets"])
    assert all(target["confidence"] >= 0.9 for target in sure["targets"])
    assert len(sure["targets"]) + len(sure["skipped"]) == len(everything["targets"]) + len(everything["skipped"])


def test_limits_are_raised_by_name(planparse: Run) -> None:
    text = "2025年计划\n新建学校5所。".encode()
    low = planparse("text", "-", "--limit", "max-characters=9", stdin=text)
    assert low.returncode == 1 and b"--limit max_characters=30" in low.stderr
    assert (
        planparse("text", "-", "--limit", "max-characters=9", "--limit", "max_characters=30", stdin=text).returncode
        == 0
    )
    assert planparse("extract", "-", "--max-characters", "9", stdin=text).returncode == 1
    batch = planparse("extract", str(SAMPLES[0]), str(SAMPLES[1]), "-f", "json", "--limit", "max_characters=9")
    assert batch.stdout.count(b"too-large") == 2
    wrong = planparse("text", "-", "--limit", "characters=9", stdin=text)
    assert wrong.returncode == 2 and b"max_characters" in wrong.stderr


@pytest.mark.parametrize(
    "command",
    ["diff {} {}", "fulfil {} {}", "eval {folder} {}", "export {} --to doccano -o {folder}/out.jsonl"],
    ids=lambda command: command.split()[0],
)
def test_every_command_that_reads_documents_takes_limits(planparse: Run, tmp_path: Path, command: str) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_bytes(PLAN)
    (tmp_path / "plan.gold.jsonl").write_text("")
    arguments = command.format(plan, plan, folder=tmp_path).split()
    low = planparse(*arguments, "--limit", "max_characters=9")
    assert low.returncode and b"--limit max_characters=" in low.stderr
    assert b"too-large" not in planparse(*arguments, "--limit", "max_characters=99").stderr


def test_a_file_name_that_is_no_utf8(planparse: Run, tmp_path: Path) -> None:
    path = os.fsdecode(bytes(tmp_path) + b"/\xd6\xd0.txt")
    Path(path).write_bytes(PLAN)
    for form in ("json", "csv", "xlsx", "table"):
        done = planparse("extract", path, "-f", form)
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


def test_convert_writes_one_file(planparse: Run, tmp_path: Path) -> None:
    saved = tmp_path / "plan.json"
    saved.write_bytes(planparse("extract", "-", "-f", "json", stdin=PLAN).stdout)
    for output, status in ((f"{tmp_path}/out/", 2), (f"{tmp_path}/review.html", 1)):  # the page needs its document
        done = planparse("convert", str(saved), "-o", output)
        assert done.returncode == status and done.stderr.startswith(b"planparse: ")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


@pytest.mark.parametrize("command", ["text", "outline"])
def test_what_is_extracted_can_be_looked_at_with_the_same_recognition(planparse: Run, command: str) -> None:
    sample = str(SAMPLES[0])
    assert planparse(command, sample, "--ocr", "never").returncode == 0
    assert planparse(command, sample, "--ocr", "perhaps").returncode == 2
