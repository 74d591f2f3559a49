"""Taking a round or a sheet in hand: the row is locked, so that nothing is written while the round moves on."""

from __future__ import annotations

from cchc.assessments.models import Round, Sheet
from cchc.records.errors import refuse


def take_round(round_: Round, expected_version: int | None = None) -> Round:
    """As it is now. Raises `assessments.round_stale` where somebody changed it since."""
    locked = Round.objects.select_for_update(of=("self",)).select_related("organizer").get(pk=round_.pk)
    if expected_version is not None and locked.version != expected_version:
        raise refuse("assessments.round_stale", title=locked.title)
    return locked


def take_sheet(sheet: Sheet, expected_version: int | None = None) -> Sheet:
    """As it is now, with its round, of which nobody changes the state meanwhile. Raises `assessments.sheet_stale`, and
    `assessments.sheet_not_found` where its unit was left out of the round meanwhile.
    """
    round_ = take_round(sheet.round)
    locked = Sheet.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=sheet.pk).first()
    if locked is None:
        raise refuse("assessments.sheet_not_found")
    locked.round = round_
    if expected_version is not None and locked.version != expected_version:
        raise refuse("assessments.sheet_stale", unit=locked.name)
    return locked
