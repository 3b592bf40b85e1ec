"""Packs: rows of a user's own beside those of planparse, for one call alone, and what is said of faulty ones."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

import planparse
from command import run
from planparse.api import extract_many
from planparse.model import RuleError
from planparse.new_rows import Addition
from planparse.row_faults import find_faults
from planparse.rules import files, read_base
from planparse.ruleset import Pack
from planparse.suggest import _rounds
from planparse.write.to_gold import to_gold

PLAN = "某港2025年工作计划\n\n一、重点任务\n集装箱吞吐量达到4500万TEU。办好三港联动大会。客户净推荐值达到65分。\n"
UNITS = '[measures]\n"TEU" = "吞吐量达到4500万TEU"\n'

Files = dict[str, str]


def pack(folder: Path, files: Files) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def values(document: planparse.Document) -> list[tuple[str, object, object]]:
    return [(t.indicator, t.value, t.unit) for t in document.targets]


@pytest.fixture
def ports(tmp_path: Path) -> Path:
    return pack(tmp_path / "ports", {"units.toml": UNITS})


BARE = [("客户净推荐值", 65, "分")]
WITH_TEU = [("集装箱吞吐量", 45_000_000, "TEU"), *BARE]


def test_a_pack_holds_for_its_call_alone(ports: Path) -> None:
    content = PLAN.encode()
    for rules, expected in (((), BARE), ((ports,), WITH_TEU), ((), BARE), ((str(ports),), WITH_TEU)):
        assert values(planparse.extract(content, rules=rules)) == expected


def test_threads_with_other_packs_do_not_meet(ports: Path) -> None:
    found: list[bool] = []

    def ask(rules: tuple[Path, ...], expected: object) -> None:
        found.extend(values(planparse.extract(PLAN.encode(), rules=rules)) == expected for _ in range(5))

    threads = [threading.Thread(target=ask, args=given) for given in (((), BARE), ((ports,), WITH_TEU)) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 20


def test_a_generator_of_documents_keeps_its_packs_to_itself(ports: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    documents = extract_many([tmp_path / "a.txt"] * 2, rules=[ports])
    assert values(next(documents)) == WITH_TEU
    assert values(planparse.extract(PLAN.encode())) == BARE
    assert values(next(documents)) == WITH_TEU


def test_the_output_names_packs_by_their_content(ports: Path, tmp_path: Path) -> None:
    (first,) = planparse.extract(PLAN.encode(), rules=[ports]).document.packs
    moved = pack(tmp_path / "elsewhere" / "ports", {"units.toml": UNITS})
    (second,) = planparse.extract(PLAN.encode(), rules=[moved]).document.packs
    assert first == second
    assert first.name == "ports"
    pack(ports, {"units.toml": UNITS + '"DWT" = "10万DWT"\n'})
    assert planparse.extract(PLAN.encode(), rules=[ports]).document.packs[0].fingerprint != first.fingerprint
    assert planparse.extract(PLAN.encode()).document.packs == []


# ---------------------------------------------------------------- what a row can do

VETO = '[[rule]]\nid = "veto.joint-meeting"\nreason = "name"\npattern = \'两项联动\'\n'
CAN: dict[str, tuple[Files, str, object]] = {
    "a word": ({"words.toml": '[words]\n"点靓" = "verb strong"\n'}, "点靓招牌5块。", [("招牌", 5, "块")]),
    "off": ({"units.toml": 'off = ["所"]\n'}, "新建学校5所。", []),
    "a unit that is written otherwise": (
        {"units.toml": '[[unit]]\nunit = "标准箱"\nkind = "measure"\naliases = ["TEU"]\nexample = "3万TEU"\n'},
        "吞吐量达到3万TEU。",
        [("吞吐量", 30000, "标准箱")],
    ),
    "a construction": (
        {
            "constructions.toml": '[[construction]]\nid = "call.at"\nkinds = ["count"]\n'
            'name = "挂靠{name}"\n'
            "shape = '^ ANY* (?<verb>挂靠) Q (?<name> ANY{1,4} ) $'\n"
        },
        "每周挂靠3次本港码头。",
        [("挂靠本港码头", 3, "次")],
    ),
    "a carry": (
        {
            "carries.toml": '[[rule]]\nid = "carry.phase"\nmissing = "owner"\nfrom = ["last"]\nname = "{part}{thing}"\n'
            "pattern = '‹(?P<part>二期)›(?P<thing>.+)'\n"
        },
        "新建泊位5个，二期3个。",
        [("泊位", 5, "个"), ("二期泊位", 3, "个")],
    ),
    "a quantity": (
        {
            "quantities.toml": '[[rule]]\nid = "quantity.grade"\nkind = "score"\nunit = "级"\nvalue = "3"\n'
            "pattern = 'AAA级'\n"
        },
        "信用等级保持AAA级。",
        [("信用等级", 3, "级")],
    ),
}


@pytest.mark.parametrize("what", CAN)
def test_a_row_of_a_pack_is_read(what: str, tmp_path: Path) -> None:
    files, said, expected = CAN[what]
    content = f"2025年工作计划\n\n{said}".encode()
    document = planparse.extract(content, rules=[pack(tmp_path / "own", files)])
    assert values(document) == expected
    assert values(planparse.extract(content)) != expected


def test_a_slogan_and_a_veto_give_their_reason(tmp_path: Path) -> None:
    own = pack(tmp_path / "own", {"vetoes.toml": VETO, "lexicon.toml": 'slogans = ["三项合一"]\n'})
    document = planparse.extract("2025年计划\n\n推进三项合一，开好两项联动会议。".encode(), rules=[own])
    assert {"三项合一": "slogan", "两项联动": "name"}.items() <= {
        one.quote: one.reason for one in document.skipped
    }.items()


def test_an_indicator_has_its_id(tmp_path: Path) -> None:
    row = '[[indicator]]\nid = "net-promoter-score"\nname = "客户净推荐值"\n'
    own = pack(tmp_path / "own", {"indicators.toml": row})
    assert planparse.extract(PLAN.encode(), rules=[own]).targets[0].indicator_id == "net-promoter-score"


# ---------------------------------------------------------------- faults

RULE = '[[rule]]\nid = "{}"\nreason = "name"\npattern = \'{}\'\n'
CARRY = "[[rule]]\nid = 'c.a'\nmissing = 'name'\nfrom = ['{}']\npattern = '{}'\n"
FAULTS: dict[str, tuple[Files, str]] = {
    "no rules": ({}, "own: holds no rules; a pack has files such as units.toml (see `planparse rules new`)"),
    "a name that no file has": (
        {"unit.toml": ""},
        "own/unit.toml: no file of rules has this name; did you mean units.toml?",
    ),
    "no TOML": ({"units.toml": "[unit"}, "own/units.toml: is not valid TOML: "),
    "an unknown field": (
        {"vetoes.toml": RULE.format("v.a", "甲3") + 'reasons = "x"\n'},
        "own/vetoes.toml: v.a: there is no field 'reasons'; did you mean reason?",
    ),
    "an unknown value": (
        {"vetoes.toml": RULE.format("v.a", "甲3").replace('"name"', '"nam"')},
        "own/vetoes.toml: v.a: reason: there is no 'nam'; did you mean name?",
    ),
    "a field that is missing": (
        {"units.toml": '[[unit]]\nunit = "TEU"\nkind = "measure"\n'},
        "own/units.toml: TEU: example is missing: a quantity with it, in words of your own; add it",
    ),
    "an id that is not there": (
        {"vetoes.toml": RULE.format("v.a", "甲3") + 'before = "veto.web-adress"\n'},
        "own/vetoes.toml: v.a: before = 'veto.web-adress': there is no such row; did you mean veto.web-address?",
    ),
    "an id that is taken": (
        {"vetoes.toml": RULE.format("veto.web-address", "甲3")},
        "own/vetoes.toml: veto.web-address: planparse has it already; choose another name, or say replaces = 'veto.web",
    ),
    "off what is not there": (
        {"lexicon.toml": 'off = ["双碳碳"]\n'},
        "own/lexicon.toml: off = '双碳碳': there is no such row; ",
    ),
    "a row that nothing asks for": (
        {"cues.toml": "[[rule]]\nid = \"per.own\"\npattern = '每'\n"},
        'own/cues.toml: per.own: nothing asks for a new row here; say which one it replaces = "…"',
    ),
    "no pattern": ({"vetoes.toml": RULE.format("v.a", "(甲")}, "own/vetoes.toml: v.a: its pattern is none: "),
    "no fragment": (
        {"vetoes.toml": RULE.format("v.a", "{{numbr}}甲")},
        "own/vetoes.toml: v.a: there is no fragment or list {{numbr}}; see fragments.toml",
    ),
    "a pattern that backtracks": (
        {"vetoes.toml": RULE.format("v.a", "(?:[0-9]|[0-9][0-9])+甲")},
        "own/vetoes.toml: v.a: its pattern backtracks on “1111111111…”; ",
    ),
    "a pattern that takes nothing": (
        {"vetoes.toml": RULE.format("v.a", "甲?")},
        "own/vetoes.toml: v.a: the pattern matches nothing at all, everywhere; ",
    ),
    "a group that is lacking": (
        {"responsible.toml": "[[rule]]\nid = \"r.a\"\npattern = '（甲负责）'\n"},
        "own/responsible.toml: r.a: the pattern lacks the group lead; add (?P<lead>…)",
    ),
    "a unit that is another": (
        {"units.toml": '[counts]\nthings = ["亩"]\n'},
        "own/units.toml: 亩: planparse has it as a measure written 亩; ",
    ),
    "a name of another indicator": (
        {"indicators.toml": '[[indicator]]\nid = "own-gdp"\nname = "地区生产总值"\n'},
        "own/indicators.toml: own-gdp: GDP is a name of gdp; ",
    ),
    "a role that there is not": (
        {"words.toml": '[words]\n"点靓" = "verbs"\n'},
        "own/words.toml: 点靓: there is no role 'verbs'; the roles are verb, strong, ",
    ),
    "a source that there is not": (
        {"carries.toml": CARRY.format("before", "‹›(?P<name>.+)")},
        "own/carries.toml: c.a: from: there is no 'before'; did you mean more?",
    ),
    "a name of groups that there are not": (
        {"carries.toml": CARRY.format("last", "‹›(?P<thing>.+)")},
        "own/carries.toml: c.a: the pattern lacks the group name; add (?P<name>…)",
    ),
    "a group over the mark of a carry": (
        {"carries.toml": CARRY.format("last", "(?P<name>‹›.+)")},
        "own/carries.toml: c.a: the pattern is none up to ›: ",
    ),
    "a shape that is none": (
        {"constructions.toml": "[[construction]]\nid = \"c.a\"\nshape = '(?<name> NOUNS ) Q'\n"},
        "own/constructions.toml: c.a: there is no role, atom or macro NOUNS",
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_a_line_with_file_row_and_cure(what: str, tmp_path: Path) -> None:
    files, line = FAULTS[what]
    with pytest.raises(RuleError) as raised:
        planparse.extract(PLAN.encode(), rules=[pack(tmp_path / "own", files)])
    said = str(raised.value).replace(f"{tmp_path}/", "")
    assert "\n" not in said
    assert said.startswith(line)


def test_two_packs_that_contradict_are_named(ports: Path, tmp_path: Path) -> None:
    cars = pack(tmp_path / "cars", {"units.toml": '[counts]\nthings = ["TEU"]\n'})
    with pytest.raises(RuleError, match="TEU: the pack ports has it as a measure written TEU"):
        planparse.extract(PLAN.encode(), rules=[ports, cars])


def test_a_pattern_that_takes_long_in_a_text_fails_the_document(tmp_path: Path) -> None:
    own = pack(tmp_path / "own", {"vetoes.toml": RULE.format("v.slow", "(?:丙丁|丙丁丙丁)+戊3")})
    text = "丙丁" * 60 + "、戊3"
    (tmp_path / "a.txt").write_text(f"2025年工作计划\n\n{text}", encoding="utf-8")
    (document,) = extract_many([tmp_path / "a.txt"], rules=[own])
    assert [w.code for w in document.warnings] == ["slow-rule"]


# ---------------------------------------------------------------- commands


def test_the_command_takes_packs_and_lets_go_of_them(ports: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    _, with_them, _ = run("extract", str(tmp_path / "a.txt"), "-f", "json", "--rules", str(ports))
    _, without, _ = run("extract", str(tmp_path / "a.txt"), "-f", "json")
    assert [len(json.loads(out)["documents"][0]["targets"]) for out in (with_them, without)] == [2, 1]


def test_the_environment_names_packs(ports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    monkeypatch.setenv("PLANPARSE_RULES", str(ports))
    assert "TEU" in run("extract", str(tmp_path / "a.txt"), "-f", "csv")[1]


def test_a_faulty_pack_ends_the_command_before_it_begins(tmp_path: Path) -> None:
    files = {"vetoes.toml": RULE.format("v.a", "(") + RULE.format("v.b", ")")}
    status, out, said = run("extract", "none.txt", "--rules", str(pack(tmp_path / "own", files)))
    assert (status, out) == (2, "")
    assert [line.split(": ")[2] for line in said.splitlines()] == ["v.a", "v.b"]


NEW: dict[str, tuple[list[str], str, object]] = {
    "unit": (["unit", "TEU", "--example", "吞吐量达到4500万TEU。"], "吞吐量达到3万TEU。", [("吞吐量", 30000, "TEU")]),
    "plain": (
        ["indicator", "NPS", "--id", "net-promoter-score", "--plain", "--example", "NPS达到65。"],
        "NPS提高到70。",
        [("NPS", 70, None)],
    ),
    "slogan": (["slogan", "三项合一"], "推进三项合一。", []),
    "noun": (
        ["noun", "新岸桥", "--example", "引进新岸桥3台。"],
        "引进新岸桥5台。",
        [("新岸桥", 5, "台")],
    ),
    "word": (
        ["word", "点靓", "--roles", "verb strong", "--example", "点靓招牌5块。"],
        "点靓招牌6块。",
        [("招牌", 6, "块")],
    ),
    "construction": (
        [
            *("construction", "--id", "call.at", "--example", "每周挂靠3次本港码头。"),
            *("--quote", "3次", "--name", "本港码头", "--verb", "挂靠"),
        ],
        "每天挂靠2次外港码头。",
        [("外港码头", 2, "次")],
    ),
}


@pytest.mark.parametrize("what", NEW)
def test_a_new_rule_is_proved_written_and_used(what: str, tmp_path: Path) -> None:
    arguments, text, expected = NEW[what]
    own = tmp_path / "own"
    status, _, said = run("rules", "new", *arguments, "--rules", str(own))
    if what == "noun":  # it is read whole without it, too
        assert (status, own.exists()) == (2, False)
        return
    assert (status, said) == (0, "")
    assert values(planparse.extract(f"2025年计划\n\n{text}".encode(), rules=[own])) == expected


def test_a_second_rule_joins_the_first_and_a_faulty_one_leaves_it(ports: Path) -> None:
    assert run("rules", "new", "slogan", "三项合一", "--rules", str(ports))[0] == 0
    assert run("rules", "new", "slogan", "三项联动", "--rules", str(ports))[0] == 0
    before = (ports / "units.toml").read_text(encoding="utf-8")
    status, _, said = run(
        "rules", "new", "unit", "亩", "--kind", "count", "--example", "造林5亩。", "--rules", str(ports)
    )
    assert (status, said.partition(": ")[2].partition(":")[0]) == (1, f"{ports}/units.toml")
    assert (ports / "units.toml").read_text(encoding="utf-8") == before
    assert len(planparse.extract(PLAN.encode(), rules=[ports]).targets) == 2


def test_what_a_new_rule_changes_in_documents_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    arguments = [*NEW["unit"][0], "--rules", str(tmp_path / "own"), "--try", str(tmp_path / "a.txt")]
    _, out, _ = run("rules", "new", *arguments)
    assert "4500万TEU | 集装箱吞吐量" in out
    assert "tried on 1 documents: 1 gained, 0 lost, 0 changed" in out


def test_nothing_is_asked_where_nobody_answers(tmp_path: Path) -> None:
    assert run("rules", "new", "unit", "--rules", str(tmp_path))[2] == (
        "planparse: UNIT is missing: the unit, as it is to be written to the output\n"
    )


def test_rows_are_listed_and_shown(ports: Path) -> None:
    assert run("rules", "list", "TEU", "--rules", str(ports))[1].startswith("units\tTEU\t(pack)\tmeasures: ")
    assert run("rules", "list", "--file", "labels")[1].count("\n") == 19
    shown = run("rules", "show", "veto.redacted")[1]
    assert shown.startswith("veto.redacted  rules/vetoes.toml\n")
    assert "  any  (any.verb: the words that {{verb}} stands for)" in shown
    assert run("rules", "show", "veto.redactd")[2] == (
        "planparse: there is no row 'veto.redactd'; did you mean veto.redacted?\n"
    )


def test_check_says_which_examples_of_planparse_a_pack_takes(tmp_path: Path) -> None:
    takes = RULE.format("v.a", "百分百覆盖") + 'examples = [["实现百分百覆盖", "百分百覆盖"]]\n'
    wrong = RULE.format("v.b", "甲3") + 'examples = [["乙3", "乙3"]]\n'
    status, _, said = run("rules", "check", str(pack(tmp_path / "own", {"vetoes.toml": takes + wrong})))
    assert "rules/quantities.toml: quantity.all-of-it: '实现百分百覆盖' was read as " in said
    assert "own/vetoes.toml: v.b: '乙3' gives None, not '乙3'" in said
    assert status == 1


def test_the_rows_of_planparse_keep_to_what_fields_says() -> None:
    tables = {name: read_base(name) for name in files()}
    own = {
        name: {part: rows for part, rows in table.items() if part not in ("each", "roles")}
        for name, table in tables.items()
    }
    faults = find_faults(Pack("rules", Path(), "", own), read_base("fields"))
    known = ("nothing asks for a new row here", "packs have no part", "stands there twice")
    assert [fault for fault in faults if not any(said in fault for said in known)] == []


def test_a_batch_reads_with_packs_and_again_when_they_change(ports: Path, tmp_path: Path) -> None:
    plans, out = tmp_path / "plans", tmp_path / "out"
    plans.mkdir()
    for name in ("a", "b"):
        (plans / f"{name}.txt").write_text(PLAN, encoding="utf-8")
    for rules, expected in (([], 1), (["--rules", str(ports)], 2), ([], 1)):
        assert run("extract", str(plans), "-o", f"{out}/", *rules)[0] == 0
        documents = [json.loads(path.read_text())["documents"][0] for path in sorted(out.glob("*.json"))]
        assert [len(document["targets"]) for document in documents] == [expected] * 2


def test_the_ledger_is_printed_with_sentences(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("2025年计划\n\n办好第三届书展。吞吐量达到3万TEU。\n", encoding="utf-8")
    status, out, said = run("ledger", str(path), "--reason", "ordinal")
    assert (status, out) == (0, "11\t第三届\tordinal\tveto.ordinal\t办好第三届书展。\n")
    assert said == "1 ordinal\n"
    assert "吞吐量达到3万TEU。" in run("ledger", str(path), "--reason", "unresolved")[1]
    assert run("ledger", str(path), "--reason", "because")[0] == 2


def test_why_is_a_column_for_those_who_name_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    _, out, _ = run("extract", str(tmp_path / "a.txt"), "-f", "csv", "--columns", "quote,why")
    assert ",name: level.of-rate; status: " in out
    assert "why" not in run("extract", str(tmp_path / "a.txt"), "-f", "csv")[1].splitlines()[0].split(",")


def test_corrections_propose_rows_that_put_them_right(ports: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    gold = to_gold(planparse.extract(tmp_path / "a.txt", rules=[ports]))
    (tmp_path / "a.gold.jsonl").write_text(gold, encoding="utf-8")
    arguments = ("rules", "suggest", str(tmp_path / "a.gold.jsonl"), "--into", str(tmp_path / "own"))
    status, out, said = run(*arguments)
    assert (status, said) == (0, "1 rows proposed, 0 of them marked ?\n")
    assert out == "+ unit TEU (measure): 1 right, 0 wrong\n    right: 集装箱吞吐量达到4500万TEU。\n"
    assert not (tmp_path / "own").exists()
    run(*arguments, "--yes")
    assert values(planparse.extract(PLAN.encode(), rules=[tmp_path / "own"])) == WITH_TEU


def test_a_row_that_puts_something_wrong_is_marked(tmp_path: Path) -> None:
    texts = {"a": "划设泊位900个，配餐达到1500客。", "b": "划设工程3个。"}
    names = {"划设泊位": "泊位"}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(f"2025年工作要点\n\n{text}\n", encoding="utf-8")
        document = planparse.extract(tmp_path / f"{name}.txt")
        mended = [replace(one, indicator=names.get(one.indicator, one.indicator)) for one in document.targets]
        (tmp_path / f"{name}.gold.jsonl").write_text(to_gold(replace(document, targets=mended)), encoding="utf-8")
    status, out, said = run("rules", "suggest", *(str(tmp_path / f"{name}.gold.jsonl") for name in texts))
    assert (status, said) == (0, "1 rows proposed, 1 of them marked ?\n")
    assert out.startswith("? word 划设 (verb strong): 1 right, 1 wrong\n") and "    wrong: 划设工程3个。\n" in out


def test_a_name_that_a_person_puts_in_order_is_a_spelling_and_a_slogan_is_whole_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("2025年工作要点\n\n森林覆被率达到45%。落实六个一律要求。\n", encoding="utf-8")
    document = planparse.extract(tmp_path / "a.txt")
    mended = [replace(one, indicator="森林覆盖率") for one in document.targets if one.unit == "%"]
    (tmp_path / "a.gold.jsonl").write_text(to_gold(replace(document, targets=mended)), encoding="utf-8")
    own = tmp_path / "own"
    _, out, _ = run("rules", "suggest", str(tmp_path / "a.gold.jsonl"), "--into", str(own), "--yes")
    proposed = [line.partition(":")[0] for line in out.splitlines() if not line.startswith(" ")]
    assert sorted(proposed)[:2] == ["+ slogan 六个一律", "+ 森林覆被率 is a spelling of 森林覆盖率"]
    read = planparse.extract("2026年工作要点\n\n森林覆被率达到46%。".encode(), rules=[own]).targets
    assert [target.indicator_id for target in read] == ["forest-cover"]


def test_candidates_are_tried_together_where_no_sentence_has_two() -> None:
    document = planparse.extract("2025年工作要点\n\n划设泊位900个，配餐达到1500客。\n\n采收松茸20吨。".encode())
    noun = {word: (Addition("lexicon", "noun", word=word),) for word in ("泊位", "配餐", "松茸")}
    assert [[said for said, _ in one] for one in _rounds(noun, [document])] == [["泊位", "松茸"], ["配餐"]]
