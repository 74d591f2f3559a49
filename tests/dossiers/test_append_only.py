"""What happened to a dossier stays as it was written: the model refuses, and the database behind it."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from cchc.audit.actions import action, record
from cchc.audit.actors import Actor
from cchc.audit.errors import UnrecordedWrite
from cchc.audit.triggers import missing_triggers
from cchc.dossiers.audit_kinds import COMPLETION_CLAIMED
from cchc.dossiers.models import DossierEvent
from tests.audit.engines import only_postgresql, only_sqlite
from tests.audit.tampering import drop_triggers, sql
from tests.factories.dossiers import Desk, received

TABLE = "dossiers_dossierevent"
CHANGES = [
    "UPDATE {} SET act = 'x'",
    "UPDATE {} SET text = 'other words'",
    "UPDATE {} SET at = '2020-01-01 00:00:00+00'",
    "UPDATE {} SET by_id = NULL WHERE by_id IS NOT NULL",
    "UPDATE {} SET text = '', by_as = by_as || 'x'",
    "UPDATE {} SET id = id + 1000",
    "DELETE FROM {}",
]


@action
def take_words_away(*, actor: Actor, now: datetime, columns: tuple[str, ...]) -> int:
    """As a retention rule would."""
    record(COMPLETION_CLAIMED, ("dossiers.DossierEvent", "all"), after={"columns": list(columns)})
    return DossierEvent.objects.empty(*columns)


@pytest.fixture
def events(desk: Desk) -> list[DossierEvent]:
    received(desk)
    made = list(DossierEvent.objects.order_by("pk"))
    assert len(made) > 2
    return made


def refused(statement: str) -> None:
    connection.check_constraints()  # PostgreSQL empties no table while some are waiting
    before = list(DossierEvent.objects.order_by("pk").values())
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(statement.format(TABLE))
    assert list(DossierEvent.objects.order_by("pk").values()) == before


@pytest.mark.requirement(125)
@pytest.mark.parametrize("statement", CHANGES)
@pytest.mark.usefixtures("events")
def test_the_database_refuses(statement: str):
    refused(statement)


@only_sqlite
@pytest.mark.usefixtures("events")
def test_sqlite_refuses_to_put_another_in_its_place():
    refused("INSERT OR REPLACE INTO {0} SELECT * FROM {0} WHERE id = (SELECT min(id) FROM {0})")


@only_postgresql
@pytest.mark.usefixtures("events")
def test_postgresql_refuses_to_empty_it():
    refused("TRUNCATE {} CASCADE")


def test_the_model_refuses(events: list[DossierEvent], desk: Desk):
    for change in (
        events[0].save,
        events[0].delete,
        DossierEvent.objects.all().delete,
        lambda: DossierEvent.objects.update(text="x"),
        lambda: DossierEvent.objects.bulk_update(events, ["text"]),
        lambda: take_words_away(**desk.as_(desk.head, "30 08:00"), columns=("act",)),
    ):
        with pytest.raises(UnrecordedWrite):
            change()


def test_words_may_be_taken_away_once_their_time_is_over(events: list[DossierEvent], desk: Desk):
    kept = list(DossierEvent.objects.order_by("pk").values("act", "at", "by", "state", "reason_code"))
    assert take_words_away(**desk.as_(desk.head, "30 08:00"), columns=("text",)) == len(events)
    assert set(DossierEvent.objects.values_list("text", flat=True)) == {""}
    assert list(DossierEvent.objects.order_by("pk").values("act", "at", "by", "state", "reason_code")) == kept


@pytest.mark.usefixtures("events")
def test_a_trigger_that_was_removed_is_missed():
    drop_triggers()
    assert {name for name in missing_triggers() if name.startswith(TABLE)} >= {
        f"{TABLE}_no_update",
        f"{TABLE}_no_delete",
    }
