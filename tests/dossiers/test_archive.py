"""Dossiers that are over are laid away; what was typed wrongly is corrected, with what stood there before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.audit.models import AuditEvent
from cchc.dossiers.actions import ending, working
from cchc.dossiers.actions.archiving import archive, correct, kept_until
from cchc.dossiers.actions.intake import Intake, Person, refuse_intake
from cchc.dossiers.models import ArchiveRecord, Correction, Dossier, DossierEvent
from cchc.dossiers.rules import RetentionClass, rules_on
from cchc.dossiers.states import DOSSIER
from cchc.dossiers.states_archive import ARCHIVE
from cchc.records.errors import DomainError
from cchc.records.text import LocalText
from tests.factories.clients import client_of
from tests.factories.dossiers import BIRTH, LAND, Desk, at, now_of, received, settled, step_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PLACE = "Kho 1, giá 2, hộp 14"


def returned(desk: Desk) -> Dossier:
    dossier = settled(desk, received(desk))
    ending.hand_over(**desk.as_(desk.receiver, "23 16:00"), dossier=dossier, expected_version=dossier.version, to="Lan")
    return now_of(dossier)


def laid(desk: Desk, dossier: Dossier, place: str = PLACE, kept: str = "years_10", when: str = "25 08:00") -> Dossier:
    return archive(
        **desk.as_(desk.receiver, when), dossier=dossier, expected_version=dossier.version, place=place,
        retention_class=kept,
    )  # fmt: skip


def corrected(desk: Desk, dossier: Dossier, reason: str = "Gõ nhầm, theo căn cước", **values: str) -> Dossier:
    return correct(
        **desk.as_(desk.receiver, "25 09:00"), dossier=dossier, expected_version=dossier.version, values=values,
        reason=reason,
    )  # fmt: skip


def code_of(refused: pytest.ExceptionInfo[DomainError]) -> str:
    return refused.value.code


def test_the_table_leads_into_the_archive_and_never_out():
    found = {one.id: {step.id: ARCHIVE.after(one.id, step) for step in ARCHIVE.steps_from(one.id)}
             for one in ARCHIVE.states}  # fmt: skip
    assert found == {"in_use": {"archive": "archived"}, "archived": {"rearchive": "archived"}}


@pytest.mark.requirement(8)
def test_what_is_over_is_laid_away_by_somebody_at_a_place_for_a_time(desk: Desk):
    dossier = laid(desk, returned(desk))
    record = ArchiveRecord.objects.get()
    assert (record.place, record.keep_until, record.laid_by) == (PLACE, date(2036, 12, 31), desk.receiver)
    assert dossier.archived_at == at("25 08:00") and dossier.state == "returned"
    assert DossierEvent.objects.filter(dossier=dossier, act="archive").count() == 1
    laid(desk, dossier, "Kho 2", "permanent", "26 08:00")
    assert [(one.place, one.keep_until) for one in ArchiveRecord.objects.order_by("pk")] == [
        (PLACE, date(2036, 12, 31)), ("Kho 2", None),
    ]  # fmt: skip
    assert now_of(dossier).archived_at == at("25 08:00"), "when it was first laid there stays"


def test_what_goes_on_is_not_archived(desk: Desk):
    for dossier in (received(desk), settled(desk, received(desk))):
        with pytest.raises(DomainError) as refused:
            laid(desk, dossier)
        assert code_of(refused) == "dossiers.not_over"
    assert not ArchiveRecord.objects.exists()


@pytest.mark.parametrize("end", ["refused", "withdrawn", "stopped"])
def test_every_other_end_is_archived_too(desk: Desk, end: str):
    if end == "refused":
        dossier = refuse_intake(
            **desk.as_(desk.receiver, "23 08:00"), unit=desk.commune, procedure=desk.procedures[BIRTH],
            intake=Intake(Person("Lan")), reason_code="missing_papers", reason="Thiếu giấy chứng sinh",
        )  # fmt: skip
    else:
        going_on = received(desk)
        act, reason = {"withdrawn": (ending.withdraw, "by_owner"), "stopped": (ending.stop, "not_eligible")}[end]
        dossier = act(
            **desk.as_(desk.head, "23 09:00"), dossier=going_on, expected_version=going_on.version,
            reason_code=reason, reason="Theo đơn",
        )  # fmt: skip
    assert dossier.state == end and end in DOSSIER.final
    assert laid(desk, now_of(dossier)).archived_at is not None


def test_an_unknown_class_and_no_place_are_refused(desk: Desk):
    dossier = returned(desk)
    for wrong, code in (({"kept": "mai mai"}, "dossiers.unknown_class"), ({"place": " "}, "followups.nothing_said")):
        with pytest.raises(DomainError) as refused:
            laid(desk, dossier, **wrong)
        assert code_of(refused) == code


def test_nothing_more_is_done_to_it_but_corrections(desk: Desk):
    land = received(desk, LAND)
    over = ending.withdraw(
        **desk.as_(desk.receiver, "23 09:00"), dossier=land, expected_version=land.version, reason_code="by_owner",
        reason="Theo đơn",
    )  # fmt: skip
    dossier = laid(desk, now_of(over))
    given = {"dossier": dossier, "expected_version": dossier.version}
    acts: list[Any] = [
        lambda: ending.pay(**desk.as_(desk.receiver, "26 08:00"), **given, receipt="BL 1"),
        lambda: ending.waive(**desk.as_(desk.head, "26 08:00"), **given, reason_code="by_rule", reason="Hộ nghèo"),
    ]
    for act in acts:
        with pytest.raises(DomainError) as refused:
            act()
        assert code_of(refused) == "dossiers.archived"
    settled_one = laid(desk, returned(desk))
    step = step_of(settled_one, "settle")
    with pytest.raises(DomainError) as refused:
        working.claim_completion(
            **desk.as_(desk.settler, "26 08:00"), step=step, done_at=at("23 15:00"), evidence="Sổ giao nhận"
        )
    assert code_of(refused) == "dossiers.archived"
    assert corrected(desk, now_of(settled_one), owner_name="Trần Thị Lành").owner_name == "Trần Thị Lành"


@pytest.mark.requirement(8)
def test_a_correction_keeps_what_stood_there_and_is_found_by_the_new_words(desk: Desk):
    dossier = received(desk)
    corrected(
        desk, dossier, owner_name=" Trần  Thị Lành ", owner_phone=dossier.owner_phone, subject="Khai sinh cho con"
    )
    now = now_of(dossier)
    assert (now.owner_name, now.subject, now.version) == ("Trần Thị Lành", "Khai sinh cho con", dossier.version + 1)
    assert "tran thi lanh" in now.search_key and "tran thi lan " not in f"{now.search_key} "
    one = Correction.objects.get()
    assert one.before == {"owner_name": "Trần Thị Lan", "subject": ""}, "what was not changed is no correction"
    assert one.after == {"owner_name": "Trần Thị Lành", "subject": "Khai sinh cho con"}
    event = DossierEvent.objects.filter(dossier=dossier, act="correct").get()
    assert (event.by, event.text) == (desk.receiver, "Gõ nhầm, theo căn cước")
    chain = AuditEvent.objects.filter(kind="dossiers.corrected").order_by("-pk").first()
    assert chain is not None and chain.subject_id == str(dossier.pk)
    receiver = client_of(desk.receiver)
    assert dossier.code in receiver.get("/tim/?q=tran+thi+lanh").content.decode()
    page = receiver.get(f"/ho-so/{dossier.pk}/").content.decode()
    assert "đã đính chính" in page and "Trần Thị Lan<" in page and "Trần Thị Lành" in page


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "dossiers.nothing_corrected"),
        ({"owner_name": "Trần Thị  Lan"}, "dossiers.nothing_corrected"),
        ({"owner_name": " "}, "followups.nothing_said"),
    ],
)
def test_what_is_no_correction_is_refused(desk: Desk, values: dict[str, str], code: str):
    dossier = received(desk)
    with pytest.raises(DomainError) as refused:
        corrected(desk, dossier, **values)
    assert code_of(refused) == code and not Correction.objects.exists()


def test_only_what_was_typed_is_corrected(desk: Desk):
    with pytest.raises(LookupError):
        corrected(desk, received(desk), code="khac")


def test_a_stale_correction_is_told_what_changed(desk: Desk):
    dossier = received(desk)
    corrected(desk, dossier, owner_name="Trần Thị Lành")
    with pytest.raises(DomainError) as refused:
        corrected(desk, dossier, owner_name="Trần Thị Lanh")
    assert code_of(refused) == "dossiers.stale"


@given(st.none() | st.integers(1, 100), st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_class_counts_from_the_end_of_the_year(years: int | None, over_on: date):
    until = kept_until(RetentionClass("x", LocalText("x", "x"), years), over_on)
    if years is None:
        assert until is None
    else:
        assert until is not None
        assert until.year - over_on.year == years and (until.month, until.day) == (12, 31)


def test_the_classes_are_dated_and_unverified():
    rule = rules_on(date(2026, 11, 30))
    assert [(one.id, one.years) for one in rule.value.retention] == [
        ("permanent", None), ("years_20", 20), ("years_10", 10), ("years_5", 5),
    ]  # fmt: skip
    assert not rule.verification.verified


def test_the_whole_way_through_the_pages(desk: Desk):
    dossier, receiver = returned(desk), client_of(desk.receiver)
    listed = receiver.get("/ho-so/luu-tru/").content.decode()
    assert dossier.code in listed and f"/ho-so/{dossier.pk}/luu-tru/" in listed
    typed = {"version": dossier.version, "place": PLACE, "retention_class": "years_5"}
    assert receiver.post(f"/ho-so/{dossier.pk}/luu-tru/", typed | {"place": ""}).status_code == 422
    assert receiver.post(f"/ho-so/{dossier.pk}/luu-tru/", typed).status_code == 302
    assert dossier.code not in receiver.get("/ho-so/luu-tru/").content.decode()
    assert PLACE in receiver.get("/ho-so/luu-tru/?xem=da-luu").content.decode()
    page = receiver.get(f"/ho-so/{dossier.pk}/").content.decode()
    assert PLACE in page and "31/12/2031" in page
    assert PLACE in receiver.get(f"/ho-so/{dossier.pk}/luu-tru/").content.decode(), "moved from where it lies"
    now = now_of(dossier)
    fields = ("owner_name", "owner_number", "owner_phone", "owner_address", "owner_email", "submitter_name",
              "submitter_number", "subject")  # fmt: skip
    given = {name: getattr(now, name) for name in fields} | {"version": now.version, "reason": "Gõ nhầm"}
    again = receiver.post(f"/ho-so/{dossier.pk}/dinh-chinh/", given)
    assert again.status_code == 422 and "Gõ nhầm" in again.content.decode()
    assert receiver.post(f"/ho-so/{dossier.pk}/dinh-chinh/", given | {"owner_number": "001"}).status_code == 302
    assert client_of(desk.settler).get(f"/ho-so/{dossier.pk}/luu-tru/").status_code == 403
    assert client_of(desk.settler).get("/ho-so/luu-tru/").status_code == 403
    assert client_of(desk.stranger).get(f"/ho-so/{dossier.pk}/dinh-chinh/").status_code == 404
