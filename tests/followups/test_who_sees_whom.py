"""Who sees whom among those not heard: own units, those followed, supervised or led; nobody else (decision 18)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cchc.followups.actions.assigning import assign_follow_up
from cchc.followups.queries.directives import addressees_of
from cchc.followups.queries.missing import MissingSearch, missing
from cchc.organizations.actions.units import give_supervision
from cchc.organizations.models import Account, Official
from cchc.organizations.viewers import Viewer, public_viewer, viewer_of
from cchc.records.sources import Source
from tests.factories.clients import client_of
from tests.factories.followups import directive, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit, unsaved_account
from tests.support.taken import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(62), pytest.mark.usefixtures("today")]
DAY = timedelta(days=1)
LATE = NOW + 30 * DAY
OWN, OTHERS = "xã Ẵng Một", "xã Hai"


@pytest.fixture
def sent(people):
    """Both communes owe everything: to take note, to post, to report a task."""
    made = directive(people.province, [people.commune, people.other], people.office, posting_wanted=True)
    task(people.commune, people.chairman, people.office, subject=made)
    task(people.other, people.other_chairman, people.office, subject=made)
    return made


def seen_by(person: Official) -> Viewer:
    known = Account.objects.filter(official=person).first()
    return viewer_of(known or unsaved_account(person), TODAY)


def whom(viewer: Viewer) -> dict[str, set[str]]:
    """Which kinds of lines by the units that they name."""
    rows = missing(viewer, MissingSearch(), LATE)
    return {name: {row.kind for row in rows if row.unit_name == name} for name in {row.unit_name for row in rows}}


ALL = {"unread", "unposted", "silent"}


def test_an_addressee_sees_its_own_lines_and_not_those_of_another(people, sent):
    assert whom(seen_by(people.clerk)) == {OWN: ALL}
    assert whom(seen_by(people.other_chairman)) == {OTHERS: ALL}
    assert whom(public_viewer(TODAY)) == {}


def test_who_follows_holds_a_role_from_above_or_issued_it_sees_all(people, sent):
    everybody = {OWN: ALL, OTHERS: ALL}
    assert whom(seen_by(people.officer)) == everybody, "a role over the province with all below"
    in_office = official("vp2", "Đinh Thị Xuân", people.office)
    assert whom(seen_by(in_office)) == everybody, "works in the unit that follows"
    in_province = official("ct1", "Hà Văn Chủ", people.province)
    assert whom(seen_by(in_province)) == {OWN: ALL - {"silent"}, OTHERS: ALL - {"silent"}}, "works where it was issued"
    elsewhere = unit("so-khac", people.province, "department", "Sở Khác")
    assert whom(seen_by(official("sk", "Vũ Khách", elsewhere))) == {}


def test_who_supervises_sees_the_units_supervised_alone(people, sent):
    so = unit("so-td", people.province, "department", "Sở Theo dõi")
    supervisor = official("td", "Lý Theo Dõi", so)
    grant(supervisor, "reform_officer", so)
    assert whom(seen_by(supervisor)) == {}
    give_supervision(
        **BY_TESTS, supervisor=so, unit=people.other, starts_on=TODAY, ends_on=None, source=Source("Quyết định 2")
    )
    assert whom(seen_by(supervisor)) == {OTHERS: ALL}


def test_who_leads_a_task_by_name_sees_that_line_alone(people, sent):
    deputy = official("pct", "Hồ Thị Phó", people.province, post="Phó Chủ tịch")
    grant(deputy, "signing_leader", people.province)
    by_office = directive(people.office, [people.commune, people.other], number="9/VP")
    task(people.commune, deputy, people.office, "Số hóa", subject=by_office)
    rows = missing(seen_by(deputy), MissingSearch(), LATE)
    assert {(row.kind, row.unit_name) for row in rows if row.about in {"Số hóa", "9/VP"}} == {("silent", OWN)}


def test_who_is_assigned_to_follow_it_sees_all_of_it_and_nothing_before(people, sent):
    room = unit("phong-ks", people.office, name="Phòng Kiểm soát thủ tục hành chính")
    specialist = official("cv7", "Hoàng Thị Mai", room)
    assert whom(seen_by(specialist)) == {}
    assign_follow_up(**BY_TESTS, subject=sent, official=specialist, starts_on=TODAY, ends_on=TODAY, reason="Phân công")
    assert whom(seen_by(specialist)) == {OWN: ALL, OTHERS: ALL}
    tomorrow = viewer_of(unsaved_account(specialist), TODAY + DAY)
    assert whom(tomorrow) == {}, "the assignment is over"


@pytest.mark.long
def test_the_page_and_the_table_of_a_directive_say_no_more_than_the_list(people, sent, today):
    def shown(person: Official) -> dict[str, bool]:
        return {one.unit_name: one.is_shown for one in addressees_of(seen_by(person), sent)}

    assert shown(people.clerk) == {OWN: True, OTHERS: False}
    assert shown(people.officer) == {OWN: True, OTHERS: True}
    today.move_to(LATE)
    hint, address = "Tình hình của các đơn vị khác", f"/van-ban-chi-dao/{sent.pk}/"
    clerk, officer = client_of(people.clerk), client_of(people.officer)
    theirs, all_of_it = clerk.get(address).content.decode(), officer.get(address).content.decode()
    assert OTHERS in theirs and hint in theirs and theirs.count("Chưa, đã quá hạn") == 2, "to take note, to post"
    assert hint not in all_of_it and all_of_it.count("Chưa, đã quá hạn") == 4
    assert not any(table_of(clerk, address)[OTHERS])
    assert (
        "Chưa, đã quá hạn" in table_of(clerk, address)[OWN] and "Chưa, đã quá hạn" in table_of(officer, address)[OTHERS]
    )


def table_of(client, address: str) -> dict[str, list[str]]:
    """What the sheet of addressees says of each."""
    rows = {name: cells for name, *cells in rows_of(client.post(f"{address}bang-theo-doi.xlsx"), "Nơi nhận")}
    return {name: rows[name] for name in (OWN, OTHERS)}
