"""What an official had in a month, what was claimed and found about it, what was listed of it, replied and decided."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from cchc.dossiers.models import ActualCompletion
from cchc.files.models import Citation
from cchc.files.queries import citations_named
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Official, Placement
from cchc.organizations.queries.units import way_to
from cchc.organizations.viewers import Viewer
from cchc.oversight.citations_lists import ITEM
from cchc.oversight.models import DelayVerdict, KeptSpell, ListedItem, ListVersion
from cchc.oversight.queries.board import Asked
from cchc.oversight.queries.lists import visible_items
from cchc.oversight.records import Record, record_of
from cchc.oversight.states_lists import DRAFTED, WITHDRAWN

Erratum = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The record and what stands beside it: `claims` by our own dossier, the `verdicts` that count by kept dossier, the
    entries (`items`) of lists in their order with `files` and `errata` of each.
    """

    way: Sequence[Placement]
    record: Record
    claims: Mapping[int, Sequence[ActualCompletion]]
    verdicts: Mapping[int, DelayVerdict]
    items: Sequence[ListedItem]
    errata: Mapping[int, Sequence[Erratum]]
    files: Mapping[int, Sequence[Citation]] = field(default_factory=dict)


def reading_record(viewer: Viewer, official: Official, asked: Asked) -> Reads[Gathered]:
    """Of an official in exactly that unit. Six reads that need nothing of each other, then the files of entries."""
    spells = KeptSpell.objects.filter(official=official, unit=asked.unit, month=asked.month)
    dossiers, items = spells.order_by().values("dossier"), _items(viewer, official, asked)
    claims = ActualCompletion.objects.filter(step__dossier__kept__in=dossiers, step__holder=official)
    found = Q(kept__in=dossiers) | Q(kept__in=items.order_by().values("kept"))
    reads = (
        way_to(asked.unit, asked.day),
        spells.select_related("dossier").order_by("dossier", "place"),
        claims.select_related("step").order_by("pk"),
        DelayVerdict.objects.filter(found, is_current=True).select_related("found_by", "corrects").order_by("pk"),
        items.select_related("listed__list", "replied_by", "decided_by").order_by("listed", "place"),
        ListVersion.objects.filter(number__gt=1, list__in=items.order_by().values("listed__list")).order_by("number"),
    )
    return Reads(reads, lambda: _gathered(*(list(one) for one in reads))).and_then(_with_files)


def _items(viewer: Viewer, official: Official, asked: Asked) -> QuerySet[ListedItem]:
    """Entries of lists of the month that were notified; one that was withdrawn says nothing any more."""
    of_month = visible_items(viewer).filter(
        listed__official=official, listed__unit=asked.unit, listed__list__month=asked.month
    )
    return of_month.exclude(listed__list__state__in=[DRAFTED, WITHDRAWN])


def _gathered(
    way: Sequence[Placement], spells: Iterable[KeptSpell], claims: Iterable[ActualCompletion],
    verdicts: Iterable[DelayVerdict], items: Sequence[ListedItem], versions: Iterable[ListVersion],
) -> Gathered:  # fmt: skip
    of_dossier = defaultdict[int, list[ActualCompletion]](list)
    for claim in claims:
        of_dossier[claim.step.dossier_id].append(claim)
    newest = {one.list_id: json.loads(one.content)["errata"] for one in versions}
    errata = {one.pk: _errata_of(one, newest.get(one.listed.list_id, ())) for one in items}
    return Gathered(way, record_of(spells), of_dossier, {one.kept_id: one for one in verdicts}, items, errata)


def _errata_of(item: ListedItem, errata: Iterable[Erratum]) -> list[Erratum]:
    """Those about the entry, and about the person."""
    place = item.listed.place
    return [one for one in errata if one["official"] == place and one["entry"] in {None, item.place}]


def _with_files(found: Gathered) -> Reads[Gathered]:
    """Whoever sees an entry sees its evidence."""
    keys = [str(one.pk) for one in found.items]
    cited = citations_named(Q(subject_type=ITEM, subject_id__in=keys, ended_at=None))

    def made(rows: Iterable[Citation]) -> Gathered:
        files = defaultdict[int, list[Citation]](list)
        for one in rows:
            files[int(one.subject_id)].append(one)
        return Gathered(
            found.way, found.record, found.claims, found.verdicts, found.items, found.errata, files
        )  # fmt: skip

    return made_of(cited, made)
