"""On the page of a dossier: which forms can be printed of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.dossiers.models import Dossier, DossierEvent
from cchc.interface.errors import current_language
from cchc.interface.hosting.panels import panel
from cchc.interface.shapes import Link
from cchc.interface.together import Reads, made_of
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText
from cchc.slips.cases import FORM_OF_ACT, acts_with_forms, day_of, received_on
from cchc.slips.printed_forms import CONTROL, form_on, has_form


@panel("slips.of_dossier", "dossiers.dossier", LocalText("Phiếu in", "Printed forms"), "slips/parts/dossier_panel.html")
def forms_of_dossier(viewer: Viewer, dossier: Dossier) -> Reads[Mapping[str, object] | None]:
    """Those of its acts, from hand to hand, the process, the hand-over of its papers."""
    acts = DossierEvent.objects.filter(dossier=dossier, act__in=FORM_OF_ACT).order_by("pk")
    return made_of(acts, lambda found: {"links": [*_of_acts(dossier, acts_with_forms(found)), *_of_way(dossier)]})


def _of_acts(dossier: Dossier, acts: Sequence[DossierEvent]) -> Sequence[tuple[Link, DossierEvent | None]]:
    return [(Link(_titled(FORM_OF_ACT[one.act], one), _address(dossier, one)), one) for one in acts]


def _of_way(dossier: Dossier) -> Sequence[tuple[Link, DossierEvent | None]]:
    if dossier.received_at is None:
        return []
    links = [
        Link(_("Process of settling the dossier"), reverse("slips:process", args=[dossier.pk])),
        Link(_("Hand-over slip of the dossier"), reverse("slips:hand-over", args=[dossier.pk])),
    ]
    if has_form(CONTROL, received_on(dossier)):
        title = form_on(CONTROL, received_on(dossier)).value.title.in_language(current_language())
        links.insert(0, Link(title, reverse("slips:control", args=[dossier.pk])))
    return [(link, None) for link in links]


def _titled(key: str, event: DossierEvent) -> str:
    form = form_on(key, day_of(event)).value
    return f"{form.number} · {form.title.in_language(current_language())}"


def _address(dossier: Dossier, event: DossierEvent) -> str:
    if event.act == "receive":
        return reverse("slips:at-counter", args=[dossier.pk])
    return reverse("slips:of-act", args=[dossier.pk, event.pk])
