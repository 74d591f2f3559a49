"""Addresses of dossiers, what a reader asks for in them, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.dossiers.models import Dossier, StepInstance
from cchc.dossiers.queries.desk import LISTS, DeskSearch
from cchc.dossiers.queries.leading import FLOWS, KINDS, AskedRows
from cchc.interface.shapes import Link
from cchc.organizations.models import Unit
from cchc.records.dates import parse_near_date
from cchc.records.errors import DomainError, refuse

ACTS: Final[Mapping[str, str]] = {
    "yeu-cau-bo-sung": "ask_supplement", "nhan-bo-sung": "supplement", "yeu-cau-nop": "ask_payment",
    "ghi-nhan-nop": "note_payment", "tam-dung": "suspend", "xu-ly-tiep": "resume", "hen-lai": "extend",
    "ghi-ket-qua": "record_result", "tra-ket-qua": "hand_over", "rut": "withdraw", "dung": "stop", "da-nop": "pay",
    "mien": "waive",
}  # fmt: skip
"""What is done to a dossier on a page of its own, by the slug of that page."""
STEP_ACTS: Final[Mapping[str, str]] = {
    "nhan": "take", "phan-cong": "assign", "tra-ve-hang-cho": "release", "hoan-thanh": "complete",
    "chuyen-tra": "send_back", "lam-xong-thuc-te": "claim_completion",
}  # fmt: skip
"""The same for one of its steps."""
_MOST_TICKED: Final = 1_000
_LONGEST: Final = 40
_SLUGS: Final = {act: slug for slug, act in (*ACTS.items(), *STEP_ACTS.items())}


def act_of(slug: str) -> str:
    """Raises `dossiers.act_not_found`."""
    if slug not in ACTS:
        raise refuse("dossiers.act_not_found")
    return ACTS[slug]


def step_act_of(slug: str) -> str:
    """Raises `dossiers.act_not_found`."""
    if slug not in STEP_ACTS:
        raise refuse("dossiers.act_not_found")
    return STEP_ACTS[slug]


def to_act(dossier: Dossier, act: str) -> str:
    """The page on which it is done."""
    return reverse("dossiers:act", args=[dossier.pk, _SLUGS[act]])


def to_step_act(step: StepInstance, act: str) -> str:
    """The same for a step."""
    return reverse("dossiers:step-act", args=[step.pk, _SLUGS[act]])


def to_dossier(dossier: Dossier) -> str:
    """Its page."""
    return reverse("dossiers:dossier", args=[dossier.pk])


def desk_crumbs() -> list[Link]:
    """The list of dossiers."""
    return [Link(_("Dossiers"), reverse("dossiers:desk"))]


def dossier_crumbs(dossier: Dossier) -> list[Link]:
    """Down to one dossier."""
    return [*desk_crumbs(), Link(dossier.code, to_dossier(dossier))]


def intake_crumbs(unit: Unit) -> list[Link]:
    """Down to the counter of a unit."""
    return [*desk_crumbs(), Link(_("Receive"), reverse("dossiers:intake", args=[unit.code]))]


def asked_desk(request: HttpRequest) -> DeskSearch:
    """Which list, with which words; what makes no sense is left out."""
    which = request.GET.get("xem", "")
    return DeskSearch(which if which in LISTS else LISTS[0], asked_text(request))


def asked_text(request: HttpRequest) -> str:
    """What is sought."""
    return request.GET.get("tim", "")[:200].replace("\0", "")


def asked_holder(request: HttpRequest) -> str:
    """The code of the official whose steps are asked for; empty for all."""
    return request.GET.get("nguoi", "")[:100].replace("\0", "")


def ticked(request: HttpRequest) -> list[str]:
    """What was ticked, as far as it reads as a key with a version."""
    return [one for one in request.POST.getlist("buoc")[:_MOST_TICKED] if one.count(".") == 1 and len(one) < _LONGEST]


def leader_crumbs(title: str) -> list[Link]:
    """Down to rows behind a number of the page of leaders."""
    return [*desk_crumbs(), Link(_("Leader's view"), reverse("dossiers:leading")), Link(title)]


def asked_rows(request: HttpRequest) -> AskedRows:
    """Which rows; what makes no sense is left out."""
    kind, flow = request.GET.get("xem", ""), request.GET.get("gi", "")
    try:
        week = parse_near_date(request.GET.get("tuan", ""))
    except DomainError:
        week = None
    unit = request.GET.get("don-vi", "")[:100].replace("\0", "")
    return AskedRows(
        kind if kind in KINDS else KINDS[0], asked_holder(request), unit, week, flow if flow in FLOWS else FLOWS[0]
    )  # fmt: skip


def reminding_words(request: HttpRequest) -> str:
    """What the holder is told."""
    return request.POST.get("text", "")[:2_000].replace("\0", "")
