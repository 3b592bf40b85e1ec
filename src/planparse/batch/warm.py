"""Imported before workers are forked, for its effect: rules compiled and the dictionary loaded once for all of them."""

from __future__ import annotations

import gc

from planparse import cache
from planparse.batch.process import process  # noqa: F401
from planparse.pipeline import parse_bytes

parse_bytes("2024年工作要点\n\n年内新建公办幼儿园5所，毛入园率达到95%以上。".encode(), "warm")
cache.save()
gc.set_threshold(200_000)  # as in commands: records make no cycles
gc.freeze()  # a collection in a worker would touch, and so copy, all that it shares with the others
