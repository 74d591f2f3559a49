"""What there is of the rating form of one dossier: given out, come back, rated or not. Never what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cchc.dossiers.models import Dossier
from cchc.feedback.models import Rating, RatingHandOut, TabletPass
from cchc.interface.together import Reads


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms handed out, the newest first; whether and by which way the dossier was rated."""

    handed_out: Sequence[RatingHandOut]
    rating: Rating | None


def forms_of(dossier: Dossier) -> Reads[Forms]:
    """Two reads, asked in one question."""
    handed_out = RatingHandOut.objects.filter(dossier=dossier).select_related("handed_out_by", "taken_in_by")
    found = handed_out.order_by("-pk")
    rated = Rating.objects.filter(dossier=dossier).only("pk", "channel", "dossier_id").order_by("pk")
    return Reads([found, rated], lambda: Forms(list(found), next(iter(rated), None)))


def tablet_of(dossier: Dossier) -> TabletPass | None:
    """Its opening on the tablet, be it over or used."""
    return TabletPass.objects.filter(dossier=dossier).order_by("pk").first()
