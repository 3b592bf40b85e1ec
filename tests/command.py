"""The command in a process of its own, forked from one that has imported it and loaded the rules: there in
milliseconds. What starts it from nothing, and what that costs, is tested in test_start.py and test_streams.py."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

METHODS = multiprocessing.get_all_start_methods()
PRELOAD = ["planparse.batch.warm", "planparse.cli"]
STREAMS = ("stdin", "stdout", "stderr")


def run(*arguments: str) -> tuple[int, str, str]:
    """The status of the command, what it prints, and what it says."""
    done = run_forked(arguments, b"", Path.cwd(), {**os.environ})
    return done.returncode, *(out.decode().replace("\r\n", "\n") for out in (done.stdout, done.stderr))


def run_forked(
    arguments: Sequence[str], stdin: bytes, folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """Runs the command in a folder, under an environment, with files for its streams."""
    if "forkserver" not in METHODS:
        return run_anew(arguments, stdin, folder, environment)
    context: Any = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    with TemporaryDirectory() as at:
        streams = [Path(at, name) for name in STREAMS]
        streams[0].write_bytes(stdin)
        process = context.Process(target=_live, args=(arguments, streams, folder, environment))
        process.start()
        process.join()
        status = process.exitcode
        process.close()
        return subprocess.CompletedProcess(arguments, status, *(path.read_bytes() for path in streams[1:]))


def run_anew(
    arguments: Sequence[str], stdin: bytes, folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """Starts the command as a user does."""
    command = [sys.executable, "-m", "planparse", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=folder, env=environment, check=False)


def _live(arguments: Sequence[str], streams: Sequence[Path], folder: Path, environment: Mapping[str, str]) -> None:
    """The life of the forked process."""
    from planparse import cache
    from planparse.__main__ import main

    for number, (path, access) in enumerate(zip(streams, (os.O_RDONLY, *2 * [os.O_WRONLY | os.O_CREAT]), strict=True)):
        os.dup2(os.open(path, access), number)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  multiprocessing has put /dev/null there
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    cache._folder.cache_clear()
    sys.argv = ["planparse", *arguments]
    main()
