"""Who changed what: read by auditors and administrators over the unit, in words, and nothing that is secret."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from cchc.audit.actions import action, record
from cchc.audit.actors import Actor
from cchc.audit.models import AuditEvent
from cchc.audit.queries import verify_chain
from cchc.audit.redaction import redact
from cchc.interface.histories.reading import EVENTS_ON_PAGE, history_of, last_event
from cchc.interface.hosting.audited import known_audited
from cchc.organizations.actions.accounts import close_account, note_sign_in
from cchc.organizations.actions.people import change_official, post_official
from cchc.organizations.actions.rights import delegate, withdraw_role
from cchc.organizations.actions.units import Standing, choose_calendar, give_supervision, place_unit, reorganize
from cchc.organizations.audit_kinds import OFFICIAL_CHANGED
from cchc.organizations.models import Account, Official, Posting, Unit
from cchc.organizations.viewers import actor_of
from cchc.records.sources import Source
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def commune(province) -> Unit:
    return unit("xa", province, name="xã Một")


@pytest.fixture
def auditor(province) -> Client:
    person = official("kiem-toan", "Phạm Văn Soát", province)
    grant(person, "auditor", province, covers_subtree=True)
    return client_of(person)


def history(subject: object) -> str:
    return f"/nhat-ky/{subject._meta.label}/{subject.pk}/"  # type: ignore[attr-defined]


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the words of SQLite's plans; PostgreSQL chooses by what is in the table"
)
def test_every_kind_of_part_is_looked_up_by_the_index_and_nothing_is_walked(commune):
    plan = last_event(history_of(known_audited()["organizations.Unit"], commune)).explain()
    kinds = 1 + len(known_audited()["organizations.Unit"].parts(commune))
    assert plan.count("audit_event_of_subject (subject_type=? AND subject_id=?)") == kinds > 3
    assert "SCAN audit" not in plan


@pytest.mark.requirement(125)
def test_the_history_of_a_unit_tells_before_and_after_by_their_names(commune, auditor):
    hoa = actor_of(official("hoa", "Nguyễn Thị Hoa"), official("truong", "Trần Văn Dũng"))
    standing = Standing("commune", "xã Hai", Unit.objects.get(code="tinh"))
    place_unit(actor=hoa, now=NOW, unit=commune, standing=standing, starts_on=TODAY)
    page = auditor.get(history(commune)).content.decode()
    for words in (
        "xã Một",
        "xã Hai",
        "Nguyễn Thị Hoa (hoa)",
        "thay Trần Văn Dũng (truong)",
        "tỉnh Mẫu",
        "23/11/2026",
        "Trực thuộc",
    ):
        assert words in page
    assert "search_key" not in page and "sort_key" not in page and "Khóa tìm kiếm" not in page
    english = auditor.get("/en" + history(commune)).content.decode()
    assert "Stands under" in english and "acting for Trần Văn Dũng" in english and "Unit named and placed" in english


@pytest.mark.requirement(124)
def test_a_history_is_for_auditors_and_administrators_over_the_unit(province, commune, auditor):
    clerk = official("can-bo", "Lê Văn Ba", commune)
    elsewhere = official("noi-khac", "Lê Văn Tư", province)
    grant(elsewhere, "auditor", unit("xa-khac", province))
    posting = Posting.objects.get(official=clerk)
    role = grant(clerk, "unit_head", commune)
    account = client_of(clerk) and Account.objects.get(official=clerk)
    for subject in (commune, clerk, posting, role, account):
        assert auditor.get(history(subject)).status_code == 200
        assert client_of(clerk).get(history(subject)).status_code == 403
        assert client_of(elsewhere).get(history(subject)).status_code == 403
        assert Client().get(history(subject)).status_code == 403


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nhat-ky/interface.Job/1/", 403),  # no room has opened it
        ("/nhat-ky/sessions.Session/1/", 403),
        ("/nhat-ky/khong.Co/1/", 403),
        ("/nhat-ky/organizations.Unit/999999/", 404),
        ("/nhat-ky/organizations.Unit/mot/", 404),
        (f"/nhat-ky/organizations.Unit/{'9' * 40}/", 404),
    ],
)
def test_what_nobody_opened_is_closed(auditor, address, status):
    assert auditor.get(address).status_code == status


def test_a_unit_and_an_official_lead_to_their_history_whoever_may_read_it(province, commune, auditor):
    clerk = official("can-bo", "Lê Văn Ba", commune)
    for address, subject in (("/don-vi/xa/", commune), ("/can-bo/can-bo/", clerk)):
        page = auditor.get(address).content.decode()
        assert f'href="{history(subject)}"' in page and "Ai đã sửa gì" in page
        assert "/nhat-ky/" not in client_of(clerk).get(address).content.decode()


def test_the_history_of_an_official_holds_posts_and_roles_and_not_the_sign_ins(province, commune, auditor):
    clerk = official("can-bo", "Lê Văn Ba", commune)
    post_official(**BY_TESTS, official=clerk, unit=province, post="Phó phòng", starts_on=TODAY)
    held = grant(clerk, "unit_head", commune)
    withdraw_role(**BY_TESTS, grant=held, ends_on=TODAY, reason="Chuyển công tác")
    other = official("thay", "Lê Thị Thay")
    delegate(**BY_TESTS, principal=clerk, deputy=other, starts_on=TODAY, ends_on=TODAY, reason="Họp")
    client_of(clerk)
    page = auditor.get(history(clerk)).content.decode()
    for words in (
        "Phó phòng",
        "Người đứng đầu đơn vị",
        "Chuyển công tác",
        "Lê Thị Thay",
        "Thôi vị trí công tác",
        "Ủy quyền",
    ):
        assert words in page
    assert "Mở tài khoản" not in page
    account = Account.objects.get(official=clerk)
    note_sign_in(**BY_TESTS, account=account, ways=["password", "mfa"])
    close_account(**BY_TESTS, account=account, reason="Nghỉ hưu")
    page = auditor.get(history(account)).content.decode()
    for words in ("Mở tài khoản", "password, mfa", "Nghỉ hưu", "can-bo.ten"):
        assert words in page
    assert "argon2" not in page and "Mật khẩu (mã băm)" not in page


def test_the_kind_narrows_the_list(commune, auditor):
    change_official(
        **BY_TESTS, official=(clerk := official("can-bo", "Lê Ba", commune)), name="Lê Bốn", email="", phone=""
    )
    page = auditor.get(history(clerk) + f"?loai={OFFICIAL_CHANGED}").content.decode()
    assert page.count("<li><h2>") == 1 and "Lê Bốn" in page
    assert auditor.get(history(clerk) + "?loai=khong.co").status_code == 404


def test_a_long_history_goes_page_by_page_with_the_same_number_of_questions(
    commune, auditor, django_assert_max_num_queries
):
    clerk = official("can-bo", "Lê Ba", commune)
    for number in range(EVENTS_ON_PAGE + 2):
        change_official(**BY_TESTS, official=clerk, name=f"Lê Số {number}", email="", phone="")
    with django_assert_max_num_queries(9):
        page = auditor.get(history(clerk))
    assert len(page.context["events"]) == EVENTS_ON_PAGE
    rest = auditor.get(page.context["next"])
    seen = [event.sequence for answer in (page, rest) for event in answer.context["events"]]
    assert seen == sorted(seen, reverse=True) and len(set(seen)) == len(seen) == EVENTS_ON_PAGE + 4
    assert rest.context["next"] == ""
    assert auditor.get(history(clerk) + "?truoc=khong-phai-so").status_code == 200


def test_erased_content_says_so_and_why(commune, auditor):
    clerk = official("can-bo", "Lê Bí Mật", commune)
    entered = AuditEvent.objects.get(subject_type="organizations.Official", subject_id=str(clerk.pk))
    change_official(**BY_TESTS, official=clerk, name="Lê Ba", email="", phone="")
    changed = AuditEvent.objects.get(kind=OFFICIAL_CHANGED)
    for event in (entered, changed):
        redact(
            actor=Actor("system", "job:interface.erase_expired"), now=NOW, sequence=event.sequence, reason="Hết hạn lưu"
        )
    page = auditor.get(history(clerk)).content.decode()
    assert "Lê Bí Mật" not in page.replace("<h1>", "")
    assert page.count("Đã xóa nội dung") == 2 and "Hết hạn lưu" in page and "15:00, 23/11/2026" in page
    assert not verify_chain().damages


def test_names_live_on_when_the_account_of_who_acted_is_unknown(commune, auditor):
    for actor in (
        Actor("official", "nguoi-cu"),
        Actor("system", "system"),
        Actor("system", "command-line:demo"),
        Actor("public", "HS-1"),
    ):
        change_official(
            actor=actor,
            now=NOW,
            official=Official.objects.get(code="kiem-toan"),
            name="Phạm Văn Soát",
            email="",
            phone=str(actor.kind),
        )
    page = auditor.get(history(Official.objects.get(code="kiem-toan"))).content.decode()
    for words in ("nguoi-cu", "Hệ thống", "Dòng lệnh: demo", "Người dân (HS-1)"):
        assert words in page


@pytest.mark.requirement(125)
def test_personal_fields_mark_their_events_by_themselves_and_secrets_never_come_in(commune):
    clerk = official("can-bo", "Lê Ba", commune)

    @action
    def note(*, actor, now, after, subject=clerk, personal=False):
        record(OFFICIAL_CHANGED, subject, after=after, personal=personal)

    def is_personal(**given: object) -> bool:
        note(**BY_TESTS, **given)
        return AuditEvent.objects.order_by("-sequence").first().personal

    assert is_personal(after={"phone": "0912"})
    assert is_personal(after={"version": 2}, personal=True)
    assert not is_personal(after={"version": 2})
    assert is_personal(after={"subject": "a"}, subject=("organizations.Account", 1))
    assert not is_personal(after={"text": "a"}, subject=("trial.Note", 1))
    with pytest.raises(ValueError, match="secret"):
        note(**BY_TESTS, after={"password": "argon2"}, subject=("organizations.Account", 1))


def test_every_event_with_names_or_contacts_is_personal_in_the_chain(commune):
    clerk = official("can-bo", "Lê Ba", commune)
    change_official(**BY_TESTS, official=clerk, name="Lê Ba", email="a@example.vn", phone="")
    client_of(clerk)
    texts = {
        event.sequence: event.payload.body.partition('"after"')[2]  # behind the actor's own name
        for event in AuditEvent.objects.select_related("payload").order_by("pk")
    }
    telling = {
        number
        for number, body in texts.items()
        if any(word in body for word in ("Lê Ba", "a@example.vn", "can-bo.ten"))
    }
    marked = set(AuditEvent.objects.filter(personal=True).order_by("pk").values_list("pk", flat=True))
    assert telling and telling <= marked


def test_mergers_and_calendars_are_said_by_their_names(province, commune, auditor):
    decision = Source("Nghị quyết 1677/NQ-UBTVQH15")
    other = unit("xa-hai", province, name="xã Hai")
    into = {"successors": [commune], "effective_on": TODAY, "source": decision}
    reorganize(**BY_TESTS, kind="merger", predecessors=[other, commune], **into)
    choose_calendar(**BY_TESTS, unit=commune, calendar="vn", starts_on=TODAY)
    page = auditor.get(history(commune)).content.decode()
    assert "Nhập đơn vị" in page and "merger" not in page
    assert "Lịch làm việc của cơ quan hành chính" in page


def test_a_merger_in_the_history_names_the_units_and_leads_to_them(province, commune, auditor):
    old = unit("xa-cu", province, name="xã Cũ <b>")
    decision = Source("Nghị quyết 1677/NQ-UBTVQH15")
    into = {"successors": [commune], "effective_on": TODAY, "source": decision}
    reorganize(**BY_TESTS, kind="merger", predecessors=[old, commune], **into)
    page = auditor.get(history(commune)).content.decode()
    for link in ('<a href="/don-vi/xa/">xã Một</a>', '<a href="/don-vi/xa-cu/">xã Cũ &lt;b&gt;</a>'):
        assert link in page
    assert "xa-cu, xa" not in page


def test_a_supervision_is_called_by_the_names_of_both_units(province, commune, auditor):
    decision = Source("QĐ 1")
    given = give_supervision(**BY_TESTS, supervisor=province, unit=commune, starts_on=TODAY, source=decision)
    assert "tỉnh Mẫu → xã Một" in auditor.get(history(given)).content.decode()


@pytest.mark.requirement(124)
def test_the_history_of_a_unit_that_is_gone_is_read_by_who_covers_what_stood_above_it_or_carries_it_on(
    province, commune, auditor
):
    heirs = unit("tinh-moi", name="tỉnh Mới")
    old = unit("xa-cu", province, name="xã Cũ")
    into = {"successors": [unit("xa-moi", heirs, "commune")], "effective_on": TODAY, "source": Source("NQ 1")}
    clients = {}
    for code, over, covers in (
        ("moi", heirs, True), ("khac", unit("khac", name="tỉnh Khác"), True), ("hep", province, False),
    ):  # fmt: skip
        person = official(code, works_in=over)
        grant(person, "auditor", over, covers_subtree=covers)
        clients[code] = client_of(person)
    assert [client.get(history(old)).status_code for client in clients.values()] == [403, 403, 403]
    reorganize(**BY_TESTS, kind="merger", predecessors=[old], **into)
    assert auditor.get(history(old)).status_code == 200, "stood above it"
    assert {code: client.get(history(old)).status_code for code, client in clients.items()} == {
        "moi": 200, "khac": 403, "hep": 403,
    }  # fmt: skip
