"""Another calendar of a unit: which open dossiers it moves is said before, and exactly these are counted anew."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from threading import Event

import pytest
import time_machine
from django.test import Client

from cchc.audit.actions import action, record, values_of
from cchc.audit.queries import verify_chain
from cchc.dossiers.actions import pausing
from cchc.dossiers.actions.recounting import recount_dossier
from cchc.dossiers.actions.working import take_up
from cchc.dossiers.audit_kinds import RECOUNTED
from cchc.dossiers.jobs import OF_ALL, OF_UNIT
from cchc.dossiers.ledger_rows import ledgers_of
from cchc.dossiers.models import Appointment, Dossier, DossierEvent
from cchc.dossiers.queries import recounting
from cchc.dossiers.queries.recounting import open_dossiers, out_of_step, touched_by
from cchc.interface.actions import request_job, save_part
from cchc.interface.jobs import leases
from cchc.interface.jobs.kinds import job_kind
from cchc.interface.jobs.running import Run, WorkerStopping
from cchc.interface.models import Job
from cchc.interface.together import answer
from cchc.notices.models import Notice
from cchc.organizations.actions.taking_back import take_back_calendar
from cchc.organizations.actions.units import choose_calendar
from cchc.organizations.calendars import CalendarChoice, load_calendar
from cchc.organizations.models import CalendarUse, Unit
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.dossiers import BIRTH, LAND, ZONE, Desk, at, completed, now_of, received, settled, step_of, taken
from tests.factories.jobs import do_job
from tests.factories.organizations import BY_TESTS, TESTER, grant, official

SATURDAYS, NATIONAL = "vn-example-commune", "vn"
CHANGE = date(2026, 11, 30)
BOTH = f"{SATURDAYS}+2026-11-30+{NATIONAL}"
FIRST = datetime(2026, 12, 4, 9, 0, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def friday():
    """The clock of jobs; acts name their own moments before it."""
    with time_machine.travel(at("27 08:00"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def worked_on_saturdays(desk: Desk) -> Desk:
    choose_calendar(**BY_TESTS, unit=desk.commune, calendar=SATURDAYS, starts_on=date(2026, 1, 5))
    return desk


def choose(unit: Unit, calendar: str = NATIONAL, day: date = CHANGE) -> None:
    choose_calendar(actor=TESTER, now=at("27 08:00"), unit=unit, calendar=calendar, starts_on=day)


def asked() -> Job:
    return Job.objects.filter(kind=OF_UNIT).order_by("-pk")[0]


def preview(unit: Unit, calendar: str = NATIONAL) -> dict[str, tuple[datetime | None, int]]:
    found = answer(touched_by(CalendarChoice(unit, calendar, CHANGE)))
    return {one.dossier.code: (one.due_at, len(one.steps)) for one in found if one.moves}


@pytest.mark.requirement(48)
def test_the_job_does_exactly_what_the_preview_said(worked_on_saturdays: Desk):
    desk = worked_on_saturdays
    moved, short, over = received(desk, LAND), received(desk, BIRTH), received(desk, BIRTH)
    settled(desk, over)
    completed(desk, moved, "receive", desk.receiver, "23 09:00")
    taken(desk, moved, "examine", desk.settler, "23 09:30")
    before, foreseen = now_of(moved), preview(desk.commune)
    assert set(foreseen) == {moved.code}, "one day was over before, the other is settled"
    choose(desk.commune)
    do_job(asked())
    then = now_of(moved)
    assert foreseen == {moved.code: (then.due_at, 2)} and then.due_at > before.due_at, "examined here and by the office"
    assert (then.first_due_at, then.calendar, then.version) == (before.first_due_at, BOTH, before.version + 1)
    old, new = Appointment.objects.filter(dossier=moved).order_by("pk")
    assert (old.due_at, new.due_at) == (before.due_at, then.due_at)
    assert (new.reason_code, new.is_decision, new.made_by) == ("calendar_changed", False, None)
    event = DossierEvent.objects.filter(dossier=moved).order_by("-pk")[0]
    assert (event.act, event.reason_code, event.due_at, event.by) == ("recount", "calendar_changed", then.due_at, None)
    assert now_of(short).version == short.version and now_of(short).calendar == BOTH, "followed, nothing moved"
    assert now_of(over).calendar == SATURDAYS and verify_chain().is_valid


def test_again_changes_nothing_and_tells_nobody(worked_on_saturdays: Desk):
    desk = worked_on_saturdays
    dossier = received(desk, LAND)
    choose(desk.commune)
    do_job(asked())
    events, notices = DossierEvent.objects.count(), Notice.objects.filter(kind="dossiers.recounted").count()
    for kind, given in ((OF_UNIT, {"unit": desk.commune.pk, "with_renewed": True}), (OF_ALL, {})):
        do_job(request_job(actor=TESTER, now=at("27 08:00"), kind=kind, parameters=given))
    assert DossierEvent.objects.count() == events and Appointment.objects.filter(dossier=dossier).count() == 2
    assert Notice.objects.filter(kind="dossiers.recounted").count() == notices and not preview(desk.commune)


def test_one_notice_a_person_with_the_number(worked_on_saturdays: Desk):
    desk = worked_on_saturdays
    for _ in range(3):
        received(desk, LAND)
    choose(desk.commune)
    do_job(asked())
    notices = Notice.objects.filter(kind="dossiers.recounted").order_by("pk")
    told = {one.recipient_id: one.parameters["number"] for one in notices}
    assert told == {desk.receiver.pk: 3, desk.head.pk: 3}


def test_a_worker_that_was_stopped_is_followed_by_one_that_goes_on(worked_on_saturdays: Desk, monkeypatch):
    monkeypatch.setattr(recounting, "BATCH", 2)
    desk = worked_on_saturdays
    dossiers = [received(desk, LAND) for _ in range(5)]
    choose(desk.commune)
    job, stop, attempts = asked(), Event(), 0
    stop.set()  # told to stop from the start: each attempt does one dossier and ends
    while True:
        lease = leases.take(worker="test", kinds=[OF_UNIT], now=at("27 08:00") + timedelta(hours=attempts))
        assert lease is not None
        run = Run(lease, Job.objects.get(pk=job.pk), stop, save_part)
        try:
            writes = job_kind(OF_UNIT).function(run, unit=desk.commune.pk, with_renewed=False)
            break
        except WorkerStopping:
            leases.give_back(lease, now=at("27 08:00"))
            attempts += 1
            if attempts == 5:
                stop = Event()
    assert attempts == 5 and writes is not None
    writes(actor=run.actor, now=at("27 08:00"))
    assert [Appointment.objects.filter(dossier=one).count() for one in dossiers] == [2] * 5
    numbers = {one.parameters["number"] for one in Notice.objects.filter(kind="dossiers.recounted").order_by("pk")}
    assert numbers == {5}


def test_who_works_on_it_at_that_moment_is_not_disturbed_and_it_is_done_afterwards(worked_on_saturdays, monkeypatch):
    desk = worked_on_saturdays
    dossier = received(desk, LAND)
    completed(desk, dossier, "receive", desk.receiver, "23 09:00")
    choose(desk.commune)
    seen = now_of(dossier)
    real, disturbed = recounting.counted_by, []

    def counted_while_somebody_clicks(one, calendar):
        if not disturbed:
            disturbed.append(taken(desk, dossier, "examine", desk.settler, "27 08:00"))
        return real(one, calendar)

    monkeypatch.setattr("cchc.dossiers.jobs.counted_by", counted_while_somebody_clicks)
    do_job(asked())
    then = now_of(dossier)
    assert disturbed and then.calendar == BOTH and then.version == seen.version + 2
    step = step_of(dossier, "examine")
    with pytest.raises(DomainError) as refused:
        take_up(**desk.as_(desk.settler, "27 09:00"), step=step, official=desk.settler, expected_version=seen.version)
    assert refused.value.code == "dossiers.stale"
    assert refused.value.problems[0].message.params["act"].vi == "Tính lại theo lịch làm việc khác"


def test_a_choice_taken_back_counts_back(worked_on_saturdays: Desk):
    desk = worked_on_saturdays
    dossier = received(desk, LAND)
    choose(desk.commune)
    do_job(asked())
    use = CalendarUse.objects.get(starts_on=CHANGE)
    take_back_calendar(actor=TESTER, now=at("27 08:00"), use=use, reason="Chưa áp dụng")
    do_job(asked())
    then = now_of(dossier)
    assert (then.due_at, then.calendar) == (dossier.due_at, SATURDAYS)
    dues = Appointment.objects.filter(dossier=dossier).order_by("pk").values_list("due_at", flat=True)
    assert len(dues) == 3 and dues[0] == dues[2], "each promise stays as a record"


def test_units_with_a_calendar_of_their_own_keep_theirs(worked_on_saturdays: Desk):
    desk = worked_on_saturdays
    dossier = received(desk, LAND)
    assert preview(desk.province) == {}
    choose(desk.province)
    do_job(asked())
    assert now_of(dossier).calendar == SATURDAYS and now_of(dossier).version == dossier.version


def test_more_hours_bring_no_first_appointment_forward(desk: Desk):
    dossier = received(desk, LAND)
    assert all(due == dossier.due_at for due, _ in preview(desk.commune, SATURDAYS).values())
    choose(desk.commune, SATURDAYS)
    do_job(asked())
    assert now_of(dossier).due_at == dossier.due_at and Appointment.objects.filter(dossier=dossier).count() == 1


def test_what_is_received_before_a_change_that_is_known_is_promised_by_both(worked_on_saturdays: Desk):
    desk = worked_on_saturdays
    earlier = received(desk, LAND)
    choose(desk.commune)
    do_job(asked())
    later = received(desk, LAND)
    assert (later.calendar, later.due_at) == (BOTH, now_of(earlier).due_at)
    assert not list(out_of_step(open_dossiers()))


@pytest.mark.requirement(89)
def test_one_that_waits_is_counted_as_it_stood_and_goes_on_by_the_new_calendar(worked_on_saturdays: Desk):
    desk = worked_on_saturdays
    waiting, running = received(desk, LAND), received(desk, LAND)
    held = now_of(waiting)
    pausing.suspend(
        **desk.as_(desk.head, "23 09:00"), dossier=held, expected_version=held.version, reason_code="other_body",
        reason="Chờ xác minh",
    )  # fmt: skip
    choose(desk.commune)
    do_job(asked())
    assert now_of(waiting).due_at == now_of(running).due_at, "the pause is added when it ends"
    held = now_of(waiting)
    pausing.resume(**desk.as_(desk.head, "27 08:00"), dossier=held, expected_version=held.version)
    calendar = load_calendar(BOTH)
    minutes = calendar.elapsed_minutes(at("23 09:00"), at("27 08:00"))
    assert now_of(waiting).due_at == calendar.due(now_of(running).due_at, minutes)


@pytest.mark.requirement(71)
def test_every_late_minute_is_still_charged(worked_on_saturdays: Desk):
    desk = worked_on_saturdays
    dossier = received(desk, LAND)
    completed(desk, dossier, "receive", desk.receiver, "23 09:00")
    taken(desk, dossier, "examine", desk.settler, "25 09:00")
    choose(desk.commune)
    do_job(asked())
    until = now_of(dossier).due_at + timedelta(days=20)
    (found,) = ledgers_of(Dossier.objects.all(), until).values()
    (row,) = found.dossiers.rows(named=True)
    late = load_calendar(BOTH).elapsed_minutes(now_of(dossier).due_at, until)
    assert row["late_minutes"] == late > 0 and found.spells["late_minutes"].sum() == late


@action
def as_if_counted_by_an_older_version(*, actor, now, dossier: Dossier) -> None:
    dossier.first_due_at, dossier.due_at, dossier.calendar_hash = FIRST, FIRST, "0" * 64
    dossier.save()
    record(RECOUNTED, dossier, after=values_of(dossier))


def test_a_calendar_in_a_newer_version_waits_for_who_asks(desk: Desk):
    dossier = received(desk, LAND)
    right = dossier.due_at
    as_if_counted_by_an_older_version(**BY_TESTS, dossier=dossier)
    do_job(request_job(actor=TESTER, now=at("27 08:00"), kind=OF_ALL))
    assert now_of(dossier).due_at == FIRST, "the night does not move what was promised by an upgrade"
    (found,) = out_of_step(open_dossiers())
    assert (found.due_at, found.moves_appointment) == (right, True)
    given = {"unit": None, "with_renewed": True}
    do_job(request_job(actor=TESTER, now=at("27 08:00"), kind=OF_UNIT, parameters=given))
    then = now_of(dossier)
    assert (then.due_at, then.first_due_at, then.calendar_hash) == (right, FIRST, load_calendar(NATIONAL).hash)
    assert DossierEvent.objects.filter(dossier=dossier, reason_code="calendar_renewed").count() == 1


def test_one_due_beyond_the_calendar_stays_and_is_said(worked_on_saturdays: Desk, monkeypatch):
    desk = worked_on_saturdays
    dossier = received(desk, LAND)
    short = load_calendar(SATURDAYS)
    monkeypatch.setattr(type(short), "due_in_working_days", _beyond)
    (found,) = answer(touched_by(CalendarChoice(desk.commune, NATIONAL, CHANGE)))
    assert found.is_beyond and not found.moves
    choose(desk.commune)
    do_job(asked())
    assert now_of(dossier).calendar == SATURDAYS
    assert not recount_dossier(**BY_TESTS, dossier=dossier, expected_version=dossier.version, calendar=BOTH)


def _beyond(self, start, days, **_):
    raise self._ends_outside(start)


@pytest.fixture
def administrator(worked_on_saturdays: Desk) -> Client:
    person = official("quan-tri", works_in=worked_on_saturdays.commune)
    grant(person, "administrator", worked_on_saturdays.commune)
    return client_of(person)


@pytest.mark.requirement(48)
def test_the_page_of_a_choice_says_how_many_and_leads_to_them(worked_on_saturdays, administrator, monkeypatch):
    desk = worked_on_saturdays
    dossiers = [received(desk, LAND) for _ in range(3)]
    asks = {"calendar": NATIONAL, "starts_on": "30/11/2026"}
    page = administrator.post("/don-vi/xa-mot/lich/", asks).content.decode()
    assert "3 hồ sơ đang mở" in page and "/ho-so/doi-lich/xa-mot/vn/2026-11-30/" in page
    monkeypatch.setattr("cchc.dossiers.shown_recounting.PAGE_SIZE", 2)
    address = "/ho-so/doi-lich/xa-mot/vn/2026-11-30/"
    first = administrator.get(address).content.decode()
    assert dossiers[0].code in first and dossiers[2].code not in first
    assert f"/ho-so/{dossiers[0].pk}/" not in first, "who administers units sees no dossier by that"
    assert "Trần Thị Lan" not in first
    second = administrator.get(f"{address}?sau={dossiers[1].pk}").content.decode()
    assert dossiers[2].code in second and dossiers[0].code not in second
    assert administrator.get("/ho-so/doi-lich/xa-mot/khong-co/2026-11-30/").status_code == 404
    assert administrator.get("/ho-so/doi-lich/xa-mot/vn/2026-13-30/").status_code == 404
    assert client_of(desk.receiver).get(address).status_code == 403


def test_the_page_of_a_dossier_says_why(worked_on_saturdays: Desk):
    desk = worked_on_saturdays
    dossier = received(desk, LAND)
    choose(desk.commune)
    do_job(asked())
    page = client_of(desk.receiver).get(f"/ho-so/{dossier.pk}/vi-sao/").content.decode()
    assert "Tính theo lịch làm việc khác" in page
    history = client_of(desk.receiver).get(f"/ho-so/{dossier.pk}/").content.decode()
    assert "Đơn vị làm việc theo lịch khác" in history and "<del" in history
