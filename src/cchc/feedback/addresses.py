"""Addresses of this room, and what a reader asks for in them."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.dossiers.addresses import dossier_crumbs
from cchc.dossiers.models import Dossier
from cchc.feedback.models import TabletPass
from cchc.feedback.tablets import sign
from cchc.interface.shapes import Link

FROM_SLIP: Final = "giay-tiep-nhan"
"""What a form says that stands on the page of the slip: where to go back to."""


def rate_link(request: HttpRequest, dossier: Dossier) -> str:
    """Where its owner rates, with both codes of the slip filled in."""
    query = urlencode({"ma": dossier.code, "phieu": dossier.slip.token})
    return request.build_absolute_uri(f"{reverse('feedback:rate')}?{query}")


def tablet_link(request: HttpRequest, opened: TabletPass) -> str:
    """Where the form is open on the tablet."""
    return request.build_absolute_uri(reverse("feedback:tablet", args=[sign(opened)]))


def back_to(request: HttpRequest, dossier: Dossier) -> str:
    """The page on which a button was pressed: the slip, or the dossier."""
    name = "slips:at-counter" if request.POST.get("tu") == FROM_SLIP else "dossiers:dossier"
    return reverse(name, args=[dossier.pk])


def form_crumbs(dossier: Dossier) -> list[Link]:
    """Down to the rating form of a dossier."""
    return [*dossier_crumbs(dossier), Link(_("Rating form"))]
