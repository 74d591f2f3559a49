"""What of this room rests on the days of a unit: it has to have been there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from cchc.organizations.resting import Resting
from cchc.records.text import LocalText
from cchc.registers.models import Register


def _kept(units: Collection[int], day: date) -> QuerySet[Register]:
    return Register.objects.filter(keeper__in=units, issued_on__lt=day)


kept = Resting("registers.kept", LocalText("sổ theo dõi, kế hoạch", "registers and plans"), _kept)
