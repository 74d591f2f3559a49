"""Hostile files by the hundred, with `--hypothesis-profile=thorough` by the thousand: no fault, no wrong accept."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[2]
FEW, MANY = 400, 2_400


@pytest.mark.skipif(sys.platform == "win32", reason="needs a clock of computing time")
@pytest.mark.long
def test_the_corpus(tmp_path, request):
    count = FEW if settings.default.max_examples < 1_000 else MANY
    first = 0 if os.environ.get("CI") == "true" else random.randrange(10**6)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.files.corpus", str(first), str(count), str(tmp_path)],
        capture_output=True, check=False, cwd=ROOT, text=True,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}", "PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    said = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(said) == count, f"it died at seed {first + len(said)}: {ran.stderr[-2_000:]}"
    assert [one for one in said if one.get("faults")] == []
    untouched = Counter(one.get("kind") for one in said if one["story"].endswith("untouched"))
    assert untouched.keys() - {None} <= {"pdf", "docx", "xlsx", "jpeg", "png"}
    refused = sum("code" in one for one in said)
    assert count / 2 < refused < count
    assert {path.name for path in tmp_path.iterdir()} == {"files"}
    assert list((tmp_path / "files" / "incoming").iterdir()) == []
