"""Stage 6, write: the columns are known once, here; each format is a small module."""

from __future__ import annotations
