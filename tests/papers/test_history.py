"""Who changed what at a paper, and the files that are cited for it beside the signed one."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cchc.files.sending import Sender
from cchc.organizations.viewers import actor_of
from cchc.papers.actions.approvals import ask_approval, decide_approval
from cchc.papers.actions.drafts import change_draft, draft_paper
from cchc.papers.actions.issuing import Issuing, issue_paper, withdraw_paper
from cchc.papers.actions.signed import attach_signed
from cchc.tables.reading import read_tables
from tests.factories import papers
from tests.factories.clients import client_of
from tests.factories.files import cited, stored, trusted
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit

pytestmark = pytest.mark.django_db
PAPER = "papers.Paper"


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.CCHC_DATA = tmp_path
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def province():
    return unit("tinh", name="tỉnh Mẫu")


@pytest.fixture
def commune(province):
    return unit("xa", province, name="xã Mẫu")


def holder(role, place, works_in=None):
    person = official(f"{role}-{place.code}".replace("_", "-"), works_in=works_in or place)
    if role != "colleague":
        grant(person, role, place, covers_subtree=True)
    return client_of(person)


def history(client, paper) -> str:
    answer = client.get(f"/nhat-ky/{PAPER}/{paper.pk}/")
    return answer.content.decode() if answer.status_code == 200 else f"{answer.status_code}"


@pytest.mark.requirement(125)
def test_the_history_of_a_draft_is_read_by_who_reads_the_draft(commune, province):
    draft = papers.draft(commune)
    for role in ("reform_officer", "signing_leader"):
        client = holder(role, commune)
        told = history(client, draft)
        assert "Soạn dự thảo văn bản" in told and "Sửa dự thảo văn bản" in told
        assert "Báo cáo" in told and "Dự thảo" in told and ">report<" not in told and ">draft<" not in told
        assert f'href="/nhat-ky/{PAPER}/{draft.pk}/"' in client.get(f"/van-ban/{draft.pk}/").content.decode()
    for client in (holder("auditor", province), holder("colleague", commune), holder("reform_officer", unit("xa-2"))):
        assert history(client, draft) == "404"


@pytest.mark.requirement(125)
def test_how_an_issued_paper_was_written_stays_with_its_unit_and_what_followed_is_read_by_all(commune):
    early = BY_TESTS | {"now": NOW - timedelta(microseconds=1)}
    draft = draft_paper(**early, unit=commune, kind="report")
    draft = change_draft(**early, paper=draft, texts=papers.TEXTS, frame=papers.FRAME, bases=[])
    paper = issue_paper(**BY_TESTS, paper=draft, issuing=Issuing(TODAY))
    withdraw_paper(**BY_TESTS, paper=paper, reason="Sai thẩm quyền")
    everybody, writer = holder("colleague", unit("xa-2")), holder("reform_officer", commune)
    for client in (everybody, writer):
        told = history(client, paper)
        assert "Phát hành văn bản" in told and "Thu hồi văn bản" in told and "Sai thẩm quyền" in told
        assert ("Soạn dự thảo văn bản" in told) is ("Sửa dự thảo văn bản" in told) is (client is writer)
    assert client_of(official("x")).get(f"/van-ban/{paper.pk}/").status_code == 200


CHANGES = "/nhat-ky-thay-doi/"


@pytest.mark.requirement(125)
def test_the_list_of_all_changes_tells_of_drafts_only_that_something_happened(commune, province):
    draft = papers.draft(commune)
    told = [holder("auditor", place).get(CHANGES).content.decode() for place in (province, commune)]
    for page in told:
        assert '<option value="papers.Paper"' in page and '<option value="papers.ApprovalRequest"' in page
        assert "Soạn dự thảo văn bản" in page and "Bản thảo văn bản. Nội dung chỉ hiện" in page
        assert draft.title not in page and f"/nhat-ky/{PAPER}/{draft.pk}/" not in page
    second = official("kiem-toan-2", works_in=commune)
    grant(second, "auditor", commune)
    taken = read_tables(client_of(second).get(f"{CHANGES}tai-ve.csv").content, "x.csv")
    assert "Bản thảo văn bản" in str(taken[0].rows) and draft.title not in str(taken[0].rows)
    assert "Soạn dự thảo" not in holder("auditor", unit("xa-2", province)).get(CHANGES).content.decode()


@pytest.mark.requirement(125)
def test_what_happened_since_a_paper_was_issued_is_found_with_who_did_it(commune, province):
    early = BY_TESTS | {"now": NOW - timedelta(microseconds=1)}
    leader = official("lanh-dao", "Lê Thị Ký", commune)
    draft = draft_paper(**early, unit=commune, kind="report")
    draft = change_draft(**early, paper=draft, texts=papers.TEXTS, frame=papers.FRAME, bases=[])
    by_leader = {"actor": actor_of(leader), "now": NOW}
    paper = issue_paper(**by_leader, paper=draft, issuing=Issuing(TODAY))
    withdraw_paper(**by_leader, paper=paper, reason="Sai thẩm quyền")
    for auditor in [holder("auditor", place) for place in (province, commune)]:
        page = auditor.get(CHANGES, {"nguoi": "lanh-dao"}).content.decode()
        assert "Phát hành văn bản" in page and "Sai thẩm quyền" in page and "Cấp số văn bản" in page
        assert f'href="/nhat-ky/{PAPER}/{paper.pk}/"' in page and "Bản thảo văn bản." not in page
        drafted = auditor.get(CHANGES, {"loai": PAPER}).content.decode()
        assert drafted.count("Bản thảo văn bản. Nội dung chỉ hiện") == 2, "how it was written stays with its unit"
    writer = official("viet", works_in=commune)
    for role in ("auditor", "reform_officer"):
        grant(writer, role, commune)
    assert "Bản thảo văn bản." not in client_of(writer).get(CHANGES, {"loai": PAPER}).content.decode()


@pytest.mark.requirement(125)
def test_what_is_laid_before_a_unit_stands_in_the_lists_of_both(commune, province):
    head = official("chu-tich", "Trần Văn Duyệt", province)
    paper = papers.issued(commune)
    asked = ask_approval(**BY_TESTS, paper=paper, to=province)
    decide_approval(actor=actor_of(head), now=NOW, request=asked, verdict="approved", words="Đồng ý toàn bộ")
    for place in (province, commune):
        page = holder("auditor", place).get(CHANGES, {"loai": "papers.ApprovalRequest"}).content.decode()
        assert "Quyết định về văn bản trình" in page and "Đồng ý toàn bộ" in page and paper.title in page
        assert f"/nhat-ky/papers.ApprovalRequest/{asked.pk}/" in page
    reader = client_of(official("x", works_in=unit("xa-2")))
    assert "Đồng ý toàn bộ" in reader.get(f"/nhat-ky/papers.ApprovalRequest/{asked.pk}/").content.decode()


def test_many_papers_on_a_page_are_asked_about_at_once(commune, django_assert_max_num_queries):
    auditor, numbers = holder("auditor", commune), []
    for _ in range(2):
        papers.draft(commune)
        papers.issued(commune)
        with CaptureQueriesContext(connection) as asked:
            assert auditor.get(CHANGES).status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


@pytest.mark.long
def test_other_files_of_a_paper_are_listed_and_ended_beside_the_signed_one(commune):
    paper = papers.issued(commune)
    leader, other = holder("signing_leader", commune), holder("colleague", unit("xa-2"))
    with trusted(b"%PDF-1.7 signed", "ban-ky.pdf") as upload:
        attach_signed(
            **BY_TESTS, paper=paper, upload=upload, sender=Sender(), denies_state_secret=True, reports=()
        )  # fmt: skip
    annex = cited(stored(b"%PDF-1.7 annex", "phu-luc.pdf"), (PAPER, paper.pk))
    end = f"/tep/vien-dan/{annex.pk}/thoi/"
    page = leader.get(f"/van-ban/{paper.pk}/").content.decode()
    assert page.count("ban-ky.pdf") == 1 and "phu-luc.pdf" in page and end in page
    assert f"/tep/vien-dan/{PAPER}/{paper.pk}/" in page
    read = other.get(f"/van-ban/{paper.pk}/").content.decode()
    assert "phu-luc.pdf" in read and "/tep/vien-dan/" not in read
    signed = paper.signed_files.get().file.citations.get()
    refused = leader.get(f"/tep/vien-dan/{signed.pk}/thoi/")
    assert refused.status_code == 422 and "bản ký của văn bản" in refused.content.decode()
    assert leader.post(end, {"reason": "Phụ lục cũ"}).status_code == 302
    assert "Phụ lục cũ" in other.get(f"/van-ban/{paper.pk}/").content.decode()
    assert "Thôi viện dẫn tệp" in history(other, paper) and "Phụ lục cũ" in history(other, paper)
