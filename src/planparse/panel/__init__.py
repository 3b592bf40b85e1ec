"""Many documents side by side: documents and years down, canonical indicators across, each cell with its sentence.

A cell is only what a document says of an indicator in a unit that converts exactly; an empty one says why.
"""

from __future__ import annotations

from planparse.panel.table import Panel, make_panel

__all__ = ["Panel", "make_panel"]
