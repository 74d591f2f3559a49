"""Reports that the receiver refused, as the head of the one-stop sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from cchc.dossiers.addresses import to_dossier
from cchc.dossiers.models import ProgressReport
from cchc.dossiers.shown_words import state_name
from cchc.interface.errors import current_language


@dataclass(frozen=True, slots=True)
class FailureRow:
    """One of them, with the addresses of its dossier and of sending it again."""

    report: ProgressReport
    procedure: str
    state: str
    url: str
    again: str


def rows_of_failures(reports: Iterable[ProgressReport]) -> list[FailureRow]:
    """In their order."""
    language = current_language()
    return [
        FailureRow(
            one,
            one.dossier.procedure_version.procedure.name.in_language(language),
            state_name(one.state),
            to_dossier(one.dossier),
            reverse("dossiers:send-again", args=[one.pk]),
        )
        for one in reports
    ]
