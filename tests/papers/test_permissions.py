"""The list of papers shows each role what the permission of tests/rights allows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cchc.organizations.models import Official, Unit
from cchc.organizations.roles import roles
from cchc.organizations.viewers import Hold, Viewer, public_viewer
from cchc.papers import permissions
from cchc.papers.models import BasesImport
from cchc.papers.queries.papers import drafting_units, visible_papers
from tests.factories import papers
from tests.factories.clients import client_of
from tests.factories.organizations import TODAY, grant, official, unit

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


@pytest.mark.requirement(120)
@pytest.mark.parametrize(
    ("works_in", "over", "may"),
    [
        ("parent", "parent", False),  # from above, and works above
        ("sibling", "parent", False),  # from above, and works beside it
        ("own", "parent", True),  # from above, and works in it
        ("child", "own", True),  # in its office, over all of it
        ("child", "parent", True),
        ("parent", "own", True),  # given over that very unit
    ],
)
def test_who_holds_a_role_from_above_reads_and_neither_writes_nor_issues(places, works_in, over, may):
    draft, paper = papers.draft(places["own"]), papers.issued(places["own"])
    roles_held = [Hold(role, places[over].pk, True) for role in ("reform_officer", "unit_head")]
    viewer = Viewer(TODAY, official("toi"), holds=tuple(roles_held), postings=frozenset({places[works_in].pk}))
    assert permissions.may_see_paper(viewer, draft)
    verdicts = [
        permissions.may_draft_paper(viewer, places["own"]),
        permissions.may_change_paper(viewer, draft),
        permissions.may_discard_paper(viewer, draft),
        permissions.may_issue_paper(viewer, draft),
        permissions.may_attach_signed(viewer, paper),
        permissions.may_withdraw_paper(viewer, paper),
        permissions.may_ask_approval(viewer, paper),
    ]
    assert {bool(verdict) for verdict in verdicts} == {may}
    offered = [one.unit for one in drafting_units(viewer)]
    assert (places["own"] in offered) is may


def test_a_person_above_finds_no_way_to_write_or_issue_on_the_pages(places):
    chair = official("chu-tich", works_in=places["parent"])
    for role in ("council_chair", "procedure_control_officer"):
        grant(chair, role, places["parent"], covers_subtree=True)
    page, made = client_of(chair), papers.draft(places["own"])
    shown = page.get(f"/van-ban/{made.pk}/").content.decode()
    for way in ("soan/", "phat-hanh/", "bo/"):
        assert f"/van-ban/{made.pk}/{way}" not in shown
        assert page.get(f"/van-ban/{made.pk}/{way}").status_code == 403
    assert page.get("/van-ban/soan/xa/").status_code == 403
