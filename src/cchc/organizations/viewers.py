"""Who looks, on one day: the official's own units, roles and duties, or those of the person acted for.

Built once per request from what the database says now, so that a role taken away is gone at the next request.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

from django.db.models import Q
from django.utils.timezone import localdate

from cchc.audit.actors import Actor, Capacity
from cchc.interface.prepared import Prepared
from cchc.interface.together import Reads, answer
from cchc.organizations.acting import acting
from cchc.organizations.models import Account, Delegation, Official, Unit
from cchc.organizations.queries.people import capacities_on
from cchc.organizations.queries.person import PersonFacts, facts_of
from cchc.organizations.queries.reach import Reach, finding_reach
from cchc.organizations.queries.standing import Hold, read_standing, standing_of
from cchc.organizations.queries.units import ancestors_of, as_ways, links_up, ways
from cchc.organizations.roles import roles

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks and what they hold on `day`.

    `official` is the person at the screen, None for the public; `principal` the person acted for, whose roles (all, or
    those delegated) then count instead. `in_single_roles`: not everything was delegated. `acting_until`: the last day
    of each role in which the official acts, of all together under an empty one. `waiting` are roles held that do not
    count until a second factor is shown. `postings` are the units either works in, the capacities in which post of
    which unit each of the two does.
    """

    day: date
    official: Official | None = None
    principal: Official | None = None
    holds: tuple[Hold, ...] = ()
    duties: frozenset[tuple[str, str, str]] = frozenset()
    waiting: frozenset[str] = frozenset()
    postings: frozenset[int] = frozenset()
    capacity: Capacity | None = None
    principal_capacity: Capacity | None = None
    in_single_roles: bool = False
    acting_until: tuple[tuple[str, date], ...] = ()
    _above: dict[int, frozenset[int]] = field(default_factory=dict, compare=False, repr=False)
    _ever: dict[int, frozenset[int]] = field(default_factory=dict, compare=False, repr=False)
    _people: dict[int, PersonFacts] = field(default_factory=dict, compare=False, repr=False)
    _reach: list[Reach] = field(default_factory=list, compare=False, repr=False)
    _known: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

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

    @property
    def works_in(self) -> str:
        """What the unit is called in which the acting one works; empty without one."""
        capacity = self.capacity if self.principal is None else self.principal_capacity
        return "" if capacity is None else capacity.unit

    @property
    def answers_as(self) -> Official | None:
        """Whose own affairs these are (tasks led by name, files uploaded): the principal's who delegated everything,
        nobody's while acting for somebody in single roles, else the official's.
        """
        if self.principal is None:
            return self.official
        return None if self.in_single_roles else self.principal

    def holds_over(self, unit: Unit, *roles: str) -> bool:
        """Whether one of the roles is held over the unit."""
        return self.holds_over_key(unit.pk, *roles)

    def holds_over_key(self, unit: int, *roles: str) -> bool:
        """The same of the unit with that key."""
        return any(hold.unit == unit and hold.role in roles for hold in self.holds) or self._covers(unit, *roles)

    def holds_below(self, unit: Unit, *roles: str) -> bool:
        """Whether one of the roles is held over the unit and all that stands under it."""
        return self._covers(unit.pk, *roles)

    def _covers(self, unit: int, *roles: str) -> bool:
        reach = self.covered_by(*roles)
        return unit in reach or (bool(reach) and not reach.isdisjoint(self.above(unit)))

    def once(self, about: object, read: Callable[[], T]) -> T:
        """What a room above has to know of the viewer's reach, read the first time it is asked for."""
        if about not in self._known:
            self._known[about] = read()
        known: T = self._known[about]
        return known

    def supervised(self, *roles: str) -> frozenset[int]:
        """The units that one over which such a role is held follows and urges on the day, wherever they stand; not what
        stands under them. One query, once, together with `gone_into`.
        """
        if not self.holds_anywhere(*roles):
            return frozenset()
        reach = self._read_reach()
        return frozenset(
            unit for supervisor, unit in reach.supervisions if self.holds_at(roles, supervisor, reach.above[supervisor])
        )

    def supervises(self, unit: Unit, *roles: str) -> bool:
        """Whether the unit, or one above it, is one of these."""
        reach = self.supervised(*roles)
        return bool(reach) and not reach.isdisjoint(self.above(unit.pk))

    def holds_at(self, roles: Collection[str], unit: int, above: Collection[int]) -> bool:
        """Whether one of the roles is held over the unit with that key, which stands under `above`, or is it."""
        return any(hold.role in roles and (hold.unit == unit or (hold.covers_subtree and hold.unit in above))
                   for hold in self.holds)  # fmt: skip

    def holds_anywhere(self, *roles: str) -> bool:
        """Whether one of the roles is held over any unit."""
        return any(hold.role in roles for hold in self.holds)

    def has_duty(self, duty: str, subject_type: str, subject_id: object) -> bool:
        """Whether the duty is assigned at exactly this object."""
        return (duty, subject_type, str(subject_id)) in self.duties

    def assigned(self, duty: str, subject_type: str) -> frozenset[str]:
        """The keys of the objects of that type at which the duty is assigned."""
        return frozenset(key for held, kind, key in self.duties if (held, kind) == (duty, subject_type))

    def is_own(self, unit: Unit) -> bool:
        """Whether the unit is one the viewer works in, or stands above it: nobody judges that."""
        return unit.pk in self.units

    def covered_by(self, *roles: str) -> frozenset[int]:
        """The units over which one of the roles is held with all that stands under them."""
        return frozenset(hold.unit for hold in self.holds if hold.role in roles and hold.covers_subtree)

    def is_there(self, unit: Unit) -> bool:
        """Whether the unit exists on the viewer's day."""
        return bool(self.above(unit.pk))

    @property
    def units(self) -> frozenset[int]:
        """The units of the postings with all above them."""
        self.read_above(self.postings)
        return self.postings.union(*(self._above[unit] for unit in self.postings))

    def gone_into(self, is_meant: Callable[[int, frozenset[int]], bool]) -> list[int]:
        """The units that are no more on the day and went into one that is meant, of which the key and those of all that
        it stands under, or is, are given. One query, once, together with `supervised`.
        """
        reach = self._read_reach()
        return [unit for unit, heirs in reach.gone.items() if any(is_meant(heir, reach.above[heir]) for heir in heirs)]

    def getting_reach(self) -> Reads[None]:
        """To be read with others: what `gone_into` and `supervised` answer from, unless that is known."""
        if self._reach:
            return Reads([], lambda: None)
        return finding_reach(self.day, self.units_held(*(hold.role for hold in self.holds))).made(self._know_reach)

    def _know_reach(self, reach: Reach) -> None:
        self._reach.append(reach)
        self._above.update(reach.above)

    def _read_reach(self) -> Reach:
        answer(self.getting_reach())
        return self._reach[0]

    def read_above(self, units: Iterable[int]) -> None:
        """What stands above several units, before each of them is asked about: one query, none where it is known."""
        if unread := set(units) - self._above.keys():
            self._above.update(ways(unread, self.day))

    def know_above(self, unit: Unit, above: Iterable[int], ever: Iterable[int] = ()) -> None:
        """Remember which units are above one, or are it, on the viewer's day, and ever were, where a page read them."""
        self._above.setdefault(unit.pk, frozenset(above))
        self._ever.setdefault(unit.pk, frozenset(ever))

    def getting_to_know(self, *units: int) -> Reads[None]:
        """To be read with others: what is above these units on the viewer's day, as far as that is not known."""
        unread = set(units) - self._above.keys()
        links = links_up(unread, self.day)
        return Reads([links] if unread else [], lambda: self._above.update(as_ways(unread, links)))

    def facts_of(self, official: Official) -> PersonFacts:
        """What rights over an official are judged by. One query, once, from which it is also known what stands above
        each unit in it.
        """
        return answer(self.finding_facts(official))

    def finding_facts(self, official: Official) -> Reads[PersonFacts]:
        """The same, to be read with others."""
        if official.pk in self._people:
            return Reads((), lambda: self._people[official.pk])
        return facts_of(official, self.day).made(lambda facts: self._know(official, facts))

    def _know(self, official: Official, facts: PersonFacts) -> PersonFacts:
        self._above.update(facts.above)
        return self._people.setdefault(official.pk, facts)

    def known_once_above(self, unit: Unit) -> frozenset[int]:
        """As far as that is remembered, the units that ever stood above one."""
        return self._ever.get(unit.pk, frozenset())

    def above(self, unit: int) -> frozenset[int]:
        """The unit with that key and all above it on the day; one query, once."""
        if unit not in self._above:
            self._above[unit] = ancestors_of(unit, self.day)
        return self._above[unit]

    def units_held(self, *roles: str) -> Q:
        """The condition on `Ancestry` of units over which one of the roles is held; for `queries.units.within`."""
        held = [hold for hold in self.holds if hold.role in roles]
        direct = Q(depth=0, ancestor__in=[hold.unit for hold in held])
        return direct | Q(ancestor__in=[hold.unit for hold in held if hold.covers_subtree])

    def actor(self) -> Actor:
        """How the audit chain names the viewer. Raises `ValueError` for the public."""
        if self.official is None:
            raise ValueError("the public acts under another kind of actor")
        return acting(self.official, self.capacity, self.principal, self.principal_capacity)


def actor_of(official: Official, principal: Official | None = None, *, day: date | None = None) -> Actor:
    """How the audit chain names an official, acting for another if there is a principal, in the posts of that day,
    today's where none is given. One query; a request's `Viewer.actor` needs none.
    """
    people = [official.pk] if principal is None else [official.pk, principal.pk]
    found = capacities_on(people, localdate() if day is None else day)
    return acting(official, found.get(official.pk), principal, None if principal is None else found.get(principal.pk))


def officials_behind(actor: Actor) -> tuple[Official | None, Official | None]:
    """Who acts and for whom, as far as they are officials. One query."""
    codes = [code for code in (actor.identity, actor.on_behalf_of) if code]
    if actor.kind != "official":
        return None, None
    found = {official.code: official for official in _OF_CODES(one=codes[0], other=codes[-1])}
    return found.get(actor.identity), found.get(actor.on_behalf_of or "")


def public_viewer(day: date) -> Viewer:
    """Somebody who is not signed in."""
    return Viewer(day)


def viewer_of(account: Account, day: date, principal_code: str = "", *, used_second_factor: bool = False) -> Viewer:
    """The viewer behind an account, acting for the official with that code if a delegation says so today.

    One query beside that for the official. An account that is closed is the public;
    a delegation that is over is not used. Whoever has left (all postings are over) holds nothing any more. Roles and
    duties that need a second factor count only in a session that showed one; `waiting` names them otherwise.
    """
    if account.is_closed_on(day):
        return public_viewer(day)
    official = account.official
    rows, delegations = read_standing(official, principal_code, day)
    principal = delegations[0].principal if delegations else None
    standing = standing_of(rows, principal or official)
    holds, duties = standing.holds, standing.duties
    delegated = {one.role for one in delegations}
    in_single_roles = principal is not None and _EVERY_ROLE not in delegated
    if in_single_roles:
        holds = tuple(hold for hold in holds if hold.role in delegated)
        duties = frozenset(duty for duty in duties if duty[0] in delegated)
    waiting = set() if used_second_factor else {name for name in _names(holds, duties) if needs_second_factor(name)}
    return Viewer(
        day=day,
        official=official,
        principal=principal,
        holds=tuple(hold for hold in holds if hold.role not in waiting),
        duties=frozenset(duty for duty in duties if duty[0] not in waiting),
        waiting=frozenset(waiting),
        postings=standing.postings,
        capacity=standing.capacities.get(official.pk),
        principal_capacity=None if principal is None else standing.capacities.get(principal.pk),
        in_single_roles=in_single_roles,
        acting_until=_last_days(delegations),
        _above=dict(standing.above),
    )


_EVERY_ROLE: Final = ""
_OF_CODES: Final = Prepared(
    lambda one, other: Official.objects.filter(code__in=(one, other)).order_by("pk"), one=str, other=str
)


def _last_days(delegations: Iterable[Delegation]) -> tuple[tuple[str, date], ...]:
    """Who acts in all roles acts in each of them."""
    last: dict[str, date] = {}
    for one in delegations:
        assert one.ends_on is not None  # a delegation always ends
        last[one.role] = max(one.ends_on, last.get(one.role, one.ends_on))
    return ((_EVERY_ROLE, last[_EVERY_ROLE]),) if _EVERY_ROLE in last else tuple(sorted(last.items()))


def _names(holds: Iterable[Hold], duties: Iterable[tuple[str, str, str]]) -> set[str]:
    return {hold.role for hold in holds} | {duty for duty, _, _ in duties}


def needs_second_factor(role: str) -> bool:
    """Whether the role counts only after a second factor; one that the product no longer knows never counts."""
    known = roles()
    return role not in known or known[role].needs_second_factor
