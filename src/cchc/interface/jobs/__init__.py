"""Work that takes longer than a page: asked for in an action, done by `cchc worker`, exactly once.

A room lists its kinds in its module `jobs`:

@job("files.scan", LocalText("Quét tệp", "Scan a file"))
def scan(run: Run, *, file: int) -> Effect | None:
    for done, part in enumerate(parts, 1):
        ...                                     # slow, and without writing
        run.progress(done, len(parts))          # raises when the job was cancelled, or is another worker's now
    return partial(actions.keep_findings, file=file, findings=findings)

SCHEDULE = (Recurring("files.sweep", at=time(2, 30)),)

What takes longer than a moment to write is told from within: `partial(actions.keep, tell=run.writing)`.

What the function returns is called with `actor=` and `now=` in the one transaction that also says "finished", and
only while the job is still this worker's. Long work saves parts on its way: `run.checkpoint(state, writes=effect)`.
A function may be stopped anywhere and run again from the last checkpoint; so it writes nothing by itself.
"""

from __future__ import annotations

from cchc.interface.jobs.kinds import Effect, JobKind, job
from cchc.interface.jobs.running import Run
from cchc.interface.jobs.schedule import WORKDAYS, Recurring

__all__ = ["WORKDAYS", "Effect", "JobKind", "Recurring", "Run", "job"]
