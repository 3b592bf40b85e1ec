"""Runs a command that must not outlive who asked for it: guarded.py SECONDS MEGABYTES COMMAND...

The command and all that it starts are one process group, which is killed when the time is over, and when standard input
closes, because whoever holds its other end is done or was killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress

OVER = 124  # the status that says that the time was over


def main(seconds: float, megabytes: int, command: list[str]) -> int:
    """The exit status of the command, or OVER."""
    _limit(megabytes * 1_000_000)
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    threading.Thread(target=_watch, args=(child,), daemon=True).start()
    try:
        return child.wait(seconds)
    except subprocess.TimeoutExpired:
        return OVER
    finally:
        _kill(child)


def _watch(child: subprocess.Popen[bytes]) -> None:
    sys.stdin.read()  # until it closes
    _kill(child)


def _limit(size: int) -> None:
    """Limits the memory of each process, and the size of what it writes; Windows knows no such limits."""
    if sys.platform != "win32":
        import resource

        for kind in (resource.RLIMIT_DATA, resource.RLIMIT_FSIZE):
            hard = resource.getrlimit(kind)[1]
            most = size if hard == resource.RLIM_INFINITY else min(size, hard)
            resource.setrlimit(kind, (most, most))


def _kill(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
