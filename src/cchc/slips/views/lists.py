"""The receiving slips of dossiers that were received at once, one sheet after the other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.dossiers.addresses import intake_crumbs
from cchc.dossiers.models import IntakeBatch
from cchc.dossiers.permissions import may_receive
from cchc.dossiers.queries.bulk import get_batch, receptions_of
from cchc.interface.access import needs
from cchc.interface.shapes import Link
from cchc.privacy.disclosing import tell
from cchc.slips.cases import day_of
from cchc.slips.sheets import Issuer, issuer_of
from cchc.slips.shown_forms import Given, form_of_act, template_of


@require_safe
@needs(may_receive)
def of_list(request: HttpRequest, number: int) -> HttpResponse:
    """All of them on one page."""
    batch = get_batch(number)
    may_receive(request.viewer, batch.unit).require()
    back = reverse("dossiers:batch", args=[number])
    crumbs = [*intake_crumbs(batch.unit), Link(batch.file or _("Rows typed at the counter"), back), Link(_("Slips"))]
    with translation.override("vi"):
        bodies = _bodies(request, batch)
    tell(request, people=len(bodies))
    return render(request, "slips/list.html", {"bodies": bodies, "back": back, "crumbs": crumbs})


def _bodies(request: HttpRequest, batch: IntakeBatch) -> list[SafeString]:
    """In Vietnamese; who issues them is read once for each day."""
    issuers: dict[object, Issuer] = {}
    bodies = []
    for dossier, parts, event in receptions_of(batch):
        day = day_of(event)
        if day not in issuers:
            issuers[day] = issuer_of(batch.unit, day)
        given = form_of_act(request, dossier, parts, event, Given(), issuers[day])
        bodies.append(render_to_string(template_of(event), given, request))
    return bodies
