"""The receiving slip: what stands around it, and the code that leads to the public look-up."""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cchc.documents.codes import code_svg
from cchc.dossiers.models import Dossier
from cchc.dossiers.states import REFUSED
from cchc.interface.shapes import Paper


def paper_of(request: HttpRequest, dossier: Dossier) -> Paper:
    """Form 01, or form 03 where it was refused. The hash is that of what the slip promises."""
    at = localtime(dossier.submitted_at)
    promised = f"{dossier.code}|{dossier.submitted_at.isoformat()}|{dossier.due_at and dossier.due_at.isoformat()}"
    is_refused = dossier.state == REFUSED
    return Paper(
        authority=getattr(dossier, "settling_name", "") or dossier.settling_unit.code,
        agency=getattr(dossier, "unit_name", "") or dossier.unit.code,
        title=_("Slip of refusal") if is_refused else _("Receiving slip and appointment"),
        number=dossier.code,
        dated=_("%(day)d/%(month)d/%(year)d") % {"day": at.day, "month": at.month, "year": at.year},
        url=request.build_absolute_uri(reverse("dossiers:look-up")),
        hash=sha256(promised.encode()).hexdigest()[:16],
        subtitle=_("Sample") if dossier.is_sample else "",
    )


def code_of_slip(request: HttpRequest, dossier: Dossier) -> str:
    """A QR code that leads to the look-up with both fields filled in."""
    query = urlencode({"ma": dossier.code, "phieu": dossier.slip.token})
    return code_svg(request.build_absolute_uri(f"{reverse('dossiers:look-up')}?{query}"))
