"""The entry point: answers --version before anything heavy is imported."""

from __future__ import annotations

import gc
import os
import sys

# How a stream that was closed before the start is stood in for: reading and writing it fail, but nothing else that is
# opened takes its number, and with it what is meant for a person.
STREAMS = (("stdin", os.O_WRONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w"))


def main() -> None:
    """Runs the command line; --version alone costs no import."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from planparse._version import __version__

        print(f"planparse {__version__}")
        return
    for name, access, mode in STREAMS:
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, access), mode))
    gc.set_threshold(200_000)  # nothing here lives in cycles: looking for some every 700 objects costs a tenth
    from planparse.cli import run

    try:
        run(sys.argv[1:])
    finally:
        cache = sys.modules.get("planparse.cache")  # not imported: no rule was asked for
        if cache is not None:
            cache.save()
        gc.freeze()  # nor is anything looked for at the end


if __name__ == "__main__":
    main()
