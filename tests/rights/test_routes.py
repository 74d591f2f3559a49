"""Every address asks the permission that it declares, obeys the answer, and writes nothing when it is refused."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cchc.audit.queries import stored_head
from cchc.interface.access import PUBLIC, Verdict, access_of, denied, known_permissions
from tests.factories.organizations import NOW
from tests.rights.site import Site
from tests.rights.table import Route, routes

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(124)]
ROUTES = routes()
ASKING = [route for route in ROUTES if route.permission != PUBLIC]
EVERY_METHOD = ("GET", "POST", "PUT", "PATCH", "DELETE")
REFUSED = {403, 404}


@pytest.fixture(autouse=True)
def today(own_data):
    with time_machine.travel(NOW, tick=False):
        yield


def views(resolver: URLResolver, room: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield (f"{room}{entry.name}" if entry.name else "-"), entry.callback
        else:
            yield from views(entry, f"{entry.namespace}:" if entry.namespace else room)


VIEWS: Mapping[str, Callable[..., Any]] = dict(views(get_resolver("cchc.config.urls")))


def test_every_route_has_a_row_with_the_permission_it_declares():
    declared = {(name, access_of(view)) for name, view in views(get_resolver("cchc.config.urls"))}
    assert {(route.name, route.permission) for route in ROUTES} == declared


def test_every_permission_but_those_of_buttons_is_asked_by_a_route():
    """What no address declares: asked beside the declared one, each where the row's remark says."""
    rooms = {route.permission.split(".")[0] for route in ASKING}
    undeclared = {name for name in known_permissions() if name.split(".")[0] in rooms}
    assert undeclared - {route.permission for route in ASKING} == {
        "organizations.may_see_contact",  # part of an official's page
        "organizations.may_hand_on",  # naming a deputy for somebody else, opening an account
        "organizations.may_read_audit", "organizations.may_read_audit_of_person",  # by the history of an object
        "assessments.may_appraise",  # by writing into a sheet and by accepting
        "assessments.may_give_points",  # by writing into a sheet
        "files.may_cite_file",  # by uploading for an object
        "files.may_release_file",  # by judging
        "dossiers.may_file_paper", "dossiers.may_file_result", "dossiers.may_file_claim",  # by uploading for one
        "followups.may_work_on", "followups.may_verify", "followups.may_urge",  # by the steps of a task
        "procedures.may_note_publication",  # by noting where a version stands open
        "papers.may_ask_approval",  # by laying a paper before another unit
    }  # fmt: skip


@dataclass
class Spied:
    """A declared permission as the view sees it: what it was asked and answered; or refusing whatever is asked."""

    ask: Callable[..., Verdict]
    refuses: bool = False
    verdicts: list[Verdict] = field(default_factory=list)

    def __call__(self, *asked: object, **more: object) -> Verdict:
        said = self.ask(*asked, **more)
        self.verdicts.append(denied("interface.not_allowed") if self.refuses else said)
        return self.verdicts[-1]


@contextmanager
def spied(route: Route, *, refuses: bool = False) -> Iterator[Spied]:
    """In the module of the view the permission is replaced; whatever else asks it, asks the real one."""
    ask = known_permissions()[route.permission]
    names = inspect.unwrap(VIEWS[route.name]).__globals__
    name = route.permission.split(".")[1]
    assert names[name] is ask, f"{route.name} does not know {route.permission}"
    spy = Spied(ask, refuses)
    names[name] = spy
    try:
        yield spy
    finally:
        names[name] = ask


@contextmanager
def undone() -> Iterator[None]:
    """What a request wrote is taken back, so that the next one finds everything as it was."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def status(client: Client, method: str, address: str, **headers: str) -> int:
    with undone():
        before = stored_head()
        answer = client.generic(method, address, headers=headers)
        if answer.streaming:
            answer.getvalue()  # read to its end, which closes it; to close it by hand would close the connection too
        if answer.status_code in {*REFUSED, 405}:
            assert stored_head() == before, f"{method} {address} was refused and wrote"
        return answer.status_code


def ids(route: Route) -> str:
    return f"{route.name} {route.about}".replace(" -", "")


@pytest.mark.crossing
@pytest.mark.parametrize("route", ASKING, ids=ids)
def test_a_route_asks_what_it_declares_and_obeys(route: Route, site: Site):
    address = reverse(route.name, args=site.arguments(route.about))
    allowed, stranger = site.client(route.who), site.client("stranger")
    for method in route.methods:
        expect_asked(route, method, address, allowed)
        assert status(Client(), method, address) in REFUSED, f"{method} is not for the public"
    with spied(route) as spy:
        assert status(stranger, route.methods[0], address) == route.stranger
    assert route.stranger != 403 or not all(spy.verdicts)


def expect_asked(route: Route, method: str, address: str, allowed: Client) -> None:
    """Whoever may is asked for and gets an answer; were the permission to refuse, the same person would get none."""
    with spied(route) as spy:
        answered = status(allowed, method, address)
    assert answered < 400 or answered in {409, 422}, f"{method} is for {route.who}"
    assert any(spy.verdicts), f"{method}: not asked before it was answered"
    with spied(route, refuses=True) as spy:
        assert status(allowed, method, address) == 403, f"{method}: the answer of the permission is not obeyed"
    assert spy.verdicts


@pytest.mark.crossing
@pytest.mark.parametrize("route", ASKING, ids=ids)
def test_there_is_no_way_around(route: Route, site: Site):
    """Another method, a method in disguise, a part of a page, the other language, only the head: the same answer."""
    address = reverse(route.name, args=site.arguments(route.about))
    allowed, stranger = site.client(route.who), site.client("stranger")
    for method in EVERY_METHOD:
        if method not in route.methods:
            assert status(allowed, method, address) == 405
    disguised = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "POST", "HX-Request": "true"}
    for method in route.methods:
        expected = REFUSED if route.stranger in REFUSED else {200, 302, 422}
        assert status(stranger, method, address, **disguised) in expected
        assert status(stranger, method, f"/en{address}") in expected
        assert status(Client(), method, address, **disguised) in REFUSED
    if "GET" in route.methods and route.stranger in REFUSED:
        assert status(stranger, "HEAD", address) in REFUSED
        assert status(stranger, "GET", f"{address}?_method=POST&cua-toi=do&confirm=hold") in REFUSED
