"""`planparse rules new`: a row written into a pack, proved by an example, and tried on documents."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.cli.console import OK, SOME_FAILED, put, say, usage
from planparse.messages import said

if TYPE_CHECKING:
    from planparse.new_rows import Addition
    from planparse.ruleset import Ruleset

HEAD = "2025年工作计划\n\n一、重点任务\n"
"""Stands before an example, so that it is a sentence of a document."""

new = typer.Typer(no_args_is_help=True, help="Write a rule into a pack of your own, with its proof.")

Folder = Annotated[
    Path, typer.Option("--rules", metavar="FOLDER", envvar="PLANPARSE_RULES", help="The pack; it is made if need be.")
]
Example = Annotated[str, typer.Option("--example", help="A sentence in words of your own that the rule is for.")]
Alias = Annotated[list[str], typer.Option("--alias", help="Another spelling; may be given several times.")]
Try = Annotated[
    list[str], typer.Option("--try", metavar="DOCS", help="Documents in which to show what the rule changes.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Write it without asking.")]
OWN = Path("my-rules")


@new.callback()
def _new() -> None:
    pass


@new.command()
def unit(
    name: Annotated[str, typer.Argument(metavar="UNIT", help="As it is to be written to the output: TEU")] = "",
    kind: Annotated[str, typer.Option(help="measure, count, money, duration, score, rank or percentage.")] = "measure",
    example: Example = "",
    alias: Alias = [],  # noqa: B006  never changed
    rules: Folder = OWN,
    docs: Try = [],  # noqa: B006  never changed
    yes: Yes = False,
) -> None:
    """A unit: planparse rules new unit TEU --example 吞吐量达到4500万TEU"""
    from planparse import new_rows

    name = name or _ask("The unit, as it is to be written to the output", "UNIT")
    example = example or _ask(f"A sentence with a number of {name}", "--example")
    _finish(new_rows.unit(name, kind, alias, example), [example], rules, docs, yes)


@new.command()
def indicator(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The usual name: 百万工时损失率")] = "",
    id_: Annotated[str, typer.Option("--id", metavar="ID", help="Its id in English: lost-time-frequency")] = "",
    en: Annotated[str, typer.Option(help="Its name in English.")] = "",
    unit_: Annotated[str, typer.Option("--unit", help="What a level of it is counted in.")] = "",
    plain: Annotated[bool, typer.Option("--plain", help="Its numbers have no unit: LTIFR低于0.35")] = False,
    example: Example = "",
    alias: Alias = [],  # noqa: B006  never changed
    rules: Folder = OWN,
    docs: Try = [],  # noqa: B006  never changed
    yes: Yes = False,
) -> None:
    """An indicator: planparse rules new indicator LTIFR --id lost-time-frequency --plain --example LTIFR低于0.35"""
    from planparse import new_rows

    name = name or _ask("The usual name of the indicator", "NAME")
    id_ = id_ or _ask("Its id, in English words with hyphens between them", "--id")
    example = example or _ask(f"A sentence with a number of {name}", "--example")
    _finish(new_rows.indicator(id_, name, en, unit_, alias, plain=plain), [example], rules, docs, yes)


@new.command()
def slogan(
    word: Annotated[str, typer.Argument(metavar="SLOGAN", help="三项合一")] = "",
    example: Example = "",
    rules: Folder = OWN,
    docs: Try = [],  # noqa: B006  never changed
    yes: Yes = False,
) -> None:
    """A slogan, whose number is no target: planparse rules new slogan 三项合一"""
    from planparse.new_rows import Addition

    word = word or _ask("The slogan", "SLOGAN")
    _finish([Addition("lexicon", "slogans", word=word)], [example or f"推进{word}建设。"], rules, docs, yes)


@new.command()
def noun(
    word: Annotated[str, typer.Argument(metavar="NOUN", help="岸桥")] = "",
    example: Example = "",
    rules: Folder = OWN,
    docs: Try = [],  # noqa: B006  never changed
    yes: Yes = False,
) -> None:
    """A noun that is not to be cut, and whose name is then read whole: planparse rules new noun 岸桥"""
    from planparse.new_rows import Addition

    word = word or _ask("The noun", "NOUN")
    example = example or _ask(f"A sentence with {word} that is read wrong without it", "--example")
    _finish([Addition("lexicon", "noun", word=word)], [example], rules, docs, yes)


@new.command()
def word(
    word: Annotated[str, typer.Argument(metavar="WORD", help="擦亮")] = "",
    roles: Annotated[str, typer.Option(help='Its roles: "verb strong" (see planparse rules show).')] = "",
    example: Example = "",
    rules: Folder = OWN,
    docs: Try = [],  # noqa: B006  never changed
    yes: Yes = False,
) -> None:
    """What a word can be in a clause: planparse rules new word 擦亮 --roles "verb strong" --example 擦亮招牌5块"""
    from planparse.new_rows import Addition

    word = word or _ask("The word", "WORD")
    roles = roles or _ask("Its roles, with blanks between them: verb, level, head, lead, adverb …", "--roles")
    example = example or _ask(f"A sentence with {word}", "--example")
    _finish([Addition("words", "words", key=word, word=roles)], [example], rules, docs, yes)


@new.command()
def construction(
    example: Example = "",
    quote: Annotated[str, typer.Option(help="The number with its unit in it: 3次")] = "",
    name: Annotated[str, typer.Option(help="What the number measures, as the sentence has it.")] = "",
    verb: Annotated[str, typer.Option(help="The verb that governs it.")] = "",
    id_: Annotated[str, typer.Option("--id", metavar="ID", help="Its id: call.at-a-port")] = "",
    shape: Annotated[str, typer.Option(help="The shape, where the one made of the sentence is not wanted.")] = "",
    rules: Folder = OWN,
    docs: Try = [],  # noqa: B006  never changed
    yes: Yes = False,
) -> None:
    """A way of naming a number, made of a sentence: planparse rules new construction --example 每周挂靠3次本港码头。
    --quote 3次 --name 本港码头 --verb 挂靠 --id call.at-a-port"""
    from planparse import new_rows

    example = example or _ask("A sentence", "--example")
    quote = quote or _ask("The number with its unit in it", "--quote")
    name = name or _ask("What it measures, as the sentence has it", "--name")
    id_ = id_ or _ask("An id, kind.what-it-is", "--id")
    made = shape or new_rows.shape_of(example, quote, name, verb)
    if made is None:
        usage(
            "the sentence does not hold the number and its name in one clause; give the words as they stand, or --shape"
        )
    proof = [[example, f"{quote} | {name} | {verb or '—'}"]]
    _finish(new_rows.construction(id_, made, {}, proof), [example], rules, docs, yes)


def _ask(what: str, flag: str) -> str:
    """What a person types; an exit where nobody can."""
    if not sys.stdin.isatty():
        usage(f"{flag} is missing: {what[0].lower()}{what[1:]}")
    return str(typer.prompt(said(what))).strip()


def _finish(additions: list[Addition], examples: list[str], folder: Path, docs: list[str], yes: bool) -> None:
    """Proves the rows in a copy of the pack, shows what they change, and writes them."""
    from planparse.model import RuleError
    from planparse.new_rows import write_rows
    from planparse.rulesets import load

    with tempfile.TemporaryDirectory() as made:
        copy = Path(made) / folder.absolute().name
        try:
            if folder.is_dir():
                shutil.copytree(folder, copy, ignore=lambda _, names: [n for n in names if not n.endswith(".toml")])
            before = load([copy] if any(copy.glob("*.toml")) else [])
            write_rows(copy, additions)
            after = load([copy])
        except RuleError as error:
            for line in str(error).replace(str(copy), str(folder)).splitlines():
                say(f"planparse: {line}")
            raise typer.Exit(SOME_FAILED) from None
        if not _prove(examples, before, after):
            usage(
                "nothing is written: the rule changes nothing in its example; write one that is read wrong without it"
            )
        _try(docs, before, after)
    if not yes and sys.stdin.isatty() and not typer.confirm(said(f"Write it into {folder}?"), default=True):
        raise typer.Exit(OK)
    for path in write_rows(folder, additions):
        put(said(f"written: {path}") + "\n")
    put(said(f"use it: planparse extract … --rules {folder}") + "\n")


def _prove(examples: list[str], before: Ruleset, after: Ruleset) -> bool:
    """Shows how the examples are read without and with the rule; whether that differs."""
    from planparse.tries import differences, read_twice, reasons

    differs = False
    for example in examples:
        old, now = read_twice((HEAD + example).encode(), "example", (before, after))
        changes = [f"  {change.sign} {change.said}" for change in differences(old, now)]
        was = {place: skipped.reason for place, skipped in reasons(old).items()}
        changes += [
            f"  {one.quote}: {one.reason}" for place, one in reasons(now).items() if was.get(place) != one.reason
        ]
        put("\n".join([said(f"proof: {example}"), *(changes or [said("  as before")]), ""]))
        differs |= bool(changes)
    return differs


def _try(docs: list[str], before: Ruleset, after: Ruleset) -> None:
    """Shows what the rule changes in documents."""
    from planparse.api import load
    from planparse.inputs import find_inputs
    from planparse.model import PlanparseError
    from planparse.tries import Changed, differences, read_twice

    found: list[Changed] = []
    documents = 0
    for given in find_inputs(docs):
        try:
            if given.error is not None:
                raise given.error
            found += differences(*read_twice(load(Path(given.path)), given.name, (before, after)))
            documents += 1
        except PlanparseError as error:
            say(f"planparse: {given.name}: {error} [{error.code}]")
    for change in found:
        put(f"{change.sign} {change.source}: {change.said}\n    {change.sentence}\n")
    if docs:
        counts = _counted(change.sign for change in found)
        put(said(f"tried on {documents} documents: {counts}") + "\n")


def _counted(signs: Iterable[str]) -> str:
    given = list(signs)
    return ", ".join(f"{given.count(sign)} {name}" for sign, name in (("+", "gained"), ("-", "lost"), ("~", "changed")))
