from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
CORPUS = ROOT.parent / "shared" / "corpus"

os.environ["PLANPARSE_OFFICE"] = "off"  # the same results where LibreOffice is installed and where it is not


signal.signal(signal.SIGINT, signal.default_int_handler)  # nohup … & has it ignored, in what it starts too


@pytest.fixture
def planparse() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs the command as a user does, in a process of its own."""

    def run(*arguments: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "planparse", *arguments],
            input=stdin,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, **env},
            check=False,
        )

    return run
