"""How long dossiers say whose they were: contacts, then everything about their owners."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from cchc.audit.actors import Actor
from cchc.dossiers.actions.erasing import ERASED, erase_contacts, erase_owners
from cchc.dossiers.models import ArchiveRecord, Dossier
from cchc.dossiers.states import DOSSIER
from cchc.privacy.kept import Hold, kept_rows
from cchc.records.text import LocalText

_CONTACTS: Final = "dossiers.contacts"
_OWNERS: Final = "dossiers.owners"


def over_before(before: datetime) -> QuerySet[Dossier]:
    """Those that came to their end before: handed over, refused, withdrawn or stopped. A result that waits for its
    owner is not over.
    """
    found = Dossier.objects.filter(state__in=DOSSIER.final).annotate(over_at=Coalesce("handed_over_at", "ended_at"))
    return found.filter(over_at__lt=before).order_by("pk")


def _with_contacts(before: datetime) -> QuerySet[Dossier]:
    return over_before(before).exclude(owner_address="", owner_phone="", owner_email="")


def _with_owners(before: datetime) -> QuerySet[Dossier]:
    return over_before(before).exclude(owner_name=ERASED)


def _end_contacts(*, actor: Actor, now: datetime, rows: Sequence[Dossier]) -> None:
    erase_contacts(actor=actor, now=now, dossiers=rows)


def _end_owners(*, actor: Actor, now: datetime, rows: Sequence[Dossier]) -> None:
    erase_owners(actor=actor, now=now, dossiers=rows)


contacts = kept_rows(
    _CONTACTS,
    LocalText(
        "Địa chỉ, điện thoại, thư điện tử của chủ hồ sơ đã kết thúc",
        "Address, telephone and mail of owners of dossiers that are over",
    ),
    "ended",
    "redact",
    _with_contacts,
    _end_contacts,
)
owners = kept_rows(
    _OWNERS,
    LocalText("Chủ hồ sơ và nội dung của hồ sơ đã kết thúc", "Owners and words of dossiers that are over"),
    "ended",
    "redact",
    _with_owners,
    _end_owners,
)


def _archived(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those whose class in the archive is not over: the archive decides."""
    newest = ArchiveRecord.objects.filter(dossier=OuterRef("pk")).order_by("-pk")
    laid = rows.annotate(laid=Subquery(newest.values("pk")[:1]), keep_until=Subquery(newest.values("keep_until")[:1]))
    return laid.filter(Q(keep_until=None) | Q(keep_until__gte=localdate()), laid__isnull=False)


HOLDS: Final[dict[str, Hold]] = {_OWNERS: _archived}
