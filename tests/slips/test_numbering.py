"""Numbers of forms: once for each act, without gap, in the series of unit, form and year."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cchc.dossiers.models import Dossier, DossierEvent
from cchc.organizations.viewers import actor_of
from cchc.records.errors import DomainError
from cchc.slips.actions.numbering import number_form
from cchc.slips.models import FormSeries, IssuedForm
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, received
from tests.slips.test_pages import LAST_OF_2018, act_at, refused, said, stopped, supplemented, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def act_of(dossier: Dossier, act: str) -> DossierEvent:
    found = DossierEvent.objects.filter(dossier=dossier, act=act).select_related("dossier__unit")
    return found.order_by("-pk")[0]


def numbered(desk: Desk, event: DossierEvent, when: str = "23 10:00") -> str:
    return number_form(**desk.as_(desk.receiver, when), event=event).said


@pytest.mark.requirement(43)
def test_each_form_has_its_own_series_and_asked_again_the_same_number(desk: Desk):
    acts = [act_of(supplemented(desk), "ask_supplement") for _ in range(3)]
    assert [numbered(desk, one) for one in acts] == ["1/HDHS", "2/HDHS", "3/HDHS"]
    assert [numbered(desk, one) for one in reversed(acts)] == ["3/HDHS", "2/HDHS", "1/HDHS"]
    assert numbered(desk, act_of(refused(desk), "refuse")) == "1/TCHS"
    assert numbered(desk, act_of(stopped(desk), "stop")) == "1/DGQ"
    assert {(one.form, one.last) for one in FormSeries.objects.order_by("pk")} == {
        ("supplement", 3), ("refusal", 1), ("stop", 1),
    }  # fmt: skip
    assert IssuedForm.objects.count() == 5


@pytest.mark.requirement(43)
@pytest.mark.parametrize(
    ("moment", "said_number"),
    [
        (datetime(2026, 12, 31, 16, 59, tzinfo=UTC), "2/HDHS"),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "1/HDHS"),  # midnight in Vietnam
    ],
)
def test_a_series_begins_anew_with_the_year(desk: Desk, moment: datetime, said_number: str):
    numbered(desk, act_of(supplemented(desk), "ask_supplement"))
    event = act_of(supplemented(desk), "ask_supplement")
    assert number_form(actor=actor_of(desk.receiver), now=moment, event=event).said == said_number


def test_what_has_no_number_says_so(desk: Desk):
    with pytest.raises(DomainError) as refusal:
        numbered(desk, act_of(received(desk), "receive"))
    assert refusal.value.code == "slips.form_without_number"
    event = act_at(stopped(desk), "stop", LAST_OF_2018)
    with pytest.raises(DomainError) as refusal:
        numbered(desk, event)
    assert refusal.value.code == "slips.no_form" and not FormSeries.objects.exists()


@pytest.mark.requirement(43)
def test_a_number_is_given_on_the_page_and_stays(desk: Desk):
    dossier = supplemented(desk)
    address = f"/ho-so/{dossier.pk}/phieu/viec/{act_of(dossier, 'ask_supplement').pk}/"
    client = client_of(desk.receiver)
    before = said(client, address)
    assert "……/HDHS" in words_of(before) and f'action="{address}cap-so/"' in before
    assert client.get(f"{address}cap-so/").status_code == 405 and not IssuedForm.objects.exists()
    for _ in range(2):
        assert client.post(f"{address}cap-so/").headers["Location"] == address
    page = said(client, address)
    assert "Số 1/HDHS" in words_of(page) and "cap-so" not in page
    assert FormSeries.objects.get().last == 1
    receiving = said(client, f"/ho-so/{received(desk).pk}/phieu/")
    assert "cap-so" not in receiving, "it has the code of the dossier"


@pytest.mark.parametrize(("who", "status"), [("receiver", 302), ("settler", 302), ("head", 302), ("stranger", 404)])
def test_who_gives_numbers(desk: Desk, who: str, status: int):
    dossier = supplemented(desk)
    address = f"/ho-so/{dossier.pk}/phieu/viec/{act_of(dossier, 'ask_supplement').pk}/cap-so/"
    assert client_of(getattr(desk, who)).post(address).status_code == status
