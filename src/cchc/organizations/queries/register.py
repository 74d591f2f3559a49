"""The register as an import compares it: a few queries, however long the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from django.db.models import Max, Q

from cchc.organizations.importing.register import (
    Beside,
    Contact,
    Heading,
    Held,
    KnownOfficial,
    KnownUnit,
    Placed,
    Posted,
    Register,
    Scope,
)
from cchc.organizations.importing.rows import Rows
from cchc.organizations.models import (
    Account,
    Ancestry,
    Delegation,
    Official,
    Placement,
    Posting,
    RoleGrant,
    Succession,
    Unit,
)
from cchc.organizations.models.dated import during
from cchc.organizations.queries.batches import batches
from cchc.organizations.viewers import Viewer
from cchc.records.search import fold

_STANDING: Final = ("name_vi", "kind", "parent__code", "symbol", "name_en", "starts_on", "ends_on")


def register_for(rows: Rows, day: date) -> Register:
    """All units, and the officials that the rows name, with who else is called like new ones where they go."""
    units = known_units()
    officials = known_officials(rows.people, day)
    goals = {row.unit for row in rows.officials if row.code not in officials and row.unit in units}
    colleagues = _colleagues({goal for goal in goals if goal is not None}, day)
    return Register(units, officials, colleagues, _usernames(row.username for row in rows.officials), day, _heads())


def known_units() -> dict[str, KnownUnit]:
    """Every unit by its code. Three queries."""
    went = dict(
        Succession.objects.order_by().values_list("predecessor__code").annotate(Max("reorganization__effective_on"))
    )
    placements = defaultdict(list)
    found = Placement.objects.order_by("unit_id", "starts_on")
    for code, *standing in found.values_list("unit__code", *_STANDING, "source_document", "source_on").iterator():
        placements[code].append(Placed(*standing))
    return {code: KnownUnit(code, tuple(placed), went.get(code)) for code, placed in placements.items()}


def known_officials(codes: Iterable[str], day: date) -> dict[str, KnownOfficial]:
    """Those of these officials that there are, with the roles that are not over on that day."""
    found: dict[str, KnownOfficial] = {}
    for some in batches(codes):
        postings, roles, lent = _postings(Q(official__code__in=some)), _roles(some, day), _lent(some, day)
        columns = ("code", "name", "email", "phone", "account__username")
        people = Official.objects.filter(code__in=some).order_by("pk").values_list(*columns)
        for code, name, email, phone, username in people:
            held = postings.get(code, ())
            main = tuple(one for one in held if isinstance(one, Posted))
            beside = tuple(one for one in held if isinstance(one, Beside))
            found[code] = KnownOfficial(
                code, Contact(name, email, phone), main, beside, tuple(roles.get(code, ())),
                tuple(lent.get(code, ())), username or "",
            )  # fmt: skip
    return found


def _roles(codes: Collection[str], day: date) -> Mapping[str, Sequence[Held]]:
    found = defaultdict(list)
    grants = RoleGrant.objects.not_over(day).filter(official__code__in=codes).order_by("role", "unit__code", "pk")
    for role, unit, covers_subtree, code in grants.values_list(
        "role", "unit__code", "covers_subtree", "official__code"
    ):
        found[code].append(Held(role, unit, covers_subtree, code))
    return found


def _lent(codes: Collection[str], day: date) -> Mapping[str, Sequence[Held]]:
    """What others hold for whom these officials act on that day or later."""
    found: dict[str, list[Held]] = defaultdict(list)
    given = Delegation.objects.not_over(day).filter(deputy__code__in=codes).order_by("pk")
    pairs = list(given.values_list("deputy__code", "principal__code", "role"))
    of_principals = _roles({principal for _, principal, _ in pairs}, day) if pairs else {}
    for deputy, principal, role in pairs:
        found[deputy] += [one for one in of_principals.get(principal, ()) if role in {"", one.role}]
    return found


def _heads() -> Mapping[str, Sequence[Heading]]:
    """By unit's code. One query."""
    found = defaultdict(list)
    headed = Posting.objects.filter(is_head=True).order_by("starts_on", "pk")
    columns = ("unit__code", "official__code", "official__name", "starts_on", "ends_on")
    for unit, *head in headed.values_list(*columns).iterator():
        found[unit].append(Heading(*head))
    return found


def _usernames(wanted: Iterable[str | None]) -> Mapping[str, str]:
    """Whose these sign-in names are, as far as they are somebody's."""
    found: dict[str, str] = {}
    for some in batches(name for name in wanted if name):
        accounts = Account.objects.filter(username__in=some).order_by("pk")
        found |= dict(accounts.values_list("username", "official__code"))
    return found


def _postings(condition: Q) -> Mapping[str, Sequence[Posted | Beside]]:
    found = defaultdict[str, list[Posted | Beside]](list)
    rows = Posting.objects.filter(condition).order_by("official_id", "starts_on", "pk")
    columns = ("official__code", "is_main", "unit__code", "post", "is_head", "starts_on", "ends_on")
    for code, is_main, *posted in rows.values_list(*columns, "source_document", "source_on"):
        found[code].append(Posted(*posted[:-2]) if is_main else Beside(*posted))
    return found


def _colleagues(units: Collection[str], day: date) -> dict[tuple[str, str], list[str]]:
    found = defaultdict(list)
    for some in batches(units):
        working = Posting.objects.filter(during(day), unit__code__in=some).order_by("official__code")
        for unit, name, code in working.values_list("unit__code", "official__name", "official__code"):
            found[unit, fold(name)].append(code)
    return dict(found)


def scope_of(viewer: Viewer, role: str) -> Scope:
    """What whoever holds the role may change on the viewer's day."""
    covered = {hold.unit for hold in viewer.holds if hold.role == role and hold.covers_subtree}
    own = {hold.unit for hold in viewer.holds if hold.role == role}
    links = Ancestry.objects.filter(during(viewer.day), ancestor__in=covered).order_by("pk")
    below = frozenset(links.values_list("descendant__code", flat=True))
    people = frozenset(one.code for one in (viewer.official, viewer.principal) if one is not None)
    return Scope(below | frozenset(Unit.objects.filter(pk__in=own).values_list("code", flat=True)), below, people)


def units_in(scope: Scope) -> list[KnownUnit]:
    """The units in reach that exist or have not begun yet, those above before those below."""
    found = [unit for unit in known_units().values() if scope.units is None or unit.code in scope.units]
    there = {unit.code: unit for unit in found if unit.went_on is None}
    return sorted(there.values(), key=lambda unit: (_depth(unit, there), unit.placements[-1].name))


def _depth(unit: KnownUnit, there: Mapping[str, KnownUnit]) -> int:
    parent = there.get(unit.placements[-1].parent or "")
    return 0 if parent is None else 1 + _depth(parent, there)


def number_in(scope: Scope, posted_on: date | None = None) -> int:
    """How many units lie in the scope; with a day, and officials who have a main posting in them then or later. One
    query, with a day two.
    """
    units = Unit.objects.all() if scope.units is None else Unit.objects.filter(code__in=scope.units)
    if posted_on is None:
        return units.count()
    posted = Posting.objects.not_over(posted_on).filter(is_main=True, unit__in=units.order_by())
    return units.count() + posted.order_by().values("official").distinct().count()


def officials_in(scope: Scope, day: date) -> list[KnownOfficial]:
    """Who has a main posting in one of these units on that day or later, by given name."""
    posted = Posting.objects.not_over(day).filter(is_main=True).order_by("official__sort_key", "official_id")
    codes = [
        code
        for code, unit in posted.values_list("official__code", "unit__code")
        if scope.units is None or unit in scope.units
    ]
    known = known_officials(dict.fromkeys(codes), day)
    return [known[code] for code in dict.fromkeys(codes)]
