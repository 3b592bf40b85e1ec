"""`planparse extract` for many documents: worker processes, resumed where an earlier run stopped."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from planparse.cli.console import INTERRUPTED, OK, SOME_FAILED, is_folder, no_output, read_stdin, say
from planparse.cli.outcome import say_unread

if TYPE_CHECKING:
    from planparse.batch import Tally
    from planparse.batch.parts import Options
    from planparse.batch.task import Result
    from planparse.cli.outcome import Outcome
    from planparse.inputs import Input
    from planparse.limits import Budget, Limits


def extract_batch(
    inputs: list[Input],
    folders: list[str],
    output: str | None,
    options: Options,
    *,
    jobs: int | None,
    budget: Budget,
    fresh: bool,
    quiet: bool,
    progress: bool,
    outcome: Outcome,
) -> int:
    """Runs the batch; the exit status."""
    import tempfile

    from planparse.batch import run_batch
    from planparse.batch.deliver import Delivery, ToFile, ToFolder
    from planparse.batch.progress import Reporter
    from planparse.model import PlanparseError

    with tempfile.TemporaryDirectory() as spool:
        inputs = [_spooled(given, spool, options.limits) if given.path == "-" else given for given in inputs]
        try:
            delivery: Delivery
            if output is not None and is_folder(output):
                delivery = ToFolder(Path(output), inputs, folders, options.form)
            else:
                delivery = ToFile(Path(output) if output is not None else None, inputs)
            with Reporter(len(inputs), quiet=quiet, progress=progress) as reporter:

                def watch(name: str, result: Result, tally: Tally) -> None:
                    reporter.watch(name, result, tally)
                    outcome.note(name, result.status, result.warnings)

                tally = run_batch(
                    inputs,
                    delivery,
                    options,
                    jobs=min(jobs or cores(), len(inputs)),
                    budget=budget,
                    watch=watch,
                    fresh=fresh,
                )
            reporter.summary(tally)
        except PlanparseError as error:
            say(f"planparse: {error} [{error.code}]")
            return SOME_FAILED
        except OSError as error:
            if output is None:
                return no_output(error)
            say(f"planparse: cannot write {output}: {error.strerror or error}")
            return SOME_FAILED
    if not quiet:
        say_unread(folders)
    if tally.interrupted:
        return INTERRUPTED
    return outcome.finish(OK if tally.documents else SOME_FAILED)


def extract_on_ray(
    given: list[str],
    output: str,
    *,
    address: str | None,
    budget: Budget,
    min_confidence: float,
    limits: Limits,
) -> int:
    """Runs a batch on Ray; the exit status."""
    from planparse.inputs import find_inputs
    from planparse.model import PlanparseError
    from planparse.ruleset import in_force

    try:
        from planparse import on_ray

        inputs = [i for g in given for i in (on_ray.list_address(g) if "://" in g else find_inputs([g]))]
        for wrong in (i for i in inputs if i.error is not None):
            say(f"planparse: {wrong.name}: {wrong.error}")
        outcome = on_ray.extract_on_ray(
            inputs,
            output,
            address=address,
            budget=budget,
            min_confidence=min_confidence,
            limits=limits,
            packs=in_force().packs,
        )
    except PlanparseError as error:
        say(f"planparse: {error} [{error.code}]")
        return SOME_FAILED
    say(f"planparse: {outcome.documents:,} documents ({outcome.failed:,} failed), {outcome.targets:,} targets")
    return SOME_FAILED if outcome.failed else OK


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _spooled(given: Input, folder: str, limits: Limits) -> Input:
    """The input with what comes on standard input in a file, for a worker to read."""
    from planparse.model import ReadError

    path = Path(folder) / "stdin"
    try:
        path.write_bytes(read_stdin(limits))
    except ReadError as error:
        return given._replace(error=error)
    return given._replace(path=str(path))
