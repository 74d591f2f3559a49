"""An issued paper is laid before another unit, which approves or refuses it once, by somebody else."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from cchc.audit.models import AuditEvent
from cchc.interface.hosting.desk import read_desk
from cchc.notices.models import Notice
from cchc.organizations.actions.people import post_official, transfer_official
from cchc.organizations.actions.rights import delegate
from cchc.organizations.viewers import actor_of, viewer_of
from cchc.papers.actions.approvals import ask_approval, decide_approval
from cchc.papers.actions.issuing import Issuing, issue_paper, replace_paper, withdraw_paper
from cchc.papers.models import ApprovalRequest
from cchc.papers.permissions import may_decide_approval
from cchc.papers.queries.approvals import get_request, to_decide
from cchc.records.errors import DomainError
from tests.factories import papers
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit, unsaved_account

DAY = timedelta(days=1)
pytestmark = [pytest.mark.django_db, pytest.mark.requirement(120)]


@pytest.fixture
def province():
    return unit("tinh", name="tỉnh Mẫu")


@pytest.fixture
def department(province):
    return unit("so", province, kind="department", name="Sở Nội vụ")


@pytest.fixture
def chairman(province):
    person = official("ct", "Trần Văn Dũng", province, is_head=True)
    grant(person, "unit_head", province)
    return person


@pytest.fixture
def officer(department):
    person = official("cc", "Lê Văn Ba", department)
    grant(person, "reform_officer", department)
    return person


@pytest.fixture
def asked(department, province, officer, chairman):
    return ask_approval(actor=actor_of(officer), now=NOW, paper=papers.issued(department), to=province)


def refused(code):
    return pytest.raises(DomainError, match=code.replace(".", r"\."))


def told():
    return sorted(Notice.objects.values_list("kind", "recipient__code"))


def seen_by(person):
    return viewer_of(unsaved_account(person), TODAY)


def test_the_head_of_the_unit_is_told_and_finds_it_on_the_desk(asked, chairman, officer):
    assert ("followups.approval_asked", "ct") in told()
    (item,) = [one for kind, one in read_desk(seen_by(chairman), NOW).items if kind.code == "followups.to_do"]
    assert item.title == asked.paper.title and item.note.startswith("Văn bản trình phê duyệt")
    assert list(to_decide(seen_by(chairman))) == [asked]
    assert not to_decide(seen_by(officer)).exists()


def test_it_is_approved_once_with_the_paper_that_says_so(asked, chairman, province):
    decision = papers.issued(province)
    done = decide_approval(
        actor=actor_of(chairman), now=NOW, request=asked, verdict="approved", words=" Đồng ý ", decision=decision
    )
    assert (done.verdict, done.words, done.decision, done.decided_by) == ("approved", "Đồng ý", decision, chairman)
    assert ("papers.approval_decided", "cc") in told()
    assert AuditEvent.objects.filter(kind="papers.approval_decided").exists()
    with refused("papers.approval_decided"):
        decide_approval(**BY_TESTS, request=asked, verdict="refused", words="Nhầm")
    assert not to_decide(seen_by(chairman)).exists()


@pytest.mark.parametrize(
    ("verdict", "words", "code"),
    [
        ("refused", " ", "papers.no_reason"),
        ("maybe", "x", "papers.unknown_verdict"),
        ("", "x", "papers.unknown_verdict"),
    ],
)
def test_a_refusal_says_why_and_nothing_lies_between(asked, verdict, words, code):
    with refused(code):
        decide_approval(**BY_TESTS, request=asked, verdict=verdict, words=words)
    assert ApprovalRequest.objects.get().is_open


def test_the_decision_is_a_standing_paper_of_the_unit_and_approves(asked, department, province):
    with refused("papers.not_its_decision"):
        decide_approval(**BY_TESTS, request=asked, verdict="approved", words="", decision=papers.issued(department))
    with refused("papers.not_its_decision"):
        decide_approval(**BY_TESTS, request=asked, verdict="approved", words="", decision=papers.draft(province))
    with refused("papers.refusal_without_decision"):
        decide_approval(**BY_TESTS, request=asked, verdict="refused", words="x", decision=papers.issued(province))


def test_nobody_decides_what_they_asked_not_even_for_another(department, province, chairman):
    own = ask_approval(actor=actor_of(chairman), now=NOW, paper=papers.issued(department), to=province)
    deputy = official("pct", "Y Mai", province)
    for actor in (actor_of(chairman), actor_of(deputy, chairman), actor_of(chairman, deputy)):
        with refused("papers.own_approval"):
            decide_approval(actor=actor, now=NOW, request=own, verdict="approved", words="")
    assert not to_decide(seen_by(chairman)).exists()
    assert decide_approval(actor=actor_of(deputy), now=NOW, request=own, verdict="approved", words="").verdict


@pytest.mark.parametrize(("below", "may"), [(False, False), (True, False), (None, True)])
def test_who_works_where_the_paper_comes_from_does_not_decide(asked, department, province, below, may):
    """`below`: in an office of that unit; None: elsewhere."""
    works_in = {False: department, True: unit("phong", department), None: unit("so-khac", province, kind="department")}
    person = official("kiem", "Y Hoa", works_in[below])
    grant(person, "signing_leader", province)
    viewer = seen_by(person)
    assert bool(may_decide_approval(viewer, get_request(asked.pk))) is may
    assert to_decide(viewer).exists() is may
    decide = partial(
        decide_approval, actor=actor_of(person), now=NOW, request=asked, verdict="refused", words="Chưa đủ"
    )
    if may:
        assert decide().decided_by == person
    else:
        with refused("papers.own_approval"):
            decide()


@pytest.mark.parametrize(("role_at", "may"), [("office", True), ("province", False)])
def test_what_is_laid_before_an_office_is_decided_there_and_not_from_above(province, department, role_at, may):
    """Nor by who works in the office and holds the role above it alone; a deputy decides as the principal would."""
    office = unit("vp", province, kind="department", name="Văn phòng")
    asked = ask_approval(**BY_TESTS, paper=papers.issued(department), to=office)
    head, deputy = official("cvp", "A Bình", office), official("pct", "Y Mai", province)
    grant(head, "unit_head", {"office": office, "province": province}[role_at], covers_subtree=True)
    delegate(**BY_TESTS, principal=head, deputy=deputy, starts_on=TODAY, ends_on=TODAY, reason="Họp")
    for viewer in (seen_by(head), viewer_of(unsaved_account(deputy), TODAY, head.code)):
        verdict = may_decide_approval(viewer, get_request(asked.pk))
        assert bool(verdict) is may
        assert to_decide(viewer).exists() is may
        assert may or verdict.refusal.message.code == "papers.deciders_not_allowed"


@pytest.mark.parametrize("made", ["issued", "issued_for", "signed"])
def test_who_issued_or_signed_it_does_not_decide_after_moving_elsewhere(department, province, officer, made):
    """Also where the records office issued it for them; a namesake who never worked there decides."""
    head = official("gd", "Lê Thị Ẵng" if made == "signed" else "Y Ly", department)
    by = {"issued": actor_of(head), "issued_for": actor_of(officer, head), "signed": BY_TESTS["actor"]}[made]
    paper = issue_paper(actor=by, now=NOW, paper=papers.draft(department), issuing=Issuing(TODAY))
    asked = ask_approval(actor=actor_of(officer), now=NOW, paper=paper, to=province)
    transfer_official(**BY_TESTS, official=head, unit=province, post="Phó Chủ tịch", starts_on=TODAY + DAY)
    namesake = official("pct", "Lê Thị Ẵng", province)
    for person, may in ((head, False), (namesake, True)):
        grant(person, "signing_leader", province)
        viewer = viewer_of(unsaved_account(person), TODAY + DAY)
        assert bool(may_decide_approval(viewer, get_request(asked.pk))) is may
        assert to_decide(viewer).exists() is may
        decide = partial(decide_approval, actor=actor_of(person), now=NOW + DAY, request=asked, words="")
        if not may:
            with refused("papers.own_approval"):
                decide(verdict="approved")
    assert decide(verdict="approved").decided_by == namesake


def test_a_draft_is_not_laid_before_anybody_nor_twice_nor_before_itself(asked, department, province):
    with refused("papers.not_in_force"):
        ask_approval(**BY_TESTS, paper=papers.draft(department), to=province)
    with refused("papers.approved_by_itself"):
        ask_approval(**BY_TESTS, paper=papers.issued(department), to=department)
    with refused("papers.approval_open"):
        ask_approval(**BY_TESTS, paper=asked.paper, to=province)
    decide_approval(**BY_TESTS, request=asked, verdict="refused", words="Bổ sung số liệu")
    assert ask_approval(**BY_TESTS, paper=asked.paper, to=province).is_open, "after a refusal it may be asked again"


def test_a_paper_that_no_longer_stands_asks_for_nothing(asked, department, province):
    withdraw_paper(**BY_TESTS, paper=asked.paper, reason="Sai số liệu")
    lapsed = ApprovalRequest.objects.get()
    assert (lapsed.verdict, lapsed.words) == ("lapsed", "Sai số liệu")
    other = ask_approval(**BY_TESTS, paper=papers.issued(department), to=province)
    replace_paper(**BY_TESTS, paper=other.paper, by=papers.issued(department), reason="Bản mới")
    assert ApprovalRequest.objects.get(pk=other.pk).verdict == "lapsed"


def test_it_is_asked_and_decided_on_the_pages(department, province, officer, chairman):
    paper = papers.issued(department)
    clerk, head = client_of(officer), client_of(chairman)
    page = f"/van-ban/{paper.pk}/"
    assert "Trình phê duyệt" in clerk.get(page).content.decode()
    assert clerk.post(f"{page}trinh-phe-duyet/", {"to": ""}).status_code == 422
    assert clerk.post(f"{page}trinh-phe-duyet/", {"to": province.code}).status_code == 302
    asked = ApprovalRequest.objects.get()
    assert (asked.to, asked.asked_by) == (province, officer)
    assert "Chờ quyết định" in clerk.get(page).content.decode()
    assert f"/trinh-phe-duyet/{asked.pk}/" in head.get(page).content.decode()
    address = f"/trinh-phe-duyet/{asked.pk}/"
    assert clerk.get(address).status_code == 403
    kept = head.post(address, {"verdict": "refused", "words": ""})
    assert kept.status_code == 422 and "checked" in kept.content.decode()
    assert head.post(address, {"verdict": "approved", "words": "Đồng ý", "decision": ""}).status_code == 302
    shown = clerk.get(page).content.decode()
    assert "Phê duyệt" in shown and "Trần Văn Dũng" in shown and "Đồng ý" in shown
    assert head.get(address).status_code == 422 and head.get("/trinh-phe-duyet/999999/").status_code == 404


@pytest.mark.requirement(56)
def test_who_asked_and_who_decided_stand_there_in_the_posts_of_that_day(asked, department, province, officer, chairman):
    decide_approval(actor=actor_of(chairman), now=NOW, request=asked, verdict="refused", words="Chưa đủ số liệu")
    asked.refresh_from_db()
    assert (asked.asked_as, asked.decided_as) == ("Chuyên viên, Sở Nội vụ", "Chuyên viên, tỉnh Mẫu")
    post_official(**BY_TESTS, official=chairman, unit=department, post="Giám đốc", starts_on=TODAY)
    post_official(**BY_TESTS, official=officer, unit=province, post="Chánh Văn phòng", starts_on=TODAY)
    grant(officer, "reform_officer", province, covers_subtree=True)
    page = client_of(officer).get(f"/van-ban/{asked.paper_id}/").content.decode()
    assert "Lê Văn Ba, Chuyên viên, Sở Nội vụ" in page and "Trần Văn Dũng, Chuyên viên, tỉnh Mẫu" in page
