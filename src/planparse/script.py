"""Words of a document in traditional script, as it writes them: rules read its simplified twin."""

from __future__ import annotations

from planparse.cache import compiled
from planparse.characters import foldable
from planparse.model import NormalText
from planparse.traditional import TRADITIONAL

_YEAR = compiled(r"(?:19|20)\d\d(?=[年\-—–~～至到])")


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

    def restore_title(self, title: str | None) -> str | None:
        """A title as the document writes it, its years in hanzi where the first such year is: 二〇二四年工作要点."""
        for year in _YEAR.findall(title or ""):
            at = self.normal.text.find(year)
            written = self.normal.as_written(at, at + len(year)) if at >= 0 else year
            title = title.replace(year, written) if title and not written.isdecimal() else title
        return self.restore(title)

    def _pairs(self, start: int, end: int) -> dict[str, str]:
        if end <= start:
            return {}
        written = zip(self.normal.text[start:end], self.normal.as_written(start, end), strict=False)  # a last line end
        return {folded: char for folded, char in written if TRADITIONAL.get(char) == folded or char == folded}
