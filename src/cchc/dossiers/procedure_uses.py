"""What rests on versions of procedures here: every dossier keeps the one it was received by."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import make_aware

from cchc.dossiers.models import Dossier
from cchc.procedures.models import ProcedureVersion
from cchc.procedures.uses import Use
from cchc.records.text import LocalText


def _received(version: ProcedureVersion, after: date | None) -> QuerySet[Any]:
    found = Dossier.objects.filter(procedure_version=version)
    if after is None:
        return found
    return found.filter(submitted_at__gte=make_aware(datetime.combine(after + timedelta(days=1), time.min)))


received = Use("dossiers.received", LocalText("hồ sơ đã nhận", "dossiers received"), _received)
