from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from command import run_forked

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
CORPUS = ROOT.parent / "shared" / "corpus"

os.environ["PLANPARSE_OFFICE"] = "off"  # the same results where LibreOffice is installed and where it is not


signal.signal(signal.SIGINT, signal.default_int_handler)  # nohup … & has it ignored, in what it starts too


@pytest.fixture(scope="session")
def planparse() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs the command as a user does, in a process of its own."""

    def run(*arguments: str, stdin: bytes = b"", folder: Path = ROOT, **env: str) -> subprocess.CompletedProcess[bytes]:
        return run_forked(arguments, stdin, folder, {**os.environ, **env})

    return run
