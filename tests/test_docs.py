"""The commands in docs/ run as they are written there, in a folder with a sample."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import yaml

import planparse
from conftest import ROOT
from planparse.contract import read_output
from planparse.write import render

sys.path.insert(0, str(ROOT / "scripts"))
from provinces import PLACES, write_reports

SAMPLE = ROOT / "samples" / "work-plan-2025.pdf"
MENDED = "五星级党支部占比"


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of a page."""
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / "docs" / page).read_text("utf-8"), re.M | re.S)


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-e", "-c", command], cwd=folder, env={**os.environ, "PATH": path}, text=True, capture_output=True
    )


def correct(folder: Path) -> None:
    """What a person does in the first review page, and exports: one name mended, one record thrown out."""
    [document] = json.loads(render([planparse.extract(folder / "plan.pdf")], "json"))["documents"]
    mended, thrown = document["targets"][:2]
    document["reviews"] = {
        mended["id"]: {"verdict": "edited", "before": {"indicator": mended["indicator"]}},
        thrown["id"]: {"verdict": "rejected", "before": {}},
    }
    mended["indicator"] = MENDED
    document["rejected"] = [document["targets"].pop(1)]
    output = {"schema_version": "1", "generator": "planparse", "documents": [document]}
    (folder / "first.json").write_text(json.dumps(output, ensure_ascii=False), "utf-8")


def go_on(folder: Path) -> None:
    """What another does in the second page, which has the first one's words already, and exports."""
    data = (folder / "second.html").read_text("utf-8").partition('id="data">')[2].partition("</script>")[0]
    [document] = json.loads(data)["documents"]
    assert document["targets"][0]["indicator"] == MENDED and len(document["rejected"]) == 1
    shutil.copy(folder / "first.json", folder / "corrected.json")


AFTER = {"-o review.html": correct, "-o second.html": go_on}


@pytest.mark.parametrize("page", ["analyst.md", "analyst.zh-CN.md"])
def test_ten_minutes_of_an_analyst(page: str, tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / "plan.pdf")
    write_reports(tmp_path / "reports")
    commands = [line for block in blocks(page, "sh") for line in block.splitlines()]
    assert commands[0].startswith("pip install")
    assert len(commands) <= 10
    for command in commands[1:]:
        done = run(command, tmp_path)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), command
        for wrote, person in AFTER.items():
            if wrote in command:
                person(tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "targets.xlsx")["记录"]
    assert sheet.max_row - 1 == len(planparse.extract(SAMPLE).targets) - 1
    assert any(cell.value == MENDED for cell in sheet[2])
    planned = openpyxl.load_workbook(tmp_path / "panel.xlsx").worksheets[0]
    assert {row[0].value for row in planned.iter_rows(min_row=2)} >= set(PLACES)
    final, corrected = (
        read_output((tmp_path / f"{name}.json").read_bytes()).documents[0] for name in ("final", "corrected")
    )
    assert (final.targets, final.rejected, final.reviews) == (corrected.targets, corrected.rejected, corrected.reviews)


@pytest.mark.parametrize(
    ("documents", "fails"),
    [
        ({"plan.pdf": SAMPLE.read_bytes()}, None),
        ({"plan.pdf": SAMPLE.read_bytes(), "scan.pdf": b"%PDF-1.4 broken"}, "planparse extract plans/ -o targets.json"),
    ],
    ids=["all read", "one unread"],
)
def test_the_workflow_fails_on_an_unread_document(
    documents: dict[str, bytes], fails: str | None, tmp_path: Path
) -> None:
    (tmp_path / "plans").mkdir()
    for name, content in documents.items():
        (tmp_path / "plans" / name).write_bytes(content)
    [workflow] = map(yaml.safe_load, blocks("ci.md", "yaml"))
    steps = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    assert steps.pop(0).startswith("pip install")
    assert [step for step in steps if run(step, tmp_path).returncode] == ([fails] if fails else [])
    assert (tmp_path / "targets.xlsx").is_file()


@pytest.mark.parametrize("name", ["ci", "compare"])
def test_the_chinese_twin_says_the_same_to_machines(name: str) -> None:
    english, chinese = ((ROOT / "docs" / f"{name}{end}.md").read_text("utf-8") for end in ("", ".zh-CN"))
    assert blocks(f"{name}.md", "yaml") == blocks(f"{name}.zh-CN.md", "yaml")
    coded = [set(re.findall(r"`([a-z][a-z -]+)`", text)) for text in (english, chinese)]
    assert coded[0] - coded[1] <= {"rules", "planparse"}
    assert [text.count("\n## ") for text in (english,)] == [text.count("\n## ") for text in (chinese,)]


def test_the_workflow_fails_on_a_document_read_in_part(tmp_path: Path) -> None:
    (tmp_path / "targets.json").write_text('{"documents": [{"document": {},\n "status": "partial",\n "warnings": []}]}')
    [step] = [line.strip() for block in blocks("ci.md", "yaml") for line in block.splitlines() if "grep" in line]
    assert run(step, tmp_path).returncode != 0


@pytest.mark.parametrize(
    ("documents", "strict", "fails"),
    [
        ({"plan.pdf": SAMPLE.read_bytes()}, "true", []),
        ({"plan.pdf": SAMPLE.read_bytes(), "scan.pdf": b"%PDF-1.4 broken"}, "true", ["Extract"]),
    ],
)
def test_the_action_fails_on_an_unread_document(
    documents: dict[str, bytes], strict: str, fails: list[str], tmp_path: Path
) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    given = {name: row["default"] for name, row in action["inputs"].items()} | {"strict": strict}
    (tmp_path / "plans").mkdir()
    for name, content in documents.items():
        (tmp_path / "plans" / name).write_bytes(content)
    install, *steps = [step for step in action["runs"]["steps"] if "run" in step]
    assert install["run"].startswith("pip install")
    failed = []
    for step in steps:
        named = {name: re.fullmatch(r"\$\{\{ inputs\.(\w+) \}\}", value)[1] for name, value in step["env"].items()}
        values = "".join(f"export {name}={given[of]}\n" for name, of in named.items())
        if run(values + step["run"], tmp_path).returncode:
            failed.append(step["name"])
    assert failed == fails
    assert (tmp_path / "targets.xlsx").is_file()


@pytest.mark.parametrize(("content", "status"), [(SAMPLE.read_bytes(), 0), (b"%PDF-1.4 broken", 1)])
def test_the_hook_of_pre_commit(content: bytes, status: int, tmp_path: Path) -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    hook = hooks["planparse-read"]
    (tmp_path / "a.pdf").write_bytes(content)
    (tmp_path / "b.txt").write_text("2025年计划\n\n新增学位800个。")
    assert all(re.search(hook["files"], path.name) for path in tmp_path.iterdir())
    assert run(f"{hook['entry']} a.pdf b.txt", tmp_path).returncode == status
    assert hooks["planparse-rules"]["entry"] == "planparse rules check"


def test_every_picture_is_there_and_small() -> None:
    pages = [*ROOT.glob("docs/*.md"), *ROOT.glob("*.md")]
    pictures = {
        page.parent / name for page in pages for name in re.findall(r"\]\((\S+\.png)\)", page.read_text("utf-8"))
    }
    assert pictures
    assert all(picture.stat().st_size < 200_000 for picture in pictures)


REPORT = "某港2025年工作计划\n\n一、目标\n集装箱吞吐量达到4500万TEU。新增运力6万DWT。LTIFR低于0.35。NPS达到65。\n"


def test_ten_minutes_with_rules_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    commands = [line for block in blocks("rules.md", "sh")[:2] for line in block.splitlines()]
    assert commands == [line for block in blocks("rules.zh-CN.md", "sh")[:2] for line in block.splitlines()]
    done = [run(command, tmp_path) for command in commands]
    assert [one.returncode for one in done] == [0] * len(commands)
    assert done[0].stderr == "4 unresolved\n"
    assert ["1 gained, 0 lost" in one.stdout for one in done[1:5]] == [True] * 4
    assert done[5].stdout.count("\n") == 5


def test_what_the_pages_say_of_fields_is_what_the_rules_say() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    from rules_doc import PAGES, page

    for name, language in PAGES.items():
        content = (ROOT / "docs" / name).read_text("utf-8")
        assert page(content, language) == content, "run scripts/rules_doc.py"
