"""Absences, and what became of many steps, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.messages import INFO, WARNING
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cchc.dossiers.actions.standing_in import Reassigned
from cchc.dossiers.models import Absence
from cchc.dossiers.permissions import may_note_absence
from cchc.interface.errors import current_language
from cchc.organizations.viewers import Viewer
from cchc.records.words import say


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """One of them: whether it lasts today, and where it is ended by those who may."""

    absence: Absence
    lasts: bool
    ends: str


def rows_of_absences(viewer: Viewer, found: Iterable[Absence]) -> list[AbsenceRow]:
    """In their order. Whoever sees one and does not only stand in may end it."""
    return [
        AbsenceRow(
            one,
            one.starts_on <= viewer.day,
            reverse("dossiers:end-absence", args=[one.pk]) if _ends(viewer, one) else "",
        )
        for one in found
    ]


def _ends(viewer: Viewer, absence: Absence) -> bool:
    if viewer.acting.pk == absence.deputy_id:
        return bool(may_note_absence(viewer, absence.official))
    return True


def reassigned_words(done: Reassigned) -> list[tuple[int, str]]:
    """How many were given, and why each of the others was not."""
    said = []
    if done.given:
        count = len(done.given)
        text = ngettext("%(number)d step was assigned.", "%(number)d steps were assigned.", count)
        said.append((INFO, text % {"number": count}))
    for step, error in done.left:
        reason = say(error.problems[0].message, current_language())
        said.append((WARNING, _("%(code)s stays as it is: %(reason)s") % {"code": step.dossier.code, "reason": reason}))
    return said
