"""Who looks, on one day: the official's own units, roles and duties, or those of the person acted for.

Built once per request from what the database says now, so that a role taken away is gone at the next request.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Q

from cchc.audit.actors import Actor
from cchc.organizations.models import Account, Ancestry, Assignment, Delegation, Official, Posting, RoleGrant, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import ancestors_of
from cchc.organizations.roles import roles


@dataclass(frozen=True, slots=True)
class Hold:
    """A role over a unit, and over what stands under it if `covers_subtree`."""

    role: str
    unit: int
    covers_subtree: bool


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks and what they hold on `day`.

    `official` is the person at the screen, None for the public; `principal` the person acted for, whose roles (all, or
    the one delegated) then count instead. `waiting` are roles held that do not count until a second factor is shown.
    `units` are the units of either's postings with all above them: what a
    person judges is never among them.
    """

    day: date
    official: Official | None = None
    principal: Official | None = None
    holds: tuple[Hold, ...] = ()
    duties: frozenset[tuple[str, str, str]] = frozenset()
    waiting: frozenset[str] = frozenset()
    postings: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    _above: dict[int, frozenset[int]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_signed_in(self) -> bool:
        """Whether an official looks."""
        return self.official is not None

    @property
    def acting(self) -> Official:
        """Whose roles count: the principal's, else the official's own. Raises `ValueError` for the public."""
        acting = self.principal or self.official
        if acting is None:
            raise ValueError("the public is no official")
        return acting

    def holds_over(self, unit: Unit, *roles: str) -> bool:
        """Whether one of the roles is held over the unit."""
        held = [hold for hold in self.holds if hold.role in roles]
        if any(hold.unit == unit.pk for hold in held):
            return True
        above = {hold.unit for hold in held if hold.covers_subtree}
        return bool(above) and not above.isdisjoint(self._ancestors(unit))

    def holds_anywhere(self, *roles: str) -> bool:
        """Whether one of the roles is held over any unit."""
        return any(hold.role in roles for hold in self.holds)

    def has_duty(self, duty: str, subject_type: str, subject_id: object) -> bool:
        """Whether the duty is assigned at exactly this object."""
        return (duty, subject_type, str(subject_id)) in self.duties

    def is_own(self, unit: Unit) -> bool:
        """Whether the unit is one the viewer works in, or stands above it: nobody judges that."""
        return unit.pk in self.units

    def units_held(self, *roles: str) -> Q:
        """The condition on `Ancestry` of units over which one of the roles is held; for `queries.units.within`."""
        held = [hold for hold in self.holds if hold.role in roles]
        direct = Q(depth=0, ancestor__in=[hold.unit for hold in held])
        return direct | Q(ancestor__in=[hold.unit for hold in held if hold.covers_subtree])

    def actor(self) -> Actor:
        """How the audit chain names the viewer. Raises `ValueError` for the public."""
        if self.official is None:
            raise ValueError("the public acts under another kind of actor")
        return actor_of(self.official, self.principal)

    def _ancestors(self, unit: Unit) -> frozenset[int]:
        if unit.pk not in self._above:
            self._above[unit.pk] = ancestors_of(unit.pk, self.day)
        return self._above[unit.pk]


def actor_of(official: Official, principal: Official | None = None) -> Actor:
    """How the audit chain names an official, acting for another if there is a principal."""
    return Actor("official", official.code, official.name, None if principal is None else principal.code)


def public_viewer(day: date) -> Viewer:
    """Somebody who is not signed in."""
    return Viewer(day)


def viewer_of(account: Account, day: date, principal_code: str = "", *, used_second_factor: bool = False) -> Viewer:
    """The viewer behind an account, acting for the official with that code if a delegation says so today.

    Six queries at the most. An account that is closed is the public; a delegation that is over is not used. Roles and
    duties that need a second factor count only in a session that showed one; `waiting` names them otherwise.
    """
    if not account.is_active or account.ended_at is not None:
        return public_viewer(day)
    official = account.official
    delegations = _delegations(official, principal_code, day) if principal_code else []
    principal = delegations[0].principal if delegations else None
    acting = principal or official
    holds = _holds(acting, day, None if principal is None else [one.role for one in delegations])
    duties = _duties(acting, day)
    waiting = set() if used_second_factor else {name for name in _names(holds, duties) if needs_second_factor(name)}
    people = [person.pk for person in (official, principal) if person is not None]
    postings = frozenset(
        Posting.objects.on(day).filter(official__in=people).order_by("pk").values_list("unit_id", flat=True)
    )
    return Viewer(
        day=day,
        official=official,
        principal=principal,
        holds=tuple(hold for hold in holds if hold.role not in waiting),
        duties=frozenset(duty for duty in duties if duty[0] not in waiting),
        waiting=frozenset(waiting),
        postings=postings,
        units=_with_all_above(postings, day),
    )


_EVERY_ROLE: Final = ""


def _delegations(deputy: Official, principal_code: str, day: date) -> list[Delegation]:
    held = Delegation.objects.on(day).filter(deputy=deputy, principal__code=principal_code)
    return list(held.select_related("principal").order_by("pk"))


def _holds(official: Official, day: date, delegated: Iterable[str] | None) -> tuple[Hold, ...]:
    """The official's roles on that day; of these only the delegated ones, unless all are."""
    grants = RoleGrant.objects.on(day).filter(official=official).order_by("pk")
    if delegated is not None and _EVERY_ROLE not in (only := set(delegated)):
        grants = grants.filter(role__in=only)
    return tuple(Hold(*row) for row in grants.values_list("role", "unit_id", "covers_subtree"))


def _names(holds: Iterable[Hold], duties: Iterable[tuple[str, str, str]]) -> set[str]:
    return {hold.role for hold in holds} | {duty for duty, _, _ in duties}


def needs_second_factor(role: str) -> bool:
    """Whether the role counts only after a second factor; one that the product no longer knows never counts."""
    known = roles()
    return role not in known or known[role].needs_second_factor


def _duties(official: Official, day: date) -> frozenset[tuple[str, str, str]]:
    assigned = Assignment.objects.on(day).filter(official=official).order_by("pk")
    return frozenset(assigned.values_list("duty", "subject_type", "subject_id"))


def _with_all_above(units: frozenset[int], day: date) -> frozenset[int]:
    links = Ancestry.objects.filter(during(day), descendant__in=units).order_by("pk")
    return units | frozenset(links.values_list("ancestor_id", flat=True))
