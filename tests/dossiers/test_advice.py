"""Opinions: asked for by who holds a step, answered, taken back, reported when they do not come; no minute moves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.dossiers.actions import ending, pausing
from cchc.dossiers.actions.advising import Asked, answer_advice, ask_advice, lapse_advice, take_back_advice
from cchc.dossiers.ledger_rows import ledgers_of
from cchc.dossiers.models import Advice, Dossier, DossierEvent
from cchc.dossiers.permissions import may_answer_advice, may_ask_advice
from cchc.dossiers.queries.advice import next_to_lapse
from cchc.dossiers.rules import rules_on
from cchc.dossiers.states_beside import ADVICE, OPEN_ADVICE
from cchc.notices.models import Notice
from cchc.records.errors import DomainError
from tests.dossiers.test_permissions import looking
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, at, completed, now_of, received, step_of, taken
from tests.factories.organizations import BY_TESTS, grant, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
NEXT = {
    "asked": {
        "answer_advice": "answered", "take_back_advice": "taken_back", "advice_lapses": "lapsed",
        "advice_falls_away": "taken_back",
    },
    "lapsed": {"answer_advice": "answered", "take_back_advice": "taken_back", "advice_falls_away": "taken_back"},
    "answered": {}, "taken_back": {},
}  # fmt: skip
"""Where a question may go, written out a second time."""


@pytest.fixture
def held(desk: Desk) -> Dossier:
    """The settling official has the step."""
    dossier = received(desk)
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    taken(desk, dossier, "settle", desk.settler, "23 09:00")
    return now_of(dossier)


def asked(desk: Desk, dossier: Dossier, when: str = "23 09:30", days: int = 1, **of: Any) -> Advice:
    step = step_of(dossier, "settle")
    whom = Asked(**(of or {"official": desk.second_settler}))
    return ask_advice(
        **desk.as_(desk.settler, when), step=step, expected_version=now_of(dossier).version, asked=whom,
        question="Có thuộc diện miễn không?", working_days=days,
    )  # fmt: skip


def code_of(refused: pytest.ExceptionInfo[DomainError]) -> str:
    return refused.value.code


def events(dossier: Dossier) -> list[str]:
    return list(DossierEvent.objects.filter(dossier=dossier).order_by("pk").values_list("act", flat=True))


def told(kind: str) -> list[tuple[str, str]]:
    found = Notice.objects.filter(kind=f"dossiers.{kind}").select_related("recipient").order_by("pk")
    return [(one.recipient.code, one.subject_id) for one in found]


def test_a_question_goes_where_the_second_writing_says_and_nowhere_else():
    found = {
        state.id: {step.id: ADVICE.after(state.id, step) for step in ADVICE.steps_from(state.id)}
        for state in ADVICE.states
    }
    assert found == NEXT
    assert set(OPEN_ADVICE) == {state for state, steps in NEXT.items() if steps}


@pytest.mark.requirement(8)
def test_an_opinion_has_a_limit_of_its_own_and_the_step_stays_its_holders(desk: Desk, held: Dossier):
    before = now_of(held)
    one = asked(desk, held, "23 09:30", 1)
    assert (one.state, one.due_at) == ("asked", at("25 09:30")), "the 24th is off"
    after, step = now_of(held), step_of(held, "settle")
    assert (after.due_at, after.state, step.holder, step.state) == (before.due_at, before.state, desk.settler, "held")
    assert after.version == before.version + 1
    answer_advice(**desk.as_(desk.second_settler, "23 14:00"), advice=one, answer="Thuộc diện miễn")
    one.refresh_from_db()
    assert (one.state, one.answer, one.closed_at, one.closed_by) == (
        "answered", "Thuộc diện miễn", at("23 14:00"), desk.second_settler,
    )  # fmt: skip
    assert events(held)[-2:] == ["ask_advice", "answer_advice"]
    assert told("advice_asked") == [("gq2", str(one.pk))] and told("advice_answered") == [("gq1", str(held.pk))]


def test_the_ledger_charges_the_holder_as_if_nobody_had_been_asked(desk: Desk, held: Dossier):
    def charged() -> list[tuple[Any, ...]]:
        (found,) = ledgers_of(Dossier.objects.all(), at("27 10:00")).values()
        return found.spells.select("step", "holder", "working_minutes", "late_minutes").rows()

    before = charged()
    one = asked(desk, held)
    lapse_advice(**BY_TESTS | {"now": at("26 08:00")}, advice=[one])
    answer_advice(**desk.as_(desk.second_settler, "26 10:00"), advice=one, answer="Được")
    assert charged() == before and any(row[1] == "gq1" and row[3] for row in before), "late, and the holder's"


@pytest.mark.parametrize(("when", "number"), [("25 09:30", 0), ("25 09:31", 1)])
def test_silence_past_the_limit_is_reported_once_to_the_head_of_the_one_stop(
    desk: Desk, held: Dossier, when: str, number: int
):
    one = asked(desk, held)
    assert len(next_to_lapse(0, at(when))) == number
    for _ in range(2):
        lapse_advice(**BY_TESTS | {"now": at(when)}, advice=[one])
    one.refresh_from_db()
    assert one.state == ("lapsed" if number else "asked")
    assert told("advice_lapsed") == [("mc1", str(held.pk))] * number
    assert next_to_lapse(0, at("30 08:00")) == ([] if number else [one])
    assert events(held).count("advice_lapses") == number


def test_without_a_head_of_the_one_stop_the_head_of_the_unit_is_told(desk: Desk, held: Dossier):
    from cchc.audit.recording import unguarded

    with unguarded():
        desk.one_stop_head.grants.all().delete()
    lapse_advice(**BY_TESTS | {"now": at("26 08:00")}, advice=[asked(desk, held)])
    assert told("advice_lapsed") == [("ct1", str(held.pk))]


@pytest.mark.parametrize(
    ("of", "code"),
    [
        ({}, "dossiers.ask_one"),
        ({"official": True, "body": "Sở Tư pháp"}, "dossiers.ask_one"),
        ({"body": "  "}, "dossiers.ask_one"),
        ({"holder": True}, "dossiers.asks_holder"),
    ],
)
def test_one_is_asked_and_not_oneself(desk: Desk, held: Dossier, of: dict[str, Any], code: str):
    given = {name: desk.second_settler if name == "official" else value for name, value in of.items()}
    if given.pop("holder", False):
        given = {"official": desk.settler}
    step = step_of(held, "settle")
    with pytest.raises(DomainError) as refused:
        ask_advice(
            **desk.as_(desk.settler, "23 09:30"), step=step, expected_version=held.version, asked=Asked(**given),
            question="Ý kiến?", working_days=1,
        )  # fmt: skip
    assert code_of(refused) == code and not Advice.objects.exists()


@pytest.mark.parametrize(("days", "fits"), [(0, False), (1, True), (60, True), (61, False)])
def test_the_limit_has_bounds(desk: Desk, held: Dossier, days: int, fits: bool):
    if fits:
        assert asked(desk, held, days=days).working_days == days
    else:
        with pytest.raises(DomainError) as refused:
            asked(desk, held, days=days)
        assert code_of(refused) == "dossiers.advice_limit"


def test_a_body_outside_answers_by_the_holder_with_what_shows_it(desk: Desk, held: Dossier):
    one = asked(desk, held, body="Công an xã")
    with pytest.raises(DomainError) as refused:
        answer_advice(**desk.as_(desk.settler, "23 10:00"), advice=one, answer="Đồng ý")
    assert code_of(refused) == "dossiers.evidence_missing"
    answer_advice(**desk.as_(desk.settler, "23 10:00"), advice=one, answer="Đồng ý", evidence="CV 12/CAX")
    one.refresh_from_db()
    assert (one.state, one.evidence) == ("answered", "CV 12/CAX")
    assert not told("advice_asked") and not told("advice_answered"), "the holder noted it"
    assert may_answer_advice(looking(desk.settler), one) and not may_answer_advice(looking(desk.head), one)


def test_what_is_over_is_answered_no_more(desk: Desk, held: Dossier):
    one = asked(desk, held)
    take_back_advice(**desk.as_(desk.settler, "23 10:00"), advice=one, reason="Đã rõ")
    for act in (
        lambda: answer_advice(**desk.as_(desk.second_settler, "23 11:00"), advice=one, answer="Được"),
        lambda: take_back_advice(**desk.as_(desk.settler, "23 11:00"), advice=one, reason="Đã rõ"),
    ):
        with pytest.raises(DomainError) as refused:
            act()
        assert code_of(refused) == "dossiers.advice_over"


def test_nobody_waits_at_a_step_that_is_over(desk: Desk, held: Dossier):
    one, other = asked(desk, held), asked(desk, held, body="Công an xã")
    answer_advice(**desk.as_(desk.second_settler, "23 10:00"), advice=one, answer="Được")
    completed(desk, held, "settle", desk.settler, "23 11:00")
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state, other.closed_at) == ("answered", "taken_back", at("23 11:00"))


def test_nobody_asks_where_nobody_holds_or_the_dossier_rests(desk: Desk, held: Dossier):
    pausing.suspend(
        **desk.as_(desk.head, "23 09:10"), dossier=held, expected_version=held.version, reason_code="dispute",
        reason="Có đơn",
    )  # fmt: skip
    with pytest.raises(DomainError) as refused:
        asked(desk, held)
    assert code_of(refused) == "dossiers.not_running"
    other = received(desk)
    with pytest.raises(DomainError) as refused:
        asked(desk, other)
    assert code_of(refused) == "dossiers.not_held"


def test_of_a_dossier_that_ends_nothing_lapses(desk: Desk, held: Dossier):
    one = asked(desk, held)
    ending.withdraw(
        **desk.as_(desk.receiver, "23 10:00"), dossier=held, expected_version=now_of(held).version,
        reason_code="by_owner", reason="Theo đơn",
    )  # fmt: skip
    one.refresh_from_db()
    assert one.state == "taken_back" and next_to_lapse(0, at("30 08:00")) == []


@given(st.lists(st.sampled_from(sorted({act for acts in NEXT.values() for act in acts})), max_size=8))
def test_any_order_of_clicks_goes_along_the_table(acts: list[str]):
    state = ADVICE.first
    for act in acts:
        step = ADVICE.step(act)
        if state in step.sources:
            state = ADVICE.after(state, step)
        assert (act in NEXT[state]) == (state in step.sources)
    assert (state in ADVICE.final) == (not NEXT[state])


def test_the_default_limit_is_dated_and_unverified():
    rule = rules_on(date(2026, 11, 30))
    assert rule.value.advice == 2 and not rule.verification.verified


def test_a_unit_answers_by_those_in_charge_and_nobody_else_sees_the_question(desk: Desk, held: Dossier):
    office = unit("phong-vh", desk.commune, name="Phòng Văn hóa")
    expert, clerk = official("vh1", "H'Hen", office, post="Trưởng phòng"), official("vh2", "A Lý", office)
    grant(expert, "unit_head", office)
    one = asked(desk, held, unit=office)
    assert told("advice_asked") == [("vh1", str(one.pk))]
    may = {who.code for who in (expert, clerk, desk.stranger, desk.settler) if may_answer_advice(looking(who), one)}
    assert may == {"vh1"} and not may_ask_advice(looking(expert), one.step)
    page = client_of(expert).get(f"/ho-so/y-kien/{one.pk}/").content.decode()
    assert "Có thuộc diện miễn không?" in page and held.code in page
    assert held.owner_name not in page and held.owner_number not in page
    for refused in (clerk, desk.stranger):
        assert client_of(refused).get(f"/ho-so/y-kien/{one.pk}/").status_code == 403


@pytest.mark.requirement(8)
def test_the_whole_way_through_the_pages(desk: Desk, held: Dossier):
    step, settler = step_of(held, "settle"), client_of(desk.settler)
    ask = f"/ho-so/buoc/{step.pk}/lay-y-kien/"
    page = settler.get(f"/ho-so/{held.pk}/").content.decode()
    assert ask in page
    form = settler.get(ask).content.decode()
    assert 'name="working_days" value="2"' in form, "the default of the rule"
    typed = {"version": held.version, "question": "Còn hiệu lực không?", "working_days": "1", "official": "gq2"}
    assert settler.post(ask, typed | {"official": ""}).status_code == 422
    assert settler.post(ask, typed).status_code == 302
    one = Advice.objects.get()
    stale = settler.post(ask, typed)
    assert stale.status_code == 409 and "Còn hiệu lực không?" in stale.content.decode()
    adviser = client_of(desk.second_settler)
    assert f"/ho-so/y-kien/{one.pk}/" in adviser.get("/ban-lam-viec/").content.decode()
    assert f"/ho-so/y-kien/{one.pk}/" not in settler.get("/ban-lam-viec/").content.decode()
    assert adviser.post(f"/ho-so/y-kien/{one.pk}/", {"answer": ""}).status_code == 422
    assert adviser.post(f"/ho-so/y-kien/{one.pk}/", {"answer": "Còn hiệu lực"}).headers["Location"] == "/ban-lam-viec/"
    assert "Còn hiệu lực" in settler.get(f"/ho-so/{held.pk}/").content.decode()
    assert adviser.get(f"/ho-so/y-kien/{one.pk}/").status_code == 422, "it was answered"


def test_what_did_not_come_stands_on_the_desk_of_the_head(desk: Desk, held: Dossier):
    one = asked(desk, held)
    head = client_of(desk.one_stop_head)
    assert "chưa được trả lời đúng hạn" not in head.get("/ban-lam-viec/").content.decode()
    lapse_advice(**BY_TESTS | {"now": at("26 08:00")}, advice=[one])
    page = head.get("/ban-lam-viec/").content.decode()
    assert held.code in page and "chưa được trả lời đúng hạn" in page
    settler = client_of(desk.settler)
    assert settler.post(f"/ho-so/y-kien/{one.pk}/rut/", {"reason": "Tự xác minh"}).status_code == 302
    assert "Tự xác minh" in settler.get(f"/ho-so/{held.pk}/").content.decode()
