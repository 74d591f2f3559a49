"""Workers killed in the middle of their work, a hundred in CI: nothing is lost, nothing is done twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from django.db import connections

from cchc.audit.models import AuditEvent
from cchc.audit.queries import verify_chain
from cchc.interface import actions
from cchc.interface.jobs.worker import work_once
from cchc.interface.models import Job, JobState
from tests.interface.jobs.nursery import LEASE
from tests.interface.jobs.room import HOA, NOON, Note
from tests.support.examples import IN_CI

ROOT = Path(__file__).parents[3]
KILLS = 100 if IN_CI else 25
JOBS, STEPS = 2 * KILLS, 5


def nursery(kills: int, seed: int) -> dict[str, int]:
    """What happened: kills and stops."""
    database = json.loads(json.dumps(connections.settings["default"], default=str))
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
        "DJANGO_SETTINGS_MODULE": "tests.support.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.interface.jobs.nursery", json.dumps([database, kills, seed])],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def end_what_is_left() -> set[str]:
    """Finish what was begun; the names of these jobs. What no worker ever took is cancelled: there was plenty."""
    for job in Job.objects.filter(lease__fence=0):
        actions.cancel_job(actor=HOA, now=NOON, number=job.pk)
    deadline = time.monotonic() + 30
    while Job.objects.filter(state=JobState.OPEN).exists() and time.monotonic() < deadline:
        if not work_once("last", Event(), datetime.now(UTC), LEASE):
            time.sleep(0.05)
    return {job.parameters["name"] for job in Job.objects.exclude(state=JobState.CANCELLED)}


@pytest.mark.requirement(125)
@pytest.mark.usefixtures("committed_trials")
@pytest.mark.long
def test_workers_killed_at_work_lose_nothing_and_double_nothing(request: pytest.FixtureRequest) -> None:
    for name in (f"j{number:03}" for number in range(JOBS)):
        parameters = {"name": name, "steps": STEPS, "pause_ms": 10}
        actions.request_job(actor=HOA, now=NOON, kind="trial.count", parameters=parameters, key=name)
    happened = nursery(KILLS, seed=request.config.option.seed)
    begun = end_what_is_left()

    assert KILLS <= happened["kills"] <= KILLS + 1, happened  # two may die at one moment
    assert Counter(Job.objects.values_list("state", flat=True)) == {
        "finished": len(begun),
        "cancelled": JOBS - len(begun),
    }
    expected = {f"{name}/{step}": 1 for name in begun for step in [*range(STEPS), "end"]}
    assert Counter(Note.objects.values_list("text", flat=True)) == expected
    assert Counter(AuditEvent.objects.values_list("kind", flat=True)) == {
        "interface.job_requested": JOBS,
        "interface.job_cancelled": JOBS - len(begun),
        "interface.job_finished": len(begun),
        "audit_notes.written": len(begun) * (STEPS + 1),
    }
    assert verify_chain().is_valid
    # That it was no walk in the park: most kills hit a job. Whether a sleeper wakes up to find its job gone is chance,
    # so that is seen for sure in test_worker.
    fences = Job.objects.filter(state=JobState.FINISHED).values_list("lease__fence", flat=True)
    retaken = sum(fences) - 2 * len(begun)  # each is taken once and ended once
    assert retaken >= KILLS // 2
