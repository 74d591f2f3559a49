"""The matrix of rights: every permission × every role × where the unit stands to the role × the paper's state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest

from cchc.interface.access import Verdict, known_permissions
from cchc.organizations.models import Official, Unit
from cchc.organizations.roles import roles
from cchc.organizations.viewers import Hold, Viewer, public_viewer
from cchc.papers import permissions
from cchc.papers.models import LegalBasis, Paper, PaperState, TextTemplate
from cchc.papers.queries.papers import visible_papers
from cchc.papers.rights import DRAFTERS, ISSUERS, KEEPERS
from tests.factories import papers
from tests.factories.organizations import TODAY, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(117)]
RELATIONS = ("own", "child", "sibling", "parent", "elsewhere")
DRAFT, ISSUED = PaperState.DRAFT, PaperState.ISSUED
EVERYBODY = set(product(roles(), RELATIONS))


def below(*names: str) -> set[tuple[str, str]]:
    """These roles over the own unit and what stands under it."""
    return set(product(names, ("own", "child")))


# Which role, held with all below over the viewer's unit, allows what over units that stand so to it; in which states.
OF_UNITS: dict[str, set[tuple[str, str]]] = {
    "may_see_papers": EVERYBODY,
    "may_draft_paper": below(*DRAFTERS),
    "may_write_templates": below("administrator"),
    "may_write_template": below("administrator"),
    "may_keep_bases": below(*KEEPERS),
    "may_change_basis": below(*KEEPERS),
}
OF_PAPERS: dict[str, tuple[set[tuple[str, str]], set[PaperState]]] = {
    "may_change_paper": (below(*DRAFTERS, *ISSUERS), {DRAFT}),
    "may_discard_paper": (below(*DRAFTERS, *ISSUERS), {DRAFT}),
    "may_issue_paper": (below(*ISSUERS), {DRAFT}),
    "may_attach_signed": (below(*ISSUERS), {ISSUED}),
    "may_withdraw_paper": (below(*ISSUERS), {ISSUED}),
}


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


def ask(name: str, viewer: Viewer, thing: Any) -> Verdict:
    function: Callable[..., Verdict] = getattr(permissions, name)
    return function(viewer) if name == "may_see_papers" else function(viewer, thing)


def thing_of(name: str, place: Unit) -> Any:
    match name:
        case "may_write_template":
            return TextTemplate(unit=place)
        case "may_change_basis":
            return LegalBasis(unit=place)
        case _:
            return place


def test_every_permission_of_the_room_stands_in_the_matrix():
    ours = {name.split(".")[1] for name in known_permissions() if name.startswith("papers.")}
    assert ours == {*OF_UNITS, *OF_PAPERS, "may_see_paper"}


@pytest.mark.parametrize("name", OF_UNITS)
def test_the_matrix_of_units(name, places):
    me = official("toi")
    allowed = {
        (role, relation)
        for role, viewer in viewers(me, places["own"])
        for relation, place in places.items()
        if ask(name, viewer, thing_of(name, place))
    }
    assert allowed == OF_UNITS[name]


@pytest.mark.parametrize("name", OF_PAPERS)
def test_the_matrix_of_papers(name, places):
    me, (who, states) = official("toi"), OF_PAPERS[name]
    allowed = {
        (role, relation, state)
        for role, viewer in viewers(me, places["own"])
        for relation, place in places.items()
        for state in PaperState
        if ask(name, viewer, Paper(unit=place, state=state.value))
    }
    assert allowed == {(*one, state) for one in who for state in states}


def test_what_was_issued_is_seen_by_all_officials_and_drafts_by_those_who_make_them(places):
    me = official("toi")
    for state in PaperState:
        allowed = {
            (role, relation)
            for role, viewer in viewers(me, places["own"])
            for relation, place in places.items()
            if permissions.may_see_paper(viewer, Paper(unit=place, state=state.value))
        }
        assert allowed == (below(*DRAFTERS, *ISSUERS) if state in {DRAFT, PaperState.DISCARDED} else EVERYBODY)


def test_the_list_shows_what_the_permission_allows(places):
    me = official("toi")
    made = [paper for place in places.values() for paper in (papers.draft(place), papers.issued(place))]
    for _role, viewer in [*viewers(me, places["own"]), ("", public_viewer(TODAY))]:
        allowed = {paper.pk for paper in made if permissions.may_see_paper(viewer, paper)}
        assert set(visible_papers(viewer).values_list("pk", flat=True)) == allowed


@pytest.mark.parametrize("name", [*OF_UNITS, *OF_PAPERS, "may_see_paper"])
def test_the_public_may_nothing_and_is_told_why(name, places):
    is_of_papers = name in OF_PAPERS or name == "may_see_paper"
    thing = Paper(unit=places["own"], state="issued") if is_of_papers else thing_of(name, places["own"])
    verdict = ask(name, public_viewer(TODAY), thing)
    assert verdict.refusal is not None
    assert verdict.refusal.code.endswith("_not_allowed")


def test_to_others_there_is_no_such_draft(places):
    verdict = permissions.may_change_paper(Viewer(TODAY, official("toi")), Paper(unit=places["own"], state="draft"))
    assert verdict.refusal is not None
    assert verdict.refusal.code == "papers.paper_not_found"
