"""What is measured: the noun phrase before, after or around a number, cut at word boundaries."""

from __future__ import annotations

from typing import NamedTuple

from planparse.assemble.clauses import CLOSERS, OPENERS
from planparse.cache import compiled
from planparse.lexicon import words
from planparse.model import Span
from planparse.words import cut

_EDGES = "，。；：、！？ 的之“"
SHORTEST = 2  # a single character names nothing
_OPENER = compiled(f"[{''.join(OPENERS)}]")
_RELATIVE_CLAUSE = compiled(r"的(?=[^，。；、]{2,})")


class Phrase(NamedTuple):
    """A candidate name, where it stands, and the verb that governs it or states its level."""

    text: str
    start: int
    end: int
    verb: str | None = None


class _Word(NamedTuple):
    text: str
    start: int
    end: int


def _words(text: str, start: int, end: int, holes: list[Span]) -> list[list[_Word]]:
    """The words of text[start:end], in runs that the holes (times, vetoed context) interrupt; quotes are one word."""
    runs: list[list[_Word]] = [[]]
    position = start
    for hole in [*holes, Span(end, end)]:
        if hole.end <= start or hole.start > end:
            continue
        runs[-1].extend(_segment(text, position, min(max(hole.start, position), end)))
        if hole.start < end:
            runs.append([])
        position = max(position, hole.end)
    return [run for run in runs if run]


def _segment(text: str, start: int, end: int) -> list[_Word]:
    found: list[_Word] = []
    position = start
    while position < end:
        opener = match.start() if (match := _OPENER.search(text, position, end)) else end
        if position < opener:
            for piece in cut(text[position:opener]):
                found.append(_Word(piece, position, position + len(piece)))
                position += len(piece)
        if opener < end:
            close = text.find(OPENERS[text[opener]], opener + 1, end)
            stop = close + 1 if close >= 0 else end
            found.append(_Word(text[opener:stop], opener, stop))
            position = stop
    return found


def before(
    text: str, start: int, end: int, holes: list[Span], *, stated: bool = False, members: bool = False
) -> Phrase | None:
    """The name before a number: 新增|学位|2400个, |巩固率|达到98%; `stated` when a level verb follows it.

    With `members` every member of an enumeration is kept, whatever verb it begins with.
    """
    runs = _words(text, start, end, holes)
    predicate: str | None = None
    tail = ""
    while runs:
        run, verb = _without_level(runs.pop())
        predicate = predicate or verb
        if not run:
            continue
        if runs and all(w.text in words("verb") or w.text in words("lead") for w in run):
            predicate = predicate or run[-1].text  # 近视筛查|每学期|开展, 乡村医生|每年|轮训
            tail = "".join(w.text for w in run if w.text not in words("strong") and w.text not in words("lead")) + tail
            continue
        name, governor = _without_lead(run, stated=stated or verb is not None, members=members)
        if all(w.text in words("place", "pronoun") for w in name):
            name = []
        if name and (phrase := _phrase(text, name, predicate or governor)):
            return phrase._replace(text=phrase.text + tail)
        predicate = predicate or governor
    if tail:
        return Phrase(tail, start, end, predicate)
    return Phrase("", end, end, predicate) if predicate else None


def after(text: str, start: int, end: int) -> Phrase | None:
    """The name that stands after a number: 派出100名|城区优秀中青年教师|到乡村."""
    run = _segment(text, start, end)
    while run and (run[0].text == "的" or run[0].text in words("average")):
        run = run[1:]
    last_of = max((m.start() for m in _RELATIVE_CLAUSE.finditer(text, start, end)), default=start)
    if not run or (run[0].text in words("finishing") and last_of == start):
        return None
    if last_of == start and all(word.text in words("verb", "adverb", "after") for word in run):
        return None  # 生态廊道60公里|全线贯通
    verb = None
    while len(run) > 1 and run[0].text in words("strong"):
        verb, run = run[0].text, run[1:]
    name: list[_Word] = []
    for i, word in enumerate(run):
        if word.start > last_of and _ends_name(run, i):
            break
        name.append(word)
    name = _first_of_alike(_without_level(name)[0])
    return _phrase(text, name, verb) if name else None


def _first_of_alike(name: list[_Word]) -> list[_Word]:
    """The first of coordinate members that have one head each: 2个通用技术|实验室|和创新|实验室|."""
    for i, word in enumerate(name):
        if word.text in ("、", "和", "与", "及") and 0 < i < len(name) - 1 and name[i - 1].text == name[-1].text:
            return name[:i]
    return name


def _ends_name(run: list[_Word], i: int) -> bool:
    """Whether word i says what becomes of the thing named before it: 3条道路|完工; not in 行业|高质量|数据集."""
    verbal = words("verb", "lead", "adverb")
    following = run[i + 1].text if i + 1 < len(run) else ""
    if run[i].text == "、":
        return following in words("strong", "verb")
    if (
        run[i].text not in words("after")
        or all(w.text in verbal for w in run[:i])
        or run[i - 1].text in words("adverb")
    ):
        return False
    qualifies = run[i].text in words("adverb", "soft")
    return not qualifies or not following or following in verbal | words("after", "finishing")


def around(text: str, start: int, end: int) -> Phrase | None:
    """The whole clause after a share: 力争90%的|中小学通过验收|."""
    run = _segment(text, start, end)
    while run and (run[0].text in words("pronoun") or run[0].text in ("的", "以上", "左右")):
        run = run[1:]
    return _phrase(text, run, None) if run else None


def _without_level(run: list[_Word]) -> tuple[list[_Word], str | None]:
    """Without the words at the end that state a level: 要|保持|在, 首次|突破."""
    verb: str | None = None
    while run and (
        run[-1].text in words("level")
        or run[-1].text in _EDGES
        or run[-1].text in words("average")
        or (run[-1].text in words("pronoun", "place") and len(run) > 1)
    ):
        if len(run) == 1 and run[0].text in words("head"):
            break
        if len(run[-1].text) > 1 and verb is None and run[-1].text in words("verb", "level"):
            verb = run[-1].text
        run = run[:-1]
    return run, verb


def _without_lead(run: list[_Word], stated: bool = False, members: bool = False) -> tuple[list[_Word], str | None]:
    """Without what leads to the name: adverbs, prepositions with their phrase, governing verbs, pronouns.

    When a level is `stated` of it (检查结果互认项目|扩大到), the name is a subject: only the strongest verbs govern it.
    """
    verb: str | None = None
    run = run if members else _before_verbs(_after_enumeration(run))
    while run and (step := _lead_step(run, stated)) is not None:
        if run[0].text in words("verb"):
            verb = run[0].text
        run = step
    for i in range(len(run) - 2, 0, -1):
        if (
            run[i].text in (words("stating") if stated else words("strong") - words("adjoined"))
            and run[i - 1].text != "的"
            and run[i + 1].text not in "的（"
            and not all(w.text in words("head") for w in run[i + 1 :])
        ):
            return _without_lead(run[i + 1 :])[0] or run[i + 1 :], run[i].text
    return run, verb


def _lead_step(run: list[_Word], stated: bool) -> list[_Word] | None:
    """What is left when the first word only leads to the name; None when the name begins with it."""
    word, rest = run[0].text, run[1:]
    if word == "每" and len(rest) > 1 and rest[0].text in words("classifier"):
        return rest[1:]
    if word in _EDGES or word in words("lead") or word in words("pronoun"):
        return rest
    if word in words("preposition"):
        past = _past_verb(rest)
        return None if word == "对" and past is rest else past
    if (
        word in words("adverb")
        and rest
        and (rest[0].text in words("verb", "adverb", "lead", "preposition"))
        and not _nominal(rest)
    ):
        return rest
    if word in words("verb") and rest:
        if stated:
            return rest if word in words("stating") or (word in words("strong") and not _nominal(rest)) else None
        return rest if word in words("strong") or not _nominal(rest) else None
    return None


def _after_enumeration(run: list[_Word]) -> list[_Word]:
    """From the last 、 that a governing verb follows: 提升质量、|新建学校."""
    for i in range(len(run) - 2, -1, -1):
        if run[i].text == "、" and run[i + 1].text in words("strong"):
            return run[i + 1 :]
    return run


def _before_verbs(run: list[_Word]) -> list[_Word]:
    """Without a last member that is only a verb: 低保标准|、覆盖."""
    last = max((i for i, word in enumerate(run) if word.text == "、"), default=0)
    if last and all(w.text in words("verb") for w in run[last + 1 :]):
        return run[:last]
    return run


def _past_verb(run: list[_Word]) -> list[_Word]:
    """在旗政府所在地|创建|示范园: what follows the verb of a clause that begins with a preposition."""
    for i, word in enumerate(run[:-1]):
        if word.text in words("verb") and run[i + 1].text != "的" and i:
            return run[i:]
    return run


def _nominal(rest: list[_Word]) -> bool:
    """Whether only heads and verbs are left (培训|覆盖面, 排查|整治): then the word before them belongs to the name."""
    return all(w.text in words("head") or w.text in words("verb") or w.text in ("总", "新", "年") for w in rest)


def _phrase(text: str, run: list[_Word], verb: str | None) -> Phrase | None:
    start, end = run[0].start, run[-1].end
    while start < end and text[start] in "，。；：、！？ 的":
        start += 1
    while start < end and text[end - 1] in "，。；：、！？ 的和与":
        end -= 1
    name = _balanced(text, start, end)
    return Phrase(text[name[0] : name[1]], name[0], name[1], verb) if name[1] - name[0] >= SHORTEST else None


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without a bracket or quotation mark that has no partner in it."""
    while start < end and text[start] in CLOSERS:
        start += 1
    while start < end and text[end - 1] in OPENERS:
        end -= 1
    for open_, close in OPENERS.items():
        opened, closed = text.count(open_, start, end), text.count(close, start, end)
        if opened > closed and text[start] == open_:
            start += 1
        elif closed > opened and text[end - 1] == close:
            end -= 1
    return start, end


def subject_of_clause(text: str, start: int, end: int, holes: list[Span]) -> Phrase | None:
    """Whose clause it is that ends without a number: |进出口总值|创历史新高."""
    for run in _words(text, start, end, holes):
        name, verb = _without_lead(run, stated=True)
        for i, word in enumerate(name):
            ends = word.text in words("after", "level", "verb") and word.text not in words("adverb")
            if i and ends:
                return _phrase(text, name[:i], verb)
    return None


def last_verb(text: str, start: int, end: int) -> str | None:
    """The last verb of a stretch: 较上年|降低|了."""
    return next((w for w in reversed(cut(text[start:end])) if len(w) > 1 and w in words("verb", "level")), None)


def is_verbal(name: str) -> bool:
    """Whether a name is only verbs and adverbs (统筹, 办好, empty), so that the noun after the number says more."""
    verbal = words("verb", "adverb", "lead")
    return all(word in verbal for word in cut(name))
