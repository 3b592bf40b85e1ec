"""What the readers of Word files, and of pages, warn of."""

from planparse.model import Warning

HIDDEN = Warning(code="hidden-text", message="the document has hidden text; it was left out")
STRUCK_OUT = Warning(code="struck-out", message="the document has text that is struck out; it was left out")
ACCEPTED = Warning(code="tracked-changes", message="the document has tracked changes; they were taken as accepted")
UNNUMBERED = Warning(
    code="unknown-list", message="paragraphs are numbered by a list that the file does not hold; they have no number"
)
EMBEDDED = Warning(
    code="embedded-file",
    message="a part of the document is a file of its own, which is not read; save the document anew in Word",
)
PICTURE = Warning(
    code="picture-not-read",
    message="a picture of the document is as large as half a page; text in it was not read: save the document as PDF, "
    "and have its pictures recognised",
)
NO_TEXT = (
    "the document holds no text (pictures only?); save it as PDF and run pip install 'planparse[ocr]' to have its "
    "pictures recognised"
)
