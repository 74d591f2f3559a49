"""The archive and corrections, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.dossiers.classification import FIELDS
from cchc.dossiers.models import Correction, Dossier
from cchc.dossiers.permissions import may_archive, may_correct
from cchc.dossiers.policies import may_lay
from cchc.dossiers.queries.archive import ARCHIVED, TO_ARCHIVE
from cchc.dossiers.rules import rules_on
from cchc.dossiers.shown_words import state_name
from cchc.interface.errors import current_language
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer


@dataclass(frozen=True, slots=True)
class CorrectedField:
    """What one field said before and says since."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    """One correction with its fields."""

    correction: Correction
    fields: Sequence[CorrectedField]


@dataclass(frozen=True, slots=True)
class OverRow:
    """A dossier that is over, in the list of those to be archived, or archived."""

    dossier: Dossier
    procedure: str
    state: str
    kept: str
    act: str


def corrected(corrections: Iterable[Correction]) -> list[ShownCorrection]:
    """Each by the names of its fields."""
    names = FIELDS["dossiers.Dossier"]
    language = current_language()
    return [
        ShownCorrection(
            one,
            [
                CorrectedField(names[field].name.in_language(language), one.before.get(field, ""), after)
                for field, after in one.after.items()
                if field in names
            ],
        )
        for one in corrections
    ]


def class_name(retention_class: str, day: date) -> str:
    """What a class is called; its id where the rules of the day do not know it any more."""
    known = {one.id: one.name for one in rules_on(day).value.retention}
    name = known.get(retention_class)
    return retention_class if name is None else name.in_language(current_language())


def more_links(viewer: Viewer, dossier: Dossier) -> list[Link]:
    """What is done beside the way of a dossier: archived, corrected."""
    links = []
    if may_lay(dossier) and may_archive(viewer, dossier):
        name = _("Archive") if dossier.archived_at is None else _("Put its place right")
        links.append(Link(name, reverse("dossiers:archive", args=[dossier.pk])))
    if may_correct(viewer, dossier):
        links.append(Link(_("Correct the data"), reverse("dossiers:correct", args=[dossier.pk])))
    return links


def rows_over(dossiers: Iterable[Dossier], day: date) -> list[OverRow]:
    """In their order."""
    language = current_language()
    return [
        OverRow(
            one,
            one.procedure_version.procedure.name.in_language(language),
            state_name(one.state),
            class_name(getattr(one, "retention_class", ""), day),
            reverse("dossiers:archive", args=[one.pk]),
        )
        for one in dossiers
    ]


def archive_tabs(which: str) -> list[Link]:
    """To be archived, archived."""
    names = {TO_ARCHIVE: _("To be archived"), ARCHIVED: _("Archived")}
    return [Link(name, f"?xem={id_}", current=id_ == which) for id_, name in names.items()]
