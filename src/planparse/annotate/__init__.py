"""To the annotators' tools and back: Label Studio, doccano, brat. One module a tool, `dump` and `load` in each.

Every span is written in the units that its tool counts in, with the whole record beside it, so that what comes back
is the same document with the corrections in it.
"""

from __future__ import annotations

TOOLS = ("label-studio", "doccano", "brat")
