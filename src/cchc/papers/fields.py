"""The field in which legal bases are picked from the library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise

from cchc.interface.hosting.picking import Choice
from cchc.interface.picking import PickManyField
from cchc.papers.models import LegalBasis


class BasesField(PickManyField):
    """Bases in the order picked; `clean` answers a list of `LegalBasis`, each with its unit."""

    def __init__(self, *, label: str | Promise, **given: Any) -> None:
        super().__init__("papers.basis", label=label, **given)

    def take(self, choices: Sequence[Choice]) -> list[LegalBasis]:
        """The bases behind the choices. One query."""
        keys = [int(one.value.removeprefix("#")) for one in choices]
        found = LegalBasis.objects.select_related("unit").filter(pk__in=keys).order_by("pk")
        by_key = {basis.pk: basis for basis in found}
        return [by_key[key] for key in keys]
