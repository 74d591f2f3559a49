"""Several counters of one unit receive at the same moment; several hands click the same step."""

from __future__ import annotations

from typing import Any

import pytest

from cchc.audit.queries import verify_chain
from cchc.dossiers.actions.advising import Asked, answer_advice, ask_advice
from cchc.dossiers.actions.archiving import archive, correct
from cchc.dossiers.actions.bulk import receive_row, receive_several
from cchc.dossiers.actions.ending import withdraw
from cchc.dossiers.actions.intake import Intake, Person
from cchc.dossiers.actions.reminding import remind
from cchc.dossiers.actions.standing_in import note_absence
from cchc.dossiers.actions.working import complete, take_up
from cchc.dossiers.models import Absence, Advice, ArchiveRecord, CodeSeries, Correction, Dossier, DossierEvent, Reminder
from cchc.dossiers.queries.bulk import waiting_rows
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.dossiers import BIRTH, Desk, at, completed, desk_of_a_commune, received, step_of
from tests.followups.test_concurrency import at_once

pytestmark = pytest.mark.usefixtures("committed_database")


@pytest.fixture
def desk(committed_database: str) -> Desk:
    return desk_of_a_commune()


@pytest.mark.requirement(43)
def test_codes_are_without_gap_or_twin_also_where_some_are_rolled_back(desk: Desk):
    def fine() -> Dossier:
        return received(desk)

    def refused() -> Dossier:
        return received(desk, intake=Intake(Person("Trần Thị Lan")))  # no papers: fails behind the code

    answers = at_once([fine, refused] * 6)
    made = [one for one in answers if isinstance(one, Dossier)]
    assert [one.code for one in answers if isinstance(one, DomainError)] == ["dossiers.paper_missing"] * 6
    assert sorted(one.code for one in made) == [f"xa-mot-261123-{number:04}" for number in range(1, 7)]
    assert CodeSeries.objects.get().last == 6
    assert verify_chain().is_valid


def test_a_step_of_the_queue_is_taken_by_one(desk: Desk):
    dossier = received(desk)
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    step = step_of(dossier, "settle")

    def taking(person: Any) -> Any:
        given = {"step": step, "official": person, "expected_version": step.dossier.version}
        return lambda: take_up(**desk.as_(person, "23 09:00"), **given)

    answers = at_once([taking(desk.settler), taking(desk.second_settler)] * 2)
    (first,) = [one for one in answers if isinstance(one, Dossier)]
    stale = [one for one in answers if isinstance(one, DomainError)]
    holder = step_of(dossier, "settle").holder
    assert [one.code for one in stale] == ["dossiers.stale"] * 3 and first.version == step.dossier.version + 1
    assert holder is not None
    assert {one.problems[0].message.params["who"] for one in stale} == {holder.name}
    assert DossierEvent.objects.filter(dossier=dossier, act="take", step__step="settle").count() == 1


def test_two_branches_end_at_once_and_the_next_begins_once(desk: Desk):
    dossier = received(desk)
    step = step_of(dossier, "receive")

    def completing() -> Dossier:
        return complete(**desk.as_(desk.receiver, "23 09:00"), step=step, expected_version=step.dossier.version)

    answers = at_once([completing] * 4)
    assert len([one for one in answers if isinstance(one, Dossier)]) == 1
    assert dossier.steps.filter(step="settle").count() == 1
    assert dossier.procedure_version.procedure.code == BIRTH


def test_of_several_answers_at_once_one_counts(desk: Desk):
    dossier = received(desk)
    step = step_of(dossier, "receive")
    advice = ask_advice(
        **desk.as_(desk.receiver, "23 09:00"), step=step, expected_version=step.dossier.version,
        asked=Asked(official=desk.settler), question="Ý kiến?", working_days=1,
    )  # fmt: skip

    def answering(text: str) -> Any:
        return lambda: answer_advice(**desk.as_(desk.settler, "23 10:00"), advice=advice, answer=text)

    answers = at_once([answering(text) for text in "ABCD"])
    (first,) = [one for one in answers if isinstance(one, Advice)]
    assert [one.code for one in answers if isinstance(one, DomainError)] == ["dossiers.advice_over"] * 3
    advice.refresh_from_db()
    assert advice.answer == first.answer
    assert DossierEvent.objects.filter(dossier=dossier, act="answer_advice").count() == 1


def test_of_several_reminders_and_absences_at_once_one_counts(desk: Desk):
    dossier = received(desk)
    step = step_of(dossier, "receive")
    days = {"starts_on": at("23 08:00").date(), "ends_on": at("25 08:00").date(), "reason": "Đi học"}
    people = {"official": desk.receiver, "deputy": desk.settler}

    def reminding() -> Any:
        return remind(**desk.as_(desk.head, "23 10:00"), step=step, text="Sắp hết hạn")

    def noting() -> Any:
        return note_absence(**desk.as_(desk.receiver, "23 10:00"), **people, **days)

    answers = at_once([reminding, noting] * 3)
    refused = sorted(one.code for one in answers if isinstance(one, DomainError))
    assert refused == ["dossiers.absence_overlaps"] * 2 + ["dossiers.reminded_today"] * 2
    assert (Reminder.objects.count(), Absence.objects.count()) == (1, 1) and verify_chain().is_valid


def test_a_dossier_is_archived_and_corrected_by_the_first_click_alone(desk: Desk):
    going_on = received(desk)
    over = withdraw(
        **desk.as_(desk.receiver, "23 09:00"), dossier=going_on, expected_version=going_on.version,
        reason_code="by_owner", reason="Theo đơn",
    )  # fmt: skip
    given = {**desk.as_(desk.receiver, "23 10:00"), "dossier": over, "expected_version": over.version}

    def archiving() -> Any:
        return archive(**given, place="Kho 1", retention_class="years_5")

    def correcting() -> Any:
        return correct(**given, values={"owner_name": "Trần Thị Lành"}, reason="Gõ nhầm")

    answers = at_once([archiving, correcting] * 2)
    assert [one.code for one in answers if isinstance(one, DomainError)] == ["dossiers.stale"] * 3
    assert ArchiveRecord.objects.count() + Correction.objects.count() == 1


@pytest.mark.requirement(43)
def test_codes_have_no_gap_where_two_workers_receive_one_list_and_the_counter_goes_on(desk: Desk):
    client_of(desk.receiver)  # the rows are received with what the receiver may do, which is asked of an account
    rows = [{"procedure": BIRTH, "name": f"Người {number}", "number": str(number)} for number in range(4)]
    batch = receive_several(**desk.as_(desk.receiver, "23 08:00"), unit=desk.commune, rows=rows, official=desk.receiver)
    keys = [row.pk for row in waiting_rows(batch)]

    def row(key: int) -> Any:
        return lambda: receive_row(**desk.as_(desk.receiver, "23 08:05"), row=key)

    def at_the_counter() -> Dossier:
        return received(desk, intake=Intake(Person("Trần Thị Lan")))  # no papers: fails behind the code

    answers = at_once([*map(row, keys), *map(row, keys), at_the_counter, at_the_counter])
    assert [one.code for one in answers if isinstance(one, DomainError)] == ["dossiers.paper_missing"] * 2
    assert [one for one in answers if isinstance(one, Exception) and not isinstance(one, DomainError)] == []
    codes = sorted(Dossier.objects.values_list("code", flat=True))
    assert codes == [f"xa-mot-261123-{number:04}" for number in range(1, 5)] and CodeSeries.objects.get().last == 4
    assert not waiting_rows(batch).exists() and verify_chain().is_valid
