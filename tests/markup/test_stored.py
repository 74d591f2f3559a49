"""Whatever stands in the database: no page, table, paper or calendar takes it for more than text."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cchc.portal.actions import publish_round
from tests.factories import rounds
from tests.factories.organizations import NOW
from tests.markup.payloads import MARK, PAYLOADS
from tests.markup.posting import filled, forms_of
from tests.markup.reading import read
from tests.markup.storing import spoil
from tests.rights.site import Site
from tests.rights.table import Route, routes

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(128)]
SHOWN = [route for route in routes() if "GET" in route.methods and route.who]
LANGUAGES = ("", "/en")


@pytest.fixture(autouse=True)
def today(own_data):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.crossing
@pytest.mark.parametrize("payload", ["markup", "formula", "lines"])
@pytest.mark.parametrize("route", SHOWN, ids=lambda route: f"{route.name} {route.about}")
def test_what_is_kept_comes_out_as_text(route: Route, payload: str, site: Site):
    address = reverse(route.name, args=site.arguments(route.about))
    client = site.client(route.who)
    spoil(PAYLOADS[payload])
    for language in LANGUAGES if payload == "markup" else LANGUAGES[:1]:  # only markup could break what is translated
        read(client.get(language + address))


def test_it_does_come_out(site: Site):
    """As it stands there, letter by letter: nothing above would fail if nothing were shown."""
    client = site.client("colleague")
    spoil(PAYLOADS["markup"])
    assert PAYLOADS["markup"] in read(client.get("/don-vi/xa/"))
    assert PAYLOADS["markup"] in read(client.get("/can-bo/chu-tich/"))


@pytest.mark.parametrize("payload", ["markup", "formula", "lines"])
def test_published_results_come_out_as_text(payload: str, client: Client):
    published = publish_round(actor=rounds.TESTER, now=NOW, description=rounds.description(), table=rounds.table())
    (unit, *_) = published.results.order_by("pk")
    spoil(PAYLOADS[payload])
    page = f"/ket-qua/{published.slug}/"
    for address in ("/", "/ket-qua/", page, f"{page}{unit.slug}/", f"{page[:-1]}.xlsx", f"{page[:-1]}.csv"):
        for language in LANGUAGES:
            assert MARK in read(client.get(language + address))


def test_an_issued_paper_comes_out_as_text(site: Site):
    """Written, issued and taken away in every format by those who may."""
    (number,) = site.arguments("draft")
    clerk, head = site.client("clerk"), site.client("head")
    for person, step in ((clerk, "papers:draft"), (head, "papers:issue")):
        address = reverse(step, args=[number])
        (form,) = [one for one in forms_of(person.get(address)) if one.fields]
        answer = person.post(
            address, filled(form, PAYLOADS["markup"]) | {"on_behalf": f"KT. <{MARK}>", "symbol": "BC-UBND"}
        )
        assert answer.status_code == 302, [one.errors for one in forms_of(answer)]
    for kind in ("docx", "pdf", "xlsx"):
        text = read(clerk.get(reverse("papers:download", args=[number, kind])))
        assert f"<{MARK}>" in text and "#panic(1)" in text
