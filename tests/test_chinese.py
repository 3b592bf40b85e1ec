"""Chinese where the locale or --lang says so: messages, help, errors of usage, the table; codes stay as they are."""

from __future__ import annotations

import ast
import random
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer

from conftest import ROOT, SAMPLES
from planparse.cli import make_app
from planparse.messages import _catalogue, in_chinese, line_in_chinese, said
from planparse.model import RuleError
from planparse.reasons import describe, in_words
from planparse.rules import rows
from planparse.rulesets import load
from test_faulty_packs import BREAKS, RIGHT

Run = Callable[..., subprocess.CompletedProcess[bytes]]
SOURCE = ROOT / "src" / "planparse"
CALLS = ("say", "usage", "trouble", "PlanparseError", "ReadError")


def written(node: ast.expr) -> str | None:
    """A sentence as it stands in the code, {} for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def sentences() -> Iterator[str]:
    """What the commands say of usage."""
    for path in (
        SOURCE / "cli" / name for name in ("console.py", "convert.py", "extract.py", "output.py", "compare.py")
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
                yield from (text for text in map(written, node.args) if text and " " in text and ": {}" not in text)


def test_commands_say_what_they_do_in_chinese() -> None:
    commands = [typer.main.get_command(make_app([]))]
    missing: list[str] = []
    count = 0
    for command in commands:
        commands += getattr(command, "commands", {}).values()
        texts = [
            str(command.help).split("\n\n")[0],
            *(getattr(option, "help", None) or "" for option in command.params),
        ]
        plain = [" ".join(text.split()) for text in texts if re.search("[a-z]{3} ", text)]
        count += len(plain)
        missing += [text for text in plain if in_chinese(text, "help") is None]
    assert len(missing) <= 0.05 * count, missing


def test_messages_of_usage_are_in_chinese() -> None:
    table = tomllib.loads((SOURCE / "messages.zh.toml").read_text(encoding="utf-8"))["messages"]
    missing = [text for text in sentences() if text.removeprefix("planparse: ") not in table]
    assert len(missing) <= 0.1 * len(list(sentences())), missing


def test_what_rows_say_of_themselves_is_in_chinese() -> None:
    notes, _ = _catalogue("notes")
    found = [
        describe(row.id)
        for name in ("quantities", "times", "status", "vetoes", "cues", "carries")
        for row in rows(name)
    ]
    known = {rule.note for rule in found if rule}
    gone = [note for note in notes if note not in known]
    assert len(gone) <= 0.2 * len(notes), gone  # of comparators and changes are some
    assert all(in_words(rule, "zh") != in_words(rule, "en") for rule in ("veto.place", "status.past", "carry.last"))


def test_every_catalogue_entry_is_filled_as_it_is_written() -> None:
    for kind in ("messages", "help"):
        _, patterns = _catalogue(kind)
        for pattern, zh in patterns:
            places = {int(number) for number in re.findall(r"\{(\d)\}", zh)}
            assert places == set(range(pattern.groups)), zh


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["extract", "没有.pdf", "-f", "json"], "planparse: 没有.pdf: 没有这个文件，请检查路径 [missing]"),
        (["extract", "x.txt", "--headers", "fr"], "--headers 可以是 en 或 zh，不能是 'fr'"),
        (["extract", "x.txt", "-o", "a.xyz"], "从 a.xyz 的后缀看不出格式"),
        (["extract", "--foo"], "错误：没有选项 --foo"),
        (["extract"], "没有可读的输入"),
        (["nonsense"], "错误：没有命令"),
    ],
)
def test_messages_are_chinese(arguments: list[str], says: str, planparse: Run) -> None:
    for line, env in (([*arguments, "--lang", "zh"], {}), (arguments, {"LC_ALL": "zh_CN.UTF-8"})):
        done = planparse(*line, **env)
        assert says in done.stderr.decode()
        assert b"Traceback" not in done.stderr
        assert done.returncode == planparse(*arguments).returncode != 0


@pytest.mark.parametrize(
    "command", ["", "extract", "convert", "diff", "fulfil", "panel", "explain", "eval", "outline", "text"]
)
def test_help_is_chinese_and_fits(command: str, planparse: Run) -> None:
    shown = planparse("--lang=zh", *filter(None, [command]), "--help").stdout.decode()
    assert shown.startswith("用法：planparse")
    for word in ("Usage", "Options:", "Arguments:", "Show this", "default:", "required"):
        assert word not in shown


def test_the_language_of_the_option_stands_over_the_locale(planparse: Run) -> None:
    done = planparse("extract", "没有.pdf", "--lang", "en", LC_ALL="zh_CN.UTF-8")
    assert b"there is no such file" in done.stderr
    assert planparse("extract", "x.txt", "--lang", "fr").returncode == 2


def test_the_table_and_warnings_are_chinese(planparse: Run) -> None:
    plan = next(str(path) for path in SAMPLES if path.stem == "work-plan-2025")
    done = planparse("extract", plan, "--pretty", "--lang", "zh")
    assert "计划" in done.stdout.decode() and "planned" not in done.stdout.decode()
    assert "是时间，但无法确定到日期；不注日期 [time-not-understood]" in done.stderr.decode()


def test_sums_are_chinese(planparse: Run, tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        (tmp_path / f"{name}.txt").write_text("某县2025年计划\n\n新增学位800个，办好第三届书展。", encoding="utf-8")
    (tmp_path / "空.txt").touch()
    done = planparse("extract", str(tmp_path), "-o", f"{tmp_path}/out/", "--lang", "zh")
    assert "planparse: 3 份文件（失败 1），2 条记录，用时" in done.stderr.decode()
    assert "文件是空的" in done.stderr.decode()
    assert "序数 1" in planparse("ledger", str(tmp_path / "甲.txt"), "--lang", "zh").stderr.decode()
    done = planparse("panel", str(tmp_path / "甲.txt"), "--lang", "zh")
    assert "1 份文件，1 项指标，1 个值" in done.stderr.decode()


ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,}")  # two words of it; names of files, fields and codes stand alone


@pytest.mark.parametrize("kind", BREAKS)
def test_faults_of_packs_are_chinese(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANPARSE_LANG", "zh")
    name = "vetoes.toml"
    for other, content in RIGHT.items():
        broken = BREAKS[kind](random.Random(1), content) if other == name else content
        (tmp_path / other).write_text(broken, encoding="utf-8")
    with pytest.raises(RuleError) as raised:
        load([tmp_path])
    lines = [re.sub("`.*?`", "", line) for line in said(f"planparse: {raised.value}").splitlines()]
    assert not [
        line for line in lines if ENGLISH.search(re.sub("`.+?`", "", line)) or not re.search("[一-龥]", line)
    ], lines


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("a.doc: x in the package is damaged (y); fetch it again", "a.doc: 文件包里的 x 已损坏（y），请重新下载"),
        ("own/units.toml: TEU: kind: there is no 'mass'; did you mean measure?", "是否要写 measure？"),
        ("p.toml: is not valid TOML: Invalid value (at line 2, column 8); mend that place", "第 2 行第 8 列：值的写法"),
        (
            "row 3, 时限: '明年' is no day such as 2025-12-31; left as it was",
            "第 3 行 时限：'明年' 不是 2025-12-31 这样的日期，未改",
        ),
        ("not finished after 5 seconds; allow more with --timeout, or split the document", "5 秒内没有读完"),
        ("page 2: hardly a word of its text layer is known; look at the page", "文字层几乎没有认得的词"),
        ("no number stands at 7; the nearest is '5%' at 9", "7 处没有数；最近的是 9 处的 '5%'"),
    ],
)
def test_parts_of_messages_are_chinese(message: str, says: str) -> None:
    assert says in line_in_chinese(f"planparse: {message}")


def test_an_unknown_column_lists_the_chinese_names(planparse: Run) -> None:
    done = planparse("extract", str(SAMPLES[0]), "-f", "csv", "--columns", "文件", "--lang", "zh")
    assert (done.returncode, "value 目标值" in done.stderr.decode()) == (2, True)


def test_data_do_not_depend_on_the_language(planparse: Run) -> None:
    plan = str(SAMPLES[0])
    for form in ("json", "csv"):
        assert (
            planparse("extract", plan, "-f", form, "--lang", "zh").stdout
            == planparse("extract", plan, "-f", form).stdout
        )
