"""Hostile files by the hundred, with `--hypothesis-profile=thorough` by the thousand: no fault, no wrong accept."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[2]
FEW, MANY = 400, 2_400


def examined(first: int, count: int, folder: Path) -> list[dict[str, Any]]:
    """What was said until the process ended, or died."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.files.corpus", str(first), str(count), str(folder)],
        capture_output=True, check=False, cwd=ROOT, text=True,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}", "PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    # Any other end is a fault of the test's own, or an error of Python's that nothing caught.
    assert ran.returncode in {0, -signal.SIGSEGV, -signal.SIGABRT}, ran.stderr[-2_000:]
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_a_file_that_ends_its_process_is_refused(tmp_path):
    """This one made libheif read where it must not."""
    [said] = examined(118_122, 0, tmp_path)
    assert said["code"] in {"files.too_complex", "files.damaged"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a clock of computing time")
@pytest.mark.long
def test_the_corpus(tmp_path, request):
    count = FEW if settings.default.max_examples < 1_000 else MANY
    first = 0 if os.environ.get("CI") == "true" else random.randrange(10**6)
    said: list[dict[str, Any]] = []
    died = 0
    while len(said) < count:
        said += examined(first + len(said), count - len(said), tmp_path)
        if len(said) < count:  # a library ended the process: the server's child would have died, and the server lived
            [refused_by_server] = examined(first + len(said), 0, tmp_path)
            assert refused_by_server["code"] == "files.too_complex", refused_by_server
            said.append(refused_by_server)
            died += 1
    assert [one for one in said if one.get("faults")] == []
    untouched = Counter(one.get("kind") for one in said if one["story"].endswith("untouched"))
    assert untouched.keys() - {None} <= {"pdf", "docx", "xlsx", "jpeg", "png"}
    refused = sum("code" in one for one in said)
    assert count / 2 < refused < count
    assert {path.name for path in tmp_path.iterdir()} == {"files"}
    assert len(list((tmp_path / "files" / "incoming").iterdir())) == died
