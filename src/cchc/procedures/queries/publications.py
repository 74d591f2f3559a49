"""The publication register: its lines, one of them, which versions have none; reviews of a procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from cchc.followups.queries.scope import under
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.procedures.models import Procedure, ProcedureVersion, Publication, Review
from cchc.procedures.queries.scope import visible_procedures
from cchc.records.errors import refuse
from cchc.records.search import fold


@dataclass(frozen=True, slots=True)
class PublicationSearch:
    """Which lines: of procedures with these words, of a unit with all under it, those alone that were late."""

    text: str = ""
    under: Unit | None = None
    late: bool = False


def visible_publications(viewer: Viewer) -> QuerySet[Publication]:
    """Lines about procedures that one may see: what stands open is no secret."""
    if not viewer.is_signed_in:
        return Publication.objects.none()
    seen = visible_procedures(viewer).filter(pk=OuterRef("version__procedure"))
    return Publication.objects.filter(Exists(seen.order_by()))


def find_publications(viewer: Viewer, asked: PublicationSearch) -> QuerySet[Publication]:
    """Those that stand, the newest first, each with version, procedure and `unit_name`."""
    found = visible_publications(viewer).filter(struck_at=None)
    for word in fold(asked.text).split():
        found = found.filter(version__procedure__search_key__contains=word)
    if asked.under is not None:
        found = found.filter(under(viewer, asked.under, "unit"))
    if asked.late:
        found = found.filter(days_late__gt=0)
    return _named(found, viewer.day).order_by("-posted_on", "-pk")


def after(found: QuerySet[Publication], last: Publication | None) -> QuerySet[Publication]:
    """The rest of the register behind `last`."""
    if last is None:
        return found
    return found.filter(posted_on__lt=last.posted_on) | found.filter(posted_on=last.posted_on, pk__lt=last.pk)


def publications_of(viewer: Viewer, version: ProcedureVersion) -> QuerySet[Publication]:
    """All lines of a version, those struck out among them, the newest first."""
    return _named(visible_publications(viewer).filter(version=version), viewer.day).order_by("-posted_on", "-pk")


def get_publication(viewer: Viewer, number: int) -> Publication:
    """With all that its page says. Raises `procedures.publication_not_found`."""
    found = _named(visible_publications(viewer), viewer.day).select_related("noted_by", "struck_by", "unit")
    line = found.filter(pk=number).order_by("pk").first()
    if line is None:
        raise refuse("procedures.publication_not_found")
    return line


def reviews_of(procedure: Procedure) -> QuerySet[Review]:
    """The newest first, each with who noted it."""
    return Review.objects.filter(procedure=procedure).select_related("noted_by").order_by("-reviewed_on", "-pk")


def _named(found: QuerySet[Publication], day: date) -> QuerySet[Publication]:
    return found.select_related("version__procedure").annotate(unit_name=name_on(day))
