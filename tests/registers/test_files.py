"""Files cited for an entry of a register: seen by who sees the entry, changed by who writes it while it stands."""

from __future__ import annotations

import pytest

from cchc.files.citing import citable
from cchc.registers.actions.entries import strike_entry
from tests.factories.clients import client_of
from tests.factories.files import cited, stored
from tests.factories.organizations import BY_TESTS
from tests.factories.registers import entry, register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
ENTRY = "registers.RegisterEntry"


@pytest.mark.long
def test_the_page_of_an_entry_lists_its_files_for_all_who_see_it(people):
    row = entry(register(people.office), people.commune)
    citation = cited(stored(b"%PDF-1.7 plan", "ke-hoach-49.pdf", people.officer, people.office), (ENTRY, row.pk))
    page, end = f"/so-theo-doi/dong/{row.pk}/", f"/tep/vien-dan/{citation.pk}/thoi/"
    officer, clerk, stranger = (client_of(one) for one in (people.officer, people.clerk, people.other_chairman))
    written, read = (one.get(page).content.decode() for one in (officer, clerk))
    for part in (end, f"/tep/vien-dan/{ENTRY}/{row.pk}/", f"?cho={ENTRY}:{row.pk}"):
        assert part in written and part not in read
    file = f"/tep/{citation.file_id}/"
    assert "ke-hoach-49.pdf" in read and clerk.get(file).status_code == 200
    assert stranger.get(page).status_code == stranger.get(file).status_code == 404
    assert f'href="{page}"' in clerk.get(file).content.decode()
    assert clerk.post(end, {"reason": "Không đúng"}).status_code == 403
    assert officer.post(end, {"reason": "Kế hoạch cũ"}).url == page
    assert "Kế hoạch cũ" in clerk.get(page).content.decode()
    assert clerk.get(file).status_code == 404


def test_an_entry_without_files_says_nothing_to_those_who_cannot_add_any(people):
    row = entry(register(people.office), people.commune)
    page = f"/so-theo-doi/dong/{row.pk}/"
    assert "Chưa có tệp." in client_of(people.officer).get(page).content.decode()
    assert "Chưa có tệp." not in client_of(people.clerk).get(page).content.decode()


def test_what_is_struck_out_keeps_its_files(people):
    row = entry(register(people.office), people.commune)
    citation = cited(stored(b"%PDF-1.7 plan", by=people.officer), (ENTRY, row.pk))
    officer, end = client_of(people.officer), f"/tep/vien-dan/{citation.pk}/thoi/"
    assert officer.get(end).status_code == 200
    strike_entry(**BY_TESTS, entry=row, expected_version=row.version, reason="Nhầm")
    assert officer.get(end).status_code == officer.post(end, {"reason": "Nhầm"}).status_code == 422
    citation.refresh_from_db()
    assert citation.ended_at is None


def test_what_is_no_entry_is_not_found(people):
    from tests.followups.test_files import seen_by

    ask = citable(ENTRY).may_cite
    assert {ask(seen_by(people.officer), one).refusal.code for one in ("x", "999")} == {"registers.entry_not_found"}
