"""The review page: one offline HTML file that shows each document beside its records, to check and to correct.

A fragment leads to one record: `review.html#2/5f0c2a9be31d` is the record with that id in the second document of the
page, `review.html#3fa4c1d07b22/5f0c2a9be31d` the same by the first digits (8 or more) of the document's sha256.
`review.html#2` opens the second document.

The page asks nothing of any network: style, scripts and data are in the file, and its content security policy
allows those scripts by their hashes and nothing else. The data are a JSON block; `review/*.js` makes text nodes of
them, never markup.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from planparse._version import __version__
from planparse.messages import LANGUAGES, line_in_chinese
from planparse.model import SCHEMA_VERSION, Document, Skipped
from planparse.reasons import in_words, lack_in_words, likely_lack
from planparse.rules import unit_table
from planparse.write import COLUMNS
from planparse.write.differences import differences, other_of
from planparse.write.to_csv import DAY, FORMULA
from planparse.write.to_json import as_json

if TYPE_CHECKING:
    from planparse.page_images import PageImage

SCRIPTS = (
    "words",
    "elements",
    "code_points",
    "blocks",
    "values",
    "amounts",
    "corrections",
    "travel",
    "export",
    "document_pane",
    "records_pane",
    "reasons",
    "detail_pane",
    "page_pane",
    "dialogs",
    "main",
)
BEYOND = 6  # characters behind a number that are shown where none of them is a unit
UNRESOLVED = "ledger.unresolved"
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def to_review(
    documents: Sequence[Document],
    page_images: Sequence[Sequence[PageImage]] = (),
    *,
    sort: str = "place",
    against: Sequence[Document] = (),
) -> str:
    """The page of these documents; `page_images` holds the pictures of each one's pages, where there are any, and
    `sort` is the order that it opens with, one of those of its list; `against` are the same documents as another
    reviewer left them.
    """
    views = [
        _view(document, images, other_of(document, against))
        for document, images in zip(documents, list(page_images) or [()] * len(documents), strict=True)
    ]
    style = _asset("review.css")
    scripts = [_asset(f"{name}.js") for name in SCRIPTS]
    data = {
        "schema_version": SCHEMA_VERSION,
        "generator": f"planparse {__version__}",
        "sort": sort,
        "formula": FORMULA,
        "day": DAY.pattern,
        "units": unit_table(),
        "columns": [{"name": column.name, "zh": column.zh, "terms": column.terms} for column in COLUMNS],
        "reasons": _reasons(views),
        "documents": views,
    }
    return Template(_asset("page.html")).substitute(
        policy=_policy(style, scripts, images=any(view["page_images"] for view in views)),
        title=html.escape(_title(documents)),
        style=f"<style>{style}</style>",
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
        data=script_safe(data),
    )


def script_safe(value: Any) -> str:
    r"""JSON that can neither end the script element it stands in nor open a comment there.

    >>> script_safe("</script>")
    '"\\u003c/script\\u003e"'
    """
    return _UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value, ensure_ascii=False))


def _view(document: Document, images: Sequence[PageImage], other: Document | None) -> dict[str, Any]:
    """A document as the page reads it: the JSON output, the text and how it falls into paragraphs, and its pages.

    `others` are what another reviewer says of the records that they differ on; records that only that one has are
    shown, not yet reviewed.
    """
    others = {} if other is None else differences(document, other)
    if other is not None:
        known = {target.id for target in [*document.targets, *document.rejected]}
        document = replace(document, targets=[*document.targets, *(t for t in other.targets if t.id not in known)])
    view = {**as_json(document), "layout": document.layout._asdict(), "page_images": as_json(list(images))}
    return {
        **view,
        "others": others,
        "lacks": {
            str(i): _lack(document.text, one) for i, one in enumerate(document.skipped) if one.rule == UNRESOLVED
        },
        "warnings_zh": [line_in_chinese(warning.message) for warning in document.warnings],
    }


def _reasons(views: Sequence[dict[str, Any]]) -> dict[str, list[str]]:
    """What each rule that decided something reads, in words of both languages, by its id."""
    rules = {"time.document"}
    for view in views:
        rules |= {one["rule"] for part in ("targets", "rejected", "skipped") for one in view[part]}
        rules |= {rule for part in ("targets", "rejected") for one in view[part] for rule in one["why"].values()}
    return {rule: [in_words(rule, language) for language in LANGUAGES] for rule in sorted(rules)}


def _lack(text: str, entry: Skipped) -> list[str]:
    """What an unresolved number lacks, in words of both languages."""
    beyond = text[entry.end : entry.end + BEYOND].split("\n")[0].strip()
    return [lack_in_words(likely_lack(entry.quote), beyond, language) for language in LANGUAGES]


def _title(documents: Sequence[Document]) -> str:
    names = [document.document.title or document.document.source for document in documents]
    return f"{names[0]} · planparse" if len(names) == 1 else f"{len(names)} · planparse"


def _policy(style: str, scripts: Sequence[str], *, images: bool) -> str:
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join(map(_hash, scripts)),
            f"style-src {_hash(style)}",
            *(["img-src data:"] if images else []),
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    return files("planparse.write").joinpath("review", name).read_text(encoding="utf-8")
