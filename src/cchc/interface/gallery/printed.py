"""Samples of printed forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from django.utils.translation import gettext as _

from cchc.interface.shapes import Paper
from cchc.interface.templatetags.figures import day

_ISSUED_ON: Final = date(2026, 11, 20)
_LINES: Final = 45  # more than one sheet holds


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the sample list."""

    number: int
    code: str
    procedure: str
    step: str
    allowed: int
    used: int

    @property
    def over(self) -> int:
        """Minutes beyond what was allowed."""
        return self.used - self.allowed


def slip_example(here: str) -> dict[str, Any]:
    """The context of the sample slip found at `here`."""
    facts = [
        (_("Dossier"), "1120-0012"),
        (_("Procedure"), _("Change of a land-use certificate")),
        (_("Applicant"), _("NGUYEN VAN MAU (sample)")),
        (_("Received"), f"16:40, {day(_ISSUED_ON)}"),
        (_("Due"), f"11:30, {day(date(2026, 11, 26))}"),
        (_("Papers handed in"), _("application form 10 (1 original), certificate (1 copy)")),
    ]
    paper = _paper(_("RECEIPT AND APPOINTMENT SLIP"), "01/GTN", here, _("Copy for the applicant"))
    return {"facts": facts, "paper": paper}


def list_example(here: str) -> dict[str, Any]:
    """The context of the sample list found at `here`."""
    rows = [
        Listed(i, f"1103-{i:04}", _("Change of a land-use certificate"), _("Appraisal"), 480, 480 + 37 * i)
        for i in range(1, _LINES + 1)
    ]
    headings = [
        "#" + _("Line no."), _("Dossier"), _("Procedure"), _("Step"),
        "#" + _("Allowed"), "#" + _("Used"), "#" + _("Over"),
    ]  # fmt: skip
    paper = _paper(_("LIST OF DOSSIERS OVER THEIR LIMIT"), "12/DS", here, _("October 2026 · sample"))
    return {"rows": rows, "headings": headings, "paper": paper}


def _paper(title: str, number: str, here: str, subtitle: str = "") -> Paper:
    return Paper(
        authority=_("PEOPLE'S COMMITTEE OF SAMPLE PROVINCE"),
        agency=_("PEOPLE'S COMMITTEE OF SAMPLE COMMUNE"),
        title=title,
        number=number,
        dated=_("Sample, %(date)s") % {"date": day(_ISSUED_ON)},
        url=here,
        hash=sha256(title.encode()).hexdigest(),
        subtitle=subtitle,
    )
