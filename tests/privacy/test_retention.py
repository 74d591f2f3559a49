"""What is past its time goes, what is a day younger stays, what is still needed is held, and the chain is whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.audit.actions import action, record
from cchc.audit.models import AuditEvent, AuditPayload
from cchc.audit.queries import verify_chain
from cchc.files import storage
from cchc.files.actions import hold_back
from cchc.files.jobs import sweep
from cchc.files.models import Blob, StoredFile
from cchc.followups.models import Task
from cchc.interface import actions as jobs
from cchc.interface.counters import counters
from cchc.interface.jobs.worker import work_once
from cchc.interface.models import Job, JobLease, JobState
from cchc.interface.together import answer_all
from cchc.notices.models import Channel, Delivery, DeliveryState, Notice
from cchc.organizations.actions.accounts import open_account
from cchc.organizations.actions.imports import hand_in_import
from cchc.organizations.actions.people import change_official, end_posting, enter_official, post_official
from cchc.organizations.audit_kinds import OFFICIAL_CHANGED
from cchc.organizations.models import Account, Official, Posting, RegisterImport
from cchc.papers.actions.basis_imports import hand_in_bases, set_bases_aside
from cchc.privacy.actions import carry_out, seal_log
from cchc.privacy.kept import Due, known_kept
from cchc.privacy.log import disclosure_log
from cchc.privacy.queries import verify_log
from cchc.privacy.rules import Rule, rules_on
from cchc.privacy.survey import survey
from cchc.records.timelines import Dated
from cchc.registers.actions.imports import hand_in_entries, set_entries_aside
from tests.factories.files import cited, stored
from tests.factories.followups import step, task
from tests.factories.organizations import BY_TESTS, NOW, TESTER, TODAY, official, unit
from tests.factories.registers import register
from tests.privacy.test_log import disclosure

pytestmark = pytest.mark.usefixtures("today")
BY = {"actor": TESTER, "now": NOW}


def rule_of(code: str) -> Dated[Rule]:
    return next(one for one in rules_on(TODAY) if one.value.kept.code == code)


def edge(code: str) -> datetime:
    """What is older is past its time."""
    return rule_of(code).value.keep.before(NOW)


def counted(code: str) -> Due:
    found: Due
    (found,) = answer_all(rule_of(code).value.kept.count(edge(code)))
    return found


def ended(code: str) -> int:
    """Carry out one rule; what it counted before is what it ended."""
    rule = rule_of(code)
    due = counted(code).due
    count = carry_out(**BY, rule=rule, before=edge(code))
    assert count == due
    assert counted(code).due == 0
    assert verify_chain().is_valid
    return count


def held(code: str) -> int:
    return counted(code).held


ONE = timedelta(microseconds=1)


@pytest.mark.django_db
def test_nothing_due_is_no_event():
    for one in survey(NOW):
        assert (one.due.due, one.due.held, one.soon) == (0, 0, 0)
        assert carry_out(**BY, rule=one.rule, before=one.before) == 0
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_sessions(settings):
    code, person = "organizations.sessions", official("cb1", works_in=unit("tinh"))
    account = open_account(**BY_TESTS, official=person, username="cb1.ten")
    for name, expires in (("old", edge(code) - ONE), ("young", edge(code))):
        Session.objects.create(session_key=name, session_data="-", expire_date=expires)
        UserSession.objects.create(
            user=account, session_key=name, ip="10.0.0.1", user_agent="-", data={}, last_seen_at=edge(code) - ONE
        )
    assert ended(code) == 1
    assert set(Session.objects.values_list("session_key", flat=True)) == {"young"}
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {"young"}
    Session.objects.all().delete()
    assert ended(code) == 1, "the trace of a session that was ended by hand"
    assert not UserSession.objects.exists()


@pytest.mark.django_db
def test_counts_of_failed_sign_ins():
    code = "privacy.sign_in_counts"
    counters().add("old", now=edge(code) - timedelta(seconds=1), within=timedelta(hours=1))
    assert ended(code) == 1
    counters().add("young", now=edge(code), within=timedelta(hours=1))
    assert ended(code) == 0


@pytest.mark.django_db
def test_the_log_of_disclosures_and_its_seal():
    code = "privacy.disclosures"
    for moment in (edge(code) - ONE, edge(code), NOW):
        disclosure_log().append(replace(disclosure(), at=moment))
    seal_log(**BY)
    assert ended(code) == 1
    report = verify_log()
    assert (report.damaged, report.lines, report.removed) == ((), 2, 1)


@pytest.mark.django_db
def test_jobs_go_but_not_those_that_wait_or_that_an_import_leads_to():
    code, person = "privacy.jobs", official("cb1", works_in=unit("tinh"))
    old = edge(code) - ONE
    with time_machine.travel(old, tick=False):
        asked = {name: jobs.request_job(actor=TESTER, now=old, kind="files.sweep", key=name) for name in "abc"}
        made = hand_in_import(actor=TESTER, now=old, file="a.csv", content=b"a", official=person)
        jobs.cancel_job(actor=TESTER, now=old, number=asked["a"].pk)
        jobs.cancel_job(actor=TESTER, now=old, number=made.checking_id)
    jobs.cancel_job(actor=TESTER, now=edge(code), number=asked["b"].pk)
    assert held(code) == 1
    assert ended(code) == 1
    assert set(Job.objects.values_list("pk", flat=True)) == {asked["b"].pk, asked["c"].pk, made.checking_id}
    assert JobLease.objects.count() == 3


@pytest.mark.django_db
def test_imports_that_nobody_decided_about_lose_their_content():
    code, person = "organizations.imports", official("cb1", works_in=unit("tinh"))
    for moment, who in ((edge(code) - ONE, person), (edge(code), official("cb2", works_in=unit("so")))):
        hand_in_import(actor=TESTER, now=moment, file="a.csv", content=b"a", official=who)
    assert (held(code), ended(code)) == (1, 0), "its check is not over"
    made = RegisterImport.objects.get(uploaded_by=person)
    jobs.cancel_job(**BY, number=made.checking_id)
    assert ended(code) == 1
    made.refresh_from_db()
    assert made.set_aside_at == NOW and bytes(made.content) == b""
    assert RegisterImport.objects.filter(set_aside_at=None).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["registers.imports", "papers.imports"])
def test_files_of_entries_and_of_legal_bases_lose_their_content_too(code):
    place = unit("tinh", name="tỉnh Mẫu")
    person = official("cb1", works_in=place)
    given = {"actor": TESTER, "file": "a.xlsx", "content": b"a", "official": person}
    hand_in, where = (
        (hand_in_entries, {"register": register(place)})
        if code == "registers.imports"
        else (hand_in_bases, {"unit": place})
    )
    old, young = (hand_in(**given, **where, now=moment) for moment in (edge(code) - ONE, edge(code)))
    decided = hand_in(**given, **where, now=edge(code) - ONE)
    (set_entries_aside if code == "registers.imports" else set_bases_aside)(
        actor=TESTER, now=edge(code), number=decided.pk
    )
    assert (held(code), ended(code)) == (0, 1)
    for made in (old, young, decided):
        made.refresh_from_db()
    assert (old.set_aside_at, bytes(old.content)) == (NOW, b"")
    assert (young.is_open, bytes(young.content), decided.set_aside_at) == (True, b"a", edge(code))
    assert ended(code) == 0


@pytest.fixture
def leave() -> Callable[[Official, int], None]:
    def leave(person: Official, days: int) -> None:
        posting = Posting.objects.get(official=person)
        end_posting(**BY_TESTS, posting=posting, ends_on=localdate(NOW) - timedelta(days), reason="Nghỉ hưu")

    return leave


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "count"), [(8, 1), (7, 0), (-1, 0)])
def test_accounts_of_those_who_left_are_closed(leave, days, count):
    """Seven days are kept whole: whoever worked until the seventh day before today keeps the account today."""
    person = official("cb1", works_in=unit("tinh"))
    open_account(**BY_TESTS, official=person, username="cb1.ten")
    leave(person, days)
    assert ended("organizations.accounts") == count
    assert Account.objects.filter(ended_at=NOW, is_active=False).count() == count


@pytest.mark.django_db
def test_who_has_no_post_yet_or_works_on_elsewhere_has_not_left(leave):
    newcomer = official("moi")
    open_account(**BY_TESTS, official=newcomer, username="moi.ten")
    assert ended("organizations.accounts") == 0


@pytest.mark.django_db
def test_contacts_of_those_who_left_go_unless_a_task_still_needs_them(leave):
    province, commune = unit("tinh"), unit("xa")
    gone, leads = official("cb1", works_in=province), official("cb2", "Lê Thị Bích", works_in=commune)
    given_task = task(commune, leads, province)
    for person in (gone, leads):
        change_official(**BY_TESTS, official=person, name=person.name, email=f"{person.code}@a.vn", phone="0123")
        leave(person, 400)
    assert held("organizations.contacts") == 1
    assert ended("organizations.contacts") == 1
    gone.refresh_from_db()
    leads.refresh_from_db()
    assert (gone.email, gone.phone, gone.name) == ("", "", "Nguyễn Văn An")
    assert leads.email == "cb2@a.vn"
    said = "".join(body or "" for body in AuditPayload.objects.order_by("pk").values_list("body", flat=True))
    assert "cb1@a.vn" not in said and "cb2@a.vn" in said, "the chain has forgotten it too"
    assert "Nguyễn Văn An" in said, "what was entered without a contact stays"
    step(given_task, "withdraw")
    assert Task.objects.get().closed_at is not None
    assert (held("organizations.contacts"), ended("organizations.contacts")) == (0, 1)


@pytest.mark.django_db
def test_files_cited_nowhere_go_with_their_content(own_data):
    code, person = "files.uncited", official("cb1", works_in=unit("tinh"))
    old = edge(code) - ONE
    loose = stored(b"%PDF loose", by=person, now=old)
    quarantined = stored(b"%PDF bad", by=person, now=old)
    hold_back(**BY_TESTS, blob=quarantined.blob, reason="Nghi ngờ")
    proof = stored(b"%PDF proof", by=person, now=old)
    cited(proof, ("organizations.Unit", unit("xa").pk))
    young = stored(b"%PDF young", by=person, now=edge(code))
    other = stored(b"%PDF loose", by=official("cb2"), now=edge(code))
    assert held(code) == 1
    assert ended(code) == 2
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {proof.pk, young.pk, other.pk}
    assert set(Blob.objects.values_list("sha256", flat=True)) == {
        loose.blob.sha256,
        proof.blob.sha256,
        young.blob.sha256,
    }, "a content that another file has stays"
    path = storage.path_of(quarantined.blob.sha256)
    assert sweep.function(None) is None
    assert path.exists(), "it may have been uploaded again a moment ago"
    for one in (quarantined, proof):
        os.utime(storage.path_of(one.blob.sha256), (0, 0))
    sweep.function(None)
    assert not path.exists()
    assert storage.path_of(proof.blob.sha256).exists()


@pytest.mark.django_db
def test_notices_that_were_read_go_with_their_deliveries():
    code, person = "notices.notices", official("cb1", works_in=unit("tinh"))
    old = edge(code) - ONE
    made = {
        "old": notice(person, read_at=old),
        "waits": notice(person, read_at=old, state=DeliveryState.HELD),
        "young": notice(person, read_at=edge(code)),
        "unread": notice(person, read_at=None),
    }
    assert held(code) == 1
    assert ended(code) == 1
    assert set(Notice.objects.values_list("pk", flat=True)) == {made[name].pk for name in ("waits", "young", "unread")}
    assert Delivery.objects.count() == 3


@pytest.mark.django_db
def test_notices_never_read_go_a_while_after_their_recipient_left():
    code, place = "notices.unread_of_departed", unit("tinh")
    people = {name: official(name, works_in=place) for name in ("gone", "just-gone", "waited-for", "here")}
    states = {"waited-for": DeliveryState.HELD}
    made = {name: notice(who, None, states.get(name, DeliveryState.SENT)) for name, who in people.items()}
    read = notice(people["gone"], read_at=NOW)
    edge_on = localdate(edge(code))
    for name, last_day in (
        ("gone", edge_on - timedelta(1)),
        ("just-gone", edge_on),
        ("waited-for", edge_on - timedelta(1)),
    ):
        (posting,) = people[name].postings.all()
        end_posting(**BY_TESTS, posting=posting, ends_on=last_day, reason="Nghỉ hưu")
    assert (held(code), ended(code)) == (1, 1)
    left = {made[name].pk for name in ("just-gone", "waited-for", "here")}
    assert set(Notice.objects.values_list("pk", flat=True)) == left | {read.pk}


@action
def _keep(*, actor, now, rows) -> None:
    for row in rows:
        row.save()
    record("notices.notice_given", rows[0])


def notice(person: Official, read_at: datetime | None, state: DeliveryState = DeliveryState.SENT) -> Notice:
    made = Notice(
        recipient=person, kind="organizations.role_granted", version=1, subject_type="organizations.Official",
        subject_id=str(person.pk), parameters={}, created_at=NOW - timedelta(900), read_at=read_at,
    )  # fmt: skip
    _keep(**BY_TESTS, rows=[made])
    settled = None if state == DeliveryState.HELD else NOW
    _keep(**BY_TESTS, rows=[Delivery(notice=made, channel=Channel.EMAIL.value, state=state.value, settled_at=settled)])
    return made


@pytest.mark.django_db
def test_mails_in_the_outbox(settings):
    code = "notices.outbox"
    assert ended(code) == 0, "there may be no folder yet"
    settings.CCHC_OUTBOX.mkdir()
    for name, moment in (("old.eml", edge(code) - timedelta(seconds=1)), ("young.eml", edge(code)), ("old.txt", NOW)):
        path = settings.CCHC_OUTBOX / name
        path.write_text("-")
        os.utime(path, (moment.timestamp(), moment.timestamp()))
    assert ended(code) == 1
    assert {path.name for path in settings.CCHC_OUTBOX.iterdir()} == {"young.eml", "old.txt"}


@pytest.mark.django_db
@pytest.mark.requirement(125)
def test_old_contents_of_the_chain_are_erased_unless_they_are_about_somebody_in_office(leave):
    code = "privacy.audit_payloads"
    old = edge(code) - ONE
    place = unit("tinh")
    for number, moment in (("gone", old), ("stays", old), ("young", edge(code))):
        with time_machine.travel(moment, tick=False):
            person = enter_official(actor=TESTER, now=moment, code=number, name="Lò Văn Ẵng")
        post_official(**BY_TESTS, official=person, unit=place, post="Chuyên viên", starts_on=TODAY - timedelta(5000))
        if number != "stays":
            leave(person, 10)
    assert (held(code), ended(code)) == (1, 1)
    erased = AuditPayload.objects.exclude(redacted_at=None).get()
    assert erased.event.subject_id == str(Official.objects.get(code="gone").pk)
    assert ended(code) == 0


@given(ages=st.lists(st.tuples(st.integers(0, 5_000), st.booleans()), min_size=1, max_size=8))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.django_db
@pytest.mark.requirement(125)
def test_whatever_is_erased_the_chain_verifies(ages):
    """Any mixture of old and new, personal and other events: exactly the old personal ones are erased."""
    code, first = "privacy.audit_payloads", AuditEvent.objects.count()
    for days, is_personal in ages:
        _note(actor=TESTER, now=NOW - timedelta(days), personal=is_personal)
    expected = sum(is_personal and NOW - timedelta(days) < edge(code) for days, is_personal in ages)
    before = AuditPayload.objects.exclude(redacted_at=None).count()
    assert ended(code) == expected
    assert AuditPayload.objects.exclude(redacted_at=None).count() == before + expected
    assert verify_chain().is_valid
    assert AuditEvent.objects.count() >= first + len(ages)


@action
def _note(*, actor, now, personal) -> None:
    record(OFFICIAL_CHANGED, ("tests.Thing", "1"), after={}, reason="Ẵng", personal=personal)


def expired_sessions(number: int) -> None:
    expires = edge("organizations.sessions") - timedelta(1)
    Session.objects.bulk_create(
        Session(session_key=f"s{n}", session_data="-", expire_date=expires) for n in range(number)
    )


def ask() -> Job:
    return jobs.request_job(actor=TESTER, now=NOW, kind="privacy.retention")


@pytest.mark.usefixtures("committed_database")
def test_the_job_ends_what_is_due_in_parts_and_seals_the_log(monkeypatch):
    monkeypatch.setattr("cchc.privacy.jobs.BATCH", 2)
    monkeypatch.setattr("cchc.privacy.actions.BATCH", 2)
    expired_sessions(5)
    job = ask()
    assert work_once("một", Event(), NOW)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.FINISHED, {"organizations.sessions": 5})
    assert not Session.objects.exists()
    kinds = list(AuditEvent.objects.order_by("sequence").values_list("kind", flat=True))
    assert kinds.count("privacy.retention_carried_out") == 3 and "privacy.log_sealed" in kinds
    assert (job.lease.done, job.lease.total) == (5, 5)
    assert verify_chain().is_valid and verify_log().damaged == ()


@pytest.mark.usefixtures("committed_database")
def test_a_cancelled_job_stops_between_parts_and_goes_on_with_what_is_left(monkeypatch):
    monkeypatch.setattr("cchc.privacy.jobs.BATCH", 2)
    monkeypatch.setattr("cchc.privacy.actions.BATCH", 2)
    expired_sessions(6)
    job, stops = ask(), []

    def carry_out_then_cancel(**given):
        if len(stops) == 1:
            stops.append("cancelled")
            raise AssertionError("a fault in the middle")
        stops.append("done")
        return carry_out(**given)

    monkeypatch.setattr("cchc.privacy.jobs.carry_out", carry_out_then_cancel)
    work_once("một", Event(), NOW)
    assert Session.objects.count() == 4, "one part was committed, the failed one was not"
    jobs.cancel_job(**BY, number=job.pk)
    assert not work_once("một", Event(), NOW)
    jobs.resume_job(**BY, number=job.pk)
    assert work_once("một", Event(), NOW)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.FINISHED, {"organizations.sessions": 4})
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_counting_takes_a_fixed_number_of_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(4 * len(known_kept())):
        survey(datetime.now(UTC))
