"""Programs of the system that some tests use to look at what was made: LibreOffice, poppler.

A test that needs one is skipped with a reason where it is missing; with `CCHC_REQUIRE_PROGRAMS=1`, as in CI, it fails.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence

import pytest


def run(program: str, *arguments: str, seconds: float = 120, variables: Mapping[str, str] | None = None) -> bytes:
    """What the program prints. Skips the test, or fails it, when it is not there; fails it when the program does."""
    path = shutil.which(program)
    if path is None:
        missing(program)
    done = subprocess.run(
        [str(path), *arguments],
        check=False,
        capture_output=True,
        timeout=seconds,
        env={**os.environ, **(variables or {})},
    )
    assert done.returncode == 0, f"{program} {_shown(arguments)}: {done.stderr.decode(errors='replace')}"
    return done.stdout


def missing(program: str) -> None:
    """Skip, saying what is missing; where nothing may be missing, fail."""
    reason = f"{program} is not installed"
    if os.environ.get("CCHC_REQUIRE_PROGRAMS") == "1":
        pytest.fail(f"CCHC_REQUIRE_PROGRAMS=1, but {reason}")
    pytest.skip(reason)


def _shown(arguments: Sequence[str]) -> str:
    return " ".join(arguments)
