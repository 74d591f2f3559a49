from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Thread
from unittest.mock import patch

import pytest
from django.db import connection, connections

from cchc.audit.actors import command_line
from cchc.audit.chain import append
from cchc.audit.models import AuditEvent
from cchc.audit.queries import stored_head, verify_chain
from cchc.audit.recording import Draft, Progress
from tests.audit.notes import NOON, note_words
from tests.audit.writers import write

pytestmark = [pytest.mark.usefixtures("committed_notes"), pytest.mark.requirement(125)]
ROOT = Path(__file__).parents[2]
JOB = command_line("job")


def subjects() -> set[int]:
    return {int(number) for number in AuditEvent.objects.values_list("subject_id", flat=True)}


@pytest.mark.long
def test_threads_and_processes_make_one_chain() -> None:
    """2 processes and this one, 3 threads each, 8 actions of 2 events: 144 events, no fork, no gap, none lost."""
    database = json.dumps(connections.settings["default"], default=str)
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
        "DJANGO_SETTINGS_MODULE": "tests.support.settings",
    }
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.audit.writers", json.dumps([json.loads(database), 3, 8, 10_000 * number])],
            env=environment, cwd=ROOT, stderr=subprocess.PIPE,
        )
        for number in (1, 2)
    ]  # fmt: skip
    write(threads=3, actions=8, start=0)
    for process in started:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors.decode()
    report = verify_chain()
    assert (report.is_valid, report.events) == (True, 144)
    written = {p * 10_000 + t * 1_000 + n for p in range(3) for t in range(3) for n in range(16)}
    assert subjects() == written


def test_a_writer_that_fails_with_the_head_in_hand_leaves_no_gap() -> None:
    failed = []

    def append_and_fail(drafts: Sequence[Draft], progress: Progress | None = None) -> None:
        append(drafts, progress)
        if drafts[0].actor == JOB:
            failed.append(stored_head())
            raise OSError("disk")

    def fail() -> None:
        try:
            for _ in range(5):
                with pytest.raises(OSError, match="disk"):
                    note_words(actor=JOB, now=NOON, count=1)
        finally:
            connection.close()

    with patch("cchc.audit.actions.append", append_and_fail):
        failing = Thread(target=fail)
        failing.start()
        write(threads=1, actions=10, start=0)
        failing.join()
    report = verify_chain()
    assert (report.is_valid, report.events, len(failed)) == (True, 20, 5)


def test_verifying_while_others_write_finds_no_damage() -> None:
    is_over = Event()
    reports = []

    def verify() -> None:
        try:
            while not is_over.is_set():
                reports.append(verify_chain())
        finally:
            connection.close()

    verifying = Thread(target=verify)
    verifying.start()
    write(threads=2, actions=25, start=0)
    is_over.set()
    verifying.join()
    assert reports
    assert [report.damages for report in reports if not report.is_valid] == []
    head = stored_head()
    assert head is not None
    assert head.sequence == 100
