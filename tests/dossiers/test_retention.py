"""What dossiers say about people ends when its time is over; what is a day younger, or in the archive, stays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from cchc.audit.models import AppendOnly
from cchc.audit.queries import verify_chain
from cchc.dossiers.actions.archiving import archive
from cchc.dossiers.actions.ending import hand_over
from cchc.dossiers.actions.erasing import ERASED, erased_columns
from cchc.dossiers.models import Dossier, DossierEvent
from cchc.interface.together import answer_all
from cchc.privacy.actions import carry_out
from cchc.privacy.kept import Due
from cchc.privacy.rules import rules_on
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, at, intake, now_of, received, settled
from tests.factories.organizations import TESTER

pytestmark = pytest.mark.usefixtures("today")
CONTACTS, OWNERS = "dossiers.contacts", "dossiers.owners"
OVER = at("23 16:00")


@pytest.fixture
def over(desk: Desk) -> Dossier:
    """Handed over on the 23rd at 16:00."""
    dossier = settled(desk, received(desk, intake=intake(desk.procedures["MAU-001"], email="lan@example.org")))
    given = {"dossier": dossier, "expected_version": dossier.version, "to": "Trần Thị Lan"}
    return hand_over(**desk.as_(desk.receiver, "23 16:00"), **given)


def rule_of(code: str) -> Any:
    return next(one for one in rules_on(date(2026, 11, 28)) if one.value.kept.code == code)


def counted(code: str, before: datetime) -> Due:
    (found,) = answer_all(rule_of(code).value.kept.count(before))
    return found


def ended(code: str, before: datetime) -> int:
    return carry_out(actor=TESTER, now=before, rule=rule_of(code), before=before)


def test_an_open_dossier_and_one_that_waits_for_its_owner_are_not_over(desk: Desk):
    received(desk)
    settled(desk, received(desk))
    assert counted(OWNERS, at("29 08:00")) == Due(0, 0) == counted(CONTACTS, at("29 08:00"))


def test_contacts_go_and_the_owner_stays(over: Dossier):
    assert counted(CONTACTS, OVER) == Due(0, 0), "not before its time"
    assert counted(CONTACTS, OVER + timedelta(minutes=1)) == Due(1, 0)
    assert ended(CONTACTS, OVER + timedelta(minutes=1)) == 1
    left = now_of(over)
    assert (left.owner_phone, left.owner_email, left.owner_address) == (
        "",
        "",
        "",
    ) and left.owner_name == "Trần Thị Lan"
    assert counted(CONTACTS, OVER + timedelta(minutes=1)) == Due(0, 0) and verify_chain().is_valid


def test_nothing_about_the_owner_is_left_and_no_figure_changes(desk: Desk, over: Dossier):
    before = now_of(over)
    assert ended(OWNERS, OVER + timedelta(minutes=1)) == 1
    left = now_of(over)
    assert (left.owner_name, left.owner_number, left.handed_over_to) == (ERASED, ERASED, ERASED)
    assert "lan" not in left.search_key and left.code.lower() in left.search_key
    same = ("code", "state", "received_at", "due_at", "settled_at", "handed_over_at", "version")
    assert [getattr(left, name) for name in same] == [getattr(before, name) for name in same]
    words = DossierEvent.objects.filter(dossier=over).exclude(text="")
    assert not words.exists() and DossierEvent.objects.filter(dossier=over).count() > 5
    for model, path, columns in erased_columns():
        for row in model._default_manager.filter(**{path: over.pk}).values(*columns):
            assert set(map(str, row.values())) <= {"", ERASED, "{}"}, model
    assert counted(OWNERS, OVER + timedelta(minutes=1)) == Due(0, 0) and verify_chain().is_valid
    page = client_of(desk.receiver).get(f"/ho-so/{over.pk}/").content.decode()
    assert "Trần Thị Lan" not in page and ERASED in page


def test_what_lies_in_the_archive_follows_its_class(desk: Desk, over: Dossier):
    given = {"dossier": over, "expected_version": over.version, "place": "Kho 1", "retention_class": "permanent"}
    archive(**desk.as_(desk.one_stop_head, "23 16:30"), **given)
    assert counted(OWNERS, OVER + timedelta(minutes=1)) == Due(0, 1)
    assert ended(OWNERS, OVER + timedelta(minutes=1)) == 0 and now_of(over).owner_name == "Trần Thị Lan"


def test_every_column_that_is_kept_for_settling_alone_is_reached():
    tables = {model: columns for model, _path, columns in erased_columns()}
    assert Dossier in tables and DossierEvent in tables and localdate()
    for model, columns in tables.items():
        if issubclass(model, AppendOnly):
            assert set(columns) <= set(model.redactable)
