"""What the rights over one official are judged by, and what the pages about one begin with: read at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from cchc.interface.together import Reads
from cchc.organizations.models import Account, Ancestry, Delegation, Official, Placement, Posting, RoleGrant, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.people import (
    LAST_FIRST,
    accounts_of,
    delegations_held,
    deputies_of,
    named_history,
    remaining_roles,
)
from cchc.organizations.queries.units import as_ways, way_to


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Of an official on a day: `postings`, the last to end first, each with its unit; `grants`, the roles that are not
    over, each with its unit and `unit_name`; `lent`, for whom the official acts then or later, `lent_grants` what these
    hold; `above`, the keys of what each unit in all that stands under, or is.
    """

    day: date
    postings: Sequence[Posting]
    grants: Sequence[RoleGrant]
    lent: Sequence[Delegation]
    lent_grants: Sequence[RoleGrant]
    above: Mapping[int, frozenset[int]]

    @property
    def works_in(self) -> Unit | None:
        """Where the official works on the day."""
        main = (one.unit for one in self.postings if one.is_main and one.holds_on(self.day))
        return min(main, key=lambda unit: unit.pk, default=None)

    @property
    def home(self) -> Unit | None:
        """Where the official works, else worked last, in the main post of several that ended together."""
        return self.works_in or (self.postings[0].unit if self.postings else None)

    @property
    def is_posted(self) -> bool:
        """Whether a post is not over."""
        return any(one.ends_on is None or one.ends_on >= self.day for one in self.postings)

    @property
    def latest_posting(self) -> int:
        """The key of the latest main posting, over, running or to come; 0 when there is none."""
        latest = max(((one.starts_on, one.pk) for one in self.postings if one.is_main), default=None)
        return 0 if latest is None else latest[1]


def facts_of(official: Official, day: date) -> Reads[PersonFacts]:
    """To be read together with others."""
    postings = official.postings.select_related("unit").order_by(*LAST_FIRST)
    grants, lent = remaining_roles(official, day), delegations_held(official, day)
    principals = lent.order_by().values("principal")
    theirs = RoleGrant.objects.not_over(day).filter(official__in=principals).select_related("unit").order_by("pk")
    units = Q(descendant__in=official.postings.values("unit")) | Q(descendant__in=official.grants.values("unit"))
    near = units | Q(descendant__in=theirs.order_by().values("unit"))
    links = Ancestry.objects.filter(near, during(day)).order_by("pk").values_list("descendant_id", "ancestor_id")

    def facts() -> PersonFacts:
        known = {one.unit_id for rows in (postings, grants, theirs) for one in rows}
        above = as_ways(known | {unit for unit, _ in links}, links)
        return PersonFacts(day, list(postings), list(grants), list(lent), list(theirs), above)

    return Reads((postings, grants, lent, theirs, links), facts)


@dataclass(frozen=True, slots=True)
class PersonParts:
    """What an official's page shows beside the facts: every posting, the newest first, with `unit_name` as of its first
    day; who acts for the official; the account, of which the page says what the reader may know; the `way` to the unit.
    """

    postings: Sequence[Posting]
    deputies: Sequence[Delegation]
    account: Account | None
    way: Sequence[Placement]


def parts_of(official: Official, unit: Unit | None, day: date) -> Reads[PersonParts]:
    """`unit` is where the official works on that day."""
    postings, deputies, accounts = named_history(official), deputies_of(official, day), accounts_of(official)
    way = Placement.objects.none() if unit is None else way_to(unit, day)
    return Reads(
        (postings, deputies, accounts, way),
        lambda: PersonParts(list(postings), list(deputies), next(iter(accounts), None), list(way)),
    )
