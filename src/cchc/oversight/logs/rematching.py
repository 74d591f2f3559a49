"""What is kept of a source, matched anew by what was decided about some of its names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from django.db.models import Q

from cchc.ledger.mapping_reading import read_mapping
from cchc.organizations.calendars import load_calendar
from cchc.oversight.actions.keeping import PART
from cchc.oversight.actions.logs import NamesChanged
from cchc.oversight.actions.names import match_part
from cchc.oversight.keeping import MINUTES, KeptRows, Known, Values, matched_anew
from cchc.oversight.logs.matching import known_names
from cchc.oversight.logs.working import Save, Tell
from cchc.oversight.models import DelaySource, KeptDossier, KeptSpell, NameKind, SourceName

_OF_DOSSIER: Final = (
    "code", "procedure", "field", "unit", "unit_name", "unit_said", "received_at", "first_due_at", "due_at",
    "ended_at", "judged_at", "is_late", "late_minutes", "late_first_minutes", "evidenced_at", "late_evidenced_minutes",
)  # fmt: skip
_BESIDE: Final = ("procedure_name", "is_sample")
_OF_SPELL: Final = (
    "place", "step", "holder_kind", "official", "holder_name", "holder_said", "unit", "unit_name", "unit_said", "role",
    "month", "from_at", "to_at", "is_event", "limit_minutes", *MINUTES,
)  # fmt: skip


def match_names(source: DelaySource, names: Sequence[int], saved: Any, save: Save, tell: Tell) -> None:
    """Dossiers in whose rows one of these names stands, a part at a time."""
    decided = list(SourceName.objects.filter(pk__in=names).order_by("pk"))
    kept, done = KeptDossier.objects.filter(source=source), 0
    number, saved = kept.count(), saved or {"after": 0}
    zone = _zone(source)
    while keys := list(kept.filter(pk__gt=saved["after"]).order_by("pk").values_list("pk", flat=True)[:PART]):
        saved = {"after": keys[-1]}
        if concerned := _concerned(keys, decided):
            _write(source, concerned, zone, saved, save)
        done = min(done + len(keys), number)
        tell(done, number)


def _zone(source: DelaySource) -> str:
    """By whose months the source is counted."""
    if not source.mapping:
        return load_calendar(source.calendar).time_zone
    mapping = read_mapping(source.mapping, "mapping.yaml")
    return mapping.time_zone or load_calendar(mapping.calendar).time_zone


def _concerned(keys: Sequence[int], decided: Sequence[SourceName]) -> list[int]:
    """Which of the dossiers name one of them. Two queries."""
    people = {(one.text, one.unit_text) for one in decided if one.kind == NameKind.OFFICIAL}
    units = {one.text for one in decided if one.kind == NameKind.UNIT}
    named = Q(holder_said__in={text for text, _ in people}) | Q(unit_said__in=units)
    spells = KeptSpell.objects.filter(named, dossier__in=keys).order_by()
    found = {
        dossier
        for dossier, holder, unit in spells.values_list("dossier", "holder_said", "unit_said").distinct()
        if (holder, unit) in people or unit in units
    }
    dossiers = KeptDossier.objects.filter(pk__in=keys, unit_said__in=units).order_by()
    return sorted(found | set(dossiers.values_list("pk", flat=True)))


def _write(source: DelaySource, keys: Sequence[int], zone: str, saved: Any, save: Save) -> None:
    while True:
        version = DelaySource.objects.values_list("version", flat=True).get(pk=source.pk)
        rows = rows_anew(keys, zone, known_names(source))
        try:
            save(saved, writes=partial(match_part, source=source, rows=rows, version=version))
        except NamesChanged:
            continue
        return


def rows_anew(keys: Sequence[int], zone: str, known: Known) -> list[KeptRows]:
    """These dossiers as they would be kept had they been read now. Two queries."""
    by_dossier = defaultdict[int, list[Values]](list)
    spells = KeptSpell.objects.filter(dossier__in=keys).order_by("dossier", "place")
    for spell in spells.values("dossier", *_OF_SPELL):
        by_dossier[spell.pop("dossier")].append(spell)
    made = []
    for dossier in KeptDossier.objects.filter(pk__in=keys).order_by("pk").values("pk", *_OF_DOSSIER, *_BESIDE):
        spells_of, beside = by_dossier[dossier.pop("pk")], {name: dossier.pop(name) for name in _BESIDE}
        rows = matched_anew(dossier, spells_of, zone, known)
        rows.dossier.update(beside)
        made.append(rows)
    return made
