"""What each printed form says, in Vietnamese: made while that language is set (`printing`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cchc.documents.codes import code_svg
from cchc.dossiers.models import Component, Dossier, DossierEvent, PauseRecord
from cchc.dossiers.queries.dossiers import Parts
from cchc.dossiers.reasons import reason_name
from cchc.dossiers.shown_events import act_name
from cchc.dossiers.terms import terms_of
from cchc.procedures.wording import limit_in_words
from cchc.records.words import say
from cchc.slips.cases import FORM_OF_ACT, day_of, received_on
from cchc.slips.hand_overs import HandOver, hand_overs
from cchc.slips.models import IssuedForm, RegisterEntry
from cchc.slips.printed_forms import A4, A5, CONTROL, RECEIVING, form_on
from cchc.slips.sheets import Issuer, Signer, issuer_of, loose_sheet, sheet_of

_TEMPLATES: Mapping[str, str] = {
    "receiving": "slips/forms/receiving.html",
    "refusal": "slips/forms/refusal.html",
    "supplement": "slips/forms/supplement.html",
    "stop": "slips/forms/stop.html",
}


@dataclass(frozen=True, slots=True)
class Given:
    """The number of a form in the year's series and the day it was given; both empty while none is."""

    number: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A line of the process print."""

    event: DossierEvent
    step: str
    what: str
    receiver: str


def template_of(event: DossierEvent) -> str:
    """The template of the form of an act. Raises `LookupError` for what has none."""
    return _TEMPLATES[FORM_OF_ACT[event.act]]


def form_of_act(
    request: HttpRequest, dossier: Dossier, parts: Parts, event: DossierEvent, given: Given,
    issuer: Issuer | None = None,
) -> Mapping[str, Any]:  # fmt: skip
    """The form of one act, of the set of its day. `issuer`: where it is known."""
    found = form_on(FORM_OF_ACT[event.act], day_of(event))
    is_receiving = found.value.key == RECEIVING
    papers = [one for one in parts.components if one.taken_in_at <= event.at]
    pause = next((one for one in parts.pauses if one.begun_at == event.at), None)
    reason = reason_name(event.act, event.reason_code)
    facts = {
        **_common(dossier),
        "event": event,
        "papers": papers,
        "reason": reason.vi if reason else "",
        "lines": [line.strip() for line in event.text.splitlines() if line.strip()],
        "restarts": pause is not None and pause.effect == "restart",
        "pause": pause,
        "limit": say(limit_in_words(terms_of(dossier).limit), "vi"),
        "fee": sum(one.amount for one in terms_of(dossier).fees),
        "guide": event.by,
        "look_up": request.build_absolute_uri(reverse("dossiers:look-up")),
        "token": dossier.slip.token if is_receiving else "",
        "form_on": found,
    }
    sheet = sheet_of(
        found, issuer or issuer_of(dossier.unit, day_of(event)), on=given.on or day_of(event), url=facts["look_up"],
        code=dossier.code, number=given.number, said=_said(facts, papers, pause), is_sample=dossier.is_sample,
        qr=qr_of(request, dossier) if is_receiving else "", signers=_signers(event),
    )  # fmt: skip
    return {**facts, "sheet": sheet}


def given_of(issued: IssuedForm | None) -> Given:
    """The number that was given, if any."""
    return Given() if issued is None else Given(issued.said, localdate(issued.issued_at))


def control_slip(
    request: HttpRequest, dossier: Dossier, parts: Parts, line: RegisterEntry | None
) -> Mapping[str, Any]:  # fmt: skip
    """From hand to hand with what came of each step; of the set of the day of reception."""
    found = form_on(CONTROL, received_on(dossier))
    moves = hand_overs(dossier, parts.steps, parts.events)
    agencies = sorted({one.name_vi for one in parts.steps if one.is_agency})
    said = {"moves": [_move_said(one) for one in moves], "due_at": dossier.due_at}
    issuer = issuer_of(dossier.unit, received_on(dossier))
    sheet = sheet_of(
        found, issuer, on=received_on(dossier), said=said, url=request.build_absolute_uri(request.path),
        code=dossier.code, is_sample=dossier.is_sample,
    )  # fmt: skip
    return {**_common(dossier), "moves": moves, "agencies": agencies, "line": line, "sheet": sheet}


def process_print(request: HttpRequest, dossier: Dossier, parts: Parts, today: date) -> Mapping[str, Any]:
    """Everything that was done, line by line."""
    moves = [_move(event) for event in reversed(parts.events)]
    said = {"events": [one.event.pk for one in moves], "state": dossier.state}
    sheet = loose_sheet(
        _("Process of settling the dossier"), A4, issuer_of(dossier.unit, received_on(dossier)), on=today, said=said,
        url=request.build_absolute_uri(request.path), code=dossier.code, is_sample=dossier.is_sample,
    )  # fmt: skip
    return {**_common(dossier), "moves": moves, "sheet": sheet}


def hand_over_slip(request: HttpRequest, dossier: Dossier, parts: Parts) -> Mapping[str, Any]:
    """The papers between the one-stop and the unit that settles, there and back, in two copies."""
    day = received_on(dossier)
    receive = next(one for one in parts.events if one.act == "receive")
    said = {"papers": [_paper_said(one) for one in parts.components], "due_at": dossier.due_at}
    sheet = loose_sheet(
        _("Hand-over slip of the dossier"), A5, issuer_of(dossier.unit, day), on=day, said=said,
        url=request.build_absolute_uri(request.path), code=dossier.code, is_sample=dossier.is_sample,
    )  # fmt: skip
    return {
        **_common(dossier),
        "papers": list(parts.components),
        "limit": say(limit_in_words(terms_of(dossier).limit), "vi"),
        "hands": (receive.by, _settler(parts)),
        "copies": (1, 2),
        "sheet": sheet,
    }


def qr_of(request: HttpRequest, dossier: Dossier) -> str:
    """A QR code that leads to the look-up with both fields filled in."""
    query = urlencode({"ma": dossier.code, "phieu": dossier.slip.token})
    return code_svg(request.build_absolute_uri(f"{reverse('dossiers:look-up')}?{query}"))


def _common(dossier: Dossier) -> Mapping[str, Any]:
    return {
        "dossier": dossier,
        "procedure": dossier.procedure_version.procedure.name.vi,
        "settling": getattr(dossier, "settling_name", "") or dossier.settling_unit.code,
    }


def _said(facts: Mapping[str, Any], papers: Sequence[Component], pause: PauseRecord | None) -> Mapping[str, object]:
    """What its hash is made of."""
    dossier, event = facts["dossier"], facts["event"]
    return {
        "act": event.act, "at": event.at, "due_at": event.due_at, "owner": dossier.owner_name,
        "submitter": dossier.submitter_name, "procedure": facts["procedure"], "subject": dossier.subject,
        "reason": facts["reason"], "text": event.text, "papers": [_paper_said(one) for one in papers],
        "effect": pause.effect if pause else "",
    }  # fmt: skip


def _paper_said(one: Component) -> Sequence[object]:
    return (one.name, one.originals, one.certified, one.copies, one.has_file, one.is_reused)


def _move_said(one: HandOver) -> Sequence[object]:
    return (one.step.step if one.step else "", one.giver, one.receiver, one.at, one.ended_at, one.result, one.note)


def _signers(event: DossierEvent) -> Sequence[Signer]:
    name = event.by.name if event.by else ""
    if event.act == "stop":
        return (Signer(_("Head of the unit"), ""),)
    own = {
        "receive": _("Receiving official"),
        "refuse": _("Official who refuses"),
        "ask_supplement": _("Official who guides"),
    }
    return (Signer(_("Applicant")), Signer(own[event.act], name))


def _move(event: DossierEvent) -> Move:
    step = event.step.name_vi if event.step else ""
    has_it = event.holder is not None and event.step_state == "held"
    receiver = event.holder.name if has_it and event.holder else event.text if event.act == "hand_over" else ""
    return Move(event, step, act_name(event.act).vi, receiver)


def _settler(parts: Parts) -> object | None:
    """Who has, or had, the first step behind the counter."""
    behind = [one for one in parts.steps if one.place > 0 and one.holder is not None]
    return behind[0].holder if behind else None
