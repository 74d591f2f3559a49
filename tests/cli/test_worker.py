"""`cchc worker`: stops when it is told to and leaves nothing half done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from django.db import connections

from cchc.cli.worker import worker_beside
from cchc.interface import actions
from cchc.interface.jobs.worker import work_once
from cchc.interface.models import Job, JobLease, JobState
from tests.interface.jobs.room import HOA, NOON, notes, trial_room

ROOT = Path(__file__).parents[2]
STEPS = 15
NOBODY = 0  # never the number of a parent


@contextmanager
def started(*arguments: int) -> Iterator[subprocess.Popen[str]]:
    database = json.loads(json.dumps(connections.settings["default"], default=str))
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
        "DJANGO_SETTINGS_MODULE": "tests.support.settings",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.interface.jobs.commanded", json.dumps([database, *arguments])],
        env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_until(is_true: Callable[[], bool], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.05)


@pytest.fixture
def committed_trials(committed_database: str) -> Iterator[str]:
    with trial_room():
        yield committed_database


@pytest.mark.crossing
@pytest.mark.usefixtures("committed_trials")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_gives_the_job_back_and_the_next_one_goes_on(number: signal.Signals) -> None:
    parameters = {"name": "a", "steps": STEPS, "pause_ms": 100}
    job = actions.request_job(actor=HOA, now=NOON, kind="trial.count", parameters=parameters)
    with started() as process:
        wait_until(lambda: JobLease.objects.get().saved is not None)
        process.send_signal(number)
        said, log = process.communicate(timeout=20)
    assert (process.returncode, said) == (0, "Đang nhận tác vụ. Dừng bằng Ctrl-C.\n"), log
    assert "job_given_back" in log
    lease = JobLease.objects.get()
    assert (lease.worker, lease.tries) == ("", 0)
    assert lease.free_at is not None and lease.free_at <= datetime.now(UTC)
    Job.objects.get(state=JobState.OPEN)
    assert 0 < lease.saved < STEPS
    assert work_once("next", Event(), datetime.now(UTC))
    job.refresh_from_db()
    assert job.state == JobState.FINISHED
    assert notes() == sorted([*(f"a/{step}" for step in range(STEPS)), "a/end"])


@pytest.mark.usefixtures("committed_trials")
@pytest.mark.long
def test_without_the_process_that_started_it_it_stops() -> None:
    with started(NOBODY) as process:
        assert process.wait(timeout=40) == 0


@pytest.mark.long
def test_a_database_without_tables_is_a_sentence(tmp_path: Path) -> None:
    environment = {**os.environ, "CCHC_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cchc.config.settings"}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "cchc.cli.main", "worker", "--lang", "en"],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "cchc migrate" in done.stderr and "Traceback" not in done.stderr


def test_beside_the_server_it_ends_with_it_also_when_it_does_not_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    children = []

    def start(*_: object, **__: object) -> subprocess.Popen[bytes]:
        child = real([sys.executable, "-c", deaf], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()  # it is deaf by now
        children.append(child)
        return child

    real = subprocess.Popen
    monkeypatch.setattr("cchc.cli.worker.subprocess.Popen", start)
    monkeypatch.setattr("cchc.cli.worker._TIME_TO_STOP", 0.2)
    with pytest.raises(OSError, match="port"), worker_beside():
        raise OSError("port")
    (child,) = children
    assert child.returncode == -signal.SIGKILL
    child.stdout.close()
