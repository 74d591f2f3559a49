"""A list of dossiers as its page shows it: what is wrong before, how far it is, what became of each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.dossiers.addresses import intake_crumbs, to_dossier
from cchc.dossiers.bulk.planning import BatchPlan
from cchc.dossiers.models import IntakeBatch, IntakeRow
from cchc.dossiers.queries.bulk import job_of, rows_of
from cchc.interface.errors import current_language, in_words, place_in_words
from cchc.interface.jobs.showing import job_shown
from cchc.interface.shapes import Link


@dataclass(frozen=True, slots=True)
class RowShown:
    """What became of a row."""

    place: int
    name: str
    code: str
    url: str
    why: str


def context_of(batch: IntakeBatch, plan: BatchPlan, now: datetime) -> Mapping[str, Any]:
    """What its page is made of."""
    rows = [] if batch.is_open else list(rows_of(batch))
    job = None if batch.is_open else job_of(batch)
    shown = [_row(one) for one in rows]
    return {
        "batch": batch,
        "plan": plan,
        "problems": [in_words(one) | {"place": place_in_words(one.place)} for one in plan.problems],
        "job": None if job is None else job_shown(job, now),
        "rows": shown,
        "received": sum(bool(one.code) for one in shown),
        "refused": sum(bool(one.why) for one in shown),
        "title": batch.file or _("Rows typed at the counter"),
        "slips": f"{reverse('dossiers:batch', args=[batch.pk])}phieu/",  # the room of printed forms answers there
        "crumbs": [
            *intake_crumbs(batch.unit),
            Link(_("Receive from a file"), reverse("dossiers:bulk", args=[batch.unit.code])),
            Link(batch.file or _("Rows typed at the counter")),
        ],
    }  # fmt: skip


def _row(row: IntakeRow) -> RowShown:
    dossier = row.dossier
    why = row.why_en if current_language() == "en" else row.why_vi
    if dossier is None:
        return RowShown(row.place, str(row.said.get("name", "")), "", "", why)
    return RowShown(row.place, dossier.owner_name, dossier.code, to_dossier(dossier), why)
