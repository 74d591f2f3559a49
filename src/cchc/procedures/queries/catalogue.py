"""Procedures: one, the catalogue with its filters, those that a unit receives on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from cchc.interface.together import Reads, made_of
from cchc.organizations.kinds import kind_of
from cchc.organizations.models import Ancestry, Placement, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.procedures.models import Procedure, ProcedureVersion, Publication, Review
from cchc.procedures.permissions import KEEPERS
from cchc.procedures.queries.scope import kept_by, visible_procedures
from cchc.procedures.reviewing import reviewed_since
from cchc.procedures.states import PUBLISHED
from cchc.records.errors import refuse
from cchc.records.search import fold, sort_key


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands on a day: those it stands under, itself first; the first of them that has a level of its
    own, as an office or a one-stop has none; and that level.
    """

    units: tuple[int, ...]
    body: int | None
    level: str | None


@dataclass(frozen=True, slots=True)
class ProcedureSearch:
    """What the catalogue shows: words, a field by its key, a level, who decides, an online level; `portal`: offered
    on the national one (`yes`) or not (`no`); `standing`: what holds on the day (empty), or `none` holds (drafts,
    abolished, not yet), or `all`; `unposted`: nothing is noted of where it stands open; `to_review`: it waits for a
    review.
    """

    text: str = ""
    field: str = ""
    level: str = ""
    authority: str = ""
    online: str = ""
    portal: str = ""
    standing: str = ""
    unposted: bool = False
    to_review: bool = False


def find_procedures(viewer: Viewer, asked: ProcedureSearch) -> QuerySet[Procedure]:
    """By field and code, each with `holding`, the key of the version of the viewer's day; null where none holds."""
    found = with_words(visible_procedures(viewer), asked.text)
    chosen = {"field_key": asked.field, "level": asked.level, "authority_vi": asked.authority}
    found = found.filter(**{name: value for name, value in chosen.items() if value})
    version = _holding(viewer.day).order_by()
    if asked.online:
        version = version.filter(online=asked.online)
    if asked.portal:
        version = version.filter(portal="") if asked.portal == "no" else version.exclude(portal="")
    if asked.unposted:
        version = version.filter(~Exists(Publication.objects.filter(version=OuterRef("pk"), struck_at=None).order_by()))
    if asked.to_review:
        since = reviewed_since(viewer.day)
        reviewed = Review.objects.filter(procedure=OuterRef("pk"), reviewed_on__gt=since)
        version, found = version.filter(starts_on__lte=since), found.filter(~Exists(reviewed.order_by()))
    if asked.standing == "none":
        found = found.filter(~Exists(version))
    elif asked.standing != "all" or asked.online or asked.portal or asked.unposted or asked.to_review:
        found = found.filter(Exists(version))
    keys = _holding(viewer.day).order_by().values("pk")[:1]
    return found.annotate(holding=Subquery(keys)).order_by("field_key", "code")


def after(found: QuerySet[Procedure], last: Procedure | None) -> QuerySet[Procedure]:
    """The rest of the catalogue behind `last`."""
    if last is None:
        return found
    return found.filter(Q(field_key__gt=last.field_key) | Q(field_key=last.field_key, code__gt=last.code))


def missing_on_portal(viewer: Viewer) -> QuerySet[Procedure]:
    """Those that hold and are not offered on the national portal."""
    return find_procedures(viewer, ProcedureSearch(portal="no"))


def to_review(viewer: Viewer) -> QuerySet[Procedure]:
    """Those in catalogues that one keeps and that wait for a review."""
    kept = find_procedures(viewer, ProcedureSearch(to_review=True))
    return kept.filter(kept_by(viewer, "keeper"))


def choices(viewer: Viewer) -> Reads[tuple[list[tuple[str, str]], list[str]]]:
    """The fields (key and name) and the authorities that stand in the catalogue."""
    found = visible_procedures(viewer).order_by().values_list("field_key", "field_vi", "authority_vi").distinct()
    return made_of(found, _choices)


def _choices(rows: Iterable[tuple[str, str, str]]) -> tuple[list[tuple[str, str]], list[str]]:
    ordered = sorted(rows)
    names = {key: name for key, name, _ in ordered}
    return sorted(names.items()), sorted({authority for *_, authority in ordered}, key=sort_key)


def keeping_units(viewer: Viewer) -> QuerySet[Unit]:
    """The units over which the viewer directly holds the role that keeps catalogues."""
    return Unit.objects.filter(pk__in={one.unit for one in viewer.holds if one.role in KEEPERS}).order_by("pk")


def get_procedure(viewer: Viewer, code: str) -> Procedure:
    """With its keeper, the unit that settles it, and their names. Raises `procedures.procedure_not_found`."""
    names = {"keeper_name": name_on(viewer.day, "keeper"), "settler_name": name_on(viewer.day, "settled_by")}
    seen = visible_procedures(viewer).annotate(**names).select_related("keeper", "settled_by")
    found = seen.filter(code=code).order_by("pk").first()
    if found is None:
        raise refuse("procedures.procedure_not_found")
    return found


def procedures_in_force(viewer: Viewer, unit: Unit, day: date) -> QuerySet[Procedure]:
    """What may be received at a unit on that day: of the catalogues kept by it and above it, what units of its level
    carry out, and what it or a unit above it settles alone, with a version that holds. By code. One query to know
    where the unit stands, one for the list.
    """
    standing = standing_for(viewer, unit, day)
    received = Q(level=standing.level) | Q(settled_by__in=standing.units)
    found = visible_procedures(viewer).filter(received, Exists(_holding(day).order_by()), keeper__in=standing.units)
    return found.select_related("settled_by").order_by("code")


def settling_unit(procedure: Procedure, unit: Unit, day: date, standing: Standing | None = None) -> Unit:
    """Who settles what is received at a unit: the one that settles the procedure alone, else the body to which the unit
    belongs. `standing`: where the unit stands that day, where that is known.
    """
    if procedure.settled_by is not None:
        return procedure.settled_by
    body = (standing or standing_of(unit, day)).body
    return unit if body in {None, unit.pk} else Unit.objects.get(pk=body)


def with_words(found: QuerySet[Procedure], text: str) -> QuerySet[Procedure]:
    """Those with all of these words in code, name or field, without regard to tone marks."""
    for word in fold(text).split():
        found = found.filter(search_key__contains=word)
    return found


def standing_for(viewer: Viewer, unit: Unit, day: date) -> Standing:
    """The same as `standing_of`, asked once for a viewer."""
    return viewer.once(("procedures.standing", unit.pk, day), lambda: standing_of(unit, day))


def standing_of(unit: Unit, day: date) -> Standing:
    """One query. Where the unit is not there that day it stands under nothing."""
    kind = Placement.objects.filter(during(day), unit=OuterRef("ancestor")).order_by().values("kind")[:1]
    links = Ancestry.objects.filter(during(day), descendant=unit).annotate(kind=Subquery(kind))
    above: Mapping[int, str] = dict(links.order_by("depth").values_list("ancestor", "kind"))
    with_level = ((key, kind_of(id_).level) for key, id_ in above.items())
    body, level = next(((key, level) for key, level in with_level if level is not None), (None, None))
    return Standing(tuple(above) or (unit.pk,), body, level)


def _holding(day: date) -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(during(day), procedure=OuterRef("pk"), state=PUBLISHED)
