"""What a case can be opened from, whom it can be about, and the dossiers that it would count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from cchc.organizations.models import Official, Posting, Unit
from cchc.organizations.queries.people import heads_of
from cchc.organizations.viewers import Viewer
from cchc.oversight.charging import OVERDUE, SLOW
from cchc.oversight.consequences import HEAD, OFFICIAL, UNIT
from cchc.oversight.models import (
    LEFT_OUT,
    CaseGround,
    KeptDossier,
    KeptShare,
    ListedItem,
    ListedOfficial,
)
from cchc.oversight.permissions_cases import GROUNDS_OF_LISTS, may_open_case
from cchc.oversight.queries.drafting import unit_names
from cchc.oversight.queries.verdicts import current_findings
from cchc.oversight.states_cases import WITHDRAWN
from cchc.records.errors import refuse


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom a case can be about: an official or a head where the delay was, or the unit, which is no official."""

    about: str
    unit: Unit
    official: Official | None
    name: str

    @property
    def key(self) -> str:
        """As a form sends it."""
        return f"{self.about}.{self.unit.pk}.{self.official.pk if self.official else 0}"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a case is opened from: somebody listed, a late dossier, or the record of a month."""

    listed: ListedOfficial | None = None
    kept: KeptDossier | None = None
    official: Official | None = None
    unit: Unit | None = None
    month: date | None = None


def get_listed(viewer: Viewer, number: int) -> ListedOfficial:
    """Of a list that is frozen or was published, at a unit whose cases the viewer keeps.

    Raises `oversight.item_not_found`, `oversight.list_not_frozen`.
    """
    related = ("list__unit", "unit", "official", "accountable")
    found = ListedOfficial.objects.filter(pk=number).select_related(*related).order_by("pk").first()
    if found is None or not may_open_case(viewer, found.unit or found.list.unit):
        raise refuse("oversight.item_not_found")
    if found.list.state not in GROUNDS_OF_LISTS:
        raise refuse("oversight.list_not_frozen")
    return found


def concerned_by(origin: Origin, viewer: Viewer) -> list[Concerned]:
    """Officials first, then the heads, then the units; only where the viewer keeps cases, and not the viewer."""
    people, units = _holders(origin)
    keys = {one.pk: one for one in units if may_open_case(viewer, one)}
    heads, names = heads_of(list(keys), viewer.day), unit_names(keys, viewer.day)
    headed = {(head.pk, unit) for unit, head in heads.items()}
    found = [
        Concerned(OFFICIAL, keys[unit.pk], one, one.name)
        for one, unit in people
        if unit.pk in keys and (one.pk, unit.pk) not in headed
    ]
    found += [Concerned(HEAD, keys[unit], head, f"{head.name}, {names[unit]}") for unit, head in sorted(heads.items())]
    found += [Concerned(UNIT, unit, None, names[key]) for key, unit in keys.items()]
    own = {one.pk for one in (viewer.official, viewer.principal) if one is not None}
    return [one for one in found if one.official is None or one.official.pk not in own]


def _holders(origin: Origin) -> tuple[list[tuple[Official, Unit]], list[Unit]]:
    """Officials with the unit where they had something, and these units."""
    if origin.listed is not None:
        unit = origin.listed.unit or origin.listed.list.unit
        return [(origin.listed.official, unit)] if origin.listed.official else [], [unit]
    if origin.kept is not None:
        charged = [one for one in origin.kept.spells.all() if one.late_minutes]
        placed = [(one.official, one.unit) for one in charged if one.unit is not None]
        units = {unit.pk: unit for _one, unit in placed}
        people = {(one.pk, unit.pk): (one, unit) for one, unit in placed if one is not None}
        return list(people.values()), list(units.values())
    assert origin.official is not None and origin.unit is not None  # a record
    return [(origin.official, origin.unit)], [origin.unit]


def shares_of(origin: Origin) -> QuerySet[KeptShare]:
    """What is counted of a dossier or of a record: main shares that are overdue or slow."""
    found = KeptShare.objects.filter(Q(is_overdue=True) | Q(is_slow=True)).order_by("month", "pk")
    if origin.kept is not None:
        return found.filter(dossier=origin.kept)
    return found.filter(official=origin.official, unit=origin.unit, month=origin.month)


def grounds_of(origin: Origin, about: Concerned) -> list[CaseGround]:
    """The dossiers that count, in their order, without those that stand in another case about the same, of whatever
    month: nobody answers twice for one. Not saved. Raises `oversight.case_there` where none is left.
    """
    made = _of_listed(origin.listed) if origin.listed is not None else _of_shares(shares_of(origin), about)
    counted = set(_counted(about, made).values_list("code", flat=True))
    left = [one for one in made if one.code not in counted]
    if made and not left:
        raise refuse("oversight.case_there")
    for place, one in enumerate(left, start=1):
        one.place = place
    return left


def _counted(about: Concerned, made: Sequence[CaseGround]) -> QuerySet[CaseGround]:
    standing = CaseGround.objects.exclude(case__state=WITHDRAWN)
    whose = standing.filter(case__about=about.about, case__official=about.official, case__unit=about.unit)
    return whose.filter(code__in=[one.code for one in made]).order_by("pk")


def _of_listed(listed: ListedOfficial) -> list[CaseGround]:
    items = ListedItem.objects.filter(listed=listed).exclude(outcome__in=LEFT_OUT)
    return [
        CaseGround(
            item=one, kept=_kept_of(one), month=listed.list.month, code=one.code, procedure_name=one.procedure_name,
            klass=one.klass, holder=listed.official, late=one.late, overrun=one.overrun, verdict=one.verdict,
            reply=one.reply, outcome=one.outcome, reason=one.reason,
        )
        for one in items.select_related("kept", "own__kept").order_by("place")
    ]  # fmt: skip


def _kept_of(item: ListedItem) -> KeptDossier | None:
    """Where the list was drafted before the dossier was kept, what is kept of it now."""
    return item.kept or (getattr(item.own, "kept", None) if item.own is not None else None)


def _of_shares(shares: QuerySet[KeptShare], about: Concerned) -> list[CaseGround]:
    found = list(_whose(shares, about).select_related("dossier", "official"))
    verdicts = current_findings([one.dossier_id for one in found])
    return [
        CaseGround(
            kept=one.dossier, month=one.month, code=one.dossier.code, procedure_name=one.dossier.procedure_name,
            klass=OVERDUE if one.is_overdue else SLOW, holder=one.official, late=one.late_minutes,
            overrun=one.overrun_minutes, verdict=verdicts.get(one.dossier_id, ""),
        )
        for one in found
    ]  # fmt: skip


def _whose(shares: QuerySet[KeptShare], about: Concerned) -> QuerySet[KeptShare]:
    placed = shares.filter(unit=about.unit)
    return placed.filter(official=about.official) if about.about == OFFICIAL else placed


def post_of(about: Concerned, day: date) -> str:
    """In which post; empty for a unit, and for who works there no more. One query."""
    if about.official is None:
        return ""
    posting = Posting.objects.on(day).filter(official=about.official, unit=about.unit).order_by("-is_main", "pk")
    return next((one.post for one in posting[:1]), "")


def parties(grounds: Iterable[CaseGround], people: set[int]) -> bool:
    """Whether one of them had a dossier that the case counts. One query."""
    kept = [one.kept_id for one in grounds if one.kept_id is not None]
    return KeptShare.objects.filter(dossier__in=kept, official__in=people, late_minutes__gt=0).exists()
