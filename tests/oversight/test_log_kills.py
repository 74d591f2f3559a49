"""Workers killed while they load a log: what comes of it is what one undisturbed load makes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from cchc.audit.queries import verify_chain
from cchc.interface.actions import cancel_job
from cchc.oversight.actions import logs as actions
from cchc.oversight.models import KeptDossier, LogImport
from cchc.oversight.queries.logs import get_log
from tests.factories.dossiers import desk_of_a_commune
from tests.factories.logs import handed_in, loaded, log_source, mapped, sample, tried
from tests.factories.organizations import TESTER
from tests.factories.oversight import check_conserved
from tests.oversight.test_log_cuts import kept
from tests.support.examples import IN_CI

ROOT = Path(__file__).parents[2]
KILLS = 8 if IN_CI else 4
TIMES, PART = 12 * KILLS, 5 * 4  # of ten dossiers each


def many_times(times: int) -> bytes:
    """The sample with its dossiers over and over, each time under other codes."""
    head, rows = sample().splitlines(keepends=True)[:3], sample().splitlines(keepends=True)[3:]
    return b"".join([*head, *(again(row, number) for number in range(times) for row in rows)])


def again(row: bytes, number: int) -> bytes:
    """A row of another dossier; what is no row stays as it is."""
    cells = row.split(b";")
    return b";".join([cells[0], cells[1] + b"-%03d" % number, *cells[2:]]) if len(cells) > 6 else row


def killed_at_work(data: Path, kills: int, seed: int) -> int:
    """Workers do what there is to do; how many of them were killed."""
    database = json.loads(json.dumps(connections.settings["default"], default=str))
    asked = json.dumps([database, str(data), PART, kills, seed])
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
        "DJANGO_SETTINGS_MODULE": "tests.support.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.oversight.load_drill", asked],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return int(json.loads(done.stdout))


def asked_for(name: str, unit: Any) -> LogImport:
    """Tried, and to be loaded by whoever comes."""
    made = tried(mapped(handed_in(log_source(unit, name), many_times(TIMES))))
    return actions.ask_for_load(actor=TESTER, now=timezone.now(), number=made.pk)


@pytest.mark.requirement(71, 125)
@pytest.mark.long
@pytest.mark.usefixtures("committed_database")
def test_what_killed_workers_load_is_the_whole_and_nothing_twice(
    request: pytest.FixtureRequest, tmp_path: Path, settings: Any
) -> None:
    settings.CCHC_DATA = tmp_path
    unit = desk_of_a_commune().commune
    undisturbed = loaded(tried(mapped(handed_in(log_source(unit, "Yên"), many_times(TIMES)))))
    disturbed = asked_for("Bị ngắt", unit)

    assert killed_at_work(tmp_path, KILLS, request.config.option.seed) == KILLS
    disturbed = get_log(disturbed.pk)
    assert disturbed.load is not None and (disturbed.state, disturbed.load.is_partial) == ("loaded", False)
    counted = (disturbed.load.new, disturbed.load.changed, disturbed.load.same, disturbed.load.gone)
    assert counted == (10 * TIMES, 0, 0, 0)
    assert kept(disturbed.source) == kept(undisturbed.source)
    assert verify_chain().is_valid
    check_conserved()


@pytest.mark.requirement(71)
@pytest.mark.long
@pytest.mark.usefixtures("committed_database")
def test_what_was_called_off_midway_stays_as_far_as_it_came_and_the_next_load_makes_it_whole(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CCHC_DATA = tmp_path
    unit = desk_of_a_commune().commune
    made = asked_for("Bị dừng", unit)
    calling_off_behind(2, made, monkeypatch)
    done = worked_anyway(made)
    assert KeptDossier.objects.count() == 2 * PART and done.state != "loaded"
    given_up = actions.give_up_load(actor=TESTER, now=timezone.now(), number=done.pk)
    assert given_up.load is not None and given_up.load.is_partial
    check_conserved()
    again_made = loaded(tried(mapped(handed_in(made.source, many_times(TIMES) + b"\n"))))
    assert again_made.load is not None and (again_made.load.new, again_made.load.same) == (
        10 * TIMES - 2 * PART,
        2 * PART,
    )
    assert KeptDossier.objects.count() == 10 * TIMES
    check_conserved()


def calling_off_behind(parts: int, made: LogImport, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody cancels the job on its page when so many parts are kept."""
    from cchc.interface.jobs.running import Run
    from cchc.oversight.logs import working

    checkpoint, seen = Run.checkpoint, []

    def kept_then_called_off(run: Run, *given: Any, **more: Any) -> None:
        checkpoint(run, *given, **more)
        seen.append(run)
        if len(seen) == parts:
            cancel_job(actor=TESTER, now=timezone.now(), number=made.job or 0)

    monkeypatch.setattr(working, "PART", PART)
    monkeypatch.setattr(Run, "checkpoint", kept_then_called_off)


def worked_anyway(made: LogImport) -> LogImport:
    """A worker takes the job and goes as far as it may."""
    from threading import Event

    from cchc.interface.jobs.worker import work_once

    assert work_once("một", Event(), timezone.now())
    return get_log(made.pk)
