"""A letter on its way: each step, who is told what, and the appointment that it puts off."""

from __future__ import annotations

import pytest

from cchc.apologies.actions.letters import Wording, cancel_letter, draft_letter, return_letter, rewrite_letter
from cchc.apologies.actions.mistakes import record_mistake
from cchc.apologies.duty import About, Why
from cchc.apologies.models import Letter, LetterEntry
from cchc.apologies.owing import beside
from cchc.dossiers.actions.pausing import extend
from cchc.dossiers.models import Appointment, Dossier, DossierEvent
from cchc.interface.together import answer
from tests.factories.apologies import (
    NOT_KEPT,
    approved,
    drafted,
    mistaken,
    refused,
    sent,
    sent_for,
    signed,
    underway,
)  # fmt: skip
from tests.factories.dossiers import BIRTH, Desk, at, now_of, received, settled

pytestmark = pytest.mark.django_db
NEW = at("20 17:00")


def owes(dossier: Dossier, when: str) -> list[tuple[str, str]]:
    found = answer(beside([dossier.pk])).duties(now_of(dossier), at(when))
    return [(one.about.why.value, one.standing.value) for one in found]


@pytest.mark.requirement(14)
@pytest.mark.requirement(62)
def test_a_letter_goes_from_draft_to_sent_and_pays_what_was_owed(desk: Desk):
    dossier = underway(desk)
    assert owes(dossier, "12 09:00") == [("not_kept", "foreseen")]
    letter = drafted(desk, dossier, "12 09:00", new_due_at=NEW)
    letter = signed(desk, approved(desk, letter, "12 10:00"), "12 11:00")
    assert now_of(dossier).due_at == NEW, "signing is the decision"
    assert now_of(dossier).first_due_at == at("16 08:00"), "the first appointment stays"
    assert owes(dossier, "12 11:00") == [("put_off", "owed")]
    letter = sent(desk, letter, "13 08:00")
    assert owes(dossier, "13 08:00") == [("put_off", "sent")]
    decision = Appointment.objects.get(is_decision=True)
    assert (letter.appointment, letter.number, letter.way) == (decision, "12/PXL", "sms")
    assert (letter.owed_by, letter.is_in_time) == (at("13 08:00"), True)
    acts = LetterEntry.objects.order_by("pk").values_list("act", "by__code")
    assert list(acts) == [("draft", "gq1"), ("approve", "mc1"), ("sign", "ky1"), ("send", "tn1")]
    told = DossierEvent.objects.filter(act__startswith="apology").order_by("pk").values_list("act", flat=True)
    assert list(told) == ["apology_drafted", "apology_signed", "apology_sent"]


def test_a_letter_sent_after_its_deadline_is_late_for_ever(desk: Desk):
    letter = sent_for(desk, underway(desk), "13 08:01", new_due_at=NEW)
    assert not Letter.objects.get(pk=letter.pk).is_in_time


def test_where_it_was_put_off_already_the_letter_names_that_decision(desk: Desk):
    dossier = underway(desk)
    with_version = {"dossier": dossier, "expected_version": dossier.version}
    extend(**desk.as_(desk.head, "11 09:00"), **with_version, due_at=NEW, reason_code="complex", reason="Mưa lũ")
    decision = Appointment.objects.get(is_decision=True)
    about = About(Why.PUT_OFF, decision.pk)
    with refused("apologies.not_owed"):
        drafted(desk, dossier, "11 10:00")
    with refused("apologies.appointment_decided"):
        drafted(desk, dossier, "11 10:00", about, at("23 17:00"))
    letter = sent_for(desk, dossier, "12 08:00", about)
    assert (letter.appointment, letter.due_before, letter.turn) == (decision, at("16 08:00"), 0)
    assert Appointment.objects.filter(is_decision=True).count() == 1
    assert owes(dossier, "12 08:00") == [("put_off", "sent")]


def test_a_second_appointment_needs_the_override(desk: Desk):
    dossier = underway(desk)
    sent_for(desk, dossier, "12 08:00", new_due_at=NEW)
    letter = drafted(desk, dossier, "18 08:00", About(Why.NOT_KEPT, 1), at("25 17:00"))
    with refused("dossiers.extension_spent"):
        approved(desk, letter, "18 09:00")
    letter = approved(desk, letter, "18 09:00", is_override=True)
    signed(desk, letter, "18 10:00", "13/PXL")
    assert now_of(dossier).extensions == 2


@pytest.mark.requirement(14)
def test_a_mistake_owes_a_letter_even_of_a_settled_dossier(desk: Desk):
    dossier = settled(desk, received(desk, BIRTH, "9 08:00"), "9 15:00")
    mistake = mistaken(desk, dossier, "10 08:00")
    about = About(Why.MISTAKE, mistake.pk)
    assert owes(dossier, "10 08:00") == [("mistake", "owed")]
    with refused("apologies.appointment_decided"):
        drafted(desk, dossier, "10 09:00", about, NEW)
    letter = sent_for(desk, dossier, "10 09:00", about)
    assert (letter.mistake, letter.owed_by, letter.is_in_time) == (mistake, at("13 08:00"), True)
    assert owes(dossier, "20 08:00") == [("mistake", "sent")]


def test_a_mistake_is_of_the_list_found_while_there_was_a_dossier_and_in_words(desk: Desk):
    dossier = received(desk, BIRTH, "9 08:00")
    given = {**desk.as_(desk.receiver, "9 10:00"), "dossier": dossier}
    with refused("apologies.no_mistake"):
        record_mistake(**given, cause="complex", text="x", found_at=at("9 09:00"))
    for found in ("9 07:59", "9 10:01"):
        with refused("apologies.found_outside"):
            record_mistake(**given, cause="lost_file", text="x", found_at=at(found))
    with refused("followups.nothing_said"):
        record_mistake(**given, cause="lost_file", text=" ", found_at=at("9 09:00"))
    assert record_mistake(**given, cause="lost_file", text="x", found_at=at("9 08:00")).pk


def test_one_letter_at_a_time_for_each_thing(desk: Desk):
    dossier = underway(desk)
    letter = drafted(desk, dossier, "12 09:00")
    with refused("apologies.drafted_already"):
        drafted(desk, dossier, "12 09:30")
    mistake = mistaken(desk, dossier, "12 09:00")
    drafted(desk, dossier, "12 09:30", About(Why.MISTAKE, mistake.pk))
    cancel_letter(**desk.as_(desk.head, "12 10:00"), letter=letter, expected_version=letter.version, reason="Nhầm")
    assert drafted(desk, dossier, "12 10:30").state == "drafted"


def test_who_clicks_too_late_is_told_who_did_what(desk: Desk):
    letter = drafted(desk, underway(desk), "12 09:00")
    approved(desk, letter, "12 10:00")
    with refused("apologies.stale") as told:
        approved(desk, letter, "12 10:01")
    said = told.value.problems[0].message.params
    assert (said["who"], said["time"]) == ("Hoàng Thị Giang", "10:00")


def test_a_returned_letter_is_written_anew_and_goes_on(desk: Desk):
    letter = approved(desk, drafted(desk, underway(desk), "12 09:00"), "12 10:00")
    letter = return_letter(
        **desk.as_(desk.head, "12 10:30"), letter=letter, expected_version=letter.version, reason="Nêu rõ lý do"
    )  # fmt: skip
    with refused("apologies.not_in_state"):
        signed(desk, letter, "12 11:00")
    wording = Wording("other_body", "Chờ Chi nhánh trả lời", NEW)
    letter = rewrite_letter(
        **desk.as_(desk.settler, "12 14:00"), letter=letter, expected_version=letter.version, wording=wording
    )  # fmt: skip
    assert (letter.state, letter.cause, letter.new_due_at) == ("drafted", "other_body", NEW)


def test_a_letter_whose_appointment_was_moved_by_others_is_not_signed(desk: Desk):
    dossier = underway(desk)
    letter = approved(desk, drafted(desk, dossier, "12 09:00"), "12 10:00")
    now = now_of(dossier)
    extend(
        **desk.as_(desk.head, "12 11:00"), dossier=now, expected_version=now.version, due_at=NEW,
        reason_code="complex", reason="Mưa lũ",
    )  # fmt: skip
    with refused("apologies.overtaken"):
        signed(desk, letter, "12 14:00")


def test_numbers_are_given_once_a_year(desk: Desk):
    first, second = underway(desk), underway(desk)
    sent_for(desk, first, "12 08:00", number=" 12/PXL ")
    letter = approved(desk, drafted(desk, second, "12 08:00"), "12 09:00")
    for number, code in ((" ", "apologies.no_number"), ("12/PXL", "apologies.number_taken")):
        with refused(code):
            signed(desk, letter, "12 10:00", number)
    assert signed(desk, letter, "12 10:00", "13/PXL").number == "13/PXL"


@pytest.mark.parametrize("moment", ["11 17:00", "12 11:01"])
def test_it_is_sent_between_signing_and_now(desk: Desk, moment: str):
    letter = signed(desk, approved(desk, drafted(desk, underway(desk), "12 08:00"), "12 08:00"), "12 10:00")
    with refused("apologies.sent_outside"):
        sent(desk, letter, "12 11:00", sent_at=at(moment))


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        (Wording("none", "x"), "dossiers.unknown_reason"),
        (Wording("complex", " "), "followups.nothing_said"),
        (Wording("complex", "x", at("16 08:00")), "dossiers.no_time_given"),
    ],
)
def test_what_a_letter_says_is_complete(desk: Desk, wording: Wording, code: str):
    dossier = underway(desk)
    with refused(code):
        draft_letter(**desk.as_(desk.settler, "12 08:00"), dossier=dossier, about=NOT_KEPT, wording=wording)
