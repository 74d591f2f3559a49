"""Sample procedures in the sample province: a catalogue out of files, and a draft that waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib import resources
from typing import Final

from django.utils.timezone import localtime

from cchc.demo.directives import actor_at
from cchc.organizations.models import Unit
from cchc.procedures.actions.entries import import_entries
from cchc.procedures.actions.publications import Posting, note_publication
from cchc.procedures.actions.versions import draft_version
from cchc.procedures.loading import read
from cchc.procedures.models import Procedure, ProcedureVersion
from cchc.procedures.states import PUBLISHED
from cchc.procedures.versions import CatalogueEntry
from cchc.records.sources import Validity
from cchc.records.timelines import Timeline

_FILES: Final = (("cchc.procedures", "shipped/mau-cap-xa.yaml"), ("cchc.demo", "procedures.yaml"))
_KEEPER: Final = "mau-09"
_SINCE: Final = timedelta(days=60)
_DECIDED: Final = timedelta(days=3)
_NEXT: Final = timedelta(days=30)
_REDRAFTED: Final = "MAU-102"
_POSTED: Final = (
    ("MAU-001", "Trang thông tin điện tử của tỉnh (mẫu)", 1),
    ("MAU-002", "Trang thông tin điện tử của tỉnh (mẫu)", 20),
    ("MAU-201", "Bảng niêm yết tại Trung tâm (mẫu)", 2),
)


def load_sample_procedures(province: Unit, now: datetime) -> None:
    """All of them, kept by the province and entered by its procedure-control officer."""
    at = now - _SINCE
    by, decided = actor_at(_KEEPER, at), localtime(at).date() - _DECIDED
    entries = [_decided(entry, decided) for room, file in _FILES for entry in _entries(room, file)]
    import_entries(actor=by, now=at, keeper=province, entries=entries, is_sample=True)
    for code, place, days in _POSTED:
        _post(code, place, at + timedelta(days=days), province)
    known = {entry.code: entry for entry in entries}
    (dated,) = known[_REDRAFTED].versions.records
    later = replace(
        dated, value=replace(dated.value, portal="", fees=()), validity=Validity(localtime(now + _NEXT).date())
    )
    procedure = Procedure.objects.get(code=_REDRAFTED)
    draft_version(actor=actor_at(_KEEPER, now), now=now, procedure=procedure, dated=later)


def _decided(entry: CatalogueEntry, day: date) -> CatalogueEntry:
    """With a day of the decision, from which the delay of publication counts."""
    dated = [replace(one, source=replace(one.source, on=day)) for one in entry.versions.records]
    return replace(entry, versions=Timeline(entry.code, dated, gaps_allowed=True))


def _post(code: str, place: str, at: datetime, unit: Unit) -> None:
    version = ProcedureVersion.objects.filter(procedure__code=code, state=PUBLISHED).order_by("-starts_on").first()
    assert version is not None  # just published
    posting = Posting(unit, place, localtime(at).date())
    note_publication(actor=actor_at(_KEEPER, at), now=at, version=version, posting=posting)


def _entries(room: str, file: str) -> tuple[CatalogueEntry, ...]:
    content = resources.files(room).joinpath(file).read_bytes()
    return read(content, f"{room.replace('.', '/')}/{file}")
