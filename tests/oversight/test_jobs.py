"""What this room does by itself, as the worker does it, with real commits."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest
import time_machine

from cchc.audit.models import AuditEvent
from cchc.audit.recording import unguarded
from cchc.dossiers.models import Dossier
from cchc.interface.actions import request_job
from cchc.interface.jobs.worker import work_once
from cchc.notices.models import Notice
from cchc.oversight.models import DelaySource, KeptDossier, StepForecast
from cchc.oversight.queries import stale
from tests.factories.dossiers import at, desk_of_a_commune, received, settled
from tests.factories.organizations import TESTER
from tests.factories.oversight import check_conserved, late_with


def test_the_job_reads_what_changed_in_parts_and_goes_on_from_there(committed_database, monkeypatch):
    monkeypatch.setattr("cchc.oversight.jobs.PART", 2)
    monkeypatch.setattr(stale, "_OVERLAP", 0)
    desk = desk_of_a_commune()
    for _ in range(3):
        late_with(desk)
    settled(desk, received(desk))
    assert done("oversight.refresh", "25 10:00") == 2
    assert KeptDossier.objects.count() == 4 and KeptDossier.objects.filter(late_minutes__gt=0).count() == 3
    source = DelaySource.objects.get()
    assert (source.true_at, source.seen_event) == (at("25 10:00"), stale.last_event())
    assert stale.next_stale(0, source.seen_event, at("25 10:01"), 9) == sorted(
        Dossier.objects.filter(ended_at=None).order_by("pk").values_list("pk", flat=True)
    )
    assert done("oversight.refresh", "25 11:00") == 2
    assert set(KeptDossier.objects.filter(ended_at=None).order_by("pk").values_list("judged_at", flat=True)) == {
        at("25 11:00")
    }
    assert done("oversight.refresh_all", "25 11:30") == 2
    check_conserved()


@pytest.mark.requirement(62, 65)
def test_durations_forecasts_and_who_is_told_are_brought_up_by_their_jobs(committed_database, monkeypatch):
    monkeypatch.setattr("cchc.oversight.jobs_watch.PART", 2)
    desk = desk_of_a_commune()
    for _ in range(3):
        late_with(desk)
    settled(desk, received(desk))
    done("oversight.refresh", "23 15:30")
    assert done("oversight.durations", "23 15:40", "oversight.durations_kept") == 1
    assert done("oversight.durations", "23 15:45", "oversight.durations_kept") == 0
    assert done("oversight.forecasts", "23 15:50", "oversight.forecasts_kept") == 2
    assert StepForecast.objects.count() == 3 and DelaySource.objects.get().watched_at == at("23 15:50")
    assert done("oversight.forecasts", "23 15:51", "oversight.forecasts_kept") == 0
    with unguarded():
        StepForecast.objects.update(beyond_minutes=60)
    assert done("oversight.foretell", "23 15:55", "oversight.forecast_told") == 6, "the holder and the head, of three"
    assert Notice.objects.filter(kind="oversight.expected_late").count() == 3
    assert Notice.objects.get(kind="oversight.expected_late_of_unit").parameters["number"] == 3
    assert done("oversight.foretell", "23 15:56", "oversight.forecast_told") == 0


def done(kind: str, when: str, counted: str = "oversight.rows_kept") -> int:
    """How many events of a kind came of it: parts that were written."""
    before = AuditEvent.objects.filter(kind=counted).count()
    with time_machine.travel(at(when), tick=False):
        request_job(actor=TESTER, now=at(when), kind=kind, key=when)
        while work_once("test", Event(), at(when) + timedelta(minutes=1)):
            pass
    return AuditEvent.objects.filter(kind=counted).count() - before
