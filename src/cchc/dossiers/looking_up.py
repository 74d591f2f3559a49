"""Where a dossier is, for whoever holds its slip: the same answer, after the same work, for what is unknown and what is
wrong; whoever guesses waits longer and longer.

A look-up that fails is counted in the file beside the register, by address and by address and code together: nobody can
keep the owner of a slip from looking up.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hmac import compare_digest
from math import ceil
from typing import Final

from django.http import HttpRequest

from cchc.dossiers.models import Dossier
from cchc.interface.counters import Count, counters
from cchc.organizations.signing_in.delays import wait_after
from cchc.records.errors import refuse

_WITHIN: Final = timedelta(hours=1)
_FREE_AT_CODE: Final = 5  # mistypings of one slip
_FREE_AT_ADDRESS: Final = 20  # a ward may share one address
_NOBODYS: Final = "-" * 10


def found_by(code: str, token: str, address: str, now: datetime) -> Dossier:
    """The dossier with that code, for whoever knows the token of its slip.

    Raises `dossiers.look_up_not_found`, `dossiers.look_up_too_many`.
    """
    code, token = " ".join(code.split()), "".join(token.split()).upper()
    keys = (("look-up", "code", address, code.casefold()), ("look-up", "address", address))
    _make_wait(keys, now)
    related = ("slip", "unit", "procedure_version__procedure")
    found = Dossier.objects.filter(code=code).select_related(*related).order_by("pk").first()
    if not compare_digest((found.slip.token if found else _NOBODYS).encode(), token.encode()) or found is None:
        for key in keys:
            counters().add(*key, now=now, within=_WITHIN)
        raise refuse("dossiers.look_up_not_found")
    counters().clear(*keys[0])
    return found


def address_of(request: HttpRequest) -> str:
    """Where it comes from, for counting failures."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _make_wait(keys: tuple[tuple[str, ...], ...], now: datetime) -> None:
    free = (_FREE_AT_CODE, _FREE_AT_ADDRESS)
    counted = (counters().get(*key, now=now, within=_WITHIN) for key in keys)
    left = max(_rest(count, most, now) for count, most in zip(counted, free, strict=True))
    if left:
        raise refuse("dossiers.look_up_too_many", seconds=ceil(left.total_seconds()))


def _rest(count: Count, free: int, now: datetime) -> timedelta:
    if count.last_at is None:
        return timedelta(0)
    return max(count.last_at + wait_after(count.number, free) - now, timedelta(0))
