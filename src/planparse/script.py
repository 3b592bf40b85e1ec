"""Words of a document in traditional script, as it writes them: rules read its simplified twin."""

from __future__ import annotations

from planparse.characters import foldable
from planparse.model import NormalText
from planparse.traditional import TRADITIONAL


class Script:
    """Which traditional character stands for a simplified one, in a document and in each stretch of it."""

    def __init__(self, normal: NormalText, *, mixed: bool | None = None) -> None:
        self.normal = normal
        self.mixed = not foldable(normal.source).isdisjoint(TRADITIONAL) if mixed is None else mixed
        self.everywhere = self._pairs(0, len(normal.text)) if self.mixed else {}

    def restore(self, words: str | None, start: int = 0, end: int = 0) -> str | None:
        """The words as the document writes them, those of a stretch of the normal text as that stretch does."""
        if not self.everywhere or not words:
            return words
        pairs = {**self.everywhere, **self._pairs(start, end)}
        return "".join(pairs.get(char, char) for char in words)

    def _pairs(self, start: int, end: int) -> dict[str, str]:
        if end <= start:
            return {}
        written = zip(self.normal.text[start:end], self.normal.as_written(start, end), strict=False)  # a last line end
        return {folded: char for folded, char in written if TRADITIONAL.get(char) == folded or char == folded}
