"""planparse: structured targets from Chinese government policy documents.

>>> import planparse
>>> document = planparse.extract("某县2023年工作要点\\n\\n一、重点任务\\n年内新建公办幼儿园5所。".encode())
>>> [(t.indicator, t.value, t.unit, str(t.time.end)) for t in document.targets]
[('公办幼儿园', 5, '所', '2023-12-31')]
"""

from __future__ import annotations

from planparse._version import __version__

__all__ = ["Document", "Limits", "PlanparseError", "Target", "__version__", "arrow_batch", "extract", "extract_many"]

TYPE_CHECKING = False  # what typing calls it; importing typing takes longer than printing the version
if TYPE_CHECKING:
    from planparse.api import extract, extract_many
    from planparse.arrow import arrow_batch
    from planparse.limits import Limits
    from planparse.model import Document, PlanparseError, Target


def __getattr__(name: str) -> object:
    """The public names, imported on first use so that `planparse --version` stays fast."""
    if name in ("extract", "extract_many"):
        import planparse.api as module
    elif name == "arrow_batch":
        import planparse.arrow as module  # type: ignore[no-redef]
    elif name in ("Document", "PlanparseError", "Target"):
        import planparse.model as module  # type: ignore[no-redef]
    elif name == "Limits":
        import planparse.limits as module  # type: ignore[no-redef]
    else:
        raise AttributeError(f"module 'planparse' has no attribute {name!r}")
    return getattr(module, name)
