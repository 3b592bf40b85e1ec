"""The one place where documents are kept apart: what one does to the process that reads it costs that one alone.

`supervise` is for batches: many workers, started and ended as needed. `in_turn` is for a command that reads a document
or a few: one child of the command's own, there in milliseconds. Both live by `bounds`.
"""
