"""`cchc migrate`: an empty folder becomes a database, and what protects the audit chain is put back."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%' ORDER BY name"


def migrate(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "CCHC_DATA": str(folder)}
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "cchc.cli.main", "migrate", "--lang", "en"],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.long
def test_the_database_is_made_and_its_protection_put_back(tmp_path: Path) -> None:
    done = migrate(tmp_path)
    assert (done.returncode, done.stdout) == (0, "The database is up to date.\n"), done.stderr
    (path,) = tmp_path.glob("*.sqlite3")
    with closing(sqlite3.connect(path)) as database, database:
        triggers = [name for (name,) in database.execute(TRIGGERS)]
        assert triggers
        database.execute(f'DROP TRIGGER "{triggers[0]}"')
    assert migrate(tmp_path).returncode == 0
    with closing(sqlite3.connect(path)) as database:
        assert [name for (name,) in database.execute(TRIGGERS)] == triggers
