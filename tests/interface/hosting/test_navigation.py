"""The header holds the heads of groups; what stands under one is reached from every page of the group."""

from __future__ import annotations

import pytest
from django.test import Client

from cchc.interface.access import ALLOWED, denied
from cchc.interface.hosting import navigation
from cchc.interface.hosting.navigation import Place, known_places, places_beside, places_from


def refused(_viewer):
    return denied("interface.not_found")


def allowed(_viewer):
    return ALLOWED


def names(places):
    return [one["text"] for one in places]


def current(places):
    return [one["text"] for one in places if one["current"]]


def offered(monkeypatch, head_for=None, child_for=None):
    """Two groups of this site's own pages, one with two entries under it."""
    made = [
        Place("a.desk", "dossiers:desk", "Dossiers", head_for),
        Place("b.units", "organizations:units", "Units"),
        Place("a.use", "dossiers:adoption", "Use", under="a.desk"),
        Place("c.list", "apologies:list", "Apologies", child_for, under="a.desk"),
    ]
    monkeypatch.setattr(navigation, "known_places", lambda: {one.code: one for one in made})


@pytest.mark.parametrize(
    ("path", "head", "beside", "here"),
    [
        ("/ho-so/", ["Dossiers"], ["Dossiers", "Use", "Apologies"], ["Dossiers"]),
        ("/ho-so/7/", ["Dossiers"], ["Dossiers", "Use", "Apologies"], ["Dossiers"]),
        ("/ho-so/su-dung/giay/xa/", ["Dossiers"], ["Dossiers", "Use", "Apologies"], ["Use"]),
        ("/xin-loi/3/", ["Dossiers"], ["Dossiers", "Use", "Apologies"], ["Apologies"]),
        ("/don-vi/", ["Units"], [], []),
        ("/elsewhere/", [], [], []),
    ],
)
def test_where_a_page_stands(monkeypatch, path, head, beside, here):
    offered(monkeypatch)
    assert names(places_from(path, None)) == ["Dossiers", "Units"]
    assert current(places_from(path, None)) == head
    assert names(places_beside(path, None)) == beside and current(places_beside(path, None)) == here


def test_who_does_not_find_the_head_finds_what_stands_under_it_in_the_header(monkeypatch):
    offered(monkeypatch, head_for=refused)
    assert names(places_from("/", None)) == ["Units", "Use", "Apologies"]
    assert places_beside("/ho-so/su-dung/", None) == []


def test_an_entry_that_is_not_for_one_stands_nowhere(monkeypatch):
    offered(monkeypatch, head_for=allowed, child_for=refused)
    assert names(places_beside("/ho-so/", None)) == ["Dossiers", "Use"]


def test_each_stands_under_an_entry_of_its_room_or_a_lower_one_that_stands_under_none():
    known = known_places()
    order = list(known)
    for one in known.values():
        if one.under:
            assert not known[one.under].under
            assert order.index(one.under) < order.index(one.code)


@pytest.mark.django_db
def test_the_public_finds_none_of_it(client: Client):
    assert "room-nav" not in client.get("/tra-cuu-ho-so/").content.decode()
