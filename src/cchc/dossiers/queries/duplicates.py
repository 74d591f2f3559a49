"""Dossiers that may be the same one handed in twice."""

from __future__ import annotations

from cchc.dossiers.models import Dossier


def open_duplicate(dossier: Dossier) -> Dossier | None:
    """The newest other open dossier of the same owner for the same procedure, where the owner's number is known; else
    one in the same unit by the same name and address.
    """
    same = Dossier.objects.filter(
        procedure_version__procedure=dossier.procedure_version.procedure, ended_at=None
    ).exclude(pk=dossier.pk)
    if dossier.owner_number:
        same = same.filter(owner_number=dossier.owner_number)
    else:
        same = same.filter(unit=dossier.unit, owner_name=dossier.owner_name, owner_address=dossier.owner_address)
    return same.order_by("-pk").first()
