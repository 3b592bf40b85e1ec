"""The help and the errors of the command line in Chinese, wrapped by the width of hanzi."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from types import MethodType
from typing import Any

import typer
from rich.cells import cell_len

from planparse.cli.console import USAGE
from planparse.messages import in_chinese

WIDTH, NAMES = 80, 28  # of the terminal, and of the names on the left
MARKS = (
    ("[required]", "[必填]"),
    ("[default: ", "[默认："),
    ("[OPTIONS]", "[选项]"),
    ("COMMAND [ARGS]...", "命令 [参数]..."),
)


def run(app: typer.Typer, arguments: Sequence[str]) -> None:
    """Runs the command line, its own words in Chinese."""
    command: Any = typer.main.get_command(app)
    _translate(command)
    try:
        sys.exit(command.main(list(arguments), prog_name="planparse", standalone_mode=False) or 0)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        _show(error)
        sys.exit(USAGE)


def _show(error: Any) -> None:
    """A usage error: how the command is used, and what is wrong."""
    if type(error).__name__ == "NoArgsIsHelpError":  # its message is the help
        print(error.format_message(), file=sys.stderr)
        return
    if (context := getattr(error, "ctx", None)) is not None:
        print(_usage(context.command, context), file=sys.stderr)
        print(f"详见 {context.command_path} --help", file=sys.stderr)
    message = error.format_message()
    print(f"\n错误：{in_chinese(message) or message}", file=sys.stderr)


def _translate(command: Any) -> None:
    """Gives a command, and those below it, their help in Chinese."""
    command.help = _help(command.help)
    command.get_help = MethodType(_page, command)
    for param in command.params:
        if getattr(param, "help", None):
            param.help = _help(param.help)
    for below in getattr(command, "commands", {}).values():
        _translate(below)


def _help(text: str | None) -> str | None:
    """Paragraph by paragraph; an example of a command stays as it is."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in (text or "").split("\n\n"))
    return "\n\n".join(in_chinese(paragraph, "help") or paragraph for paragraph in paragraphs)


def _usage(command: Any, context: Any) -> str:
    return _marked(f"用法：{context.command_path} {' '.join(command.collect_usage_pieces(context))}")


def _page(command: Any, context: Any) -> str:
    """The whole help of a command."""
    lines = [_usage(command, context), ""]
    for paragraph in (command.help or "").split("\n\n"):
        lines += [*_wrapped(paragraph, 2), ""]
    records = [(param.param_type_name, param.get_help_record(context)) for param in command.get_params(context)]
    for kind, title in (("argument", "参数："), ("option", "选项：")):
        rows = [record for name, record in records if name == kind and record]
        lines += _section(title, [(name, in_chinese(text, "help") or text) for name, text in rows])
    below = getattr(command, "commands", {})
    lines += _section("命令：", [(name, _first(one.help or "")) for name, one in below.items()])
    if epilog := getattr(command, "epilog", None):
        lines += [*epilog.splitlines(), ""]
    return "\n".join(lines).rstrip()


def _first(text: str) -> str:
    """What a list of commands says of one: its first sentence, without an example behind it."""
    return re.split(r"。|：planparse|\n\n", text)[0]


def _section(title: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Names on the left, what they mean on the right."""
    if not rows:
        return
    yield title
    for name, text in rows:
        first, *others = list(_wrapped(_marked(text), NAMES)) or [""]
        fits = cell_len(name) + 4 <= NAMES
        if not fits:
            yield f"  {name}"
        yield f"  {name}{' ' * (NAMES - 2 - cell_len(name))}{first.lstrip()}" if fits else first
        yield from others
    yield ""


def _marked(text: str) -> str:
    for english, zh in MARKS:
        text = text.replace(english, zh)
    return text


def _wrapped(text: str, indent: int) -> Iterator[str]:
    """The text in lines of the width, broken between hanzi, or between words."""
    line = ""
    for word in re.findall(r"[\x21-\x7e]+ ?|.", " ".join(text.split())):
        if line and indent + cell_len(line + word.rstrip()) > WIDTH and word not in "，。；：、）”":
            yield " " * indent + line.rstrip()
            line = ""
        line += word
    if line:
        yield " " * indent + line.rstrip()
