"""Whatever is typed into a form: it is kept as text or refused in words, and shown as text ever after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from importlib import import_module
from itertools import groupby
from operator import itemgetter
from urllib.parse import urlencode

import pytest
import time_machine
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from cchc.audit.models import AuditEvent
from cchc.audit.queries import stored_head
from cchc.interface.forms import ActionForm
from cchc.interface.hosting.audited import known_audited
from cchc.notices.letters import Letter, as_mail
from cchc.notices.models import Delivery
from tests.factories.organizations import NOW
from tests.markup.payloads import MARK, ODD_LETTERS, PAYLOADS
from tests.markup.posting import filled, forms_of, is_free_text
from tests.markup.reading import calendar, read
from tests.markup.storing import text_columns
from tests.rights.site import Site
from tests.rights.table import Route, routes
from tests.rights.test_routes import undone

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(128)]
BY_REFUSAL = ("assessments:appraise", "assessments:write")
"""Addresses that only take: their forms stand on pages with other addresses, and come back from what is refused."""
ASKED = [
    route
    for route in routes()
    if "POST" in route.methods and route.who and ("GET" in route.methods or route.name in BY_REFUSAL)
]
EVERYWHERE = {
    "markup": (
        "/ban-lam-viec/", f"/tim/?q={MARK}", "/don-vi/", "/don-vi/xa/", "/can-bo/", "/nhiem-vu/?trang-thai=all",
        "/van-ban-chi-dao/", "/tep/", "/van-ban/", "/so-theo-doi/", "/thong-bao/", "/nhat-ky-thay-doi/",
    ),
    "formula": ("/van-ban-chi-dao/danh-sach.xlsx", "/nhat-ky-thay-doi/tai-ve.csv"),
}  # fmt: skip
"""Pages and tables in which what was entered turns up, whatever it is: markup harms the ones, formulas the others."""


@pytest.fixture(autouse=True)
def today(own_data):
    with time_machine.travel(NOW, tick=False):
        yield


def ids(route: Route) -> str:
    return f"{route.name} {route.about}".replace(" -", "")


@pytest.mark.crossing
@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("route", ASKED, ids=ids)
def test_what_is_typed_comes_out_as_text(route: Route, payload: str, site: Site):
    address = reverse(route.name, args=site.arguments(route.about))
    client, before = site.client(route.who), stored_head().sequence
    for form in forms_of(asked_for(client, route, address)):
        answer = post(client, address, filled(form, PAYLOADS[payload]))
        read(answer)
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/")
            read_after(client, answer.headers["Location"], site, before)
            if payload in EVERYWHERE:
                read_everywhere(client, site, EVERYWHERE[payload])
    for model, fields in groupby(text_columns(), key=itemgetter(0)):
        kept = model._default_manager.order_by().values(*(field.name for _, field in fields))
        found = {name for row in kept for name, value in row.items() if ODD_LETTERS.search(str(value))}
        assert not found, f"{model.__name__} keeps what no file can hold"


def post(client: Client, address: str, data: dict[str, object]) -> object:
    """Half a pair of letters goes as a broken browser would send it: Python writes none of its own accord."""
    if any("\ud800" in str(value) for value in data.values()):
        words = {name: value for name, value in data.items() if isinstance(value, str | list)}
        body = urlencode(words, doseq=True, errors="surrogatepass")
        return client.post(address, body, content_type="application/x-www-form-urlencoded")
    return client.post(address, data)


def read_after(client: Client, address: str, site: Site, before: int) -> None:
    """The page one comes to, and the histories of all that was changed."""
    read(client.get(address))
    for subject_type, key in sorted(set(_changed_since(before))):
        read(site.client("administrator").get(reverse("interface:history", args=[subject_type, key])))


def read_everywhere(client: Client, site: Site, addresses: Sequence[str]) -> None:
    """Every list that may show it, and the mails."""
    for other in addresses:
        read(site.client("auditor").get(other) if "nhat-ky" in other else client.get(other))
    for mail in Delivery.objects.exclude(channel="in_app").select_related("notice__recipient").order_by("pk"):
        mail.notice.recipient.email = "ten@mau.gov.vn"
        read_mail(Letter(mail.notice.recipient, (mail,), "vi"))


def _changed_since(before: int) -> Iterator[tuple[str, str]]:
    known = known_audited()
    for event in AuditEvent.objects.filter(sequence__gt=before).order_by("sequence"):
        if event.subject_type in known:
            yield event.subject_type, event.subject_id


def read_mail(letter: Letter) -> None:
    """Text alone; no line of a head but ours, nobody else on it, one appointment at most."""
    mail = message_from_bytes(as_mail(letter, NOW).as_bytes(), policy=SMTP)
    assert [name for name in mail if MARK in name.lower()] == []
    assert {str(one.addr_spec) for one in mail["To"].addresses} == {"ten@mau.gov.vn"}
    for part in mail.walk():
        assert part.get_content_type() in {"text/plain", "multipart/mixed", "text/calendar"}
        if part.get_content_type() == "text/calendar":
            calendar(part.get_payload(decode=True))


@pytest.mark.long
@pytest.mark.any_engine
def test_every_form_with_words_is_met(site: Site):
    """A form that no address of the table shows would never be tried: name here why."""
    met = {type(form) for route in ASKED for form in shown(route, site)}
    asked = {kind for kind in known_forms() if any(map(is_free_text, kind.base_fields.values()))}
    left = {kind.__qualname__ for kind in asked - met if not set(kind.__subclasses__()) & met}
    assert left == {"KeptCalendarForm"}, "holds a file of YAML, read as such when it is brought in"


def shown(route: Route, site: Site) -> list[BaseForm]:
    with undone():
        its_own = replace(site)
        address = reverse(route.name, args=its_own.arguments(route.about))
        return list(forms_of(asked_for(its_own.client(route.who), route, address)))


def asked_for(client: Client, route: Route, address: str) -> object:
    """The page with its forms; of an address that only takes, the page that refuses nothing at all."""
    return client.post(address) if route.name in BY_REFUSAL else client.get(address)


def known_forms() -> set[type[ActionForm]]:
    """Of all rooms."""
    import_module("cchc.config.urls")
    found, new = set(), [ActionForm]
    while new:
        kind = new.pop()
        found.add(kind)
        new += kind.__subclasses__()
    return {kind for kind in found if kind.__module__.startswith("cchc.")}
