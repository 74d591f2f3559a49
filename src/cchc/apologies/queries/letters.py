"""Letters in the viewer's scope, and one of them with its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db.models import QuerySet

from cchc.apologies.models import Letter, LetterEntry
from cchc.apologies.states import APPROVED, DRAFTED, RETURNED, SENT, SIGNED
from cchc.dossiers.models import Dossier
from cchc.dossiers.queries.scope import visible_dossiers
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse

RELATED: Final = ("dossier__procedure_version__procedure", "mistake", "drafted_by")
TO_APPROVE: Final = (DRAFTED, RETURNED)
TO_SIGN: Final = (APPROVED,)
TO_SEND: Final = (SIGNED,)
DONE: Final = (SENT,)


def visible_letters(viewer: Viewer) -> QuerySet[Letter]:
    """Those of dossiers in the viewer's scope."""
    return Letter.objects.filter(dossier__in=visible_dossiers(viewer).order_by().values("pk"))


def letters_in(dossiers: QuerySet[Dossier], states: Sequence[str]) -> QuerySet[Letter]:
    """Of these dossiers, in one of these states: the oldest first, of what is sent the newest."""
    found = Letter.objects.filter(dossier__in=dossiers, state__in=states).select_related(*RELATED)
    return found.order_by("-pk" if SENT in states else "pk")


def letters_after(found: QuerySet[Letter], last: Letter | None) -> QuerySet[Letter]:
    """What follows one of them."""
    if last is None:
        return found
    return found.filter(pk__lt=last.pk) if found.query.order_by[0] == "-pk" else found.filter(pk__gt=last.pk)


def get_letter(viewer: Viewer, number: int) -> Letter:
    """With its dossier, whose units have their names of today. Raises `apologies.letter_not_found`."""
    units = {"unit_name": "dossier__unit", "settling_name": "dossier__settling_unit"}
    names = {name: name_on(viewer.day, column) for name, column in units.items()}
    related = (*RELATED, "dossier__unit", "dossier__settling_unit", "signed_by", "sent_by", "appointment")
    letter = visible_letters(viewer).filter(pk=number).annotate(**names).select_related(*related).order_by("pk").first()
    if letter is None:
        raise refuse("apologies.letter_not_found")
    return letter


def entries_of(letter: Letter) -> QuerySet[LetterEntry]:
    """What happened to it, the newest first."""
    return LetterEntry.objects.filter(letter=letter).select_related("by").order_by("-pk")
