"""Addresses of cases of responsibility, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cchc.interface.shapes import Link
from cchc.oversight.addresses import key_of
from cchc.oversight.models import KeptDossier, ListedOfficial, ResponsibilityCase
from cchc.oversight.queries.cases import PARTS
from cchc.oversight.shown_cases_words import case_act
from cchc.oversight.states_cases import RESPONSIBILITY_CASE
from cchc.records.errors import refuse

ACTS: Final[Mapping[str, str]] = {
    "yeu-cau-giai-trinh": "ask", "giai-trinh": "explain", "ket-luan": "conclude", "ket-thuc": "close",
    "rut": "withdraw",
}  # fmt: skip
"""What is done to a case on a page of its own, by the slug of that page."""
_SLUGS: Final = {act: slug for slug, act in ACTS.items()}
_STATES: Final = frozenset(state.id for state in RESPONSIBILITY_CASE.states)


def act_of(slug: str) -> str:
    """Raises `oversight.act_not_found`."""
    if slug not in ACTS:
        raise refuse("oversight.act_not_found")
    return ACTS[slug]


def to_case(case: ResponsibilityCase) -> str:
    """Its page."""
    return reverse("oversight:case", args=[case.pk])


def to_case_act(case: ResponsibilityCase, act: str) -> str:
    """The page on which something is done to it."""
    return reverse("oversight:case-act", args=[case.pk, _SLUGS[act]])


def to_cases(**asked: str) -> str:
    """All cases, with these filters."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("oversight:cases") + (f"?{query}" if query else "")


def to_case_rows(unit: str, month: date, part: str) -> str:
    """The rows behind a figure of a unit."""
    query = urlencode({"don-vi": unit, "thang": key_of(month), "phan": part})
    return f"{reverse('oversight:case-rows')}?{query}"


def to_open_of_listed(listed: ListedOfficial) -> str:
    """Where a case is opened from somebody listed."""
    return reverse("oversight:case-of-listed", args=[listed.pk])


def to_open_of_dossier(kept: KeptDossier) -> str:
    """Where a case is opened from a late dossier."""
    return reverse("oversight:case-of-dossier", args=[kept.pk])


def to_open_of_record(official: str, unit: str, month: date) -> str:
    """Where a case is opened from the record of a month."""
    return f"{reverse('oversight:case-of-record', args=[official, unit])}?thang={key_of(month)}"


def cases_crumbs() -> list[Link]:
    """All cases."""
    return [Link(_("Cases of responsibility"), to_cases())]


def case_crumbs(case: ResponsibilityCase, *, is_kept: bool = True) -> list[Link]:
    """Down to one case; for whom it is about without the list."""
    above = cases_crumbs() if is_kept else []
    return [*above, Link(_("Case %(number)s") % {"number": case.pk}, to_case(case))]


def act_crumbs(case: ResponsibilityCase, act: str, *, is_kept: bool) -> list[Link]:
    """Down to something done to it."""
    return [*case_crumbs(case, is_kept=is_kept), Link(case_act(act))]


def asked_state(request: HttpRequest) -> str:
    """`trang-thai` of the address; empty for all."""
    state = request.GET.get("trang-thai", "")
    return state if state in _STATES else ""


def asked_part(request: HttpRequest) -> str:
    """`phan` of the address; all for anything else."""
    part = request.GET.get("phan", "")
    return part if part in PARTS else next(iter(PARTS))
