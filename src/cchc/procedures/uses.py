"""What rests on versions of procedures: whatever other rooms received by them. Such a version is not withdrawn any
more, nor ended before the last of these.

A room lists its own in its module `procedure_uses`:

received = Use("dossiers.received", LocalText("hồ sơ", "dossiers"), _received)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cchc.interface.rooms import offers
from cchc.procedures.models import ProcedureVersion
from cchc.records.text import LocalText


@dataclass(frozen=True, slots=True)
class Use:
    """One kind of them: `of(version, after)` finds those by a version, all of them or from behind a day."""

    code: str
    name: LocalText
    of: Callable[[ProcedureVersion, date | None], QuerySet[Any]]


def uses_of(version: ProcedureVersion, after: date | None = None) -> Iterator[tuple[LocalText, int]]:
    """What rests on it, from behind a day if one is given: what it is called, how many. One query for each kind."""
    for kind in offers("procedure_uses", Use).values():
        if number := kind.of(version, after).count():
            yield kind.name, number
