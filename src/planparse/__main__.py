"""The entry point: answers --version before anything heavy is imported."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Runs the command line; --version alone costs no import."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from planparse._version import __version__

        print(f"planparse {__version__}")
        return
    gc.set_threshold(200_000)  # nothing here lives in cycles: looking for some every 700 objects costs a tenth
    from planparse.cli import make_app

    try:
        make_app(sys.argv[1:])()
    finally:
        cache = sys.modules.get("planparse.cache")  # not imported: no rule was asked for
        if cache is not None:
            cache.save()
        gc.freeze()  # nor is anything looked for at the end


if __name__ == "__main__":
    main()
