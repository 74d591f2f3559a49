"""Sample procedures in the sample province: a catalogue out of files, and a draft that waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from importlib import resources
from typing import Final

from django.utils.timezone import localtime

from cchc.demo.directives import actor_at
from cchc.organizations.models import Unit
from cchc.procedures.actions.entries import import_entries
from cchc.procedures.actions.versions import draft_version
from cchc.procedures.loading import read
from cchc.procedures.models import Procedure
from cchc.procedures.versions import CatalogueEntry
from cchc.records.sources import Validity

_FILES: Final = (("cchc.procedures", "shipped/mau-cap-xa.yaml"), ("cchc.demo", "procedures.yaml"))
_KEEPER: Final = "mau-09"
_SINCE: Final = timedelta(days=60)
_NEXT: Final = timedelta(days=30)
_REDRAFTED: Final = "MAU-102"


def load_sample_procedures(province: Unit, now: datetime) -> None:
    """All of them, kept by the province and entered by its procedure-control officer."""
    at = now - _SINCE
    by, entries = actor_at(_KEEPER, at), [entry for room, file in _FILES for entry in _entries(room, file)]
    import_entries(actor=by, now=at, keeper=province, entries=entries, is_sample=True)
    known = {entry.code: entry for entry in entries}
    (dated,) = known[_REDRAFTED].versions.records
    later = replace(
        dated, value=replace(dated.value, portal="", fees=()), validity=Validity(localtime(now + _NEXT).date())
    )
    procedure = Procedure.objects.get(code=_REDRAFTED)
    draft_version(actor=actor_at(_KEEPER, now), now=now, procedure=procedure, dated=later)


def _entries(room: str, file: str) -> tuple[CatalogueEntry, ...]:
    content = resources.files(room).joinpath(file).read_bytes()
    return read(content, f"{room.replace('.', '/')}/{file}")
