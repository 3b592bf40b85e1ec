"""The title of a document: the lines of its head that are nothing else, up to where a title ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planparse.cache import compiled
from planparse.characters import columns
from planparse.facts.head import LONG, HeadLine
from planparse.rules import cue

LEAST_COLUMNS = 8
FALLBACK_COLUMNS = 12  # of a title that does not end like one
PROSE_COLUMNS = 150
MOST_LINES = 2  # of a title that does not end like one
_HANZI = compiled(r"[\u4e00-\u9fff]")


def find_title(lines: Sequence[HeadLine]) -> str | None:
    """The first title that ends like one, else the first line that may be one, else the name of a notice."""
    titles = [_unwrapped(title) for title in _candidates(list(_opened(lines)))]
    whole = next((title for title in titles if is_whole(title)), None)
    likely = (title for title in titles if not cue("title.refused").search(title))
    notices = (line.text for line in lines if line.kind == "order" and line.text.endswith("公告"))
    return whole or next((title for title in likely if columns(title) >= FALLBACK_COLUMNS), None) or next(notices, None)


def is_whole(title: str) -> bool:
    """Whether words end as titles do, with every bracket closed."""
    return _is_closed(title) and (bool(cue("title.ends").search(title)) or title[-1:] in "！？!?")


def _is_closed(title: str) -> bool:
    return title.count("《") == title.count("》") and title.count("（") == title.count("）")


def is_prose(line: HeadLine) -> bool:
    """Whether a line is running text."""
    if line.kind or line.prose or columns(line.text) > PROSE_COLUMNS:
        return not line.kind
    return cue("title.prose").search(line.text) is not None and not is_whole(line.text)


def before_text(lines: Sequence[HeadLine]) -> list[HeadLine]:
    """The lines above the first that is running text, a table of contents or whom the document is sent to."""
    ends = (i for i, line in enumerate(lines) if line.kind in ("salutation", "contents", "label") or is_prose(line))
    return list(lines[: next(ends, len(lines))])


def subtitles(lines: Sequence[HeadLine]) -> list[str]:
    """The lines that a dash sets below the title, above the text: ——青石县2023年工作综述."""
    return [line.text for line in before_text(lines) if line.text.startswith("—") and len(line.text) <= LONG]


def _candidates(lines: Sequence[HeadLine]) -> list[str]:
    """What may be titles before the text begins, in order."""
    titles: list[str] = []
    parts: list[str] = []
    for i, line in enumerate(lines):
        if parts and (_goes_on("".join(parts), line) or not _HANZI.search(line.text)):
            parts += [_without_asides(line.text)] if _HANZI.search(line.text) else []
            continue
        titles += [_put_together(parts)] if parts else []
        parts = []
        if line.kind in ("contents", "label") or (titles and (line.kind == "salutation" or is_prose(line))):
            break
        if is_prose(line) and not any(later.kind in ("enacted", "order") for later in lines[:i]):
            break
        if _may_begin(line):
            parts = [_without_asides(line.text)]
    return [*titles, _put_together(parts)] if parts else titles


def _put_together(parts: Sequence[str]) -> str:
    """A title from its lines; only the first of many that come to no end, which are those of a list."""
    title = "".join(parts)
    return title if len(parts) <= MOST_LINES or is_whole(title) else parts[0]


def _opened(lines: Sequence[HeadLine]) -> Iterator[HeadLine]:
    """The lines, the bodies that a title begins with put before the line that it goes on with."""
    bodies: list[HeadLine] = []
    for line in lines:
        if line.kind == "body":
            bodies.append(line)
        elif bodies and not line.kind and cue("title.opens").match(line.text):
            yield line._replace(text="".join(body.text for body in bodies) + line.text)
            bodies = []
        else:
            yield from (*bodies, line)
            bodies = []


def _may_begin(line: HeadLine) -> bool:
    """Whether a title may begin with a line."""
    if line.kind or line.text[0] in "（(" or is_prose(line):
        return False
    return len(_HANZI.findall(line.text)) > 3 and columns(line.text) >= LEAST_COLUMNS


def _goes_on(title: str, line: HeadLine) -> bool:
    """Whether a line belongs to the title above it."""
    if cue("title.tail").search(line.text):
        return True
    if line.kind or is_prose(line):
        return False
    if line.text[0] in "（(":
        return (line.joined or not _is_closed(title)) and not cue("title.aside").search(line.text)
    return not is_whole(title) and line.text[0] not in "—-［"


def _without_asides(text: str) -> str:
    """The words of a title line without its day, the mark of a note, signs of markup."""
    return str(cue("title.aside").sub("", text)).strip()


def _unwrapped(title: str) -> str:
    """The title without the marks of one that is cited, with a first character that its file lost."""
    if cue("title.lost-glyph").match(title):
        return "关" + title
    return title[1:-1] if title.startswith("《") and title.find("》") == len(title) - 1 else title
