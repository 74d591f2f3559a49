"""Files as proof of a task and as the paper of a directive: seen by whoever sees these, fixed once verified."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cchc.files.citing import citable
from cchc.files.queries import cited_for, files_cited_for
from cchc.followups.actions.correcting import end_directive
from cchc.organizations.models import Account
from cchc.organizations.viewers import Viewer, viewer_of
from tests.factories.clients import client_of
from tests.factories.files import cited, stored
from tests.factories.followups import claimed, directive, step, task
from tests.factories.organizations import BY_TESTS, TODAY, grant, unsaved_account
from tests.files.samples import pdf

pytestmark = pytest.mark.django_db
TASK, DIRECTIVE = "followups.Task", "followups.Directive"


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.CCHC_DATA = tmp_path


def seen_by(person) -> Viewer:
    return viewer_of(unsaved_account(person), TODAY)


@pytest.mark.requirement(57)
def test_proof_is_seen_by_owner_and_follower_and_by_nobody_else(people):
    given = task(people.commune, people.chairman, people.office, "Công khai danh sách")
    file = stored(b"%PDF-1.7 proof", by=people.clerk, works_in=people.commune)
    cited(file, (TASK, given.pk))
    subject = (TASK, str(given.pk))
    for person, is_seen in ((people.officer, True), (people.chairman, True), (people.other_chairman, False)):
        assert list(files_cited_for(seen_by(person), subject)) == ([file] if is_seen else [])
    assert [one.link.text for one in cited_for(seen_by(people.officer), file)] == ["Công khai danh sách"]


def test_only_those_who_work_on_it_add_proof_and_not_after_it_is_verified(people):
    given = task(people.commune, people.chairman, people.office)
    ask = citable(TASK).may_cite
    assert ask(seen_by(people.chairman), str(given.pk)) and ask(seen_by(people.clerk), str(given.pk))
    codes = [ask(seen_by(who), str(given.pk)).refusal.code for who in (people.officer, people.other_chairman)]
    assert codes == ["followups.owners_not_allowed", "followups.task_not_found"]
    assert ask(seen_by(people.chairman), "x").refusal.code == "followups.task_not_found"
    claimed(given)
    assert ask(seen_by(people.chairman), str(given.pk))
    step(given, "verify", "")
    assert ask(seen_by(people.chairman), str(given.pk)).refusal.code == "followups.closed_task_not_allowed"


@pytest.mark.requirement(57)
def test_the_paper_of_a_directive_goes_to_its_addressees(people):
    made = directive(people.province, [people.commune], people.office)
    file = stored(b"%PDF-1.7 paper", by=people.officer, works_in=people.office)
    cited(file, (DIRECTIVE, made.pk))
    subject = (DIRECTIVE, str(made.pk))
    assert list(files_cited_for(seen_by(people.clerk), subject)) == [file]
    assert list(files_cited_for(seen_by(people.other_chairman), subject)) == []
    ask = citable(DIRECTIVE).may_cite
    assert ask(seen_by(people.officer), str(made.pk))
    codes = [ask(seen_by(who), str(made.pk)).refusal.code for who in (people.clerk, people.other_chairman)]
    assert codes == ["followups.followers_not_allowed", "followups.directive_not_found"]


def test_what_ended_keeps_its_files(people):
    made = directive(people.province, [people.commune], people.office)
    ask, officer = citable(DIRECTIVE).may_cite, seen_by(people.officer)
    assert ask(officer, str(made.pk))
    end = {"step": "withdraw", "on": TODAY, "reason": "Nhầm"}
    end_directive(**BY_TESTS, directive=made, expected_version=made.version, **end)
    assert ask(officer, str(made.pk)).refusal.code == "followups.directive_ended"


@pytest.mark.requirement(125)
def test_proof_taken_away_stays_in_the_history_of_the_task_until_it_is_closed(people):
    given = task(people.commune, people.chairman, people.office)
    file = stored(b"%PDF-1.7 proof", "nham-tep.pdf", by=people.clerk, works_in=people.commune)
    citation = cited(file, (TASK, given.pk))
    chairman, officer = client_of(people.chairman), client_of(people.officer)
    end, page = f"/tep/vien-dan/{citation.pk}/thoi/", f"/nhiem-vu/{given.pk}/"
    assert end in chairman.get(page).content.decode() and end not in officer.get(page).content.decode()
    answer = chairman.post(end, {"reason": "Báo cáo của xã khác"})
    assert (answer.status_code, answer.url) == (302, page)
    shown = officer.get(page).content.decode()
    assert "1 tệp đã thôi viện dẫn" in shown and "nham-tep.pdf" in shown and "Báo cáo của xã khác" in shown
    assert people.chairman.name in shown
    assert f'href="/tep/{file.pk}/"' not in shown and officer.get(f"/tep/{file.pk}/").status_code == 404
    assert f'href="/tep/{file.pk}/"' in client_of(people.clerk).get(page).content.decode()  # who uploaded it
    grant(people.officer, "auditor", people.province, covers_subtree=True)
    history = client_of(people.officer).get(f"/nhat-ky/{TASK}/{given.pk}/").content.decode()
    assert "Thôi viện dẫn tệp" in history and "Báo cáo của xã khác" in history


@pytest.mark.requirement(125)
def test_verified_proof_is_not_taken_away(people):
    given = task(people.commune, people.chairman, people.office)
    citation = cited(stored(b"%PDF-1.7 proof", by=people.clerk, works_in=people.commune), (TASK, given.pk))
    claimed(given)
    chairman, end = client_of(people.chairman), f"/tep/vien-dan/{citation.pk}/thoi/"
    assert chairman.get(end).status_code == 200
    step(given, "verify", "")
    assert chairman.get(end).status_code == chairman.post(end, {"reason": "Nhầm"}).status_code == 403
    assert end not in chairman.get(f"/nhiem-vu/{given.pk}/").content.decode()
    citation.refresh_from_db()
    assert citation.ended_at is None


def test_the_pages_name_the_files_and_lead_to_adding_one(people, client):
    given = task(people.commune, people.chairman, people.office)
    cited(stored(b"%PDF-1.7 proof", "bao-cao-12.pdf", by=people.clerk, works_in=people.commune), (TASK, given.pk))
    account = Account(username="xm0.ten", official=people.chairman, created_at=datetime.now(UTC))
    from cchc.audit.testing import unrecorded_for_tests

    with unrecorded_for_tests():
        account.save()
    client.force_login(account)
    page = client.get(f"/nhiem-vu/{given.pk}/").content.decode()
    assert "bao-cao-12.pdf" in page and f"?cho={TASK}:{given.pk}" in page
    step(given, "withdraw")
    assert "?cho=" not in client.get(f"/nhiem-vu/{given.pk}/").content.decode()


@pytest.mark.long
def test_whoever_verifies_has_the_proof_beside_the_form_and_turns_to_another(people, settings):
    given = task(people.commune, people.chairman, people.office)
    first = stored(pdf(1), by=people.clerk, works_in=people.commune)
    second = stored(pdf(2), by=people.clerk, works_in=people.commune)
    for one in (first, second):
        cited(one, (TASK, given.pk))
    claimed(given)
    client = client_of(people.officer)
    address = f"/nhiem-vu/{given.pk}/xac-minh/"
    newest = client.get(address)
    assert f"/tep/{second.pk}/" in newest.content.decode()
    other = client.get(address, {"minh-chung": first.pk}).content.decode()
    assert f"/tep/{first.pk}/" in other and '<form class="card"' in other and f"?minh-chung={second.pk}" in other
    odd = client.get(address, {"minh-chung": "x", "tep-trang": "-1"})
    assert odd.status_code == 200 and f"/tep/{second.pk}/" in odd.content.decode()
