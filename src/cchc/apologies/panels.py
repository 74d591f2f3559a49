"""What this room shows on the page of a dossier: its letters, what is owed."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils import timezone

from cchc.apologies.owing import beside
from cchc.apologies.permissions import may_record_mistake, may_see_apologies, steps_had
from cchc.apologies.policies import may_have_mistakes
from cchc.apologies.shown import lines_of
from cchc.dossiers.models import Dossier
from cchc.interface.hosting.panels import panel
from cchc.interface.together import Reads, all_of, made_of
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


@panel(
    "apologies.of_dossier", "dossiers.dossier", LocalText("Xin lỗi và hẹn lại", "Apologies"),
    "apologies/parts/dossier_panel.html",
)  # fmt: skip
def of_dossier(viewer: Viewer, dossier: Dossier) -> Reads[Mapping[str, object]] | None:
    """Every letter with how it stands; where the viewer may draft one, or record a mistake."""
    if not may_see_apologies(viewer) or not may_have_mistakes(dossier):
        return None
    may_record = may_record_mistake(viewer, dossier)
    record_url = reverse("apologies:mistake", args=[dossier.pk]) if may_record else ""
    had, now = made_of(steps_had(viewer, dossier)[:1], bool), timezone.now()
    return all_of([beside([dossier.pk]), had]).made(
        lambda read: {"lines": lines_of(dossier, read[0], now, drafts=read[1]), "record_url": record_url}
    )
