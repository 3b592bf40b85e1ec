"""Reviews that travel: what a person said of records, from a page, a JSON output or a spreadsheet, put on documents.

A record is known by its id, which is made from its words: a correction stands whatever rules, layout or machine there
is. What no longer applies, and what is ambiguous, is said and never guessed.
"""

from planparse.contract import read_output
from planparse.model import Document
from planparse.reviews.corrections import Outcome, apply
from planparse.reviews.from_output import find_corrections
from planparse.reviews.from_sheet import read_sheet, sheet_corrections

__all__ = ["Outcome", "take_up"]


def take_up(documents: list[Document], content: bytes) -> tuple[list[Document], Outcome]:
    """The documents with the corrections that a JSON output, an XLSX or a CSV holds, and what became of these.

    Raises ReadError where it is none of them.
    """
    outcome = Outcome()
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        reviewed = read_output(content).documents
        found = [find_corrections(document, reviewed) for document in documents]
        if not any(one.reviews for one in reviewed):
            outcome.notes.append("it holds no reviews: export it as JSON from the review page")
        elif not any(found):
            outcome.notes.append("its reviews are of other documents: neither content nor file name is the same")
    else:
        found = sheet_corrections(read_sheet(content), documents, outcome)
    return [apply(document, said, outcome) for document, said in zip(documents, found, strict=True)], outcome
