"""Outputs of `extract` read back."""

from __future__ import annotations

from pathlib import Path

from planparse.api import load as read_file
from planparse.contract import read_output
from planparse.flat import read_jsonl
from planparse.model import Document


def load(path: str | Path) -> list[Document]:
    """The Documents of an output: a `.json`, also a corrected one, or a `.jsonl` with all columns.

    Raises PlanparseError where the file is missing or is no output.

    >>> import tempfile
    >>> from planparse import extract
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     extract(text="2024年计划\\n\\n新增学位800个。").write(f"{folder}/plan.json")
    ...     [document] = load(f"{folder}/plan.json")
    >>> document.targets[0].quote
    '800个'
    """
    content = read_file(Path(path))
    return read_jsonl(content) if Path(path).suffix.lower() in (".jsonl", ".ndjson") else read_output(content).documents
