"""The JSON contract: one shape for one input or many."""

from __future__ import annotations

from planparse._version import __version__
from planparse.model import Document, Output


def to_json(documents: list[Document]) -> str:
    """Every document with its outline, targets and ledger, indented by one space, with a final line end."""
    output = Output(generator=f"planparse {__version__}", documents=documents)
    return output.model_dump_json(indent=1) + "\n"
