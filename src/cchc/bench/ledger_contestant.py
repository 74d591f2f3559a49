"""One run of the ledger or of its reference in a process of its own: `python -m cchc.bench.ledger_contestant …`.

`NAME LOG OUTPUT`; answers on standard output, as JSON, what the work took once everything was imported.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from cchc.bench.ledger_log import MAPPING, UNTIL, calendar
from cchc.bench.ledger_reference import run_reference
from cchc.ledger.running import run_log

AS_OF: Final[date] = UNTIL.date()
_MEMORY: Final = Path("/proc/self/status")
_MOST: Final = "VmHWM:"


def _run_ledger(log: Path, output: Path) -> None:
    run_log(log, MAPPING, calendar(), output, as_of=AS_OF)


def _run_reference(log: Path, output: Path) -> None:
    run_reference(log, output, calendar())


CONTESTANTS: Final[Mapping[str, Callable[[Path, Path], None]]] = MappingProxyType(
    {"ledger": _run_ledger, "reference": _run_reference}
)


def main(name: str, log: Path, output: Path) -> dict[str, float | int | None]:
    """Do the work. `seconds` by the clock, `processor_seconds` of all threads and of processes that it started, and
    `most_bytes` of memory that this process held, where the system tells.
    """
    began, worked = time.perf_counter(), _processor_seconds()
    CONTESTANTS[name](log, output)
    took = {"seconds": time.perf_counter() - began, "processor_seconds": _processor_seconds() - worked}
    return took | {"most_bytes": _most_bytes()}


def _processor_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _most_bytes() -> int | None:
    if not _MEMORY.exists():
        return None
    told = dict(line.split(None, 1) for line in _MEMORY.read_text().splitlines() if line.startswith(_MOST))
    return int(told[_MOST].split()[0]) * 1024


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))  # noqa: T201 - its answer
