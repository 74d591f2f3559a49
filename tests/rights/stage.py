"""One official, `me`, and what stands around: units in every relation, and people who look in every role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cchc.organizations.actions.units import reorganize
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.units import ancestors_of
from cchc.organizations.roles import roles
from cchc.organizations.viewers import Hold, Viewer, public_viewer
from cchc.records.sources import Source
from tests.factories.organizations import BY_TESTS, TODAY, official, unit

RELATIONS = ("own", "child", "sibling", "parent", "elsewhere")
SOME = frozenset({"administrator", "narrow_administrator", "unit_head", "nobody", "public"})
ENDED_ON = date(2026, 6, 30)


@dataclass(frozen=True)
class Stage:
    """`places` are the units by relation to where I work and hold my role; `ended` those that are no more, of which
    none stands above another that is left.
    """

    places: Mapping[str, Unit]
    ended: Mapping[str, Unit]
    me: Official
    other: Official
    deputy: Official
    people: Mapping[str, Official] = field(default_factory=dict)
    above: Mapping[int, frozenset[int]] = field(default_factory=dict)

    @property
    def viewers(self) -> dict[str, Viewer]:
        """Each role over the own unit and all below; `nobody` works there without one; `narrow_…` ends at the unit."""
        own = self.places["own"].pk
        mine = frozenset({own, self.ended["own"].pk})
        seen = {role: self._with(Hold(role, own, True), Hold(role, self.ended["own"].pk, True)) for role in roles()}
        seen["narrow_administrator"] = self._with(Hold("administrator", own, False))
        seen["nobody"] = Viewer(TODAY, self.me, postings=mine)
        seen["outsider"] = Viewer(TODAY, self.me)
        seen["public"] = public_viewer(TODAY)
        return {who: self.knowing(viewer) for who, viewer in seen.items()}

    def knowing(self, viewer: Viewer) -> Viewer:
        """The same, sparing it the question of what stands above each unit here: it is the same for all."""
        for place in (*self.places.values(), *self.ended.values()):
            viewer.know_above(place, self.above[place.pk])
        return viewer

    def _with(self, *holds: Hold) -> Viewer:
        mine = frozenset({self.places["own"].pk, self.ended["own"].pk})
        return Viewer(TODAY, self.me, holds=holds, postings=mine)

    def colleague_of(self, where: str) -> Official:
        """Somebody who works there."""
        return self.people[where]


def acted_for(viewer: Viewer, deputy: Official) -> Viewer:
    """The deputy, who works nowhere near, acting in everything for whom the viewer is."""
    return viewer if viewer.official is None else replace(viewer, official=deputy, principal=viewer.official, _above={})


def set_stage() -> Stage:
    """Built once a test, in its own database."""
    parent = unit("tinh")
    own, sibling, elsewhere = unit("xa", parent), unit("xa-khac", parent), unit("tinh-khac")
    places = {"own": own, "child": unit("phong", own), "sibling": sibling, "parent": parent, "elsewhere": elsewhere}
    ended = {
        "own": unit("xa-cu", parent, "commune"),
        "child": unit("phong-cu", own),
        "sibling": unit("xa-khac-cu", parent, "commune"),
        "elsewhere": unit("xa-xa-cu", elsewhere, "commune"),
    }
    people = {where: official(f"o-{where}", works_in=place) for where, place in places.items()}
    for where, place in places.items():
        people[f"{where}-left"] = official(f"l-{where}", works_in=place, ends_on=ENDED_ON)
    for place in ended.values():
        reorganize(
            **BY_TESTS, kind="dissolution", predecessors=[place], successors=[], effective_on=date(2026, 7, 1),
            source=Source("QĐ 1/QĐ-UBND"),
        )  # fmt: skip
    above = {place.pk: ancestors_of(place.pk, TODAY) for place in (*places.values(), *ended.values())}
    return Stage(places, ended, official("toi"), official("khac"), official("pho"), people, above)


Make = Callable[[str, str], tuple[object, ...] | None]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a permission is asked about: `make(state, where)` answers its arguments, None where there is no such thing.

    `viewers` look beside those of the stage; `deputies`: whether one who acts for them gets the same answer.
    `all_roles_at`: elsewhere only `SOME` look. So it is with files, where each answer costs questions to the database;
    there tests/files holds every role to the rules.
    """

    make: Make
    states: tuple[str, ...] = ("-",)
    where: tuple[str, ...] = RELATIONS
    viewers: Mapping[str, Callable[[], Viewer]] = field(default_factory=dict)
    deputies: bool = True
    all_roles_at: tuple[str, ...] = RELATIONS
