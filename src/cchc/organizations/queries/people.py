"""Officials: who works where, who acts for whom, who holds which role."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import make_aware

from cchc.audit.actors import Capacity
from cchc.organizations.models import (
    Account,
    Ancestry,
    Assignment,
    Delegation,
    Official,
    Placement,
    Posting,
    RoleGrant,
    Supervision,
    Unit,
)
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import first_name, heirs, name_on, within
from cchc.records.errors import refuse
from cchc.records.search import fold

PAGE_SIZE: Final = 100
ACCOUNT: Final = "tai-khoan"
ROLE: Final = "vai-tro"
DAY: Final = timedelta(days=1)
LAST_FIRST: Final = (F("ends_on").desc(nulls_first=True), "-is_main", "-starts_on", "-pk")


def get_official(code: str) -> Official:
    """Raises `organizations.official_not_found`."""
    try:
        return Official.objects.get(code=code)
    except Official.DoesNotExist:
        raise refuse("organizations.official_not_found", code=code) from None


def main_post(day: date) -> tuple[Subquery, Subquery]:
    """The post and the unit of the main posting of that day: for annotating officials."""
    main = Posting.objects.on(day).filter(is_main=True, official=OuterRef("pk")).order_by("pk")
    named = main.annotate(unit_name=name_on(day))
    return Subquery(main.values("post")[:1]), Subquery(named.values("unit_name")[:1])


def search_officials(text: str, day: date, under: Unit | None = None) -> QuerySet[Official]:
    """By name without regard to tone marks, or by code; each with `post` and `unit_name` of the main posting of that
    day, null without one. One query.
    """
    post, unit_name = main_post(day)
    found = Official.objects.order_by("sort_key", "pk").annotate(post=post, unit_name=unit_name)
    for word in fold(text).split():
        found = found.filter(Q(search_key__contains=word) | Q(code__startswith=word))
    if under is not None:
        posted = Posting.objects.filter(during(day), within(Q(ancestor=under), day))
        found = found.filter(pk__in=posted.values("official"))
    return found


def lacking(found: QuerySet[Official], what: str, day: date) -> QuerySet[Official]:
    """Those without an account (`ACCOUNT`) or a role (`ROLE`) on that day or later; all where `what` is neither."""
    if what == ACCOUNT:
        return found.filter(~Exists(Account.objects.filter(official=OuterRef("pk"), is_active=True)))
    if what == ROLE:
        return found.filter(~Exists(RoleGrant.objects.not_over(day).filter(official=OuterRef("pk"))))
    return found


def after(found: QuerySet[Official], last: Official | None) -> QuerySet[Official]:
    """The rest of a list by name behind `last`, by its key."""
    if last is None:
        return found
    return found.filter(Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, pk__gt=last.pk))


def postings_of(official: Official) -> QuerySet[Posting]:
    """Every posting, the newest first, each with its unit."""
    return official.postings.select_related("unit").order_by("-starts_on", "-pk")


def get_posting(official: Official, number: int) -> Posting:
    """With its unit. Raises `organizations.posting_not_found`."""
    posting = official.postings.filter(pk=number).select_related("unit").order_by("pk").first()
    if posting is None:
        raise refuse("organizations.posting_not_found")
    return posting


def latest_posting(official: Official) -> int:
    """The key of the latest main posting, over, running or to come; 0 when there is none."""
    main = official.postings.filter(is_main=True).order_by("-starts_on", "-pk")
    return main.values_list("pk", flat=True).first() or 0


def named_postings(official: Official, day: date) -> QuerySet[Posting]:
    """Where the official works on that day or later, each with `unit_name` as of that day: the main posts in the order
    in which they come, then those beside them.
    """
    postings = Posting.objects.not_over(day).filter(official=official).annotate(unit_name=name_on(day))
    return postings.select_related("unit").order_by("-is_main", "starts_on", "pk")


def capacities_on(officials: Collection[int], day: date) -> dict[int, Capacity]:
    """By official's key: in which post of which unit each works on that day; without those who work nowhere."""
    held = Posting.objects.on(day).filter(official__in=officials).annotate(unit_name=name_on(day)).order_by("pk")
    return capacities(held.values_list("official_id", "is_main", "post", "unit_name"))


def capacities(postings: Iterable[tuple[int, bool, str, str | None]]) -> dict[int, Capacity]:
    """By official's key, of postings of one day (whose, whether the main one, post, name of the unit): the main one,
    else the first.
    """
    found: dict[int, Capacity] = {}
    for whose, is_main, post, unit_name in postings:
        if is_main or whose not in found:
            found[whose] = Capacity(post, unit_name or "")
    return found


def workplaces(officials: Any, day: date) -> QuerySet[Posting, tuple[int, int]]:
    """Pairs of keys: officials (keys, or a query for them), and the units in which each works on that day, with all
    above them.
    """
    held = Posting.objects.on(day).filter(during(day, "unit__links_up__"), official__in=officials).order_by("pk")
    return held.values_list("official_id", "unit__links_up__ancestor_id")


def named_grants(official: Official, day: date) -> QuerySet[RoleGrant]:
    """The roles held on that day, each with `unit_name` as of that day."""
    grants = RoleGrant.objects.on(day).filter(official=official).annotate(unit_name=name_on(day))
    return grants.order_by("role", "unit_name", "pk")


def heads_of(units: Collection[int], day: date) -> dict[int, Official]:
    """By unit's key: who heads it on that day, or heads what carries it on; without units whose head is not known. One
    query, a few more where a unit has no head of its own.
    """
    found = _headed(units, day)
    if not (headless := set(units) - found.keys()):
        return found
    carried = heirs(headless, day)
    theirs = _headed({heir.unit_id for of in carried.values() for heir in of}, day)
    heads = {unit: [theirs[heir.unit_id] for heir in of if heir.unit_id in theirs] for unit, of in carried.items()}
    return found | {unit: of[0] for unit, of in heads.items() if of}


def _headed(units: Collection[int], day: date) -> dict[int, Official]:
    """Whoever is still noted as head of a unit that is gone heads nothing. Of two the one who began last heads it."""
    there = Placement.objects.filter(during(day), unit=OuterRef("unit"))
    headed = Posting.objects.on(day).filter(Exists(there), unit__in=units, is_head=True)
    found = headed.select_related("official").order_by("starts_on", "pk")
    return {posting.unit_id: posting.official for posting in found}


def named_history(official: Official) -> QuerySet[Posting]:
    """Every posting, the newest first, each with `unit_name` as of its first day."""
    named = Placement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("starts_on")),
        unit=OuterRef("unit"),
        starts_on__lte=OuterRef("starts_on"),
    )
    return postings_of(official).annotate(unit_name=first_name(named))


def main_unit(official: Official, day: date) -> Unit | None:
    """Where the official works on that day."""
    return (
        Unit.objects.filter(during(day, "postings__"), postings__official=official, postings__is_main=True)
        .order_by("pk")
        .first()
    )


def known_to_have_left(day: date) -> QuerySet[Official]:
    """Officials who had posts, all of which were over before that day."""
    own = Posting.objects.filter(official=OuterRef("pk"))
    not_over = own.filter(Q(ends_on=None) | Q(ends_on__gte=day))
    return Official.objects.filter(Exists(own), ~Exists(not_over)).order_by("pk")


def belonging_to(units: QuerySet[Unit], day: date) -> QuerySet[Official]:
    """Officials by the units that answer for them: where each works on that day, or worked last."""
    of_one = Posting.objects.filter(official=OuterRef("pk"))
    now = of_one.filter(during(day), is_main=True).order_by("unit_id").values("unit_id")[:1]
    last = of_one.order_by(*LAST_FIRST).values("unit_id")[:1]
    ever = Posting.objects.filter(unit__in=units).values("official")  # so that only these are looked at one by one
    placed = Official.objects.filter(pk__in=ever).annotate(home=Coalesce(Subquery(now), Subquery(last)))
    return placed.filter(home__in=units).order_by("pk")


def account_of(official: Official) -> Account | None:
    """The account, closed or not, with `has_second_factor`."""
    return accounts_of(official).first()


def accounts_of(official: Official) -> QuerySet[Account]:
    """The same, to be read with others."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"))
    return Account.objects.filter(official=official).annotate(has_second_factor=Exists(factors)).order_by("pk")


def get_account(official: Official) -> Account:
    """Raises `organizations.account_not_found`."""
    account = account_of(official)
    if account is None:
        raise refuse("organizations.account_not_found", name=official.name)
    return account


def account_named(username: str) -> Account:
    """By its sign-in name, capitals aside. Raises `organizations.username_not_found`."""
    found = Account.objects.filter(username=username.strip().lower()).select_related("official").order_by("pk").first()
    if found is None:
        raise refuse("organizations.username_not_found", name=username)
    return found


def sample_accounts(day: date) -> list[tuple[Account, list[str]]]:
    """Accounts of invented officials, each with `unit_name` and the roles held on that day. Two queries."""
    posted = Posting.objects.filter(during(day), official=OuterRef("official"), is_main=True).values("unit")[:1]
    accounts = (
        Account.objects.filter(_open_on(day), official__is_sample=True)
        .select_related("official")
        .annotate(unit=Subquery(posted))
        .annotate(unit_name=name_on(day))
    )
    roles: dict[int, list[str]] = {}
    grants = RoleGrant.objects.on(day).filter(official__is_sample=True).order_by("pk")
    for official, role in grants.values_list("official_id", "role"):
        roles.setdefault(official, []).append(role)
    return [(account, roles.get(account.official_id, [])) for account in accounts.order_by("pk")]


def administrators(day: date) -> QuerySet[Account]:
    """The accounts that are not closed of those who hold the role on that day or later."""
    held = RoleGrant.objects.not_over(day).filter(role="administrator")
    return Account.objects.filter(_open_on(day), official__in=held.values("official")).order_by("pk")


def _open_on(day: date) -> Q:
    """Accounts that are not closed on that day."""
    return Q(is_active=True) & (Q(ended_at=None) | Q(ended_at__gte=make_aware(datetime.combine(day + DAY, time()))))


def grants_of(official: Official) -> QuerySet[RoleGrant]:
    """Every role ever held, the newest first, each with its unit."""
    return official.grants.select_related("unit").order_by("-starts_on", "role", "pk")


def remaining_roles(official: Official, day: date) -> QuerySet[RoleGrant]:
    """The roles that are not over on that day, each with its unit and `unit_name` as of that day, null for a unit that
    is not there then.
    """
    return official.grants.not_over(day).select_related("unit").annotate(unit_name=name_on(day)).order_by("role", "pk")


def units_around(unit: Unit, among: Collection[int], day: date) -> QuerySet[Ancestry, tuple[int, int]]:
    """Pairs of a unit and each of these others that is the unit itself, stands under it on that day, or above it but
    not at the top: moving within a province changes nothing about what somebody does for the whole of it.
    """
    top = Placement.objects.on(day).filter(unit=OuterRef("ancestor"), parent=None)
    below, above = Q(ancestor=unit, descendant__in=among), Q(descendant=unit, ancestor__in=among) & ~Exists(top)
    links = Ancestry.objects.filter(during(day)).filter(below | above).order_by("pk")
    return links.values_list("ancestor_id", "descendant_id")


def deputies_of(official: Official, day: date) -> QuerySet[Delegation]:
    """Who acts for the official on that day or later."""
    given = official.delegations_given.not_over(day).select_related("deputy")
    return given.order_by("starts_on", "deputy__sort_key", "pk")


def principals_of(official: Official, day: date) -> QuerySet[Delegation]:
    """For whom the official acts on that day."""
    held = official.delegations_held.on(day).select_related("principal")
    return held.order_by("principal__sort_key", "pk")


def delegations_held(official: Official, day: date) -> QuerySet[Delegation]:
    """For whom the official acts on that day or later, each with the principal."""
    return official.delegations_held.not_over(day).select_related("principal").order_by("pk")


def delegations_at_hand(official: Official, day: date, until: date) -> QuerySet[Delegation]:
    """Given or held, not over on that day, and beginning or ending in the days until then; each with both people."""
    own = Delegation.objects.not_over(day).filter(Q(principal=official) | Q(deputy=official))
    near = own.filter(Q(starts_on__range=(day, until)) | Q(starts_on__lt=day, ends_on__lte=until))
    return near.select_related("principal", "deputy").order_by("starts_on", "pk")


def duties_at(subject: tuple[str, str], day: date) -> QuerySet[Assignment]:
    """Who has a duty at an object on that day."""
    subject_type, subject_id = subject
    assigned = Assignment.objects.on(day).filter(subject_type=subject_type, subject_id=subject_id)
    return assigned.select_related("official").order_by("duty", "official__sort_key", "pk")


def get_supervision(unit: Unit, number: int) -> Supervision:
    """Raises `organizations.supervision_not_found`."""
    held = Supervision.objects.filter(unit=unit, pk=number).select_related("supervisor").order_by("pk").first()
    if held is None:
        raise refuse("organizations.supervision_not_found")
    return held


def get_delegation(principal: Official, number: int) -> Delegation:
    """Raises `organizations.delegation_not_found`."""
    given = Delegation.objects.filter(principal=principal, pk=number).select_related("deputy").order_by("pk").first()
    if given is None:
        raise refuse("organizations.delegation_not_found")
    return given
