"""A process of its own for parsing what strangers send: bounded, without the server's secrets, gone when it is done.

The parent calls `ask` with a module; that module's `main` calls `restrain` before it touches a byte.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Final

# The system's limits; Windows has none.
resource: Final[Any] = import_module("resource") if find_spec("resource") else None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the process may use: address space, computing time, output on the disk; and how long its caller waits."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: int
    output_bytes: int


def restrain(bounds: Bounds) -> None:
    """Bind this process to its bounds as far as the system can: Linux to all, Windows to none.

    Where a bound is missing, the sizes are still counted and the caller's clock still runs.
    """
    if resource is None:
        return
    for kind, limit in (
        (resource.RLIMIT_AS, bounds.memory_bytes),
        (resource.RLIMIT_CPU, bounds.cpu_seconds),
        (resource.RLIMIT_FSIZE, bounds.output_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        bound = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        with suppress(ValueError, OSError):  # macOS knows the name of the bound on memory, but refuses to set it
            resource.setrlimit(kind, (bound, bound))


def ask(module: str, argument: str, question: IO[bytes], answer: IO[bytes], bounds: Bounds) -> bool:
    """Run `python -m module argument` on two files. Whether it ended by itself; how well, its answer must say."""
    try:
        subprocess.run(  # noqa: S603 - a fixed command, no shell
            [sys.executable, "-P", "-m", module, argument],
            stdin=question,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=bounds.wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return True


def _environment() -> dict[str, str]:
    """Only what Python needs to find this package: no secrets, no settings of the server."""
    paths = [str(Path(__file__).parents[2]), *(path for path in sys.path if Path(path).is_absolute())]
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1", "OPENPYXL_LXML": "False"}
