"""The suffixes that documents have, by the form of their content: one list for what is named and for folders."""

from __future__ import annotations

BY_FORM = {
    "application/pdf": {".pdf"},
    "text/html": {".html", ".htm", ".shtml", ".shtm", ".xhtml", ".xht"},
    "multipart/related": {".mht", ".mhtml"},
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {
        ".docx",
        ".docm",
        ".dotx",
        ".dotm",
        ".wps",
        ".wpt",
    },
    "application/msword": {".doc", ".dot", ".wps", ".wpt"},
    "application/rtf": {".rtf"},
    "application/ofd": {".ofd"},
    "image/png": {".png"},
    "image/jpeg": {".jpg", ".jpeg"},
    "image/tiff": {".tif", ".tiff"},
    "text/markdown": {".md", ".markdown", ".txt"},
    "text/plain": {".txt", ".text", ".md", ".markdown", ".csv", ""},
}
KNOWN = frozenset[str]().union(*BY_FORM.values())
NAMED_ONLY = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".csv", ""})
"""What a folder holds beside its documents: pictures, tables, files that are anything."""
IN_FOLDERS = KNOWN - NAMED_ONLY
