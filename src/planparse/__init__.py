"""planparse: structured targets from Chinese government policy documents.

>>> import planparse
>>> document = planparse.extract("某县2023年工作要点\\n\\n一、重点任务\\n年内新建公办幼儿园5所。".encode())
>>> [(t.indicator, t.value, t.unit, str(t.time.end)) for t in document.targets]
[('公办幼儿园', 5, '所', '2023-12-31')]
"""

from __future__ import annotations

from planparse._version import __version__

__all__ = [
    "Document",
    "Limits",
    "PlanparseError",
    "Target",
    "__version__",
    "arrow_batch",
    "diff",
    "extract",
    "extract_many",
    "fulfil",
    "load",
    "panel",
]

TYPE_CHECKING = False  # what typing calls it; importing typing takes longer than printing the version
if TYPE_CHECKING:
    from planparse.api import extract, extract_many
    from planparse.arrow import arrow_batch
    from planparse.compare.diff import diff
    from planparse.compare.fulfil import fulfil
    from planparse.limits import Limits
    from planparse.model import Document, PlanparseError, Target
    from planparse.outputs import load
    from planparse.panels import panel

_MODULES = {
    "Document": "model",
    "Limits": "limits",
    "PlanparseError": "model",
    "Target": "model",
    "arrow_batch": "arrow",
    "diff": "compare",
    "extract": "api",
    "extract_many": "api",
    "fulfil": "compare",
    "load": "outputs",
    "panel": "panels",
}


def __getattr__(name: str) -> object:
    """The public names, imported on first use so that `planparse --version` stays fast."""
    if name not in _MODULES:
        raise AttributeError(f"module 'planparse' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"planparse.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
