"""Who changed what across units: exactly what the histories of single objects tell, with filters, pages and files."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.db import connection
from django.test import Client

from cchc.audit.actions import action, record
from cchc.audit.fields import internal
from cchc.audit.models import AuditEvent
from cchc.audit.queries import verify_chain
from cchc.audit.verification import ChainReport, Damage
from cchc.interface.histories.reading import history_of
from cchc.interface.histories.saying import say_value
from cchc.interface.hosting.audited import known_audited
from cchc.interface.jobs.worker import work_once
from cchc.interface.together import answer
from cchc.organizations.actions.accounts import note_sign_in
from cchc.organizations.actions.chain import keep_chain_check
from cchc.organizations.actions.people import change_official, end_posting, post_official
from cchc.organizations.actions.rights import delegate
from cchc.organizations.actions.units import choose_calendar, reorganize
from cchc.organizations.audit_kinds import CHAIN_CHECKED, OFFICIAL_CHANGED, SIGNED_IN
from cchc.organizations.models import Account, Official, Posting, Unit
from cchc.organizations.queries import changes
from cchc.organizations.queries.changes import UNOPENED, ChangesAsked, find_changes
from cchc.organizations.shown_changes import shown_check
from cchc.organizations.viewers import Viewer, actor_of, viewer_of
from cchc.privacy.log import disclosure_log
from cchc.records.sources import Source
from cchc.tables.reading import read_tables
from tests.factories.clients import client_of
from tests.factories.followups import step, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit, unsaved_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = "/nhat-ky-thay-doi/"


@pytest.fixture
def province() -> Unit:
    return unit("tinh", name="tỉnh Mẫu")


@pytest.fixture
def commune(province: Unit) -> Unit:
    return unit("xa", province, "commune", name="xã Một")


@pytest.fixture
def other(province: Unit) -> Unit:
    return unit("xa-khac", province, "commune", name="xã Khác")


@pytest.fixture
def at_top(province: Unit) -> Official:
    person = official("kiem-toan", "Phạm Văn Soát", province)
    grant(person, "auditor", province, covers_subtree=True)
    return person


@pytest.fixture
def below(commune: Unit) -> Official:
    person = official("kiem-xa", "Y Soát", commune)
    grant(person, "auditor", commune, covers_subtree=True)
    return person


def seen_by(person: Official) -> Viewer:
    return viewer_of(unsaved_account(person), TODAY, used_second_factor=True)


def numbers(viewer: Viewer, **asked: object) -> set[int]:
    found = find_changes(viewer, ChangesAsked(**asked))  # type: ignore[arg-type]
    return set(found.values_list("sequence", flat=True))


def told_one_by_one(viewer: Viewer) -> set[int]:
    """What the histories of all objects that the viewer may read tell, one after another, but sign-ins."""
    told: set[int] = set()
    for audited in known_audited().values():
        for subject in audited.model._default_manager.order_by("pk"):
            if audited.may_read(viewer, subject):
                told |= set(history_of(audited, subject).exclude(kind=SIGNED_IN).values_list("sequence", flat=True))
    return told


@pytest.fixture
def busy(province: Unit, commune: Unit, other: Unit) -> None:
    """People move, stand in for each other, leave; units merge; tasks are given; somebody signs in."""
    office = unit("phong", commune, name="Phòng Kinh tế")
    clerk, away, gone = (official(code, works_in=place) for code, place in
                         (("o-day", office), ("noi-khac", other), ("da-di", commune)))  # fmt: skip
    end_posting(
        **BY_TESTS, posting=Posting.objects.get(official=gone), ends_on=TODAY - timedelta(days=1), reason="Nghỉ"
    )
    post_official(**BY_TESTS, official=away, unit=commune, post="Biệt phái", starts_on=TODAY, is_main=False)
    delegate(**BY_TESTS, principal=clerk, deputy=away, starts_on=TODAY, ends_on=TODAY, reason="Họp")
    grant(away, "unit_head", commune)
    grant(clerk, "inspector", other)
    choose_calendar(**BY_TESTS, unit=commune, calendar="vn", starts_on=TODAY, source=None)
    old = unit("xa-cu", province, "commune")
    into = {"effective_on": TODAY, "source": Source("NQ 1")}
    reorganize(**BY_TESTS, kind="merger", predecessors=[old, other], successors=[other], **into)
    task(commune, away, province, "Việc của xã")
    task(other, away, province, "Việc của xã khác")
    client_of(clerk)


@pytest.mark.requirement(125)
@pytest.mark.usefixtures("busy")
@pytest.mark.long
def test_it_tells_what_the_histories_of_single_objects_tell_and_nothing_else(
    province: Unit, commune: Unit, below: Official, at_top: Official
) -> None:
    narrow = official("hep", "Lê Hẹp", commune)
    grant(narrow, "administrator", commune)
    for person in (below, narrow):
        viewer = seen_by(person)
        assert numbers(viewer) == told_one_by_one(viewer)
    over_all = seen_by(at_top)
    assert numbers(over_all, under=province) == told_one_by_one(over_all)
    everything = set(AuditEvent.objects.exclude(kind=SIGNED_IN).values_list("sequence", flat=True))
    opened, rest = numbers(over_all), numbers(over_all, subject_type=UNOPENED)
    assert opened | rest == everything and not opened & rest and rest, "notices were given"
    assert numbers(seen_by(below), subject_type=UNOPENED) == set()
    assert numbers(seen_by(below)) < numbers(over_all)


@pytest.mark.usefixtures("busy")
def test_filters_take_away_and_never_add(commune: Unit, other: Unit, below: Official, at_top: Official) -> None:
    viewer, top = seen_by(below), seen_by(at_top)
    assert numbers(viewer, under=other) == set(), "a unit that is looked after by others"
    assert numbers(viewer, under=commune) == numbers(viewer)
    roles = numbers(top, subject_type="organizations.RoleGrant")
    assert roles and all(AuditEvent.objects.get(pk=one).subject_type == "organizations.RoleGrant" for one in roles)
    assert numbers(top, start=TODAY + timedelta(days=1)) == numbers(top, end=TODAY - timedelta(days=1)) == set()
    assert numbers(top, start=TODAY, end=TODAY) == numbers(top)
    assert numbers(top, who="khong-ai") == set()


def test_whoever_acted_is_found_and_so_is_the_one_acted_for(commune: Unit, at_top: Official) -> None:
    head, deputy, clerk = (official(code, works_in=commune) for code in ("truong", "pho", "can-bo"))
    renamed = {"name": "Tên mới", "email": "", "phone": ""}
    change_official(actor=actor_of(deputy, head), now=NOW, official=clerk, **renamed)
    viewer = seen_by(at_top)
    assert len(numbers(viewer, who="pho")) == len(numbers(viewer, who="truong")) == 1
    page = client_of(at_top).get(PAGE, {"nguoi": "pho"}).content.decode()
    assert ("Tên mới" in page and "thay truong" in page.replace("Ông ", "")) or "(truong)" in page


def test_a_task_is_told_in_words(commune: Unit, province: Unit, at_top: Official) -> None:
    head = official("truong", works_in=commune)
    step(task(commune, head, province, "Rà soát hồ sơ"), "acknowledge", "")
    page = client_of(at_top).get(PAGE, {"loai": "followups.Task"}).content.decode()
    assert "Mới giao" in page and "Đã tiếp nhận" in page
    assert say_value(internal("Hạn", "Due"), datetime(2026, 11, 27, 17, tzinfo=UTC)) == "24:00, 27/11/2026"
    said = re.sub("<[^>]+>", " ", page.partition('id="results"')[2].partition("</main>")[0])
    for code in ("acknowledged", "followups.", "00:00", " vn "):
        assert code not in said, code


def test_sign_ins_are_shown_where_accounts_are_asked_for(at_top: Official) -> None:
    viewer = seen_by(at_top)
    client = client_of(at_top)
    note_sign_in(**BY_TESTS, account=Account.objects.get(official=at_top), ways=["password"])
    signed_in = set(AuditEvent.objects.filter(kind=SIGNED_IN).values_list("sequence", flat=True))
    assert signed_in and not signed_in & numbers(viewer)
    assert signed_in <= numbers(viewer, subject_type="organizations.Account")
    assert client.get(PAGE, {"loai": "organizations.Account"}).status_code == 200


@action
def happened(*, actor: object, now: object, subject: tuple[str, str]) -> None:
    record(OFFICIAL_CHANGED, subject, after={"name": "Nguyễn Kín"}, reason="Vì sao")


def test_of_what_no_room_opened_only_that_it_happened_is_told(at_top: Official, below: Official) -> None:
    happened(**BY_TESTS, subject=("notices.Notice", "7"))
    top = client_of(at_top)
    assert "Nội dung chỉ hiện" not in top.get(PAGE).content.decode(), "it would hide all else"
    page = top.get(PAGE, {"loai": UNOPENED}).content.decode()
    assert "Nội dung chỉ hiện ở phân hệ của nó" in page
    assert "Nguyễn Kín" not in page and "Vì sao" not in page
    assert "Nội dung chỉ hiện" not in client_of(below).get(PAGE, {"loai": UNOPENED}).content.decode()


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_the_menu_leads_there_whoever_may_read_it(commune: Unit, role: str) -> None:
    person, clerk = official("nguoi-xem", works_in=commune), official("can-bo", works_in=commune)
    grant(person, role, commune)
    link = f'href="{PAGE}"'
    assert link in client_of(person).get("/don-vi/").content.decode()
    assert link not in client_of(clerk).get("/don-vi/").content.decode()
    assert client_of(clerk).get(PAGE).status_code == 403 and Client().get(PAGE).status_code == 403


@pytest.mark.long
def test_a_long_list_goes_on_by_the_key_of_its_last_row(
    commune: Unit, at_top: Official, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries
) -> None:
    monkeypatch.setattr(changes, "PAGE_SIZE", 7)
    for number in range(20):
        official(f"cb{number}", works_in=commune)
    client = client_of(at_top)
    seen: list[str] = []
    address = PAGE
    while address:
        with django_assert_max_num_queries(27):  # four for the viewer; else one for each type of object at the most
            page = client.get(address).content.decode()
        seen += re.findall(r"số (\d+)</span></h2>", page)
        further = re.search(r'rel="next" href="([^"]*)"', page)
        address = further.group(1).replace("&amp;", "&") if further else ""
    assert seen == sorted(seen, key=int, reverse=True) and len(seen) == len(set(seen))
    assert {int(one) for one in seen} == numbers(seen_by(at_top))


@pytest.mark.requirement(126)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_is_taken_along_as_it_is_narrowed_and_that_stands_in_the_log(
    commune: Unit, at_top: Official, kind: str
) -> None:
    clerk = official("can-bo", "=1+1", works_in=commune)
    client = client_of(at_top)
    answer = client.get(f"{PAGE}tai-ve.{kind}", {"don-vi": "xa", "loai": "organizations.Official"})
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    (table,) = read_tables(answer.content, f"nhat-ky.{kind}")
    said = str(table.rows)
    assert "Nhập cán bộ, công chức" in said and clerk.code in said and "tỉnh Mẫu" not in said
    line = disclosure_log().newest(most=1)[0]
    assert (line.page, line.by, line.people) == ("organizations:changes-taken", "kiem-toan", 1)


def test_what_cannot_be_taken_says_why(at_top: Official, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(at_top)
    assert client.get(f"{PAGE}tai-ve.pdf").status_code == 404
    unclear = client.get(f"{PAGE}tai-ve.csv", {"don-vi": "không có đâu"})
    assert unclear.status_code == 422 and "Chưa rõ đơn vị" in unclear.content.decode()
    monkeypatch.setattr(changes, "MOST_TAKEN", 2)
    large = client.get(f"{PAGE}tai-ve.csv")
    assert large.status_code == 413 and "Thu hẹp" in large.content.decode()


@pytest.mark.requirement(125)
def test_the_chain_is_checked_from_the_page_and_the_answer_stands_in_it(at_top: Official, below: Official) -> None:
    client = client_of(at_top)
    assert "Chưa kiểm tra" in client.get(PAGE).content.decode()
    assert client_of(below).post(f"{PAGE}kiem-tra-chuoi/").status_code == 403
    assert client.post(f"{PAGE}kiem-tra-chuoi/").status_code == 302
    assert work_once("w", Event(), NOW)
    page = client.get(PAGE).content.decode()
    assert "Nguyên vẹn" in page and "không sự kiện nào bị sửa" in page
    assert AuditEvent.objects.filter(kind=CHAIN_CHECKED).count() == 1 and verify_chain().is_valid


def test_damage_is_told_in_plain_words(at_top: Official) -> None:
    damaged = ChainReport(
        9, 0, None, None, (Damage("audit.event_edited", 4, 4), Damage("audit.events_missing", 6, 7)),
        {"audit.event_edited": 1, "audit.events_missing": 1},
    )  # fmt: skip
    keep_chain_check(**BY_TESTS, report=damaged, missing_triggers=("audit_event_no_update",))
    check = answer(shown_check())
    assert check is not None and check.damages == 3
    assert check.found[0].startswith("Sự kiện 4 đã bị sửa") and "từ số 6 đến số 7" in check.found[1]
    assert "audit_event_no_update" in check.found[2]
    page = client_of(at_top).get(PAGE).content.decode()
    assert "Bị hỏng" in page and "sao lưu" in page


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the words of SQLite's plans; PostgreSQL chooses by what is in the table"
)
@pytest.mark.parametrize(
    "asked",
    [ChangesAsked(subject_type=one) for one in ("", "followups.Task", "papers.Paper", UNOPENED)],
    ids=["all", "of one type", "of papers", "unopened"],
)
def test_a_page_of_millions_is_walked_not_sorted(at_top, asked):
    seen = viewer_of(unsaved_account(at_top), TODAY, used_second_factor=True)
    assert "TEMP B-TREE" not in find_changes(seen, asked).explain()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the words of SQLite's plans")
def test_what_somebody_did_or_had_done_is_found_by_both_names(at_top):
    seen = viewer_of(unsaved_account(at_top), TODAY, used_second_factor=True)
    plan = find_changes(seen, ChangesAsked(who="cb77")).explain()
    assert "audit_event_of_actor" in plan and "audit_event_of_principal" in plan


def test_days_at_the_ends_of_the_calendar_are_no_days(at_top):
    client = client_of(at_top)
    for address in (PAGE, "/nhiem-vu/", "/don-vi/"):
        assert client.get(f"{address}?tu=01/01/0001&den=31/12/9999&ngay=31/12/9999").status_code == 200


def test_a_day_that_is_none_is_told_and_no_file_is_made(at_top):
    client = client_of(at_top)
    page = client.get(f"{PAGE}?tu=31/02/2026").content.decode()
    assert "Danh sách chưa được lọc theo ngày" in page and 'value="31/02/2026"' in page
    assert client.get(f"{PAGE}tai-ve.xlsx?tu=31/02/2026").status_code == 422
