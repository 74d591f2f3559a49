"""Whose history may be read in this room, and what is not kept for ever."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cchc.audit.actions import action
from cchc.interface.together import answer_all
from cchc.oversight.actions.lists import draft_list
from cchc.oversight.models import DelaySource, LogImport
from cchc.oversight.retention import logs
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk
from tests.factories.logs import brought_in, handed_in, log_source
from tests.factories.organizations import TESTER, grant, official
from tests.factories.oversight import late_with, refreshed

NOVEMBER = date(2026, 11, 1)


def history(person, subject) -> int:
    address = reverse("interface:history", args=[subject._meta.label, subject.pk])
    return client_of(person).get(address).status_code


@pytest.mark.requirement(125)
def test_auditors_of_the_unit_read_what_happened_to_its_lists_and_sources(desk: Desk, today):
    late_with(desk)
    today.move_to(timezone.now() + timedelta(days=30))
    refreshed(timezone.now())
    list_ = draft_list(actor=TESTER, now=timezone.now(), unit=desk.commune, month=NOVEMBER)
    source = log_source(desk.commune)
    made = brought_in(source)
    auditor, other = official("ks1", "Y Kim", desk.commune), official("ks2", "A Lan", desk.other)
    grant(auditor, "auditor", desk.commune)
    grant(other, "auditor", desk.other)
    for subject in (list_, source):
        assert (history(auditor, subject), history(other, subject)) == (200, 403)
    own = DelaySource.objects.get(kind="own")
    assert history(auditor, own) in {403, 404}, "of our own one-stop its dossiers tell"
    page = client_of(auditor).get(reverse("interface:history", args=["oversight.DelaySource", source.pk]))
    assert made.state == "loaded" and "iGate" in page.content.decode()


def test_logs_that_nobody_decided_about_lose_their_first_rows(desk: Desk):
    source = log_source(desk.commune)
    waiting, loaded = handed_in(source), brought_in(source, mapping=None)
    handed_in_at = LogImport.objects.get(pk=waiting.pk).handed_in_at
    (found,) = answer_all(logs.count(handed_in_at))
    assert found.due == 0, "the very moment is not past"
    assert end_all(timezone.now() + timedelta(seconds=1)) == 1
    waiting.refresh_from_db()
    loaded.refresh_from_db()
    assert (waiting.state, waiting.looked, loaded.state) == ("aside", {}, "loaded")


def end_all(before) -> int:
    return ended(actor=TESTER, now=timezone.now(), before=before)


@action
def ended(*, actor, now, before) -> int:
    return logs.dispose(actor=actor, now=now, before=before, most=200)
