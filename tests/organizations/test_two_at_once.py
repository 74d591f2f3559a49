"""Two administrators at one form: whoever comes second is told, keeps what was typed, and may save it all the same."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from cchc.organizations.actions.units import reorganize
from cchc.organizations.models import CalendarUse, Official, Posting, Unit
from cchc.organizations.queries import people
from cchc.records.errors import DomainError
from cchc.records.sources import Source
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, TODAY, grant, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def two(province: Unit) -> tuple[Client, Client]:
    found = []
    for code in ("mot", "hai"):
        person = official(code, f"Quản Trị {code}", province)
        grant(person, "administrator", province, covers_subtree=True)
        found.append(client_of(person))
    return found[0], found[1]


def hidden(client: Client, address: str, name: str) -> str:
    """What the form at the address says that its reader saw."""
    return str(client.get(address).context["form"][name].value())


def second_is_told(two: tuple[Client, Client], address: str, name: str, first: dict, second: dict) -> dict:
    """Both open the form, the first one saves, then the second one; answers what the second may send once more."""
    seen = {name: hidden(two[1], address, name)}
    assert two[0].post(address, first | seen).status_code == 302
    told = two[1].post(address, second | seen)
    page = told.content.decode()
    assert told.status_code == 409
    assert "vừa được người khác sửa" in page
    for typed in second.values():
        assert str(typed) in page, "what was typed is kept"
    return second | {name: told.context["form"][name].value()}


def test_a_unit(two, province):
    unit("xa", province)
    address, given = "/don-vi/xa/sua/", {"kind": "commune", "parent": "tinh"}
    once_more = second_is_told(
        two, address, "version", given | {"name_vi": "xã Một", "starts_on": "23/11/2026"},
        given | {"name_vi": "xã Hai", "starts_on": "24/11/2026"},
    )  # fmt: skip
    assert two[1].post(address, once_more).status_code == 302
    assert [one.name_vi for one in Unit.objects.get(code="xa").placements.order_by("-starts_on")][:2] == [
        "xã Hai",
        "xã Một",
    ]


def test_the_name_and_contact_of_an_official(two, province):
    person = official("cb1", "Lê Văn Ba", province)
    address = "/can-bo/cb1/sua/"
    once_more = second_is_told(
        two, address, "version", {"name": "Lê Văn Ba", "phone": "0911111111", "email": ""},
        {"name": "Lê Văn Bá", "phone": "0922222222", "email": ""},
    )  # fmt: skip
    person.refresh_from_db()
    assert (person.name, person.phone) == ("Lê Văn Ba", "0911111111")
    assert two[1].post(address, once_more).status_code == 302
    assert Official.objects.get(code="cb1").phone == "0922222222"


def test_a_transfer(two, province):
    """The second one would have ended the post that the first one gave, without knowing of it."""
    unit("xa", province), unit("xa-hai", province)
    person = official("cb1", "Lê Văn Ba", province)
    address = "/can-bo/cb1/dieu-dong/"
    once_more = second_is_told(
        two, address, "latest", {"unit": "xa", "post": "Phó Chủ tịch", "starts_on": "01/12/2026"},
        {"unit": "xa-hai", "post": "Chủ tịch", "starts_on": "05/12/2026"},
    )  # fmt: skip
    assert [one.post for one in people.postings_of(person)] == ["Phó Chủ tịch", "Chuyên viên"]
    assert two[1].post(address, once_more).status_code == 302
    assert Posting.objects.get(post="Phó Chủ tịch").ends_on.isoformat() == "2026-12-04"


def test_a_calendar(two, province):
    address, calendar = "/don-vi/tinh/lich/", "vn"
    first, second = ({"calendar": calendar, "starts_on": day, "step": "save"} for day in ("23/11/2026", "01/12/2026"))
    seen = {"version": hidden(two[1], address, "version")}
    assert two[0].post(address, first | seen).status_code == 302
    told = two[1].post(address, second | seen)
    assert told.status_code == 409
    assert "vừa được người khác sửa" in told.content.decode() and "01/12/2026" in told.content.decode()
    assert CalendarUse.objects.get(unit=province, starts_on=TODAY).ends_on is None
    again = second | {"version": told.context["form"]["version"].value()}
    assert two[1].post(address, again).status_code == 302
    assert CalendarUse.objects.filter(unit=province).count() == 2


def test_a_unit_is_merged_away_once(two, province):
    unit("giu", province), unit("mat", province)
    merge = {"predecessors": "mat", "starts_on": "01/07/2026", "source_document": "NQ 1"}
    merge |= {"buoc": "xac-nhan", "reason": "Theo nghị quyết"}
    assert two[0].post("/don-vi/giu/nhap-vao/", merge).status_code == 302
    assert two[1].post("/don-vi/giu/nhap-vao/", merge | {"starts_on": "01/08/2026"}).status_code == 422
    keeps, gone = Unit.objects.get(code="giu"), Unit.objects.get(code="mat")
    with pytest.raises(DomainError, match=r"organizations\.not_there"):
        reorganize(
            **BY_TESTS, kind="merger", predecessors=[gone, keeps], successors=[keeps],
            effective_on=date(2026, 8, 1), source=Source("NQ 1"),
        )  # fmt: skip
