"""Workers that load a log as processes of their own, killed behind a part or in the middle of one.

`python -m tests.oversight.load_drill '[database settings, folder of data, dossiers a part, kills, seed]'` forks one
worker after the other. Each tells through a pipe that a part is kept; some of its moments later it is killed, but for
the last, which works until nothing is left to do. Ends with one line of JSON: how many kills hit a worker.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from datetime import timedelta
from typing import Final, NoReturn

import django

LEASE: Final = timedelta(milliseconds=250)
_LONGEST_LIFE: Final = 0.3  # seconds after a part was kept


def live(parts: int, part: int) -> NoReturn:
    """In the child: do what there is to do, then leave."""
    from threading import Event

    from cchc.interface.jobs.running import Run
    from cchc.interface.jobs.worker import work_once
    from cchc.interface.models import Job, JobState
    from cchc.oversight.logs import working

    working.PART = part  # type: ignore[misc]
    checkpoint = Run.checkpoint

    def kept(run: Run, *given: object, **more: object) -> None:
        checkpoint(run, *given, **more)  # type: ignore[arg-type]
        os.write(parts, b".")

    Run.checkpoint = kept  # type: ignore[method-assign, assignment]
    status = 1
    try:
        while Job.objects.filter(state=JobState.OPEN.value).exists():
            if not work_once(f"w{os.getpid()}", Event(), django.utils.timezone.now(), LEASE):
                time.sleep(0.02)
        status = 0
    finally:
        os._exit(status)


def fork(part: int) -> tuple[int, int]:
    """The process, and where it tells of parts."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        live(writing, part)
    os.close(writing)
    return process, reading


def drill(part: int, kills: int, chance: random.Random) -> int:
    """How many were killed at work."""
    killed = 0
    for _ in range(kills):
        process, parts = fork(part)
        is_at_work = bool(os.read(parts, 1))
        time.sleep(chance.uniform(0, _LONGEST_LIFE))
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        killed += is_at_work and os.WIFSIGNALED(status)
        os.close(parts)
    process, parts = fork(part)
    while os.read(parts, 100):
        pass
    _, status = os.waitpid(process, 0)
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError("the last worker did not come to its end")
    return killed


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.db import connections

    database, data, part, kills, seed = json.loads(sys.argv[1])
    settings.CCHC_DATA = data
    connections.settings["default"] = database
    del connections["default"]
    connections.close_all()  # a child inherits no connection
    print(json.dumps(drill(part, kills, random.Random(seed))))  # noqa: T201


if __name__ == "__main__":
    main()
