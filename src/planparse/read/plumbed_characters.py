"""The characters of pages whose text pdfium reads with gaps: a font that the file does not hold may have no boxes."""

from __future__ import annotations

import io
import logging
from typing import Any

from planparse.read.page_layout import Run


class PlumbedCharacters:
    """The characters of a PDF's pages by pdfplumber. It is ten times slower: it is opened when a page needs it."""

    def __init__(self, content: bytes, password: str | None) -> None:
        self.content, self.password = content, password
        self.document: Any = None

    def of(self, index: int) -> list[Run]:
        """The characters of a page with their boxes, blanks left out."""
        if self.document is None:
            import pdfplumber

            logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it remarks on every font that it does not know
            self.document = pdfplumber.open(io.BytesIO(self.content), password=self.password or "")
        page = self.document.pages[index]
        height = float(page.height)
        return [
            Run(c["x0"], height - c["bottom"], c["x1"], height - c["top"], c["text"])
            for c in page.chars
            if c["text"].strip()
        ]

    def close(self) -> None:
        if self.document is not None:
            self.document.close()
