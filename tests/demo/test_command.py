"""`cchc demo` as `./run` starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def _demo(data: Path, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "CCHC_DATA": str(data), "DJANGO_SETTINGS_MODULE": "cchc.config.settings"}
    environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "cchc.cli.main", "demo", *options],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_an_empty_database_is_filled_once(tmp_path: Path) -> None:
    first = _demo(tmp_path / "var", "--no-serve")
    assert (first.returncode, first.stderr) == (0, "")
    assert "Kon Rẫy năm 2022" in first.stdout
    second = _demo(tmp_path / "var", "--no-serve", "--lang", "en")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")


@pytest.mark.parametrize("option", ["--port=0", "--port=65536", "--quickly"])
def test_misuse_is_exit_code_two(tmp_path: Path, option: str) -> None:
    answer = _demo(tmp_path / "var", option)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
