"""What stands around the content of a printed form: who issues it, which form it is, place and day, where it is found
again, who signs. Made in Vietnamese, whatever the reader's language (`printing`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from django.utils.translation import gettext as _

from cchc.audit.canonical import canonical_json
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import path
from cchc.papers.vocabularies import body_of, place_of, superior_of
from cchc.records.timelines import Dated
from cchc.slips.printed_forms import A5, LANDSCAPE, PrintedForm, form_on

_DIGITS_OF_HASH: Final = 16


@dataclass(frozen=True, slots=True)
class Issuer:
    """The two lines over a form, and the place it is dated at."""

    authority: str
    agency: str
    place: str


@dataclass(frozen=True, slots=True)
class Signer:
    """A place to sign: as what, and whose name stands under it (empty: whoever signs writes it)."""

    title: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed form without its content. `number` is that of the year's series, `12/HDHS`; empty while none is
    given. `source` names the circular; both are empty for prints of no set.
    """

    title: str
    paper: str
    form_number: str
    source: str
    mark: str
    issuer: Issuer
    number: str
    code: str
    dated: str
    url: str
    hash: str
    qr: str
    is_sample: bool
    signers: Sequence[Signer]

    @property
    def is_a5(self) -> bool:
        """Whether it is one sheet that a citizen takes home."""
        return self.paper == A5

    @property
    def is_landscape(self) -> bool:
        """Whether it is a list on A4."""
        return self.paper == LANDSCAPE


def issuer_of(unit: Unit, day: date) -> Issuer:
    """Of the unit whose one-stop it is, by its names of that day. One query."""
    way = path(unit, day)
    if not way:
        return Issuer("", unit.code, "")
    above = superior_of(way)
    if above:
        return Issuer(above, way[-1].name_vi, place_of(way))
    return Issuer(body_of(way[-1]), form_on("receiving", day).value.desk, place_of(way))


def sheet_of(
    found: Dated[PrintedForm], issuer: Issuer, *, on: date, said: Mapping[str, object], url: str, code: str = "",
    number: str = "", qr: str = "", is_sample: bool = False, signers: Sequence[Signer] = (),
) -> Sheet:  # fmt: skip
    """Around a form of a set. `on` is the day it is dated, `said` all that it says, of which its hash is made."""
    form = found.value
    return Sheet(
        title=form.title.vi, paper=form.paper, form_number=form.number, source=found.source.document, mark=form.mark,
        issuer=issuer, number=number, code=code, dated=_dated(issuer, on), url=url,
        hash=hash_of({"form": form.key, "number": number, "code": code, **said}), qr=qr, is_sample=is_sample,
        signers=signers,
    )  # fmt: skip


def loose_sheet(
    title: str, paper: str, issuer: Issuer, *, on: date, said: Mapping[str, object], url: str, code: str,
    is_sample: bool = False, signers: Sequence[Signer] = (),
) -> Sheet:  # fmt: skip
    """The same around a print that no set has."""
    return Sheet(
        title=title, paper=paper, form_number="", source="", mark="", issuer=issuer, number="", code=code,
        dated=_dated(issuer, on), url=url, hash=hash_of({"form": title, "code": code, **said}), qr="",
        is_sample=is_sample, signers=signers,
    )  # fmt: skip


def hash_of(said: Mapping[str, object]) -> str:
    """The first digits of the SHA-256 of what a print says."""
    return sha256(canonical_json(dict(said)).encode()).hexdigest()[:_DIGITS_OF_HASH]


def _dated(issuer: Issuer, on: date) -> str:
    day = _("%(day)d/%(month)d/%(year)d") % {"day": on.day, "month": on.month, "year": on.year}
    return f"{issuer.place}, {day}" if issuer.place else day
