"""Reads for many dossiers at once: what a counter receives, open dossiers that may be the same, lists with rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from cchc.dossiers.models import Component, Dossier, DossierEvent, IntakeBatch, IntakeRow
from cchc.dossiers.queries.dossiers import Parts
from cchc.interface.models import Job
from cchc.interface.together import read_together
from cchc.organizations.models import Unit
from cchc.organizations.viewers import public_viewer
from cchc.procedures.models import ProcedureVersion
from cchc.procedures.queries.catalogue import procedures_in_force
from cchc.procedures.states import PUBLISHED
from cchc.records.errors import refuse

RECEIVE_BATCH = "dossiers.receive_batch"
_MOST_BATCHES = 20


def received_here(unit: Unit, day: date) -> Mapping[str, ProcedureVersion]:
    """The versions that a unit receives by on that day, each with its procedure, by the codes of these. Two queries."""
    procedures = procedures_in_force(public_viewer(day), unit, day).order_by()
    held = ProcedureVersion.objects.on(day).filter(procedure__in=procedures.values("pk"), state=PUBLISHED)
    found = held.select_related("procedure__settled_by").order_by("procedure__code")
    return {one.procedure.code: one for one in found}


def open_for(unit: Unit, rows: Iterable[Mapping[str, object]]) -> Mapping[tuple[str, ...], Dossier]:
    """The newest open dossier that each of these rows may be once more, by `planning.same_as`. One query."""
    codes, numbers, names = set[str](), set[str](), set[str]()
    for said in rows:
        codes.add(str(said.get("procedure", "")))
        if said.get("number"):
            numbers.add(str(said["number"]))
        else:
            names.add(str(said.get("name", "")))
    open_ = Dossier.objects.filter(ended_at=None, procedure_version__procedure__code__in=codes)
    same = open_.filter(Q(owner_number__in=numbers) | Q(unit=unit, owner_name__in=names))
    found: dict[tuple[str, ...], Dossier] = {}
    for one in same.select_related("procedure_version__procedure").order_by("pk"):
        code = one.procedure_version.procedure.code
        if one.owner_number:
            found[code, one.owner_number] = one
        if one.unit_id == unit.pk:
            found[code, one.owner_name, one.owner_address] = one
    return found


def get_batch(number: int) -> IntakeBatch:
    """With its unit. Raises `dossiers.batch_not_found`."""
    found = IntakeBatch.objects.select_related("unit", "asked_by").filter(pk=number).order_by("pk").first()
    if found is None:
        raise refuse("dossiers.batch_not_found")
    return found


def batches_of(unit: Unit) -> QuerySet[IntakeBatch]:
    """The last ones of a counter, each with how many rows it has (`number`), were `received`, and were not."""
    rows = {
        "number": Count("rows"), "received": Count("rows", filter=Q(rows__dossier__isnull=False)),
        "refused": Count("rows", filter=~Q(rows__why_vi="")),
    }  # fmt: skip
    found = IntakeBatch.objects.filter(unit=unit).defer("content").select_related("asked_by").annotate(**rows)
    return found.order_by("-pk")[:_MOST_BATCHES]


def rows_of(batch: IntakeBatch) -> QuerySet[IntakeRow]:
    """In the order of the list, each with its dossier."""
    related = ("dossier__procedure_version__procedure", "dossier__slip", "dossier__unit", "dossier__settling_unit")
    return IntakeRow.objects.filter(batch=batch).select_related(*related).order_by("place")


def waiting_rows(batch: IntakeBatch) -> QuerySet[IntakeRow]:
    """Those that are still to be received."""
    return IntakeRow.objects.filter(batch=batch, dossier=None, why_vi="").order_by("place")


def job_of(batch: IntakeBatch) -> Job | None:
    """The work that receives its rows; None before it was asked for."""
    return Job.objects.filter(kind=RECEIVE_BATCH, key=str(batch.pk)).select_related("lease").order_by("pk").first()


def receptions_of(batch: IntakeBatch) -> list[tuple[Dossier, Parts, DossierEvent]]:
    """Every dossier it became, in the order of its rows, with its papers and its reception. One query."""
    found = Dossier.objects.filter(intake_row__batch=batch)
    related = ("slip", "unit", "settling_unit", "procedure_version__procedure")
    dossiers = found.select_related(*related).order_by("intake_row__place")
    of_them = found.order_by().values("pk")
    papers = Component.objects.filter(dossier__in=of_them).order_by("dossier", "place")
    events = DossierEvent.objects.filter(dossier__in=of_them, act="receive").select_related("by").order_by("pk")
    read_together(dossiers, papers, events)
    of_each: dict[int, list[Component]] = defaultdict(list)
    for paper in papers:
        of_each[paper.dossier_id].append(paper)
    received = {event.dossier_id: event for event in events}
    return [(one, _at_reception(received[one.pk], of_each[one.pk]), received[one.pk]) for one in dossiers]


def _at_reception(event: DossierEvent, papers: list[Component]) -> Parts:
    """What lay beside a dossier when it was received from a list: its papers, none of them a file."""
    nothing: dict[str, list[Any]] = {field.name: [] for field in fields(Parts)}
    return Parts(**{**nothing, "events": [event], "components": papers})
