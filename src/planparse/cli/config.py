"""`planparse config`: what is set for some documents, and where."""

from __future__ import annotations

from typing import Annotated

import typer

from planparse.cli.console import put, settings_for


def config(
    inputs: Annotated[
        list[str], typer.Argument(metavar="[INPUT]...", help="Documents or folders (default: this folder).")
    ] = [],  # noqa: B006  never changed
) -> None:
    """Print the settings that hold: the nearest planparse.toml above the documents, PLANPARSE_* before it; options of
    the command line go before both."""
    from planparse.settings import KEYS

    found = {one.name: one for one in settings_for(inputs)}
    for name in KEYS:
        value = found[name].value if name in found else "-"
        put(f"{name}\t{value}\t{found[name].whence if name in found else 'not set'}\n")
