"""Every page says whether it discloses personal data of others, or why not."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from unittest.mock import patch

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from cchc.audit.fields import PERSONAL_CLASSES, known_fields
from cchc.interface.access import PUBLIC, access_of
from cchc.privacy import disclosing
from cchc.privacy.disclosing import CHANGES, NO_PERSON, Disclosing, known_disclosures, known_silences, shows


def named_routes(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """The names of all routes of ours that are not for everybody."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from named_routes(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif is_ours(entry) and access_of(entry.callback) != PUBLIC:
            yield f"{space}{entry.name}"


def is_ours(entry: URLPattern) -> bool:
    return entry.callback.__module__.startswith("cchc.")


def undeclared(routes: set[str]) -> set[str]:
    return routes - known_disclosures().keys() - known_silences().keys()


@pytest.mark.requirement(125)
def test_every_page_says_whether_it_discloses_and_nothing_else_is_declared():
    routes = set(named_routes(get_resolver("cchc.config.urls")))
    assert len(routes) > 50
    assert undeclared(routes) == set()
    assert (known_disclosures().keys() | known_silences().keys()) - routes == set()


def test_a_page_that_says_nothing_is_found():
    assert undeclared({"organizations:official", "organizations:salaries"}) == {"organizations:salaries"}


def test_what_is_disclosed_has_personal_fields_and_a_name_in_both_languages():
    tables = {
        table
        for table, fields in known_fields().items()
        if any(field.kind in PERSONAL_CLASSES for field in fields.values())
    }
    not_tables = {"", "privacy.DisclosureLog"}  # any history; the log itself
    for route, disclosed in known_disclosures().items():
        # A delivery says whose notice it is.
        assert disclosed.subject_type in tables | not_tables | {"notices.Delivery"}, route
        assert disclosed.name.vi and disclosed.name.en, route


def test_a_route_declared_twice_is_refused():
    one, other = ModuleType("one"), ModuleType("other")
    page: Disclosing = shows("organizations.Official", "Trang", "Page")
    one.DISCLOSES, one.SILENT = {"a:b": page}, {NO_PERSON: ()}  # type: ignore[attr-defined]
    other.DISCLOSES, other.SILENT = {}, {CHANGES: ("a:b",)}  # type: ignore[attr-defined]
    with (
        patch.object(disclosing, "room_modules", lambda _: [(None, one), (None, other)]),
        pytest.raises(ValueError, match="declared twice"),
    ):
        disclosing._declared()
