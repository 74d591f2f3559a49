"""The matrix of rights over files: every permission × role × where the file's unit stands × who uploaded × state."""

from __future__ import annotations

from itertools import product

import pytest

from cchc.files import permissions, queries
from cchc.files.actions import hold_back, uncite
from cchc.files.models import StoredFile
from cchc.interface.access import Verdict
from cchc.organizations.roles import roles
from cchc.organizations.viewers import Hold, Viewer, public_viewer
from tests.factories.files import cited, stored
from tests.factories.organizations import BY_TESTS, TODAY, official, unit
from tests.files.samples import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(124)]
UNIT = "organizations.Unit"
RELATIONS = ("own", "child", "sibling", "parent", "elsewhere")
PERMISSIONS = ("may_upload", "may_see_file", "may_open_file", "may_describe_file", "may_judge_file")
ADMIN_BELOW = {("administrator", "own"), ("administrator", "child")}
EVERYBODY = set(product(roles(), RELATIONS))
# What a role with all below over the viewer's unit allows, over a stranger's file whose unit stands so to it.
MATRIX = {
    "may_upload": EVERYBODY,
    "may_see_file": ADMIN_BELOW,
    "may_open_file": ADMIN_BELOW,
    "may_describe_file": ADMIN_BELOW,
    "may_judge_file": ADMIN_BELOW,
    "may_cite_file": ADMIN_BELOW,  # for its own unit; who may not see the file may not cite it for anything
    "may_uncite_file": ADMIN_BELOW,
}
# What lies open to everybody who is signed in once the file is cited for a unit.
CITED = MATRIX | {"may_see_file": EVERYBODY, "may_open_file": EVERYBODY}
OWN = {"may_upload", "may_see_file", "may_open_file", "may_describe_file"}


@pytest.fixture
def places():
    """The viewer works in `own`; the others stand around it."""
    parent = unit("tinh")
    own, sibling = unit("xa", parent), unit("xa-khac", parent)
    elsewhere = unit("tinh-khac")
    return {"own": own, "child": unit("phong", own), "sibling": sibling, "parent": parent, "elsewhere": elsewhere}


@pytest.fixture
def files(places):
    other = official("khac")
    return {relation: stored(pdf(n + 1), by=other, works_in=places[relation]) for n, relation in enumerate(RELATIONS)}


def asked(name: str, viewer: Viewer, file: StoredFile) -> Verdict:
    ask = getattr(permissions, name)
    if name == "may_upload":
        return ask(viewer)
    if name == "may_cite_file":
        return ask(viewer, file, (UNIT, str(file.unit_id)))
    return ask(viewer, file.citations.get() if name == "may_uncite_file" else file)


def viewer_with(role: str, places, me) -> Viewer:
    return Viewer(TODAY, me, holds=(Hold(role, places["own"].pk, True),))


@pytest.mark.parametrize("is_cited", [False, True])
@pytest.mark.long
def test_the_matrix(is_cited, places, files):
    me, found = official("toi"), {name: set() for name in MATRIX}
    if is_cited:
        for file in files.values():
            cited(file, (UNIT, file.unit_id))
    else:
        del found["may_uncite_file"]
    for role in roles():
        viewer = viewer_with(role, places, me)
        for relation, name in product(RELATIONS, found):
            if asked(name, viewer, files[relation]):
                found[name].add((role, relation))
        seen = set(queries.visible_files(viewer).values_list("pk", flat=True))
        allowed = {files[relation].pk for relation in RELATIONS if (role, relation) in found["may_see_file"]}
        assert seen == allowed
    assert found == {name: (CITED if is_cited else MATRIX)[name] for name in found}


def test_to_whom_a_file_is_not_shown_it_is_as_if_there_were_none(places, files):
    viewer = viewer_with("reform_officer", places, official("toi"))
    for name in (*PERMISSIONS[1:], "may_cite_file"):
        verdict = asked(name, viewer, files["own"])
        assert verdict.refusal is not None
        assert verdict.refusal.code == "files.file_not_found"


def test_the_public_may_nothing(files):
    cited(files["own"], (UNIT, files["own"].unit_id))
    for name in MATRIX:
        assert not asked(name, public_viewer(TODAY), files["own"])
    assert not queries.visible_files(public_viewer(TODAY)).exists()


def test_ones_own_file_and_that_of_whom_one_acts_for():
    me, head = official("toi"), official("truong")
    own, given = stored(pdf(1), by=me), stored(pdf(2), by=me, principal=head)
    for viewer, file in ((Viewer(TODAY, me), own), (Viewer(TODAY, head), given), (Viewer(TODAY, me, head), given)):
        assert {name for name in PERMISSIONS if asked(name, viewer, file)} == OWN
    assert not asked("may_see_file", Viewer(TODAY, head), own)


def test_an_administrator_does_not_judge_what_they_uploaded(places):
    me = official("toi")
    file = stored(pdf(), by=me, works_in=places["own"])
    verdict = asked("may_judge_file", viewer_with("administrator", places, me), file)
    assert verdict.refusal is not None
    assert verdict.refusal.code == "files.own_not_allowed"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("scanning", "files.scanning_not_allowed"),
        ("unsafe", "files.unsafe_not_allowed"),
        ("quarantined", "files.held_not_allowed"),
    ],
)
def test_only_what_is_safe_is_opened_even_by_its_owner(state, code):
    me = official("toi")
    file = stored(pdf(), by=me)
    file.blob.state = state
    verdict = asked("may_open_file", Viewer(TODAY, me), file)
    assert verdict.refusal is not None
    assert verdict.refusal.code == code
    assert asked("may_see_file", Viewer(TODAY, me), file)


def test_what_is_no_longer_cited_is_no_longer_seen(places, files):
    viewer = viewer_with("reform_officer", places, official("toi"))
    citation = cited(files["sibling"], (UNIT, files["sibling"].unit_id))
    assert list(queries.files_cited_for(viewer, (UNIT, str(citation.subject_id)))) == [files["sibling"]]
    uncite(**BY_TESTS, citation=citation, reason="Nhầm")
    assert not asked("may_see_file", viewer, files["sibling"])
    assert not queries.files_cited_for(viewer, (UNIT, str(citation.subject_id))).exists()


def test_lists_cost_the_same_however_much_is_in_them(places, files, django_assert_num_queries):
    viewer = viewer_with("administrator", places, official("toi"))
    for file in files.values():
        cited(file, (UNIT, file.unit_id))
    with django_assert_num_queries(2):  # once: which units are gone
        assert [file.blob.kind for file in queries.visible_files(viewer)] == ["pdf"] * 5
    with django_assert_num_queries(3):
        assert [one.link.text for one in queries.cited_for(viewer, files["own"])] == ["Đơn vị xa"]


def test_held_contents_stay_in_lists(places, files):
    hold_back(**BY_TESTS, blob=files["own"].blob, reason="Nghi")
    viewer = viewer_with("administrator", places, official("toi"))
    assert files["own"] in queries.visible_files(viewer)
