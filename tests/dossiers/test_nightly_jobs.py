"""What this room does by itself, as the worker does it, with real commits."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest
import time_machine

from cchc.dossiers.actions.advising import Asked, ask_advice
from cchc.dossiers.models import Advice, Escalation
from cchc.dossiers.queries import advice, leading
from cchc.interface.actions import request_job
from cchc.interface.jobs.worker import work_once
from cchc.notices.models import Notice
from tests.factories.dossiers import at, desk_of_a_commune, received, step_of
from tests.factories.organizations import TESTER


@pytest.mark.requirement(62)
def test_opinions_that_do_not_come_are_reported_in_batches_and_once(committed_database, monkeypatch):
    monkeypatch.setattr(advice, "BATCH", 2)
    desk = desk_of_a_commune()
    dossier = received(desk)
    for _ in range(5):
        step = step_of(dossier, "receive")
        ask_advice(
            **desk.as_(desk.receiver, "23 09:00"), step=step, expected_version=step.dossier.version,
            asked=Asked(official=desk.settler), question="Ý kiến?", working_days=1,
        )  # fmt: skip
    late = at("27 07:15")
    with time_machine.travel(late, tick=True):
        for key in ("one", "two"):
            request_job(actor=TESTER, now=late, kind="dossiers.lapse_advice", key=key)
            while work_once("test", Event(), late + timedelta(minutes=1)):
                pass
    assert list(Advice.objects.order_by("pk").values_list("state", flat=True)) == ["lapsed"] * 5
    assert Notice.objects.filter(kind="dossiers.advice_lapsed").count() == 5


def test_the_job_goes_on_in_batches_and_says_nothing_twice(committed_database, monkeypatch):
    monkeypatch.setattr(leading, "BATCH", 2)
    desk = desk_of_a_commune()
    for _ in range(5):
        received(desk)
    late = at("30 09:00")
    with time_machine.travel(late, tick=True):
        for key in ("one", "two"):
            request_job(actor=TESTER, now=late, kind="dossiers.escalate", key=key)
            while work_once("test", Event(), late + timedelta(minutes=1)):
                pass
    assert Escalation.objects.count() == 10 and Notice.objects.filter(kind="dossiers.escalated").count() == 10
