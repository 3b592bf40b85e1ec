"""Out to the annotators' tools and back: no span moves, no field is lost, corrections arrive."""

from __future__ import annotations

import io
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

import command
import planparse
from conftest import SAMPLES
from planparse.annotate import brat, doccano, label_studio
from planparse.model import Document, DocumentFacts, Kind, Period, Place, ReadError, Target, TextLayout, Time
from planparse.score import read_gold, score
from planparse.write.to_gold import to_gold

TOOLS: dict[str, Any] = {"label-studio": label_studio, "doccano": doccano, "brat": brat}
PIECES = [
    "新增学位",
    "800个",
    "𠮷",
    "𪚥龘",
    "😀",
    "\r\n",
    "\n",
    "\r",
    "\t",
    " ",
    "\u3000",
    "\u2028",
    "\x85",
    "e\u0301",
    '"',
    "\\n",
]


def made_up(seed: int, spans: int) -> Document:
    """A document of random text with random marks and every field filled in somewhere."""
    random_ = random.Random(seed)
    text = "".join(random_.choices(PIECES, k=600))
    places: set[tuple[int, int]] = set()
    while len(places) < spans:
        start = random_.randrange(len(text) - 12)
        end = start + random_.randint(1, 12)
        if not {text[start], text[end - 1]} & {"\n", "\r"}:
            places.add((start, end))
    targets = [
        Target(
            id=f"{seed:06x}{i:06x}",
            status=random_.choice(["planned", "achieved"]),
            kind=random_.choice(get_args(Kind)),
            indicator="𠮷率" * random_.randint(1, 3),
            indicator_id=random_.choice([None, "gdp"]),
            comparator=random_.choice(["=", ">=", "~"]),
            value=random_.choice([None, 1, 0.1, 10**12]),
            unit=random_.choice([None, "%"]),
            time=random_.choice([None, Time(text="年内", basis="explicit")]),
            responsible=random_.choice([[], ["甲\t局", "乙\u2028局"]]),
            section=["一", "1"],
            quote=text[start:end],
            sentence=text[start : end + 9],
            start=start,
            end=end,
            table=random_.choice([None, Place(index=0, row=1, column=2)]),
            rule="quantity.count",
            confidence=0.5,
        )
        for i, (start, end) in enumerate(sorted(places))
    ]
    facts = DocumentFacts(
        source=f"计划{seed}.txt",
        sha256="0" * 64,
        media_type="text/plain",
        pages=None,
        characters=len(text),
        period=Period(),
    )
    return Document(document=facts, targets=targets, text=text)


def round_trip(tool: Any, documents: list[Document]) -> list[Document]:
    return tool.load(tool.dump(documents))


@pytest.mark.parametrize("tool", TOOLS)
def test_nothing_is_lost_in_5000_spans(tool: str) -> None:
    documents = [made_up(seed, 100) for seed in range(50)]
    back = {document.document.source: document for document in round_trip(TOOLS[tool], documents)}
    assert sum(len(document.targets) for document in back.values()) == 5000
    assert [back[document.document.source] for document in documents] == documents


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("tool", TOOLS)
def test_the_samples_come_back(tool: str, path: Path) -> None:
    document = planparse.extract(path.read_bytes().replace(b"\n", b"\r\n"), name=path.name)
    assert round_trip(TOOLS[tool], [document]) == [without_layout(document)]


def test_each_tool_finds_the_text_in_its_own_units() -> None:
    for document in (made_up(seed, 100) for seed in range(10)):
        quotes = [target.quote for target in document.targets]
        (task,) = json.loads(label_studio.dump([document]))
        values = [region["value"] for region in task["predictions"][0]["result"]]
        assert [task["data"]["text"][value["start"] : value["end"]] for value in values] == quotes
        row = json.loads(doccano.dump([document]))
        units = row["text"].encode("utf-16-le")  # as JavaScript slices
        assert [units[2 * start : 2 * end].decode("utf-16-le") for start, end, _ in row["label"]] == quotes
        files = brat.dump([document])
        name = document.document.source.removesuffix(".txt")
        shown = io.StringIO(files[f"{name}.txt"], newline=None).read()  # as Python reads a text file
        lines = [line.split("\t") for line in files[f"{name}.ann"].splitlines() if line.startswith("T")]
        for (_, where, words), quote in zip(lines, quotes, strict=True):
            spans = [tuple(map(int, span.split())) for span in where.split(" ", 1)[1].split(";")]
            assert " ".join(shown[start:end] for start, end in spans) == words
            assert "".join(words.split()) == "".join(quote.split())


def without_layout(document: Document) -> Document:
    """What an output holds of a document."""
    return replace(document, layout=TextLayout())


PLAN = without_layout(
    planparse.extract("𠮷县2025年工作要点\r\n\r\n一、任务\r\n新增学位800个，巩固率达到95%。".encode(), name="plan.txt")
)


def test_old_label_studio_counts_utf16() -> None:
    (task,) = json.loads(label_studio.dump([PLAN]))
    for region in task["predictions"][0]["result"]:
        for end in ("start", "end"):
            region["value"][end] += 1  # the 𠮷 before it
    assert label_studio.load(json.dumps([task])) == [PLAN]


def test_corrections_arrive_from_label_studio() -> None:
    (task,) = json.loads(label_studio.dump([PLAN]))
    places, rate = task.pop("predictions")[0]["result"]
    rate["value"]["labels"] = ["achieved-percentage"]
    note = json.loads(rate["meta"]["text"][0])
    rate["meta"]["text"][0] = json.dumps({**note, "indicator": "九年义务教育巩固率"})
    added = {"id": "x", "type": "labels", "value": {"start": 0, "end": 2, "text": "𠮷县", "labels": ["planned-count"]}}
    task["annotations"] = [{"result": [places, rate, added]}, {"was_cancelled": True, "result": []}]
    (back,) = label_studio.load(json.dumps([task]))
    new, kept, changed = back.targets
    assert kept == PLAN.targets[0]
    assert (changed.status, changed.indicator, changed.id) == ("achieved", "九年义务教育巩固率", PLAN.targets[1].id)
    assert (new.quote, new.rule) == ("𠮷县", "annotator")


def test_corrections_arrive_from_doccano() -> None:
    row = json.loads(doccano.dump([PLAN]))
    (start, end, _), (first, last, label) = row.pop("label")
    row["entities"] = [
        {"id": 7, "start_offset": start - 2, "end_offset": end, "label": "planned-measure"},
        {"id": 8, "start_offset": first, "end_offset": last, "label": label},
    ]
    (back,) = doccano.load(json.dumps(row))
    assert back.targets[1] == PLAN.targets[1]
    assert back.targets[0] == replace(
        PLAN.targets[0], start=PLAN.targets[0].start - 2, quote="学位800个", kind="measure"
    )


def test_corrections_arrive_from_brat() -> None:
    files = brat.dump([PLAN])
    lines = files["plan.ann"].splitlines(keepends=True)
    files["plan.ann"] = "".join(lines[2:]).replace("planned-percentage", "achieved-percentage")
    (back,) = brat.load(files)
    assert back.targets == [replace(PLAN.targets[1], status="achieved")]


@pytest.mark.parametrize(
    ("start", "end", "label"), [(0, 999, "planned-count"), (0, 1, "planned"), (5, 5, "planned-count")]
)
def test_marks_that_do_not_fit_are_refused(start: int, end: int, label: str) -> None:
    row = json.loads(doccano.dump([PLAN]))
    with pytest.raises(ReadError):
        doccano.load(json.dumps({**row, "label": [[start, end, label]]}))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_gold_of_an_output_scores_it_right(path: Path, tmp_path: Path) -> None:
    document = planparse.extract(path)
    gold = tmp_path / "x.gold.jsonl"
    gold.write_text(to_gold(document), encoding="utf-8")
    result = score(read_gold(gold, document.text), document)
    assert set(result.figures().values()) == {1.0}, result.faults


@pytest.mark.parametrize("tool", TOOLS)
def test_the_commands(tool: str, tmp_path: Path) -> None:
    text, saved, out, gold = (tmp_path / name for name in ("plan.txt", "plan.json", "out", "plan.gold.jsonl"))

    def run(*arguments: object) -> tuple[int, str, str]:
        return command.run(*map(str, arguments))

    text.write_text("𠮷县2025年工作要点\r\n\r\n一、任务\r\n新增学位800个。", encoding="utf-8", newline="")
    run("extract", text, "-o", saved)
    assert run("export", saved, "--to", tool, "-o", out)[0] == 0
    done = run("import", out, "--from", tool)
    assert done[:2] == (0, saved.read_text(encoding="utf-8"))
    run("import", out, "--from", tool, "-o", gold)
    assert run("eval", gold, saved)[0] == 0
    (tmp_path / "empty").mkdir()
    for wrong in (text, tmp_path / "nope", tmp_path / "empty"):
        refused = run("import", wrong, "--from", tool)
        assert refused[:2] == (1, "")
        assert refused[2].startswith(f"planparse: {wrong}: ")
    assert run("export", text, "--to", "nope", "-o", out)[0] == 2
