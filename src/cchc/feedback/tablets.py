"""The one address under which the form of a dossier is open on the tablet of the counter: signed, short-lived, used up
by the rating.
"""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest
from typing import Final

from django.core import signing

from cchc.dossiers.models import Dossier
from cchc.feedback.models import TabletPass
from cchc.records.errors import refuse

_SALT: Final = "cchc.feedback.tablet"


def sign(opened: TabletPass) -> str:
    """What stands in the address."""
    return signing.dumps([opened.dossier_id, opened.key], salt=_SALT)


def opened_by(signed: str, now: datetime) -> tuple[Dossier, str]:
    """The dossier whose form the address opens, with the key to rate it by. Raises `feedback.tablet_not_found`."""
    try:
        number, key = signing.loads(signed, salt=_SALT)
    except signing.BadSignature:
        raise refuse("feedback.tablet_not_found") from None
    related = ("dossier__procedure_version__procedure", "dossier__unit")
    opened = TabletPass.objects.select_related(*related).filter(dossier=number).order_by("pk").first()
    if opened is None or not is_open(opened, key, now):
        raise refuse("feedback.tablet_not_found")
    return opened.dossier, key


def is_open(opened: TabletPass | None, key: str, now: datetime) -> bool:
    """Whether it is this opening, neither over nor used."""
    if opened is None or not opened.key or now >= opened.until:
        return False
    return compare_digest(opened.key.encode(), key.encode())
