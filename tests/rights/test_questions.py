"""Every page that is looked at asks the database nine questions at most, session, account, viewer and bell included."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cchc.followups.actions.assigning import assign_follow_up
from cchc.interface.access import PUBLIC
from cchc.organizations.actions.rights import delegate
from cchc.organizations.actions.units import give_supervision, reorganize
from cchc.organizations.models import Official
from cchc.organizations.roles import roles
from cchc.organizations.signing_in.middleware import ACTING_FOR
from cchc.records.sources import Source
from tests.factories.followups import directive, task
from tests.factories.organizations import BY_TESTS, LONG_AGO, NOW, TODAY, grant, official, unit
from tests.rights.site import Site, signed_in
from tests.rights.table import Route, routes

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(125)]
MOST: Final = 9
PAGES: Final = [route for route in routes() if "GET" in route.methods and route.permission != PUBLIC]


@pytest.fixture(autouse=True)
def today(own_data):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def busy(built_site: Site) -> Official:
    """Holds every role over the province, in which a commune went into another and one follows another."""
    with time_machine.travel(NOW, tick=False):
        return somebody_busy(built_site)


def somebody_busy(site: Site) -> Official:
    old = unit("xa-cu", site.province, "commune", "xã Cũ")
    grant(official("nguoi-cu", works_in=old), "unit_head", old)
    source = Source("Nghị quyết 1677/NQ-UBTVQH15")
    days = {"effective_on": date(2025, 7, 1), "source": source}
    reorganize(**BY_TESTS, kind="merger", predecessors=[old], successors=[site.commune], **days)
    person = official("da-nang", works_in=site.office)
    for role in roles().values():
        if not role.at_objects:
            grant(person, role.id, site.province, covers_subtree=True)
    followed = unit("xa-khac", site.province)
    give_supervision(**BY_TESTS, supervisor=site.office, unit=followed, starts_on=LONG_AGO, source=source)
    return person


def questions(client: Client, address: str) -> int:
    """How many the answer took, to its end."""
    with CaptureQueriesContext(connection) as asked:
        client.get(address).getvalue()
    return len(asked)


@pytest.mark.crossing
@pytest.mark.parametrize("route", PAGES, ids=lambda route: f"{route.name} {route.about}".replace(" -", ""))
def test_a_page_asks_little(route: Route, site: Site, busy: Official):
    address = reverse(route.name, args=site.arguments(route.about))
    counted = {who: questions(client, address) for who, client in (
        (route.who, site.client(route.who)), ("holder of every role", signed_in(busy))
    )}  # fmt: skip
    assert max(counted.values()) <= MOST, counted


def test_whoever_acts_for_another_asks_no_more(site: Site):
    """With a directive that gives a task and is followed by somebody in particular."""
    head, deputy, given = site.people["head"], site.people["colleague"], directive(site.office, [site.commune])
    work = task(site.commune, head, site.office, subject=given)
    days = {"starts_on": TODAY, "ends_on": None, "reason": "Đúng lĩnh vực"}
    assign_follow_up(**BY_TESTS, subject=given, official=site.people["officer"], **days)
    delegate(**BY_TESTS, principal=head, deputy=deputy, **days | {"ends_on": TODAY})
    client = signed_in(deputy)
    session = client.session
    session[ACTING_FOR] = head.code
    session.save()
    counted = {
        name: questions(client, reverse(name, args=about))
        for name, *about in (
            ("interface:desk",),
            ("followups:board",),
            ("followups:directive", given.pk),
            ("followups:task", work.pk),
            ("organizations:official", site.people["officer"].code),
            ("organizations:official", head.code),
        )
    }
    assert max(counted.values()) <= MOST, counted
