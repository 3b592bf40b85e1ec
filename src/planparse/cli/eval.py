"""`planparse eval`: how right an output is against gold, and what was gained and lost against an earlier one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planparse.cli.console import OK, SOME_FAILED, Packs, RaisedLimits, put, raise_limits, read_results, say, trouble
from planparse.messages import said

if TYPE_CHECKING:
    from planparse.limits import Limits
    from planparse.model import Document
    from planparse.score import Fault, Score

MAIN = ("precision", "recall", "f1", "strict_f1", "outline_f1", "document")


def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="A gold file NAME.gold.jsonl or a folder of them; NAME.txt beside.")
    ],
    pred: Annotated[
        str, typer.Argument(metavar="PRED", help="An output of extract -f json, a folder of them, or the documents.")
    ],
    before: Annotated[
        str | None, typer.Option(metavar="EARLIER", help="An earlier output: says what was gained and lost since.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List everything that is not as gold says.")] = False,
    calibration: Annotated[
        bool, typer.Option("--calibration", help="How many records of each confidence are strictly right.")
    ] = False,
    agreement: Annotated[
        bool, typer.Option("--agreement", help="Two reviews, as JSON outputs: how far they agree.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="All figures and faults as JSON.")] = False,
    limit: RaisedLimits = [],  # noqa: B006  never changed
    rules: Packs = [],  # noqa: B006  never changed
) -> None:
    """Score an output against gold. Exit status: 0 scored, 1 something could not be read or has no output."""
    from planparse.score import add

    if agreement:
        _put_agreement(str(gold), pred, as_json)
        raise typer.Exit(OK)
    limits = raise_limits(limit)
    scores, complete = _score_all(gold, pred, limits)
    earlier, _ = _score_all(gold, before, limits) if before else (scores, True)
    total = add(scores.values())
    faults = {name: one.faults for name, one in scores.items()}
    gained = {name: earlier[name].faults_beyond(one) for name, one in scores.items()}
    lost = {name: one.faults_beyond(earlier[name]) for name, one in scores.items()}
    if as_json:
        _put_json({**scores, "ALL": total}, faults, {"gained": gained, "lost": lost} if before else {})
    else:
        _put_tables({**scores, "ALL": total})
        if calibration:
            _put_calibration(total)
        if errors:
            _put_faults("not as gold says", faults)
        if before:
            _put_faults("gained", gained)
            _put_faults("lost", lost)
    raise typer.Exit(OK if complete else SOME_FAILED)


def _score_all(gold: Path, pred: str, limits: Limits) -> tuple[dict[str, Score], bool]:
    """The score of each gold document by name, and whether each had an output."""
    from planparse.api import load
    from planparse.model import PlanparseError
    from planparse.read import read_bytes
    from planparse.score import find_gold, read_gold, score

    documents = read_results(pred, limits)
    scores: dict[str, Score] = {}
    complete = True
    try:
        pairs = find_gold(gold)
        for name, gold_path, text_path in pairs:
            source = read_bytes(load(text_path, limits), str(text_path), limits=limits)
            document = _document_of(name, source.sha256, documents, alone=len(pairs) == len(documents) == 1)
            if document is None:
                say(f"planparse: {pred}: holds no output for {name}; everything in it counts as missed")
                complete, document = False, _nothing(name)
            document = document if document.text else replace(document, text=source.text)
            scores[name] = score(read_gold(gold_path, document.text), document)
    except PlanparseError as error:
        trouble(str(gold), error)
    return scores, complete


def _document_of(name: str, sha256: str, documents: list[Document], alone: bool) -> Document | None:
    """The output of a gold text: the same bytes, else the same name, else the only one there is."""
    same = [d for d in documents if d.document.sha256 == sha256]
    named = [d for d in documents if Path(d.document.source).stem == name]
    return next(iter([*same, *named, *(documents if alone else [])]), None)


def _nothing(name: str) -> Document:
    from planparse.model import Document, DocumentFacts

    return Document(document=DocumentFacts(source=name, sha256="", media_type="", pages=None, characters=0))


def _put_agreement(one: str, two: str, as_json: bool) -> None:
    from planparse.reviews.agreement import agree

    found = agree(read_results(one), read_results(two))
    if as_json:
        import json

        put(json.dumps(found._asdict(), ensure_ascii=False, indent=1) + "\n")
        return
    put(said(f"records {found.first} and {found.second}, {found.both} in both: f1 {found.f1:.3f}") + "\n")
    put(said(f"kappa on status: {found.kappa:.3f}") + "\n")
    for name, share in found.fields.items():
        put(f"{name:<12} {share:.3f}\n")


def _put_tables(scores: dict[str, Score]) -> None:
    from planparse.write.sheet import Heading, Sheet

    figures = {name: {"records": one.records, **one.figures()} for name, one in scores.items()}
    columns = (Heading("document", "文件"), Heading("records", "记录"), *(Heading(name, name) for name in MAIN))
    rows: list[tuple[object, ...]] = [
        (name, *(row[column] for column in ("records", *MAIN))) for name, row in figures.items()
    ]
    _put_sheet(Sheet("", columns, rows))
    fields = [(name, value) for name, value in figures["ALL"].items() if name not in ("records", *MAIN)]
    _put_sheet(Sheet("", (Heading("field", "字段"), Heading("right", "正确率")), list(fields)))
    if misplaced := scores["ALL"].count["bad_quote"]:
        say(f"planparse: {misplaced} quotes are not the text at their offsets: is this the output of another text?")


def _put_sheet(sheet: Any) -> None:
    from planparse.write.sheet import sheet_text

    put(sheet_text(sheet) + "\n")


def _put_calibration(total: Score) -> None:
    for band in total.calibration():
        share = f"{band.records} records, {band.right:.3f} strictly right"
        put(said(f"confidence {band.low:.2f} to {band.high:.2f}: {share}") + "\n")


def _put_faults(title: str, faults: dict[str, list[Fault]]) -> None:
    put(f"{said(title)}: {sum(map(len, faults.values()))}\n")
    for name, found in faults.items():
        for fault in found:
            put(f"  {name}: {fault}\n")


def _put_json(
    scores: dict[str, Score], faults: dict[str, list[Fault]], since: dict[str, dict[str, list[Fault]]]
) -> None:
    import json

    rows = {
        name: {"records": one.records, **one.figures(), "bad_quote": one.count["bad_quote"]}
        for name, one in scores.items()
    }
    lists = {
        key: {name: [fault._asdict() for fault in found] for name, found in group.items()}
        for key, group in {"faults": faults, **since}.items()
    }
    put(json.dumps({"figures": rows, **lists}, ensure_ascii=False, indent=1) + "\n")
