"""Counters and workers killed while they write, twenty of them: nothing acknowledged is lost, doubled or torn."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.db import connection, connections

from cchc.bench.kills import KillFigures

KILLS = 20


def address() -> list[str]:
    """A database of PostgreSQL is the test's own; on SQLite the command makes a file."""
    if connection.vendor == "sqlite":
        return []
    given = connection.get_connection_params()
    where = f"?host={given['host']}" if given.get("host", "").startswith("/") else ""
    at = "" if where else f"{given.get('host') or '127.0.0.1'}:{given.get('port') or 5432}"
    secret = f":{given['password']}" if given.get("password") else ""
    return ["--database", f"postgres://{given['user']}{secret}@{at}/{given['dbname']}{where}"]


@pytest.mark.requirement(125)
@pytest.mark.long
@pytest.mark.usefixtures("committed_database")
def test_counters_and_workers_killed_while_they_write_lose_and_double_nothing(request: pytest.FixtureRequest):
    seed = str(request.config.option.seed)
    where = address()
    connections.close_all()
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    asked = [sys.executable, "-m", "cchc.cli.main", "bench", "kills", "--json", "--kills", str(KILLS), "--seed", seed]
    done = subprocess.run([*asked, *where], env=environment, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    figures = json.loads(done.stdout)
    assert (figures["kills"], figures["of_workers"], figures["wrong"]) == (KILLS, KILLS // 2, [])
    assert figures["acknowledged"] > 0 and figures["dossiers"] > figures["acknowledged"] // 2


@pytest.mark.parametrize(
    ("figures", "holds"),
    [
        (KillFigures(kills=2, acknowledged=3), True),
        (KillFigures(kills=2, acknowledged=0), False),
        (KillFigures(kills=2, acknowledged=3, wrong=["a dossier is torn"]), False),
    ],
)
def test_what_is_wrong_or_was_never_tried_does_not_hold(figures: KillFigures, *, holds: bool):
    assert figures.holds == holds
