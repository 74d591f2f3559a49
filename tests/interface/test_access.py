"""A route that declares no access is closed; one that does not ask what it declared sends nothing."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from cchc.interface.access import (
    ALLOWED,
    PUBLIC,
    AccessDeclared,
    Verdict,
    access_of,
    denied,
    known_permissions,
    needs,
    permission,
    public,
)
from cchc.records.errors import DomainError


@permission
def may_knock(is_known: bool) -> Verdict:
    return ALLOWED if is_known else denied("interface.not_allowed")


def served(view, **given):
    """What the middleware makes of a view."""
    request = RequestFactory().get("/")
    layer = AccessDeclared(lambda asked: layer.process_view(asked, view) or view(asked, **given))
    return layer(request)


def asks(request, is_known=True):
    may_knock(is_known).require()
    return HttpResponse("welcome")


def test_a_view_that_declares_nothing_is_closed():
    with pytest.raises(RuntimeError, match="declares no access"):
        served(lambda request: HttpResponse("welcome"))


def test_a_public_view_is_open():
    assert served(public(lambda request: HttpResponse("all"))).content == b"all"


def test_a_view_that_asks_what_it_declares_answers():
    assert served(needs(may_knock)(asks)).content == b"welcome"
    with pytest.raises(DomainError):
        served(needs(may_knock)(asks), is_known=False)


def test_a_view_that_forgets_to_ask_sends_nothing():
    with pytest.raises(RuntimeError, match=r"without asking .*may_knock"):
        served(needs(may_knock)(lambda request: HttpResponse("welcome")))


def test_a_refusal_needs_no_question():
    refused = needs(may_knock)(lambda request: HttpResponse(status=404))
    assert served(refused).status_code == 404


def routes(resolver: URLResolver, prefix: str = ""):
    for entry in resolver.url_patterns:
        name = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield name, entry.callback
        else:
            yield from routes(entry, name)


@pytest.mark.requirement(124)
def test_every_route_declares_a_permission_that_exists_or_is_public():
    undeclared = {
        name: access_of(view)
        for name, view in routes(get_resolver("cchc.config.urls"))
        if access_of(view) not in {PUBLIC, *known_permissions()}
    }
    assert undeclared == {}
