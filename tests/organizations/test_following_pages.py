"""Choosing a calendar with a look at whom it touches; who follows whom; who acts for whom."""

from __future__ import annotations

from datetime import date

import pytest

from cchc.audit.queries import events_of
from cchc.organizations.actions.units import choose_calendar
from cchc.organizations.models import Delegation, Supervision
from cchc.organizations.queries import people, units
from cchc.organizations.queries.ties import ties_of
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, grant, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
NEXT_YEAR = "01/01/2027"


@pytest.mark.requirement(73)
def test_before_a_calendar_is_chosen_the_page_shows_whom_it_touches(administrator, province):
    commune, other = (unit(code, province, "commune", name) for code, name in (("xa", "xã Một"), ("hai", "xã Hai")))
    unit("phong", other, name="Phòng của xã Hai")
    choose_calendar(**BY_TESTS, unit=other, calendar="vn-example-commune", starts_on=date(2026, 1, 1))
    chosen = {"calendar": "vn", "starts_on": NEXT_YEAR}
    answer = administrator.post("/don-vi/tinh/lich/", chosen | {"step": "preview"})
    assert [one.name_vi for one in answer.context["touched"]] == ["tỉnh Mẫu", "xã Một"]
    assert "2 đơn vị làm việc theo lịch này" in answer.content.decode()
    assert not units.calendars_over(province, date(2027, 1, 1)), "nothing is written by looking"
    assert administrator.post("/don-vi/tinh/lich/", chosen | {"step": "save"}).status_code == 302
    assert [units.calendars_over(one, date(2027, 1, 1))[0].calendar for one in (province, commune, other)] == [
        "vn", "vn", "vn-example-commune",
    ]  # fmt: skip
    page = administrator.get("/don-vi/hai/").content.decode()
    assert "dữ liệu mẫu" in page


@pytest.mark.parametrize(("given", "field"), [
    ({"calendar": "nl", "starts_on": NEXT_YEAR}, "calendar"),
    ({"calendar": "vn", "starts_on": "01/01/1999"}, "starts_on"),
    ({"calendar": "vn", "starts_on": "mai"}, "starts_on"),
])  # fmt: skip
def test_what_is_no_calendar_there(administrator, given, field):
    answer = administrator.post("/don-vi/tinh/lich/", given | {"step": "save"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_calendar_that_is_taken_is_refused_with_what_was_typed(administrator, province):
    choose_calendar(**BY_TESTS, unit=province, calendar="vn", starts_on=date(2027, 1, 1))
    given = {"calendar": "vn", "starts_on": NEXT_YEAR, "source_document": "QĐ 1", "step": "save"}
    answer = administrator.post("/don-vi/tinh/lich/", given)
    assert answer.status_code == 422 and 'value="QĐ 1"' in answer.content.decode()


@pytest.mark.requirement(124)
def test_a_unit_follows_another_until_it_no_longer_does(administrator, province):
    office, commune = unit("so", province, "department", "Sở Nội vụ"), unit("xa", province)
    unit("khac", name="tỉnh Khác")
    named = {"supervisor": "so", "starts_on": "23/11/2026", "source_document": "QĐ 5", "ends_on": ""}
    assert administrator.post("/don-vi/xa/theo-doi/", named | {"supervisor": "khac"}).status_code == 403
    assert administrator.post("/don-vi/xa/theo-doi/", named | {"source_document": ""}).status_code == 422
    assert administrator.post("/don-vi/xa/theo-doi/", named).status_code == 302
    assert administrator.post("/don-vi/xa/theo-doi/", named).status_code == 422, "already"
    assert "Sở Nội vụ" in administrator.get("/don-vi/xa/").content.decode()
    held = Supervision.objects.get()
    assert held.supervisor == office
    address = f"/don-vi/xa/theo-doi/{held.pk}/thoi/"
    assert client_of(official("cb1", works_in=commune)).post(address, {"reason": "x"}).status_code == 403
    assert administrator.post(f"/don-vi/so/theo-doi/{held.pk}/thoi/", {"reason": "x"}).status_code == 404
    assert administrator.post(address, {"reason": " "}).status_code == 422
    assert administrator.post(address, {"reason": "Thay đổi phân công"}).status_code == 302
    assert not ties_of(commune, date(2026, 11, 24)).supervisors
    assert [event.kind for event in events_of(held)] == [
        "organizations.supervision_given", "organizations.supervision_ended",
    ]  # fmt: skip


DAYS = {"starts_on": "23/11/2026", "ends_on": "30/11/2026", "reason": "Đi công tác"}


@pytest.mark.requirement(124)
def test_an_official_names_a_deputy_and_ends_it(province):
    head, deputy = official("truong", "Trần Văn Dũng", province), official("pho", "Lê Thị Mai", province)
    grant(head, "signing_leader", province)
    client = client_of(head)
    assert client.post("/can-bo/truong/uy-quyen/", DAYS | {"deputy": "pho", "role": "administrator"}).status_code == 422
    assert client.post("/can-bo/truong/uy-quyen/", DAYS | {"deputy": "truong"}).status_code == 403
    named = client.post("/can-bo/truong/uy-quyen/", DAYS | {"deputy": "pho", "role": "signing_leader"})
    assert named.url == "/tai-khoan/"
    assert "Lê Thị Mai" in client.get("/tai-khoan/").content.decode()
    (given,) = people.deputies_of(head, TODAY)
    assert (given.deputy, given.role, given.ends_on) == (deputy, "signing_leader", date(2026, 11, 30))
    address = f"/can-bo/truong/uy-quyen/{given.pk}/thoi/"
    assert client_of(deputy).post(address, {"reason": "x"}).status_code == 403
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Về sớm"}).status_code == 302
    given.refresh_from_db()
    assert given.ends_on == TODAY
    assert client.post(f"/can-bo/truong/uy-quyen/{given.pk + 1}/thoi/", {"reason": "x"}).status_code == 404


@pytest.mark.requirement(124)
def test_an_administrator_hands_on_only_what_they_could_give_and_never_to_oneself(province):
    commune = unit("xa", province)
    clerk = official("quan-tri", "Nguyễn Thị Hoa", commune)
    grant(clerk, "administrator", commune, covers_subtree=True)
    head, deputy = official("truong", works_in=commune), official("pho", works_in=commune)
    grant(head, "unit_head", commune)
    grant(head, "council_chair", province)
    client, address = client_of(clerk), "/can-bo/truong/uy-quyen/"
    assert client.post(address, DAYS | {"deputy": "quan-tri", "role": "unit_head"}).status_code == 403
    assert client.post(address, DAYS | {"deputy": "pho"}).status_code == 403, "all roles: one is over the province"
    assert client.post(address, DAYS | {"deputy": "pho", "role": "council_chair"}).status_code == 403
    assert client.post(address, DAYS | {"deputy": "pho", "role": "unit_head"}).status_code == 302
    assert [one.deputy for one in Delegation.objects.order_by("pk")] == [deputy]
    outsider = official("ngoai", works_in=unit("khac", name="tỉnh Khác"), starts_on=LONG_AGO)
    assert client.get(f"/can-bo/{outsider.code}/uy-quyen/").status_code == 403
