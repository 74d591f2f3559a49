"""The list of papers shows each role what the permission of tests/rights allows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cchc.organizations.models import Official, Unit
from cchc.organizations.roles import roles
from cchc.organizations.viewers import Hold, Viewer, public_viewer
from cchc.papers import permissions
from cchc.papers.models import BasesImport
from cchc.papers.queries.papers import visible_papers
from tests.factories import papers
from tests.factories.organizations import TODAY, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(124)]


@pytest.fixture
def places() -> dict[str, Unit]:
    parent = unit("tinh")
    own, sibling = unit("xa", parent), unit("xa-khac", parent)
    return {
        "own": own,
        "child": unit("phong", own),
        "sibling": sibling,
        "parent": parent,
        "elsewhere": unit("tinh-khac"),
    }


def viewers(me: Official, own: Unit) -> Iterator[tuple[str, Viewer]]:
    for role in roles():
        yield role, Viewer(TODAY, me, holds=(Hold(role, own.pk, True),), postings=frozenset({own.pk}))


def test_the_list_shows_what_the_permission_allows(places):
    me = official("toi")
    made = [paper for place in places.values() for paper in (papers.draft(place), papers.issued(place))]
    for _role, viewer in [*viewers(me, places["own"]), ("", public_viewer(TODAY))]:
        allowed = {paper.pk for paper in made if permissions.may_see_paper(viewer, paper)}
        assert set(visible_papers(viewer).values_list("pk", flat=True)) == allowed


def test_a_file_of_bases_is_for_whoever_handed_it_in(places):
    made = BasesImport(unit=places["own"], uploaded_by=official("khac"))
    for role, viewer in viewers(official("toi"), places["own"]):
        verdict = permissions.may_follow_bases_import(viewer, made)
        assert verdict.refusal is not None and verdict.refusal.code == "papers.import_not_found", role
