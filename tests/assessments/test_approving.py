"""After the freeze: approval, publication, requests for a review, and a correction as a new version."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cchc.assessments.actions.approving import Decision, answer_review, approve_result, ask_review
from cchc.assessments.actions.charges import give_charge
from cchc.assessments.actions.freezing import reopen_round
from cchc.assessments.actions.rounds import set_timetable
from cchc.assessments.citations import SUBJECTS
from cchc.assessments.models import Approval, ReviewRequest, Round
from cchc.assessments.notice_kinds import REOPENED
from cchc.notices.models import Notice
from cchc.organizations.models import Official
from cchc.organizations.viewers import actor_of, viewer_of
from cchc.portal.frozen import PublicFacts, publish_frozen
from cchc.portal.models import PublishedRound
from cchc.records.errors import DomainError
from tests.assessments.conftest import Council, sheets_of
from tests.assessments.test_pages import by, page, sent
from tests.factories.assessments import PHASES, approved, frozen, now_of, review_days, write
from tests.factories.files import cited, stored
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unsaved_account

FACTS = PublicFacts("Kết quả chấm điểm 2026", "Result 2026", "commune")


@pytest.fixture
def authority(council: Council) -> Official:
    person = official("cttinh", "Nguyễn Văn Duyệt", council.province, post="Chủ tịch UBND tỉnh")
    grant(person, "approving_authority", council.province)
    return person


@pytest.fixture
def frozen_round(council: Council, scored_round: Round) -> Round:
    return frozen(scored_round, council.secretary, council.chair)


def published(round_: Round) -> PublishedRound:
    return publish_frozen(**BY_TESTS, round_=round_, facts=FACTS, expected_version=now_of(round_).version)


def refused(error: pytest.ExceptionInfo[DomainError]) -> str:
    return error.value.code


@pytest.mark.requirement(24, 25, 121)
def test_the_authority_approves_and_publishes_on_pages(
    council: Council, authority: Official, frozen_round: Round
) -> None:
    client = by(authority)
    assert "Ghi phê duyệt" in page(client, "results", frozen_round.pk)
    sent(
        client, "approve", frozen_round.pk, number="12/QĐ-UBND", decided_on="23/11/2026", signer="Chủ tịch Mẫu",
        version=now_of(frozen_round).version,
    )  # fmt: skip
    assert now_of(frozen_round).state == "approved"
    assert Approval.objects.get().number == "12/QĐ-UBND"
    address = f"/dot-cham/{frozen_round.pk}/cong-bo/"
    given = {"title_vi": FACTS.title_vi, "title_en": "", "level": "commune", "version": now_of(frozen_round).version}
    assert client.post(address, given).status_code == 302
    public = Client()
    shown = PublishedRound.objects.get()
    text = public.get(f"/ket-qua/{shown.slug}/").content.decode()
    assert council.first.code and "Xã Mẫu 1" in text and "12/QĐ-UBND" in text
    news = public.get(f"/ket-qua/{shown.slug}/ban-tin/").content.decode()
    assert "Xã Mẫu 1 (" in news and "Xếp loại" in news
    assert public.get(f"/ket-qua/{shown.slug}.xlsx").status_code == 200


@pytest.mark.requirement(24)
def test_the_signed_decision_stands_with_the_approval_for_the_whole_round_alone(
    council: Council, authority: Official, frozen_round: Round
) -> None:
    number = approved(frozen_round).approvals.get().pk
    client, subject = by(authority), ("assessments.Approval", str(number))
    assert f"/tep/vien-dan/assessments.Approval/{number}/" in page(client, "approval", number)
    file = stored(b"%PDF-1.7 quyet dinh", by=authority, name="quyet-dinh-12.pdf")
    may_cite = SUBJECTS[subject[0]].may_cite
    assert may_cite(viewer_of(unsaved_account(authority), TODAY, used_second_factor=True), subject[1])
    assert not may_cite(viewer_of(unsaved_account(council.chair), TODAY, used_second_factor=True), subject[1])
    cited(file, subject)
    text = page(by(council.member), "approval", number)
    assert "quyet-dinh-12.pdf" in text and "Thêm tệp" not in text
    assert "Thêm tệp" in page(by(council.secretary), "approval", number)
    assert f"/dot-cham/phe-duyet/{number}/" in page(by(council.secretary), "results", frozen_round.pk)
    assert by(council.head).get(f"/dot-cham/phe-duyet/{number}/").status_code == 404
    assert by(council.head).get(f"/tep/{file.pk}/").status_code == 404
    assert by(council.secretary).get(f"/tep/{file.pk}/").status_code == 200
    shown = published(frozen_round)
    assert Client().get(f"/tep/{file.pk}/").status_code in (302, 403, 404)
    assert "quyet-dinh-12.pdf" not in Client().get(f"/ket-qua/{shown.slug}/").content.decode()


@pytest.mark.requirement(24)
def test_what_is_public_is_what_was_frozen(council: Council, frozen_round: Round) -> None:
    shown = published(approved(frozen_round))
    kept = {one.unit_name: (one.index, one.rank, one.band) for one in shown.results.all()}
    wanted = {
        sheet.name: (result.index, result.rank, result.band)
        for sheet in sheets_of(frozen_round)
        for result in sheet.results.filter(stage="council", version=1)
    }
    assert kept == wanted and len(kept) == 3


def test_a_result_is_not_published_before_it_is_approved(frozen_round: Round) -> None:
    with pytest.raises(DomainError) as error:
        published(frozen_round)
    assert refused(error) == "assessments.not_in_state"
    assert not PublishedRound.objects.exists()


def test_a_decision_is_of_a_day_after_the_freeze_and_not_to_come(frozen_round: Round) -> None:
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(DomainError) as error:
            approve_result(
                **BY_TESTS, round_=frozen_round, decision=Decision("1/QĐ", day, "Chủ tịch"),
                expected_version=now_of(frozen_round).version,
            )  # fmt: skip
        assert refused(error) == "assessments.decision_day"


@pytest.mark.parametrize("state", ["frozen", "published"])
def test_whom_a_reopening_concerns_is_told_why_each_once(council: Council, scored_round: Round, state: str) -> None:
    give_charge(**BY_TESTS, round_=scored_round, official=council.appraiser, starts_on=TODAY)
    frozen_round = frozen(scored_round, council.secretary, council.chair)
    if state == "published":
        published(approved(frozen_round))
    grant(council.appraiser, "approving_authority", council.province)
    chair = {"actor": actor_of(council.chair, day=TODAY), "now": NOW}
    reopen_round(**chair, round_=frozen_round, expected_version=now_of(frozen_round).version, reason="Có kiến nghị")
    found = Notice.objects.filter(kind=REOPENED).order_by("pk")
    concerned = (council.secretary, council.member, council.appraiser, council.head, council.other_head)
    assert sorted(one.recipient_id for one in found) == sorted(one.pk for one in concerned)
    assert {(one.parameters["text"], one.parameters["by"]) for one in found} == {("Có kiến nghị", "Nguyễn Văn Chủ")}
    text = by(council.head).get("/thong-bao/").content.decode()
    assert "Mở lại để Hội đồng xem xét" in text and "Có kiến nghị" in text
    opened = by(council.head).post(f"/thong-bao/{found.get(recipient=council.head).pk}/mo/", follow=True)
    assert opened.status_code == 200 and opened.redirect_chain[-1][0] == f"/dot-cham/{frozen_round.pk}/"


@pytest.mark.requirement(24, 25, 125)
def test_a_correction_is_a_new_version_and_the_old_one_stays_readable(council: Council, frozen_round: Round) -> None:
    published(approved(frozen_round))
    chair = {"actor": actor_of(council.chair, day=TODAY), "now": NOW}
    reopen_round(
        **chair, round_=frozen_round, expected_version=now_of(frozen_round).version, reason="Chấp nhận kiến nghị"
    )
    with pytest.raises(DomainError) as error:
        write(sheets_of(frozen_round)[0], "1.1", "self", done="9", planned="10")
    assert refused(error) == "assessments.not_in_state"
    write(sheets_of(frozen_round)[0], "1.1", "council", reason="Bổ sung báo cáo", done="10", planned="10")
    again = frozen(frozen_round, council.secretary, council.chair, reason="Sửa điểm Xã Mẫu 1")
    shown = published(approved(again, "15/QĐ-UBND"))
    assert (shown.version, shown.reason, shown.result_version) == (2, "Sửa điểm Xã Mẫu 1", 2)
    public = Client()
    address = f"/ket-qua/{shown.slug}/"
    assert "Sửa điểm Xã Mẫu 1" in public.get(address).content.decode()
    old = public.get(address, {"ban": "1"}).content.decode()
    assert "12/QĐ-UBND" in old and "15/QĐ-UBND" not in old
    news = public.get(f"{address}ban-tin/").content.decode()
    assert "Sửa điểm Xã Mẫu 1" in news and "Công bố ngày 23/11/2026." in news


@pytest.mark.requirement(25, 101)
def test_a_unit_asks_for_a_review_and_the_council_answers(council: Council, frozen_round: Round) -> None:
    review_days(frozen_round)
    own = sheets_of(frozen_round)[0]
    head, secretary = by(council.head), by(council.secretary)
    assert reverse("assessments:reviews", args=[frozen_round.pk]) in page(head, "round", frozen_round.pk)
    assert "Xã Mẫu 1" in page(head, "reviews", frozen_round.pk)
    sent(head, "ask-review", own.pk, criterion="1.1", text="Đã có đủ 10 báo cáo")
    asked = ReviewRequest.objects.get()
    assert asked.asked_by == council.head
    assert "Đã có đủ 10 báo cáo" in page(secretary, "reviews", frozen_round.pk)
    assert "Đã có đủ 10 báo cáo" not in page(by(council.other_head), "reviews", frozen_round.pk)
    sent(secretary, "answer-review", asked.pk, granted="yes", answer="Hội đồng xem lại")
    asked.refresh_from_db()
    assert asked.granted is True and asked.answered_by == council.secretary
    with pytest.raises(DomainError) as error:
        answer_review(**BY_TESTS, asked=asked, granted=False, answer="Khác")
    assert refused(error) == "assessments.review_answered"


def test_a_review_is_asked_for_in_its_days_once_with_a_reason(frozen_round: Round) -> None:
    own = sheets_of(frozen_round)[0]
    with pytest.raises(DomainError) as error:
        ask_review(**BY_TESTS, sheet=own, code="", text="Xem lại")
    assert refused(error) == "assessments.no_review_phase"
    review_days(frozen_round)
    with pytest.raises(DomainError) as error:
        ask_review(**BY_TESTS, sheet=own, code="", text=" ")
    assert refused(error) == "assessments.no_review_reason"
    ask_review(**BY_TESTS, sheet=own, code="", text="Xem lại")
    with pytest.raises(DomainError) as error:
        ask_review(**BY_TESTS, sheet=own, code="", text="Xem lại")
    assert refused(error) == "assessments.review_open"
    with pytest.raises(DomainError) as error:
        ask_review(**BY_TESTS | {"now": NOW + timedelta(days=30)}, sheet=own, code="1.1", text="Xem lại")
    assert refused(error) == "assessments.review_over"


def test_after_the_freeze_only_the_days_of_reviews_move(frozen_round: Round) -> None:
    later = PHASES | {"council": (PHASES["council"][0], PHASES["council"][1] + timedelta(days=9))}
    with pytest.raises(DomainError) as error:
        set_timetable(
            **BY_TESTS, round_=frozen_round, phases=later, papers={}, expected_version=now_of(frozen_round).version
        )
    assert refused(error) == "assessments.not_in_state"
