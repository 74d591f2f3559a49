"""What somebody would try who has an account and no right: each way was open once, or must never be."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from cchc.followups.actions.tasks import claim_done
from cchc.followups.models import Task
from cchc.organizations.actions.people import end_posting, enter_official, post_official
from cchc.organizations.actions.rights import assign_duty, delegate, withdraw_role
from cchc.organizations.models import Account, Official, RoleGrant
from cchc.organizations.viewers import Viewer, viewer_of
from tests.factories.files import stored
from tests.factories.followups import step, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit, unsaved_account
from tests.files.samples import pdf
from tests.rights.site import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(124)]
YESTERDAY = TODAY - timedelta(days=1)
DAYS = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=7), "reason": "Đi công tác"}


@pytest.fixture(autouse=True)
def clock(own_data):
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def seen_by(person: Official, acting_for: Official | None = None) -> Viewer:
    account = unsaved_account(person)
    return viewer_of(account, TODAY, acting_for.code if acting_for else "", used_second_factor=True)


def test_a_role_is_gone_in_the_session_that_is_open(site):
    administrator = site.client("administrator")
    assert administrator.get("/don-vi/xa/sua/").status_code == 200
    withdraw_role(**BY_TESTS, grant=RoleGrant.objects.get(role="administrator"), ends_on=YESTERDAY, reason="Thôi")
    assert administrator.get("/don-vi/xa/sua/").status_code == 403
    assert administrator.get("/nhap-danh-sach/").status_code == 403


def test_who_has_left_holds_nothing_any_more_though_nobody_withdrew_the_roles(site):
    clerk = site.client("clerk")
    assert clerk.get("/van-ban/soan/xa/").status_code == 200
    assign_duty(
        **BY_TESTS, official=site.people["clerk"], duty="council_member", subject=("a.B", "7"), starts_on=YESTERDAY
    )
    end_posting(**BY_TESTS, posting=site.people["clerk"].postings.get(), ends_on=YESTERDAY, reason="Nghỉ việc")
    assert clerk.get("/van-ban/soan/xa/").status_code == 403
    assert seen_by(site.people["clerk"]).duties == frozenset()
    deputy = site.people["colleague"]
    delegate(**BY_TESTS, principal=site.people["clerk"], deputy=deputy, **DAYS)
    assert not seen_by(deputy, site.people["clerk"]).holds, "nor does who acts for them"


def test_a_delegation_ends_in_the_session_that_is_open(site, clock):
    deputy = site.people["colleague"]
    delegate(**BY_TESTS, principal=site.people["head"], deputy=deputy, **DAYS | {"ends_on": TODAY})
    task_ = task(site.commune, site.people["head"], site.office)
    client = signed_in(deputy)
    assert client.post("/tai-khoan/thay-mat/", {"principal": "chu-tich"}).status_code == 302
    assert client.get(f"/nhiem-vu/{task_.pk}/tiep-nhan/").status_code == 200
    clock.move_to(NOW + timedelta(hours=9, minutes=30))  # half an hour into the next day, in the same session
    assert client.get(f"/nhiem-vu/{task_.pk}/").status_code == 200
    assert client.get(f"/nhiem-vu/{task_.pk}/tiep-nhan/").status_code == 403
    assert client.post("/tai-khoan/thay-mat/", {"principal": "chu-tich"}).status_code == 403


def test_nobody_acts_for_whom_they_please(site):
    stranger = site.client("stranger")
    assert stranger.post("/tai-khoan/thay-mat/", {"principal": "quan-tri"}).status_code == 403
    session = stranger.session
    session["acting_for"] = "quan-tri"
    session.save()
    assert stranger.get("/don-vi/xa/sua/").status_code == 403


def test_a_deputy_in_one_role_is_not_the_person(site):
    """Neither a duty at an object, nor a task led by name, nor a file goes with a role that was delegated alone."""
    head, deputy = site.people["head"], site.people["stranger"]
    grant(head, "appraiser", site.commune)
    assign_duty(**BY_TESTS, official=head, duty="council_member", subject=("a.B", "7"), starts_on=TODAY)
    assign_duty(**BY_TESTS, official=head, duty="appraiser", subject=("a.B", "7"), starts_on=TODAY)
    file = stored(pdf(), by=head)
    post_official(**BY_TESTS, official=head, unit=site.office, post="Tổ trưởng", starts_on=TODAY, is_main=False)
    led = task(site.office, head, site.commune)
    delegate(**BY_TESTS, principal=head, deputy=deputy, role="appraiser", **DAYS)
    acting = seen_by(deputy, head)
    assert acting.duties == {("appraiser", "a.B", "7")}
    client = signed_in(deputy)
    client.post("/tai-khoan/thay-mat/", {"principal": head.code})
    assert client.get(f"/tep/{file.pk}/").status_code == 404
    assert client.get(f"/nhiem-vu/{led.pk}/tiep-nhan/").status_code == 403
    delegate(**BY_TESTS, principal=head, deputy=deputy, **DAYS)
    assert client.get(f"/tep/{file.pk}/").status_code == 200
    assert client.get(f"/nhiem-vu/{led.pk}/tiep-nhan/").status_code == 200


def test_a_deputy_judges_neither_the_own_unit_nor_what_they_reported(site):
    officer, head = site.people["officer"], site.people["head"]
    given = task(site.commune, head, site.office)
    delegate(**BY_TESTS, principal=officer, deputy=site.people["colleague"], **DAYS)
    step(given, "acknowledge", "")
    now = Task.objects.get(pk=given.pk)
    claim_done(
        actor=seen_by(site.people["clerk"]).actor(), now=NOW, task=now, expected_version=now.version,
        proof="Báo cáo 12/BC-UBND", done_on=TODAY,
    )  # fmt: skip
    colleague = site.client("colleague")
    colleague.post("/tai-khoan/thay-mat/", {"principal": "kiem-soat"})
    refused = colleague.post(f"/nhiem-vu/{given.pk}/xac-minh/", {"version": now.version + 1})
    assert refused.status_code == 403, "works in the unit that did it"
    delegate(**BY_TESTS, principal=site.people["clerk"], deputy=officer, **DAYS)
    as_clerk = site.client("officer")
    as_clerk.post("/tai-khoan/thay-mat/", {"principal": "cai-cach"})
    assert as_clerk.post(f"/nhiem-vu/{given.pk}/xac-minh/", {"version": now.version + 1}).status_code == 403
    assert site.client("officer").get(f"/nhiem-vu/{given.pk}/xac-minh/").status_code == 200


def test_an_administrator_of_a_commune_opens_no_account_that_holds_more_than_they_could_give(site):
    """The first password is shown to who opens the account, who could sign in with it."""
    local = official("quan-tri-xa", works_in=site.commune)
    grant(local, "administrator", site.commune, covers_subtree=True)
    chief = official("lanh-dao", works_in=site.commune)
    grant(chief, "administrator", site.province, covers_subtree=True)
    client = signed_in(local)
    assert "/can-bo/lanh-dao/tai-khoan/" not in client.get("/can-bo/lanh-dao/").content.decode(), "no button either"
    assert "/can-bo/cai-cach/tai-khoan/" in client.get("/can-bo/cai-cach/").content.decode()
    assert client.post("/can-bo/lanh-dao/tai-khoan/", {"username": "lanh.dao"}).status_code == 403
    assert not Account.objects.filter(official=chief).exists()
    assert client.post("/can-bo/cai-cach/tai-khoan/", {"username": "cai.cach"}).status_code == 200


def test_who_administers_a_unit_alone_gives_nobody_what_stands_under_it(site):
    narrow = official("quan-tri-hep", works_in=site.province)
    grant(narrow, "administrator", site.province)
    friend = official("ban", works_in=site.province)
    client = signed_in(narrow)
    give = {"role": "administrator", "unit": "tinh", "starts_on": "23/11/2026"}
    assert client.post("/can-bo/ban/vai-tro/", give | {"covers_subtree": "on"}).status_code == 403
    assert client.post("/can-bo/ban/vai-tro/", give).status_code == 302
    wide = official("quan-tri-rong", works_in=site.province)
    grant(wide, "administrator", site.province, covers_subtree=True)
    hand_on = {"deputy": "ban", "starts_on": "23/11/2026", "ends_on": "30/11/2026", "reason": "Ốm"}
    assert client.post("/can-bo/quan-tri-rong/uy-quyen/", hand_on).status_code == 403
    assert not RoleGrant.objects.filter(official=friend, covers_subtree=True).exists()


def test_who_administers_a_unit_alone_takes_nothing_away_that_is_held_with_all_below(site):
    narrow = official("quan-tri-hep", works_in=site.province)
    grant(narrow, "administrator", site.province)
    other = official("ban", works_in=site.province)
    wide = grant(other, "administrator", site.province, covers_subtree=True)
    alone = grant(other, "auditor", site.province)
    client, why = signed_in(narrow), {"reason": "Thu hồi"}
    refused = client.post(f"/can-bo/ban/vai-tro/{wide.pk}/thu-hoi/", why)
    assert refused.status_code == 403
    assert client.post(f"/can-bo/ban/vai-tro/{alone.pk}/thu-hoi/", why).status_code == 302
    assert list(RoleGrant.objects.filter(official=other).not_over(TODAY)) == [wide]


def test_a_role_that_waits_for_the_second_factor_is_not_handed_on(site):
    keeper = site.people["administrator"]
    hand_on = {"deputy": "ban", "starts_on": "23/11/2026", "ends_on": "30/11/2026", "reason": "Ốm"}
    official("ban", works_in=site.province)
    with_both, with_a_password_alone = signed_in(keeper), Client()
    with_a_password_alone.force_login(Account.objects.get(official=keeper))
    address = f"/can-bo/{keeper.code}/uy-quyen/"
    for role in ("administrator", ""):
        answer = with_a_password_alone.post(address, hand_on | {"role": role})
        assert answer.status_code == 422 and "xác thực hai lớp" in answer.content.decode()
    assert not keeper.delegations_given.exists()
    assert with_both.post(address, hand_on | {"role": "administrator"}).status_code == 302


def test_nobody_releases_their_own_content_through_somebody_elses_copy(site):
    local = official("quan-tri-xa", works_in=site.commune)
    grant(local, "administrator", site.commune)
    own = stored(pdf(), by=local, works_in=site.commune)
    copy = stored(pdf(), by=site.people["colleague"], works_in=site.commune)
    assert copy.blob == own.blob
    assert site.client("administrator").post(f"/tep/{own.pk}/xet/", {"reason": "Nghi"}).status_code == 302
    through = signed_in(local).post(f"/tep/{copy.pk}/xet/", {"release": "1", "reason": "Của tôi"})
    assert through.status_code == 403
    assert "bỏ cách ly" not in signed_in(local).get(f"/tep/{copy.pk}/").content.decode().lower()
    answer = site.client("administrator").post(f"/tep/{copy.pk}/xet/", {"release": "1", "reason": "Đã xem"})
    assert answer.status_code == 302


def test_nobody_takes_over_the_jobs_of_the_product_by_its_name(site):
    """Official codes are chosen by administrators; one called as the schedule is called has none of its jobs."""
    from cchc.interface.actions import request_job
    from cchc.interface.jobs.kinds import known_jobs
    from cchc.interface.jobs.worker import SCHEDULER

    namesake = enter_official(**BY_TESTS, code=SCHEDULER.identity, name="Nguyễn Lịch")
    kind = "followups.remind" if "followups.remind" in known_jobs() else min(known_jobs())
    job = request_job(actor=SCHEDULER, now=NOW, kind=kind)
    client = signed_in(namesake)
    assert client.get(f"/tac-vu/{job.pk}/").status_code == 404
    assert client.post(f"/tac-vu/{job.pk}/dung/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/don-vi/%00/", "/can-bo/..%2f..%2fetc/", "/tep/99999999999999999999/", "/van-ban/0/",
        "/nhiem-vu/9223372036854775808/", "/nhat-ky/auth.User/1/", "/nhat-ky/organizations.Account/-1/",
        "/tac-vu/99999999999999999999999/",
    ],
)  # fmt: skip
def test_keys_that_nothing_has_are_not_found_or_refused(site, address):
    assert site.client("stranger").get(address).status_code in {403, 404}


def test_a_list_shows_a_stranger_nothing_of_others(site):
    task(site.commune, site.people["head"], site.office, what="Việc của xã Mẫu")
    stored(pdf(), name="bi-mat-cua-xa.pdf", by=site.people["clerk"], works_in=site.commune)
    stranger = site.client("stranger")
    unit("xa-la", unit("tinh-la"))
    for address in ("/nhiem-vu/?trang-thai=all", "/nhiem-vu/chua-bao-cao/", "/van-ban-chi-dao/", "/tep/",
                    "/tim/?q=Việc của xã", "/tim/?q=bi-mat", "/ban-lam-viec/", "/thong-bao/"):  # fmt: skip
        page = stranger.get(address).content.decode()
        assert "Việc của xã Mẫu" not in page and "bi-mat-cua-xa" not in page, address
