"""A dossier on its way: received, worked on step by step, settled, handed over."""

from __future__ import annotations

from datetime import date

import pytest

from cchc.audit.recording import unguarded
from cchc.dossiers.actions import ending, pausing, working
from cchc.dossiers.actions import intake as intaking
from cchc.dossiers.actions.intake import Intake, Paper, Person, receive, refuse_intake
from cchc.dossiers.actions.working import Result
from cchc.dossiers.models import ActualCompletion, Appointment, Dossier, DossierEvent
from cchc.organizations.models import Unit
from cchc.records.errors import DomainError
from tests.factories.dossiers import (
    BIRTH,
    LAND,
    RESULT,
    Desk,
    at,
    completed,
    intake,
    now_of,
    received,
    settled,
    step_of,
    steps_in,
    taken,
)  # fmt: skip


def code_of(refused: pytest.ExceptionInfo[DomainError]) -> str:
    return refused.value.code


def test_nothing_is_received_by_a_version_that_is_withdrawn_meanwhile(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    take_code = intaking._take_code

    def while_it_is_withdrawn(unit: Unit, day: date) -> str:
        """As where the action waits for another one: the version was read before, the dossier is inserted after."""
        with unguarded():
            desk.procedures[BIRTH].versions.update(state="withdrawn")
        return take_code(unit, day)

    monkeypatch.setattr(intaking, "_take_code", while_it_is_withdrawn)
    with pytest.raises(DomainError) as refused:
        received(desk)
    assert code_of(refused) == "records.not_in_force"
    assert not Dossier.objects.exists()


@pytest.mark.requirement(43)
def test_from_reception_to_the_result_in_hand(desk: Desk):
    dossier = received(desk)
    assert (dossier.code, dossier.state) == ("xa-mot-261123-0001", "received")
    assert dossier.first_due_at == dossier.due_at == at("25 08:00"), "the 24th is off"
    assert steps_in(dossier) == {"receive": "held", "settle": "waiting", "sign": "waiting", "return": "waiting"}
    assert step_of(dossier, "receive").holder == desk.receiver
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    assert now_of(dossier).state == "processing" and step_of(dossier, "settle").state == "queued"
    assert step_of(dossier, "settle").due_at == at("23 14:00")
    completed(desk, dossier, "settle", desk.settler, "23 10:00")
    completed(desk, dossier, "sign", desk.signer, "23 11:00", result=RESULT)
    completed(desk, dossier, "return", desk.receiver, "23 14:00")
    done = now_of(dossier)
    assert (done.state, done.delivery, done.settled_at) == ("settled", "ready", at("23 14:00"))
    ending.hand_over(**desk.as_(desk.receiver, "26 09:00"), dossier=done, expected_version=done.version, to="Chị Lan")
    over = now_of(dossier)
    assert (over.state, over.delivery, over.ended_at) == ("returned", "delivered", at("23 14:00"))


def test_the_last_step_needs_a_result(desk: Desk):
    dossier = received(desk)
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    completed(desk, dossier, "settle", desk.settler, "23 10:00")
    completed(desk, dossier, "sign", desk.signer, "23 11:00")
    with pytest.raises(DomainError) as refused:
        completed(desk, dossier, "return", desk.receiver, "23 14:00")
    assert code_of(refused) == "dossiers.result_missing"
    assert step_of(dossier, "return").state == "held" and now_of(dossier).state == "processing"


def test_parallel_steps_begin_together_and_the_next_waits_for_both(desk: Desk):
    dossier = received(desk, LAND, intake=intake(desk.procedures[LAND]))
    completed(desk, dossier, "receive", desk.receiver, "23 09:00")
    assert steps_in(dossier)["examine"] == steps_in(dossier)["land_office"] == "queued"
    completed(desk, dossier, "land_office", desk.second_settler, "25 09:00")
    assert steps_in(dossier)["sign"] == "waiting"
    completed(desk, dossier, "examine", desk.settler, "25 10:00")
    assert steps_in(dossier)["sign"] == "queued"


def test_sent_back_everything_from_there_is_done_again_by_who_had_it(desk: Desk):
    dossier = received(desk)
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    completed(desk, dossier, "settle", desk.settler, "23 10:00")
    taken(desk, dossier, "sign", desk.signer, "23 10:30")
    sign, settle = step_of(dossier, "sign"), step_of(dossier, "settle")
    working.send_back(
        **desk.as_(desk.signer, "23 11:00"), step=sign, to=settle, expected_version=sign.dossier.version,
        reason_code="wrong", reason="Sai ngày sinh",
    )  # fmt: skip
    again = step_of(dossier, "settle")
    assert (again.turn, again.state, again.holder) == (2, "held", desk.settler)
    assert steps_in(dossier) == {"receive": "done", "settle": "held", "sign": "waiting", "return": "waiting"}
    assert step_of(dossier, "sign").turn == 2
    sign.refresh_from_db()
    assert sign.state == "sent_back" and sign.ended_at == at("23 11:00")


def test_sent_back_from_one_branch_the_other_is_done_again_too(desk: Desk):
    dossier = received(desk, LAND, intake=intake(desk.procedures[LAND]))
    completed(desk, dossier, "receive", desk.receiver, "23 09:00")
    taken(desk, dossier, "examine", desk.settler, "23 09:30")
    taken(desk, dossier, "land_office", desk.second_settler, "23 09:30")
    step = step_of(dossier, "examine")
    working.send_back(
        **desk.as_(desk.settler, "23 10:00"), step=step, to=step_of(dossier, "receive"),
        expected_version=step.dossier.version, reason_code="incomplete", reason="Thiếu trang 2",
    )  # fmt: skip
    assert steps_in(dossier) == {
        "receive": "held", "examine": "waiting", "land_office": "waiting", "sign": "waiting", "return": "waiting",
    }  # fmt: skip
    assert {step_of(dossier, id_).turn for id_ in ("receive", "examine", "land_office")} == {2}
    assert step_of(dossier, "sign").turn == 1


def test_a_stale_click_is_told_what_changed(desk: Desk):
    dossier = received(desk)
    step = step_of(dossier, "receive")
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    with pytest.raises(DomainError) as refused:
        working.complete(**desk.as_(desk.receiver, "23 08:31"), step=step, expected_version=step.dossier.version)
    params = refused.value.problems[0].message.params
    assert code_of(refused) == "dossiers.stale"
    assert (params["who"], params["time"]) == (desk.receiver.name, "08:30")
    assert params["state"].vi == "Đang xử lý"


@pytest.mark.requirement(88)
def test_papers_are_asked_for_once_and_the_limit_begins_anew(desk: Desk):
    dossier = received(desk)
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    taken(desk, dossier, "settle", desk.settler, "23 09:00")
    held = now_of(dossier)
    ask = {"reason_code": "missing_papers", "asked": "Giấy chứng sinh bản chính"}
    pausing.ask_supplement(**desk.as_(desk.settler, "23 09:30"), dossier=held, expected_version=held.version, **ask)
    waits = now_of(dossier)
    assert (waits.state, waits.supplements) == ("supplementing", 1)
    with pytest.raises(DomainError) as refused:
        completed(desk, dossier, "settle", desk.settler, "23 10:00")
    assert code_of(refused) == "dossiers.not_running"
    pausing.take_supplement(
        **desk.as_(desk.receiver, "25 09:00"), dossier=waits, expected_version=waits.version,
        papers=[Paper("Giấy chứng sinh", originals=1)],
    )  # fmt: skip
    again = now_of(dossier)
    assert again.first_due_at == at("25 08:00") and again.due_at == at("26 09:00")
    assert step_of(dossier, "settle").due_at == at("25 14:30")
    assert [one.due_at for one in Appointment.objects.filter(dossier=dossier).order_by("pk")] == [
        at("25 08:00"), at("26 09:00"),
    ]  # fmt: skip
    with pytest.raises(DomainError) as refused:
        pausing.ask_supplement(
            **desk.as_(desk.settler, "25 09:30"), dossier=again, expected_version=again.version, **ask
        )
    assert code_of(refused) == "dossiers.second_supplement"
    pausing.ask_supplement(
        **desk.as_(desk.settler, "25 09:30"), dossier=again, expected_version=again.version, **ask, is_override=True
    )
    assert now_of(dossier).supplements == 2


def test_a_suspension_moves_the_appointment_by_what_it_lasts(desk: Desk):
    dossier = received(desk)
    pausing.suspend(
        **desk.as_(desk.head, "23 08:30"), dossier=dossier, expected_version=dossier.version, reason_code="dispute",
        reason="Có đơn tranh chấp",
    )  # fmt: skip
    waits = now_of(dossier)
    pausing.resume(**desk.as_(desk.head, "23 09:30"), dossier=waits, expected_version=waits.version)
    assert now_of(dossier).due_at == at("25 09:00")
    assert step_of(dossier, "receive").due_at == at("23 10:00")


@pytest.mark.requirement(14)
def test_the_appointment_is_put_off_once_and_the_first_stays(desk: Desk):
    dossier = received(desk)
    late = {"reason_code": "complex", "reason": "Cần xác minh"}
    with pytest.raises(DomainError) as refused:
        pausing.extend(
            **desk.as_(desk.head, "23 09:00"), dossier=dossier, expected_version=dossier.version, due_at=at("25 07:30"),
            **late,
        )  # fmt: skip
    assert code_of(refused) == "dossiers.no_time_given"
    pausing.extend(
        **desk.as_(desk.head, "23 09:00"), dossier=dossier, expected_version=dossier.version, due_at=at("27 17:00"),
        **late,
    )  # fmt: skip
    put_off = now_of(dossier)
    assert (put_off.first_due_at, put_off.due_at) == (at("25 08:00"), at("27 17:00"))
    with pytest.raises(DomainError) as refused:
        pausing.extend(
            **desk.as_(desk.head, "23 10:00"), dossier=put_off, expected_version=put_off.version, due_at=at("30 17:00"),
            **late,
        )  # fmt: skip
    assert code_of(refused) == "dossiers.extension_spent"
    pausing.extend(
        **desk.as_(desk.head, "23 10:00"), dossier=put_off, expected_version=put_off.version, due_at=at("30 17:00"),
        **late, is_override=True,
    )  # fmt: skip
    assert now_of(dossier).extensions == 2


def test_no_result_leaves_before_what_is_owed_is_paid_or_let_off(desk: Desk):
    dossier = received(desk)
    pausing.ask_payment(
        **desk.as_(desk.receiver, "23 08:10"), dossier=dossier, expected_version=dossier.version, amount=8000,
        reason_code="fee", asked="Lệ phí trích lục",
    )  # fmt: skip
    waits = now_of(dossier)
    assert (waits.state, waits.finance, waits.fee) == ("awaiting_payment", "owed", 8000)
    pausing.note_payment(
        **desk.as_(desk.receiver, "23 08:40"), dossier=waits, expected_version=waits.version, receipt="BL 0012"
    )
    assert now_of(dossier).finance == "paid" and now_of(dossier).due_at == at("25 08:30")
    land = received(desk, LAND, intake=intake(desk.procedures[LAND]))
    assert (land.finance, land.fee) == ("owed", 100_000)
    hands = {"receive": desk.receiver, "examine": desk.settler, "land_office": desk.settler, "sign": desk.signer}
    for id_, person in hands.items():
        completed(desk, land, id_, person, "25 09:00")
    completed(desk, land, "return", desk.receiver, "25 10:00", result=Result("5/XN"))
    done = now_of(land)
    with pytest.raises(DomainError) as refused:
        ending.hand_over(**desk.as_(desk.receiver, "26 09:00"), dossier=done, expected_version=done.version, to="Lan")
    assert code_of(refused) == "dossiers.fee_owed"
    ending.waive(
        **desk.as_(desk.head, "26 09:00"), dossier=done, expected_version=done.version, reason_code="by_rule",
        reason="Hộ nghèo",
    )  # fmt: skip
    free = now_of(land)
    ending.hand_over(**desk.as_(desk.receiver, "26 09:05"), dossier=free, expected_version=free.version, to="Lan")
    assert now_of(land).state == "returned"


@pytest.mark.parametrize("act", [ending.withdraw, ending.stop])
def test_what_ends_without_a_result_leaves_no_step_open(desk: Desk, act):
    dossier = received(desk)
    reasons = {"withdraw": "by_owner", "stop": "not_eligible"}
    act(
        **desk.as_(desk.receiver, "23 09:00"), dossier=dossier, expected_version=dossier.version,
        reason_code=reasons[act.__name__], reason="Theo đơn",
    )  # fmt: skip
    over = now_of(dossier)
    assert over.ended_at == at("23 09:00") and over.settled_at is None
    assert set(steps_in(dossier).values()) == {"cancelled"}


@pytest.mark.requirement(59)
def test_when_work_was_really_done_is_said_beside_the_click_and_put_right_by_another_record(desk: Desk):
    dossier = received(desk)
    completed(desk, dossier, "receive", desk.receiver, "23 11:00", done_at=at("23 08:20"), evidence="Sổ giao nhận số 4")
    step = step_of(dossier, "receive")
    assert step.ended_at == at("23 11:00")
    working.claim_completion(
        **desk.as_(desk.receiver, "23 13:00"), step=step, done_at=at("23 08:40"), evidence="Sổ giao nhận số 4, dòng 2"
    )
    claims = ActualCompletion.objects.filter(step=step).order_by("pk")
    assert [one.done_at for one in claims] == [at("23 08:20"), at("23 08:40")]
    with pytest.raises(DomainError) as refused:
        working.claim_completion(
            **desk.as_(desk.receiver, "23 13:00"), step=step, done_at=at("23 11:01"), evidence="Nhớ lại"
        )
    assert code_of(refused) == "dossiers.done_outside"


@pytest.mark.requirement(87)
def test_what_a_unit_does_not_carry_out_is_not_received(desk: Desk):
    procedure = desk.procedures[BIRTH]
    with pytest.raises(DomainError) as refused:
        received(desk, unit=desk.province)
    assert code_of(refused) == "dossiers.not_competent"
    with pytest.raises(DomainError) as refused:
        received(desk, intake=Intake(Person("Lan"), [Paper("Tờ khai", "form", originals=1)]))
    assert code_of(refused) == "dossiers.paper_missing"
    refused_one = refuse_intake(
        **desk.as_(desk.receiver, "23 08:00"), unit=desk.commune, procedure=procedure, intake=Intake(Person("Lan")),
        reason_code="missing_papers", reason="Thiếu giấy chứng sinh",
    )  # fmt: skip
    assert (refused_one.state, refused_one.code) == ("refused", "xa-mot-261123-0001")
    assert not refused_one.steps.exists() and refused_one.due_at is None


def test_a_second_open_one_of_the_same_owner_is_asked_about(desk: Desk):
    first = received(desk)
    procedure = desk.procedures[BIRTH]
    twice = Intake(intake(procedure).person, intake(procedure).papers)
    with pytest.raises(DomainError) as refused:
        received(desk, intake=twice)
    assert code_of(refused) == "dossiers.maybe_duplicate"
    assert refused.value.problems[0].message.params["code"] == first.code
    settled(desk, first)
    assert received(desk, intake=twice).state == "received", "one that is settled is no reason to ask"


def test_what_happened_is_never_changed(desk: Desk):
    event = DossierEvent.objects.filter(dossier=received(desk)).order_by("pk")[0]
    with pytest.raises(Exception, match="never changed"):
        event.save()
    with pytest.raises(Exception, match="never changed"):
        DossierEvent.objects.filter(pk=event.pk).update(text="khác")


def test_codes_go_on_within_a_day_and_begin_again_on_the_next(desk: Desk):
    codes = [received(desk, when=when).code for when in ("23 08:00", "23 09:00", "25 08:00")]
    assert codes == ["xa-mot-261123-0001", "xa-mot-261123-0002", "xa-mot-261125-0001"]
    assert Dossier.objects.count() == 3
    assert receive is not None
